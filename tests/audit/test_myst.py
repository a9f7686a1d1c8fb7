"""A chapter of a Jupyter Book, with directives and roles of MyST, is published and agrees with its audit."""

from __future__ import annotations

from pathlib import Path

from tests.support import notebooks
from tieout import publish
from tieout.workspace import Workspace

CONFIG = (
    "project: {type: book}\nbook: {title: T, author: A, chapters: [index.ipynb, b.md]}\nbibliography: w.bib\n"
)
WORKS = "@book{knuth, author={Knuth, D.}, title={Art}, year={1968}, publisher={W}}\n"
CELL = """(start)=
# Home

See {cite}`knuth`, {eq}`line` and {ref}`start`.
```{note}
Of 6 things.
```
```{math}
:label: line
a = b
```
{{< include part.md >}}
"""
OTHER = "# Other\n\n:::{warning}\nSeven 7\n:::\n\n```{csv-table} Of 8\n9\n```\n"


def test_chapters_of_a_jupyter_book_are_published(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text(CONFIG, "utf-8")
    (tmp_path / "w.bib").write_text(WORKS, "utf-8")
    (tmp_path / "part.md").write_text("```{tip}\nPart of 5\n```\n", "utf-8")
    (tmp_path / "b.md").write_text(OTHER, "utf-8")
    notebooks.write(tmp_path / "index.ipynb", f"#:{CELL}", "#:More {math}`x_1`.\n")
    result = publish.build(Workspace.load(tmp_path), "pandoc", execute=False)
    problems = [each for report in result.reports for each in report.problems]
    assert result.site, problems
    assert [(each.rule, each.path, each.line) for each in problems] == [("directive", "b.md", 7)]
    page = (result.site / "index.html").read_text("utf-8")
    for text in ("callout-note", "callout-tip", "Knuth 1968", ">Home</a>", "Part of 5"):
        assert text in page
    assert "{note}" not in page and "(start)" not in page and "{math}" not in page
    assert "callout-warning" in (result.site / "b.html").read_text("utf-8")
