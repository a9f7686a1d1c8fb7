"""How likely a statistic is by chance: against what has a formula of its own, and far out in the tails."""

from __future__ import annotations

import math

import pytest

from tieout.numbers.distributions import two_sided_t, two_sided_z, upper_chi2, upper_f


def _close(said: float, wanted: float) -> bool:
    return said == pytest.approx(wanted, rel=1e-10, abs=0)


@pytest.mark.parametrize("t", [0.01, 0.5, 1, 2.5, 40, 1e6, 1e10, 1e100])
def test_t_of_one_and_of_two_degrees_of_freedom(t: float) -> None:
    assert _close(two_sided_t(t, 1), 2 / math.pi * math.atan2(1, t))
    root = math.sqrt(2 + t * t)
    assert _close(two_sided_t(-t, 2), 2 / (root * (root + t)))


@pytest.mark.parametrize("f", [0.003, 0.4, 1, 3.7, 90, 1e5, 1e12])
@pytest.mark.parametrize("second", [1, 2, 7, 60])
def test_f_of_two_degrees_of_freedom_above_and_below(f: float, second: int) -> None:
    assert _close(upper_f(f, 2, second), (1 + 2 * f / second) ** (-second / 2))
    assert _close(upper_f(f, second, 2), -math.expm1(-second / 2 * math.log1p(2 / (second * f))))


@pytest.mark.parametrize("x", [0.001, 0.7, 2, 4, 5.9, 30, 600])
def test_chi_squared_of_even_degrees_of_freedom(x: float) -> None:
    half = x / 2
    assert _close(upper_chi2(x, 2), math.exp(-half))
    assert _close(upper_chi2(x, 4), math.exp(-half) * (1 + half))
    assert _close(upper_chi2(x, 8), math.exp(-half) * (1 + half + half**2 / 2 + half**3 / 6))
    assert _close(upper_chi2(x, 1), two_sided_z(math.sqrt(x)))


def test_what_cannot_be_less_is_certain() -> None:
    assert upper_f(0, 3, 4) == upper_f(-1, 3, 4) == upper_chi2(0, 3) == upper_chi2(-2, 3) == 1
    assert two_sided_t(0, 5) == two_sided_z(0) == 1
