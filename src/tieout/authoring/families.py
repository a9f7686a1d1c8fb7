"""What a fitted model or a test says of a term, as one family: estimate, error, limits, statistic, p, n.

Results are known by what they can do, not by their library: those of statsmodels, linearmodels and pyfixest
have values by term; those of SciPy have attributes; rows of pingouin and lifelines have columns.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tieout.authoring.kinship import (
    DF,
    ERROR,
    ESTIMATE,
    HIGH,
    LOW,
    SECOND_DF,
    STATISTIC,
    N,
    P,
    contradiction,
)  # fmt: skip
from tieout.authoring.values import plain
from tieout.problems import InputError

# By the name of a part: how results by term, results with attributes and rows call it.
INTERVAL, LEVEL = "ci", "level"
IN_UNIT = (".se", ".low", ".high")
LABELS = {
    ESTIMATE: "{}", ERROR: "{}, standard error", LOW: "{}, lower limit", HIGH: "{}, upper limit",
    STATISTIC: "{}, test statistic", DF: "{}, degrees of freedom", SECOND_DF: "{}, degrees of freedom below",
    P: "{}, p-value", N: "{}, observations",
}  # fmt: skip
BY_TERM: dict[str, tuple[str, ...]] = {
    ESTIMATE: ("params", "coef"), ERROR: ("bse", "std_errors", "se"),
    STATISTIC: ("tvalues", "tstats", "tstat"), P: ("pvalues", "pvalue"),
}  # fmt: skip
LIMITS = ("conf_int", "confint")
USUAL_LEVEL = 95  # of limits that are asked for without saying which
WHOLE = {N: ("nobs", "_N"), DF: ("df_resid_inference", "df_resid", "_df_t")}
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    ESTIMATE: ("slope", "correlation", "coef", "effect"), ERROR: ("stderr", "sd"),
    STATISTIC: ("statistic", "test_statistic"), DF: ("df", "degrees_of_freedom"),
    P: ("pvalue", "p_value"), N: ("nobs", "n"),
}  # fmt: skip
# Of a contrast: the degrees of freedom of t, and both of F.
CONTRAST = ("df_num", "df_denom")
COLUMNS = {
    ESTIMATE: ("coef", "estimate", "r", "diff"),
    ERROR: ("se", "se(coef)", "std err", "std. error", "std error"),
    LOW: ("coef lower 95%", "ci low", "2.5%", "ci2.5", "[0.025"),
    HIGH: ("coef upper 95%", "ci high", "97.5%", "ci97.5", "0.975]"),
    STATISTIC: ("t", "z", "f", "t value", "z value", "u val", "w val", "q", "h", "chi2", "statistic"),
    DF: ("dof", "df", "ddof1"),
    SECOND_DF: ("ddof2", "df2"),
    P: ("p", "p val", "pval", "p value", "p unc", "p>|t|", "p>|z|", "pr(>|t|)", "pr(>|z|)", "pr(>f)"),
    N: ("n", "nobs"),
}  # fmt: skip
# Columns that say of which level the limits are.
_LEVELED = {
    name for part in (LOW, HIGH) for name in COLUMNS[part] if re.search(r"95|5%|[27]\.5|0\.[09]", name)
}


def family(result: Any, term: str | None, id: str) -> dict[str, Any] | None:
    """Return the parts of a result by their names, the estimate under the empty name; None where it is none.

    Parameters
    ----------
    result
        A fitted model, a test, or a row of a table of results.
    term
        Which of the model's terms.
    id
        The ledger id, for messages.

    Raises
    ------
    InputError
        The model has several terms and none was named, it has no such term, or its parts contradict each
        other.
    """
    # The columns of a table with one row have the names of a model's attributes.
    parts = _of_row(result) if getattr(result, "ndim", 0) == 2 else None
    parts = parts or _by_term(result, term, id)
    if parts is None and term is not None:
        parts = _of_summary(result, term)
    if parts is None:
        parts = _of_row(result) or _of_attributes(result)
    if not parts:
        return None
    if term is not None and not _terms(result) and not _of_summary(result, term):
        raise InputError(f"{id}: a {type(result).__name__} has no terms", "leave term= out", id=id)
    problem = contradiction({name: (float(value), float(value)) for name, value in parts.items()})
    if problem:
        raise InputError(f"{id}: {problem}", "look at what was fitted", id=id)
    return parts


def limited(value: Any, interval: Sequence[Any] | None, level: Decimal | None, id: str) -> dict[str, Any]:
    """Return an estimate with the limits that its author gives, by their names as `family` does.

    Raises
    ------
    InputError
        There are no two limits, or they do not hold the estimate.
    """
    if interval is None or len(interval) != 2:
        hint = "give both: interval=(lowest, highest), level=95"
        raise InputError(f"{id}: level= says how sure an interval is, and none is given", hint, id=id)
    low, high = interval
    if not plain(low, id) <= plain(value, id) <= plain(high, id):
        raise InputError(f"{id}: the limits {low} and {high} do not hold {value}", "look at both", id=id)
    return {ESTIMATE: value, LOW: low, HIGH: high, LEVEL: level}


def error(parts: Mapping[str, Any], id: str) -> Any:
    """Return the standard error of an estimate, or a quarter of the way between its limits; None for none."""
    if ERROR in parts or LOW not in parts or HIGH not in parts:
        return parts.get(ERROR)
    return (plain(parts[HIGH], id) - plain(parts[LOW], id)) / 4


def _terms(result: Any) -> list[str]:
    """Return the names of a model's terms; empty for what has none."""
    for name in BY_TERM[ESTIMATE]:
        values = _given(result, name)
        if hasattr(values, "index") and not callable(values.index):
            return [str(term) for term in values.index]
        names = getattr(getattr(result, "model", None), "exog_names", None)
        if isinstance(names, list) and getattr(values, "shape", None) == (len(names),):
            return [str(term) for term in names]  # fitted to arrays
    return []


def _at(values: Any, place: int) -> Any:
    """Return a value of a Series or an array, or a row of a frame as a list."""
    found = values.iloc[place] if hasattr(values, "iloc") else values[place]
    return list(found) if getattr(found, "ndim", 0) == 1 else found


def _of_summary(result: Any, term: str) -> dict[str, Any] | None:
    """Return the parts of a term of a model that lists its results in a frame, as those of lifelines do."""
    table = getattr(result, "summary", None)
    if table is None or callable(table) or not hasattr(table, "loc") or term not in list(table.index):
        return None
    return _of_row(table.loc[term]) or None


def _by_term(result: Any, term: str | None, id: str) -> dict[str, Any] | None:
    terms = _terms(result)
    if not terms or not any(_given(result, name) is not None for name in BY_TERM[ERROR]):
        return None
    if term is None and len(terms) > 1:
        hint = f"say term= one of {_listed(terms)}"
        raise InputError(f"{id}: the model has {len(terms)} terms", hint, id=id)
    chosen = terms[0] if term is None else term
    if chosen not in terms:
        raise InputError(f"{id}: the model has no term {chosen!r}", f"it has {_listed(terms)}", id=id)
    at = terms.index(chosen)
    parts: dict[str, Any] = {}
    for part, names in BY_TERM.items():
        values = next((found for name in names if (found := _given(result, name)) is not None), None)
        if values is not None:
            parts[part] = _at(values, at)
    limits = next((found for name in LIMITS if (found := _given(result, name)) is not None), None)
    if limits is not None:
        low, high = _at(limits, at)
        _limit(parts, low, high, USUAL_LEVEL)
    for part, names in WHOLE.items():
        value = next((found for name in names if (found := _given(result, name)) is not None), None)
        if value is not None and math.isfinite(value):
            parts[part] = int(value) if float(value).is_integer() else value
    return parts


def _of_attributes(result: Any) -> dict[str, Any]:
    if not any(hasattr(result, name) for name in ATTRIBUTES[P]):
        return {}
    parts: dict[str, Any] = {}
    for part, names in ATTRIBUTES.items():
        value = next((found for name in names if (found := getattr(result, name, None)) is not None), None)
        shape = getattr(value, "shape", ())
        if value is not None and math.prod(shape) == 1:
            parts[part] = value.reshape(-1)[0] if shape else value
    first, second = (getattr(result, name, None) for name in CONTRAST)
    if second is not None and DF not in parts:
        parts |= {DF: second} if first is None or ESTIMATE in parts else {DF: first, SECOND_DF: second}
    expected = getattr(result, "expected_freq", None)
    if N not in parts and expected is not None:
        parts[N] = round(float(expected.sum()))  # what is expected sums to what was counted
    if DF not in parts and getattr(result, "dof", None) is not None:
        parts[DF] = result.dof
    limits = _given(result, "confidence_interval") if ESTIMATE in parts else None
    if limits is not None and hasattr(limits, "low"):
        _limit(parts, limits.low, limits.high, USUAL_LEVEL)
    return parts


def _of_row(result: Any) -> dict[str, Any]:
    """Return the parts that a row of results has, by the names of its columns."""
    row = result.iloc[0] if getattr(result, "ndim", 0) == 2 and len(result) == 1 else result
    if not hasattr(row, "index") or not hasattr(row, "iloc") or callable(row.index) or row.ndim != 1:
        return {}
    columns = {_plain(str(name)): place for place, name in enumerate(row.index)}
    parts = {
        part: row.iloc[columns[name]]
        for part, names in COLUMNS.items()
        for name in names[::-1]
        if name in columns
    }
    for name, place in columns.items():
        pair = row.iloc[place]
        leveled = re.fullmatch(r"ci\s?(\d+)%?", name)
        if leveled and hasattr(pair, "__len__") and len(pair) == 2:
            _limit(parts, pair[0], pair[1], int(leveled[1]))
    if _LEVELED & columns.keys():
        parts[LEVEL] = USUAL_LEVEL
    return parts if len(parts) > 1 and (P in parts or ERROR in parts) else {}


def _plain(name: str) -> str:
    """Return the name of a column as it is listed here: `p_unc` and `p-unc` as `p unc`."""
    return re.sub(r"[\s_-]+", " ", name.strip().casefold())


def _limit(parts: dict[str, Any], low: Any, high: Any, level: int) -> None:
    """Take the limits of an estimate, where it has two."""
    if math.isfinite(low) and math.isfinite(high):
        parts[LOW], parts[HIGH], parts[LEVEL] = low, high, level


def _given(result: Any, name: str) -> Any:
    """Return an attribute of a result, called where it is a method; None where it has none or cannot say."""
    value = getattr(result, name, None)
    if callable(value):
        try:
            value = value()
        except (TypeError, ValueError, AttributeError, NotImplementedError):
            return None
    return value


def _listed(terms: list[str]) -> str:
    return ", ".join(terms[:8]) + (" …" if len(terms) > 8 else "")


def named(id: str, label: str, parts: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Give for each part its id, what it says, and its value; the estimate has the family's own id."""
    for part, text in LABELS.items():
        if part in parts:
            yield f"{id}.{part}".rstrip("."), text.format(label), parts[part]
