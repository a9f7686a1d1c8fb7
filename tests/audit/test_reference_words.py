"""An entry of the references leads where its work says, however an address is written."""

from __future__ import annotations

import pytest
from lxml import html

from tieout.audit.wording import reference_words

LED = [
    ({"url": "https://example.org/a%20b.pdf"}, "https://example.org/a%20b.pdf", True),
    ({"url": r"https://example.org/a\_b"}, "https://example.org/a_b", True),
    ({"url": "https://example.org/?id=5"}, "https://example.org?id=5", True),
    ({"eprint": "abc123", "eprinttype": "googlebooks"}, "https://books.google.com?id=abc123", True),
    ({"doi": "10.1000/X"}, "https://doi.org/10.1000/x", True),
    ({"doi": "10.1000/X", "url": "https://example.org/a"}, "https://example.org/b", False),
    ({"eprint": "abc123"}, "https://books.google.com?id=abc124", False),
]


@pytest.mark.parametrize(("work", "address", "agrees"), LED)
def test_addresses_agree_as_they_are_read(work: dict[str, str], address: str, agrees: bool) -> None:
    entry = html.fromstring(f'<div><a href="{address}">here</a></div>')
    assert [*reference_words(entry, work)] == ([] if agrees else [f"leads to {address}"])
