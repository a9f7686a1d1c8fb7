"""Bounds, hedges and directions are true or false of an entry, and no rewrite makes a false sentence."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.numerals.test_properties import FORMS
from tests.support.depth import examples
from tieout import numerals
from tieout.ledger import Cell
from tieout.numbers import Interval, Quantity
from tieout.numerals import Context, Near
from tieout.prose import untied
from tieout.update import renewed

FIXTURE = Path(__file__).with_name("prose.txt")
TIE = re.compile(r"([\[{])(.*?)[\]}]\(([^)]*)\)")


def entry(text: str, unit: str = "1", qualifier: str = "rounded", label: str | None = None) -> Quantity:
    return Quantity.stated("x", text=text, unit=unit, qualifier=qualifier, label=label)


def point(value: str) -> Quantity:
    return Quantity(Decimal(value), "1", Interval.point(Decimal(value)), "exact")


TRUE = [
    ("< .001", point(".0004")), ("over 5,000", entry("5366")), ("more than 5,000", entry("5366")),
    ("at least 5,000", entry("5366")), ("fewer than 6,000", entry("5366")), ("about 5,400", entry("5366")),
    ("up to 5,400", entry("5366")), ("nearly 50%", entry("48.6", "percent")), ("≈ 5,400", entry("5366")),
    ("almost half", entry("48.6", "percent")), ("roughly a third", entry("35", "percent")),
    ("between 5 and 7", entry("6.2")), ("5,400", entry("5366")), ("2", entry("2.5")), ("3", entry("2.5")),
]  # fmt: skip
FALSE = [
    ("< .001", point(".0014")), ("over 5,000", entry("4800")), ("more than 5,400", entry("5366")),
    ("at least 5,400", entry("5366")), ("fewer than 5,000", entry("5366")), ("about 5,400", entry("6100")),
    ("up to 5,000", entry("5366")), ("nearly 50%", entry("52", "percent")), ("≈ 5,400", entry("4100")),
    ("almost half", entry("52", "percent")), ("roughly a third", entry("48", "percent")),
    ("between 5 and 7", entry("7.2")), ("5,300", entry("5366")), ("3", entry("3.5")), ("10", entry("12")),
    ("5,000", entry("5366")), ("exactly 5,400", entry("5366")), ("about 10%", entry("19", "percent")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quantity"), TRUE)
def test_a_claim_that_holds_the_entry_is_true(text: str, quantity: Quantity) -> None:
    assert numerals.agrees(text, quantity) is None


@pytest.mark.parametrize(("text", "quantity"), FALSE)
def test_a_claim_that_does_not_hold_the_entry_is_false(text: str, quantity: Quantity) -> None:
    assert numerals.agrees(text, quantity)


@pytest.mark.parametrize(("text", "holds"), [
    ("about 38%", True), ("~40%", True), ("roughly 39%", False), ("~37%", False), ("about 30%", False),
])  # fmt: skip
def test_what_its_source_says_is_about_so_much_is_about_no_other_number(text: str, holds: bool) -> None:
    approximate = entry("38", "percent", "approx")
    assert (numerals.agrees(text, approximate) is None) == holds
    assert numerals.agrees("about 40%", entry("38", "percent")) is None, (
        "which is near a number that is sharp"
    )


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        ("about 6.7", "6.78", False), ("about 6.8", "6.78", True), ("about 12%", "12.7", False),
        ("about 13%", "12.7", True), ("about 1,273", "1274.2", False), ("roughly 67", "67.4", True),
        ("about 650", "638", True), ("about 650", "620", False), ("about 65", "63.1", True),
        ("about 65", "62.1", False), ("about 6.5", "6.7", False), ("about 60", "58.9", True),
        ("about 5,400", "5338", True), ("about 7.0", "7.08", True), ("nearly 68", "67.2", True),
        ("about −6.7", "-6.78", False), ("about −6.8", "-6.78", True),
    ],
)  # fmt: skip
def test_behind_a_hedge_a_last_digit_that_is_no_zero_or_five_is_a_rounding(
    text: str, value: str, holds: bool
) -> None:
    computed = point(value)
    assert (numerals.agrees(text.removesuffix("%"), computed) is None) == holds


def test_words_before_a_tie_are_part_of_its_claim() -> None:
    sites = entry("5366")
    assert numerals.agrees("5,000", sites, "en", Context("dug at over ")) is None
    assert "over 6,000" in str(numerals.agrees("6,000", sites, "en", Context("dug at over ")))
    assert numerals.agrees("5,400", sites, "en", Context("dug at about ")) is None


def test_a_direction_carries_a_sign() -> None:
    fall, rise = entry("-12.4", "percent"), entry("12.4", "percent", label="Growth of sales")
    assert numerals.agrees("12.4%", fall, "en", Context("Sales fell by ")) is None
    assert numerals.agrees("12.4%", fall, "en", Context("Sales were ", " lower than before")) is None
    assert numerals.agrees("12.4%", fall, "en", Context("Sales rose by "))
    assert "a rise" in str(numerals.agrees("12.4%", rise, "en", Context("Sales fell by ")))
    assert numerals.agrees("12.4%", entry("12.4", "percent"), "en", Context("Sales fell by ")) is None


@pytest.mark.parametrize(
    ("before", "between", "is_wrong"),
    [
        ("It rose from ", " to ", True), ("It fell from ", " to ", False),
        ("It did not rise from ", " to ", False),
        ("Here ", " is smaller than ", True), ("Here ", " is larger than ", False),
        ("It halved from ", " to ", False),
        ("It doubled from ", " to ", True), ("From ", " to ", False), ("Of ", " people, ", False),
    ],
)  # fmt: skip
def test_a_comparison_with_the_next_tie_is_weighed(before: str, between: str, is_wrong: bool) -> None:
    context = Context(
        before, f"{between}5 then", "", (Near("after", len(between), len(between) + 1, "other", "5"),)
    )
    found = numerals.reversed_by(entry("10"), context, lambda _key: entry("5"))
    assert bool(found) == is_wrong


NEW = [
    ("< .001", "p ", point(".0034"), "< .01"), (".001", "p < ", point(".0034"), ".01"),
    ("about 5,400", "", entry("5380"), None), ("about 5,400", "", entry("6123"), "about 6,100"),
    ("5,400", "about ", entry("6123"), "6,100"), ("5,400", "the ", entry("6123"), "6,100"),
    ("over 5,000", "", entry("4812"), "over 4,000"), ("nearly 50%", "", entry("57", "percent"), "nearly 60%"),
    ("12.4%", "sales fell by ", entry("-13.1", "percent"), "13.1%"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "before", "quantity", "new"), NEW)
def test_update_keeps_comparisons_hedges_signs_and_zeros(
    text: str, before: str, quantity: Quantity, new: str | None
) -> None:
    assert renewed(text, Cell("", quantity), "en", Context(before)) == new


@pytest.mark.parametrize(
    ("before", "quantity"), [("fell by ", entry("3.1", "percent")), ("rose by ", entry("-3.1", "percent"))]
)
def test_a_direction_that_has_turned_is_left_and_named(before: str, quantity: Quantity) -> None:
    with pytest.raises(ValueError, match=r"12\.4%"):
        renewed("12.4%", Cell("", quantity), "en", Context(f"sales {before}"))


STYLES = ("< {}", "over {}", "about {}", "nearly {}", "at least {}", "up to {}", "≈ {}", "more than {}", "{}")


@given(st.sampled_from(STYLES), st.integers(11, 99999), st.integers(11, 99999), st.integers(0, 2))
@examples(60)
def test_no_rewrite_makes_a_false_sentence(style: str, old: int, new: int, zeros: int) -> None:
    said, quantity = style.format(f"{old * 10**zeros:,}"), point(str(new))
    try:
        text = renewed(said, Cell("", quantity)) or said
    except ValueError:
        return
    shown = numerals.parse(text)
    assert shown is not None
    value, raw = shown.ends[0], Fraction(new)
    word = style.partition(" {")[0] if style != "{}" else ""
    assert text.startswith(word)
    true = {
        "<": raw < value, "up to": raw <= value, "over": raw > value, "more than": raw > value,
        "at least": raw >= value, "nearly": raw <= value <= raw * Fraction(12, 10) + 1,
    }  # fmt: skip
    assert true.get(word, abs(value - raw) <= max(Fraction(1, 2), value / 10))


@pytest.mark.parametrize(
    ("like", "text"),
    [("162", "13"), ("about 162", "about 13"), ("over 162", "over 12.4"), ("162+", "12.4+")],
)
def test_what_fell_is_rewritten_as_how_far(like: str, text: str) -> None:
    value = Decimal("-12.5")
    quantity = Quantity(value, "1", Interval.point(value), "exact")
    assert renewed(like, Cell("", quantity), "en", Context("It fell by ")) == text


@given(
    st.sampled_from(FORMS),
    st.sampled_from(("1", "percent", "USD", "year", "device", "percentage_point")),
    st.integers(-9999, 99999),
    st.integers(0, 2),
    st.sampled_from(("", "It fell by ", "It rose by ", "It was more than ", "about ", "nearly ", "up to ")),
)
@examples(75, deep=3000)
def test_no_rewrite_of_any_style_is_false_or_drops_a_claim(
    like: str, unit: str, digits: int, places: int, before: str
) -> None:
    value = Decimal(digits).scaleb(-places)
    quantity = Quantity(value, unit, Interval.point(value), "exact")
    context = Context(before)
    try:
        text = renewed(like, Cell("", quantity), "en", context)
    except ValueError:
        return
    shown = like if text is None else text
    assert numerals.agrees(shown, quantity, "en", context) is None
    assert numerals.claims(like) - {"exact"} <= numerals.claims(shown) | numerals.claims(f"{before}{shown}")
    if before == "It rose by ":
        assert value >= 0 or shown.startswith(("−", "-", "("))
    if before == "It fell by " and value < 0:
        assert not shown.startswith(("−", "-")) or like.startswith(("−", "-", "("))


WORDS = (
    "doubled", "two thirds", "a quarter of", "tenfold", "one in five", "a dozen", "sixty percent",
    "nine out of ten", "halved", "three quarters", "two million", "twice as", "half a dozen",
)  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_words_that_state_a_quantity_are_found(words: str) -> None:
    assert [each.text for each in untied(f"Here {words} it.")] == [words.removesuffix(" of")]


def test_formulas_state_numbers_and_are_tied_whole() -> None:
    text = r"$n = 999$, $p < .001$, $$\beta = 4.56$$, $x^2 + 12$ and [$m = 7$](tie:a.b)"
    assert [each.text for each in untied(text)] == ["999", ".001", "4.56"]
    assert numerals.agrees("n = 999", entry("999")) is None and numerals.agrees("n = 998", entry("999"))
    assert numerals.agrees("p < .001", point(".0004")) is None and numerals.agrees("p < .001", point(".002"))
    assert numerals.format(entry("42", "percent"), r"s = 95\%") == r"s = 42\%"


def test_plain_prose_raises_no_alarm() -> None:
    for number, line in enumerate(FIXTURE.read_text(encoding="utf-8").splitlines(), 1):
        ties = list(TIE.finditer(line))
        for index, tie in enumerate(ties):
            value, _, rest = tie[3].partition(" ")
            qualifier = next((word for word in ("at-most", "approx", "exact") if rest.endswith(word)), "")
            unit = rest.removesuffix(qualifier).strip() or "1"
            before, after = (TIE.sub(r"\2", part) for part in (line[: tie.start()], line[tie.end() :]))
            near = []
            if index + 1 < len(ties):
                start = len(line[tie.end() : ties[index + 1].start()])
                near = [Near("after", start, start + len(ties[index + 1][2]), "next", ties[index + 1][2])]
            context = Context(before, after, "", tuple(near))
            quantity = entry(value, unit, qualifier or "rounded")
            assert numerals.agrees(tie[2], quantity, "en", context) is None, (number, tie[0])
            if near:
                other = ties[index + 1][3].partition(" ")
                later = entry(
                    other[0], other[2].split(" at-")[0].removesuffix(" approx").removesuffix(" exact") or "1"
                )
                assert not numerals.reversed_by(quantity, context, lambda _key, later=later: later), (
                    number,
                    tie[0],
                )


def test_numbers_after_an_attached_word_are_numbers() -> None:
    found = [
        token.text for token in numerals.find("For age-65+ and up-to-40, minus-5 or до-40; COVID-19 is none.")
    ]
    assert found == ["65+", "40", "5", "40", "COVID-19"]


@pytest.mark.parametrize(
    ("said", "value", "true"),
    [
        ("more than halved", "0.4", True), ("more than halved", "0.6", False),
        ("more than halved", "2.25", False),
        ("less than halved", "0.6", True), ("nearly halved", "0.52", True), ("nearly halved", "0.48", True),
        ("more than doubled", "2.25", True), ("more than doubled", "0.4", False),
    ],
)  # fmt: skip
def test_what_is_more_than_halved_is_less_than_half(said: str, value: str, true: bool) -> None:
    ratio = Quantity.computed(Decimal(value), "1")
    lead, word = said.rsplit(" ", 1)
    assert numerals.says(said, ratio, "en") is true
    around = numerals.Context(f"Output {lead} ", " in 2020")
    assert (numerals.judged(word, ratio, "en", around) is None) is true
