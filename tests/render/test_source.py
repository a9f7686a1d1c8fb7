"""A chapter file becomes Markdown whose every line knows the file and line it came from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.rendered_books import BOOKS, write_book
from tieout.problems import InputError, Problem
from tieout.project import Project
from tieout.render.source import read_chapter
from tieout.render.text import Source

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def source_of(root: Path, name: str) -> Source:
    """Read one chapter of a book."""
    project = Project.load(root)
    chapter = project.chapter_at(name)
    assert chapter is not None
    return read_chapter(project, chapter)


def notebook(*cells: dict[str, object]) -> str:
    """A notebook as JupyterLab writes it."""
    whole = [
        {"metadata": {}, **({"outputs": []} if cell["cell_type"] == "code" else {}), **cell} for cell in cells
    ]
    return json.dumps({"cells": whole, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def markdown(text: str, **more: object) -> dict[str, object]:
    return {"cell_type": "markdown", "source": text.splitlines(keepends=True), **more}


def code(text: str, *outputs: dict[str, object]) -> dict[str, object]:
    return {"cell_type": "code", "source": text.splitlines(keepends=True), "outputs": list(outputs)}


def stdout(text: str) -> dict[str, object]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def refused(root: Path, name: str = "index.qmd") -> Problem:
    """The one error that a chapter is refused with."""
    with pytest.raises(InputError) as caught:
        source_of(root, name)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("book", "name"),
    [("crossref", "chapters/one.qmd"), ("shortcodes", "chapters/two.md"), ("cells", "index.ipynb")],
)
def test_every_line_knows_where_it_came_from(book: str, name: str) -> None:
    checked = 0
    for line in source_of(BOOKS / book, name).lines:
        original = (BOOKS / book / line.path).read_text(encoding="utf-8").splitlines()
        assert 1 <= line.number <= len(original)
        written = original[line.number - 1]
        if line.path.endswith(".ipynb"):
            written = (
                json.loads("[" + written.strip().removesuffix(",") + "]")[0] if '"' in written else written
            )
            written = written if isinstance(written, str) else str(written)
        if line.text and not line.text.lstrip().startswith((":", "`", "!", "{")):
            checked += line.text.strip() in written or line.text.strip()[:3] in written
    assert checked > 2


def test_lines_of_a_notebook_are_lines_of_its_json(tmp_path: Path) -> None:
    text = notebook(
        markdown("# T\n\nFirst.\n"), code("x = 1\ny = 2"), markdown('First.\n\nLast ünïcode "quoted".')
    )
    root = write_book(tmp_path, {"index.ipynb": text})
    lines = text.splitlines()
    for line in source_of(root, "index.ipynb").lines:
        if line.text and line.text[0] not in ":`":
            assert json.loads(lines[line.number - 1].strip().removesuffix(",")).rstrip("\n") == line.text
    places = [line.number for line in source_of(root, "index.ipynb").lines if line.text == "First."]
    assert len(set(places)) == 2


def test_a_notebook_with_sources_as_text_is_read_too(tmp_path: Path) -> None:
    text = json.dumps(
        {"cells": [{"cell_type": "markdown", "metadata": {}, "source": "# T\n\nText."}], "nbformat": 4}
    )
    source = source_of(write_book(tmp_path, {"index.ipynb": text}), "index.ipynb")
    assert source.markdown.strip() == "# T\n\nText."


def test_included_lines_name_the_included_file() -> None:
    source = source_of(BOOKS / "shortcodes", "chapters/two.md")
    places = {line.text: (line.path, line.number) for line in source.lines}
    assert places["Included by the included."] == ("parts/_deeper.md", 1)
    assert places["Included text with 1.2."] == ("_included.qmd", 5)


def test_the_header_gives_title_and_metadata(tmp_path: Path) -> None:
    source = source_of(
        write_book(tmp_path, {"index.qmd": "---\ntitle: A *title*\naudience: all\n---\n\nText.\n"}),
        "index.qmd",
    )
    assert source.markdown.splitlines()[0] == "# A *title*"
    assert source.metadata == {"title": "A *title*", "audience": "all"}
    assert [line.number for line in source.lines if line.text == "Text."] == [6]


@pytest.mark.parametrize("kind", ["raw", "markdown"])
def test_a_notebook_has_its_header_in_its_first_written_cell(tmp_path: Path, kind: str) -> None:
    head = {"cell_type": kind, "source": ["---\n", "title: Given\n", "---\n", "\n", "Text."]}
    root = write_book(tmp_path, {"index.ipynb": notebook(head, markdown("---\n\nnot: a header\n\n---"))})
    source = source_of(root, "index.ipynb")
    assert source.metadata == {"title": "Given"}
    assert "not: a header" in source.markdown
    assert source.markdown.count("title:") == 0
    assert Project.load(root).chapters[0].title == "Given"


def test_a_malformed_header_in_a_notebook_names_the_line_of_its_json(tmp_path: Path) -> None:
    head = {"cell_type": "raw", "source": ["---\n", "title: Fine\n", "other: [\n", "---"]}
    text = notebook(head)
    with pytest.raises(InputError) as caught:
        Project.load(write_book(tmp_path, {"index.ipynb": text}))
    (problem,) = caught.value.problems
    assert problem.line is not None
    assert "other" in "".join(text.splitlines()[problem.line - 2 : problem.line + 1])


def test_raw_cells_are_for_their_format(tmp_path: Path) -> None:
    raw = {"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": ["<hr>"]}
    root = write_book(tmp_path, {"index.ipynb": notebook(markdown("# T"), raw)})
    assert "```{=html}\n<hr>\n```" in source_of(root, "index.ipynb").markdown


def test_raw_cells_for_other_formats_are_left_out_and_counted_once(tmp_path: Path) -> None:
    def raw(form: str, text: str) -> dict[str, Any]:
        return {"cell_type": "raw", "metadata": {"raw_mimetype": form}, "source": [text]}

    cells = [
        markdown("# T"),
        raw("text/restructuredtext", ".. note::\n\n   Of 7."),
        raw("text/latex", "Of 8."),
        raw("text/markdown", "Of *9*."),
    ]
    source = source_of(write_book(tmp_path, {"index.ipynb": notebook(*cells)}), "index.ipynb")
    assert "Of *9*." in source.markdown
    assert "Of 7." not in source.markdown and "Of 8." not in source.markdown
    (said,) = source.problems
    forms = "`text/latex`, `text/restructuredtext`"
    assert said.what == f"2 raw cells are left out, written for other formats: {forms}"


def test_attachments_become_pictures_of_the_site(tmp_path: Path) -> None:
    cell = markdown("# T\n\n![x](attachment:dot.png)", attachments={"dot.png": {"image/png": PIXEL}})
    source = source_of(write_book(tmp_path, {"index.ipynb": notebook(cell)}), "index.ipynb")
    (path,) = source.media
    assert f"(/{path})" in source.markdown
    assert source.media[path].startswith(b"\x89PNG")


def test_outputs_stay_inside_their_cell_whatever_they_hold(tmp_path: Path) -> None:
    root = write_book(
        tmp_path, {"index.ipynb": notebook(markdown("# T"), code("x", stdout(":::\n```\n# no title\n")))}
    )
    text = source_of(root, "index.ipynb").markdown
    assert "````\n:::\n```\n# no title\n````" in text


def test_a_damaged_picture_is_named(tmp_path: Path) -> None:
    output = {"output_type": "display_data", "data": {"image/png": "%%%"}, "metadata": {}}
    problem = refused(write_book(tmp_path, {"index.ipynb": notebook(code("x", output))}), "index.ipynb")
    assert "damaged" in problem.what and problem.path == "index.ipynb"


def test_cell_options_that_are_not_yaml_are_named_with_their_line(tmp_path: Path) -> None:
    text = notebook(markdown("# T"), code("#| label: fig-a\n#| fig-cap: [\nx = 1"))
    problem = refused(write_book(tmp_path, {"index.ipynb": text}), "index.ipynb")
    assert problem.line is not None
    assert "fig-cap" in "".join(text.splitlines()[problem.line - 2 : problem.line + 1])


def test_files_that_include_each_other_are_refused(tmp_path: Path) -> None:
    root = write_book(
        tmp_path,
        {"index.qmd": "# T\n\n{{< include a.md >}}\n"},
        **{"a.md": "x\n{{< include b.md >}}\n", "b.md": "{{< include a.md >}}\n"},
    )
    problem = refused(root)
    assert "index.qmd → a.md → b.md → a.md" in problem.what or "a.md → b.md → a.md" in problem.what
    assert (problem.path, problem.line) == ("b.md", 1)


def test_a_chapter_that_includes_itself_is_refused(tmp_path: Path) -> None:
    root = write_book(tmp_path, {"index.qmd": "# T\n\n{{< include index.qmd >}}\n"})
    assert "include each other" in refused(root).what


@pytest.mark.parametrize(
    ("include", "words"), [("missing.md", "does not exist"), ("../outside.md", "leaves the project")]
)
def test_an_include_that_cannot_be_is_refused_at_its_line(tmp_path: Path, include: str, words: str) -> None:
    (tmp_path / "outside.md").write_text("x", encoding="utf-8")
    root = write_book(tmp_path / "book", {"index.qmd": f"# T\n\n{{{{< include {include} >}}}}\n"})
    problem = refused(root)
    assert words in problem.what
    assert (problem.path, problem.line) == ("index.qmd", 3)


def test_the_same_file_may_be_included_twice(tmp_path: Path) -> None:
    chapter = "# T\n\n{{< include a.md >}}\n\n{{< include a.md >}}\n"
    root = write_book(tmp_path, {"index.qmd": chapter}, **{"a.md": "Once.\n"})
    assert source_of(root, "index.qmd").markdown.count("Once.") == 2


def test_variables_that_are_no_mapping_are_refused(tmp_path: Path) -> None:
    root = write_book(tmp_path, {"index.qmd": "# T\n"}, **{"_variables.yml": "- a\n"})
    assert refused(root).path == "_variables.yml"


@pytest.mark.parametrize("name", ["empty.qmd", "empty.ipynb"])
def test_an_empty_chapter_is_read(tmp_path: Path, name: str) -> None:
    text = "" if name.endswith("qmd") else notebook()
    root = write_book(tmp_path, {"index.qmd": "# T\n", name: text})
    assert source_of(root, name).markdown.strip() == ""
