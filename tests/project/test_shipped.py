"""What Tieout brings along: Vega as one script is kept, and what is kept is believed only if it is whole."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tieout.project import shipped, vega
from tieout.project.shipped import BUNDLE


def test_what_is_said_to_those_who_read_the_code_is_not_sent_to_those_who_read_the_pages() -> None:
    sent = shipped.assets()
    for name in ("theme.js", "ties.js", "early.js", "fold.js"):
        lines = [line.strip() for line in sent[name].decode().splitlines()]
        assert lines
        assert not [line for line in lines if line.startswith("//")], name
    for name in ("theme.css", "ties.css"):
        assert b"/*" not in sent[name]
        assert sent[name].count(b"{") == sent[name].count(b"}") > 100
    own = (shipped.extension() / "panel.js").read_text("utf-8").splitlines()
    code = [line.split(" // ")[0] for line in own if not line.strip().startswith("//")]
    told = [line.split(" // ")[0] for line in sent["ties.js"].decode().splitlines()]
    assert "\n".join(code) in "\n".join(told)


@pytest.fixture
def bundled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often the script is made, in place of what takes seconds."""
    made: list[int] = []

    def bundle() -> bytes:
        made.append(1)
        return b"let vega;\nlet embed;\n"

    monkeypatch.setattr(shipped, "_bundled", bundle)
    return made


def test_the_script_is_made_once_and_kept(tmp_path: Path, bundled: list[int]) -> None:
    first = vega(tmp_path, keep=True)
    assert vega(tmp_path) == vega(tmp_path, keep=True) == first == b"let vega;\nlet embed;\n"
    assert bundled == [1]


def test_who_only_checks_writes_nothing(tmp_path: Path, bundled: list[int]) -> None:
    assert vega(tmp_path) and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("old", ["embed", "\n", "let vega;\nlet embed;\n", "// "])
def test_one_that_was_altered_or_cut_is_made_anew(tmp_path: Path, bundled: list[int], old: str) -> None:
    script = vega(tmp_path, keep=True)
    path = tmp_path / BUNDLE
    path.write_text(path.read_text("utf-8").replace(old, "", 1), encoding="utf-8")
    assert vega(tmp_path, keep=True) == script
    assert vega(tmp_path, keep=True) == script
    assert bundled == [1, 1]


def test_one_of_another_version_is_made_anew(
    tmp_path: Path, bundled: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    vega(tmp_path, keep=True)
    monkeypatch.setattr(shipped, "version", lambda _name: "0.1")
    vega(tmp_path, keep=True)
    assert bundled == [1, 1]


def test_where_nothing_can_be_written_it_is_made_all_the_same(tmp_path: Path, bundled: list[int]) -> None:
    (tmp_path / ".tieout").write_text("a file where a folder should be", encoding="utf-8")
    assert vega(tmp_path, keep=True) == vega(tmp_path, keep=True)
    assert bundled == [1, 1]


def test_what_was_made_for_one_project_serves_every_project_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def bundle(snippet: str) -> str:
        made.append(snippet)
        return "let vega;\n"

    monkeypatch.setattr(shipped, "COMPILED", tmp_path / "compiled")
    monkeypatch.setattr(shipped, "vl_convert", SimpleNamespace(javascript_bundle=bundle))
    anew = shipped._bundled.__wrapped__  # as a process does that begins
    assert anew() == anew() == b"let vega;\n"
    assert len(made) == 1
    (kept,) = (tmp_path / "compiled").iterdir()
    kept.write_bytes(kept.read_bytes()[:-3])
    assert anew() == b"let vega;\n"
    assert len(made) == 2
