"""Notebooks as files: every place is known, an edit moves no other byte, one content has one form."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.notebooks import text, write
from tieout.notebooks import Notebook
from tieout.notebooks.canonical import canonical
from tieout.notebooks.jsontext import scan
from tieout.problems import InputError
from tieout.project.files import Files

LINES = '#:one [2](tie:x)\ntwo "q" \\ é — 😀\n\nlast'
ESCAPED = (
    text(LINES)
    .replace("é", "\\u00e9")
    .replace("—", "\\u2014")
    .replace("😀", "\\ud83d\\ude00")
    .replace("/", "\\/")
)
# What a file can hold as text: NUL is refused.
TEXT = st.characters(codec="utf-8", exclude_characters="\x00")
FORMS = {
    "as nbformat writes it": text(LINES),
    "one string": json.dumps({"cells": [{"cell_type": "markdown", "source": LINES[2:]}], "nbformat": 4}),
    "one line": json.dumps(json.loads(text(LINES)), separators=(",", ":")),
    "escaped": ESCAPED,
    "deeply indented": json.dumps(json.loads(text(LINES)), indent=4),
    "Windows lines": text(LINES).replace("\n", "\r\n"),
}


@pytest.mark.parametrize("form", FORMS)
def test_replacing_text_changes_that_text_alone(form: str) -> None:
    raw = FORMS[form]
    notebook = Notebook.parse(raw)
    source = notebook.cells[0].source
    assert source == LINES[2:]
    for start in range(len(source) + 1):
        for end in range(start, len(source) + 1):
            begin, stop = notebook.span(0, start, end)
            for new in ("", "7", 'a "quote" \\', "x\n", "a\nb", "é"):
                changed = notebook.replace(0, start, end, new)
                assert Notebook.parse(changed).cells[0].source == source[:start] + new + source[end:]
                assert changed.startswith(raw[:begin])
                assert changed.endswith(raw[stop:])


@given(st.text(TEXT, max_size=40), st.text(TEXT, max_size=10), st.data())
def test_any_text_can_replace_any_text(source: str, new: str, data: st.DataObject) -> None:
    notebook = Notebook.parse(json.dumps({"cells": [{"cell_type": "raw", "source": source}], "nbformat": 4}))
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    changed = Notebook.parse(notebook.replace(0, start, end, new))
    assert changed.cells[0].source == source[:start] + new + source[end:]


def test_several_edits_at_once_keep_their_meaning() -> None:
    notebook = Notebook.parse(text("#:1 and 2", "#:3"))
    raw = notebook.replace_all([(0, 0, 1, "eleven"), (1, 0, 1, "333"), (0, 6, 7, "22")])
    assert [cell.source for cell in Notebook.parse(raw).cells] == ["eleven and 22", "333"]


def test_lines_are_those_of_the_file() -> None:
    raw = text("#:# Title\n\nprose", "#| label: fig-x\nx = 1\n\ny = 2")
    notebook = Notebook.parse(raw)
    lines = raw.splitlines()
    assert lines[notebook.line(0, 3) - 1].strip() == '"prose"'
    assert lines[notebook.line(1, 4) - 1].strip() == '"y = 2"'
    assert lines[notebook.line_of("cells", 1, "execution_count") - 1].strip().startswith('"execution_count"')
    assert lines[notebook.line(1, 99) - 1].strip() == '"y = 2"'


def test_lines_of_outputs_are_those_of_the_file() -> None:
    output = {"output_type": "display_data", "metadata": {}, "data": {"text/markdown": ["| a |\n", "| 7 |"]}}
    code = {"cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": [output], "source": ["1"]}
    raw = text(code)
    notebook = Notebook.parse(raw)
    assert raw.splitlines()[notebook.output_line(0, (0, "data", "text/markdown"), 2) - 1].strip() == '"| 7 |"'
    assert notebook.cells[0].displays("text/markdown") == ["| a |\n| 7 |"]


def test_options_are_read_with_their_lines() -> None:
    source = (
        '#| label: fig-x\n#| fig-cap: "In [2024](tie:a:year): up"\n#| fig-subcap:\n#|   - one\n#|   - two\n1'
    )
    cell = Notebook.parse(text(source)).cells[0]
    assert cell.options == {
        "label": "fig-x",
        "fig-cap": "In [2024](tie:a:year): up",
        "fig-subcap": ["one", "two"],
    }
    assert cell.option_lines == {"label": 1, "fig-cap": 2, "fig-subcap": 3}


def test_words_alone_are_no_options_and_some_say_what_tags_say() -> None:
    source = '#| export\n#| default_exp core\n#| fig-cap: "A [1](tie:a)"\n#|   \n#| hide\n1'
    cell = Notebook.parse(text(source)).cells[0]
    assert cell.options == {"include": False, "fig-cap": "A [1](tie:a)"}
    assert cell.option_lines == {"fig-cap": 3}
    assert Notebook.parse(text("#| export\n1")).cells[0].options == {}
    assert Notebook.parse(text("#| label:zen\n1")).cells[0].options == {"label": "zen"}


BROKEN = {
    "missing comma": ('{\n "cells": []\n "nbformat": 4}', 3, "not JSON: a comma is missing"),
    "empty": ("", 1, "not JSON: the text ends too early"),
    "cut off": (text("#:a")[:60], None, "not JSON"),
    "merge conflict": ("{\n<<<<<<< HEAD\n", 2, "merge conflict"),
    "a list": ("[]", 1, "not a notebook"),
    "format 2": ('{"worksheets": [],\n "nbformat": 2}', 1, "no list of cells"),
    "format 3": (
        '{"nbformat": 3,\n "worksheets": [{"cells": [{"cell_type": "code"}]}]}',
        2,
        "cell 1 is not one",
    ),
    "format 5": ('{"cells": [],\n "nbformat": 5}', 2, "format 5"),
    "odd cell": ('{"nbformat": 4, "cells": [\n{"cell_type": "heading"}]}', 2, "unknown type 'heading'"),
    "no source": ('{"nbformat": 4, "cells": [\n{"cell_type": "code"}]}', 2, "no source"),
    "nested": ("[" * 100_000, 1, "nested too deeply"),
    "options": (text("#| label: a\n#| fig-cap: a: b\n1"), 11, "options are not YAML"),
    "option list": (text("#| - a\n1"), 10, "not `key: value`"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_notebook_is_said_with_file_and_line(name: str, tmp_path: Path) -> None:
    raw, line, what = BROKEN[name]
    path = tmp_path / "chapters" / "a.ipynb"
    path.parent.mkdir()
    path.write_text(raw, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Notebook.load(path, tmp_path)
    (problem,) = caught.value.problems
    assert problem.path == "chapters/a.ipynb"
    assert what in problem.what
    assert line is None or problem.line == line
    assert problem.hint


def test_a_missing_notebook_and_bytes_that_are_not_utf8_are_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        Notebook.load(tmp_path / "a.ipynb")
    (tmp_path / "b.ipynb").write_bytes(b'{\n"cells": "\xff"')
    with pytest.raises(InputError, match="not UTF-8") as caught:
        Notebook.load(tmp_path / "b.ipynb")
    assert caught.value.problems[0].line == 2


def test_the_canonical_form_is_nbformats_and_stands_still(tmp_path: Path) -> None:
    first = canonical(json.loads(text("#:a\nb", "1 + 1")))
    assert canonical(json.loads(first)) == first
    book = nbformat.reads(first, as_version=4)
    nbformat.validate(book)
    assert nbformat.writes(book) + "\n" == first


def test_the_canonical_form_leaves_out_what_a_front_end_or_a_run_left(tmp_path: Path) -> None:
    data = json.loads(write(tmp_path / "a.ipynb", "#:a", "1").read_text(encoding="utf-8"))
    expected = canonical(data)
    for cell in data["cells"]:
        cell["metadata"] |= {"execution": {"iopub.status.busy": "2026-01-01T00:00:00"}, "scrolled": True}
    data["metadata"] |= {"widgets": {"state": {}}, "toc": {}, "vscode": {}}
    data["metadata"]["kernelspec"]["display_name"] = "Python 3.11.9 ('venv')"
    data["metadata"]["language_info"] = {"name": "python", "version": "3.11.9"}
    data["nbformat_minor"] = 4
    assert canonical(data) == expected


def test_missing_ids_are_made_up_the_same_each_time() -> None:
    data = {
        "nbformat": 4,
        "cells": [{"cell_type": "raw", "source": "a"}, {"cell_type": "raw", "source": "b", "id": "cell-1"}],
    }
    ids = [cell["id"] for cell in json.loads(canonical(data))["cells"]]
    assert ids == ["cell-1x", "cell-1"]


def test_a_long_string_is_read_where_it_stands_and_held_once(tmp_path: Path) -> None:
    picture = "iVBOR\\n" * 30_000
    raw = json.dumps({"cells": [picture, "short \u2028 \\ “"], "n": [1.5, None, True]}, ensure_ascii=False)
    found = scan(raw)
    assert found.value() == json.loads(raw)
    assert found.nearest("cells", 0).held is None and found.nearest("cells", 1).held == "short \u2028 \\ “"
    write(tmp_path / "a.ipynb", "#:# A", "x")
    files = Files(tmp_path)
    assert files.text("a.ipynb") is files.text("a.ipynb") == Files(tmp_path).text("a.ipynb")
    other = Files(tmp_path)
    assert other.notebook("a.ipynb").raw is other.text("a.ipynb")


@pytest.mark.parametrize("sign", ["\x00", "\ud800"])
def test_what_no_text_can_hold_is_shown_as_a_sign_in_outputs_and_refused_elsewhere(sign: str) -> None:
    said = {"output_type": "stream", "name": "stdout", "text": [f"7{sign} of\n"]}
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": "1"}
    book = {"cells": [{**cell, "outputs": [said]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (output,) = Notebook.parse(json.dumps(book)).cells[0].outputs
    assert output["text"] == "7\N{REPLACEMENT CHARACTER} of\n"
    book["cells"] = [{**cell, "outputs": [], "source": sign}]
    with pytest.raises(InputError, match="which is no text"):
        Notebook.parse(json.dumps(book))
