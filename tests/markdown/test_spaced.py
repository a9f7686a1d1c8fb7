"""Formulas that blanks inside their dollar signs keep from being one are found, and sums of money are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import ordinary_books
from tieout.markdown.spaced import spaced
from tieout.render.source import read_chapter
from tieout.workspace import Workspace


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("in $ x $ and", ["$ x $"]),
        ("$x_1 $, $ \\alpha$, $ a = b $", ["$x_1 $", "$ \\alpha$", "$ a = b $"]),
        ("$x$ = $y$, $$ z $$", []),
        ("costs $ 5 and $ 6, or $ 5_000 = x $", []),
        ("\\$ x \\$ and `$ x $` and ``a ` $ y $``", []),
        ("from US$ rates = 3 to $ 4", []),
        ("it is $ and x $ there", []),
    ],
)
def test_formulas_with_blanks_are_found(line: str, found: list[str]) -> None:
    assert [text for _, text in spaced([line])] == found


def test_code_and_displays_hold_none() -> None:
    lines = ["```tex", "$ x $", "```", "~~~", "$ x $", "```", "~~~", "$$", "a $ x $", "$$", "$ y $"]
    assert list(spaced(lines)) == [(10, "$ y $")]


def test_a_chapter_is_warned_of_once(tmp_path: Path) -> None:
    root = ordinary_books.write(
        tmp_path, {"a.md": "# A\n\nIn $ x $.\n\nIn $ y $.\n", "b.md": "# B $ 5\n"}, {}
    )
    project = Workspace.load(root).project
    a, b = (read_chapter(project, each).problems for each in project.chapters[-2:])
    assert [(each.rule, each.line, each.hint) for each in a] == [
        ("math", 3, "take the blanks beside its dollar signs out: `$x$`")
    ]
    assert a[0].what.endswith(", and so 1 more") and not b
