"""docs/ says what the code knows."""

from __future__ import annotations

from tests.support import quarto_table


def test_the_tables_of_quarto_are_those_of_the_code() -> None:
    """`python -m tests.support.quarto_table` writes them."""
    text = quarto_table.DOCUMENT.read_text(encoding="utf-8")
    assert quarto_table.written(text) == text


def test_a_key_that_is_not_followed_says_what_happens_instead() -> None:
    rows = list(quarto_table.keys())
    assert any("no effect: " in row for row in rows) and any("| read | read |" in row for row in rows)
    assert len(rows) == len(set(rows))
