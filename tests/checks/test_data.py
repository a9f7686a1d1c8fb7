"""Promises of the data check: every mistake in the data is reported once, with file, line and column."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tieout.checks import data
from tieout.data import facts
from tieout.problems import InputError, Problem
from tieout.workspace import Workspace

TABLE = "data/facts.csv"
DESCRIPTOR = "data/datapackage.json"


def rewrite(project: Path, name: str, old: str, new: str) -> None:
    text = (project / name).read_text(encoding="utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def only(project: Path) -> Problem:
    report = data.check(Workspace.load(project))
    assert not report.ok
    (problem,) = report.problems
    assert problem.hint
    return problem


def add_column(project: Path, cells: tuple[str, str], **field: object) -> None:
    """Give the starter's table a column of its own, and refresh the hash."""
    descriptor = project / DESCRIPTOR
    given = json.loads(descriptor.read_text(encoding="utf-8"))
    given["resources"][0]["schema"]["fields"].append({"type": "string", **field})
    descriptor.write_text(json.dumps(given, indent=1), encoding="utf-8")
    header, *rows = (project / TABLE).read_text(encoding="utf-8").splitlines()
    lines = [f"{header},{field['name']}", *(f"{row},{cell}" for row, cell in zip(rows, cells, strict=True))]
    (project / TABLE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    facts.refresh(project)


def test_the_report_s_data_are_in_order(root: Path) -> None:
    report = data.check(Workspace.load(root))
    assert [str(problem) for problem in report.problems] == []
    assert report.ok
    tables, rows, stated = report.counts
    assert tables.passed == tables.total >= 14
    assert rows.total > stated.total >= 190


def test_it_counts_what_it_looked_at(starter: Path) -> None:
    before = data.check(Workspace.load(starter)).counts
    assert all(count.passed == count.total for count in before)
    assert str(before[2]) == "2 of 2 facts with unit, source and place"
    rewrite(starter, TABLE, ",300,1,", ",300,florins,")
    after = data.check(Workspace.load(starter)).counts
    assert [count.total for count in after] == [count.total for count in before]
    assert [count.passed for count in after] == [count.passed - 1 for count in before]


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "rule"),
    [
        ("label,value", "label,vlaue", 1, "", "columns"),
        (",120,1,", ",many,1,", 2, "column value", "type"),
        (",120,1,", ",120,florins,", 2, "column unit", "unit"),
        (",120,1,", ",1,120,1,", 2, "", "columns"),
        ("sites.2025,", "sites.2020,", 3, "column id", "duplicate"),
        ("agency2026,1:p1,120", "agency2026,,120", 2, "column locator", "missing-locator"),
        ("agency2026,1:p1,120", "agency2026,page one,120", 2, "column locator", "locator"),
        ("agency2026,1:p1,120", "agency2026,1:p1:x2,120", 2, "column locator", "locator"),
        ("2025,agency2026", "2025,agnecy2026", 3, "column source", "unknown-citation"),
        (",120,1,exact", ",121,1,exact", 1, "sha256", "hash"),
    ],
)
def test_a_mistake_is_one_problem_with_its_place(
    starter: Path, old: str, new: str, line: int, where: str, rule: str
) -> None:
    rewrite(starter, TABLE, old, new)
    if rule == "locator":
        facts.refresh(starter)
    problem = only(starter)
    assert (problem.path, problem.line, problem.where, problem.rule) == (TABLE, line, where, rule)


def test_two_mistakes_in_one_row_are_two_problems(starter: Path) -> None:
    add_column(starter, ("low", "middle"), name="tone", constraints={"enum": ["low", "high"], "minLength": 3})
    rewrite(starter, TABLE, ",300,1,", ",many,1,")
    places = [(each.line, each.where) for each in data.check(Workspace.load(starter)).problems]
    assert places == [(3, "column tone")]
    rewrite(starter, TABLE, "middle", "low")
    assert [(each.line, each.where) for each in data.check(Workspace.load(starter)).problems] == [
        (3, "column value")
    ]


@pytest.mark.parametrize(
    ("content", "rule"), [(b"", "empty"), (b"id\xff", "encoding"), (None, "missing"), (b'id,"label', "csv")]
)
def test_a_file_that_is_no_table_is_one_problem(starter: Path, content: bytes | None, rule: str) -> None:
    if content is None:
        (starter / TABLE).unlink()
    else:
        (starter / TABLE).write_bytes(content)
    problem = only(starter)
    assert (problem.path, problem.rule) == (TABLE, rule)


def test_what_only_frictionless_knows_is_reported_with_its_line(starter: Path) -> None:
    add_column(starter, ("2024-02-29", "2025-02-29"), name="day", type="date")
    problem = only(starter)
    assert (problem.path, problem.line, problem.where, problem.id) == (TABLE, 3, "column day", "sites.2025")
    assert "date" in problem.what


def test_a_key_into_another_row_must_exist(starter: Path) -> None:
    add_column(starter, ("", "sites.2019"), name="parent")
    descriptor = starter / DESCRIPTOR
    given = json.loads(descriptor.read_text(encoding="utf-8"))
    keys = [{"fields": "parent", "reference": {"resource": "", "fields": "id"}}]
    given["resources"][0]["schema"]["foreignKeys"] = keys
    descriptor.write_text(json.dumps(given), encoding="utf-8")
    problem = only(starter)
    assert (problem.path, problem.line) == (TABLE, 3)
    assert "sites.2019" in problem.what


def test_a_line_break_in_a_cell_does_not_move_the_lines_after_it(starter: Path) -> None:
    rewrite(starter, TABLE, '"Sites in operation",120', '"Sites\nin operation",120')
    add = (starter / TABLE).read_text(encoding="utf-8").replace("exact,2025", "exactly,2025")
    (starter / TABLE).write_text(add, encoding="utf-8")
    assert only(starter).line == 4


RANKED = {"name": "rank", "tieout": {"rankOf": "rating"}}


@pytest.mark.parametrize(
    ("ranks", "lines"),
    [(("1", "3"), []), (("2", "3"), [2]), (("1", "2"), [3]), (("1", ""), [3])],
)
def test_a_rank_is_the_place_of_its_rating(starter: Path, ranks: tuple[str, str], lines: list[int]) -> None:
    scale = {"enum": ["low", "high", "very high"]}
    add_column(starter, ("low", "very high"), name="rating", constraints=scale)
    add_column(starter, ranks, type="integer", **RANKED)
    found = data.check(Workspace.load(starter)).problems
    assert [(each.line, each.rule, each.where) for each in found] == [
        (line, "rank", "column rank") for line in lines
    ]


def test_a_rank_of_nothing_is_a_mistake_of_the_schema(starter: Path) -> None:
    add_column(starter, ("1", "2"), type="integer", **RANKED)
    problem = only(starter)
    assert (problem.path, problem.rule) == (DESCRIPTOR, "schema")


def test_a_descriptor_that_frictionless_refuses_is_a_problem_of_it(starter: Path) -> None:
    rewrite(starter, DESCRIPTOR, '"type": "string"', '"type": "strnig"')
    problem = only(starter)
    assert (problem.path, problem.rule) == (DESCRIPTOR, "descriptor")
    assert "strnig" in problem.what


def test_a_broken_bibliography_is_one_problem_and_hides_no_other(starter: Path) -> None:
    rewrite(starter, "bibliography.bib", "{Registry of Examples},", "{Registry of Examples,")
    rewrite(starter, TABLE, ",300,1,", ",300,florins,")
    found = data.check(Workspace.load(starter)).problems
    assert [each.path for each in found] == ["bibliography.bib", TABLE]
    assert found[0].line


def test_a_package_that_cannot_be_read_is_an_input_error(starter: Path) -> None:
    (starter / DESCRIPTOR).write_text("{", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        data.check(Workspace.load(starter))
    assert caught.value.problems[0].line == 1


def test_a_package_without_tables_is_no_pass(starter: Path) -> None:
    (starter / DESCRIPTOR).write_text('{"name": "x", "version": "0.1.0", "resources": []}', encoding="utf-8")
    assert not data.check(Workspace.load(starter)).ok


def test_locale_and_time_zone_change_nothing(starter: Path) -> None:
    code = (
        "from pathlib import Path; from tieout.checks import data; from tieout.workspace import Workspace;"
        f"r = data.check(Workspace.load(Path({str(starter)!r}))); print(r.ok, *r.problems)"
    )
    settings = {**os.environ, "LC_ALL": "C", "LANG": "C", "TZ": "Pacific/Apia", "PYTHONUTF8": "0"}
    result = subprocess.run([sys.executable, "-c", code], env=settings, capture_output=True, text=True)
    assert result.stdout.strip() == "True", result.stderr
