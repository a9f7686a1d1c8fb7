"""Promises of the citations check: both ways, in every kind of chapter, with the years that entries have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tieout.checks import citations
from tieout.problems import InputError, Problem, Report
from tieout.workspace import Workspace

CONFIG = """\
project: {type: book}
book:
  title: Small
  chapters: [index.md, two.ipynb, three.qmd]
bibliography: works.bib
tieout: {require: all}
"""
WORKS = """\
@article{chen2022,
  author = {Chen, S. and others}, title = {One}, journal = {J}, year = {2022}
}
@techreport{frost2024,
  author = {{Frost \\& Sullivan}}, title = {Two}, institution = {F}, year = {2024}
}
@misc{wang2024, author = {Wang and others}, year = {2024}}
"""
INDEX = """\
# First {#sec-first}

Said [see @chen2022, p. 3; -@frost2024] and @Sec-first, `@code`, a@b.example, \\@no.
"""
THREE = """\
---
title: Third
nocite: |
  @wang2024
---

Nothing of @fig-path here.
"""


def notebook(*cells: tuple[str, str]) -> str:
    made = [
        {"cell_type": kind, "id": f"c{number}", "metadata": {}, "source": source.splitlines(keepends=True)}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for number, (kind, source) in enumerate(cells)
    ]
    whole = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of three kinds of chapter, whose citations are in order."""
    files = {
        "_quarto.yml": CONFIG,
        "works.bib": WORKS,
        "index.md": INDEX,
        "two.ipynb": notebook(
            ("markdown", "# Second\n\nChen et al. (2022) said so [@chen2022]."), ("code", "1")
        ),
        "three.qmd": THREE,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")
    return tmp_path


def change(book: Path, name: str, old: str, new: str) -> Report:
    text = (book / name).read_text(encoding="utf-8")
    assert old in text
    (book / name).write_text(text.replace(old, new), encoding="utf-8")
    return citations.check(Workspace.load(book))


def only(report: Report) -> Problem:
    assert not report.ok
    (problem,) = report.errors
    return problem


def test_a_book_in_order_says_what_it_looked_at(book: Path) -> None:
    report = citations.check(Workspace.load(book))
    assert report.ok, report.problems
    assert [str(count) for count in report.counts] == [
        "4 of 4 citations are in the bibliography",
        "3 of 3 works are cited, by a chapter or a fact",
        "3 of 3 works have what their type requires",
        "1 of 1 years beside names agree",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("index.md", "-@frost2024", "-@frost2025", 3),
        ("two.ipynb", "[@chen2022]", "[@chen2021]", 10),
        ("three.qmd", "@wang2024", "@wnag2024", 4),
        ("three.qmd", "Nothing of", "Nothing of @{wang 2024} and @wong2024 in", 7),
    ],
)
def test_an_unknown_key_is_named_with_its_line(book: Path, name: str, old: str, new: str, line: int) -> None:
    report = change(book, name, old, new)
    problem = next(each for each in report.errors if each.rule == "unknown-citation")
    assert (problem.path, problem.line) == (name, line)
    assert "did you mean @" in problem.hint


def test_a_key_in_a_stored_table_counts(book: Path) -> None:
    text = json.loads((book / "two.ipynb").read_text(encoding="utf-8"))
    table = "| a |\n|---|\n| [@nobody1999] |\n"
    data = {"text/markdown": table.splitlines(keepends=True)}
    text["cells"][1]["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]
    (book / "two.ipynb").write_text(json.dumps(text, indent=1), encoding="utf-8")
    problem = only(citations.check(Workspace.load(book)))
    assert problem.id == "nobody1999"
    assert problem.path == "two.ipynb"


def test_a_shared_bibliography_is_one_warning_where_there_are_no_facts(book: Path) -> None:
    (book / "data" / "datapackage.json").unlink()
    change(book, "works.bib", "title = {Two}, ", "")
    report = change(book, "three.qmd", "@wang2024", "@chen2022")
    assert report.ok
    assert report.problems[0].what == "1 work of the bibliography not cited: wang2024"
    assert [(each.rule, each.severity) for each in report.problems] == [
        ("uncited", "warning"),
        ("missing-field", "warning"),
    ]


def test_works_of_a_shared_bibliography_are_counted_and_three_named(book: Path) -> None:
    (book / "data" / "datapackage.json").unlink()
    more = "".join(f"@misc{{more{number}, author = {{A}}, year = {{2024}}}}\n" for number in range(3))
    report = change(book, "works.bib", "@misc{wang", f"{more}@misc{{wang")
    assert "3 works of the bibliography not cited: more0, more1, more2" in [
        each.what for each in report.problems
    ]
    report = change(book, "three.qmd", "@wang2024", "@chen2022")
    assert "4 works of the bibliography not cited: more0, more1, more2, …" in [
        each.what for each in report.problems
    ]


def test_a_work_that_nothing_cites_is_named_with_its_line(book: Path) -> None:
    problem = only(change(book, "three.qmd", "@wang2024", "@chen2022"))
    assert (problem.path, problem.line, problem.id, problem.rule) == ("works.bib", 7, "wang2024", "uncited")


def test_nocite_of_everything_cites_everything(book: Path) -> None:
    assert change(book, "three.qmd", "@wang2024", '"@*"').ok


def test_a_fact_cites_its_source(starter: Path) -> None:
    index = starter / "index.ipynb"
    index.write_text(index.read_text(encoding="utf-8").replace("[@agency2026] ", ""), encoding="utf-8")
    assert citations.check(Workspace.load(starter)).errors == []


@pytest.mark.parametrize(
    "written",
    [
        "Chen et al. (2021)",
        "Chen and others, 2021,",
        "(Chen, 2021)",
        "Frost & Sullivan’s (2023)",
        "Chen [2023]",
    ],
)
def test_a_year_typed_beside_a_name_is_that_of_the_work(book: Path, written: str) -> None:
    problem = only(change(book, "two.ipynb", "Chen et al. (2022)", written))
    assert (problem.rule, problem.path, problem.line) == ("year", "two.ipynb", 10)


@pytest.mark.parametrize(
    "written",
    [
        "Chen, 1.4 billion",
        "The 2021 plan of Chen",
        "Chen 2030",
        "Chenoa (2021)",
        "Strack, Chen & Stepper (1988)",
        "Frost and Chen (2021)",
    ],
)
def test_a_year_that_dates_no_work_is_left_alone(book: Path, written: str) -> None:
    assert change(book, "two.ipynb", "Chen et al. (2022)", written).ok


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("journal = {J}, ", "", "missing-field"),
        ("@misc{wang2024", "@mics{wang2024", "entry-type"),
        ("title = {One}, ", "title = {One}, doi = {doi:10.1/x}, ", "doi"),
        ("title = {Two}, ", "title = {Two}, year_ = {x}, doi = {10.1000/a b}, ", "doi"),
    ],
)
def test_what_an_entry_lacks_fails(book: Path, old: str, new: str, rule: str) -> None:
    problem = only(change(book, "works.bib", old, new))
    assert problem.rule == rule
    assert problem.path == "works.bib"


def test_the_same_work_under_two_keys_fails(book: Path) -> None:
    twin = "@misc{twin, author = {Chen, S.}, title = {{One}}, year = {2022}}\n@misc{wang2024"
    change(book, "works.bib", "@misc{wang2024", twin)
    report = change(book, "three.qmd", "@wang2024", "@wang2024 @twin")
    assert only(report).rule == "duplicate-work"


def test_a_year_changed_in_an_entry_is_noticed(book: Path) -> None:
    report = change(book, "works.bib", "year = {2022}", "year = {2021}")
    assert {problem.rule for problem in report.problems} == {"key-year", "year"}


def test_nothing_to_cite_is_no_pass(book: Path) -> None:
    for name, text in (
        ("index.md", "# A\n"),
        ("two.ipynb", notebook(("markdown", "# B"))),
        ("three.qmd", "# C\n"),
    ):
        (book / name).write_text(text, encoding="utf-8")
    (book / "works.bib").write_text("", encoding="utf-8")
    assert not citations.check(Workspace.load(book)).ok


def test_a_broken_bibliography_is_an_input_error_with_its_line(book: Path) -> None:
    with pytest.raises(InputError) as caught:
        change(book, "works.bib", "year = {2024}}", "year = {2024}")
    assert caught.value.problems[0].path == "works.bib"
