"""Typst works in a process that can be ended, and says what was too much."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.support import projects
from tieout import publish
from tieout.machine import Limits
from tieout.machine.steps import Steps
from tieout.machine.store import NOTHING
from tieout.problems import InputError
from tieout.project import Project
from tieout.render.setting import Refused, Typesetter
from tieout.workspace import Workspace

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
ENDLESS = "#for i in range(1000000) { for j in range(1000000) { let x = calc.sqrt(i + j) } }"


def typeset(source: Path, moment: int = 0, limits: Limits | None = None) -> bytes:
    with closing(Typesetter()) as typesetter:
        return typesetter.typeset(source, source.parent, moment, limits or Limits(), Steps(NOTHING))


def test_a_document_becomes_a_pdf_the_same_each_time(tmp_path: Path) -> None:
    source = tmp_path / "book.typ"
    source.write_text("= Title\nText.", encoding="utf-8")
    first = typeset(source)
    assert first.startswith(b"%PDF") and typeset(source) == first


def test_typst_stays_for_the_next_document_and_sets_it_as_if_it_were_the_first(tmp_path: Path) -> None:
    source = tmp_path / "book.typ"
    with closing(Typesetter()) as typesetter:
        for text in ("= Title\nText.", "= Title\n#nothing", "= Title\nOther."):
            source.write_text(text, encoding="utf-8")
            if "#" in text:
                with pytest.raises(Refused):
                    typesetter.typeset(source, tmp_path, 0, Limits(), Steps(NOTHING))
            else:
                made = typesetter.typeset(source, tmp_path, 0, Limits(), Steps(NOTHING))
                assert made == typeset(source)


@pytest.mark.parametrize("moment", [0, 915148800, 2147483648, 4102444800, 253402300799])
def test_any_year_is_a_year_of_a_pdf(tmp_path: Path, moment: int) -> None:
    (tmp_path / "book.typ").write_text("Text.", encoding="utf-8")
    assert typeset(tmp_path / "book.typ", moment, Limits()).startswith(b"%PDF")


def test_a_document_that_is_none_is_refused_in_typsts_own_words(tmp_path: Path) -> None:
    (tmp_path / "book.typ").write_text("Text\n#nothing", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        typeset(tmp_path / "book.typ")
    message, diagnostic = caught.value.args
    assert "nothing" in message and "book.typ:2" in diagnostic


def test_a_document_without_end_is_ended(tmp_path: Path) -> None:
    (tmp_path / "book.typ").write_text(ENDLESS, encoding="utf-8")
    with pytest.raises(InputError, match=r"longer than 1 seconds.*tieout: limits:"):
        typeset(tmp_path / "book.typ", 0, Limits(seconds=1))


def test_a_filter_without_end_is_ended_and_its_chapter_named(tmp_path: Path) -> None:
    root = projects.create(tmp_path / "project", {"index.md": "# Home\n"})
    (root / "endless.lua").write_text("while true do end", encoding="utf-8")
    config = root / "_quarto.yml"
    projects.change(config, "filters: [tieout]", "filters: [endless.lua, tieout]")
    projects.change(config, "tieout: {require: all}", "tieout: {limits: {seconds: 1}}")
    with pytest.raises(InputError, match=r"_quarto\.yml:\d+: .* took longer than 1 seconds") as caught:
        publish.build(Workspace.load(root), "pandoc", ("html",))
    assert len(caught.value.problems) == 1, "it is not tried on every chapter"
    assert not (root / "_site").exists()


@pytest.mark.parametrize("limits", ["{seconds: soon}", "{memory: 4}", "{minutes: 1}", "[1]"])
def test_limits_that_are_none_are_told_at_their_line(tmp_path: Path, limits: str) -> None:
    root = projects.create(tmp_path / "project", {"index.md": "# Home\n"})
    config = root / "_quarto.yml"
    line = projects.change(config, "tieout: {require: all}", f"tieout: {{limits: {limits}}}")
    with pytest.raises(InputError) as caught:
        Project.load(root)
    assert caught.value.problems[0].line == line


@pytest.mark.parametrize("text", ["no drawing", "<svg", "", "\x00", DRAWING.replace("rect", "\x00")])
def test_a_drawing_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "a.svg").write_text(DRAWING, encoding="utf-8")
    (tmp_path / "figures" / "b.svg").write_text(text, encoding="utf-8")
    (tmp_path / "book.typ").write_text('#image("a.svg")\n#image("figures/b.svg")', encoding="utf-8")
    with pytest.raises(InputError, match="the drawing cannot be set") as caught:
        typeset(tmp_path / "book.typ")
    assert caught.value.problems[0].path == "figures/b.svg"
