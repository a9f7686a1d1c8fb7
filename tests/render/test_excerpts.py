"""Excerpts of the ledger: the filter of a chapter reads what its text names, and says the same."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support import small_report
from tieout.project import Project
from tieout.render import resolving
from tieout.render.document import assemble
from tieout.render.excerpts import Excerpts


def excerpts(folder: Path, text: str) -> Excerpts:
    path = folder / "ledger.json"
    path.write_text(text, encoding="utf-8")
    setting: Any = SimpleNamespace(ledger=path, folder=folder)
    return Excerpts.of(setting)


def ids(excerpt: str) -> list[str]:
    return [entry["id"] for entry in json.loads(excerpt)["entries"]]


def ledger(*names: str) -> str:
    return json.dumps({"findings": [{"id": "f"}], "entries": [{"id": name} for name in names]})


def test_it_has_the_entries_that_the_text_names_and_everything_else(tmp_path: Path) -> None:
    known = excerpts(tmp_path, ledger("a.b", "a.b.c", "d.e", "f"))
    excerpt = known.of_texts('[{"t": "Link", "c": ["tie:a.b.c:year"]}]', {"text": "(tie:f)"})
    assert excerpt is not None
    assert set(ids(excerpt)) >= {"a.b.c", "f"} and "d.e" not in ids(excerpt)
    assert json.loads(excerpt)["findings"] == [{"id": "f"}]


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"entries": [1]}', ledger("ціна.a"), ledger('a"b', "c")])
def test_a_ledger_that_is_none_or_has_other_ids_is_handed_on_as_it_is(tmp_path: Path, text: str) -> None:
    assert excerpts(tmp_path, text).of_texts('["tie:c"]', {}) is None


def test_a_book_is_the_same_as_with_the_whole_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small_report.create(tmp_path / "report")
    index = root / "index.md"
    index.write_text(
        index.read_text("utf-8") + "\n[1](tie:no.such) [](tie:market.2024:none)\n", encoding="utf-8"
    )

    def book() -> list[Any]:
        made = assemble(Project.load(root), root / ".tieout" / "ledger.json", ("html",))
        return [[chapter.trees, chapter.title, chapter.toc] for chapter in made.chapters] + [made.problems]

    short = book()
    monkeypatch.setattr(resolving.Excerpts, "of_texts", lambda *_: None)
    assert short == book()
    assert len(short[-1]) == 2
