"""Promises of the source check: facts, index and text agree, each with the others, to the digit."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tieout.checks import source
from tieout.data import facts
from tieout.problems import InputError, Problem, Report
from tieout.workspace import Workspace

ARTICLE = Path(os.environ.get("TIEOUT_SOURCE") or Path(__file__).parents[3] / "shared/source/article.txt")
TEXT = """\
On Sites
Agency. (2026). Registry.
1. Sites
In 2020 there were approximately 120 sites, and exactly 300 in 2025 (Example Agency, 2026).

| Kind | Share |
|---|---|
| Large | 40.5% |
| Small | 59.5% |

Agents run all of them; COVID-19 closed none.
References
Example Agency. (2026). Registry of Examples.
"""
FACTS = """\
id,label,value,unit,qualifier,period,source,locator,stated
sites.2020,Sites in 2020,120,1,approx,2020,agency2026,1:p1,120
sites.2025,Sites in 2025,300,1,exact,2025,agency2026,1:p1,300
sites.large,Share of large sites,40.5,percent,rounded,,agency2026,1:t1:r1:c2,40.5%
sites.small,Share of small sites,59.5,percent,rounded,,agency2026,1:t1:r2:c2,59.5%
sites.automatic,Sites run by agents,100,percent,exact,,agency2026,1:p2,all
sites.closed,Sites closed,0,1,exact,,agency2026,1:p2,none
sites.epidemic,Epidemic,COVID-19,text,,,agency2026,1:p2,COVID-19
sites.staff,Who runs the sites,Agents,text,,,agency2026,1:p2,Agents run
"""
INDEX = """\
section,locator,token,fact,why
title,title:p1,2026,@agency2026,reference
1,1:h,1,,heading-number
1,1:p1,2020,sites.2020:period,
1,1:p1,120,sites.2020,
1,1:p1,300,sites.2025,
1,1:p1,2025,sites.2025:period,
1,1:p1,2026,@agency2026,citation
1,1:t1:r1:c2,40.5%,sites.large,
1,1:t1:r2:c2,59.5%,sites.small,
1,1:p2,all,sites.automatic,
1,1:p2,COVID-19,sites.epidemic,
1,1:p2,none,sites.closed,
refs,refs:1,2026,@agency2026,reference
"""


@pytest.fixture
def project(starter: Path) -> Path:
    """A project whose facts, index and source agree."""
    (starter / "data/facts.csv").write_text(FACTS, encoding="utf-8")
    (starter / "data/source-index.csv").write_text(INDEX, encoding="utf-8")
    (starter / "source.txt").write_text(TEXT, encoding="utf-8")
    facts.refresh(starter)
    return starter


def change(project: Path, name: str, old: str, new: str) -> Report:
    text = (project / name).read_text(encoding="utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    facts.refresh(project)
    return source.check(Workspace.load(project), project / "source.txt")


def found(report: Report) -> list[Problem]:
    assert not report.ok
    return report.errors


def test_a_project_in_order_says_what_it_compared(project: Path) -> None:
    report = source.check(Workspace.load(project), project / "source.txt")
    assert [str(problem) for problem in report.problems] == []
    assert [str(count) for count in report.counts] == [
        "13 of 13 numbers of the source in the index",
        "13 of 13 numbers of the index explained",
        "6 of 6 numeric facts found in the index",
        "8 of 8 stated forms found at their places",
    ]
    assert report.notes == ()


def test_without_the_text_it_says_that_it_compared_with_the_index_only(project: Path) -> None:
    report = source.check(Workspace.load(project))
    assert report.ok
    assert "index only" in report.notes[0]
    assert len(report.counts) == 2


@pytest.mark.skipif(
    not ARTICLE.is_file(), reason="the source's text is not at hand: TIEOUT_SOURCE names no file"
)
def test_the_report_agrees_with_its_source(root: Path) -> None:
    report = source.check(Workspace.load(root), ARTICLE)
    assert [str(problem) for problem in report.problems] == []
    assert all(count.passed == count.total > 0 for count in report.counts)


def test_the_report_agrees_with_its_index(root: Path) -> None:
    assert source.check(Workspace.load(root)).ok


def quoting(project: Path, words: str) -> Workspace:
    """Give the first fact a quotation."""
    header, first, *rest = FACTS.splitlines()
    rows = [f"{header},quotation", f'{first},"{words}"', *(f"{row}," for row in rest)]
    (project / "data/facts.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    path = project / "data/datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    table = next(each for each in package["resources"] if each["path"] == "facts.csv")
    table["schema"]["fields"].append({"name": "quotation", "type": "string"})
    path.write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")
    facts.refresh(project)
    return Workspace.load(project)


def test_a_quotation_is_held_to_the_source(project: Path) -> None:
    right = source.check(quoting(project, "there were “approximately 120 sites”"), project / "source.txt")
    assert "1 of 1 quotations found at their places" in map(str, right.counts) and right.ok


def test_a_quotation_that_the_source_does_not_have_is_named(project: Path) -> None:
    (wrong,) = found(source.check(quoting(project, "nearly 120 sites"), project / "source.txt"))
    assert wrong.id == "sites.2020" and wrong.where == "column quotation"


def test_a_quotation_is_ten_words_at_most(project: Path) -> None:
    with pytest.raises(InputError, match="has 11 words"):
        source.check(quoting(project, "one two three four five six seven eight nine ten eleven"))


CHANGED_FACTS = [
    ("120,1,approx", "130,1,approx", 2, "column stated"),
    (",40.5,percent", ",40.6,percent", 4, "column stated"),
    (",40.5,percent", ",40.50,percent", 4, "column value"),
    (",100,percent", ",99,percent", 6, "column stated"),
    (",0,1,exact", ",1,1,exact", 7, "column stated"),
    (",40.5%\n", ",40.7%\n", 4, "column stated"),
    (",300\n", ",200\n", 3, "column stated"),
    ("exact,2025", "exact,2024", 3, "column period"),
    ("Sites in 2025", "Sites in 2024", 3, "column label"),
    (",COVID-19,text", ",COVID-18,text", 8, "column value"),
    ("1:t1:r1:c2", "1:t1:r2:c2", 4, "column locator"),
    ("1:t1:r1:c2", "1:t1:r9:c2", 4, "column locator"),
    ("1:p2,Agents run", "1:p1,Agents run", 9, "column stated"),
    ("1:p2,Agents run", "1:p2,Agents walk", 9, "column stated"),
    ("120,1,approx", "120,1,rounded", 2, "column qualifier"),
    ("300,1,exact", "300,1,approx", 3, "column qualifier"),
    ("sites.large,", "sites.big,", 4, "column locator"),
]


def test_a_stated_form_that_is_not_there_is_not_counted(project: Path) -> None:
    counts = change(project, "data/facts.csv", "1:p2,Agents run", "1:p2,Agents walk").counts
    assert "7 of 8 stated forms found at their places" in map(str, counts)


@pytest.mark.parametrize(("old", "new", "line", "where"), CHANGED_FACTS)
def test_a_changed_fact_never_passes(project: Path, old: str, new: str, line: int, where: str) -> None:
    problems = found(change(project, "data/facts.csv", old, new))
    assert ("data/facts.csv", line, where) in [(each.path, each.line, each.where) for each in problems]
    assert all(each.path and each.line and each.hint for each in problems)


CHANGED_INDEX = [
    ("1:p1,120", "1:p1,121", 5, "index-extra"),
    ("1:p1,120,sites.2020", "1:p1,120,sites.2025", 5, "source"),
    ("1:p1,120,sites.2020,", "1:p1,120,sites.2020,citation", 5, "source"),
    ("1:p1,120,sites.2020,", "1:p1,120,,", 5, "source"),
    ("1:p1,120,sites.2020,", "1:p1,120,sites.2002,", 5, "source"),
    ("1,1:p1,120", "2,1:p1,120", 5, "source"),
    ("1,1:p1,120,sites.2020,\n", "", 5, "index-missing"),
    ("1,1:h,1,", "1,1:h,2,", 3, "source"),
    ("2026,@agency2026,citation", "2025,@agency2026,citation", 8, "source"),
    ("2026,@agency2026,citation", "2026,@agency2025,citation", 8, "source"),
    ("2025,sites.2025:period", "2025,sites.2020:period", 7, "source"),
]


@pytest.mark.parametrize(("old", "new", "line", "rule"), CHANGED_INDEX)
def test_a_changed_index_never_passes(project: Path, old: str, new: str, line: int, rule: str) -> None:
    problems = found(change(project, "data/source-index.csv", old, new))
    assert ("data/source-index.csv", line, rule) in [(each.path, each.line, each.rule) for each in problems]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("120 sites", "121 sites"),
        ("120 sites", "sites"),
        ("In 2020", "In 2020 and 2021"),
        ("40.5%", "40.6%"),
        ("Agency, 2026)", "Agency, 2025)"),
        ("(2026). Registry of", "(2025). Registry of"),
        ("approximately 120", "exactly 120"),
        ("exactly 300", "about 300"),
        ("Agents run", "People run"),
        ("closed none", "closed a few"),
    ],
)
def test_a_changed_source_never_passes(project: Path, old: str, new: str) -> None:
    found(change(project, "source.txt", old, new))


@pytest.mark.parametrize(("old", "new"), [("{2026}", "{2025}"), ("agency2026,", "agency2025,")])
def test_a_changed_bibliography_never_passes(project: Path, old: str, new: str) -> None:
    try:
        report = change(project, "bibliography.bib", old, new)
    except InputError:
        return
    assert any(problem.id == "@agency2026" or problem.where == "column fact" for problem in found(report))


def test_an_index_with_other_columns_is_an_input_error(project: Path) -> None:
    for name in ("data/datapackage.json", "data/source-index.csv"):
        text = (project / name).read_text(encoding="utf-8")
        (project / name).write_text(text.replace("token", "number"), encoding="utf-8")
    facts.refresh(project)
    with pytest.raises(InputError, match="schema of source-index"):
        source.check(Workspace.load(project))


def test_a_package_without_an_index_is_no_pass(project: Path) -> None:
    descriptor = project / "data/datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(text.replace('"source-index"', '"another"'), encoding="utf-8")
    (problem,) = found(source.check(Workspace.load(project)))
    assert problem.rule == "no-index"


def test_a_text_that_is_not_there_is_an_input_error(project: Path) -> None:
    with pytest.raises(InputError, match="there is no file"):
        source.check(Workspace.load(project), project / "nowhere.txt")


def test_a_rating_is_the_whole_of_its_place(project: Path) -> None:
    descriptor = project / "data/datapackage.json"
    given = json.loads(descriptor.read_text(encoding="utf-8"))
    given["resources"][0]["schema"]["fields"].append({"name": "rating", "type": "string"})
    descriptor.write_text(json.dumps(given), encoding="utf-8")
    lines = [line + "," for line in FACTS.splitlines()]
    lines[0] += "rating"
    lines.append("sites.kind,Rating of large sites,Big,text,,,agency2026,1:t1:r1:c1,Large,Large")
    (project / "data/facts.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    facts.refresh(project)
    assert source.check(Workspace.load(project), project / "source.txt").ok
    (problem,) = found(change(project, "source.txt", "| Large", "| Very Large"))
    assert (problem.id, problem.where) == ("sites.kind", "column stated")
