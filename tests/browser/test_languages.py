"""Charts and numbers on pages in other languages: written as the language does, and read from its side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import _serve
from tests.support import small_report
from tieout.authoring import chart
from tieout.project import Project
from tieout.render.build import build

Open = Callable[..., Page]
pytestmark = pytest.mark.browser


def site(root: Path, lang: str) -> Path:
    """Build the small report in a language, with a chart of thousands over days."""
    root.mkdir()
    (root / "_quarto.yml").write_text(f"lang: {lang}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        import altair

        rows = [{"day": f"2024-05-{day:02}", "size": size} for day, size in ((1, -2500), (9, 5000))]
        plot = altair.Chart(altair.Data(values=rows), width=420, height=220).mark_bar()
        plot = plot.encode(x="day:T", y=altair.Y("size:Q", axis=altair.Axis(format=",.1f")), tooltip="size:Q")
        spec = chart.specification("fig-path", plot)
        patch.setattr(small_report, "chart", lambda: altair.Chart.from_dict(spec, validate=False))
        small_report.create(root)
    config = root / "_quarto.yml"
    config.write_text(config.read_text("utf-8").replace("lang: en", f"lang: {lang}"), encoding="utf-8")
    chapter = root / "chapters/market.ipynb"
    text = chapter.read_text("utf-8").replace("[0.5%](tie:scenario.low)", "[−0.5%](tie:scenario.low)")
    chapter.write_text(text, encoding="utf-8")
    build(Project.load(root), "pandoc", ("html",))
    return root / "_site"


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from _serve(site(tmp_path_factory.mktemp("de") / "report", "de"))


@pytest.fixture(scope="module")
def hebrew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from _serve(site(tmp_path_factory.mktemp("he") / "report", "he"))


def texts(page: Page, selector: str) -> list[str]:
    return [each.strip() for each in page.locator(f"{selector} svg text").all_text_contents()]


def test_a_chart_that_is_explored_speaks_the_language_of_its_picture(open_page: Open, german: str) -> None:
    page = open_page(f"{german}/chapters/market.html")
    expect(page.locator(".chart-drawn svg")).to_be_visible()
    drawn = texts(page, ".chart-drawn")
    assert {"4.000,0", "7. Mai"} <= {*drawn}, drawn
    page.locator(".chart-drawn").hover()  # a chart with tooltips of its own awakes
    expect(page.locator(".chart[data-figure] svg")).to_be_visible()
    explored = texts(page, ".chart[data-figure]")
    assert "4.000,0" in explored and "7. Mai" in explored and "−2.000,0" in explored


def test_a_chart_has_its_axis_on_the_same_side_in_text_from_the_right(open_page: Open, hebrew: str) -> None:
    page = open_page(f"{hebrew}/chapters/market.html")
    drawing = page.locator(".chart-drawn svg").first
    expect(drawing).to_have_css("direction", "ltr")
    box = drawing.bounding_box()
    assert box
    for label in page.locator(".chart-drawn svg text").all():
        inside = label.bounding_box()
        assert (
            inside
            and box["x"] - 1 <= inside["x"]
            and inside["x"] + inside["width"] <= box["x"] + box["width"] + 1
        )


def test_a_sign_stands_before_its_number_in_text_from_the_right(open_page: Open, hebrew: str) -> None:
    page = open_page(f"{hebrew}/chapters/market.html")
    places = page.locator("[data-tie='scenario.low'] data").first.evaluate(
        """data => [0, 1].map(at => {
            const range = document.createRange();
            range.setStart(data.firstChild, at); range.setEnd(data.firstChild, at + 1);
            return range.getBoundingClientRect().left;
        })"""
    )
    assert places[0] < places[1]
