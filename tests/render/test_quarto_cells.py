"""Outputs of cells as Quarto's pages have them: colours, tracebacks, sizes, tabs, embedded cells."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.support.rendered_books import Rendered, select, text, write_book
from tieout.project import Project
from tieout.render.document import assemble

PNG = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
        "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
    )
).decode()


def code(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "source": source,
        "outputs": list(outputs),
    }


def display(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": metadata or {}}


def stdout(written: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": written}


def notebook(*cells: dict[str, Any]) -> str:
    for number, cell in enumerate(cells):
        cell["id"] = f"c{number}"
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)})


TEXT = {"cell_type": "markdown", "metadata": {}, "source": "# Cells"}
OTHER = {"cell_type": "markdown", "metadata": {}, "source": "# Elsewhere\n\nIts text."}
RED = "\x1b[31mred\x1b[0m and \x1b[1;32mgreen\x1b[0m"
FAILED = {
    "output_type": "error",
    "ename": "ValueError",
    "evalue": "no",
    "traceback": ["\x1b[31mValueError\x1b[0m: no"],
}
MARKDOWN = [display({"text/markdown": f"## Tab {name}\n"}) for name in ("one", "two")]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """Hold a book with a cell of each kind; look, do not touch."""
    main = notebook(
        TEXT,
        code("#| label: coloured\nprint()", stdout(RED)),
        code("fail()", FAILED),
        code(
            "#| label: sized\nshow()", display({"image/png": PNG}, {"image/png": {"width": 40, "height": 30}})
        ),
        code("#| panel: tabset\ntabs()", *MARKDOWN),
        code("#| output: asis\nsay()", stdout("\n### Said by code\n\n*As it is*\n")),
        code("#| echo: fenced\n#| fig-cap: none\nfenced()"),
        code("plot()", display({"text/plain": "Text(0.5, 1.0, 'A title')"})),
    )
    other = notebook(
        OTHER, code("#| label: kept\nkept()", stdout("kept text")), code("other()", stdout("other text"))
    )
    embedding = "# Embedding\n\n{{< embed other.ipynb#kept >}}\n\n{{< embed none.ipynb >}}\n"
    root = write_book(
        tmp_path_factory.mktemp("cells"),
        {"index.ipynb": main, "embed.qmd": embedding},
        **{"other.ipynb": other},
    )
    return Rendered(assemble(Project.load(root), root / "none.json"))


def test_colours_of_a_terminal_have_quartos_class_names(book: Rendered) -> None:
    (cell,) = select(book.page(), "#coloured.cell")
    (output,) = select(cell, ".cell-output-stdout .ansi-escaped-output pre")
    assert text(output) == "red and green"
    assert [node.get("class") for node in select(output, "span")] == [
        "ansi-red-fg",
        "ansi-bold ansi-green-fg",
    ]
    assert "red and green" in book.typst()


def test_a_failed_cell_shows_its_traceback(book: Rendered) -> None:
    (output,) = select(book.page(), "div.cell-output-error")
    assert text(output) == "ValueError: no" and select(output, "span.ansi-red-fg")


def test_pictures_have_the_size_that_is_stored_with_them(book: Rendered) -> None:
    (image,) = select(book.page(), "#sized figure.figure img.img-fluid.figure-img")
    assert (image.get("width"), image.get("height")) == ("40", "30")
    assert "height" not in book.typst().split("c3-")[-1].split("\n")[0]


def test_headings_that_cells_write_are_tabs_and_headings(book: Rendered) -> None:
    page = book.page()
    assert [text(node) for node in select(page, ".panel-tabset .tab-title")] == ["Tab one", "Tab two"]
    assert any(text(node).endswith("Said by code") for node in select(page, "h2, h3"))
    assert "As it is" in [text(node) for node in select(page, "em")]


def test_a_fenced_cell_shows_its_options_and_objects_show_nothing(book: Rendered) -> None:
    shown = text(book.page())
    assert "```{python} #| fig-cap: none fenced() ```" in shown
    assert "Text(0.5" not in shown


def test_cells_of_another_notebook_stand_where_they_are_asked_for(book: Rendered) -> None:
    page = book.page("embed.html")
    (cell,) = select(page, ".quarto-embed-nb-cell")
    assert text(cell) == "kept text"
    assert text(select(page, "span.quarto-notebook-link")[0]) == "Source: Elsewhere"
    assert [problem.severity for problem in book.book.problems if "none.ipynb" in problem.what] == ["warning"]
