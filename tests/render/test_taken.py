"""What can be taken along and read beside the pages: tables, figures and notebooks, each as a file."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from tests.support import projects
from tieout import publish
from tieout.audit import site as audit
from tieout.ledger import Ledger
from tieout.workspace import Workspace

CHART = {"data": {"values": [{"year": 2024, "size": 2.5}, {"year": 2030, "size": None}]}, "mark": "bar"}
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">'
    '<rect width="9" height="9"/></svg>'
)
TABLE = "| Year | Size |\n|---|---:|\n| [2024](tie:market.2024:year) | [\\$2.5 billion](tie:market.2024) |"
CELLS = [
    "#:# Market {#sec-market}\n\nIt <was> [\\$2.5 billion](tie:market.2024).\n\n"
    "See @fig-path [@agency2026; @tbl-sizes], `@fig-path`.",
    projects.code(
        "draw()",
        {"image/svg+xml": PICTURE, "application/vnd.vegalite.v6+json": CHART, "text/plain": "chart"},
        options='#| label: fig-path\n#| fig-cap: "The path"\n#| fig-alt: "A bar"\n',
    ),
    projects.code(
        "show()",
        {"text/markdown": TABLE, "text/plain": "table"},
        options='#| label: tbl-sizes\n#| tbl-cap: "Sizes"\n',
    ),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = projects.create(
        tmp_path_factory.mktemp("taken") / "report", {"index.md": "# Home\n", "chapters/market.ipynb": CELLS}
    )
    config = root / "_quarto.yml"
    text = config.read_text("utf-8").replace(
        "output-dir: _site", "output-dir: _site, resources: [chapters/*.ipynb]"
    )
    config.write_text(text, "utf-8")
    result = publish.build(Workspace.load(root), "pandoc", ["html"], execute=False)
    assert result.site, [str(each) for report in result.reports for each in report.problems]
    return root


def test_each_figure_and_table_is_there_in_every_form(built: Path) -> None:
    site = built / "_site"
    page = (site / "downloads.html").read_text("utf-8")
    links = [unquote(link) for link in re.findall(r'href="([^"]*)"', page)]
    for form in ("fig-path.svg", "fig-path.png", "fig-path.csv", "fig-path.vl.json", "tbl-sizes.csv"):
        assert f"downloads/{form}" in links
    assert [link for link in links if not (site / link.partition("#")[0]).is_file()] == []
    assert "chapters/market.html#fig-path" in links and "chapters/market.html#tbl-sizes" in links
    assert (site / "downloads/fig-path.png").read_bytes().startswith(b"\x89PNG")
    rows = csv.reader(io.StringIO((site / "downloads/fig-path.csv").read_text("utf-8")))
    assert [*rows] == [["year", "size"], ["2024", "2.5"], ["2030", ""]]
    rows = csv.reader(io.StringIO((site / "downloads/tbl-sizes.csv").read_text("utf-8")))
    assert [*rows] == [["Year", "Size"], ["2024", "$2.5 billion"]]


def test_no_link_leads_to_a_pdf_that_was_not_made(built: Path) -> None:
    assert ".pdf" not in (built / "_site" / "downloads.html").read_text("utf-8")


def test_a_notebook_can_be_read_where_it_can_be_taken_along(built: Path) -> None:
    site = built / "_site"
    page = html.fromstring((site / "chapters/market.ipynb.html").read_bytes())
    assert "It <was> $2.5 billion." in page.xpath("//div[@class='cell-text']/p")[0].text_content()
    assert page.xpath("//div[@class='cell-text']/h2/text()") == ["Market"]
    assert "show()" in page.text_content()
    assert page.xpath("//img/@alt") == ["A bar"]
    assert [cell.text for cell in page.xpath("//td")] == ["2024", "$2.5 billion"]
    assert page.xpath("//script/@src") == ["../site_libs/early.js"]  # light or dark, as the reader chose
    assert not page.xpath("//script/text()")
    chapter = html.fromstring((site / "chapters/market.html").read_bytes())
    assert "../chapters/market.ipynb.html" in chapter.xpath("//a/@href")
    assert "chapters/market.ipynb.html" in html.fromstring((site / "downloads.html").read_bytes()).xpath(
        "//a/@href"
    )


def test_a_notebook_calls_works_and_figures_what_its_chapter_calls_them(built: Path) -> None:
    site = built / "_site"
    said = html.fromstring((site / "chapters/market.ipynb.html").read_bytes()).xpath(
        "//div[@class='cell-text']/p"
    )[1]
    assert said.text_content() == "See Figure\xa02.1 (Example Agency 2026; Table\xa02.1), @fig-path."
    links = said.xpath(".//a/@href")
    assert links == ["market.html#fig-path", "../references.html#ref-agency2026", "market.html#tbl-sizes"]


@pytest.mark.parametrize(
    "name", ["downloads/tbl-sizes.csv", "downloads/fig-path.png", "chapters/market.ipynb.html"]
)
def test_what_was_changed_is_caught(built: Path, name: str) -> None:
    path = built / "_site" / name
    data = path.read_bytes()
    half = len(data) // 2
    path.write_bytes(data[:half] + b"7" + data[half:])
    try:
        assert any(problem.path == name for problem in audit.check(Ledger.load(built)).problems)
    finally:
        path.write_bytes(data)
    assert audit.check(Ledger.load(built)).ok
