"""The PDF says what the pages say: same chapters, same ties in the same order, same numbers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import typst

from tests.support.registry import GROWTH, audited, build, edit
from tieout.problems import Report

TEXT = (Path(__file__).parent / "pdf" / "sites.typ").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold the report's pages once; look, do not touch."""
    return build("quarto", tmp_path_factory.mktemp("pdf"))


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """Copy the report's pages, to be changed at will."""
    return Path(shutil.copytree(built, tmp_path / "registry"))


def print_pdf(project: Path, *changes: tuple[str, str]) -> None:
    """Write the PDF beside the pages, with some texts of its source changed."""
    ledger = json.loads((project / "_site" / "ledger.json").read_text(encoding="utf-8"))
    rows = ""
    for entry in ledger["entries"]:
        basis = entry["formula"] or entry["origin"].removeprefix("stated in ")
        cells = [entry["display"] or entry["value"], entry["label"], basis]
        said = ", ".join(f"[#{json.dumps(cell, ensure_ascii=False)}]" for cell in cells)
        rows += f"  [=== {entry['id']} <{entry['id']}>], {said}, [],\n"
    text = TEXT.replace("@LEDGER@", rows)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    source = project / "sites.typ"
    source.write_text(text, encoding="utf-8")
    shutil.copy(project / "figures" / "fig-sites.svg", project / "fig-sites.svg")
    typst.compile(source, output=project / "_site" / "sites.pdf")


def said(report: Report) -> list[str]:
    return [str(problem) for problem in report.errors if problem.rule == "pdf"]


def test_a_pdf_that_says_what_the_pages_say_passes(project: Path) -> None:
    print_pdf(project)
    report = audited(project)
    assert said(report) == []
    counts = {each.label: (each.passed, each.total) for each in report.counts}
    assert counts["PDF chapters"] == (5, 5)
    assert counts["PDF ties as on the pages"] == (14, 14)
    right, total = counts["PDF numbers as on the pages"]
    assert right == total > 30
    assert counts["rows of the PDF's ledger"] == (4, 4)


def test_line_breaks_hyphens_and_running_heads_make_no_difference(project: Path) -> None:
    """A narrow page breaks ties over lines and pages."""
    print_pdf(project, ("width: 13cm, height: 11cm, margin: 2cm", "width: 7cm, height: 9cm, margin: 1.6cm"))
    assert said(audited(project)) == []


CHANGES = {
    "a tied number": ("[120] sites", "[121] sites", "shows `121`"),
    "a tied multiple": ("[2.5-fold] as", "[2.6-fold] as", "shows `2.6-fold`"),
    "a tie to another entry of the same value": (
        "(<sites.2020>)[120] sites",
        "(<sites.copy>)[120] sites",
        "where chapters/growth.html",
    ),
    "a tie left out": ("#link(<sites.2020>)[120] sites", "120 sites", "the tie `120`"),
    "a tied number of a table": ("link(<sites.2025>)[300],", "link(<sites.2025>)[310],", "shows `310`"),
    "a tied number of a caption": (
        "and #link(<sites.2025>)[2025]]",
        "and #link(<sites.2025>)[2026]]",
        "shows `2026`",
    ),
    "a tie of a note": (
        "Another list has #link(<sites.copy>)[120]",
        "Another list has #link(<sites.copy>)[140]",
        "`140`",
    ),
    "an untied number": ("42 is waived", "43 is waived", "shows `43`"),
    "a number more": ("closed none", "closed none of 99", "shows `99`"),
    "a number of a section": ("== 1.1 Method", "== 1.2 Method", "lacks `1`"),
    "a cross-reference": ("[Figure 1.1]", "[Figure 1.4]", "shows `4`"),
    "a year of a citation": ("[Example Agency 2026, 4]", "[Example Agency 2023, 4]", "shows `2023`"),
    "a year of the references": ("Agency. 2026.", "Agency. 2024.", "shows `2024`"),
    "the number of a chapter": ("= 1 Growth", "= 3 Growth", "has no chapter “1 Growth”"),
    "a chapter left out": ("= 2 References\n", "\n", "has no chapter “2 References”"),
    "a value of the ledger": ('[#"300"]', '[#"301"]', "the row of sites.2025 says"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_changed_in_the_pdf_fails(project: Path, name: str) -> None:
    old, new, message = CHANGES[name]
    print_pdf(project, (old, new))
    messages = said(audited(project))
    assert any(message in each for each in messages), messages
    assert all(each.startswith("sites.pdf: ") for each in messages)


def test_what_is_changed_on_the_pages_fails_in_the_pdf_too(project: Path) -> None:
    print_pdf(project)
    edit(project, GROWTH, ">300</data>", ">301</data>")
    assert any("sites.2025" in each for each in said(audited(project)))


def test_a_file_that_is_no_pdf_is_named(project: Path) -> None:
    (project / "_site" / "sites.pdf").write_bytes(b"nothing of the kind")
    (message,) = said(audited(project))
    assert "cannot be read as a PDF" in message


def test_pages_without_a_pdf_are_audited_and_that_is_said(project: Path) -> None:
    report = audited(project)
    assert report.ok
    (warning,) = [problem for problem in report.problems if problem.severity == "warning"]
    assert "there is no PDF" in warning.what
