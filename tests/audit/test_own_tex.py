"""Formulas whose TeX pandoc does not know, and summaries of folded code: shown, and compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tieout import publish
from tieout.audit import site
from tieout.ledger import Ledger
from tieout.workspace import Workspace

CONFIG = "project: {type: book}\nbook: {title: T, author: A, chapters: [index.ipynb]}\n"
TEXT = r"""# Formulas

$$
z_x \cdot z_y = N
\tag{3}
$$

$$ a = b \\ c = d \\ $$

$$ \begin{align} a &= b \tag{5} \\ c &= d \notag \\ \end{align} $$

$$ \textcolor{red}{x} = \mathbbm{1} \tag{A} $$

Inline $x = 2 \label{eq:z}$ here, and $x_{\rm max} + {\bf 3 \it y} = \rm (pixel~1)$,
or $x \thicksim \begin{bmatrix} 1 \cr 2 \end{bmatrix}$.
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("own-tex")
    output = {"output_type": "stream", "name": "stdout", "text": "42\n"}
    source = '#| code-fold: true\n#| code-summary: "plot 8 functions"\nprint(42)'
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": TEXT},
        {
            "cell_type": "code", "id": "b", "metadata": {}, "source": source, "outputs": [output],
            "execution_count": 1,
        },
    ]  # fmt: skip
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    (root / "index.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (root / "_quarto.yml").write_text(CONFIG, encoding="utf-8")
    return root


def test_readers_see_formulas_and_nothing_is_said(book: Path) -> None:
    result = publish.build(Workspace.load(book), "pandoc", execute=False)
    assert result.site is not None
    assert [each for report in result.reports for each in report.problems] == []
    page = (result.site / "index.html").read_text(encoding="utf-8")
    assert page.count("<math") == 7 and "tag{" not in page
    assert "<summary>plot 8 functions</summary>" in page


def test_tex_that_nothing_converts_is_shown_as_it_is_and_a_warning(tmp_path: Path) -> None:
    texts = {"_quarto.yml": CONFIG.replace("ipynb", "md"), "index.md": "# A\n\nIt is $\\unheardof{7} + 2$.\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = publish.build(Workspace.load(tmp_path), "pandoc")
    assert result.site is not None
    (problem,) = [each for report in result.reports for each in report.problems]
    assert problem.severity == "warning" and "cannot be converted" in problem.what
    page = result.site / "index.html"
    assert r"\unheardof{7} + 2" in page.read_text("utf-8")
    page.write_text(page.read_text("utf-8").replace("{7} + 2", "{7} + 3"), encoding="utf-8")
    assert site.check(Ledger.load(tmp_path)).problems


@pytest.mark.parametrize(
    ("old", "new"), [("plot 8 functions", "plot 9 functions"), (r"\qquad (3)", r"\qquad (4)")]
)
def test_another_number_is_found(book: Path, old: str, new: str) -> None:
    folder = publish.build(Workspace.load(book), "pandoc", ("html",), execute=False).site
    assert folder is not None
    path = folder / "index.html"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert any(each.path.startswith("index") for each in site.check(Ledger.load(book)).problems)
    path.write_text(text, encoding="utf-8")
