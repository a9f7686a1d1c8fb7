"""Dates, quarters and times of day agree in every form of them, and with no other day, month or hour."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.depth import examples
from tieout import numerals
from tieout.ledger import Cell, differs
from tieout.update import renewed

DAY = "2024-03-12"
TRUE = {
    "en": (
        "12 March 2024", "March 12, 2024", "12th March 2024", "Mar 12, 2024", "Tuesday, 12 March 2024",
        "12 March", "the 12th of March", "March 2024", "Q1 2024", "the first quarter of 2024", "2024-03-12",
        "2024-03", "12.03.2024", "03/12/2024", "2024",
    ),
    "en-GB": ("12/03/2024", "12\u00a0March 2024"),
    "de": ("12. März 2024", "Dienstag, 12. März 2024", "12.3.2024"),
    "uk": ("12 березня 2024", "12.03.2024"), "fr": ("12 mars 2024",),
}  # fmt: skip
FALSE = {
    "en": (
        "13 March 2024", "12 April 2024", "12 March 2025", "Monday, 12 March 2024", "2 March 2024", "Q2 2024",
        "April 2024", "12/03/2024", "2023", "12 March 2024 at 10:00", "31 February 2024", "March",
    ),
    "en-GB": ("03/12/2024",), "de": ("13. März 2024", "Montag, 12. März 2024"),
}  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, each in TRUE.items() for text in each])
def test_a_date_agrees_in_every_form(lang: str, text: str) -> None:
    assert not differs(text, DAY, lang)


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, each in FALSE.items() for text in each])
def test_another_date_does_not(lang: str, text: str) -> None:
    assert differs(text, DAY, lang)


@pytest.mark.parametrize("text", ["14:30", "2:30 p.m.", "2:30 pm", "14.30", "14:30:00", "14h30"])
def test_a_time_of_day_agrees_in_every_form(text: str) -> None:
    assert not differs(text, "14:30:00") and not differs(text, "2024-03-12T14:30:00")


@pytest.mark.parametrize("text", ["14:31", "2:30 a.m.", "15:30", "14:30:20", "4:30", "13:30 p.m."])
def test_another_time_does_not(text: str) -> None:
    assert differs(text, "14:30:00")


def test_a_quarter_is_one_in_every_form() -> None:
    for text in ("Q3 2024", "Q3/2024", "2024 Q3", "2024Q3", "third quarter of 2024"):
        assert not differs(text, "2024Q3") and differs(text, "2024Q2") and differs(text, "2023Q3")


def test_what_is_no_date_is_a_name() -> None:
    assert differs("3:42", "3.42") and differs("12 of 48", "12/48") and differs("May", "2024-05-01")


WRITTEN = {
    "12 March 2024": "2 November 2025", "Nov. 11, 2024": "Nov. 2, 2025", "12th of March": "2nd of November",
    "Tuesday, 12 March 2024": "Sunday, 2 November 2025", "Q1 2024": "Q4 2025", "12.03.2024": "02.11.2025",
    "the first quarter of 2024": "the fourth quarter of 2025", "2024-03-12": "2025-11-02",
    "12 March 2024, 2:30 p.m.": "2 November 2025, 9:05 a.m.", "14:30 on 12 March": "09:05 on 2 November",
}  # fmt: skip


@pytest.mark.parametrize("shown", WRITTEN)
def test_a_date_that_moved_is_written_in_its_form(shown: str) -> None:
    assert renewed(shown, Cell("2025-11-02T09:05:00")) == WRITTEN[shown]


@given(
    st.datetimes(datetime.datetime(1950, 1, 1), datetime.datetime(2090, 1, 1)), st.sampled_from([*WRITTEN])
)
@examples(60)
def test_what_is_written_of_a_moment_agrees_and_stays(moment: datetime.datetime, like: str) -> None:
    recorded = moment.replace(microsecond=0).isoformat()
    text = numerals.rewritten(like, recorded)
    assert text is not None and not differs(text, recorded)
    assert numerals.rewritten(text, recorded) == text


@pytest.mark.parametrize(
    ("like", "recorded", "text"),
    [("12 March", "5 May", "5 May"), ("Tuesday, 12 March", "5 May", None), ("12 March 2024", "5 May", None)],
)
def test_a_date_is_written_with_the_parts_that_are_recorded(
    like: str, recorded: str, text: str | None
) -> None:
    assert numerals.rewritten(like, recorded) == text
