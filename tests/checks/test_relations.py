"""Promises of the relations check: it fails until each finding was looked at, and says what it counted."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.support import projects
from tieout.checks import relations
from tieout.data.facts import refresh
from tieout.ledger import Ledger
from tieout.problems import Report

FACTS = """\
id,label,value,unit,qualifier,period,source,locator,stated
market.2024,"Market size, 2024",2.5,billion USD,rounded,2024,agency2026,1:p1 | 1:t1:r1:c2,$2.5 billion | $2.5B
market.2030,"Market size, 2030",18.9,billion USD,rounded+projected,2030,agency2026,1:p1,$18.9 billion
market.cagr,"Growth a year",42.5,percent,rounded,2024/2030,agency2026,1:p2,42.5%
devices.count,"Approved devices",162,1,at-least,2025,agency2026,1:p2,over 162
devices.least,"Devices, at least",150,1,at-least,2025,agency2026,1:p2,over 150
"""
PROSE = "# A chapter\n\nGrowth was stated [@agency2026].\n"
DECLARED = """\
import tieout as t

facts = t.facts()
t.relate("market.growth", facts["market.cagr"], t.growth_rate(facts["market.2024"], facts["market.2030"], 6))
"""
BOUNDED = """\
import tieout as t

facts = t.facts()
t.relate("devices.bound", facts["devices.count"], facts["devices.least"])
"""


def acknowledge(project: Path, *ids: str) -> None:
    """List findings as expected."""
    import json

    path = project / "data" / "findings.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "status", "reason"])
        writer.writerows([id, "expected", "We have looked at it."] for id in ids)
    descriptor = project / "data" / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    if all(resource["name"] != "findings" for resource in package["resources"]):
        fields = [{"name": name, "type": "string"} for name in ("id", "status", "reason")]
        package["resources"].append(
            {
                "name": "findings", "path": "findings.csv", "bytes": 0, "hash": "",
                "schema": {"fields": fields}, "tieout": {"facts": False},
            }
        )  # fmt: skip
        descriptor.write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")
    refresh(project)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return projects.create(tmp_path / "project", {"index.md": PROSE}, FACTS)


def counts(report: Report) -> dict[str, tuple[int, int]]:
    return {count.label: (count.passed, count.total) for count in report.counts}


def test_a_contradiction_fails_until_somebody_has_looked_at_it(project: Path) -> None:
    report = relations.check(Ledger.load(project))
    assert not report.ok
    (problem,) = report.errors
    assert (problem.rule, problem.id, problem.path) == (
        "new-finding",
        "finding-market-cagr",
        "data/facts.csv",
    )
    assert problem.line == 4
    assert counts(report)["findings acknowledged"] == (0, 1)

    acknowledge(project, "finding-market-cagr")
    report = relations.check(Ledger.load(project))
    assert report.ok, report.problems
    assert counts(report)["findings acknowledged"] == (1, 1)


def test_an_acknowledged_contradiction_that_is_gone_fails(project: Path) -> None:
    acknowledge(project, "finding-market-cagr")
    projects.change(project / "data" / "facts.csv", "42.5,percent", "40.1,percent")
    projects.change(project / "data" / "facts.csv", ",42.5%", ",40.1%")
    refresh(project)
    (problem,) = relations.check(Ledger.load(project)).errors
    assert (problem.rule, problem.path, problem.line) == ("stale-finding", "data/findings.csv", 2)


def test_what_was_counted_and_what_came_out_is_said(project: Path) -> None:
    report = relations.check(Ledger.load(project))
    assert counts(report)["relations evaluated"] == (2, 2)
    assert counts(report)["works compared with what is attributed to them"] == (1, 1)
    assert report.notes[0] == "1 hold, 1 does not, 0 cannot be decided"
    assert "market.cagr.rate does not hold, by 1.8 percentage points" in report.notes


def test_a_declared_relation_takes_the_place_of_the_one_that_was_found(tmp_path: Path) -> None:
    project = projects.create(tmp_path / "project", {"index.ipynb": ["#: " + PROSE, DECLARED]}, FACTS)
    report = relations.check(Ledger.load(project))
    assert counts(report)["relations evaluated"] == (2, 2)
    assert any(note.startswith("market.growth does not hold") for note in report.notes)
    (problem,) = report.errors
    assert (problem.id, problem.path) == ("finding-market-cagr", "index.ipynb")


def test_a_declared_relation_that_says_nothing_is_warned_of(tmp_path: Path) -> None:
    project = projects.create(tmp_path / "project", {"index.ipynb": ["#: " + PROSE, BOUNDED]}, FACTS)
    acknowledge(project, "finding-market-cagr")
    report = relations.check(Ledger.load(project))
    (problem,) = report.problems
    assert (problem.severity, problem.rule, problem.path) == ("warning", "undecided", "index.ipynb")
    assert "same side" in problem.what
    assert report.ok


def test_a_relation_to_an_entry_that_is_gone_is_an_error(tmp_path: Path) -> None:
    project = projects.create(tmp_path / "project", {"index.ipynb": ["#: " + PROSE, DECLARED]}, FACTS)
    acknowledge(project, "finding-market-cagr")
    path = project / "index.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('"id": "market.2030"', '"id": "market.2031"'))
    problems = [
        problem for problem in relations.check(Ledger.load(project)).errors if problem.rule == "unknown-id"
    ]
    assert [(problem.id, problem.path) for problem in problems] == [("market.growth", "index.ipynb")]
    assert "market.2031" in problems[0].what


def test_a_starter_passes_and_has_looked_at_something(starter: Path) -> None:
    report = relations.check(Ledger.load(starter))
    assert report.ok, report.problems
    assert any(count.total for count in report.counts)
