"""The report itself in a browser: every page works alone, on a phone, light and dark, for everyone."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Watched, Windows
from tests.support.accessibility import violations
from tests.support.depth import DEEP
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


# Pages of each kind, of which axe-core is asked; in a deep run of every chapter.
SAMPLE = frozenset(
    (
        "index.html",
        "chapters/03-applications.html",
        "chapters/07-trajectory.html",
        "chapters/data-and-methods.html",
        "chapters/references.html",
        "chapters/findings.html",
        "chapters/ledger.html",
        "uk/index.uk.html",
        "uk/chapters/uk/02-market.html",
        "uk/downloads.html",
        "uk/chapters/uk/04-regulation.ipynb.html",
        "downloads.html",
        "chapters/02-market.ipynb.html",
    )
)


@dataclass
class Seen:
    """What was seen of a page."""

    weight: int = 0  # in bytes, compressed, with fonts and pictures; scripts that draw charts are apart
    drawing: list[str] = field(default_factory=list)  # scripts of its charts that came with it
    wide: list[int] = field(default_factory=list)  # widths of a window at which it scrolls sideways
    clashes: list[str] = field(default_factory=list)  # labels of its charts, on a phone
    drawn: int = 0  # charts
    marks: list[str] = field(default_factory=list)  # entries that marks of its charts name
    opened: bool = False  # the panel of its first number
    violations: list[str] = field(default_factory=list)  # that axe-core finds


@pytest.fixture(scope="module")
def seen(windows: Windows, report_address: str, built: Path, hrefs: list[str]) -> dict[str, Seen]:
    """Every chapter of both editions, and pages beside them, each opened once."""
    chapters = [href for href in hrefs if href.startswith("chapters/")]
    others = [f"uk/chapters/uk/{href.rpartition('/')[2]}" for href in chapters if "ledger" not in href]
    watched = Watched()
    found = {}
    for href in dict.fromkeys([*hrefs, *others, *sorted(SAMPLE)]):
        page = windows.page(watched)
        before = len(watched.asked)
        page.goto(f"{report_address}/{href}")
        page.evaluate("document.fonts.ready.then(() => null)")
        asked = [url.removeprefix(f"{report_address}/") for url in watched.asked[before:]]
        found[href] = look(page, asked, built / "_site")
        if href in hrefs or href in SAMPLE:
            found[href].opened = open_first(page)
        if href in SAMPLE or DEEP:
            page.evaluate(FIRST_ENTRIES)
            found[href].violations = violations(page)
        windows.leave()
    watched.settle()
    return found


# The ledger says the same of every entry: its first entries stand for the others.
FIRST_ENTRIES = "document.querySelectorAll('[data-entry]:nth-of-type(n + 13)').forEach(e => e.remove())"


def look(page: Page, asked: Sequence[str], site: Path) -> Seen:
    """Weigh a page, make it narrow, and draw its charts there; leave it wide."""
    scripts = {name for name in asked if "/media/" in f"/{name}" and name.endswith(".js")}
    files = [site / name for name in set(asked) - scripts]
    weight = sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)
    found = Seen(weight, [name for name in scripts if name.endswith(".vl.js")])
    for width in (1440, 768, 320, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.wide.append(width)
        if width == 320 and ".ipynb" not in page.url:  # whose tables and code scroll where there is no room
            draw_charts(page)
            found.clashes = page.evaluate(CLASHES)
    found.drawn = page.locator(".chart > svg").count()
    named = page.locator(".chart [data-entry]").evaluate_all("all => all.map(e => e.dataset.entry)")
    found.marks = [id.partition(":")[0] for each in named for id in each.split(", ")]
    return found


def open_first(page: Page) -> bool:
    """Open and close the panel of the first number of a page; say whether it has one."""
    ties = page.locator("article p a.tie")
    if not ties.count():
        return False
    ties.first.click()
    expect(page.get_by_role("dialog")).to_contain_text(re.compile("Open in the ledger|Відкрити в реєстрі"))
    page.keyboard.press("Escape")
    return True


@pytest.mark.deep
def test_every_page_is_for_everyone(seen: dict[str, Seen]) -> None:
    assert {href: page.violations for href, page in seen.items() if page.violations} == {}


def test_marks_of_charts_name_entries_and_numbers_open(seen: dict[str, Seen], built: Path) -> None:
    entries = json.loads((built / "_site" / "ledger.json").read_text(encoding="utf-8"))["entries"]
    ids = {entry["id"] for entry in entries}
    pages = {href: page for href, page in seen.items() if not href.startswith("uk/")}
    named = {href: set(page.marks) for href, page in pages.items()}
    assert {href: each - ids for href, each in named.items() if not each <= ids} == {}
    assert sum(page.drawn for page in pages.values()) >= 12
    assert sum(len(page.marks) for page in pages.values()) > 50
    assert sum(page.opened for page in pages.values()) >= 9


def test_the_first_load_of_a_chapter_is_light(seen: dict[str, Seen]) -> None:
    """150 kB, compressed, with fonts and pictures; the scripts that draw charts are apart."""
    chapters = {href: page for href, page in seen.items() if is_chapter(href) and "ledger" not in href}
    assert len(chapters) >= 20
    assert {href: page.weight for href, page in chapters.items() if page.weight > 150_000} == {}
    assert {href: page.drawing for href, page in chapters.items() if page.drawing} == {}


def is_chapter(href: str) -> bool:
    """Whether an address is that of a chapter, of either edition."""
    return "chapters/" in href and not href.endswith(".ipynb.html")


def test_nothing_scrolls_sideways(seen: dict[str, Seen]) -> None:
    assert {href: page.wide for href, page in seen.items() if page.wide} == {}


def test_on_a_phone_no_label_of_a_chart_stands_over_another_or_over_a_line(seen: dict[str, Seen]) -> None:
    said = {href: page.clashes for href, page in seen.items() if page.clashes}
    # The tree of the trajectory has its words in boxes, on lines.
    assert {href: each for href, each in said.items() if "07-trajectory" not in href} == {}
    assert sum(page.drawn for page in seen.values()) >= 22


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


@pytest.mark.parametrize("home", ["index.html", "uk/index.uk.html"])
@pytest.mark.parametrize("width", [1280, 1440])
def test_the_front_page_is_a_screen_and_a_half(
    open_page: Open, report_address: str, home: str, width: int
) -> None:
    page = open_page(f"{report_address}/{home}", viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollHeight") <= 1.5 * 900
    assert page.locator("h1").count() == 1
    assert page.locator(".key-figures a.tie").count() >= 6


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
