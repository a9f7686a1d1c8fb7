"""What pages load and what lies beside them: nothing from elsewhere, and copies like their originals."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.html

from tieout.audit.dom import fingerprint, target_of, text_of
from tieout.audit.expected import Expected
from tieout.audit.flow import is_numeric, plain
from tieout.audit.page import Page
from tieout.audit.structure import Site
from tieout.audit.visible import hiding_rules
from tieout.problems import Count, Problem
from tieout.project import Project

ELSEWHERE = re.compile(r"(?:[a-zA-Z][\w+.-]*:)?//")
CSS_URL = re.compile(r"""@import\s+["']([^"']+)["']|url\(\s*["']?([^"')]+)["']?\s*\)""")
LOADING = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src", "srcdoc"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
    "base": ("href",),
    "form": ("action",),
}
LOADED_LINKS = frozenset(
    (
        "stylesheet",
        "icon",
        "preload",
        "modulepreload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "manifest",
        "mask-icon",
    )
)
WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*")


@dataclass
class Loaded:
    """Problems with files, and how many files were compared."""

    counts: list[Count] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def check_files(root: Path, folder: Path, site: Site, expected: Mapping[str, Expected]) -> Loaded:
    """Compare the files of a site with what they are copies of, and look for addresses elsewhere.

    Parameters
    ----------
    root
        The project.
    folder
        The site.
    site
        Its pages, read.
    expected
        What the sources of the pages hold.
    """
    result = Loaded()
    copies = list(_copies(root, folder, site.project))
    wrong = [problem for _, problem in copies if problem]
    result.problems += wrong
    if copies:
        result.counts.append(
            Count("files equal to what they are copies of", len(copies) - len(wrong), len(copies))
        )
    charts = list(_charts(root, folder, site.project))
    wrong = [problem for _, problem in charts if problem]
    result.problems += wrong
    if charts:
        result.counts.append(
            Count("charts equal to what their cells stored", len(charts) - len(wrong), len(charts))
        )
    result.problems += _figures(root, expected)
    result.problems += _panels(folder, site)
    result.problems += _search(folder, site)
    addresses = [address for page in site.pages.values() for address in _addresses(page)]
    addresses += [
        address for path in sorted(folder.rglob("*.css")) for address in _style_addresses(path, folder)
    ]
    addresses += [
        address for path in sorted(folder.rglob("*.svg")) for address in _svg_addresses(path, folder)
    ]
    outside = [each for each in addresses if ELSEWHERE.match(each[2])]
    for href, line, address in outside:
        hint = "keep a copy in the project; pages load nothing from elsewhere"
        result.problems.append(
            Problem(f"`{address}` is loaded from elsewhere", hint, href, line, rule="external")
        )
    result.counts.append(
        Count("addresses loaded from the site itself", len(addresses) - len(outside), len(addresses))
    )
    for path in sorted(folder.rglob("*.css")):
        for selector in hiding_rules(path.read_text(encoding="utf-8", errors="replace")):
            what = f"the style `{selector}` hides ties"
            result.problems.append(
                Problem(what, "let readers see them", str(path.relative_to(folder)), rule="hidden")
            )
    return result


def _addresses(page: Page) -> Iterator[tuple[str, int, str]]:
    for node in page.tree.iter():
        if not isinstance(node.tag, str):
            continue
        line = node.sourceline or 1
        for name in LOADING.get(node.tag, ()):
            value = node.get(name) or ""
            if name == "srcset":
                for part in value.split(","):
                    yield from ((page.href, line, address) for address in part.split()[:1])
            elif value:
                yield page.href, line, value.strip()
        if node.tag == "link" and LOADED_LINKS & set((node.get("rel") or "").lower().split()):
            yield page.href, line, (node.get("href") or "").strip()
        if node.tag == "meta" and (node.get("http-equiv") or "").lower() == "refresh":
            yield page.href, line, (node.get("content") or "").partition("url=")[2].strip()
        css = (node.text or "") if node.tag == "style" else node.get("style") or ""
        for first, second in CSS_URL.findall(css):
            yield page.href, line, first or second


def _style_addresses(path: Path, folder: Path) -> Iterator[tuple[str, int, str]]:
    text = path.read_text(encoding="utf-8", errors="replace")
    for found in CSS_URL.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield path.relative_to(folder).as_posix(), line, found[1] or found[2]


def _svg_addresses(path: Path, folder: Path) -> Iterator[tuple[str, int, str]]:
    text = path.read_text(encoding="utf-8", errors="replace")
    pattern = re.compile(
        r"<(?:image|use|feImage|script)\b[^>]*?(?:xlink:)?href=[\"']([^\"']+)|" + CSS_URL.pattern
    )
    for found in pattern.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield path.relative_to(folder).as_posix(), line, next(group for group in found.groups() if group)


def _copies(root: Path, folder: Path, project: Project) -> Iterator[tuple[str, Problem | None]]:
    """Compare resources of the project with their copies in the site."""
    for name in project.resources:
        for original in sorted(_files(root / name) if (root / name).exists() else root.glob(name)):
            path = original.relative_to(root).as_posix()
            copy = folder / path
            if copy.is_file():
                same = copy.read_bytes() == original.read_bytes()
                what = f"is not the same as {path} of the project"
                yield path, None if same else Problem(what, "build the site anew", path, rule="copy")


def _files(path: Path) -> Iterable[Path]:
    return [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]


def _charts(root: Path, folder: Path, project: Project) -> Iterator[tuple[str, Problem | None]]:
    """Compare the data of interactive charts with the specifications that cells stored."""
    stored = list(_specifications(root, project))
    for path in sorted(folder.rglob("*.js")):
        text = path.read_text(encoding="utf-8", errors="replace")
        found = re.match(r"window\.tieoutCharts\[[^\]]*\]\s*=\s*", text)
        if not found:
            continue
        name = path.relative_to(folder).as_posix()
        try:
            chart = json.loads(text[found.end() :].strip().rstrip(";"))
        except ValueError:
            chart = None
        problem = None
        if chart not in stored:
            what = "the chart differs from what its cell stored"
            problem = Problem(what, "build the site anew", name, 1, rule="chart")
        yield name, problem


def _specifications(root: Path, project: Project) -> Iterator[Any]:
    for name in project.notebooks:
        for cell in project.files.notebook(name).cells:
            for output in cell.outputs:
                for mime, data in output.get("data", {}).items():
                    if "vega" in mime:
                        yield data if isinstance(data, dict) else json.loads(data)
    for path in sorted((root / "figures").glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def _figures(root: Path, expected: Mapping[str, Expected]) -> Iterator[Problem]:
    """Compare figures/<label>.svg with the picture that the cell of that label stored."""
    for chapter in expected.values():
        for item in chapter.items:
            path = root / "figures" / f"{item.where}.svg"
            stored = item.kind == "picture" and item.where and item.key in chapter.pictures
            if stored and path.is_file() and fingerprint(path.read_bytes()) != item.key:
                what = f"differs from what the cell {item.where} of {chapter.path} stored"
                yield Problem(what, "run `tieout execute`", f"figures/{path.name}", rule="figure")


def _panels(folder: Path, site: Site) -> Iterator[Problem]:
    """Compare the texts of the panels that open beside a tie with the entries of the ledger's page."""
    path = folder / "site_libs" / "ledger.js"
    page = next((page for page in site.pages.values() if "ledger" in page.appendices), None)
    if page is None or not path.is_file():
        return
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(folder).as_posix()
    try:
        panels = json.loads(text[text.index("{") : text.rindex("}") + 1])
    except ValueError:
        yield Problem("cannot be read", "build the site anew", name, 1, rule="panel")
        return
    entries = {each.get("data-entry"): each for each in page.tree.xpath("//*[@data-entry]")}
    for entry in sorted(entries.keys() - panels.keys()):
        yield Problem(f"has no panel for {entry}", "build the site anew", name, 1, id=entry, rule="panel")
    for entry, body in panels.items():
        shown = text_of(lxml.html.fragment_fromstring(body, create_parent="div")) if body.strip() else ""
        if entry not in entries or _squeezed(shown) != _squeezed(text_of(entries[entry])):
            what = f"the panel of {entry} says other than the ledger's page"
            yield Problem(what, "build the site anew", name, 1, id=entry, rule="panel")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _search(folder: Path, site: Site) -> Iterator[Problem]:
    """Every number of the search index stands on the page that it leads to, after the same word."""
    for name in ("search.json", "search-index.json"):
        path = folder / name
        if not path.is_file():
            continue
        try:
            records = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            yield Problem("is not JSON", "build the site anew", name, 1, rule="search")
            continue
        held: dict[str, Counter[tuple[str, ...]]] = {}
        for record in records if isinstance(records, list) else []:
            href = target_of("index.html", str(record.get("href", "")))
            page = site.pages.get(href[0]) if href else None
            if page is None:
                continue
            if page.href not in held:
                whole = " ".join([text_of(page.tree), *(mark.text for mark in page.marks)])
                held[page.href] = Counter(_numbered_words(whole))
            for field_name in ("title", "section", "text"):
                text = str(record.get(field_name) or "")
                lacking = set(_numbered_words(plain(text))) - held[page.href].keys()
                for words in sorted(lacking):
                    what = f"`{' '.join(words)}` is not on {page.href}"
                    yield Problem(what, "build the site anew", name, _line_of(path, words[-1]), rule="search")


def _numbered_words(text: str) -> Iterator[tuple[str, ...]]:
    words = WORD.findall(text)
    for index, word in enumerate(words):
        if is_numeric(word):
            yield (*words[max(0, index - 1) : index], word.rstrip(".,"))


def _line_of(path: Path, word: str) -> int:
    text = path.read_text(encoding="utf-8")
    return text.count("\n", 0, max(text.find(word), 0)) + 1


def resolve(href: str, address: str) -> str:
    """Return where an address of a page lies in the site."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(href), address))
