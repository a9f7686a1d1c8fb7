"""A folder that a build made carries its mark; what the mark does not list is never replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from tieout.problems import InputError
from tieout.project import MARK, mark, refuse_foreign


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Return a folder as a build leaves it."""
    folder = tmp_path / "_site"
    (folder / "chapters").mkdir(parents=True)
    (folder / "index.html").write_text("one", encoding="utf-8")
    (folder / "chapters" / "zwölf.html").write_text("twelve", encoding="utf-8")
    mark(folder)
    return folder


def said(folder: Path) -> str:
    with pytest.raises(InputError) as refused:
        refuse_foreign(folder, "_site", path="_quarto.yml", line=3)
    assert str(refused.value).startswith("_quarto.yml:3: ")
    return str(refused.value)


def test_the_mark_is_the_same_each_time_and_ends_its_last_line(made: Path) -> None:
    first = (made / MARK).read_text(encoding="utf-8")
    mark(made)
    assert (made / MARK).read_text(encoding="utf-8") == first
    assert first.endswith("}\n") and '"chapters/zwölf.html"' in first


def test_what_a_build_made_is_replaced(made: Path, tmp_path: Path) -> None:
    refuse_foreign(made, "_site")
    refuse_foreign(tmp_path / "absent", "absent")
    (tmp_path / "empty").mkdir()
    refuse_foreign(tmp_path / "empty", "empty")
    (made / "Thumbs.db").touch()  # of a system, and of nobody
    (made / "index.html").unlink()
    refuse_foreign(made, "_site")


@pytest.mark.parametrize("name", ["mine.txt", "chapters/mine.txt", ".mine", "chapters/mine"])
def test_what_a_person_put_there_is_named(made: Path, name: str) -> None:
    if name.endswith("/mine"):
        (made / name).mkdir()
    else:
        (made / name).touch()
    assert f"(`{name}`)" in said(made)


def test_of_many_files_three_are_named_and_the_others_counted(made: Path) -> None:
    for number in range(5):
        (made / f"mine{number}.txt").touch()
        assert ("more" in said(made)) is (number > 2)
    assert "(`mine0.txt`, `mine1.txt`, `mine2.txt` and 2 more)" in said(made)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"files": 3}', "[" * 100_000])
def test_a_mark_that_says_nothing_lists_nothing(made: Path, text: str) -> None:
    (made / MARK).write_text(text, encoding="utf-8")
    assert "does not carry the mark of a build" in said(made)
    (made / "_quarto.yml").touch()
    assert "which no build made" in said(made) or "what no build made" in said(made)


def test_a_link_or_a_file_is_no_folder(made: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(made)
    assert "is a symbolic link" in said(link)
    assert "is a file" in said(made / "index.html")
