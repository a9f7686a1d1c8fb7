"""Ties are asked for where a project asks for them: none until it has one, then all, or as it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.rendered_books import write_book
from tieout.checks import prose
from tieout.ledger import Ledger, Required
from tieout.problems import InputError
from tieout.project import Project


def book(root: Path, text: str, rule: str | None = None, header: str = "") -> Path:
    """Write a book of two chapters with numbers, beside the facts of a new report."""
    from tieout.project import starter

    starter.create(root)
    (root / "index.ipynb").unlink()
    write_book(root, {"index.md": f"{header}# One\n\n{text}\n", "two.md": "# Two\n\nThere are 120 of 35.\n"})
    config = (root / "_quarto.yml").read_text(encoding="utf-8") + "bibliography: bibliography.bib\n"
    (root / "_quarto.yml").write_text(config + (f"tieout: {{require: {rule}}}\n" if rule else ""), "utf-8")
    return root


def untied(root: Path) -> list[str]:
    report = prose.check(Ledger.load(root))
    assert {each.rule for each in report.problems} <= {"untied"}
    return [f"{each.path}: {each.what.split('”')[0].lstrip('“')}" for each in report.problems]


TIED = "We have [120](tie:sites.2020) and 42."


def test_a_project_without_a_tie_asks_for_none(tmp_path: Path) -> None:
    root = book(tmp_path, "We have 42.")
    assert untied(root) == []
    report = prose.check(Ledger.load(root))
    assert "0 of 3 numbers of the prose tied or waived" in map(str, report.counts)


def test_from_its_first_tie_on_it_asks_for_all(tmp_path: Path) -> None:
    assert untied(book(tmp_path, TIED)) == ["index.md: 42", "two.md: 120", "two.md: 35"]


@pytest.mark.parametrize(("rule", "lines"), [(None, 1), ("all", 4)])
def test_who_has_just_begun_is_told_in_a_line_how_many_are_not_tied(
    tmp_path: Path, rule: str | None, lines: int
) -> None:
    root = book(tmp_path, "We have [120](tie:sites.2020), 41, 42, 43 and 44.", rule)
    found = [each for each in prose.check(Ledger.load(root)).problems if each.path == "index.md"]
    assert len(found) == lines and {each.severity for each in found} == {"error"}
    assert ("“41” is not tied" in found[0].what) and ("and so are 3 more numbers" in found[0].what) == (
        lines == 1
    )
    assert ("`tieout suggest` says what each could be" in found[0].hint) == (lines == 1)


@pytest.mark.parametrize(("rule", "wanted"), [(None, ["2,024"]), ("all", ["2024", "2,024"])])
def test_a_year_needs_a_tie_where_that_is_said(tmp_path: Path, rule: str | None, wanted: list[str]) -> None:
    text = "In 2024 we have [120](tie:sites.2020) of 2,024."
    found = untied(book(tmp_path, text, rule))
    assert [each.removeprefix("index.md: ") for each in found if each.startswith("index")] == wanted


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("all", ["index.md: 42", "two.md: 120", "two.md: 35"]),
        ("results", ["two.md: 120"]),
        ("none", []),
    ],
)
def test_it_asks_for_what_it_says(tmp_path: Path, rule: str, wanted: list[str]) -> None:
    assert untied(book(tmp_path, TIED, rule)) == wanted


def test_a_chapter_may_say_otherwise(tmp_path: Path) -> None:
    header = "---\ntieout: {require: none}\n---\n\n"
    assert untied(book(tmp_path, TIED, "all", header)) == ["two.md: 120", "two.md: 35"]


def test_what_cells_show_is_asked_for_only_where_it_says_so(tmp_path: Path) -> None:
    for rule in (None, "all"):
        required = Required.of(Ledger.load(book(tmp_path / str(rule), TIED, rule)))
        assert required.asks("index.html", "42")
        assert required.asks("index.html", "42", output=True) is (rule == "all")


def test_a_tie_that_is_there_has_to_be_right_all_the_same(tmp_path: Path) -> None:
    root = book(tmp_path, "We have [121](tie:sites.2020).", "none")
    assert [each.rule for each in prose.check(Ledger.load(root)).errors] == ["disagrees"]


@pytest.mark.parametrize("header", ["", "---\ntieout: {require: some}\n---\n\n"])
def test_a_rule_that_there_is_not_is_named_with_its_line(tmp_path: Path, header: str) -> None:
    root = book(tmp_path, TIED, None if header else "some", header)
    try:
        (problem,) = Project.load(root).problems  # the chapter is left out, and the others are read
        assert header
    except InputError as error:
        (problem,) = error.problems
    assert problem.severity == "error"
    assert "`some`" in problem.what
    assert problem.path == ("index.md" if header else "_quarto.yml")
    assert problem.line


def counts(root: Path) -> list[str]:
    return [str(each) for each in prose.check(Ledger.load(root)).counts]


def test_numbers_that_need_no_tie_are_counted_apart(tmp_path: Path) -> None:
    text = "In 2024 we have [120](tie:sites.2020), a year after 2023."
    said = counts(book(tmp_path, text))
    assert "1 of 3 numbers of the prose tied or waived" in said
    assert "2 of 2 years and others that need no tie" in said


def test_where_only_results_need_ties_others_are_counted_apart(tmp_path: Path) -> None:
    said = counts(book(tmp_path, TIED, "results"))
    assert "1 of 2 numbers of the prose tied or waived" in said
    assert "2 of 2 years and others that need no tie" in said
