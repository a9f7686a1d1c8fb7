"""Links and pictures that a chapter writes in HTML: the PDF has them, links lead to chapters, none runs."""

from __future__ import annotations

import base64
from pathlib import Path

import pypdf
import pytest

from tests.support import ordinary_books
from tieout import publish
from tieout.workspace import Workspace

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TEXT = """# Shown

<img width="40%" src="a b.png" alt="A dot of 1">

Between <img src="a%20b.png" alt="small" title="T"> words.

Go on to <a href="more.md">the **3** others</a>, or
<a class="x" href="https://example.org/a_\N{EN DASH}_b">a dash</a>.

<a href="more.md#more"><img src="a%20b.png" alt="Run it"></a>

A <a href="java&#9;script:alert(1)">tab</a>, a <a href="javascript:alert(1)">script</a>, a <a
href="data:text/html,x">page</a>, a <a href="&#1;javascript:alert(1)">sign</a>,
<a href="//example.org">none</a>,
<a name="here">a place</a>, <a id="kept" class="own" href="more.md" data-chart="x.js">kept</a>,
<a href="more.md" onclick="alert(1)">more</a>.
"""
MORE = "# More {#more}\n\nText.\n"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> publish.Result:
    files = {"a b.png": PNG}
    root = ordinary_books.write(tmp_path_factory.mktemp("raw"), {"shown.md": TEXT, "more.md": MORE}, files)
    return publish.build(Workspace.load(root), "pandoc", ["html", "pdf"], execute=False)


def test_such_a_book_is_published_and_agrees(result: publish.Result) -> None:
    problems = [each for report in result.reports for each in report.problems]
    assert result.site is not None, problems
    assert {each.rule for each in problems} <= {"accessible", "harmful", "raw"}, problems


def test_links_lead_to_chapters_and_none_runs(result: publish.Result) -> None:
    assert result.site is not None
    page = (result.site / "shown.html").read_text("utf-8")
    assert '<a href="more.html">the <strong>3</strong> others</a>' in page
    assert '<a href="more.html">more</a>' in page
    assert '<a href="more.html" id="kept" class="own">kept</a>' in page
    assert page.count('href="more.html#more"') == 1
    for harmful in ("javascript:", "java%09", "data:text", "onclick"):
        assert harmful not in page


def test_the_pdf_has_them(result: publish.Result) -> None:
    assert result.site is not None
    (file,) = result.site.glob("*.pdf")
    pages = pypdf.PdfReader(file).pages
    links = [
        str(note.get_object().get("/A", {}).get("/URI", ""))
        for each in pages
        for note in each.get("/Annots") or []
    ]
    assert any("example.org/a_" in link for link in links)
    assert not [link for link in links if "script" in link or link.startswith("data:")]
    assert sum(len(page.images) for page in pages) >= 1


def test_what_is_on_the_web_is_loaded_by_no_page(tmp_path: Path) -> None:
    text = (
        '# W\n\n<img src="https://example.org/x.png" alt="Far 2"> and <img src="//example.org/y.png"> here.\n'
    )
    root = ordinary_books.write(tmp_path, {"w.md": text}, {})
    result = publish.build(Workspace.load(root), "pandoc", ["html", "pdf"], execute=False)
    assert result.site is not None
    page = (result.site / "w.html").read_text("utf-8").split("<article")[1]
    assert page.count("example.org") == 1 and '<a href="https://example.org/x.png">Far 2</a>' in page
