"""A real browser on real pages: in no test may a page ask another host for anything, or a script fail."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Request,
    Route,
    ViewportSize,
    sync_playwright,
)

from tests.support import small_report
from tests.support.shared import once
from tieout.machine.serving import HOST, start_server
from tieout.project import Project
from tieout.render.build import build

# Everything that is wider than a phone, and callouts in every tone.
WIDE = """# Wide things

| {columns} |
|{rules}
| {cells} |

```python
{code}
```

<https://example.org/{path}>

`{word}`

$$ {formula} $$

{callouts}

## Below

The sample weighs [3.42 kg](tie:sample.mean) on average, its heaviest tenth [4.1 kg](tie:sample.heavy).
""".format(
    columns=" | ".join(f"Column {number}" for number in range(12)),
    rules="---|" * 12,
    cells=" | ".join(["unbreakable_words"] * 12),
    code="value = function_of(" + ", ".join(f"argument_{number}=None" for number in range(12)) + ")  # said",
    path="a" * 90,
    word="w" * 90,
    formula=" + ".join(f"x_{{{number}}}" for number in range(40)),
    callouts="\n\n".join(
        f"::: {{.callout-{tone} title='A {tone}'}}\nText with [a link](index.md) and `code`.\n:::"
        for tone in ("note", "tip", "warning", "caution", "important")
    ),
)

# What the code of a cell computed, as the ledger publishes it.
COMPUTED = small_report.entry(
    "sample.mean",
    "Mean mass of the sample",
    "computed",
    "3.42 kg",
    number=3.42,
    unit="kg",
    unit_name="kg",
    interval=[3.2, 3.64],
    precision="95% CI; between 3.2 and 3.64",
    origin="computed in cell 4 of Market from data/sample.csv (48 rows)",
    code='sample = pd.read_csv("data/sample.csv")\nsample.mass.mean()',
    reads=[{"path": "data/sample.csv", "sha256": "0" * 64, "bytes": 900, "rows": 48}],
    used=[{"page": "wide.html", "anchor": "use-sample.mean-1", "shown": "3.42 kg"}],
)
HEAVY = small_report.entry(
    "sample.heavy",
    "Mean mass of the heaviest tenth",
    "computed",
    "4.1 kg",
    number=4.0758,
    unit="kg",
    unit_name="kg",
    interval=[4.0258, 4.1258],
    precision="computed as ≈ 4.0758 kg; stated to 0.1 kg",
    origin="computed by a cell of “Masses” in “Market”, from data/sample.csv (48 rows)",
    used=[{"page": "wide.html", "anchor": "use-sample.heavy-1", "shown": "4.1 kg"}],
)

# The first has neither window nor toolbar, and takes a third less of the processor.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",  # letters as wide as they are with a window
]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. It ends with this room: Playwright's event loop must not meet that of kernels."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        reason = "there is no chromium on this machine: apt-get install chromium"
        if os.environ.get("TIEOUT_BROWSER_REQUIRED") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small report, built once for all workers; look, do not touch."""
    return once(tmp_path_factory, "browser-report", build_wide) / "_site"


def build_wide(folder: Path) -> None:
    """Build the small report with a page of wide things."""
    small_report.create(folder)
    config = folder / "_quarto.yml"
    config.write_text(config.read_text().replace("  appendices:", "    - wide.md\n  appendices:"))
    (folder / "wide.md").write_text(WIDE, encoding="utf-8")
    path = folder / ".tieout" / "ledger.json"
    ledger = json.loads(path.read_text(encoding="utf-8"))
    ledger["entries"] += [COMPUTED, HEAVY]
    path.write_text(json.dumps(ledger), encoding="utf-8")
    build(Project.load(folder), "pandoc")


def _serve(site: Path) -> Iterator[str]:
    server = start_server(site, 0)
    yield f"http://{HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(small_site: Path) -> Iterator[str]:
    """Where the small report is served."""
    yield from _serve(small_site)


@pytest.fixture(scope="session")
def report_address(built: Path) -> Iterator[str]:
    """Where the report itself is served."""
    yield from _serve(built / "_site")


@dataclass
class Watched:
    """What pages asked for and complained of."""

    asked: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def route(self, route: Route, request: Request) -> None:
        """Let through what stays on this machine, and note what does not."""
        self.asked.append(request.url)
        parts = urlsplit(request.url)
        if parts.hostname == HOST or parts.scheme in ("file", "data", "blob"):
            route.continue_()
        else:
            self.elsewhere.append(request.url)
            route.abort()

    def settle(self) -> None:
        """Fail where a page has asked another host for anything, or a script or a request of it failed."""
        assert self.asked
        assert self.elsewhere == []
        assert self.failed == []

    def note_failure(self, request: Request) -> None:
        """Note a request that failed, but for one of a page that was left before all of it had come."""
        if request.failure != "net::ERR_ABORTED":
            self.failed.append(f"{request.failure} {request.url}")


Open = Callable[..., Page]
KEPT = "localStorage.length + sessionStorage.length"


class Windows:
    """Windows of the browser, and pages in them, each as if it were new.

    To make one takes as long as most tests: the first page of a window is used again while no page has kept
    anything in it.
    """

    OF_PAGES = frozenset(("viewport", "color_scheme"))
    SIZE = ViewportSize(width=1280, height=720)

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.shared: BrowserContext | None = None
        self.is_taken = False  # the first page of the shared window
        self.own: list[BrowserContext] = []
        self.watched = Watched()

    def page(self, watched: Watched, **window: Any) -> Page:
        """Return an empty page in a window that has nothing of earlier ones, and watch it."""
        self.watched = watched
        if not set(window) <= self.OF_PAGES:
            self.own.append(context := self._new(**window))
            context.route("**/*", watched.route)
            return self._follow(context.new_page())
        self._drop_used()
        if self.shared is None:
            self.shared, self.is_taken = self._new(), False
            self._follow(self.shared.new_page())
        self.shared.unroute_all()
        self.shared.route("**/*", watched.route)
        page = self._follow(self.shared.new_page()) if self.is_taken else self.shared.pages[0]
        self.is_taken = True
        page.set_viewport_size(window.get("viewport", self.SIZE))
        page.emulate_media(media="null", color_scheme=window.get("color_scheme", "light"))
        return page

    def leave(self) -> None:
        """Close what a test has opened, and empty the page that is used again."""
        self._drop_used()
        if self.shared is not None:
            first, *others = self.shared.pages
            for page in others:
                page.close()
            if self.is_taken:
                first.mouse.move(-1, -1)
                first.goto("about:blank")
                first.unroute_all()
            self.shared.unroute_all()
            self.is_taken = False
        for context in self.own:
            context.close()
        self.own.clear()

    def _drop_used(self) -> None:
        """Let go of the shared window where a page has kept something in it, or its first page is gone."""
        if self.shared is not None and self.is_taken and holds_something(self.shared):
            self.own.append(self.shared)
            self.shared = None

    def _new(self, **window: Any) -> BrowserContext:
        context = self.browser.new_context(**window)
        context.set_default_timeout(120_000)
        return context

    def _follow(self, page: Page) -> Page:
        """Listen to a page for whoever watches then."""
        page.on("pageerror", lambda error: self.watched.failed.append(str(error)))
        page.on("requestfailed", lambda request: self.watched.note_failure(request))
        page.on("console", lambda said: self._note(said.text if said.type == "error" else ""))
        page.on("response", lambda got: self._note(f"{got.status} {got.url}" if got.status >= 400 else ""))
        return page

    def _note(self, failed: str) -> None:
        if failed:
            self.watched.failed.append(failed)


def rest(page: Page) -> None:
    """Wait until a page has done what it does by itself, after it has come or was touched."""
    page.evaluate("document.fonts.ready.then(() => new Promise(done => setTimeout(done)))")


def holds_something(context: BrowserContext) -> bool:
    """Whether a page has kept something for those that come after it."""
    try:
        used = [page for page in context.pages if page.url != "about:blank"]
        return not context.pages or bool(context.cookies()) or any(page.evaluate(KEPT) for page in used)
    except Error:  # a page that may not say it
        return True


@pytest.fixture(scope="package")
def windows(browser: Browser) -> Windows:
    """The windows of the browser."""
    return Windows(browser)


@pytest.fixture
def open_page(windows: Windows) -> Iterator[Open]:
    """Open an address in a window of its own; further arguments are the window's: `color_scheme`, `viewport`.

    When the test ends, no page may have asked another host for anything, and no script may have failed.
    """
    watched = Watched()

    def open_(address: str, **window: object) -> Page:
        page = windows.page(watched, **window)
        page.goto(address)
        return page

    yield open_
    windows.leave()
    watched.settle()
