"""Displayed numbers, as laws: what is written is read back, what is changed disagrees, any text is read."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.depth import examples
from tests.support.growth import keeps_step
from tieout import numerals
from tieout.numbers import Interval, Quantity
from tieout.numerals import conversion

UNITS = ("1", "percent", "percentage_point", "USD", "billion USD", "million person", "device", "second",
         "year", "consultation / day", "USD / person", "meter ** 2")  # fmt: skip
QUALIFIERS = ("rounded", "exact", "approx", "at-least", "at-most", "rounded+projected")
FORMS = (
    "2.5", "1,400,000,000", "1.4 billion", "$2.5B", "$18.9 bn", "$900 million", "42.5%", "42.5 %",
    "12 percent", "4.5 percentage points", "~5 pts", "7.6×", "7.6-fold", "tenfold", "3 times", "30–40%",
    "30-40%", "30 to 40%", "between 30 and 40%", "~10%", "over 162", "162+", "162+ devices", "+10%", "−3.2",
    "-3", "(3.2)", "($3.2 million)", "1/3", "½", "2½", "2⅔", "2 1/2", "10⁹", "10^9", "2.5×10⁹", "2.5 × 10⁹",
    "2.5e9", "1.5e-3", "1 400 000", "1\u00a0400\u00a0000", "1\u202f400\u202f000", "1\u2009400\u2009000",
    "two million", "Twenty-one", "two hundred thousand", "one hundred and five", "five", "half",
    "about a third", "two thirds", "half a million", "a million", "third", "21st", "30 seconds", "10 min",
    "10-minute", "two years", "1 year", "2yr", "162 devices", "1 device", "2024", "0.848", ".5", "0.50",
    "10,000", "1M+", "450M", "1K", "2k", "3mn", "€1.2 bn", "2.5 billion USD", "USD 2.5 billion",
    "1.2 billion dollars", "$1,234.56", "−$3", "$2–3 billion", "$2 billion–$3 billion", "3-5 years", "3 m²",
    "3-square-meter", "exactly 10%", "at least 10", "up to 100", "5 or more", "almost 20", "7.5 x",
)  # fmt: skip


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Digits as a source would state them."""
    places = draw(st.integers(0, 3))
    digits = draw(st.integers(0, 10 ** draw(st.integers(1, 7))))
    text = str(digits).rjust(places + 1, "0")
    return f"{text[:-places]}.{text[-places:]}" if places else text


@st.composite
def stated(draw: st.DrawFn) -> Quantity:
    unit, qualifier = draw(st.sampled_from(UNITS)), draw(st.sampled_from(QUALIFIERS))
    if draw(st.integers(0, 5)) == 0:
        low, high = draw(st.integers(0, 500)), draw(st.integers(1, 500))
        return Quantity.stated("a.b", text=f"{low}-{low + high}", unit=unit, qualifier="rounded")
    sign = draw(st.sampled_from(("", "", "", "-")))
    return Quantity.stated("a.b", text=sign + draw(numbers()), unit=unit, qualifier=qualifier)


@st.composite
def derived(draw: st.DrawFn) -> Quantity:
    unit = draw(st.sampled_from([unit for unit in UNITS if " " not in unit]))
    scale = Decimal(10) ** draw(st.integers(-4, 9))
    value = Decimal(draw(st.integers(-(10**6), 10**6))) * scale / 1000
    left, right = (Decimal(draw(st.integers(0, 5000))) * scale / 1000 for _ in "lr")
    ends = [value - left, value + right]
    kind = draw(st.sampled_from(("bounded", "bounded", "point", "at-least", "at-most")))
    if kind == "point":
        return Quantity(value, unit, Interval.point(value), "exact", id="a.b")
    low, high = (None if kind == "at-most" else ends[0]), (None if kind == "at-least" else ends[1])
    return Quantity(value, unit, Interval(low, high), "rounded" if kind == "bounded" else kind, id="a.b")


quantities = st.one_of(stated(), derived())


def written(quantity: Quantity, like: str, lang: str = "en") -> str:
    """Write it in the form of an example, or by default where the example has another unit."""
    fits = any(not isinstance(conversion(shown, quantity), str) for shown in numerals.readings(like, lang))
    if fits:
        return numerals.format(quantity, like, lang)
    with pytest.raises(ValueError):
        numerals.format(quantity, like, lang)
    return numerals.format(quantity, lang=lang)


LANGS = st.sampled_from(("en", "de", "fr", "uk", "ru", "pl", "es", "it", "en-GB", "xx", ""))


@given(quantities, LANGS)
@examples(50, deep=2000)
def test_a_quantity_as_written_by_default_agrees_with_itself(quantity: Quantity, lang: str) -> None:
    text = numerals.format(quantity, lang=lang)
    assert numerals.agrees(text, quantity, lang) is None
    assert numerals.format(quantity, text, lang) == text


@given(quantities, st.sampled_from(FORMS))
@examples(100, deep=4000)
def test_a_quantity_in_the_form_of_an_example_agrees_and_stays(quantity: Quantity, like: str) -> None:
    text = written(quantity, like)
    assert numerals.agrees(text, quantity) is None
    assert numerals.format(quantity, text) == text


LOCAL_FORMS = {
    "de": (
        "42,5 %",
        "1.400.000",
        "2,5 Mrd. €",
        "etwa 10 Prozent",
        "7,6-fach",
        "5 Jahre",
        "4,5 Prozentpunkte",
    ),
    "fr": ("42,5 %", "1\u202f400\u202f000", "2,5 milliards", "plus de 162", "6 ans", "30–40 %"),
    "uk": ("42,5 %", "1 400 000", "2,5 млрд доларів", "понад 162", "10 хвилин", "5 в. п.", "373 млн"),
    "pl": ("42,5%", "2,5 mld zł", "około 10%", "3 mln"),
    "es": ("42,5 %", "2,5 mil millones", "1.400"),
    "it": ("42,5%", "2,5 miliardi", "1.400"),
    "ru": ("42,5 %", "2,5 тыс.", "более 162"),
}


@given(quantities, st.sampled_from([(lang, form) for lang, forms in LOCAL_FORMS.items() for form in forms]))
@examples(75, deep=3000)
def test_an_example_in_another_language_keeps_its_form(quantity: Quantity, like: tuple[str, str]) -> None:
    lang, form = like
    assert numerals.parse(form, lang) is not None
    text = written(quantity, form, lang)
    assert numerals.agrees(text, quantity, lang) is None
    assert numerals.format(quantity, text, lang) == text


@pytest.mark.parametrize("form", FORMS)
def test_reading_and_writing_is_the_identity(form: str) -> None:
    """A quantity that is what the form says is written as the form."""
    for shown in numerals.readings(form):
        ends = [Decimal(end.numerator) / Decimal(end.denominator) for end in shown.ends]
        words = {word for word, _ in shown.qualifiers}
        qualifier, low, high = "exact", ends[0], ends[-1]
        interval = Interval(low, high)
        if words & {"over", "at-least"}:
            qualifier, interval = "at-least", Interval(low, None)
        elif words & {"at-most"}:
            qualifier, interval = "at-most", Interval(None, high)
        elif words & {"approx", "nearly"} or any(figure.is_fraction for figure in shown.figures):
            qualifier, interval = "approx", Interval(low * Decimal("0.99"), high * Decimal("1.01"))
        value = (low + high) / 2
        quantity = Quantity(value, shown.unit or "1", interval, qualifier, is_range=shown.is_range)
        if len(ends) == 1 and qualifier != "approx":
            quantity = replace(quantity, text=None)
        assert numerals.agrees(form, quantity) is None
        assert numerals.format(quantity, form) == form


def digit_changes(text: str) -> list[str]:
    return [
        text[:at] + other + text[at + 1 :]
        for at, digit in enumerate(text)
        if digit in "0123456789"
        for other in "0123456789"
        if other != digit
    ]


@given(quantities, st.one_of(st.none(), st.sampled_from(FORMS)))
@examples(40, deep=1000)
def test_a_changed_digit_never_agrees(quantity: Quantity, like: str | None) -> None:
    text = numerals.format(quantity) if like is None else written(quantity, like)
    readings = numerals.readings(text)
    ends = [shown.ends for shown in readings]
    # Several fractions can name a value that is known roughly only.
    is_fraction = any(figure.is_fraction for shown in readings for figure in shown.figures)
    # The ends of an interval may be rounded to the nearest digit, or outward: `test_open`.
    is_spread = not quantity.is_range and any(shown.is_range for shown in readings)
    for changed in digit_changes(text) if not is_fraction and not is_spread else ():
        forms = numerals.readings(changed)
        # A bound, a hedge, and a number that ends in zeros claim more than one value: `test_statements`.
        vague = any(shown.qualifiers or any(map(numerals.is_loose, shown.figures)) for shown in forms)
        if not vague and all(shown.ends not in ends for shown in forms):
            assert not numerals.says(changed, quantity), changed


@given(quantities, st.sampled_from(FORMS))
@examples(50, deep=1500)
def test_disagreement_is_told_in_words_and_says_what_to_write(quantity: Quantity, text: str) -> None:
    reason = numerals.agrees(text, quantity)
    assert reason is None or (reason.startswith(f"`{text}` ") and reason.count("`") == 4)


STRANGE = (
    "COVID-19", "https://a.b/c1", "10.1234/x.5", "v1.2", "2024-05-01", "+44 20 7946 0958", "GPT-4", "to",
    "and", "from", " ", "-", "–", "%", "$", "(", ")", "one", "½", "⁹", "Ⅳ", "٣", "三", "\n", "\u00a0",
)  # fmt: skip
PIECES = st.one_of(st.sampled_from([*FORMS, *STRANGE]), st.text(max_size=6))
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(PIECES, max_size=12).map(" ".join),
    st.lists(PIECES, max_size=12).map("".join),
    st.text(alphabet="0123456789.,-–/:+%$ ex×⁹½()~", max_size=40),
)


@given(TEXTS, LANGS)
@examples(100, deep=4000)
@example("\U0001d7d8²٣½", "en")
def test_every_text_gives_tokens_in_order_that_hold_every_digit(text: str, lang: str) -> None:
    at = 0
    for token in numerals.find(text, lang):
        assert at <= token.start < token.end <= len(text)
        assert not re.search("[0-9½²⁹]", text[at : token.start])
        assert token.text == text[token.start : token.end]
        assert token.kind in {
            "url", "doi", "name", "code", "version", "phone", "date", "year", "number", "range", "ordinal",
            "word",
        }  # fmt: skip
        assert token.text == token.text.strip()
        at = token.end
    assert not re.search("[0-9½²⁹]", text[at:])


@given(TEXTS, LANGS)
@examples(50, deep=2000)
def test_no_text_is_too_strange_to_be_read(text: str, lang: str) -> None:
    shown = numerals.parse(text, lang)
    assert (shown is None) == (not numerals.readings(text, lang))
    quantity = Quantity.stated("a", text="2.5", unit="1")
    reason = numerals.agrees(text, quantity, lang)
    if shown is None:
        assert reason
        with pytest.raises(ValueError):
            numerals.format(quantity, text, lang)


@pytest.mark.parametrize(
    "piece",
    ["1", "1,", "1 ", "1-", "a1", "1.1.", "$", "(1)", "one ", "1,000", "half ", "a@", "a.", "10.1000/", "+1 ",
     "- ", "twenty-", "x1-", "–1", "doi:", "1/", "_", "²", "²,", "~", "  ", "\n"],
)  # fmt: skip
def test_finding_takes_time_in_step_with_the_text(piece: str) -> None:
    def find(times: int) -> None:
        numerals.find(piece * times)
        numerals.find("a " + piece * times)

    assert keeps_step(find, 200)


@st.composite
def proper_fractions(draw: st.DrawFn) -> tuple[int, int]:
    """Numerator and denominator of a part of one, in lowest terms or not."""
    denominator = draw(st.integers(2, 12))
    return draw(st.integers(1, denominator - 1)), denominator


@given(proper_fractions())
def test_a_fraction_in_signs_is_that_fraction(written: tuple[int, int]) -> None:
    above, below = written
    assert numerals.parse(f"{above}/{below}").ends == (Fraction(above, below),)  # type: ignore[union-attr]
