"""What can be taken along: tables and the data of charts as CSV, pictures, specifications."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

Open = Callable[..., Page]
pytestmark = pytest.mark.browser


def test_tables_and_charts_are_taken_along(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/chapters/market.html")
    figure = page.locator("figure", has_text="Table 1.1")
    figure.get_by_text("Download").click()
    with page.expect_download() as taken:
        figure.get_by_role("button", name="CSV").click()
    assert taken.value.suggested_filename == "tbl-sizes.csv"
    lines = Path(taken.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Year,Size of the market,Words that take some room in the row"
    assert lines[1] == "2020,$2.5 billion,code and strong text"
    figure = page.locator("figure", has_text="Figure 1.1")
    figure.get_by_text("Download").click()
    for name, file, said in (
        ("CSV", "fig-path.csv", "market.2024"),
        ("Specification", "fig-path.vl.json", '"bar"'),
        ("SVG", "fig-path.svg", "<svg"),
    ):
        with page.expect_download() as taken:
            figure.get_by_role("button", name=name).click()
        assert taken.value.suggested_filename == file
        assert said in Path(taken.value.path()).read_text(encoding="utf-8")
    with page.expect_download() as taken:
        figure.get_by_role("button", name="PNG").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"\x89PNG")


def test_a_chart_taken_from_a_dark_page_is_as_its_notebook_stored_it(
    open_page: Open, report_address: str, built: Path
) -> None:
    page = open_page(f"{report_address}/chapters/02-market.html", color_scheme="dark")
    figure = page.locator("#fig-market-path")
    figure.get_by_text("Download").click()
    with page.expect_download() as taken:
        figure.get_by_role("button", name="SVG").click()
    stored = (built / "figures" / "fig-market-path.svg").read_bytes()
    assert Path(taken.value.path()).read_bytes().strip() == stored.strip()
