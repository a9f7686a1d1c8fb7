"""Pages that Quarto itself has made, in a browser: its search, and what Tieout's pages have as well."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.support import projects, quarto_book
from tests.support.shared import once
from tieout import publish
from tieout.machine.serving import HOST, start_server
from tieout.workspace import Workspace

Open = Callable[..., Page]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto is not on PATH"),
]


def build(folder: Path) -> None:
    """Build the book with Quarto; its sidebar offers the PDF."""
    quarto_book.create(folder)
    projects.change(
        folder / "_quarto.yml", "  output-file: small\n", "  output-file: small\n  downloads: [pdf]\n"
    )
    result = publish.build(Workspace.load(folder), "quarto", execute=False)
    assert result.site, [str(each) for report in result.reports for each in report.errors]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are served."""
    site = once(tmp_path_factory, "quarto-site", build) / "_site"
    server = start_server(site, 0)
    yield f"http://{HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_search_leads_to_the_section_that_says_it(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/index.html")
    page.locator("#quarto-search button").first.click()
    page.locator("input[type=search]").fill("multiple is 7.6-fold")
    page.get_by_role("option", name="multiple is 7.6-fold").first.click()
    expect(page).to_have_url(re.compile(rf"^{re.escape(address)}/chapters/market\.html"))
    expect(page.get_by_role("heading", name="Rates and multiples")).to_be_visible()


def test_tables_and_charts_and_the_pdf_are_taken_along(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/index.html")
    figure = page.locator("figure", has_text="Table")
    figure.get_by_text("Download").click()
    with page.expect_download() as taken:
        figure.get_by_role("button", name="CSV").click()
    assert taken.value.suggested_filename == "tbl-first.csv"
    assert Path(taken.value.path()).read_text(encoding="utf-8").splitlines() == ["What,Number", "Devices,162"]
    pdf = page.get_by_role("link", name="Download PDF").first.get_attribute("href")
    assert page.request.get(urljoin(f"{address}/", pdf or "")).body().startswith(b"%PDF")
    page.goto(f"{address}/chapters/market.html")
    figure = page.locator("figure", has_text="Figure 1.1")
    figure.get_by_text("Download").click()
    for name, file, said in (("SVG", "fig-path.svg", "<svg"), ("Specification", "fig-path.vl.json", '"bar"')):
        with page.expect_download() as taken:
            figure.get_by_role("button", name=name).click()
        assert taken.value.suggested_filename == file
        assert said in Path(taken.value.path()).read_text(encoding="utf-8")


def test_a_number_opens_its_panel(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/chapters/market.html")
    page.locator("a.tie", has_text="7.6-fold").first.click()
    expect(page.get_by_role("dialog", name="Growth multiple")).to_contain_text("$18.9 billion ÷ $2.5 billion")
