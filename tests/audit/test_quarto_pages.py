"""Pages that Quarto itself made: what it adds is understood, whatever is changed fails and is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.corruption.digits import changed, in_page
from tests.support import quarto_book
from tests.support.registry import audited, edit
from tieout.audit import site
from tieout.audit.against import Audit
from tieout.audit.audited import audit_page
from tieout.audit.reading import read_page
from tieout.ledger import Ledger

MARKET = "chapters/market.html"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold the book with its pages; look, do not touch."""
    return quarto_book.rendered(tmp_path_factory.mktemp("quarto") / "book")


@pytest.fixture
def book(made: Path, tmp_path: Path) -> Path:
    """Copy the book, to be changed at will."""
    return Path(shutil.copytree(made, tmp_path / "book"))


def test_pages_as_quarto_made_them_pass_with_every_number_accounted_for(made: Path) -> None:
    report = audited(made)
    assert [str(each) for each in report.errors] == []
    counts = {each.label: (each.passed, each.total) for each in report.counts}
    for label, (right, total) in counts.items():
        assert right == total > 0, label
    assert counts["ties agree"] == (10, 10) and counts["charts equal to what their cells stored"] == (1, 1)


def test_a_changed_digit_of_quartos_pages_never_passes(made: Path) -> None:
    audit = Audit.of(Ledger.load(made))
    survivors, tried = [], 0
    for href in audit.site.pages:
        text = (audit.folder / href).read_text(encoding="utf-8")
        for digit in in_page(text):
            tried += 1
            page = read_page(changed(text, digit.at).encode(), href, audit.folder)
            other = site.with_page(audit, page)
            caught = audit_page(other, page).problems or [
                each for part in site.audit_appendices(other).values() for each in part.problems
            ]
            if not caught:
                survivors.append(f"{href}: {digit.kind}: …{text[digit.at - 60 : digit.at + 20]!r}")
    assert tried > 100
    assert survivors == []


@pytest.mark.parametrize(
    ("page", "old", "new", "rule"),
    [
        ("index.html", ">Rates and multiples<", ">Rates of 2031<", "structure"),
        ("findings.html", "Appendix A — Findings", "Appendix B — Findings", "structure"),
        (MARKET, 'alt="One bar: $2.5', 'alt="One bar: $2.6', "untied"),
        (MARKET, 'title="Of 162', 'title="Of 163', "structure"),
        (MARKET, "<mn>1.1</mn>", "<mn>1.2</mn>", "structure"),
        ("search.json", "with 10% in it", "with 20% in it", "search"),
        ("search.json", "1.1 Rates", "1.2 Rates", "search"),
        ("site_libs/ledger.js", "$2.5 billion", "$2.6 billion", "panel"),
    ],
)
def test_what_is_changed_is_named(book: Path, page: str, old: str, new: str, rule: str) -> None:
    edit(book, page, old, new, count=-1)
    found = audited(book).errors
    assert (page, rule) in {(each.path, each.rule) for each in found}, [str(each) for each in found]


def test_a_render_without_the_ledger_beside_it_is_one_mistake(book: Path) -> None:
    for path in (book / "_site").glob("ledger*.json*"):
        path.unlink()
    (problem,) = audited(book).errors
    assert problem.path == "ledger.json" and "post-render" in problem.hint


def test_search_says_what_pages_say_where_a_section_begins_with_its_number(book: Path) -> None:
    path = book / "_site" / "search.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    assert any(str(record["text"]).startswith("1.1 ") for record in records)


@pytest.mark.parametrize(("shown", "stray"), [("", []), ("\n<p>Growth was 12%.</p>", ["old.html"])])
def test_a_page_that_only_leads_on_is_none_of_the_book(book: Path, shown: str, stray: list[str]) -> None:
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n<meta http-equiv="refresh" '
        f"content=\"0;URL='index.html'\" />\n</head>\n<body>{shown}\n</body>\n</html>"
    )
    (book / "_site/old.html").write_text(page, encoding="utf-8")
    assert [problem.path for problem in site.stray_pages(Audit.of(Ledger.load(book)))] == stray
