"""A list of references has what the bibliography says, and lacks none of it."""

from __future__ import annotations

import pytest

from tieout.audit.works import Works

WORKS = Works(
    {
        "chen2022": {
            "author": "Chen, S.",
            "title": "Past and future",
            "year": "2022",
            "volume": "7",
            "doi": "10.1136/svn-2017-000101",
        }
    }
)
ENTRY = "Chen, S. 2022. Past and future. 7. https://doi.org/10.1136/svn-2017-000101"


def test_an_entry_with_all_that_the_bibliography_says_passes() -> None:
    assert WORKS.difference("chen2022", ENTRY) is None


@pytest.mark.parametrize(
    ("left_out", "named"),
    [("2022. ", "year"), ("7. ", "volume"), (" https://doi.org/10.1136/svn-2017-000101", "doi")],
)
def test_what_an_entry_lacks_is_named(left_out: str, named: str) -> None:
    said = WORKS.difference("chen2022", ENTRY.replace(left_out, "", 1))
    assert said is not None and f"of its {named}" in said


def test_what_an_entry_has_too_much_is_named() -> None:
    assert "shows 8" in (WORKS.difference("chen2022", ENTRY.replace("7.", "8.")) or "")


def test_pages_may_be_written_short_as_styles_do() -> None:
    """`123–8` and `123–28` of pages 123 to 128, and no other ending."""
    works = Works({"a2020": {"author": "A", "title": "T", "year": "2020", "pages": "123--128"}})
    for pages in ("123–128", "123–28", "123–8"):
        assert works.difference("a2020", f"A. 2020. T, {pages}.") is None
    assert "shows 7" in (works.difference("a2020", "A. 2020. T, 123–7.") or "")


def test_citations_may_show_pages_written_short_and_the_year_of_the_first_edition() -> None:
    works = Works({"a1990": {"author": "A", "title": "T", "year": "1990", "origdate": "1814"}})
    assert works.disagreement(["a1990"], "A ([1814] 1990, 101–3)", "pp. 101–103") is None
    assert "shows 4" in (works.disagreement(["a1990"], "A (1990, 101–4)", "pp. 101–103") or "")
