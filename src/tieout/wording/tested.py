"""Names of tests against the code that made a number: *Mann-Whitney U = 12.38* of what `ttest_ind` gave.

A test is known where the number was got from its function, or where its cell calls the function of another
test and none of the one that is named.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.wording.meant import near
from tieout.wording.traced import functions, functions_of_cell

_WELCH, _STUDENT = "Welch", "Student"
# What prose calls each test, and the functions that do it.
_TESTS: dict[str, tuple[str, tuple[str, ...]]] = {
    _WELCH: (r"Welch\w*|Велч\w*|Уелч\w*", ()),
    _STUDENT: (r"Student(?:[’']s)? t\b|Стьюдент\w*", ()),
    "paired": (r"[Pp]aired(?:[- ]samples?)? t\b", ("ttest_rel",)),
    "Mann-Whitney": (r"Mann\W{1,2}Whitney|[Rr]ank[- ]sum|Манн\w*", ("mannwhitneyu", "ranksums")),
    "signed rank": (r"[Ss]igned[- ]ranks?", ("wilcoxon",)),
    "Kruskal-Wallis": (r"Kruskal|Краскел\w*|Крускал\w*", ("kruskal",)),
    "ANOVA": (r"ANOVA|[Aa]nalysis of variance|дисперсійн\w+", ("f_oneway", "anova_lm", "AnovaRM")),
    "chi-square": (r"[Cc]hi[- ]?squared?|χ²|хі-квадрат", ("chi2_contingency", "chisquare")),
    "Fisher": (r"Fisher(?:[’']s)? exact|точн\w+ (?:тест\w*|критері\w+) Фішера", ("fisher_exact",)),
    "Kolmogorov-Smirnov": (r"Kolmogorov|Колмогоров\w*", ("ks_2samp", "kstest", "ks_1samp")),
    "Shapiro": (r"Shapiro|Шапіро", ("shapiro",)),
    "Levene": (r"Levene\w*|Лев[еі]н\w*", ("levene",)),
    "Pearson": (r"Pearson\w*|Пірсон\w*", ("pearsonr",)),
    "Spearman": (r"Spearman\w*|Спірмен\w*", ("spearmanr",)),
    "Kendall": (r"Kendall\w*|Кендал\w*", ("kendalltau",)),
}
_OF = {function: test for test, (_, functions) in _TESTS.items() for function in functions}
# One name for two: *Pearson's chi-square*, *a Welch ANOVA*, *a Kruskal–Wallis ANOVA*.
_SHARED = lazily(r"Pearson\S* (?:chi|χ|residual)|Welch\S* (?:ANOVA|F\b)|Kruskal\S* ANOVA", re.IGNORECASE)
_OVER = lazily(r"[,;(]")


def mistested(entry: Entry, context: Context) -> str:
    """Return in words why a number is not of the test that is named beside it; empty where it may be."""
    before, after = near(context)
    beside = f"{before} {_OVER.split(after)[0]}"
    said = set(_named(beside))
    if len(said) != 1 or _SHARED.search(beside) or is_denied(Context(before)):
        return ""
    ((name,)) = said
    known = set(_tests(functions(entry)))
    if not known:
        known = set(_tests(functions_of_cell(entry))) if _is_of_test(entry) else set()
        known = known if _is_kin(name, known) else set()
    return _wrong(known, name) if known and known.isdisjoint(_named(" ".join(context.clause))) else ""


def _wrong(known: set[str], name: str) -> str:
    return f"is made by the code of {' and '.join(sorted(known))}, and its clause says {name}"


def _named(text: str) -> Iterator[str]:
    return (test for test, (words, _) in _TESTS.items() if re.search(rf"(?<!\w)(?:{words})", text))


def _tests(calls: Iterable[tuple[str, ast.Call]]) -> Iterator[str]:
    """Give the tests that functions do; nothing of a t-test of which the code does not say which it is."""
    for name, call in calls:
        given = {each.arg: each.value for each in call.keywords}
        if name in _OF:
            yield _OF[name]
        elif name == "ttest_ind":
            equal = given.get("equal_var")
            if equal is None or isinstance(equal, ast.Constant):
                yield _WELCH if isinstance(equal, ast.Constant) and equal.value is False else _STUDENT
        elif name == "corr":
            method = given.get("method") or (call.args[0] if len(call.args) == 1 else None)
            said = method.value if isinstance(method, ast.Constant) else "pearson"
            yield str(said).title()


def _is_kin(name: str, known: set[str]) -> bool:
    """Whether a test is named where its cell does another one for the same: correlations, or two groups."""
    kin = ({"Pearson", "Spearman", "Kendall"}, {_WELCH, _STUDENT, "paired", "Mann-Whitney", "signed rank"})
    return bool(known) and any(name in each and known <= each for each in kin)


def _is_of_test(entry: Entry) -> bool:
    """Whether an entry is called as what a test gives."""
    called = re.findall(r"[^\W_]+", f"{entry.label} {entry.id}".casefold())
    return not {
        "r",
        "rho",
        "tau",
        "t",
        "u",
        "w",
        "p",
        "corr",
        "correlation",
        "statistic",
        "value",
    }.isdisjoint(called)
