"""Passages: every text that readers see is found, with its line, and can be edited where it stands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import notebooks
from tieout.markdown import OBJECT
from tieout.problems import InputError
from tieout.project import Project
from tieout.prose import Passage, Sources
from tieout.update import Plan
from tieout.update.changes import Change

CONFIG = """\
project: {type: book, output-dir: _site}
book: {title: Small, author: Ada, chapters: [index.qmd, two.ipynb, three.ipynb, four.md]}
lang: en
format: {html: default}
"""
INDEX = """\
---
title: "Home of [1](tie:a.title)"
subtitle: 'In [2](tie:a.subtitle), it''s'
abstract: |
  Says [3](tie:a.abstract)
  in lines.
description: >-
  Folded [4](tie:a.description)
  lines
lang: en-GB
---

Text [5](tie:a.text) here.

{{< include parts/_shared.md >}}

After [6](tie:a.after).
"""
OPTIONS = r"""#| label: fig-x
#| fig-cap: "Double \\$ \"q\" \u00e9 [\\$11](tie:c.double) \
#|   and on [12](tie:c.broken)"
#| fig-alt: 'Single it''s [13](tie:c.single)'
#| fig-subcap:
#|   - Plain [14](tie:c.plain) text
#|   - "[15](tie:c.sub)"
#| tbl-cap: >
#|   Folded [16](tie:c.folded)
#|   over lines [17](tie:c.lines)
1 + 1"""
PROSE = "#:# Head [8](tie:b.head)\n\nLine [9](tie:b.line) é\n\n| a |\n|---|\n| [10](tie:b.cell) |\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a tie in every place that can hold one."""
    files = {
        "_quarto.yml": CONFIG,
        "index.qmd": INDEX,
        "parts/_shared.md": "Shared [7](tie:a.shared).\n",
        "two.ipynb": notebooks.text("#:---\ntitle: Two [20](tie:b.title)\n---\n", PROSE, OPTIONS),
        "four.md": "\ufeffWindows\r\n\r\nlines [21](tie:d.windows)\r\nend\r\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    # A notebook as other editors write it: sources in one string, non-ASCII escaped, other indents.
    book = json.loads(notebooks.text("#:One “string” [22](tie:e.ascii) and [23](tie:e.second).\n\nTwo\n"))
    book["cells"][0]["source"] = "".join(book["cells"][0]["source"])
    (tmp_path / "three.ipynb").write_text(json.dumps(book, indent=3))
    return tmp_path


def _sources(root: Path) -> Sources:
    return Sources.of(Project.load(root))


def _ties(root: Path) -> dict[str, str]:
    return {tie.id: tie.shown for passage in _sources(root).passages for tie in passage.scan.ties}


def test_every_place_is_found(root: Path) -> None:
    found = _ties(root)
    numbers = sorted(int(re.sub(r"\D", "", shown)) for shown in found.values())
    assert numbers == [*range(1, 18), 20, 21, 22, 23]
    assert found["c.double"] == "$11"


def test_lines_are_those_of_the_file(root: Path) -> None:
    for passage in _sources(root).passages:
        lines = (root / passage.path).read_bytes().decode().split("\n")
        for tie in passage.scan.ties:
            line = lines[passage.line(tie.start) - 1]
            if len(lines) > 3:
                assert f"tie:{tie.id}" in line, (tie.id, line)


def test_kinds_languages_and_places_are_told(root: Path) -> None:
    passages = {tie.id: passage for passage in _sources(root).passages for tie in passage.scan.ties}
    kinds = {id: passage.kind for id, passage in passages.items()}
    assert kinds["a.title"] == kinds["b.title"] == "title"
    assert kinds["c.single"] == "alt" and kinds["c.sub"] == kinds["c.folded"] == "caption"
    assert passages["a.text"].lang == passages["a.shared"].lang == "en-GB"
    assert passages["b.line"].lang == "en"
    assert passages["c.double"].where == "cell 3 (part-2), caption"
    assert passages["a.shared"].path == "parts/_shared.md"


def test_each_edit_changes_one_text_and_no_other_byte(root: Path) -> None:
    before = _ties(root)
    for id in before:
        files = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        sources = _sources(root)
        passage, tie = next(
            (passage, tie) for passage in sources.passages for tie in passage.scan.ties if tie.id == id
        )
        new = "7 é" if passage.kind != "alt" else 'it\'s "7"'
        edit = passage.edit(tie.text_start, tie.text_end, new)
        old = passage.markdown[tie.text_start : tie.text_end]
        [written] = Plan.of(sources, [(Change(passage.path, 1, id, tie.shown, new), edit)]).write()
        after = _ties(root)
        assert after == {**before, id: new}, id
        for path, content in files.items():
            if path != written:
                assert path.read_bytes() == content
        passage, tie = next(
            (passage, tie) for passage in _sources(root).passages for tie in passage.scan.ties if tie.id == id
        )
        sources = _sources(root)
        edit = passage.edit(tie.text_start, tie.text_end, old)
        Plan.of(sources, [(Change(passage.path, 1, id, new, old), edit)]).write()
        assert _ties(root) == before
        changed = written.read_bytes()
        assert changed == files[written] or json.loads(changed) == json.loads(files[written]), id


def test_outputs_are_read_and_not_edited(root: Path) -> None:
    book = json.loads((root / "two.ipynb").read_text())
    table = {"text/markdown": "| a |\n|---|\n| [30](tie:o.table) |\n"}
    book["cells"][2]["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": table}]
    (root / "two.ipynb").write_text(json.dumps(book, indent=1))
    passage = next(each for each in _sources(root).passages if each.kind == "output")
    assert not passage.editable and passage.scan.ties[0].shown == "30"
    with pytest.raises(InputError, match="running the notebook"):
        passage.edit(0, 1, "x")


@pytest.mark.parametrize(
    "open_end",
    ["Of 3.\n\n```\nx = 4", "Of 3.\n\n<style>\n@font-face {a: 4}\n\n@media {b: 5}"],
    ids=["code", "a style"],
)
def test_what_a_cell_leaves_open_is_no_prose(root: Path, open_end: str) -> None:
    (root / "two.ipynb").write_text(notebooks.text("#:# Two", f"#:{open_end}", "#:Of 6 @key."))
    scans = [each.scan for each in _sources(root).passages if each.path == "two.ipynb"]
    assert [each.prose.strip() for each in scans] == ["Two", "Of 3.", f"Of 6 {OBJECT}."]
    assert [key for each in scans for _, key in each.keys] == ["key"]


@pytest.mark.parametrize(
    "change",
    [{"include": "false"}, {"tags": ["remove-cell"]}],
    ids=["include: false", "a tag"],
)
def test_what_no_reader_sees_is_left_out(root: Path, change: dict[str, object]) -> None:
    book = json.loads((root / "two.ipynb").read_text())
    if "tags" in change:
        book["cells"][2]["metadata"] = change
    else:
        book["cells"][2]["source"].insert(0, "#| include: false\n")
    (root / "two.ipynb").write_text(json.dumps(book, indent=1))
    assert not {id for id in _ties(root) if id.startswith("c.")}


@given(
    before=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20),
    new=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=10),
    style=st.sampled_from(["json", "single"]),
)
def test_any_text_can_be_put_into_a_quoted_option(before: str, new: str, style: str) -> None:
    from tieout.project import strings

    text = f"{before}OLD end"
    quoted = json.dumps(text, ensure_ascii=True) if style == "json" else "'" + text.replace("'", "''") + "'"
    source = f"fig-cap: {quoted}\nlabel: x\n"
    [string] = [each for each in strings(source) if each.keys == ("fig-cap",)]
    if not string.editable:
        return
    start = string.text.index("OLD end")
    changed = source[: string.at[start]] + string.encoded(new) + source[string.at[start + 3] :]
    again = next(each for each in strings(changed) if each.keys == ("fig-cap",))
    assert again.text == string.text[:start] + new + " end"


def test_a_passage_says_where_it_is(root: Path) -> None:
    passages: list[Passage] = list(_sources(root).passages)
    assert {passage.page for passage in passages} == {"index.html", "two.html", "three.html", "four.html"}
