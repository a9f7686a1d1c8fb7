"""Promises of open numbers: what is wide is seen to be wide, and nobody is refused who says so."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout import numerals
from tieout.ledger import Cell
from tieout.numbers import Interval, Quantity, lower, upper
from tieout.numerals import Context
from tieout.numerals.defaults import own_places
from tieout.update import renewed


def computed(value: str, low: str | None, high: str | None, unit: str = "1") -> Quantity:
    ends = (None if end is None else Decimal(end) for end in (low, high))
    return Quantity(Decimal(value), unit, Interval(*ends))


PATIENTS = computed("13.69", "9.13", "27.4", "consultation / day")
SHARE = computed("28.57", "24.1", "33.3", "percent")
DENSITY = computed("6700", "6250", "7140", "person / radiologist")
SPEED = computed("20", "18.1", "22.2")
SHARP = computed("7.56", "7.39", "7.73")
MARKET = Quantity.stated("market", text="900", unit="million USD", qualifier="approx")


@pytest.mark.parametrize(
    ("text", "entry", "honest"),
    [
        ("14", PATIENTS, "9–27"),
        ("29%", SHARE, "about 29%"),
        ("20 times", SPEED, "about 20 times"),
        ("$14", computed("14", "9", "27", "USD"), "$9–27"),
        ("two points", computed("2", "1.7", "2.3", "percentage_point"), "about two points"),
    ],
)
def test_a_bare_number_that_pretends_is_refused_with_the_honest_form(
    text: str, entry: Quantity, honest: str
) -> None:
    found = numerals.judged(text, entry)
    assert found is not None
    assert found.kind == "bare"
    assert f"write `{honest}`" in found.why
    assert numerals.agrees(honest, entry) is None


@pytest.mark.parametrize(
    "text",
    [
        "9 to 27", "9–27", "between 9 and 27", "9 to 28", "about 14", "~14", "roughly 14", "over 9",
        "under 28", "at least 9", "up to 30", "between 5 and 30",
    ],
)  # fmt: skip
def test_what_lets_readers_see_it_agrees(text: str) -> None:
    assert numerals.agrees(text, PATIENTS) is None


@pytest.mark.parametrize(
    "text",
    [
        "9 to 29",
        "8 to 27",
        "10 to 27",
        "9.13 to 27.4",
        "between 10 and 27",
        "about 15",
        "about 13",
        "over 10",
    ],
)
def test_a_range_has_the_ends_of_the_interval_and_no_more_digits(text: str) -> None:
    assert numerals.agrees(text, PATIENTS) is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a doctor sees about ", " patients"),
        ("a doctor sees very roughly some ", ""),
        ("a doctor sees ", " or so"),
        ("a doctor sees ", " (9 to 27) patients"),
        ("a doctor sees ", " [95% CI 9, 27] patients"),
        ("a doctor sees ", " ± 9 patients"),
        ("a doctor sees ", " patients, a number that lies between 9 and 27"),
    ],
)
def test_what_stands_around_a_number_counts(before: str, after: str) -> None:
    assert numerals.agrees("14", PATIENTS, "en", Context(before, after)) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a doctor sees ", " patients between 2020 and 2024"),
        ("a doctor sees ", " patients (2020–2024)"),
        ("of about 20 hospitals, ", " agree"),
        ("It was about that. A doctor sees ", " patients"),
    ],
)
def test_what_says_something_else_does_not_count(before: str, after: str) -> None:
    assert numerals.agrees("14", PATIENTS, "en", Context(before, after)) is not None


def test_a_heading_that_says_so_counts() -> None:
    assert numerals.agrees("14", PATIENTS, "en", Context(heading="Patients a day, approximately")) is None


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("$900 million", MARKET),
        ("10", Quantity.stated("a", text="10", unit="1", qualifier="approx")),
        ("7.6", SHARP),
        ("a third", SHARE),
        ("30–40%", Quantity.stated("a", text="30-40", unit="percent")),
        ("162", computed("162", "162", "162")),
    ],
)
def test_what_is_stated_sharp_or_named_in_words_may_stand_bare(text: str, entry: Quantity) -> None:
    found = numerals.judged(text, entry)
    assert found is None or found.kind != "bare"


@pytest.mark.parametrize(
    ("entry", "lang", "text"),
    [
        (PATIENTS, "en", "9–27"),
        (SHARE, "en", "about 29%"),
        (SHARE, "de", "etwa 29\u00a0%"),
        (SHARE, "uk", "близько 29\u00a0%"),
        (SHARE, "fi", "≈ 29\u00a0%"),
        (computed("2", "-1", "5", "percentage_point"), "en", "about 2 percentage points"),
        (SHARP, "en", "7.6"),
    ],
)
def test_the_default_is_as_open_as_the_number(entry: Quantity, lang: str, text: str) -> None:
    assert numerals.format(entry, lang=lang).replace("\u202f", "\u00a0") == text


@pytest.mark.parametrize(
    ("like", "text"),
    [
        ("14", "9–27"), ("14 consultations a day", "9–27 consultations a day"), ("9 to 27", "9 to 27"),
        ("5 to 6", "9 to 27"), ("about 12", "about 14"), ("between 5 and 6", "between 9 and 27"),
    ],
)  # fmt: skip
def test_an_example_is_followed_as_far_as_it_is_honest(like: str, text: str) -> None:
    assert numerals.format(PATIENTS, like=like) == text


@pytest.mark.parametrize(
    ("entry", "shown", "before", "text"),
    [
        (SHARE, "29%", "It is ", "about 29%"),
        (SPEED, "20-fold", "It is a ", "roughly 20-fold"),
        (SPEED, "20-fold", "It is an ", "approximately 20-fold"),
        (PATIENTS, "14", "A doctor sees ", "9–27"),
        (
            computed("6700", "6250", "7140", "person / radiologist"),
            "6,700 people",
            "each stands for ",
            "about 6,700 people",
        ),
    ],
)
def test_update_writes_the_honest_form(entry: Quantity, shown: str, before: str, text: str) -> None:
    assert renewed(shown, Cell(shown, entry), "en", Context(before, " of them")) == text


def test_update_leaves_a_hedge_and_a_range_that_are_true() -> None:
    assert renewed("14", Cell("14", PATIENTS), "en", Context("sees about ", " patients")) is None
    assert renewed("9 to 27", Cell("9–27", PATIENTS)) is None


def test_ends_of_intervals_are_shown_as_sharp_as_the_interval() -> None:
    people = Quantity.stated("a", text="450", unit="million person") / 27
    assert numerals.format(lower(people)) == "16.48 million"
    for text in ("16,481,481", "16.481 million"):
        found = numerals.judged(f"{text} people", upper(people)) or numerals.judged(text, lower(people))
        assert found is not None
    assert numerals.agrees("16.48 million", lower(people)) is None


@given(st.integers(1, 10**7), st.integers(0, 10**7), st.integers(0, 10**7), st.integers(-3, 3))
def test_what_is_written_of_any_number_agrees_with_it_and_hides_nothing(
    middle: int, below: int, above: int, scale: int
) -> None:
    value, low, high = (Decimal(each).scaleb(scale) for each in (middle, middle - below, middle + above))
    entry = Quantity(value, "1", Interval(low, high))
    for text in (
        numerals.format(entry),
        numerals.format(entry, like="1,234"),
        numerals.format(entry, "12.3"),
    ):
        assert numerals.agrees(text, entry) is None, text
        if Fraction(high) - Fraction(low) > abs(Fraction(value)) / 10:
            (shown, *_) = numerals.readings(text)
            assert shown.is_range or shown.qualifiers, text


DEVICES = Quantity.stated("devices", text="162", unit="device", qualifier="at-least") / 84


@pytest.mark.parametrize(
    ("like", "text"),
    [
        (None, "at least 1.928"),
        ("1.9", "at least 1.9"),
        ("2.0", "at least 1.9"),
        ("about 1.9", "at least 1.9"),
    ],
)
def test_what_has_one_end_is_shown_with_its_bound_and_never_beyond_it(like: str | None, text: str) -> None:
    assert numerals.format(DEVICES, like=like) == text
    assert numerals.agrees(text, DEVICES) is None


@pytest.mark.parametrize("text", ["1.9", "about 1.9", "at least 1.93", "up to 2"])
def test_a_hedge_does_not_stand_for_a_bound(text: str) -> None:
    assert numerals.agrees(text, DEVICES) is not None
    assert renewed("1.9", Cell("", DEVICES), "en", Context("there are at least ", "")) is None
    assert renewed("1.9", Cell("", DEVICES)) == "at least 1.9"


@pytest.mark.parametrize("text", ["about 270,000", "about 290,000", "about 200,000", "about 281,000"])
def test_a_hedge_lets_no_other_digits_pass(text: str) -> None:
    gap = computed("280000", "250000", "312000")
    assert numerals.agrees("about 280,000", gap) is None
    assert numerals.agrees("about 300,000", gap) is None
    assert numerals.agrees(text, gap) is not None


def test_nought_is_shown_with_as_many_decimals_as_five() -> None:
    assert own_places(Fraction(0), Fraction(1, 10**6), stated=False) == 3
    assert own_places(Fraction(5), Fraction(1, 10**6), stated=False) == 3


@pytest.mark.parametrize("before", ["It fell by ", "It shrank ", "a decline of "])
@pytest.mark.parametrize("text", ["0%", "less than 1%", "at most 1%"])
def test_what_fell_by_nought_fell_by_less_than_one(before: str, text: str) -> None:
    nought = Quantity.stated("a", text="0", unit="percent", qualifier="exact")
    context = Context(before=before, after=" so.")
    assert numerals.agrees(text, nought, "en", context) is None
    assert numerals.agrees("more than 0%", nought, "en", context) is not None


@pytest.mark.parametrize(
    ("text", "like", "wanted"),
    [
        ("0.012", "< .05", "< .05"),  # a level, as of a probability
        ("0.99", "< 1.00", "0.99"),
        ("1.2", "< 1.5", "1.2"),
    ],
)
def test_a_bound_is_kept_as_a_level_below_one_only(text: str, like: str, wanted: str) -> None:
    assert numerals.format(Quantity.stated("a", text=text, unit="1", qualifier="exact"), like) == wanted


@pytest.mark.parametrize("like", ["nearly 3%", "nearly 2.5%", "almost 5,000%"])
def test_nearly_rounds_up_no_number_that_is_not_near(like: str) -> None:
    computed = Quantity(Decimal("12.1481472"), "percent", Interval.point(Decimal("12.1481472")))
    assert numerals.format(computed, like) == "12.15%"
    near = Quantity(Decimal("12.98"), "percent", Interval.point(Decimal("12.98")))
    assert numerals.format(near, "nearly 3%") == "nearly 13%"
