"""Profiles are merged as Quarto merges them, and every key keeps its file and its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tieout.problems import InputError
from tieout.project import Files
from tieout.project.profiles import read

BASE = """\
project: {type: book, output-dir: _site}
profile: {default: en, group: [[basic, advanced]]}
book:
  title: Base
  author: [Ada]
  chapters: [index.md, one.md]
lang: en
"""


@pytest.fixture
def files(tmp_path: Path) -> Files:
    for name, text in {
        "_quarto.yml": BASE,
        "_quarto-uk.yml": "book:\n  title: Інша\n  chapters: [one.md, two.md]\nlang: uk\n",
        "_quarto-en.yml": "book: {subtitle: English}\n",
        "_quarto-basic.yml": "book: {title: Basic, subtitle: Basic}\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Files(tmp_path)


def test_mappings_merge_lists_are_joined_and_scalars_replaced(files: Files) -> None:
    config = read(files, "uk")
    assert config.get("book", "title") == "Інша"
    assert config.get("book", "chapters") == ["index.md", "one.md", "two.md"]
    assert config.get("book", "author") == ["Ada"] and config.get("project", "output-dir") == "_site"
    assert config.profiles == ("uk", "basic")


def test_the_default_holds_where_nothing_is_said_and_the_first_counts_most(files: Files) -> None:
    config = read(files, "")
    assert config.profiles == ("en", "basic")
    assert (config.get("book", "title"), config.get("book", "subtitle")) == ("Basic", "English")


def test_the_environment_is_asked(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTO_PROFILE", "uk,basic")
    assert read(files).get("lang") == "uk"


def test_a_local_file_counts_more_than_all(files: Files) -> None:
    (files.root / "_quarto.yml.local").write_text("book: {title: Mine}\n", encoding="utf-8")
    assert read(files, "uk").get("book", "title") == "Mine"


def test_every_key_keeps_its_file_and_its_line(files: Files) -> None:
    config = read(files, "uk")
    assert (config.file("book", "title"), config.line("book", "title")) == ("_quarto-uk.yml", 2)
    assert (config.file("book", "author"), config.line("book", "author")) == ("_quarto.yml", 5)
    assert (config.file("book", "chapters", 2), config.line("book", "chapters", 2)) == ("_quarto-uk.yml", 3)
    assert (
        config.files == ("_quarto.yml", "_quarto-uk.yml", "_quarto-basic.yml")
        or "_quarto-uk.yml" in config.files
    )


def test_keys_of_other_files_count_and_one_that_is_missing_is_said(tmp_path: Path) -> None:
    given = {
        "_quarto.yml": "project: {type: website}\nmetadata-files:\n  - own.yml\n  - gone.yml\n",
        "own.yml": "website:\n  title: Of the other file\n",
        "_quarto-uk.yml": "website: {title: Інша}\n",
    }
    for name, text in given.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    config = read(Files(tmp_path), "")
    assert config.get("website", "title") == "Of the other file"
    assert (config.file("website", "title"), config.line("website", "title")) == ("own.yml", 2)
    (problem,) = config.problems
    assert (problem.line, problem.severity) == (4, "warning") and "gone.yml" in problem.what
    assert read(Files(tmp_path), "uk").get("website", "title") == "Інша"
    (tmp_path / "_quarto.yml").write_text("metadata-files: ../own.yml\n", encoding="utf-8")
    with pytest.raises(InputError, match="leaves the project"):
        read(Files(tmp_path), "")


def test_what_is_wrong_in_a_profile_is_said_of_it(files: Files) -> None:
    (files.root / "_quarto-uk.yml").write_text("book: {titel: x}\n", encoding="utf-8")
    (problem,) = [each for each in read(files, "uk").problems if each.rule == "unknown-key"]
    assert (problem.path, problem.line) == ("_quarto-uk.yml", 1)


def test_a_key_left_empty_says_nothing(files: Files) -> None:
    (files.root / "_quarto-uk.yml").write_text("book:\n  title:\n  author: []\nlang:\n", encoding="utf-8")
    config = read(files, "uk,basic")
    assert (config.get("book", "title"), config.get("lang")) == ("Basic", "en")
    assert (config.file("lang"), config.line("lang")) == ("_quarto.yml", 7)
    assert config.get("book", "author") == []
