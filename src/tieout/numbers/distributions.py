"""How likely a test statistic is by chance: p-values of z, t, F and chi-squared, to about ten digits.

Tails are computed as they are, and not as one less the rest, so that 10⁻¹⁰⁰ is no zero. The continued
fractions are those of Abramowitz and Stegun, 26.5.8 and 6.5.31, by the method of Lentz.
"""

from __future__ import annotations

import math
from collections.abc import Callable

_STEPS, _NEAR, _TINY = 10_000, 1e-15, 1e-300


def two_sided_z(z: float) -> float:
    """Return how likely a normal deviate is at least this far from zero.

    Examples
    --------
    >>> round(two_sided_z(1.96), 4)
    0.05
    """
    return math.erfc(abs(z) / math.sqrt(2))


def two_sided_t(t: float, df: float) -> float:
    """Return how likely Student's t is at least this far from zero.

    Examples
    --------
    >>> round(two_sided_t(3.42, 57), 5)
    0.00116
    """
    return _beta(df / 2, 0.5, df / (df + t * t))


def upper_f(f: float, first: float, second: float) -> float:
    """Return how likely F is at least this large.

    Examples
    --------
    >>> round(upper_f(5.21, 1, 28), 4)
    0.0303
    """
    return 1.0 if f <= 0 else _beta(second / 2, first / 2, second / (second + first * f))


def upper_chi2(x: float, df: float) -> float:
    """Return how likely chi-squared is at least this large.

    Examples
    --------
    >>> round(upper_chi2(4.1, 2), 4)
    0.1287
    """
    return 1.0 if x <= 0 else _gamma(df / 2, x / 2)


def _beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function, I_x(a, b)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x > (a + 1) / (a + b + 2):
        return 1 - front * _fraction(_of_beta(b, a, 1 - x)) / b
    return front * _fraction(_of_beta(a, b, x)) / a


def _of_beta(a: float, b: float, x: float) -> Callable[[int], tuple[float, float]]:
    def term(step: int) -> tuple[float, float]:
        half = step // 2
        if step % 2:
            return -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1)), 1.0
        return half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half)), 1.0

    return term


def _gamma(a: float, x: float) -> float:
    """Return the regularised upper incomplete gamma function, Q(a, x)."""
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for step in range(1, _STEPS):
            term *= x / (a + step)
            total += term
            if term < total * _NEAR:
                break
        return 1 - front * total

    def of_gamma(step: int) -> tuple[float, float]:
        return -step * (step - a), x + 1 - a + 2 * step

    return front * _fraction(of_gamma, x + 1 - a)


def _fraction(term: Callable[[int], tuple[float, float]], first: float = 1.0) -> float:
    """Return one over a continued fraction that begins with ``first``; its terms are above and added."""
    value = first or _TINY
    c, d = value, 0.0
    for step in range(1, _STEPS):
        over, added = term(step)
        d = 1 / ((added + over * d) or _TINY)
        c = (added + over / c) or _TINY
        value *= c * d
        if abs(c * d - 1) < _NEAR:
            break
    return 1 / value
