"""Data frames as they show themselves become tables of both media, digit by digit."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from tests.support import projects
from tests.support.shared import once
from tieout.audit import site
from tieout.ledger import Ledger

FRAME = pd.DataFrame({"species": ["a", "b", "3 d"], "mass": [3.5, 4.25, 17.0], "born": [2001, 2002, 2003]})
WIDE = FRAME.pivot_table(index="species", values="mass", aggfunc=["mean", "max"])
INDEX = pd.MultiIndex.from_product([[2013, 2014], [1, 2]], names=["year", "visit"])
VISITS = pd.DataFrame({"Bob": [30.0, 47.0, 51.0, 49.0], "Sue": [35.0, 36.4, 36.2, 35.7]}, INDEX)
SUMMARY = """<table class="simpletable"><caption>Results of 88 rows</caption>
<tr><td></td><th>coef</th><th>P>|t|</th></tr><tr><th>x</th><td>  0.561</td><td> 0.012</td></tr></table>
<table><tr><th>Omnibus:</th><td>71.4</td></tr></table><br/><br/>Notes:<br/>[1] Errors are robust."""
JULIA = """<table class="data-frame">
<thead><tr><th></th><th>year</th></tr><tr><th></th><th>Int64</th></tr></thead>
<tbody><p>2 rows × 1 columns</p><tr><th>1</th><td>1951</td></tr>
<tr><th>2</th><td>1952</td></tr></tbody></table>"""
DAYS = pd.DataFrame({"day": pd.to_datetime(["2022-04-01"]), "code": ["up-to-date"]})
ADDRESS = "<pandas.io.formats.style.Styler at 0x7f4c2d1b>"


def write(folder: Path) -> None:
    """Write and build a book whose cells show frames, a styled and one of Julia, a model, a bit of HTML."""
    cells = [
        "#:# Frames\n\nText.",
        projects.code("import tieout\nby_kind", {"text/html": FRAME.to_html(), "text/plain": str(FRAME)}),
        projects.code("wide", {"text/html": WIDE.to_html(), "text/plain": str(WIDE)}),
        projects.code("visits", {"text/html": VISITS.to_html(), "text/plain": str(VISITS)}),
        projects.code("styled", {"text/html": FRAME.style.to_html(), "text/plain": ADDRESS}),
        projects.code("fit", {"text/html": SUMMARY, "text/latex": "\\begin{center}", "text/plain": "<S>"}),
        projects.code("julia", {"text/html": JULIA, "text/plain": "2×1 DataFrame"}),
        projects.code("days", {"text/html": DAYS.to_html(), "text/plain": str(DAYS)}),
        projects.code("html", {"text/html": "<b>77</b> of<br>99", "text/plain": "<I.HTML object>"}),
        projects.code("axes", {"text/plain": "[<matplotlib.lines.Line2D at 0x7f4c2d1b>]"}),
    ]
    for count, cell in enumerate((each for each in cells if isinstance(each, dict)), start=1):
        cell |= {"id": f"cell-{count}", "execution_count": count}
    projects.published(folder, {"index.ipynb": cells})


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "html-outputs", write)


def test_frames_are_tables_and_objects_are_nothing(book: Path) -> None:
    page = (book / "_site" / "index.html").read_text("utf-8")
    assert page.count("<table") == 8
    assert "<strong>77</strong>" in page
    for gone in ("0x7f4c", "Line2D", "scoped", "T_", "dataframe tbody", "&lt;table"):
        assert gone not in page, gone
    assert re.search(r'<td style="text-align: right;">17\.00?</td>', page), "numbers stand at the right"
    assert re.search(r"<p>Notes:<br\s?/?>\s*\[1\] Errors are robust\.</p>", page), "a paragraph of its own"


def test_a_date_is_not_broken_at_its_hyphens(book: Path) -> None:
    page = html.fromstring((book / "_site" / "index.html").read_bytes())
    assert page.xpath("//td[@class='together']/text()") == ["2022-04-01"]


def test_what_an_index_is_called_stands_over_its_column(book: Path) -> None:
    """In the row of the other heads; where that would move a head, two rows stay."""
    page = html.fromstring((book / "_site" / "index.html").read_bytes())
    heads = [
        [[cell.text_content().strip() for cell in row] for row in table.xpath("./thead/tr")]
        for table in page.xpath("//main//table")
    ]
    assert [["year", "visit", "Bob", "Sue"]] in heads
    assert [["", "year"], ["", "Int64"]] in heads


def test_cells_over_rows_stand_on_paper_as_on_the_page(book: Path) -> None:
    """The year is set behind the first of its rows, whose last number it must not join."""
    page = (book / "_site" / "index.html").read_text("utf-8")
    assert page.count('rowspan="2"') == 2
    report = site.check(Ledger.load(book), book / "_site")
    assert not report.problems and any(each.label.startswith("PDF numbers") for each in report.counts)


def test_each_number_of_a_frame_is_accounted_for_and_a_changed_one_is_found(
    book: Path, tmp_path: Path
) -> None:
    ledger = Ledger.load(book)
    source = book / "_site"
    assert not site.check(ledger, source).problems
    changed = tmp_path / "site"
    for old, new in (("4.25", "4.52"), ("0.561", "0.516"), ("71.4", "-71.4"), ("88 rows", "89 rows")):
        shutil.rmtree(changed, ignore_errors=True)
        shutil.copytree(source, changed)
        page = changed / "index.html"
        text = page.read_text("utf-8")
        assert old in text
        page.write_text(text.replace(old, new, 1), encoding="utf-8")
        assert site.check(ledger, changed).errors, old


def test_numbers_of_an_output_that_need_ties_are_one_problem_at_its_place_in_the_notebook(
    book: Path, tmp_path: Path
) -> None:
    """Where all is asked for: what is said is what can be done, and each number stays unexplained."""
    root = tmp_path / "book"
    shutil.copytree(book, root)
    projects.change(root / "_quarto.yml", "require: none", "require: all")
    report = site.check(Ledger.load(root), root / "_site")
    found = {re.sub(r" \(.*?\)", "", each.where): each for each in report.errors}
    assert {each.rule for each in report.errors} == {"untied"} and len(found) == len(report.errors)
    outputs = [f"cell {number}, output 1" for number in range(2, 8) if number != 6]
    assert [name for name in outputs if name not in found] == [], sorted(found)
    frame = found["cell 2, output 1"]
    assert frame.path == "index.ipynb" and "`3.5" in frame.what and "numbers that it shows" in frame.what
    lines = (root / "index.ipynb").read_text("utf-8").splitlines()
    assert lines[(frame.line or 0) - 2].strip() == '"outputs": ['
    assert frame.hint.startswith('show it as `tieout.table(by_kind, ids="by-kind.{index}.{column}")`')
    assert "require: results" in frame.hint
    count = next(each for each in report.counts if each.label == "numeric tokens accounted for")
    numbers = len(re.findall(r"\d+", "".join(each.what.partition("tied: ")[2] for each in report.errors)))
    assert count.total - count.passed > numbers > len(report.errors)
