"""Narrow screens see the picture that the cell stored beside the wide one, and no other."""

from __future__ import annotations

import pytest
from lxml import html

from tieout.audit.dom import fingerprint, is_narrow
from tieout.audit.face import Face
from tieout.audit.narrow import differing
from tieout.audit.page import Page

FILES = {"a.svg": b"<svg>wide</svg>", "a-narrow.svg": b"<svg>narrow</svg>", "b-narrow.svg": b"<svg>99</svg>"}
STORED = {fingerprint(FILES["a.svg"]): {fingerprint(FILES["a-narrow.svg"])}}


def found(srcset: str, src: str = "a.svg") -> list[str | None]:
    tree = html.fromstring(f'<p><picture><source srcset="{srcset}"><img src="{src}"></picture></p>')
    face = Face.of(Page("index.html", tree, (), (), ()))

    def data(_href: str, address: str | None) -> bytes:
        return FILES.get(address or "", b"")

    return [problem for _, problem in differing("index.html", face, STORED, data)]


def test_the_stored_picture_is_right() -> None:
    assert found("a-narrow.svg") == [None]


@pytest.mark.parametrize(
    ("srcset", "src", "said"),
    [
        ("b-narrow.svg", "a.svg", "differs from the narrow picture that its cell stored"),
        ("gone-narrow.svg", "a.svg", "differs from the narrow picture"),
        ("a-narrow.svg", "b-narrow.svg", "which no cell has stored"),
    ],
)
def test_another_picture_is_named(srcset: str, src: str, said: str) -> None:
    (problem,) = found(srcset, src)
    assert problem and said in problem


def test_what_an_author_wrote_is_not_ours() -> None:
    assert not is_narrow("photo-small.jpg") and not is_narrow(None)
    assert found("photo-small.jpg") == []
