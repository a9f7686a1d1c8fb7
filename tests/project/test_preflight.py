"""What would keep a build busy for minutes is one message, before its first step and in little memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path, PurePosixPath

import pytest

from tests.support import notebooks, projects
from tieout import publish
from tieout.problems import InputError
from tieout.project import Files, preflight
from tieout.workspace import Workspace

LINE = "0123456789" * 10 + "\n"
LINES = 50_000
STREAMS = {
    "one text": [{"output_type": "stream", "name": "stdout", "text": LINE * LINES}],
    "lines": [{"output_type": "stream", "name": "stdout", "text": [LINE] * LINES}],
    "parts": [
        {"output_type": "stream", "name": "stdout", "text": LINE * (LINES // 2)},
        {"output_type": "display_data", "metadata": {}, "data": {"text/plain": "between"}},
        {"output_type": "stream", "name": "stdout", "text": LINE * (LINES // 2)},
    ],
}
SHOWN = {
    "text": {"output_type": "display_data", "metadata": {}, "data": {"text/plain": [LINE] * LINES}},
    "Markdown": {"output_type": "display_data", "metadata": {}, "data": {"text/markdown": LINE * LINES}},
}
BOMB = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, one in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(("characters", "is_too_much"), [(29, False), (30, False), (31, True)])
def test_a_cell_prints_as_much_as_it_may_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, characters: int, is_too_much: bool
) -> None:
    monkeypatch.setattr(preflight, "PRINTED", 30)
    shown = [
        {"output_type": "display_data", "metadata": {}, "data": {"text/plain": ["0" * 9 + "\n", "0" * 10]}},
        {"output_type": "display_data", "metadata": {}, "data": {"text/plain": "0" * (characters - 20)}},
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": "0" * 99}},
    ]
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": "1"}
    (tmp_path / "a.ipynb").write_text(
        notebooks.text("#:# Home", {**cell, "outputs": shown}), encoding="utf-8"
    )
    said = [each.what for each in preflight.excessive(Files(tmp_path), PurePosixPath("a.ipynb"))]
    assert bool(said) is is_too_much


@pytest.mark.parametrize("kind", SHOWN)
def test_a_cell_that_prints_without_end_is_one_message(tmp_path: Path, kind: str) -> None:
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": "1"}
    text = notebooks.text("#:# Home", {**cell, "outputs": [SHOWN[kind]]})
    root = projects.create(tmp_path / "project", {"index.md": "# Home", "long.ipynb": text})
    tracemalloc.start()
    try:
        with pytest.raises(InputError) as caught:
            publish.build(Workspace.load(root), "pandoc", execute=False)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    (problem,) = caught.value.problems
    assert (problem.path, problem.where) == ("long.ipynb", "cell 2 (a)")
    assert "shows 5.05 MB of text, which no page can hold" in problem.what and problem.hint
    assert most < 12 * len(LINE) * LINES


@pytest.mark.parametrize("kind", STREAMS)
def test_of_what_a_cell_prints_without_end_the_beginning_is_shown(tmp_path: Path, kind: str) -> None:
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": "1"}
    text = notebooks.text("#:# Home", {**cell, "outputs": STREAMS[kind]}, "#:The end.")
    root = projects.create(tmp_path / "project", {"index.md": "# Home", "long.ipynb": text})
    result = publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)
    assert result.site is not None
    page = (result.site / "long.html").read_text("utf-8")
    assert "[…]" in page and "The end." in page and page.count("0123456789") == 4950
    (said,) = [each for report in result.reports for each in report.problems if each.rule == "output"]
    assert "prints 5,000,000 characters more" in said.what and said.severity == "warning"


@pytest.mark.parametrize("place", ["text/html", "text/markdown", "prose"])
def test_tables_in_tables_that_pandoc_would_read_for_ever_are_one_message(tmp_path: Path, place: str) -> None:
    html = "<table>" + "<tr><td><table>" * 60 + "\n"
    cell = projects.code("x\n", {place: html}) if "/" in place else f"#:{html}"
    text = notebooks.text("#:# Tables\n", projects.code("y\n", {"text/html": "<table></table>"}), cell)
    root = projects.create(tmp_path / "project", {"index.md": "# Home", "tables.ipynb": text})
    with pytest.raises(InputError) as caught:
        publish.build(Workspace.load(root), "pandoc", execute=False)
    (problem,) = caught.value.problems
    assert problem.path == "tables.ipynb" and problem.where.startswith("cell 3")
    assert "nests tables more than 6 deep" in problem.what


@pytest.mark.parametrize("place", ["_quarto.yml", "index.md", "_variables.yml", "cell", "within"])
def test_aliases_that_stand_for_millions_of_values_are_one_message(tmp_path: Path, place: str) -> None:
    root = projects.create(
        tmp_path / "project", {"index.md": "# Home {{< var b >}}", "book.ipynb": ["#:# Book"]}
    )
    path = root / place
    if place == "cell":
        source = "".join(f"#| {line}\n" for line in BOMB.splitlines()) + "1"
        (root / "book.ipynb").write_text(notebooks.text("#:# Book", source), encoding="utf-8")
    elif place == "within":
        (root / "index.md").write_text(f"# Home\n\nText.\n\n---\n{BOMB}---\n\nText.\n", encoding="utf-8")
    elif place == "index.md":
        path.write_text(f"---\n{BOMB}---\n\n# Home\n", encoding="utf-8")
    else:
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(old + BOMB, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)
    (problem,) = caught.value.problems
    assert problem.path == {"cell": "book.ipynb", "within": "index.md"}.get(place, place)
    assert "its aliases stand for more than 100,000 values" in problem.what and problem.line
