"""Numerals in running text: each is found whole, and what only looks like a number is told apart."""

from __future__ import annotations

import pytest

from tieout import numerals


def found(text: str, lang: str = "en") -> list[tuple[str, str]]:
    return [(token.text, token.kind) for token in numerals.find(text, lang)]


WHOLE = {
    "number": (
        "$2.5 billion", "$2.5B", "US$5", "USD 10", "€1.2bn", "$18.9\nbillion", "42.5%", "42.5 %",
        "5 percent", "4.5 percentage points", "~5 pts", "7.6×", "7.6-fold", "3 times", "162+", "+10%",
        "−3.2", "-3.2", "1/3", "½", "2½ years", "10⁹", "2.5×10⁹", "2.5e9", "1\u2009400\u2009000",
        "1\u202f400\u202f000", "1,400,000,000", "30 seconds", "10-min", "3-square-meter", "5 kg", "10km",
        "1M+", "<0.05", ".5", "0.848", "3:1", "24/7", "Ⅳ", "٣", "1,400,00", "2.5/3.5",
    ),
    "range": (
        "30–40%", "30-40%", "30 to 40%", "$2–3 billion", "3-5 years", "10 to 20 minutes",
    ),
    "year": (
        "2024", "1990s", "2024–2030", "2024-30", "2024/25",
    ),
    "date": (
        "2024-05-01", "2024-05-01T12:30:00Z", "15 March 2024", "March 3, 2024", "12.05.2024", "12/05/2024",
        "12:30",
    ),
    "ordinal": (
        "21st", "3rd",
    ),
    "word": (
        "two million", "twenty-one", "half a million", "a million", "one percent", "ten-fold", "two years",
    ),
    "url": (
        "https://doi.org/10.5281/zenodo.1", "www.example.org/a2", "example.org/v2/x", "me42@example.org",
    ),
    "doi": (
        "10.5281/zenodo.18695003", "doi:10.1038/s41586-020-2649-2",
    ),
    "name": (
        "COVID-19", "GPT-4", "H2O", "CO2", "CO₂", "B2B", "U-Net3", "F1-score", "Q3", "ISO-8601", "x²",
        "Llama-3.1",
    ),
    "code": (
        "5dfc8998dd8152f1", "0x1F", "3D", "5G", "2a", "arXiv:2301.00001", "978-3-16-148410-0",
        "0000-0002-9540-1637", "ISBN 978-3-16-148410-0", "RFC 2119", "arXiv: 2301.00001",
    ),
    "version": (
        "v2", "v1.2.3", "1.9.38", "2.0.0rc1",
    ),
    "phone": (
        "+1-555-123-4567", "(555) 123-4567", "+380 44 123 45 67", "555-123-4567",
    ),
}  # fmt: skip
CASES = [(kind, text) for kind, texts in WHOLE.items() for text in texts]
AROUND = (
    "{}",
    "see {} there",
    "({})",
    "“{}”, and",
    "it is {}.",
    "\n{}\n",
    "a\ufffc{}\ufffcb",
    "—{}—",
    "**{}**",
)


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_a_numeral_is_one_token_of_its_kind_wherever_it_stands(kind: str, text: str) -> None:
    for around in AROUND:
        if text[0] == "(" and "({}" in around:
            continue
        assert found(around.format(text)) == [(text, kind)], around


IN_TEXT = {
    "from $900 million in 2020 to $2.5 billion in 2024": ["$900 million", "2020", "$2.5 billion", "2024"],
    "from 10 to 20%, or 2024 to 2030": ["10", "20%", "2024", "2030"],
    "10 minutes to 30 seconds": ["10 minutes", "30 seconds"],
    "1.5 radiologists per 10,000 people": ["1.5", "10,000"],
    "5 × 3 = 15, p = 0.05": ["5", "3", "15", "0.05"],
    "12-lead, 10-year-old, mid-2024": ["12", "10-year", "2024"],
    "one of the two, first of all, a third, half of it": ["two"],
    "version 3.11, release 2": ["3.11", "2"],
    "[7] (42) #12": ["7", "42", "12"],
    "中国2030年": ["2030"],
    "Sales rose 10%.In 2024": ["10%", "2024"],
    "ends here.5 more, and/2024, ca.10%, 5 ca. 10": ["5", "2024", "10%", "5", "10"],
    "kg/m²/2024, CO₂/5, x².5 more": ["kg/m²", "2024", "CO₂", "5", "x²", "5"],
    "see refs. 3,4 and 5": ["3,4", "5"],
    "no numbers here, state-of-the-art and so on": [],
}  # fmt: skip


@pytest.mark.parametrize("text", IN_TEXT)
def test_numerals_side_by_side_are_told_apart(text: str) -> None:
    assert [token.text for token in numerals.find(text)] == IN_TEXT[text]


@pytest.mark.parametrize(
    ("lang", "text", "tokens"),
    [
        ("de", "42,5 % von 1.400.000 oder 2,5 Mrd. €", ["42,5 %", "1.400.000", "2,5 Mrd. €"]),
        ("uk", "42,5 % із 1 400 000 у 2024 році, 6 років", ["42,5 %", "1 400 000", "2024", "6 років"]),
        ("fr", "1 400 000 habitants, 2,5 milliards", ["1 400 000", "2,5 milliards"]),
        ("de", "$2.5 billion", ["$2.5 billion"]),
        ("en", "1 400 000", ["1", "400", "000"]),
    ],
)
def test_numbers_are_found_as_the_language_writes_them(lang: str, text: str, tokens: list[str]) -> None:
    assert [token.text for token in numerals.find(text, lang)] == tokens


def test_a_version_is_one_after_that_word_only() -> None:
    assert found("version 3.11 and Python 3.11") == [("3.11", "version"), ("3.11", "number")]


def test_what_is_found_can_be_read_where_it_is_a_number() -> None:
    for kind in ("range", "year", "ordinal", "word"):
        for text in WHOLE[kind]:
            assert numerals.parse(text) is not None or text.endswith("s") or "/" in text
