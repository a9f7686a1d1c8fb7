"""Folders of notebooks as people have them: untitled ones, links as JupyterLab writes them, partly run."""

from __future__ import annotations

import pytest

from tests.support import notebooks
from tieout import publish
from tieout.problems import Problem
from tieout.workspace import Workspace

NAMES = [f"ch{number:02}" for number in range(2, 9)]
LINKS = """# Home

## Example: Big-O Notation

[Here](#Example:-Big-O-Notation), [there](sorting.ipynb#Two-Ways), [nowhere](sorting.ipynb#Three-Ways),
[dashes](sorting.ipynb#Heaps----of-a-kind), [one](sorting.ipynb#Merging-–-in-place).
"""
SORTING = "# Sorting\n\n## Two Ways\n\n## Heaps -- of a kind\n\n## Merging - in place\n\nText."


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> publish.Result:
    root = tmp_path_factory.mktemp("folder")
    chapters = ", ".join(f"{name}.ipynb" for name in ("index", "sorting", *NAMES))
    config = f"project: {{type: book}}\nbook: {{title: T, author: A, chapters: [{chapters}]}}\n"
    (root / "_quarto.yml").write_text(f"{config}execute: {{enabled: true}}\n", encoding="utf-8")
    notebooks.write(root / "index.ipynb", f"#:{LINKS}")
    notebooks.write(root / "sorting.ipynb", f"#:{SORTING}")
    for name in NAMES:
        notebooks.write(root / f"{name}.ipynb", "#:Text alone.", "1 + 1", "2 + 2")
    return publish.build(Workspace.load(root), "pandoc", execute=False)


def warned(result: publish.Result, rule: str) -> list[Problem]:
    return [each for report in result.reports for each in report.problems if each.rule == rule]


def test_a_file_name_that_stands_in_for_a_title_may_have_a_number(result: publish.Result) -> None:
    assert result.site is not None
    assert "ch02</h1>" in (result.site / "ch02.html").read_text("utf-8")
    assert not [each for report in result.reports for each in report.errors]


def test_places_of_headings_are_found_as_jupyterlab_calls_them(result: publish.Result) -> None:
    assert result.site is not None
    page = (result.site / "index.html").read_text("utf-8")
    assert 'href="#example-big-o-notation"' in page and 'href="sorting.html#two-ways"' in page
    assert 'href="sorting.html#heaps-of-a-kind"' in page and 'href="sorting.html#merging---in-place"' in page
    (problem,) = warned(result, "link")
    assert "#Three-Ways" in problem.what


def test_notebooks_that_were_not_run_are_said_once(result: publish.Result) -> None:
    (problem,) = warned(result, "not-executed")
    assert problem.path == "ch02.ipynb" and "and so in 13 more cells of 7 notebooks" in problem.what
    assert "tieout check outputs" in problem.hint and problem.severity == "warning"
