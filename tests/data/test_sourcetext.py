"""Promises of reading a source: every number in order, each with a place that a person can find."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.data.sourcetext import LOCATOR, block_of, places, section_of, tokens, words

TEXT = """
A Title of Things
Author, A. (2020). Series.
Abstract
It grew from $900 million in 2020.
1. First: What It Is
Two of them serve 1.4 billion people.

| Metric | Value |
|---|---|
| Share | 67% |
| Growth | 7.5× in 6 years |

2.1 Second
graph TD
A[Start 3] --> B[North ~10%]
A --> B1[South]

📊 Empty Panel
- One point, 42 doctors
- No other

References
Chen (2022). On 3.5 things, 7(3), 230-243.
"""


def test_every_place_has_a_name_that_finds_it() -> None:
    assert list(places(TEXT)) == [
        ("title", "A Title of Things"),
        ("title:p1", "Author, A. (2020). Series."),
        ("abstract:p1", "It grew from $900 million in 2020."),
        ("1:h", "1. First: What It Is"),
        ("1:p1", "Two of them serve 1.4 billion people."),
        ("1:t1:r0:c1", "Metric"),
        ("1:t1:r0:c2", "Value"),
        ("1:t1:r1:c1", "Share"),
        ("1:t1:r1:c2", "67%"),
        ("1:t1:r2:c1", "Growth"),
        ("1:t1:r2:c2", "7.5× in 6 years"),
        ("2.1:h", "2.1 Second"),
        ("2.1:d1:l1", "A[Start 3] --> B[North ~10%]"),
        ("2.1:d1:l2", "A --> B1[South]"),
        ("2.1:s1", "📊 Empty Panel"),
        ("2.1:b1", "One point, 42 doctors"),
        ("2.1:b2", "No other"),
        ("refs:1", "Chen (2022). On 3.5 things, 7(3), 230-243."),
    ]


def test_every_place_is_a_locator() -> None:
    assert all(LOCATOR.fullmatch(place) for place, _ in places(TEXT))


def test_every_number_is_a_token_in_order() -> None:
    assert [(token.locator, token.text) for token in tokens(TEXT)] == [
        ("title:p1", "2020"),
        ("abstract:p1", "$900 million"),
        ("abstract:p1", "2020"),
        ("1:h", "1"),
        ("1:p1", "Two"),
        ("1:p1", "1.4 billion"),
        ("1:t1:r1:c2", "67%"),
        ("1:t1:r2:c2", "7.5×"),
        ("1:t1:r2:c2", "6"),
        ("2.1:h", "2.1"),
        ("2.1:d1:l1", "3"),
        ("2.1:d1:l1", "~10%"),
        ("2.1:d1:l2", "B1"),
        ("2.1:b1", "One"),
        ("2.1:b1", "42"),
        ("2.1:b2", "No"),
        ("refs:1", "2022"),
        ("refs:1", "3.5"),
        ("refs:1", "7"),
        ("refs:1", "3"),
        ("refs:1", "230-243"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("misdiagnosis rates of 30-40% here", ["30-40%"]),
        ("over 162 devices (162+)", ["162", "162+"]),
        ("“AI” 3-square-meter terminals", ["3-square-meter"]),
        ("hundreds of millions of users", ["hundreds", "millions"]),
        ("twice a day—two years—in COVID-19", ["twice", "two", "COVID-19"]),
        ("no AI in all hospitals", ["no", "all"]),
        ("the first wave, a second time", []),
        ("sixteen, seventy-nine", ["sixteen", "seventy"]),
        ("$68.97 billion.", ["$68.97 billion"]),
        ("https://doi.org/10.1136/x-1", ["https://doi.org/10.1136/x-1"]),
    ],
)
def test_tokens_keep_sign_scale_and_unit(text: str, wanted: list[str]) -> None:
    assert [word for word in words(text) if word != "nine"] == wanted


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_no_digit_of_any_text_is_lost(text: str) -> None:
    def digits(part: str) -> Counter[str]:
        return Counter(letter for letter in part if letter.isdigit())

    found = Counter[str]()
    for token in words(" ".join(text.split())):
        found += digits(token)
    assert found == digits(text)


@given(st.text(alphabet="0123456789 \n|->[]()abAB.%$-#:📊", max_size=400))
def test_places_never_repeat_and_never_crash(text: str) -> None:
    found = [place for place, _ in places(text)]
    assert all(LOCATOR.fullmatch(place) for place in found)


@pytest.mark.parametrize(
    "locator",
    [
        "2:p1",
        "3.1:t1:r2:c3",
        "2:d1:l4",
        "6.2:b1",
        "abstract:p1",
        "refs:4",
        "2:h",
        "3.2:s1",
        "title",
        "A.1:p2",
    ],
)
def test_the_grammar_knows_its_places(locator: str) -> None:
    assert LOCATOR.fullmatch(locator)


@pytest.mark.parametrize(
    "locator",
    ["", "2", "p1", "2:p", "2:t1:c3", "2:d1:r1", "2:p1:c2", "2 p1", "2:P1", "page 3", "2:p١", ":p1"],
)
def test_the_grammar_refuses_what_names_no_place(locator: str) -> None:
    assert not LOCATOR.fullmatch(locator)


def test_section_and_block_of_a_place() -> None:
    assert section_of("3.1:t1:r2:c3") == "3.1"
    assert block_of("3.1:t1:r2:c3") == "3.1:t1"
