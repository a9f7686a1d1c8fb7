"""What the last site has as it is, is the same file in the next, and the last site stays as it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support import small_report
from tieout.project import Project
from tieout.render.build import build
from tieout.render.placing import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    for name in ("site", "last"):
        (tmp_path / name).mkdir()
    (tmp_path / "last" / "a.html").write_bytes(b"as it was")
    return Place(tmp_path / "site", tmp_path / "last")


def test_a_file_as_it_was_is_the_same_file_and_any_other_is_one_of_its_own(place: Place) -> None:
    last = place.last / "a.html"
    place.put("a.html", b"as it was")
    assert (place.site / "a.html").samefile(last)
    for write in (
        lambda: place.put("a.html", b"as it is!"),
        lambda: place.copy(place.last.parent / "b.html", "a.html"),
    ):
        place.put("a.html", b"as it was")
        (place.last.parent / "b.html").write_bytes(b"another")
        write()
        assert not (place.site / "a.html").samefile(last)
        assert (place.site / "a.html").read_bytes() in (b"as it is!", b"another")
        assert last.read_bytes() == b"as it was"
    place.put("new/c.html", b"new")
    assert (place.site / "new" / "c.html").read_bytes() == b"new"


def test_where_a_file_cannot_be_linked_it_is_written(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.last / "b.html").symlink_to("a.html")
    place.put("b.html", b"as it was")
    assert not (place.site / "b.html").is_symlink()
    assert not (place.site / "b.html").samefile(place.last / "a.html")

    def refused(*_paths: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    place.put("a.html", b"as it was")
    assert (place.site / "a.html").read_bytes() == b"as it was"
    assert not (place.site / "a.html").samefile(place.last / "a.html")


def test_a_build_that_fails_leaves_each_file_of_the_last_site_as_it_was(tmp_path: Path) -> None:
    root = small_report.create(tmp_path / "report")
    build(Project.load(root), "pandoc", ("html",))
    site = root / "_site"
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    index = root / "index.md"
    index.write_text(index.read_text("utf-8") + "\nMore.\n", "utf-8")

    def refused(new: Path, _rest: object) -> None:
        pairs = [(path, new / path.relative_to(site)) for path in before]
        shared = [path for path, made in pairs if made.exists() and made.samefile(path)]
        assert shared and site / "index.html" not in shared
        raise ValueError

    with pytest.raises(ValueError):
        build(Project.load(root), "pandoc", ("html",), verify=refused)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
