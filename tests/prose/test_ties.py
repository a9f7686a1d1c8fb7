"""Ties and numbers without one: each has its place, and what is no number of the prose is not counted."""

from __future__ import annotations

import pytest

from tieout.prose import untied
from tieout.prose.ties import find_ties


def numbers(markdown: str, literal: bool = False) -> list[str]:
    return [each.text for each in untied(markdown, literal=literal)]


@pytest.mark.parametrize(
    ("link", "shown", "key"),
    [
        (r"[\$2.5 billion](tie:market.2024)", "$2.5 billion", "market.2024"),
        ("[2024](tie:market.2024:year)", "2024", "market.2024:year"),
        ("[**2.5** *billion*](tie:a.b)", "2.5 billion", "a.b"),
        ("[](tie:a.b)", "", "a.b"),
        ("[a [2] b](<tie:a.b>)", "a [2] b", "a.b"),
        ("[10^9^](tie:a.b)", "10⁹", "a.b"),
        ("[30--40&nbsp;%](tie:a.b 'title')", "30–40\u00a0%", "a.b"),
        ("[two\nlines](tie:a.b)", "two lines", "a.b"),
    ],
)
def test_a_tie_is_read_as_a_reader_sees_it(link: str, shown: str, key: str) -> None:
    markdown = f"Before {link} after."
    [tie] = find_ties(markdown)
    assert (tie.shown, tie.key) == (shown, key)
    assert markdown[tie.start : tie.end] == link
    assert markdown[tie.text_start - 1] == "[" and markdown[tie.text_end] == "]"


@pytest.mark.parametrize(
    "text", ["`[2](tie:a)`", "<!-- [2](tie:a) -->", "```\n[2](tie:a)\n```", r"\[2](tie:a)"]
)
def test_what_no_reader_sees_as_a_link_is_no_tie(text: str) -> None:
    assert not find_ties(text)


def test_numbers_beside_ties_are_untied_and_know_their_place() -> None:
    markdown = "Of [162](tie:a.b) devices, **40%** came in 2024. Others: 3."
    found = untied(markdown)
    assert [each.text for each in found] == ["40%", "2024", "3"]
    assert [markdown[each.start : each.end] for each in found] == ["40%", "2024", "3"]
    assert found[0].sentence == "Of 162 devices, 40% came in 2024"


@pytest.mark.parametrize(
    "text",
    [
        "1. first\n2. second",
        "See @fig-path-2 and [@frost2024, p. 7].",
        "COVID-19, version 3.11.2, and https://example.org/2024",
        "<https://doi.org/10.5281/zenodo.18695003>",
        "$x^2 + 3$ and `range(10)`",
        "![](figure-2.svg){width=50%}",
        '[30]{.waived reason="a row of the form"} rows',
        "One of the two.",
        "---\ntitle: x\n---\n",
    ],
)
def test_structure_names_and_waived_numbers_need_no_tie(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("| a | b |\n|---|---|\n| 5 | [6](tie:a) |", ["5"]),
        ("# Heading 7\n\n- item 8\n\n> quote 9", ["7", "8", "9"]),
        ("![Shows 4](x.png){fig-alt='And 5'}", ["4", "5"]),
        ('::: {.callout-note title="About 3"}\nText\n:::', ["3"]),
        ("A note.^[With 6.] Another.[^n]\n\n[^n]: With 7.", ["6", "7"]),
        ("costs $5 and $6", ["$5", "$6"]),
        (": Caption with 8 {#tbl-x}", ["8"]),
    ],
)
def test_no_part_of_the_page_hides_a_number(text: str, found: list[str]) -> None:
    assert sorted(numbers(text)) == found


def test_in_alternative_text_dollars_hide_nothing() -> None:
    assert numbers("From $5 to $6 of $7") == ["$5", "$6", "$7"]
    assert [each.strip("$") for each in numbers("From $5 to 6$", literal=True)] == ["5", "6"]
