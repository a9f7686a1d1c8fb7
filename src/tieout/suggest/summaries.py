"""The numbers of what statsmodels shows of a model: its summary as text, and a table of it as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import html
from lxml.etree import LxmlError

from tieout.suggest.shownvalues import PART_WORDS, Value, number_of

# What the summaries of statsmodels call a part, and what its results do.
SUMMARY = {
    "R-squared": "rsquared", "Adj. R-squared": "rsquared_adj", "F-statistic": "fvalue",
    "Prob (F-statistic)": "f_pvalue", "Log-Likelihood": "llf", "AIC": "aic", "BIC": "bic",
    "No. Observations": "nobs", "Df Residuals": "df_resid", "Df Model": "df_model",
    "Pseudo R-squ.": "prsquared",
}  # fmt: skip
SUMMARY_WORDS = {
    "rsquared": ("variance", "variation", "explain", "explained"), "rsquared_adj": ("adjusted",),
    "nobs": ("observations",), "f_pvalue": ("p-value",), "df_resid": ("degrees", "freedom"),
}  # fmt: skip
COEFFICIENTS = ("", "se", "statistic", "p", "low", "high")
_HEAD = re.compile(r"coef\s+std err\s+[tz]\s+P>\|[tz]\|\s+\[0\.025\s+0\.975\]")


def of_summary(text: str) -> Iterator[Value]:
    """Give the numbers of a summary of statsmodels: its heads, and each term's part."""
    for name, attribute in SUMMARY.items():
        found = re.search(rf"(?<![\w.] ){re.escape(name)}:\s+([-\d.eE+]+)", text)
        number = number_of(found[1].removesuffix(".")) if found else None
        if number is not None:
            path = "int({}.nobs)" if attribute == "nobs" else f"{{}}.{attribute}"
            yield Value(number, path, (name, attribute, *SUMMARY_WORDS.get(attribute, ())))
    table = re.search(
        r"^\s+coef\s+std err\s+[tz]\s+P>\|[tz]\|\s+\[0\.025\s+0\.975\]\s*$\n-+\n(.*?)\n[=]", text, re.M | re.S
    )
    for line in table[1].split("\n") if table else ():
        found = re.fullmatch(r"(\S.*?)((?:\s+[-\d.eE+]+){6})\s*", line)
        if found:
            yield from _of_term(found[1].strip(), found[2].split())


def of_table(markup: str) -> Iterator[Value]:
    """Give the numbers of ``fit.summary().tables[1]``, which only its markup has: each term's part."""
    try:
        rows = [
            ["".join(map(str, cell.itertext())).strip() for cell in row.iter("th", "td")]
            for row in html.fromstring(markup).iter("tr")
        ]
    except (LxmlError, ValueError):
        return
    if rows and _HEAD.fullmatch(" ".join(rows[0]).strip()):
        for term, *numbers in rows[1:]:
            yield from _of_term(term, numbers)


def _of_term(term: str, numbers: Sequence[str]) -> Iterator[Value]:
    for part, said in zip(COEFFICIENTS, numbers, strict=False):
        number = number_of(said)
        if number is not None and len(numbers) == len(COEFFICIENTS):
            yield Value(number, names=(term, *PART_WORDS[part]), rows=(term,), part=part, term=term)
