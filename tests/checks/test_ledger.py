"""The ledger check: what notebooks stored follows from its formula, stands there once, and is used."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import analyses, projects
from tieout import publish
from tieout.checks import ledger as checking
from tieout.ledger import Ledger
from tieout.ledger.entries import Read
from tieout.problems import InputError
from tieout.workspace import Workspace

TEXT = "#:# Home\n\nIt grows [7.6-fold](tie:market.multiple)."
MORE = """\
share = t.assume("scenario.share", "2.5", "percent", label="Share", why="As low as any", like="2.5%")
t.record("market.part", facts["market.2024"] * share, label="A part of the market", note="Of the market")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    cells = [TEXT, projects.MULTIPLE, MORE, "#:Of it [\\$62.5 million](tie:market.part)."]
    return projects.create(tmp_path, {"index.ipynb": cells})


def test_what_follows_from_its_formula_passes_with_its_counts(project: Path) -> None:
    report = checking.check(Ledger.load(project))
    assert report.ok and not report.problems
    assert [str(count) for count in report.counts] == [
        "2 of 6 facts used",
        "3 of 3 recorded quantities follow from their formulas",
        "3 of 3 recorded quantities used",
    ]
    assert report.notes == ["no chapter shows market.cagr, devices.count, share.other, region.first"]


def test_every_digit_of_a_stored_quantity_counts(project: Path) -> None:
    """One digit at a time, wherever it stands in a stored entry: it is named with id, file and line."""
    path = project / "index.ipynb"
    raw = path.read_text(encoding="utf-8")
    entries = list(re.finditer(r'"application/vnd\.tieout\.entry\+json": (\{.*?\n {6}\})', raw, re.S))
    ids = ["market.multiple", "scenario.share", "market.part"]
    assert [json.loads(found[1])["id"] for found in entries] == ids
    tried = 0
    for id, found in zip(ids, entries, strict=True):
        for place in (match.start() + found.start(1) for match in re.finditer(r"\d", found[1])):
            digit = "7" if raw[place] != "7" else "8"
            changed = raw[:place] + digit + raw[place + 1 :]
            path.write_text(changed, encoding="utf-8")
            tried += 1
            report = checking.check(Ledger.load(project))
            assert report.errors, f"{id}: {raw[place - 30 : place]}[{digit}]{raw[place + 1 : place + 10]}"
            named = [problem for problem in report.errors if problem.id == id]
            assert named and named[0].path == "index.ipynb" and named[0].hint
            line = named[0].line or 0
            start = raw.count("\n", 0, found.start()) + 1
            assert start <= line <= start + found[0].count("\n"), named[0]
    assert tried > 40


def test_the_count_is_of_quantities_that_are_right(project: Path) -> None:
    path = project / "index.ipynb"
    raw = path.read_text(encoding="utf-8")
    path.write_text(raw.replace('"value": "62500000', '"value": "62600000', 1), encoding="utf-8")
    assert raw != path.read_text(encoding="utf-8")
    counts = [str(count) for count in checking.check(Ledger.load(project)).counts]
    assert "2 of 3 recorded quantities follow from their formulas" in counts


def test_every_digit_of_the_words_beside_it_counts(project: Path) -> None:
    path = project / "index.ipynb"
    raw = path.read_text(encoding="utf-8")
    for line in re.findall(r'^ *"(tie:.*)"$', raw, re.M):
        for found in re.finditer(r"\d", line):
            changed = line[: found.start()] + ("7" if found[0] != "7" else "8") + line[found.end() :]
            path.write_text(raw.replace(line, changed), encoding="utf-8")
            assert checking.check(Ledger.load(project)).errors, changed


def test_a_changed_fact_is_a_change_of_all_that_follows(project: Path) -> None:
    from tieout.data.facts import refresh

    projects.change(project / "data" / "facts.csv", ",18.9,", ",18.8,")
    projects.change(project / "data" / "facts.csv", "$18.9 billion", "$18.8 billion")
    refresh(project)
    (found,) = checking.check(Ledger.load(project)).errors
    assert found.id == "market.multiple" and "its formula gives 7.52" in found.what


def test_what_nothing_uses_is_a_warning_with_its_cell(project: Path) -> None:
    projects.change(project / "index.ipynb", "[7.6-fold](tie:market.multiple)", "much")
    (found,) = checking.check(Ledger.load(project)).problems
    assert (found.severity, found.rule, found.id) == ("warning", "unused", "market.multiple")
    assert found.path == "index.ipynb" and found.line
    assert "[7.6-fold](tie:market.multiple)" in found.hint
    assert checking.check(Ledger.load(project)).ok


def test_what_a_loop_records_and_nothing_uses_is_said_once(tmp_path: Path) -> None:
    loop = 'for n in range(5):\\n    t.record(f\\"mass.n{n}\\", n, f\\"Number {n}\\")'
    root = analyses.project(tmp_path / "report", "#:# Mass\n\nText.", "loop = 1")
    projects.change(root / "penguins.ipynb", "loop = 1", loop)
    publish.run(Workspace.load(root))
    (found,) = checking.check(Ledger.load(root)).problems
    assert found.what == "nothing uses mass.n0, mass.n1, mass.n2 and 2 more"
    assert (found.severity, found.path) == ("warning", "penguins.ipynb")


def test_what_is_computed_on_is_used(project: Path) -> None:
    """The assumption is tied nowhere: the part that follows from it is."""
    assert not Ledger.load(project)["scenario.share"].used
    assert not checking.check(Ledger.load(project)).problems


def test_files_of_the_project_alone_are_looked_at_again_and_each_is_told_once(project: Path) -> None:
    (project / "same.csv").write_text("1\n", encoding="utf-8")
    same = hashlib.sha256(b"1\n").hexdigest()
    (project / "changed.csv").write_text("2\n", encoding="utf-8")
    (project.parent / "beside.csv").write_text("2\n", encoding="utf-8")
    names = ("same.csv", "changed.csv", "gone.csv", "../beside.csv", "penguins: data/penguins.csv")
    reads = tuple(Read(name, same, 2) for name in names)
    ledger = Ledger.load(project)
    for id in ("market.multiple", "market.part"):
        ledger.entries[id] = replace(ledger.entries[id], reads=reads)
    stale = [each for each in checking.check(ledger).problems if each.rule == "stale"]
    assert [(each.what.partition(" since")[0], each.id) for each in stale] == [
        ("changed.csv has changed", "market.multiple"),
        ("gone.csv is gone", "market.multiple"),
    ]


def test_an_id_that_stands_twice_fails(project: Path) -> None:
    book = json.loads((project / "index.ipynb").read_text(encoding="utf-8"))
    book["cells"].append({**book["cells"][1], "id": "again"})
    (project / "index.ipynb").write_text(json.dumps(book, indent=1), encoding="utf-8")
    (found,) = checking.check(Ledger.load(project)).errors
    assert (found.rule, found.id, found.where) == ("duplicate", "market.multiple", "cell 5 (again)")


def test_data_that_cannot_be_read_are_refused(project: Path) -> None:
    (project / "data" / "facts.csv").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="empty"):
        checking.check(Ledger.load(project))
