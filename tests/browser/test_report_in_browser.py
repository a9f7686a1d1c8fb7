"""The report itself in a browser: every page works alone, on a phone, light and dark, for everyone."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.accessibility import violations
from tieout.project import Project

Open = Callable[..., Page]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hrefs(built: Path) -> list[str]:
    """The addresses of all pages, in the order of the chapters."""
    project = Project.load(built)
    return [project.href(chapter) for chapter in project.chapters]


def draw_charts(page: Page) -> None:
    """Come near every chart of a page, so that it is drawn."""
    pictures = page.locator("img[data-chart]")
    for each in pictures.all():
        each.locator("xpath=ancestor::figure").scroll_into_view_if_needed()
    expect(page.locator(".chart > svg")).to_have_count(pictures.count())


PIXEL = """image => {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.drawImage(image, 0, 0);
    return Array.from(canvas.getImageData(3, 3, 1, 1).data).slice(0, 3);
}"""


def test_charts_follow_the_page_without_a_script(open_page: Open, report_address: str) -> None:
    page = open_page(f"{report_address}/chapters/02-market.html", java_script_enabled=False)
    picture = page.locator("#fig-market-path img")
    shades = {"light": [255, 255, 255], "dark": [20, 24, 29]}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert picture.evaluate(PIXEL) == shades[scheme]
    page.emulate_media(media="print", color_scheme="dark")
    assert picture.evaluate(PIXEL) == shades["light"]


def test_every_page_is_for_everyone_its_marks_name_entries_and_its_numbers_open(
    open_page: Open, report_address: str, hrefs: list[str], built: Path
) -> None:
    entries = json.loads((built / "_site" / "ledger.json").read_text(encoding="utf-8"))["entries"]
    ids = {entry["id"] for entry in entries}
    page = open_page("about:blank")
    drawn = opened = 0
    marks: dict[str, list[str]] = {}
    found = {}
    for href in hrefs:
        page.goto(f"{report_address}/{href}")
        draw_charts(page)
        drawn += page.locator("img[data-chart]").count()
        named = page.locator(".chart [data-entry]").evaluate_all("all => all.map(e => e.dataset.entry)")
        marks[href] = [id.partition(":")[0] for each in named for id in each.split(", ")]
        ties = page.locator("article p a.tie")
        if ties.count():
            ties.first.click()
            expect(page.get_by_role("dialog")).to_contain_text("Open in the ledger")
            page.keyboard.press("Escape")
            opened += 1
        # The ledger says the same of every entry: its first entries stand for the others.
        page.evaluate(
            "document.querySelectorAll('[data-entry]:nth-of-type(n + 13)').forEach(e => e.remove())"
        )
        found[href] = violations(page)
    assert {href: said for href, said in found.items() if said} == {}
    assert {href: set(each) - ids for href, each in marks.items() if not set(each) <= ids} == {}
    assert (drawn >= 12, sum(map(len, marks.values())) > 50, opened >= 9) == (True, True, True)


def test_the_first_load_of_a_chapter_is_light(
    open_page: Open, report_address: str, built: Path, hrefs: list[str]
) -> None:
    """150 kB, compressed, with fonts and pictures; the scripts that draw charts are apart."""
    chapters = [href for href in hrefs if href.startswith("chapters/") and "ledger" not in href]
    editions = [*chapters, *(f"uk/chapters/uk/{href.rpartition('/')[2]}" for href in chapters)]
    weights = {}
    for href in editions:
        page = open_page("about:blank")
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(f"{report_address}/{href}", wait_until="networkidle")
        names = {url.removeprefix(f"{report_address}/") for url in asked}
        scripts = {name for name in names if "/media/" in f"/{name}" and name.endswith(".js")}
        assert not [name for name in scripts if name.endswith(".vl.js")]
        files = [built / "_site" / name for name in names - scripts]
        weights[href] = sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)
        page.close()
    assert {href: weight for href, weight in weights.items() if weight > 150_000} == {}


@pytest.mark.parametrize("home", ["index.html", "uk/index.uk.html"])
@pytest.mark.parametrize("width", [1280, 1440])
def test_the_front_page_is_a_screen_and_a_half(
    open_page: Open, report_address: str, home: str, width: int
) -> None:
    page = open_page(f"{report_address}/{home}", viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollHeight") <= 1.5 * 900
    assert page.locator("h1").count() == 1
    assert page.locator(".key-figures a.tie").count() >= 6


# A page of each kind, in the other language and beside the chapters.
SAMPLE = [
    "uk/index.uk.html",
    "uk/chapters/uk/02-market.html",
    "uk/chapters/uk/findings.html",
    "uk/downloads.html",
    "uk/chapters/uk/04-regulation.ipynb.html",
    "downloads.html",
    "chapters/02-market.ipynb.html",
]


def test_pages_of_the_other_edition_and_those_beside_chapters_are_for_everyone(
    open_page: Open, report_address: str
) -> None:
    page = open_page(f"{report_address}/{SAMPLE[0]}")
    found = {}
    for href in SAMPLE:
        page.set_viewport_size({"width": 320, "height": 740})
        page.goto(f"{report_address}/{href}")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, href
        if ".ipynb" not in href:  # whose tables and code scroll where there is no room
            page.set_viewport_size({"width": 1280, "height": 900})
            draw_charts(page)
        found[href] = violations(page)
    assert {href: said for href, said in found.items() if said} == {}


def test_numbers_of_a_finding_lead_on_from_the_panel(open_page: Open, report_address: str) -> None:
    page = open_page(f"{report_address}/uk/chapters/uk/02-market.html#tie=market.cagr")
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("row", name="одиниця %")).to_be_visible()
    panel.get_by_text("Усе повністю").click()
    panel.get_by_role("button", name="18,9 млрд доларів").click()
    expect(panel.get_by_role("heading", level=2)).to_have_text("Ринок медичного ШІ Китаю, 2030")
    assert page.url.endswith("#tie=market.2030")
    expect(panel.get_by_role("row", name="значення 18,9")).to_be_visible()
    expect(panel.get_by_role("row", name="одиниця млрд доларів США")).to_be_visible()
    panel.get_by_role("button", name="40,1 %").first.click()
    expect(panel.locator(".tie-line sup").first).to_have_text("1/6")


def test_the_report_opens_from_a_disk(open_page: Open, built: Path) -> None:
    page = open_page((built / "_site" / "index.html").as_uri())
    page.get_by_role("main").get_by_role("link", name="Market", exact=True).click()
    expect(page).to_have_url((built / "_site" / "chapters" / "02-market.html").as_uri())
    page.locator("article p a.tie").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Open in the ledger")
    expect(page.locator(".chart-drawn svg").first).to_be_visible()


# Labels of a drawn chart that stand over each other, or that an upright line of the grid runs through.
CLASHES = """() => {
    const clashes = [];
    for (const svg of document.querySelectorAll(".chart > svg")) {
        const texts = Array.from(svg.querySelectorAll("text")).filter((each) =>
            each.textContent.trim() && each.getAttribute("opacity") !== "0");
        const inner = (each) => {
            const box = each.getBoundingClientRect();
            return { left: box.left + 2, right: box.right - 2, top: box.top + 3, bottom: box.bottom - 3 };
        };
        const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        const lines = Array.from(svg.querySelectorAll(".role-axis-grid line"))
            .map((each) => each.getBoundingClientRect()).filter((box) => box.height > box.width);
        texts.forEach((one, at) => {
            const box = inner(one);
            if (lines.some((line) => meet(box, line))) clashes.push(`a line and ${one.textContent}`);
            for (const other of texts.slice(0, at)) {
                if (meet(box, inner(other))) clashes.push(`${one.textContent} and ${other.textContent}`);
            }
        });
    }
    return clashes;
}"""


def sideways(page: Page) -> list[int]:
    """Return the widths of a window at which a page scrolls sideways, and leave it as narrow as a phone."""
    found = []
    for width in (1440, 1280, 768, 320):
        page.set_viewport_size({"width": width, "height": 640})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found


def test_nothing_scrolls_sideways_and_on_a_phone_no_label_of_a_chart_stands_over_another_or_over_a_line(
    open_page: Open, report_address: str, hrefs: list[str]
) -> None:
    page = open_page("about:blank", viewport={"width": 320, "height": 640})
    others = [f"uk/chapters/uk/{href.rpartition('/')[2]}" for href in hrefs if "chapters/0" in href]
    drawn, clashes, widths = 0, {}, {}
    for href in [*hrefs, *others]:
        page.goto(f"{report_address}/{href}")
        widths[href] = sideways(page)
        if "07-trajectory" in href:  # its tree has its words in boxes, on lines
            continue
        draw_charts(page)
        clashes[href] = page.evaluate(CLASHES)
        drawn += page.locator(".chart > svg").count()
    assert {href: wide for href, wide in widths.items() if wide} == {}
    assert {href: said for href, said in clashes.items() if said} == {}
    assert drawn >= 22


ABOVE = """entry => {
    const [row, panel] = [document.getElementById(entry), document.querySelector(".tie-panel")];
    const place = row.getBoundingClientRect();
    return place.top >= 0 && place.bottom <= panel.getBoundingClientRect().top;
}"""


def test_a_linked_entry_is_seen_above_its_panel_on_a_phone(open_page: Open, report_address: str) -> None:
    """Also where fonts come late, and the browser goes to the address by itself once they are there."""
    entry = "market.lead.2024-2030"
    page = open_page("about:blank", viewport={"width": 375, "height": 740})
    held: list[Route] = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(f"{report_address}/chapters/ledger.html#{entry}", wait_until="commit")
    expect(page.get_by_role("dialog")).to_be_visible()
    for font in held:
        font.continue_()
    page.unroute("**/*.woff2")
    page.wait_for_load_state("load")
    page.wait_for_function(ABOVE, arg=entry)


def test_what_a_panel_says_ends_with_one_full_stop(open_page: Open, report_address: str) -> None:
    page = open_page(f"{report_address}/uk/chapters/uk/02-market.html#tie=market.lead.2024-2030")
    expect(page.locator(".tie-said")).to_contain_text("між 0,6 і 3,6")
    said = page.locator(".tie-said").text_content() or ""
    assert said.endswith("в.\u00a0п.")
    assert ".." not in said
