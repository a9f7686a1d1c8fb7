"""Words that set one tied number against the next are weighed, and what cannot be read is left alone."""

from __future__ import annotations

import pytest

from tieout import numerals
from tieout.numbers import Quantity
from tieout.numerals import Context, Near


def entry(text: str, unit: str = "percent") -> Quantity:
    return Quantity.stated("x", text=text, unit=unit)


def wrong(before: str, between: str, after: str = ".", first: str = "12", second: str = "15") -> str:
    shown = f"{second}%"
    near = Near("after", len(between), len(between) + len(shown), "second", shown)
    context = Context(before, f"{between}{shown}{after}", near=(near,))
    return numerals.reversed_by(entry(first), context, lambda _key: entry(second))


FALSE = [  # 12 before 15
    ("It stood at ", ", above ", "."), ("It stood at ", ", well above the target of ", "."),
    ("It was ", ", up from ", "."), ("It rose to ", " from ", "."),
    ("It was up from ", " to ", ".", "15", "12"),
    ("From ", " in 2020 it fell to ", "."), ("It went from ", " to ", ", a fall."),
    ("More men (", ") than women (", ")."), ("It was higher in Kyiv (", ") than in Lviv (", ")."),
    ("Kyiv, at ", ", exceeds Lviv at ", "."), ("Kyiv's ", " is twice the ", "."),
    ("It was ", ", half the ", "."), ("Use eased back from ", " to ", "."),
    ("The wait shortened a little, from a median of ", " to ", "."),
    ("It edged up from ", " to ", ".", "15", "12"),
    ("It doubled from ", " to ", "."), ("From ", " sales doubled to ", "."), ("It halved to ", " from ", "."),
    ("The rate, ", ", was higher than the ", " before."), ("It is ", ", more than the ", " of last year."),
    ("Rolls gave up ", ", slightly more than cake's ", "."),
    ("The mean (", ") sits a few euros above the median (", ")."),
    ("Bonn, with ", " a head, takes little less than half of Ulm's ", ".", "8", "15"),
]  # fmt: skip
TRUE = [
    ("It stood at ", ", below ", "."), ("It was ", ", down from ", "."), ("It fell to ", " from ", "."),
    ("From ", " in 2020 it rose to ", "."), ("It went from ", " to ", ", a rise."),
    ("Fewer men (", ") than women (", ")."), ("It was lower in Kyiv (", ") than in Lviv (", ")."),
    ("Kyiv, at ", ", trails Lviv at ", "."), ("It halved from ", " to ", ".", "12", "6.1"),
    ("It doubled to ", " from ", ".", "24", "12"), ("It is not the case that ", " is above ", "."),
    ("We saw ", " of boys and more than ", " of girls."),
    ("Those with higher doses (", ") and lower ones (", ")."),
    ("It lies between ", " and ", "."), ("More women found work: ", ", as against ", "."),
    ("Rather than ", ", we take ", "."), ("It slowed from ", " to ", "."), ("Up to ", ", or even ", "."),
    ("A slower pace, ", ", suits more than ", " of them."), ("Most of all, ", "; above all ", "."),
    ("Sales fell in May and then recovered from ", " to ", "."),
    ("The gap narrowed as the share of women went from ", " to ", "."),
    ("Waits fell, so the quota was lifted from ", " to ", "."),
    ("Sales fell while profits rose to ", " from ", ".", "15", "12"),
    ("Urgent: ", " cases, a median of 5.9, less than half the ", " of others.", "82", "13"),
    ("Urgent: ", " cases, median 5.9 hours, less than half the ", " of others.", "82", "13"),
    ("Rolls gave up ", ", slightly less than cake's ", "."),
    ("The mean (", ") sits a few euros below the median (", ")."),
    ("Bonn, with ", " a head, takes little more than half of Ulm's ", ".", "8", "15"),
]  # fmt: skip


@pytest.mark.parametrize("said", FALSE)
def test_a_comparison_the_wrong_way_round_is_named(said: tuple[str, ...]) -> None:
    assert wrong(*said)


def test_what_stands_behind_brackets_of_two_numbers_is_not_the_last_of_them() -> None:
    """*Three to one (44 to 14), down from 4*."""
    after = "), down from 4."
    ahead, behind = Near("before", 14, 16, "first", "44"), Near("after", 13, 14, "second", "4")
    context = Context("Three to one (44 to ", after, near=(ahead, behind))
    assert not numerals.reversed_by(entry("14", "1"), context, lambda _key: entry("4", "1"))
    alone = Context("Three to one (", after, near=(behind,))
    assert numerals.reversed_by(entry("14", "1"), alone, lambda _key: entry("4", "1"))


@pytest.mark.parametrize("said", TRUE)
def test_a_true_comparison_and_what_is_none_are_left_alone(said: tuple[str, ...]) -> None:
    assert not wrong(*said)


def test_a_multiple_that_is_another_is_said() -> None:
    assert wrong("Kyiv's ", " is twice the ", ".", "40", "10") == "is 4 times 10%, and not twice"


def test_a_number_that_another_is_set_against_bounds_nothing() -> None:
    def judged(before: str, shown: str, first: str) -> object:
        near = Near("before", before.index(first), before.index(first) + len(first), "a", first)
        return numerals.judged(shown, entry("10", "1"), "en", Context(before, ".", near=(near,)))

    assert judged("There were 12 sites, more than ", "10", "12") is None
    assert judged("It fell 9 fewer than ", "10", "9") is None
    assert judged("We saw 12 sites and more than ", "10", "12") is not None
    assert judged("There were 8 sites, more than ", "10", "8") is not None
    assert judged("In 2020, more than ", "10", "2020") is not None


def test_sides_carry_a_sign() -> None:
    below = Quantity.stated("x", text="-12", unit="percent")
    excess = Quantity.stated("x", text="12", unit="percent", label="Excess deaths")
    assert numerals.agrees("12%", below, "en", Context("It was ", " below average.")) is None
    assert numerals.agrees("12%", below, "en", Context("It was ", " above average."))
    assert numerals.agrees("12%", excess, "en", Context("Deaths were ", " below average."))
    assert numerals.agrees("12%", excess, "en", Context("Deaths were ", " above average.")) is None


def test_a_multiple_between_two_numbers_is_of_both() -> None:
    def wrong(first: str, second: str) -> str:
        between, after = ", more than twice the 15%", " of others."
        near = (Near("after", 12, 21, "times", "twice the"), Near("after", 22, 25, "second", "15%"))
        entries = {"times": entry("2.3", "1"), "second": entry(second)}
        context = Context("It was ", between + after, near=near)
        return numerals.reversed_by(entry(first), context, entries.get)

    assert not wrong("34.7", "15")
    assert wrong("20", "15").endswith("and not twice")
