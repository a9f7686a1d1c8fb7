"""Ordinary books build: what page and PDF number, set and break in their own ways is no mistake."""

from __future__ import annotations

import base64
import html
import json
import re
import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.support import ordinary_books, projects
from tests.support.html import mistakes
from tests.support.ordinary_books import FILES, PICTURE
from tieout import publish
from tieout.audit import site
from tieout.audit.against import Audit
from tieout.audit.audited import audit_page
from tieout.audit.document import Document
from tieout.audit.pdf import compare
from tieout.audit.reading import read_page
from tieout.audit.sheet import sheets
from tieout.checks.prose import NUMBERS
from tieout.ledger import Ledger
from tieout.problems import Problem
from tieout.workspace import Workspace

# Two long words of code reach beyond the edge of the paper.
WARNINGS = {"shortcode": 1, "picture": 2, "page-edge": 2, "harmful": 2, "no-font": 1, "emoji": 1}


def built(root: Path) -> publish.Result:
    return publish.build(Workspace.load(root), "pandoc", execute=False)


def errors(found: Iterable[Problem]) -> list[Problem]:
    return [each for each in found if each.severity == "error"]


def shown_digits(page: str) -> Iterator[int]:
    """Give the places of digits alone in the text of a page; marks of notes are compared on the page only."""
    start, end = page.index("<article>"), page.index("</article>")
    for text in re.finditer(r"<(?!annotation|sup>)[^<>]*>([^<>]+)", page[start:end]):
        for digit in re.finditer(r"(?<![\w.,])[2-9](?![\w.,]*\w)", text[1]):
            yield start + text.start(1) + digit.start()


def problems(result: publish.Result, severity: str = "error") -> list[Problem]:
    return [each for report in result.reports for each in report.problems if each.severity == severity]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, publish.Result]:
    """Hold the book of all ordinary documents, a chapter for each group; look, do not touch."""
    root = ordinary_books.write(tmp_path_factory.mktemp("ordinary"), ordinary_books.grouped())
    return root, built(root)


def test_there_are_more_than_a_hundred_documents() -> None:
    assert len(ordinary_books.documents()) > 120


def test_ordinary_documents_are_published_without_an_error(book: tuple[Path, publish.Result]) -> None:
    _, result = book
    assert [str(each) for each in problems(result)] == []
    assert result.site is not None
    pages = {page.name: mistakes(page.read_text(encoding="utf-8")) for page in result.site.glob("*.html")}
    assert {name: said for name, said in pages.items() if said} == {
        "further.html": ["<td align> is obsolete"]
    }
    said = [each.rule for each in problems(result, "warning")]
    assert {rule: said.count(rule) for rule in said} == WARNINGS
    assert {each.label: each.passed for report in result.reports for each in report.counts} == {
        each.label: each.total if each.label != NUMBERS else 0
        for report in result.reports
        for each in report.counts
    }
    assert result.tied is not None
    assert (result.tied.passed, result.tied.total > 700) == (0, True)


def test_a_digit_changed_in_an_ordinary_page_is_found_on_it_and_in_the_pdf(
    book: tuple[Path, publish.Result],
) -> None:
    """The PDF is compared with the page, so that a digit changed on either side parts them."""
    root, _ = book
    audit = Audit.of(Ledger.of(Workspace.load(root)))
    document = Document.read(audit.folder / "Ordinary.pdf")
    survivors, tried = [], 0
    for href in audit.site.pages:
        text = (audit.folder / href).read_text(encoding="utf-8")
        places = [*shown_digits(text)]
        for place in places[:: max(1, len(places) // 4)]:
            changed = f"{text[:place]}{int(text[place]) - 1}{text[place + 1 :]}"
            tried += 1
            other = site.with_page(audit, read_page(changed.encode(), href, audit.folder))
            _, said = compare(
                "Ordinary.pdf", document, other.site, audit.published, sheets(other.site, audit.expected)
            )
            if not (errors(said) and errors(audit_page(other, other.site.pages[href]).problems)):
                survivors.append(f"{href}: {text[place - 40 : place + 20]!r}")
    assert tried > 25
    assert survivors == []


NAMES = ("a # b.md", "what?.md", "50%25.md", "ünï & [2024].md", "sub dir/C#.qmd", "sub dir/semi:x'y\".md")


def test_files_may_be_named_as_people_name_them(tmp_path: Path) -> None:
    chapters = {}
    for number, name in enumerate(NAMES):
        following = NAMES[(number + 1) % len(NAMES)]
        link = "/" + urllib.parse.quote(following)
        chapters[name] = (
            f"# Chapter {number} {{#sec-{number}}}\n\n"
            f"See [the next]({link}) and @sec-{(number + 3) % len(NAMES)}.\n\n"
            f"![Of {number}](/pictures/bars.png){{#fig-{number}}}\n"
        )
    root = ordinary_books.write(tmp_path, chapters)
    result = built(root)
    assert [str(each) for each in problems(result)] == []
    for name in NAMES:
        page = root / "_book" / Path(name).with_suffix(".html")
        for link in re.findall(r'<a [^>]*href="([^"#]+\.html)', page.read_text(encoding="utf-8")):
            target = urllib.parse.urljoin("file:" + urllib.parse.quote(str(page)), html.unescape(link))
            assert Path(urllib.parse.unquote(urllib.parse.urlparse(target).path)).is_file(), link


def test_a_book_of_one_chapter_needs_nothing_else(tmp_path: Path) -> None:
    result = built(ordinary_books.write(tmp_path, {}, {}))
    assert problems(result) + problems(result, "warning") == []
    assert [path.name for path in result.files] == ["index.html", "Ordinary.pdf"]
    assert str(result.tied) == "0 of 2 numbers tied"


def test_notes_of_headings_stand_at_the_text_below(tmp_path: Path) -> None:
    """In a heading they would be numbered and shown again by the contents, and be words of the outline."""
    chapter = (
        "# Chapter^[Of 18 words.] 1\n\n12 people.^[Of 4.]\n\n"
        "## Section^[Of 17.] 2\n\n- 5 dots\n\n## 6^[*7*]\n"
    )
    root = ordinary_books.write(tmp_path, {"a.md": chapter}, {})
    result = built(root)
    assert problems(result) + problems(result, "warning") == []
    page = (root / "_book" / "a.html").read_text(encoding="utf-8")
    assert all(f"<sup>{number}</sup>" in page for number in (1, 2, 3, 4))
    assert "Of 18 words." in page and not re.search(r"<h[12][^>]*>[^\n]*<sup>", page)


def test_pictures_attached_to_a_cell_are_shown(tmp_path: Path) -> None:
    data = {"image/png": base64.b64encode(PICTURE).decode()}
    source = "# Of 7\n\n![of 3](attachment:pic%20ture.png) and ![of 4](attachment:p.png).\n\n"
    source += "![Of 5](attachment:p.png)"
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": source}
    cell |= {"attachments": {"p.png": data, "pic ture.png": data}}
    notebook = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    files = {name: text for name, text in FILES.items() if name != "references.bib"}
    result = built(ordinary_books.write(tmp_path, {"nb.ipynb": notebook}, files))
    assert problems(result) + problems(result, "warning") == []
    assert (tmp_path / "_book" / "nb.html").read_text(encoding="utf-8").count("<img ") == 3


def test_a_hyphen_before_a_number_is_a_minus_sign_on_paper(tmp_path: Path) -> None:
    """Typst sets it so; several numbers in one tie are compared sign by sign."""
    effect = "effect,Effect,-0.38,1,rounded,2024,agency2026,1:p2,-0.38\n"
    facts = projects.FACTS + effect + "effect.se,Error,0.03,1,rounded,2024,agency2026,1:p2,0.03\n"
    prose = "It is [-0.38](tie:effect), with [b = -0.38, SE = 0.03](tie:effect) (r = [-0.38](tie:effect))."
    root = projects.create(tmp_path / "report", {"index.md": f"# Home\n\n{prose}\n"}, facts=facts)
    result = built(root)
    assert result.site, [str(each) for report in result.reports for each in report.errors]
