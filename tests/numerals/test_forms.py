"""Displayed numbers: every form is read for what it says, agrees with what it shows, and keeps its style."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tieout import numerals
from tieout.data import facts, stated
from tieout.numbers import Interval, Quantity, growth_rate


def quantity(text: str, unit: str = "1", qualifier: str = "rounded") -> Quantity:
    return Quantity.stated("x", text=text, unit=unit, qualifier=qualifier)


def computed(value: str, low: str | None, high: str | None, unit: str = "1") -> Quantity:
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    return Quantity(Decimal(value), unit, Interval(*ends))


MARKET = quantity("2.5", "billion USD")
LATER = quantity("18.9", "billion USD", "rounded+projected")
MULTIPLE = LATER / MARKET


# Reading

READ = {
    "2.5": ("2.5", None), "1,400,000,000": ("1400000000", None), "1.4 billion": ("1400000000", None),
    "$2.5B": ("2500000000", "USD"), "$18.9 bn": ("18900000000", "USD"),
    "$2.5\nbillion": ("2500000000", "USD"), "US$5": ("5", "USD"), "USD 2.5 billion": ("2500000000", "USD"),
    "2.5 billion USD": ("2500000000", "USD"), "€1.2 bn": ("1200000000", "EUR"), "£3": ("3", "GBP"),
    "₴40": ("40", "UAH"), "CN¥7": ("7", "CNY"), "1.2 billion euros": ("1200000000", "EUR"),
    "3 mn": ("3000000", None), "1.5 trn": ("1500000000000", None), "1.2T": ("1200000000000", None),
    "10k": ("10000", None), "450M": ("450000000", None), "42.5%": ("42.5", "percent"),
    "42.5 %": ("42.5", "percent"), "5 per cent": ("5", "percent"), "5 percent": ("5", "percent"),
    "4.5 percentage points": ("4.5", "percentage_point"), "~5 pts": ("5", "percentage_point"),
    "3 pp": ("3", "percentage_point"), "7.6×": ("7.6", "1"), "7.6x": ("7.6", "1"), "7.6-fold": ("7.6", "1"),
    "tenfold": ("10", "1"), "3 times": ("3", "1"), "~10%": ("10", "percent"), "over 162": ("162", None),
    "162+": ("162", None), "162+ devices": ("162", "device"), "100+ million": ("100000000", None),
    "+10%": ("10", "percent"), "−3.2": ("-3.2", None), "-3.2": ("-3.2", None), "(3.2)": ("-3.2", None),
    "($3.2 million)": ("-3200000", "USD"), "−$3": ("-3", "USD"), "$−3": ("-3", "USD"), "½": ("0.5", None),
    "2½": ("2.5", None), "2 1/2": ("2.5", None), "10⁹": ("1000000000", None), "10^9": ("1000000000", None),
    "2.5×10⁹": ("2500000000", None), "2.5 × 10⁻³": ("0.0025", None), "2.5e9": ("2500000000", None),
    "1\u2009400\u2009000": ("1400000", None), "1\u00a0400": ("1400", None), "1\u202f400": ("1400", None),
    "1 400 000": ("1400000", None), ".5": ("0.5", None), "0.848": ("0.848", None),
    "two million": ("2000000", None), "Twenty-one": ("21", None), "one hundred and five": ("105", None),
    "two hundred thousand": ("200000", None), "half": ("0.5", None), "half a million": ("500000", None),
    "a million": ("1000000", None), "one and a half million": ("1500000", None), "zero": ("0", None),
    "three quarters": ("0.75", None), "third": ("3", None), "twenty-first": ("21", None),
    "21st": ("21", None), "30 seconds": ("30", "second"), "10 min": ("10", "minute"),
    "10-minute": ("10", "minute"), "30-sec": ("30", "second"), "2yr": ("2", "year"),
    "two years": ("2", "year"), "3 m²": ("3", "meter ** 2"), "3-square-meter": ("3", "meter ** 2"),
    "45 GB": ("45", "gigabyte"), "162 devices": ("162", "device"), "84 use cases": ("84", "use_case"),
    "373 million people": ("373000000", "person"), "2024": ("2024", None), "5 or more": ("5", None),
    "5 kelvins": ("5", "kelvin"),
}  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_every_form_is_read(text: str) -> None:
    shown = numerals.parse(text)
    assert shown is not None
    assert (shown.value, shown.unit) == (Decimal(READ[text][0]), READ[text][1])


RANGES = {
    "30–40%": (30, 40, "percent"), "30-40 %": (30, 40, "percent"), "30% to 40%": (30, 40, "percent"),
    "between 30 and 40 percent": (30, 40, "percent"), "$2–3 billion": (2 * 10**9, 3 * 10**9, "USD"),
    "$2 billion–$3 billion": (2 * 10**9, 3 * 10**9, "USD"),
    "$900 million–1.2 billion": (9 * 10**8, 12 * 10**8, "USD"), "3-5 years": (3, 5, "year"),
    "2024–2030": (2024, 2030, None), "2024-30": (2024, 2030, None), "−5 to −3": (-5, -3, None),
    "two to three years": (2, 3, "year"),
}  # fmt: skip


@pytest.mark.parametrize("text", RANGES)
def test_a_range_is_read_with_what_its_ends_share(text: str) -> None:
    shown = numerals.parse(text)
    assert shown is not None and shown.is_range
    assert (*shown.ends, shown.unit) == RANGES[text]


NOT_READ = (
    "", " ", "abc", "$", "%", "COVID-19", "GPT-4", "1.9.38", "v2", "2024-05-01", "1,40", "12,34,567",
    "1.2.3%",
    "10 minutes to 30 seconds", "5 gadgets", "one of the", "$5 million dollars", "2-", "A–3", "(", "()", "(3",
    "1/0", "10^999", "1e999", "9" * 500, "$5%", "1 2", "about", "over over over 5",
    "one hundred million thousand",
)  # fmt: skip


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_not_one_number_is_not_read(text: str) -> None:
    assert numerals.parse(text) is None


def test_a_form_that_can_mean_two_things_is_read_as_both() -> None:
    assert {shown.unit for shown in numerals.readings("5 m")} == {None, "meter"}
    assert numerals.agrees("5 m", quantity("5", "meter")) is None
    assert numerals.agrees("450m", quantity("450", "million person")) is None
    assert numerals.agrees("¥5", quantity("5", "CNY")) is None


LOCALES = [
    ("de", "42,5 %", "42.5"), ("de", "1.400.000", "1400000"), ("de", "1.400", "1400"),
    ("de", "2,5 Mrd. €", "2500000000"), ("de", "etwa 10 Prozent", "10"), ("de", "7,6-fach", "7.6"),
    ("de-AT", "2,5 Billionen", "2500000000000"), ("fr", "1\u202f400\u202f000", "1400000"),
    ("fr", "2,5 milliards", "2500000000"), ("fr", "6 ans", "6"), ("uk", "42,5 %", "42.5"),
    ("uk", "1 400 000", "1400000"), ("uk", "2,5 млрд доларів", "2500000000"), ("uk", "понад 162", "162"),
    ("uk", "10 хвилин", "10"), ("uk", "5 в. п.", "5"), ("ru", "2,5 тыс.", "2500"),
    ("pl", "2,5 mld zł", "2500000000"), ("es", "2,5 mil millones", "2500000000"), ("it", "1.400", "1400"),
    ("de", "$2.5 billion", "2500000000"), ("uk", "7.6×", "7.6"), ("xx", "1,400", "1400"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "value"), LOCALES)
def test_numbers_are_read_as_the_language_of_the_document_writes_them(
    lang: str, text: str, value: str
) -> None:
    shown = numerals.parse(text, lang)
    assert shown is not None and shown.value == Decimal(value)


def test_the_language_decides_what_a_separator_is() -> None:
    assert numerals.agrees("1.400", quantity("1400"), "de") is None
    assert numerals.agrees("1.400", quantity("1400"), "en") is not None
    assert numerals.agrees("42,5 %", quantity("42.5", "percent"), "fr") is None
    assert numerals.agrees("42,5 %", quantity("42.5", "percent"), "en") is not None


# Agreement


def test_every_stated_form_of_the_report_agrees_with_its_fact(root: Path) -> None:
    wrong = [
        (fact.id, form, why)
        for fact in facts.load(root).values()
        for form in fact.stated
        if (why := stated.disagreement(fact, form))
    ]
    assert wrong == []


def test_every_fact_of_the_report_can_be_shown(root: Path) -> None:
    for fact in facts.load(root).values():
        if fact.quantity is not None:
            assert numerals.agrees(numerals.format(fact.quantity), fact.quantity) is None


AGREE = [
    ("$2.5 billion", MARKET), ("$2.5B", MARKET), ("$2,500 million", MARKET), ("$3 billion", MARKET),
    ("$2,500,000,000", MARKET), ("2.5 billion USD", MARKET), ("US$2.5 bn", MARKET), ("$2.5×10⁹", MARKET),
    ("$2½ billion", MARKET), ("7.6×", MULTIPLE), ("7.6-fold", MULTIPLE), ("8×", MULTIPLE), ("7.6", MULTIPLE),
    ("about 7.6 times", MULTIPLE), ("600 seconds", quantity("10", "minute")),
    ("10-min", quantity("10", "minute")), ("0.2 hours", quantity("10", "minute")),
    ("24 months", quantity("2", "year", "approx")), ("162+", quantity("162", "device", "at-least")),
    ("over 160", quantity("162", "device", "at-least")), ("$2 billion", MARKET),
    ("over 162 devices", quantity("162", "device", "at-least")),
    ("162", quantity("162", "device", "at-least")), ("over 7", computed("7.4", "7.35", "7.45")),
    ("10,000", quantity("10000", "consultation / day")),
    ("10,000 consultations a day", quantity("10000", "consultation / day")),
    ("$1,800 per person", quantity("1800", "USD / person")), ("0.848", quantity("0.848")),
    ("84.8%", quantity("0.848")),
    ("5%", quantity("0.05")), ("5 points", quantity("5", "percent")),
    ("3.3 points", quantity("3.3")), ("3.3-point", quantity("3.3")), ("3 pts", quantity("3")),
    ("~5 pts", quantity("5", "percentage_point", "approx")), ("half", quantity("50", "percent")),
    ("a third", quantity("33", "percent", "approx")), ("about a third", quantity("35", "percent")),
    ("1/3", quantity("1") / 3), ("30–40%", quantity("30-40", "percent")),
    ("$2–3 billion", quantity("2-3", "billion USD")), ("about 2,100", computed("2083", "1950", "2220")),
    ("40.1%", computed("40.06", "39.6", "40.6", "percent")),
    ("1.4 billion people", quantity("1.4", "billion person")), ("third", quantity("3", "1", "exact")),
    ("exactly 27", quantity("27", "system", "exact")), ("up to 5", quantity("5", "1", "at-most")),
    ("(3.2)", quantity("-3.2")), ("−3.2", quantity("-3.2")), ("-3", quantity("-3.2")),
    ("−3", quantity("-2.5")), ("3", quantity("2.5")), ("over 6 years", quantity("6", "year", "exact")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "offered"),
    [("a quarter", "0.2432", True), ("half", "0.4911", True), ("a third", "0.327", True),
     ("twice", "2.03", True), ("double", "1.96", True), ("three quarters", "0.7561", True),
     ("a third", "0.21", False),
     ("half", "0.42", False), ("twice", "1.4", False), ("0.25", "0.2492", False)],
)  # fmt: skip
def test_a_number_in_words_is_offered_with_the_hedge_that_makes_it_true(
    text: str, value: str, offered: bool
) -> None:
    entry = computed(value, value, value)
    said = numerals.agrees(text, entry)
    assert (f"or `about {text}`" in (said or "")) is offered
    assert not offered or (value in (said or "") and numerals.agrees(f"about {text}", entry) is None)


@pytest.mark.parametrize(
    ("value", "unit", "agree", "differ"),
    [
        (
            "11.53",
            "cent",
            ["11.5 cents", "11.5¢", "$0.115"],
            ["€0.115", "13 cents", "11.5 euro cents", "$11.5"],
        ),
        ("0.1153", "USD", ["11.5 cents", "11.5¢", "$0.115"], ["€0.115", "13 cents", "11.5 euro cents"]),
        ("0.1153", "EUR", ["11.5 cents", "11.5 euro cents", "€0.115"], ["$0.115", "13 cents"]),
        ("0.1153", "GBP", ["£0.115"], ["11.5 cents"]),
        ("11.53", "euro_cent", ["11.5 cents", "€0.115"], ["$0.115", "115 cents"]),
        ("0.1153", "EUR / hour", ["11.5 cents per hour"], ["11.5 cents", "11.5 cents per day"]),
        ("11.53", "percent", ["11.5 per cent"], ["11.5 cents"]),
    ],
)
def test_cents_are_hundredths_of_what_is_paid_in(
    value: str, unit: str, agree: list[str], differ: list[str]
) -> None:
    entry = Quantity.computed(Decimal(value), unit)
    assert {text: numerals.agrees(text, entry) for text in agree} == dict.fromkeys(agree)
    assert all(numerals.agrees(text, entry) for text in differ)
    assert numerals.agrees(numerals.format(entry), entry) is None


def test_a_unit_that_was_not_recorded_is_said_how_to_record() -> None:
    plain = Quantity.computed(Decimal("11.4523"))
    for text, unit in (("11.5 cents", "cent"), ("11.5 kg", "kilogram")):
        assert f'or record it with unit="{unit}"' in (numerals.agrees(text, plain) or "")
    assert "record it" not in (numerals.agrees("$11.5", quantity("11.5")) or "")


@pytest.mark.parametrize("text", ["1935", "1,935 years"])
def test_a_number_of_years_that_may_be_a_year_is_shown_as_one(text: str) -> None:
    assert numerals.agrees(text, quantity("1935", "year", "exact")) is None


@pytest.mark.parametrize(
    ("text", "value"), [("1,935", "1935"), ("1936", "1935"), ("19", "19"), ("3000", "3000")]
)
def test_any_other_number_of_years_needs_its_unit(text: str, value: str) -> None:
    assert numerals.agrees(text, quantity(value, "year", "exact"))


@pytest.mark.parametrize(("text", "entry"), AGREE)
def test_what_is_right_agrees(text: str, entry: Quantity) -> None:
    assert numerals.agrees(text, entry) is None


DISAGREE = [
    ("$2.6 billion", MARKET, "should be `$2.5 billion`"), ("$4 billion", MARKET, "should be `$3 billion`"),
    ("$2.50 billion", MARKET, "more digits"), ("$2,500.0 million", MARKET, "more digits"),
    ("2.5", MARKET, "has no unit"), ("2.5 billion", MARKET, "has no unit"),
    ("€2.5 billion", MARKET, "is in EUR"), ("$2.5 million", MARKET, "a thousand times too small"),
    ("2.5%", MARKET, "is a percentage"), ("7.56×", MULTIPLE, "between 7.39"), ("7.5×", MULTIPLE, "`7.6×`"),
    ("7.6%", MULTIPLE, "a share stored as per cent"), ("10", quantity("10", "minute"), "has no unit"),
    ("10 hours", quantity("10", "minute"), "should be"),
    ("0.17 hours", quantity("10", "minute"), "more digits"),
    ("42.5", quantity("42.5", "percent"), "has no unit"),
    ("5%", quantity("5", "percentage_point"), "percentage points"),
    ("5 points", quantity("5", "year"), "percentage points"),
    ("5 percentage points", quantity("5"), "percentage points"), ("5 pp", quantity("5"), "percentage points"),
    ("163+", quantity("162", "device", "at-least"), "`162+`"),
    ("162 hospitals", quantity("162", "device"), "hospital"),
    ("over 162", quantity("162", "device"), "says over"),
    ("162+", quantity("162", "device", "exact"), "says at least"),
    ("exactly 10%", quantity("10", "percent", "approx"), "says exactly"),
    ("~27", quantity("27", "1", "exact"), "says about"),
    ("nearly 162", quantity("162", "device", "at-least"), "says nearly"),
    ("up to 100", quantity("100"), "says up to"), ("40%", quantity("30-40", "percent"), "is one number"),
    ("30–40%", quantity("40", "percent"), "is a range"),
    ("30–41%", quantity("30-40", "percent"), "`30–40%`"),
    ("2,000", computed("2083", "1950", "2220"), "`about 2,100`"),
    ("2,100", computed("2083", "1950", "2220"), "claims more than is known"),
    ("2,083", computed("2083", "1950", "2220"), "more digits"), ("3.2", quantity("-3.2"), "`−3.2`"),
    ("40.06%", computed("40.06", "39.6", "40.6", "percent"), "more digits"),
    ("a third", quantity("30", "percent"), "`three tenths`"), ("−3.2", quantity("3.2"), "`3.2`"),
    ("1.40 billion", quantity("1.4", "billion person"), "more digits"),
    ("7.5612", computed("7.56123", "7.5", None), "more digits"), ("many", MARKET, "is not one number"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "entry", "why"), DISAGREE)
def test_what_is_wrong_is_told_with_what_was_expected(text: str, entry: Quantity, why: str) -> None:
    reason = numerals.agrees(text, entry)
    assert reason is not None and why in reason and reason.startswith(f"`{text}` ")


def test_rounding_is_half_up_or_half_even_of_the_raw_value() -> None:
    right = {"2.5": "2.45", "2.4": "2.45", "−2.5": "-2.45", "−2.4": "-2.45", "4": "3.5", "0.8": "0.75"}
    wrong = {"2.5": "2.4499", "3": "3.5", "2.3": "2.35", "−3": "-3.5"}
    for text, value in right.items():
        assert numerals.agrees(text, computed(value, value, value)) is None, text
    for text, value in wrong.items():
        assert numerals.agrees(text, computed(value, value, value)) is not None, text


def test_a_growth_rate_shows_the_digits_that_its_ends_support() -> None:
    rate = growth_rate(MARKET, LATER, 6)
    assert numerals.format(rate) == "40.1%"
    assert numerals.agrees("40%", rate) is None
    assert numerals.agrees("42.5%", rate) is not None


# Qualifiers


BEFORE = {
    "worth about ": "approx", "is more than": "over", "At least ": "at-least", "no more than ": "at-most",
    "exactly ": "exact", "nearly": "nearly", "fewer than ": "under", "the whereabout ": None,
    "moreover ": None, "in ": None, "": None, "about the ": None,
}  # fmt: skip


@pytest.mark.parametrize("before", BEFORE)
def test_the_words_before_a_number_qualify_it(before: str) -> None:
    assert numerals.qualifier(before) == BEFORE[before]


def test_a_qualifier_contradicts_by_what_is_shown() -> None:
    exact, least = quantity("7.4", "1", "exact"), quantity("162", "device", "at-least")
    assert numerals.contradiction("approx", exact) and not numerals.contradiction("approx", exact, "7")
    assert numerals.contradiction("over", exact) and not numerals.contradiction("over", exact, "7")
    assert not numerals.contradiction("over", least) and numerals.contradiction("at-most", least)
    assert numerals.contradiction("exact", quantity("10", "percent", "approx"))
    assert not numerals.contradiction("over", quantity("6", "year", "exact"))
    assert numerals.qualifier("понад ", "uk") == "over"


# Writing

WRITE = [
    (MARKET, None, "$2.5 billion"), (MULTIPLE, None, "7.6"),
    (quantity("162", "device", "at-least"), None, "162"), (quantity("30-40", "percent"), None, "30–40%"),
    (quantity("10000", "person"), None, "10,000"),
    (quantity("5", "percentage_point"), None, "5 percentage points"),
    (quantity("1", "percentage_point"), None, "1 percentage point"),
    (quantity("6", "year"), None, "6 years"), (quantity("1", "year"), None, "1 year"),
    (quantity("-3.2"), None, "−3.2"), (quantity("3", "meter ** 2"), None, "3 square meters"),
    (quantity("5", "kilowatt_hour"), None, "5 kWh"),
    (quantity("2.50", "billion USD"), None, "$2.50 billion"), (quantity("7", "PLN"), None, "7 PLN"),
    (computed("1263157894", "1200000000", "1300000000", "person"), None, "1.26 billion"),
    (quantity("-7", "million USD"), None, "−$7 million"),
    (quantity("373", "million person"), None, "373 million"), (LATER, "$2.5B", "$18.9B"),
    (LATER, "$900 million", "$18,900 million"), (LATER, "about $2 bn", "about $19 bn"),
    (LATER, "$2.50 billion", "$18.9 billion"), (LATER, "2.5 billion USD", "18.9 billion USD"),
    (LATER, "USD 2.5 billion", "USD 18.9 billion"), (LATER, "$2,500,000,000", "$18,900,000,000"),
    (quantity("3", "million USD"), "$2.5 billion", "$3 million"),
    (quantity("3", "million USD"), "$2.5B", "$3M"), (quantity("5", "USD"), "$2.5 billion", "$5"),
    (MULTIPLE, "7.5×", "7.6×"), (MULTIPLE, "7.50-fold", "7.6-fold"), (MULTIPLE, "tenfold", "7.6-fold"),
    (quantity("12", "1", "exact"), "tenfold", "twelvefold"),
    (quantity("3", "year"), "Two years", "Three years"), (quantity("1", "year"), "two years", "one year"),
    (quantity("2.5", "year"), "two years", "2.5 years"), (quantity("3", "year"), "1 year", "3 years"),
    (quantity("3", "year"), "10-year", "3-year"), (quantity("1", "device"), "162 devices", "1 device"),
    (quantity("30", "specialty"), "1 specialty", "30 specialties"),
    (quantity("1", "person"), "5 people", "1 person"), (quantity("30", "second"), "10 min", "1 min"),
    (quantity("170", "device", "at-least"), "over 162", "over 170"),
    (quantity("170", "device", "exact"), "over 162", "170"),
    (quantity("170", "device", "exact"), "162+", "170"), (quantity("7", "percent", "exact"), "~10%", "7%"),
    (quantity("7", "percent"), "+10%", "+7%"), (quantity("-7", "percent"), "+10%", "−7%"),
    (quantity("-7"), "(3.2)", "(7)"), (quantity("7"), "(3.2)", "7"),
    (quantity("-7", "million USD"), "$3 million", "−$7 million"),
    (quantity("35-45", "percent"), "30-40%", "35-45%"),
    (quantity("35-45", "percent"), "between 30 and 40%", "between 35 and 45%"),
    (quantity("35", "percent"), "30–40%", "35%"), (quantity("35-45", "percent"), "40%", "35–45%"),
    (quantity("2"), "½", "2"), (quantity("0.75"), "½", "¾"),
    (quantity("67", "percent", "approx"), "about a third", "about two thirds"),
    (quantity("48", "percent"), "half", "48%"), (quantity("23"), "21st", "23rd"),
    (quantity("2"), "third", "second"), (quantity("25"), "three", "twenty-five"),
    (quantity("162"), "three", "162"), (quantity("3000"), "a million", "three thousand"),
    (quantity("3.1", "billion USD"), "$2.5×10⁹", "$3.1×10⁹"),
    (quantity("12345"), "1\u202f400", "12\u202f345"), (quantity("12345"), "2024", "12345"),
    (quantity("0.6"), ".5", ".6"), (quantity("6"), "2024–30", "6"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "like", "text"), WRITE)
def test_a_quantity_is_written_in_the_style_of_the_example(
    entry: Quantity, like: str | None, text: str
) -> None:
    assert numerals.format(entry, like) == text
    assert numerals.agrees(text, entry) is None


@pytest.mark.parametrize(
    ("value", "like", "text"),
    [
        ("6.85", "6.8 years", "6.8 years"),
        ("6.85", "6.9 years", "6.9 years"),
        ("6.85", "7.4 years", "6.9 years"),
        ("6.848", "6.8 years", "6.8 years"),
        ("12.5", "12 years", "12 years"),
        ("12.5", "about 12 years", "about 13 years"),
    ],
)
def test_of_a_value_half_way_between_two_forms_the_one_of_its_author_stays(
    value: str, like: str, text: str
) -> None:
    """It is not rounded once more: where both neighbours are true, the example says which is shown."""
    assert numerals.format(years(value), like) == text
    assert numerals.agrees(text, years(value)) is None


def years(value: str) -> Quantity:
    return Quantity.computed(Decimal(value), "year")


@pytest.mark.parametrize(
    ("lang", "entry", "like", "text"),
    [
        ("de", MARKET, None, "2,5\u00a0Mrd.\u00a0$"),
        ("de", quantity("42.5", "percent"), None, "42,5\u00a0%"),
        ("de", quantity("1400000"), None, "1.400.000"),
        ("uk", quantity("373", "million person"), None, "373\u00a0млн"),
        ("fr", quantity("42.5", "percent"), "3,1 %", "42,5 %"),
        ("uk", LATER, "2,5 млрд доларів", "18,9 млрд доларів"),
        ("de", LATER, "$2.5 billion", "$18.9 billion"),
    ],
)
def test_a_quantity_is_written_as_its_language_writes(
    lang: str, entry: Quantity, like: str | None, text: str
) -> None:
    assert numerals.format(entry, like, lang) == text
    assert numerals.agrees(text, entry, lang) is None


@pytest.mark.parametrize("like", ["7.6%", "$3", "3 years", "12 devices", "many", ""])
def test_a_form_of_another_unit_cannot_be_written(like: str) -> None:
    with pytest.raises(ValueError):
        numerals.format(quantity("3", "meter"), like)


def test_a_fraction_shown_in_signs_is_exact() -> None:
    shown = numerals.parse("2/3")
    assert shown is not None and shown.ends == (Fraction(2, 3),)


@pytest.mark.parametrize("minus", ["−", "–", "‐", "‑", "﹣", "－", "-"])
def test_every_dash_that_is_set_for_a_minus_is_one(minus: str) -> None:
    for text, context in (
        (f"{minus}0.65", numerals.NOTHING),
        ("0.65", numerals.Context(f"a change of {minus}", ".")),
    ):
        assert numerals.agrees(text, quantity("-0.65"), "en", context) is None
        assert "should be" in str(numerals.agrees(text, quantity("0.65"), "en", context))
    (found,) = numerals.find(f"a change of {minus}0.65 in all")
    assert found.text == f"{minus}0.65"


@pytest.mark.parametrize(
    ("text", "said"),
    [("half as many", "[half](tie:e) as many"), ("about twice the fare", "[about twice](tie:e) the fare")],
)
def test_a_tie_around_more_than_a_number_is_told_where_it_belongs(text: str, said: str) -> None:
    entry = replace(computed("0.51", None, None), id="e")
    assert said in (numerals.agrees(text, entry) or "")


@pytest.mark.parametrize(
    ("text", "value", "agrees"),
    [
        ("three quarters", "0.7476", True), ("one in five", "0.1976", True),
        ("a quarter", "0.2476", True), ("half", "0.4971", True), ("a third", "0.3312", True),
        ("a quarter", "0.2439", False), ("one in six", "0.1766", True), ("one in 6", "0.1766", True),
        ("one in seven", "0.1766", False), ("one in six", "0.1833", False), ("a sixth", "0.1766", False),
        ("two and a half times", "2.515", True), ("two thirds", "0.6612", False),
        ("one in five", "0.212", False), ("two and a half times", "2.57", False),
    ],
)  # fmt: skip
def test_parts_in_words_are_as_fine_as_whole_per_cent(text: str, value: str, agrees: bool) -> None:
    assert (numerals.agrees(text, computed(value, value, value)) is None) is agrees


def test_one_of_a_percentage_is_no_ratio_and_a_count_is_no_year() -> None:
    assert [token.text for token in numerals.find("585 had one of 20%")] == ["585", "20%"]
    assert [token.kind for token in numerals.find("χ²(2, N = 1862)")][-1] == "number"
