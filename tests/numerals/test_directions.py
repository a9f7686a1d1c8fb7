"""Words of direction carry the sign of a number: what is true of it passes, what is not is named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tieout import numerals
from tieout.ledger import Cell
from tieout.markdown import scan
from tieout.numbers import Quantity, span
from tieout.numerals import Context
from tieout.numerals.direction import direction
from tieout.prose import surroundings
from tieout.update import renewed


def entry(value: str, unit: str = "1", label: str = "") -> Quantity:
    return Quantity.computed(Decimal(value), unit).named("x.y", label)


def read(text: str) -> tuple[Context, str]:
    """Return what stands around the number in brackets, and it."""
    before, _, rest = text.partition("[")
    shown, _, after = rest.partition("]")
    return Context(before, after), shown


FALLS = {
    "It lowers the log odds by [0.709].": ("-0.7093", "1"),
    "Each point lowers the probability by [13 percentage points].": ("-13.1", "percent"),
    "The rate is lower by [13 points].": ("-13.1", "percent"),
    "It reduces mean costs by about [12%].": ("-0.119", "1"),
    "It cut the time from door to needle by [12 minutes].": ("-12.1", "minute"),
    "They were [2.15 years] younger.": ("-2.15", "year"),
    "They were younger by [2.15 years].": ("-2.15", "year"),
    "Stays were [3.1 days] shorter, on average.": ("-3.1", "day"),
    "It had [12%] fewer visits.": ("-0.12", "1"),
    "They are [4 kg] lighter than before.": ("-4.01", "kilogram"),
    "We saw a [12%] reduction.": ("-0.12", "1"),
    "A reduction in costs of [12%] followed.": ("-0.12", "1"),
    "Die Rate sank um [12 %].": ("-0.12", "1"),
    "Es senkt die Kosten um [12 %].": ("-0.12", "1"),
    "Sie waren um [2,15 Jahre] jünger.": ("-2.15", "year"),
    "Частка зменшилася на [12 %].": ("-0.12", "1"),
    "Це знижує витрати на [12 %].": ("-0.12", "1"),
    "Вони були на [12 %] нижчі.": ("-0.12", "1"),
}
TURNED = {
    "lowers": "raises", "is lower": "is higher", "reduces": "boosts", "cut": "raised", "younger": "older",
    "shorter": "longer", "fewer": "more", "lighter": "heavier", "reduction": "increase", "sank": "stieg",
    "senkt": "erhöht", "jünger": "älter", "зменшилася": "збільшилася", "знижує": "підвищує", "нижчі": "вищі",
    "A reduction": "An increase",
}  # fmt: skip


def language(text: str) -> str:
    return "uk" if "на [" in text else "de" if "um [" in text else "en"


@pytest.mark.parametrize("text", FALLS)
def test_words_of_a_fall_say_the_sign(text: str) -> None:
    quantity, (around, shown) = entry(*FALLS[text]), read(text)
    lang = language(text)
    assert numerals.agrees(shown, quantity, lang, around) is None
    moved = entry(str(Decimal(FALLS[text][0]) * 2), FALLS[text][1])
    new = renewed(shown, Cell("", moved), lang, around)
    assert new and "−" not in new and numerals.says(new, moved, lang, around), "and update keeps it so"
    with pytest.raises(ValueError):  # what has turned into a rise is no fall by so much
        renewed(new, Cell("", entry(FALLS[text][0][1:], FALLS[text][1])), lang, around)


@pytest.mark.parametrize("text", FALLS)
def test_the_word_of_the_other_direction_is_named_and_left_to_the_author(text: str) -> None:
    old, new = next(pair for pair in TURNED.items() if pair[0] in text)
    quantity, (around, shown) = entry(*FALLS[text]), read(text.replace(old, new))
    found = numerals.judged(shown, quantity, language(text), around)
    assert found is not None and found.kind == "direction" and "is said as a rise" in found.why
    with pytest.raises(ValueError, match="is said as a rise"):
        renewed(shown, Cell("", quantity), language(text), around)


OUTRIGHT = [
    "The treatment cost us [1.27 kg] of yield.", "It cost the small farms about [1.27 kg].",
    "The effect was a loss of [1.27 kg].", "Yield dropped [1.27 kg].", "Yield fell on average [1.27 kg].",
    "We lost [1.27 kg] of honey.", "Yield was down [1.27 kg].", "It left a deficit of [1.27 kg].",
    "It left a [1.27 kg] shortfall.", "It came at a cost of [1.27 kg].", "It has a [1.27-kg] yield penalty.",
    "It fell short by [1.27 kg].", "It left us [1.27 kg] short.", "They shed a further [1.27 kg].",
    "Yield slipped [1.27 kg].", "The loss came to [1.27 kg].", "The decline was [1.27 kg].",
    "They trailed by [1.27 kg].",
]  # fmt: skip


@pytest.mark.parametrize("text", OUTRIGHT)
def test_what_is_said_outright_to_be_lost_needs_no_sign(text: str) -> None:
    around, shown = read(text)
    effect = entry("-1.2684", "kilogram", "Effect on yield")
    assert numerals.agrees(shown, effect, context=around) is None
    assert numerals.agrees("1.37 kg", effect, context=around) is not None
    new = renewed(shown, Cell("", entry("-1.4123", "kilogram", "Effect on yield")), context=around)
    assert new == shown.replace("1.27", "1.41"), "and update writes no sign"
    with pytest.raises(ValueError):  # what has turned into a gain is no loss of so much
        renewed(shown, Cell("", entry("1.41", "kilogram", "Effect on yield")), context=around)


@pytest.mark.parametrize(
    "text",
    ["Lids save us [1.27 kg].", "Lids saved a further [1.27 kg].", "Each year saves another [1.27 kg]."],
)
def test_what_is_saved_needs_no_sign(text: str) -> None:
    around, shown = read(text)
    assert numerals.agrees(shown, entry("-1.2684", "kilogram", "Effect of lids"), context=around) is None
    assert numerals.agrees("1.37 kg", entry("-1.2684", "kilogram"), context=around) is not None
    for value, new in (("-1.4123", "1.41 kg"), ("1.41", "1.41 kg")):
        moved = entry(value, "kilogram", "Difference of before and after")
        assert renewed(shown, Cell("", moved), context=around) == new


def test_a_saving_below_zero_is_none() -> None:
    around, shown = read("Lids saved [1.27 kg].")
    assert numerals.agrees(shown, entry("-1.2684", "kilogram", "Saving of lids"), context=around) is not None


def test_what_is_lost_may_be_an_entry_above_zero() -> None:
    for text, label in (
        ("We lost [12.4 kg].", "Honey lost"),
        ("It cost us [12.4 kg].", "Cost"),
        ("Yield dropped [12.4 kg].", "Loss of yield, an effect of treatment"),
    ):
        around, shown = read(text)
        assert numerals.agrees(shown, entry("12.4", "kilogram", label), context=around) is None
        assert renewed(shown, Cell("", entry("13.1", "kilogram", label)), context=around) == "13.1 kg"


@pytest.mark.parametrize(
    "text",
    ["Yield fell to [1.27 kg].", "The cost was [1.27 kg].", "It did not cost us [1.27 kg].",
     "We kept [1.27 kg].", "It rose [1.27 kg].", "It has the cost per [1.27 kg]."],
)  # fmt: skip
def test_a_sign_is_still_needed_where_nothing_is_lost(text: str) -> None:
    around, shown = read(text)
    assert numerals.agrees(shown, entry("-1.2684", "kilogram", "Effect on yield"), context=around) is not None


@pytest.mark.parametrize(
    ("shown", "value", "unit", "true"),
    [
        ("falls by 13 percentage points", "-13.1", "percent", True),
        ("fell by 12%", "-0.12", "1", True),
        ("lowers the odds by 12%", "-0.12", "1", True),
        ("13 percentage points lower", "-13.1", "percent", True),
        ("about 2 years younger", "-2.15", "year", True),
        ("a drop of 12%", "-0.12", "1", True),
        ("rose by 12%", "0.12", "1", True),
        ("rises by 13 percentage points", "-13.1", "percent", False),
        ("2.15 years older", "-2.15", "year", False),
        ("fell by 13%", "-0.12", "1", False),
    ],
)
def test_a_direction_may_stand_within_the_tie(shown: str, value: str, unit: str, true: bool) -> None:
    assert (numerals.agrees(shown, entry(value, unit), context=Context("The rate ", ".")) is None) == true


def test_what_is_rewritten_within_a_tie_keeps_its_words() -> None:
    cell = Cell("", entry("-14.2", "percent"))
    assert renewed("falls by 13 percentage points", cell) == "falls by 14 percentage points"
    assert renewed("13.0 points lower", cell) == "14.2 points lower"
    with pytest.raises(ValueError, match="write “falls by” for “rises by”"):
        renewed("rises by 14 percentage points", cell)


@pytest.mark.parametrize(
    "text",
    [
        "We asked [5] younger women.", "Of older patients, [12%] agreed.",
        "In [12%] of younger women it did.", "It was [12] more or less.", "The [12] lower limits.",
        "It reduces the loss by [12%].",
        "In [7] lower-income countries.", "It did not fall to [12%].", "Quitting lowers it by [12%].",
    ],
)  # fmt: skip
def test_where_the_sign_is_not_plain_nothing_is_said(text: str) -> None:
    around, shown = read(text)
    for label in ("", "Share", "Women asked"):
        quantity = entry("0.12" if "%" in shown else shown, label=label)
        assert numerals.agrees(shown, quantity, context=around) is None


def test_a_count_beside_a_comparative_is_still_rewritten() -> None:
    women = Quantity.computed(Decimal(6), "1", exact=True).named("n", "Women")
    assert renewed("5", Cell("", women), context=Context("We asked ", " younger women.")) == "6"


def test_a_change_above_zero_is_no_fall() -> None:
    change = entry("0.12", label="Change of the odds for a year")
    for text in ("A year lowers them by [12%].", "It cuts the odds by [12%]."):
        around, shown = read(text)
        assert "a fall" in (numerals.agrees(shown, change, context=around) or ""), text
    for text in (
        "A year raises them by [12%].",
        "Others were lower by [12%].",
        "A year less lowers them by [12%].",
    ):
        around, shown = read(text)
        assert numerals.agrees(shown, change, context=around) is None, text
    other = entry("0.12", label="Weight change, baseline − follow-up")
    assert numerals.agrees("12%", other, context=Context("Weight fell by ")) is None


def coefficient(sign: int) -> dict[str, Quantity]:
    given = {"": "0.111", "se": "0.011", "statistic": "10.09", "p": "1e-20", "low": "0.089", "high": "0.132"}
    if sign < 0:
        given |= {"": "-0.111", "statistic": "-10.09", "low": "-0.132", "high": "-0.089"}
    found = {slug: entry(value).named(f"m.age.{slug}".rstrip("."), slug) for slug, value in given.items()}
    return {**found, "ci": span(found["low"], found["high"]).named("m.age.ci", "ci")}


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("A year raises them by [0.111 (95% CI 0.089 to 0.132)].", 1),
        ("A year lowers them by [0.111 (SE 0.011, 0.089 to 0.132)].", -1),
        ("A year raises them ([b = 0.111, p < .001]).", 1),
        ("A year lowers them ([b = −0.111]).", -1),
        ("A year lowers them (b = [−0.111]).", -1),
    ],
)
def test_a_coefficient_goes_the_way_that_its_verb_says(text: str, sign: int) -> None:
    text = text.replace("95% CI ", "")
    around, shown = read(text)
    family = coefficient(sign)
    assert numerals.agrees(shown, family[""], context=around, family=family) is None
    pair = ("raises", "lowers") if sign > 0 else ("lowers", "raises")
    around, shown = read(text.replace(*pair))
    found = numerals.agrees(shown, family[""], context=around, family=family)
    assert found, "turned round"
    with pytest.raises(ValueError):
        renewed(shown, Cell("", family[""], family), context=around)


def test_which_of_two_groups_is_meant_is_not_plain() -> None:
    family = coefficient(1)
    around = Context("Placebo was lower by ")
    assert numerals.agrees("0.111", family[""], context=around, family=family) is None


def test_a_ratio_above_zero_may_be_a_fall() -> None:
    family = coefficient(1) | {"statistic": entry("-3.1").named("m.age.statistic", "z")}
    around = Context("It lowers the odds (", ").")
    assert numerals.agrees("0.111", family[""], context=around, family=family) is None


TIES = {
    "apart": entry("2.15", "year"), "a": entry("30.54", "year"), "b": entry("28.39", "year"),
    "bare": entry("30.54"), "or": entry("0.492"), "rr": entry("2.02"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They were [2.15 years](tie:apart) younger ({} against {}).", "older"),
        ("They were younger by [2.15 years](tie:apart) ({} versus {}).", "older"),
        ("They had been married for a shorter time: {} compared with {}.", "shorter"),
        ("It doubles the odds (OR = [0.49](tie:or)).", "halves"),
        ("It halves the risk (risk ratio [2.02](tie:rr)).", "doubles"),
    ],
)
def test_numbers_beside_each_other_say_which_way(text: str, word: str) -> None:
    text = text.format("[30.54](tie:bare)", "[28.39 years](tie:b)")

    def wrong(text: str) -> list[str]:
        found = scan(text)
        around = [(TIES[tie.id], surroundings(found, tie)) for tie in found.ties]
        return [why for each in around if (why := numerals.reversed_by(*each, TIES.get))]

    assert word in wrong(text)[0]
    right = {"younger": "older", "a shorter": "a longer", "doubles": "halves", "halves": "doubles"}
    old, new = next(pair for pair in right.items() if pair[0] in text)
    assert not wrong(text.replace(old, new)), "the true word"
    assert not wrong(text.replace("They", "They never").replace("It", "It never")), "denied"


def test_a_long_sentence_is_read_in_no_time() -> None:
    long = "it lowers " + "the mean of the log of the odds of an affair and " * 200
    assert direction(Context(f"{long} by ")) == 0


def test_the_number_of_an_entry_in_another_unit_is_told_its_unit_and_never_converted() -> None:
    age = entry("29.08", "year")
    found = numerals.judged("29.1 months", age)
    assert found is not None and "should be `29.08 years`" in found.why and "the unit is not" in found.why
    with pytest.raises(ValueError):
        renewed("29.1 months", Cell("", age))
    assert renewed("348 months", Cell("", entry("30.08", "year"))) == "361 months", (
        "another number is converted"
    )


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("more than twice as many", "1.95", "the entry is `1.95`"),
        ("halves", "0.492", "says 0.5, and the entry is `0.492`"),
        ("over 162", "162", "the entry is `162`"),
    ],
)
def test_a_message_gives_the_value_of_the_entry(text: str, value: str, words: str) -> None:
    assert words in (numerals.agrees(text, entry(value)) or "")


@pytest.mark.parametrize("text", ["more than twice as many", "more than twice as much", "over twice as"])
def test_many_and_much_belong_to_twice(text: str) -> None:
    assert numerals.agrees(text, entry("2.20")) is None


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        ("p > 0.001", "4.036e-99", "p < 0.001"),
        ("p < .05", "0.602", "p = .60"),
        ("p = .03", "0.0004", "p < .01"),
    ],
)
def test_a_p_value_is_proposed_with_its_sign(text: str, value: str, wanted: str) -> None:
    assert f"write `{wanted}`" in (numerals.agrees(text, entry(value)) or "")
    assert renewed(text, Cell("", entry(value))) == wanted


@pytest.mark.parametrize(
    ("before", "value", "after", "wrong"),
    [
        ("Each additional year goes with ", "6.9", " less.", True),
        ("Each additional year goes with ", "6.9", " more.", False),
        ("Each additional year goes with ", "-6.9", " more.", True),
        ("Men scored ", "6.9", " less than women.", False),  # a category may be said from its other side
        ("One pupil fewer goes with ", "-6.9", " more.", False),
        ("Each pupil fewer goes with ", "6.9", " less.", False),
    ],
)
def test_a_slope_says_which_way_a_step_goes(before: str, value: str, after: str, wrong: bool) -> None:
    slope = replace(Quantity.computed(Decimal(value)), id="fit.x")
    parts = {"se": "0.5", "statistic": "13.8"}
    family = {"": slope} | {
        name: replace(Quantity.computed(Decimal(said)), id=f"fit.x.{name}") for name, said in parts.items()
    }
    found = numerals.judged("6.9", slope, "en", Context(before, after), family)
    assert (found is not None) == wrong, found


@pytest.mark.parametrize("noun", ["loss", "deficit", "shortfall"])
def test_a_deficit_says_that_a_number_is_below_zero(noun: str) -> None:
    around, shown = read(f"March was the worst month, with a {noun} of [33 years].")
    assert direction(around) < 0
    assert numerals.judged(shown, entry("-33", "year"), "en", around) is None
