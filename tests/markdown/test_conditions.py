"""Parts that a format does not show: divs and spans, nested, over several cells, in code or not closed."""

from __future__ import annotations

from typing import Any

import pytest

from tieout.markdown import scan
from tieout.markdown.conditions import hidden


def unseen(*texts: str, form: str = "html", **metadata: Any) -> list[str]:
    found = hidden([scan(text) for text in texts], form, metadata)
    return [text[start:end] for text, each in zip(texts, found, strict=True) for start, end in each]


@pytest.mark.parametrize(
    ("attributes", "is_hidden"),
    [
        ('.content-visible when-format="html"', False),
        ('.content-visible when-format="pdf"', True),
        ("#a .content-visible when-format=typst key=b", True),
        ('.content-visible unless-format="html"', True),
        ('.content-visible unless-format="typst"', False),
        ('.content-visible when-format="pdf" when-format="html"', False),
        ('.content-visible when-format="html" unless-format="html5"', True),
        ('.content-hidden when-format="html"', True),
        ('.content-hidden unless-format="html"', False),
        ('.content-hidden when-format="pdf"', False),
        ('.content-visible when-meta="draft"', True),
        ('.content-visible when-meta="is.final"', False),
        ('.content-hidden when-profile="short"', True),
        (".content-visible", False),
        ('.note when-format="pdf"', False),
    ],
)
def test_a_div_and_a_span_are_shown_or_not(attributes: str, is_hidden: bool) -> None:
    metadata = {"is": {"final": True}, "profile": ["short"]}
    div = f"::: {{{attributes}}}\nTwo\n"
    assert unseen(f"One\n\n{div}:::\n\nThree\n", **metadata) == ([div] if is_hidden else [])
    assert unseen(f"One [two]{{{attributes}}} three", **metadata) == (["two"] if is_hidden else [])


def test_what_is_for_pdf_is_on_paper_and_in_quarto_for_latex_alone() -> None:
    text = "[two]{.content-visible when-format=pdf}"
    assert unseen(text, form="typst") == []
    assert unseen(text, form="typst alone") == ["two"]


def test_parts_within_parts_are_closed_from_inside() -> None:
    inside = "::::: {.callout-note}\nA\n:::::\nB\n"
    part = f":::: {{.content-visible when-format=pdf}}\n{inside}"
    assert unseen(f"::: outer\n{part}::::\nC\n:::\nD\n") == [part]


def test_a_div_holds_several_cells() -> None:
    texts = ("A\n\n::: {.content-visible when-format=pdf}", "B", "C\n\n:::\n\nD")
    assert unseen(*texts) == ["::: {.content-visible when-format=pdf}", "B", "C\n\n"]
    assert unseen("::: {.content-visible when-format=pdf}\n", "never closed") == [
        "::: {.content-visible when-format=pdf}\n",
        "never closed",
    ]


def test_code_opens_nothing_and_a_span_may_hold_links() -> None:
    assert not unseen("```\n::: {.content-visible when-format=pdf}\n```\n\nA\n\n::: x\n:::\n")
    part = "::: {.content-hidden when-format=html}\n```\n:::\n```\nA\n"
    assert unseen(f"~~~\n:::\n~~~\n{part}:::\nB") == [part]
    span = "It is [2.5](tie:a), \\] so"
    assert unseen(f"A [b] [{span}]{{.content-visible when-format=pdf}}.") == [span]
