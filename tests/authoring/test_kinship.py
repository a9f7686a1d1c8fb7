"""What holds inside a family: where it does not, it is said; where it may, nothing is."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.depth import examples
from tieout.authoring import contradiction, improbable
from tieout.numbers.distributions import two_sided_t, two_sided_z, upper_chi2, upper_f

Ends = tuple[float, float]


def parts(**given: float | Ends) -> dict[str, Ends]:
    return {
        "" if name == "estimate" else name: value if isinstance(value, tuple) else (value, value)
        for name, value in given.items()
    }


# With one or two degrees of freedom all of them have closed forms.


@given(st.floats(0.001, 1e6))
@examples(60)
def test_tails_are_those_of_the_closed_forms(x: float) -> None:
    assert math.isclose(two_sided_t(x, 1), 2 * math.atan2(1, x) / math.pi, rel_tol=1e-9)
    assert math.isclose(two_sided_t(x, 2), 2 / ((x * x + 2) + x * math.sqrt(x * x + 2)), rel_tol=1e-8)
    assert math.isclose(upper_f(x, 2, 7), (1 + 2 * x / 7) ** -3.5, rel_tol=1e-9)
    assert math.isclose(upper_f(x * x, 1, 5), two_sided_t(x, 5), rel_tol=1e-9)
    assert math.isclose(upper_chi2(min(x, 1400), 2), math.exp(-min(x, 1400) / 2), rel_tol=1e-9)
    assert math.isclose(upper_chi2(min(x, 37) ** 2, 1), two_sided_z(min(x, 37)), rel_tol=1e-8)


def test_what_tables_print_comes_out() -> None:
    assert round(two_sided_t(2.0017, 58), 4) == 0.05
    assert round(upper_f(4.196, 1, 28), 4) == 0.05
    assert round(upper_chi2(18.307, 10), 4) == 0.05
    assert round(two_sided_z(2.5758), 4) == 0.01


AGREEING = {
    "a test": parts(statistic=(3.415, 3.425), df=57, p=(0.0005, 0.0015)),
    "a tiny p": parts(statistic=50.0, df=1000, p=two_sided_t(50, 1000)),
    "one-sided": parts(statistic=(1.995, 2.005), df=57, p=(0.0245, 0.0255)),
    "the other side": parts(statistic=(-2.005, -1.995), df=57, p=(0.9745, 0.9755)),
    "F": parts(statistic=(5.205, 5.215), df=1, df2=28, p=(0.025, 0.035)),
    "chi-squared": parts(statistic=(4.05, 4.15), df=2, p=(0.125, 0.135)),
    "normal, with a model's degrees of freedom": parts(statistic=1.96, df=20, p=two_sided_z(1.96)),
    "around zero": parts(statistic=(-0.05, 0.05), df=20, p=(0.995, 1.0)),
    "a correlation": parts(statistic=(0.69947, 0.69948), df=49, p=(1.1e-08, 1.2e-08)),
    "no degrees of freedom": parts(statistic=3.0, p=0.9),
    "limits": parts(estimate=2.5, low=1.86, high=3.14),
    "a quotient of rounded numbers": parts(
        estimate=(2.45, 2.55), se=(0.315, 0.325), statistic=(7.75, 7.85)
    ),
    "the error of a logarithm": parts(estimate=1.45, se=0.2, statistic=(1.85, 1.86)),
    "no error": parts(estimate=0.0, se=0.0, statistic=3.0),
    "a share": parts(count=12, n=48, share=(0.245, 0.255)),
    "one": parts(estimate=1.0),
}  # fmt: skip
CONTRADICTING = {
    "limits": (parts(estimate=2.5, low=2.6, high=3.14), "do not hold the estimate 2.5"),
    "a quotient": (parts(estimate=2.5, se=0.321, statistic=7.5), "is not the statistic 7.5"),
    "a turned sign": (parts(estimate=-2.5, se=0.5, statistic=5.0), "is not the statistic 5"),
    "no probability": (parts(p=1.5), "does not lie between 0 and 1"),
    "too many": (parts(count=49, n=48), "the count 49 is more than the total 48"),
    "a share": (parts(count=12, n=48, share=(0.255, 0.265)), "12 of 48 is not the share 26%"),
}
IMPROBABLE = {
    "p": parts(statistic=(3.415, 3.425), df=57, p=(0.0205, 0.0215)),
    "F": parts(statistic=(5.205, 5.215), df=1, df2=28, p=(0.0025, 0.0035)),
    "chi-squared": parts(statistic=(24.05, 24.15), df=2, p=(0.125, 0.135)),
}


@pytest.mark.parametrize("name", AGREEING)
def test_what_agrees_is_left_alone(name: str) -> None:
    assert contradiction(AGREEING[name]) is None
    assert improbable(AGREEING[name]) is None


@pytest.mark.parametrize("name", CONTRADICTING)
def test_what_contradicts_itself_is_named(name: str) -> None:
    found, words = CONTRADICTING[name]
    assert words in (contradiction(found) or "")


@pytest.mark.parametrize("name", IMPROBABLE)
def test_a_p_value_that_does_not_follow_is_named(name: str) -> None:
    assert "does not follow from the statistic" in (improbable(IMPROBABLE[name]) or "")
