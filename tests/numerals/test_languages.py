"""Every language of CLDR writes numbers and reads them back; Ukrainian counts in words as well."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from functools import cache

import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from tests.support.depth import DEEP, examples
from tieout import numerals
from tieout.numbers import Quantity
from tieout.numerals.cldr import MARKS, Locale, places
from tieout.numerals.defaults import write_digits
from tieout.numerals.figures import digits_pattern, figures
from tieout.numerals.locales import ENGLISH, words

REGIONS = ("ar_EG", "de_AT", "de_CH", "en_IN", "en_ZA", "es_MX", "ff_Adlm", "fr_CH", "pt_PT", "zh_Hant_TW")
STATED = (
    ("1234567.25", "1"), ("12345678", "1"), ("0", "1"), ("-42.5", "percent"), ("30-40", "percent"),
    ("2.5", "billion USD"), ("-3", "million EUR"), ("120000", "JPY"), ("-9876.5", "UAH"),
    ("5.4", "thousand person"), ("1", "million person"), ("5", "million person"),
)  # fmt: skip


def quantity(text: str, unit: str = "1") -> Quantity:
    return Quantity.stated("a.b", text=text, unit=unit)


@cache
def conventions() -> dict[Locale, str]:
    """Each way to write digits that there is, and a language that writes so."""
    names = sorted(name for name in locale_identifiers() if "_" not in name)
    return {place: name for name in reversed((*REGIONS, *names)) for place in places(name)}


def written_and_read(lang: str) -> None:
    for text, unit in STATED:
        entry = quantity(text, unit)
        written = numerals.format(entry, lang=lang)
        assert numerals.agrees(written, entry, lang) is None, (lang, text, unit, written)
        assert numerals.format(entry, written, lang) == written
        found = [token.text for token in numerals.find(f"q {written} q", lang)]
        assert found == [written.lstrip(MARKS)] or found == [written.strip(MARKS)], (lang, written)


@pytest.mark.deep
@pytest.mark.skipif(not DEEP, reason="a thousand locales: in `make test-deep`")
def test_what_is_written_in_any_language_and_region_is_read_back() -> None:
    for name in locale_identifiers():
        written_and_read(name)


@pytest.mark.parametrize(
    "lang", ["en", "uk", "ja", "sw", "he", "hu", "pt-BR", *REGIONS, "bn", "eu", "fa", "hi", "tr"]
)
def test_what_a_language_writes_it_reads_back(lang: str) -> None:
    written_and_read(lang)


@given(st.integers(0, 10**12), st.integers(0, 6))
@examples(10)
def test_a_number_in_the_digits_of_any_language_is_read_back_as_the_same(digits: int, decimals: int) -> None:
    number = Fraction(digits, 10**decimals)
    for place, lang in conventions().items():
        text = write_digits(number, decimals, place)
        (figure,) = figures(text, 0, digits_pattern(place, False), words("en"))
        assert (figure.number, figure.decimals, figure.end) == (number, decimals, len(text)), (lang, text)


def test_english_is_what_it_was() -> None:
    assert places("en") == places("en-US") == (ENGLISH,) == (Locale(),)


@pytest.mark.parametrize(
    ("lang", "entry", "text"),
    [
        ("hi", quantity("1234567"), "12,34,567"),
        ("en-IN", quantity("1234567"), "12,34,567"),
        ("bn", quantity("1234567"), "১২,৩৪,৫৬৭"),
        ("ar-EG", quantity("1234.5"), "١٬٢٣٤٫٥"),
        ("fa", quantity("-42.5", "percent"), "\u200e−۴۲٫۵٪"),
        ("tr", quantity("-42.5", "percent"), "−%42,5"),
        ("eu", quantity("42.5", "percent"), "%\u00a042,5"),
        ("sv", quantity("42.5", "percent"), "42,5\u00a0%"),
        ("de-CH", quantity("1234567.5"), "1’234’567.5"),
        ("de-AT", quantity("7", "million EUR"), "€\u00a07\u00a0Mio."),
        ("ja", quantity("2.5", "billion USD"), "$25億"),
        ("hi", quantity("5", "million INR"), "₹50 लाख"),
        ("pl", quantity("2.5", "billion PLN"), "2,5\u00a0mld\u00a0zł"),
        ("fr", quantity("1", "million person"), "1\u00a0million"),
        ("fr", quantity("2", "million person"), "2\u00a0millions"),
        ("uk", quantity("5.4", "thousand person"), "5,4\u00a0тис."),
        ("sw", quantity("2", "million person"), "2,000,000"),
    ],
)
def test_a_language_has_its_own_digits_groups_signs_and_scales(lang: str, entry: Quantity, text: str) -> None:
    assert numerals.format(entry, lang=lang) == text
    assert numerals.agrees(text, entry, lang) is None


def test_a_changed_digit_of_any_kind_disagrees() -> None:
    assert numerals.agrees("١٬٢٣٤٫٦", quantity("1234.5"), "ar-EG")
    assert numerals.agrees("12,34,568", quantity("1234567"), "en-IN")
    assert numerals.agrees("%42,6", quantity("42.5", "percent"), "tr")
    assert numerals.agrees("три мільйони", quantity("2", "million person"), "uk")


@pytest.mark.parametrize(
    ("like", "value", "text"),
    [
        ("два мільйони", "5", "п’ять мільйонів"),
        ("Два мільйони", "1", "Один мільйон"),
        ("дві тисячі", "1", "одна тисяча"),
        ("п'ять мільйонів", "9", "дев'ять мільйонів"),
        ("двісті п’ять", "142", "сто сорок два"),
        ("1,5 мільйона", "2.5", "2,5 мільйона"),
        ("1 мільярд", "7", "7 мільярдів"),
        ("5,4 тис.", "7.5", "7,5 тис."),
        ("2,5 млрд", "18.9", "18,9 млрд"),
        ("понад двома мільйонами", "2", "понад двома мільйонами"),
        ("two million", "3", "three million"),
    ],
)
def test_ukrainian_counts_in_words_and_bends_what_it_counts(like: str, value: str, text: str) -> None:
    scales = {
        "мільй": "million ",
        "тис": "thousand ",
        "мільяр": "billion ",
        "млрд": "billion ",
        "mill": "million ",
    }
    scale = next((scale for stem, scale in scales.items() if stem in like), "")
    entry = Quantity.stated("a.b", text=value, unit=f"{scale}person", qualifier="at-least")
    assert numerals.format(entry, like, "uk") == text
    assert numerals.agrees(text, entry, "uk") is None


@pytest.mark.parametrize("value", [*range(22), 40, 99, 100, 111, 205, 317, 500, 999])
def test_ukrainian_words_are_read_back(value: int) -> None:
    entry = quantity(str(value))
    written = numerals.format(entry, "дванадцять", "uk")
    assert written.isdigit() == (value > 100)
    assert numerals.agrees(numerals.format(entry, "двісті п’ять", "uk"), entry, "uk") is None


@pytest.mark.parametrize(
    ("lang", "text", "tokens"),
    [
        ("uk", "5 травня 2024 року їх було двадцять п’ять, один із них", ["5 травня 2024", "двадцять п’ять"]),
        ("uk", "у березні 2024 року 5 млн грн", ["2024", "5 млн грн"]),
        ("de", "am 5. März 2024 und im März 2024", ["5. März 2024", "2024"]),
        ("es", "el 5 de mayo de 2024", ["5 de mayo de 2024"]),
        ("hu", "2024. május 5-én", ["2024. május 5"]),
        ("ar", "في ١٢ مايو ٢٠٢٤ كان ١٬٢٣٤٫٥ أو 42٪", ["١٢ مايو ٢٠٢٤", "١٬٢٣٤٫٥", "42٪"]),
        ("tr", "nüfusun %42,5'i", ["%42,5"]),
        ("en-IN", "12,34,567 people", ["12,34,567"]),
        ("en", "May 5, 2024 and 5 Sept 2024", ["May 5, 2024", "5 Sept 2024"]),
    ],
)
def test_numbers_and_dates_are_found_in_the_text_of_a_language(
    lang: str, text: str, tokens: list[str]
) -> None:
    assert [token.text for token in numerals.find(text, lang)] == tokens


@pytest.mark.parametrize(
    ("lang", "text"), [("es", "2 mil\u00a0millones"), ("en", "more\u00a0than 5"), ("en", "5 percent")]
)
def test_any_space_in_a_word_is_the_words_own(lang: str, text: str) -> None:
    assert numerals.parse(text, lang) is not None


@pytest.mark.parametrize(
    ("lang", "text", "native"),
    [
        ("uk", "2.5–3.5 %, розділ 3.1", "2,5–3,5 %, розділ 3.1"),
        ("fr", "Python 3.11, 1.5 million", "Python 3.11, 1,5 million"),
        ("de", "1.200 %, 1.5 %", "1.200 %, 1,5 %"),
        ("de-CH", "1.5 %", "1.5 %"),
        ("en", "1.5%", "1.5%"),
        ("xx", "1.5%", "1.5%"),
    ],
)
def test_a_decimal_point_gives_way_to_the_mark_of_the_language(lang: str, text: str, native: str) -> None:
    assert numerals.native(text, lang) == native


def test_languages_are_loaded_when_they_are_needed() -> None:
    code = (
        "import sys, tieout.cli; assert 'babel' not in sys.modules;"
        "import tieout.numerals; from babel import localedata; assert not localedata._cache;"
        "tieout.numerals.parse('5', 'uk'); assert len(localedata._cache) < 6, localedata._cache.keys()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
