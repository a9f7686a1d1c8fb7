"""Examples in docstrings come out as they say."""

from __future__ import annotations

from tests.support import examples


def test_examples_in_docstrings_are_true() -> None:
    assert list(examples.failing("tieout.numerals")) == []
