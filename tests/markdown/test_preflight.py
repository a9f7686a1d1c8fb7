"""What pandoc would need minutes for is found before, and ordinary text passes, however long."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.markdown.preflight import excesses

HOSTILE = {
    "brackets": "[" * 20_000,
    "half-open intervals": "[0, 1) " * 20,
    "brackets in each other": "[" * 12 + "a" + "]" * 12,
    "pictures": "![" * 30,
    "notes": "^[" * 40,
    "citations": "[@a " * 20,
    "link addresses": "[x]([y](" * 60,
    "emphasis": "*a " * 20_000,
    "underscores": "_a **b " * 10_000,
    "spans": "<span>" * 20,
    "tags": "<a " * 2_000,
    "declarations": "<!" * 2_000,
    "environments": "\\begin{a}" * 60,
    "commands": "\\a{" * 2_000,
    "quotes": "'a " * 2_000,
    "quotes of both kinds": "\"'a " * 30,
    "one line": "word " * 100_000,
    "one word": "x" * 50_000,
    "quotes in each other": "> " * 200 + "a",
    "quotes without spaces": ">" * 200 + "a",
    "lists in each other": "- " * 200 + "a",
    "numbered lists in each other": "1. " * 200 + "a",
    "lists by indentation": "\n".join("    " * depth + "- a" for depth in range(100)),
    "divs": "::: {.a}\n" * 200 + "\n" + ":::\n" * 200,
    "tags of HTML": "<div>\n" * 200,
}
ORDINARY = {
    "links": "[a](b.html) " * 2_000,
    "emphasis": "*a* and **b**. " * 400,
    "rows": "| *a* | [b](c) | `[` |\n" * 5_000,
    "intervals in mathematics": "The interval $[0, 1)$ is half open. " * 200,
    "brackets in code": "Write `[` or `[[` there. " * 200,
    "escaped brackets": "\\[0, 1) " * 200,
    "code": "```\n" + "[[[[[[[[[[[[[[ '''' <a \n" * 2_000 + "```\n",
    "a matrix": "\\begin{matrix} 1 & 2 \\\\ 3 & 4 \\end{matrix} " * 100,
    "commands": "\\frac{1}{2} " * 1_000,
    "apostrophes": "It's the cats' and 'twas the dog's. " * 150,
    "quotes": 'He said "it is \'so\'" and "that". ' * 300,
    "comparisons": "Where a < b and p<.05, c > d. " * 500,
    "rules": "- " * 100 + "\n",
    "underlines": "=" * 2_000 + "\n" + "-" * 2_000 + "\n",
    "a picture in the text": f"![A](data:image/png;base64,{'A' * 500_000})",
    "lists": "\n".join("    " * (depth % 6) + "- a" for depth in range(2_000)),
    "divs": "::: {.a}\n::: {.b}\ntext\n:::\n:::\n" * 500,
    "html": "<div><span>a</span></div>\n" * 2_000,
    "a long paragraph": "word " * 15_000,
    "a paragraph without spaces": "文字" * 4_000,
    "notes": "".join(f"[^{n}] " for n in range(500)) + "\n\n" + "".join(f"[^{n}]: a\n\n" for n in range(500)),
    "attributes": "[a]{.b} " * 1_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_takes_minutes_is_found_at_its_line_with_a_way_out(kind: str) -> None:
    (found, *_) = excesses(f"# Title\n\nOrdinary text.\n\n{HOSTILE[kind]}\n")
    assert found.line >= 5
    assert found.what and len(found.hint) > 10


@pytest.mark.parametrize("kind", ORDINARY)
def test_ordinary_text_passes_however_long_it_is(kind: str) -> None:
    assert excesses(ORDINARY[kind]) == ()


def test_the_chapters_of_the_report_pass(root: Path) -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        assert excesses((root / name).read_text(encoding="utf-8")) == ()


@given(st.text(alphabet="[]()*_`'\"<>\\{}$ \na|:-", max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    excesses(text)
