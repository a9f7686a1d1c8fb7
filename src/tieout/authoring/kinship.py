"""What holds inside a family of numbers: limits around the estimate, p from the statistic, shares."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from tieout.numbers.distributions import two_sided_t, two_sided_z, upper_chi2, upper_f

Ends = tuple[float, float]
ESTIMATE, ERROR, LOW, HIGH = "", "se", "low", "high"
STATISTIC, DF, SECOND_DF, P = "statistic", "df", "df2", "p"
COUNT, N, SHARE = "count", "n", "share"
# Estimates and errors are printed to far fewer digits than this.
NEAR = 1e-6


def contradiction(parts: Mapping[str, Ends]) -> str | None:
    """Return in words how the parts of a family contradict each other; None where they do not.

    The limits hold the estimate, the estimate over its error is the statistic (or its logarithm is, as of an
    odds ratio), a p-value lies between 0 and 1, a count is no more than its total and is the share of it.

    Parameters
    ----------
    parts
        Between which ends each lies: those of its rounding, the same twice for what is not rounded.
    """
    return next(filter(None, (rule(parts) for rule in (_limits, _quotient, _probability, _counts))), None)


def improbable(parts: Mapping[str, Ends]) -> str | None:
    """Return in words why a p-value follows from no usual distribution of its statistic; None where it does.

    Student's t and the normal distribution, two-sided and one-sided, F, chi-squared and correlations are
    tried. Without degrees of freedom nothing is said.
    """
    statistic, p, df = parts.get(STATISTIC), parts.get(P), parts.get(DF)
    if statistic is None or p is None or df is None or min(df) <= 0:
        return None
    tails = [tuple(map(tail, statistic)) for tail in _tails(df[0], parts.get(SECOND_DF))]
    if statistic[0] < 0 < statistic[1]:
        tails = [(*ends, 1.0) for ends in tails]
    if any(_meet((min(ends), max(ends)), p) for ends in tails):
        return None
    told = _span(next((min(ends), max(ends)) for ends in tails))
    second = f" and {_span(parts[SECOND_DF])}" if SECOND_DF in parts else ""
    freedom = f"{_span(df)}{second} degrees of freedom"
    given = f"the statistic {_span(statistic)} with {freedom}"
    return f"p = {_span(p)} does not follow from {given}, which gives {told}"


def _tails(df: float, second: Ends | None) -> Iterator[Callable[[float], float]]:
    if second is not None:
        yield partial(upper_f, first=df, second=second[0])
        return
    for two_sided in (partial(two_sided_t, df=df), two_sided_z):
        yield two_sided
        yield partial(_one_sided, two_sided)
        yield partial(_other_side, two_sided)
    yield partial(upper_chi2, df=df)
    yield partial(_of_correlation, df=df)


def _of_correlation(r: float, df: float) -> float:
    """Return how probable a correlation as far from none is: its t has the same degrees of freedom."""
    return two_sided_t(r * math.sqrt(df / (1 - r * r)), df) if abs(r) < 1 else 0.0


def _one_sided(two_sided: Callable[[float], float], x: float) -> float:
    return two_sided(x) / 2


def _other_side(two_sided: Callable[[float], float], x: float) -> float:
    return 1 - two_sided(x) / 2


def _limits(parts: Mapping[str, Ends]) -> str | None:
    estimate, low, high = parts.get(ESTIMATE), parts.get(LOW), parts.get(HIGH)
    if estimate is None or low is None or high is None:
        return None
    if low[0] <= estimate[1] and estimate[0] <= high[1] and low[0] <= high[1]:
        return None
    return f"the limits {_span(low)} and {_span(high)} do not hold the estimate {_span(estimate)}"


def _quotient(parts: Mapping[str, Ends]) -> str | None:
    estimate, error, statistic = parts.get(ESTIMATE), parts.get(ERROR), parts.get(STATISTIC)
    if estimate is None or error is None or statistic is None or min(error) <= 0:
        return None
    tried = [estimate]
    if min(estimate) > 0:
        tried.append((math.log(estimate[0]), math.log(estimate[1])))
    for ends in tried:
        ratios = [one / other for one in ends for other in error]
        if _meet((min(ratios), max(ratios)), statistic):
            return None
    quotient = f"the estimate {_span(estimate)} over its error {_span(error)}"
    return f"{quotient} is not the statistic {_span(statistic)}"


def _probability(parts: Mapping[str, Ends]) -> str | None:
    p = parts.get(P)
    if p is None or (p[1] >= 0 and p[0] <= 1):
        return None
    return f"the p-value {_span(p)} does not lie between 0 and 1"


def _counts(parts: Mapping[str, Ends]) -> str | None:
    count, whole, share = parts.get(COUNT), parts.get(N), parts.get(SHARE)
    if count is None or whole is None or min(whole) <= 0:
        return None
    if count[0] > whole[1]:
        return f"the count {_span(count)} is more than the total {_span(whole)}"
    ratios = (count[0] / whole[1], count[1] / whole[0])
    if share is None or _meet(ratios, share):
        return None
    return f"{_span(count)} of {_span(whole)} is not the share {_span((share[0] * 100, share[1] * 100))}%"


def _meet(one: Ends, other: Ends) -> bool:
    """Whether two spans share a value, but for what computers round."""
    slack = NEAR * max(abs(end) for end in (*one, *other))
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def _span(ends: Ends) -> str:
    """Return what lies between two ends, as short as it tells them apart."""
    low, high = ends
    middle = f"{(low + high) / 2:.6g}"
    return middle if math.isclose(low, high, rel_tol=0.5) or low == high else f"{low:.3g} to {high:.3g}"
