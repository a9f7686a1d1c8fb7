"""Promises of intervals: they hold every exact result, and are exact where the result is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.numbers import Interval
from tieout.numbers.interval import largest, smallest

NUMBERS = st.decimals(
    min_value=Decimal("-1e12"), max_value=Decimal("1e12"), allow_nan=False, allow_infinity=False, places=4
)
PARTS = st.fractions(min_value=0, max_value=1, max_denominator=97)


@dataclass(frozen=True)
class Held:
    """An interval and a point inside it."""

    interval: Interval
    point: Fraction


@st.composite
def held(draw: st.DrawFn, low: Decimal | None = None, bounded: bool = False, zero: bool = True) -> Held:
    """Draw an interval and a point in it; without `zero` the interval may hold zero and the point is none."""
    numbers = NUMBERS if low is None else NUMBERS.map(lambda each: abs(each) + low)
    first, second = sorted((draw(numbers), draw(numbers)))
    second = second if zero else second or Decimal(1)
    point = Fraction(first) + draw(PARTS) * (Fraction(second) - Fraction(first))
    point = point if zero else point or Fraction(second)
    opened = "" if bounded else draw(st.sampled_from(["", "", "", "low", "high", "both"]))
    down = None if opened in ("low", "both") and low is None else first
    up = None if opened in ("high", "both") else second
    return Held(Interval(down, up), point)


def holds(interval: Interval, exact: Fraction) -> bool:
    """Whether an exact number lies inside, compared without any rounding."""
    above = interval.low is None or Fraction(interval.low) <= exact
    return above and (interval.high is None or exact <= Fraction(interval.high))


def D(text: str) -> Decimal:
    return Decimal(text)


@given(held(), held())
def test_sums_differences_and_products_hold_the_exact_result(a: Held, b: Held) -> None:
    assert holds(a.interval + b.interval, a.point + b.point)
    assert holds(a.interval - b.interval, a.point - b.point)
    assert holds(a.interval * b.interval, a.point * b.point)
    assert holds(-a.interval, -a.point)


@given(held(), held(zero=False))
def test_quotients_hold_the_exact_result(a: Held, b: Held) -> None:
    assert holds(a.interval / b.interval, a.point / b.point)


@given(held(bounded=True), st.integers(0, 7))
def test_whole_powers_hold_the_exact_result(a: Held, exponent: int) -> None:
    assert holds(a.interval.power(exponent), a.point**exponent)


@given(held(bounded=True, zero=False), st.integers(-5, -1))
def test_negative_powers_hold_the_exact_result(a: Held, exponent: int) -> None:
    assert holds(a.interval.power(exponent), a.point**exponent)


@given(held(low=D("0")), st.fractions(min_value=Fraction(1, 9), max_value=4, max_denominator=9))
def test_fractional_powers_hold_the_exact_result(a: Held, exponent: Fraction) -> None:
    result = a.interval.power(exponent)
    wanted = a.point**exponent.numerator
    assert result.low is not None
    assert Fraction(result.low) ** exponent.denominator <= wanted
    assert result.high is None or wanted <= Fraction(result.high) ** exponent.denominator


@given(held(low=D("0")), st.integers(1, 12), st.integers(0, 4), st.integers(0, 4))
def test_roots_of_an_uncertain_degree_hold_the_exact_result(
    a: Held, degree: int, less: int, more: int
) -> None:
    degrees = Interval(Decimal(max(degree - less, 0)), Decimal(degree + more))
    result = a.interval.root(degrees)
    assert result.low is not None
    assert Fraction(result.low) ** degree <= a.point
    assert result.high is None or a.point <= Fraction(result.high) ** degree


@given(held(low=D("0.0001"), bounded=True), st.integers(-4, 4), st.integers(0, 3), st.integers(0, 3))
def test_powers_of_an_uncertain_exponent_hold_the_exact_result(
    a: Held, exponent: int, less: int, more: int
) -> None:
    exponents = Interval(Decimal(exponent - less), Decimal(exponent + more))
    assert holds(a.interval.power(exponents), a.point**exponent)


@given(held(), st.fractions(min_value=Fraction(1, 10**9), max_value=10**9))
def test_a_change_of_unit_holds_the_exact_result(a: Held, factor: Fraction) -> None:
    assert holds(a.interval.scaled(factor), a.point * factor)


@given(held(), held())
def test_consistent_means_sharing_a_point(a: Held, b: Held) -> None:
    one, two = a.interval, b.interval
    shared = one.intersection(two)
    assert one.intersects(two) == two.intersects(one) == (shared is not None) == (one.gap(two) == 0)
    if shared is not None:
        assert one.contains(shared)
        assert two.contains(shared)
    hull = one.hull(two)
    assert hull.contains(one)
    assert hull.contains(two)


@given(st.lists(held(), min_size=1, max_size=5))
def test_the_smallest_and_largest_of_several_are_held(several: list[Held]) -> None:
    points = [each.point for each in several]
    assert holds(smallest(each.interval for each in several), min(points))
    assert holds(largest(each.interval for each in several), max(points))


@given(held(bounded=True), held(bounded=True))
def test_ends_are_no_further_out_than_rounding_asks(a: Held, b: Held) -> None:
    """An interval that held everything would keep every promise above."""

    def ends(interval: Interval) -> list[Fraction]:
        assert interval.low is not None
        assert interval.high is not None
        return [Fraction(interval.low), Fraction(interval.high)]

    for got, exact in (
        (a.interval + b.interval, [x + y for x in ends(a.interval) for y in ends(b.interval)]),
        (a.interval * b.interval, [x * y for x in ends(a.interval) for y in ends(b.interval)]),
    ):
        for end, corner in zip(ends(got), (min(exact), max(exact)), strict=True):
            assert abs(end - corner) <= abs(corner) / 10**26


EXACT: list[tuple[Callable[[], Interval], Interval]] = [
    (lambda: Interval.point(18) / Interval.point(4), Interval(D("4.5"), D("4.5"))),
    (lambda: Interval(D("18.85"), D("18.95")) - Interval.point(18), Interval(D("0.85"), D("0.95"))),
    (lambda: Interval(D(4), D(9)).power(Fraction(1, 2)), Interval(D(2), D(3))),
    (lambda: Interval(D(-2), D(3)).power(2), Interval(D(0), D(9))),
    (lambda: Interval(D(-2), D(3)).power(3), Interval(D(-8), D(27))),
    (lambda: Interval(D(-3), D(-2)).power(2), Interval(D(4), D(9))),
    (lambda: Interval(D(2), D(4)).power(-1), Interval(D("0.25"), D("0.5"))),
    (lambda: Interval(D(0), D(4)).power(-1), Interval(D("0.25"), None)),
    (lambda: Interval(D(-2), D(3)).power(0), Interval.point(1)),
    (lambda: Interval.point(1) / Interval(D(0), D(2)), Interval(D("0.5"), None)),
    (lambda: Interval.point(1) / Interval(D(-2), D(0)), Interval(None, D("-0.5"))),
    (lambda: Interval.point(1) / Interval(D(-1), D(2)), Interval(None, None)),
    (lambda: Interval.point(1) / Interval.point(0), Interval(None, None)),
    (lambda: Interval(D(1), None) / Interval(D(1), None), Interval(D(0), None)),
    (lambda: Interval(None, D(-1)) * Interval(D(0), None), Interval(None, D(0))),
    (lambda: Interval.point(0) * Interval(None, None), Interval.point(0)),
    (lambda: Interval(D(8), D(8)).root(Interval(D(3), None)), Interval(D(1), D(2))),
    (lambda: Interval(D(600), D(660)).scaled(Fraction(1, 60)), Interval(D(10), D(11))),
]


@pytest.mark.parametrize(("made", "wanted"), EXACT)
def test_results_that_are_exact_are_given_exactly(made: Callable[[], Interval], wanted: Interval) -> None:
    assert made() == wanted


@pytest.mark.parametrize(
    "made",
    [
        lambda: Interval(D(2), D(1)),
        lambda: Interval(D("NaN"), D(1)),
        lambda: Interval(D(0), D("Infinity")),
        lambda: Interval(D(-1), D(4)).power(Fraction(1, 2)),
        lambda: Interval(D(-1), D(4)).power(Interval(D(1), D(2))),
        lambda: Interval(D(1), D(4)).root(Interval(D(-2), D(-1))),
    ],
)
def test_what_means_nothing_is_an_error(made: Callable[[], Interval]) -> None:
    with pytest.raises(ValueError, match=r"interval|undefined|power|above zero"):
        made()


def test_what_is_too_large_has_open_ends() -> None:
    huge = Interval(D("1e99998"), D("1e99999"))
    assert huge * huge == Interval(None, None)
    assert huge.power(3) == Interval(None, None)


def test_width_and_kind() -> None:
    assert Interval(D(1), D(3)).width == 2
    assert Interval(None, D(3)).width is None
    assert Interval.point(2).is_point
    assert not Interval(D(1), D(3)).is_point
    assert Interval(D(1), None).contains(10**40)
    assert not Interval(D(1), None).contains(D("0.999"))


@pytest.mark.parametrize("exponent", [2, Fraction(1, 3), Fraction(7, 100)])
def test_powers_keep_nought_one_and_infinity(exponent: int | Fraction) -> None:
    for low, high in ((0, 1), (1, 1), (0, None), (1, None)):
        given = Interval(Decimal(low), None if high is None else Decimal(high))
        assert given.power(exponent) == given
