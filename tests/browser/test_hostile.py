"""Hostile chapters and outputs in a real browser: nothing of theirs runs, and nothing is asked elsewhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.support import hostile
from tests.support.rendered_books import write_book
from tieout.machine.serving import HOST, start_server
from tieout.project import Project
from tieout.render.build import build

Open = Callable[..., Page]
pytestmark = pytest.mark.browser
ENGINES = [
    "pandoc",
    pytest.param(
        "quarto", marks=pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto is not on PATH")
    ),
]
# As a reader would: over everything, and onto everything.
TOUCH = """() => document.querySelectorAll(":is(article, main.content), :is(article, main.content) *")
.forEach(each => {
    for (const kind of ["mouseover", "pointerover", "focus", "click"])
        each.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true }));
})"""

# What is a link to the web is followed by whoever clicks it; one that runs something is let run.
STAYS = """() => addEventListener("click", event =>
    event.target.closest("a[href^='http']") && event.preventDefault())"""


@pytest.fixture(scope="module", params=ENGINES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book as each engine publishes it."""
    root = hostile.create(tmp_path_factory.mktemp("hostile"))
    return build(Project.load(root), request.param, ("html",)).site


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    server = start_server(site, 0)
    yield f"http://{HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()


def is_calm(page: Page) -> bool:
    before = page.url
    page.evaluate(STAYS)
    page.evaluate(TOUCH)
    page.wait_for_timeout(50)
    assert page.url.split("#")[0] == before.split("#")[0]
    own = "script:not([src*='site_libs/'])"
    strange = f"main :is(iframe, object, embed, form, {own})"
    return page.evaluate(f'window.ran === undefined && !document.querySelector("{strange}")')


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_nothing_of_a_hostile_chapter_runs(open_page: Open, served: str, kind: str) -> None:
    assert is_calm(open_page(f"{served}/{kind}.html"))


def test_nothing_of_a_hostile_chapter_runs_from_a_disk(browser: Browser, site: Path) -> None:
    page = browser.new_page()  # Quarto's modules, which no browser loads from a disk, may fail there
    for kind in hostile.KINDS:
        page.goto((site / f"{kind}.html").as_uri())
        assert is_calm(page), kind
    page.close()


def test_a_hostile_drawing_is_calm_on_its_own(open_page: Open, served: str, site: Path) -> None:
    ours = ("a.svg", "site_libs/favicon.svg")
    names = {path.relative_to(site).as_posix() for path in site.rglob("*.svg")}.difference(ours)
    assert len(names) >= 2
    for name in names:
        page = open_page(f"{served}/{name}")
        assert page.evaluate(
            "window.ran === undefined && document.documentElement.textContent.includes('Text')"
        )


def _from_disk(route: Route) -> None:
    route.continue_() if route.request.url.startswith("file:") else route.fulfill(body="")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_trusted_chapter_runs_its_scripts_and_nothing_else(
    browser: Browser, tmp_path: Path, engine: str
) -> None:
    text = "<script>window.own = 1</script>\n\n<b onclick='window.ran = 1'>x</b>\n"
    text += f"<script src='{hostile.ELSEWHERE}/a.js'></script>\n"
    text += "\n![Sea](https://own.example/sea.png)\n\n{{< video https://youtu.be/own >}}\n"
    cell = hostile.projects.code(
        "x\n", {"text/markdown": hostile.HTML["sealed"] + text.replace("own", "ran")}
    )
    chapters = {"index.md": "# W\n", "own.ipynb": hostile.notebooks.text(f"#:# Own\n\n{text}", cell)}
    root = write_book(tmp_path, chapters)
    config = (root / "_quarto.yml").read_text(encoding="utf-8")
    (root / "_quarto.yml").write_text(config + "tieout: {trust: [own.ipynb]}\n", encoding="utf-8")
    site = build(Project.load(root), engine, ("html",)).site
    page = browser.new_page()
    asked: list[str] = []
    page.route("**/*", lambda route: (asked.append(route.request.url), _from_disk(route)))
    page.goto((site / "own.html").as_uri())
    stays = "addEventListener('click', event => event.target.closest('a') && event.preventDefault())"
    page.evaluate(stays)  # a link is followed by whoever clicks it
    page.evaluate(TOUCH)
    assert page.evaluate("[window.own, window.ran]") == [1, None]
    elsewhere = {url for url in asked if not url.startswith(("file:", "data:", "about:"))}
    assert elsewhere == {"https://own.example/sea.png", "https://www.youtube.com/embed/own"}
    page.close()


def test_the_policy_alone_stops_what_would_slip_through(browser: Browser, site: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(site, tmp_path / "copy")
    page_text = (copy / "index.html").read_text(encoding="utf-8")
    whole = "".join(text for name, text in hostile.HTML.items() if name not in ("refresh", "chart"))
    page_text = re.sub(r"<article>|<main\b[^>]*>", lambda start: start[0] + whole, page_text, count=1)
    (copy / "index.html").write_text(page_text, encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    page.route("**/*", lambda route: (asked.append(route.request.url), route.continue_()))
    page.goto((copy / "index.html").as_uri())
    page.evaluate(TOUCH)
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert [url for url in asked if not url.startswith(("file:", "data:", "about:"))] == []
    page.close()
