"""Books whose headings have numbers in one medium, in both or in none, and some of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support import notebooks
from tieout import publish
from tieout.adopt.adopt import adopt
from tieout.workspace import Workspace


def adopted(root: Path, count: int, pages: bool, paper: bool) -> str:
    """Build an adopted book of notebooks; return its first page."""
    for name in "ab"[:count]:
        cells = (
            f"#:# {name.upper()}",
            f"#:See @sec-{name}, @sec-{name}2.\n\n## 1. Data {{#sec-{name}}}\n\n### 1.1 Deeper",
            f"#:## 2023 in numbers {{#sec-{name}2}}",
        )
        notebooks.write(root / f"{name}.ipynb", *cells)
    adopt(root).write()
    config = root / "_quarto.yml"
    text = re.sub(r"(html: .*sections: )\w+", rf"\g<1>{str(pages).lower()}", config.read_text("utf-8"))
    text = re.sub(r"(typst: .*sections: )\w+", rf"\g<1>{str(paper).lower()}", text)
    config.write_text(text.replace("  author: Your name", "  author: Ada"), encoding="utf-8")
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    said = [str(problem) for report in result.reports for problem in report.problems]
    assert [each for each in said if "published as the author" not in each] == []
    return (result.workspace.project.output / "a.html").read_text("utf-8")


@pytest.mark.parametrize(("count", "pages", "paper"), [(1, False, False), (2, True, False), (2, False, True)])
def test_paper_agrees_with_pages_whatever_is_numbered(
    tmp_path: Path, count: int, pages: bool, paper: bool
) -> None:
    page = adopted(tmp_path, count, pages, paper)
    shown = re.findall(r'class="xref[^>]*>([^<]*)</a>', page)
    assert shown == (["Section\xa01.1", "Section\xa01.2"] if pages else ["1. Data", "2023 in numbers"])
