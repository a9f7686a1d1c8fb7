"""What pages load: nothing from elsewhere, no style that hides ties; and what a search index says of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tieout.audit.dom import target_of, text_of
from tieout.audit.face import CSS_URL, ELSEWHERE
from tieout.audit.flow import is_numeric, plain
from tieout.audit.labels import Label
from tieout.audit.pages import Site
from tieout.audit.visible import hiding_rules
from tieout.problems import Count, Problem

# Whole pages that are written out where a page should be named: nothing of them is compared with anything.
WRITTEN_OUT = re.compile(r"\s*data:(?!image/|,$)|\s*<", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*")


@dataclass
class Loaded:
    """Problems with what is loaded, and how many addresses were looked at."""

    counts: list[Count] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def check_loaded(folder: Path, site: Site) -> Loaded:
    """Look at what the pages of a site load and what their styles hide, and compare its search index."""
    result = Loaded()
    result.problems += _search(folder, site)
    trusted = {each.href for each in site.project.chapters if site.project.trusts(each.path)}
    addresses = [
        (href, line, address)
        for href, face in site.faces.items()
        for line, address, shown in face.loads
        if not (shown and href in trusted)  # what a trusted chapter shows of its own from elsewhere
    ]
    addresses += [
        address for path in _own(folder, site, "*.css") for address in _style_addresses(path, folder)
    ]
    addresses += [address for path in _own(folder, site, "*.svg") for address in _svg_addresses(path, folder)]
    outside = [each for each in addresses if ELSEWHERE.match(each[2]) or WRITTEN_OUT.match(each[2])]
    once = outside if site.engine.knows_all else {each[2]: each for each in reversed(outside)}.values()
    for href, line, address in once:
        hint = "keep a copy in the project; pages load nothing from elsewhere"
        result.problems.append(
            Problem(f"`{address[:80]}` is loaded from elsewhere", hint, href, line, rule="external")
        )
    result.counts.append(
        Count("addresses loaded from the site itself", len(addresses) - len(outside), len(addresses))
    )
    for path in _own(folder, site, "*.css"):
        for selector in hiding_rules(path.read_text(encoding="utf-8", errors="replace")):
            what = f"the style `{selector}` hides ties"
            result.problems.append(
                Problem(what, "let readers see them", str(path.relative_to(folder)), rule="hidden")
            )
    return result


def _own(folder: Path, site: Site, pattern: str) -> list[Path]:
    """Return files of a site, those of other editions in it left aside."""
    found = sorted(folder.rglob(pattern))
    return [path for path in found if path.relative_to(folder).parts[0] not in site.project.apart]


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
            label = site.label(*href) if href and href[1] else None  # a chapter's may begin with a section's
            for field_name in ("title", "section", "text"):
                text = plain(str(record.get(field_name) or ""))
                for words in sorted(_lacking(text, held[page.href], label)):
                    what = f"`{' '.join(words)}` is not on {page.href}"
                    yield Problem(what, "build the site anew", name, _line_of(path, words[-1]), rule="search")


def _lacking(text: str, held: Counter[tuple[str, ...]], label: Label | None) -> set[tuple[str, ...]]:
    """Return the numbers of a record that its page does not have after the same word.

    One that begins a record has no word before it: it is the number of the section or of one in it, or stands
    somewhere there.
    """
    lacking = set(_numbered_words(text)) - held.keys()
    numbers = {words[-1] for words in held}
    if label and label.number:
        numbers = {each for each in numbers if f"{each}.".startswith(f"{label.number}.")}
    return {words for words in lacking if len(words) > 1 or words[0] not in numbers}


def _numbered_words(text: str) -> Iterator[tuple[str, ...]]:
    words = WORD.findall(text)
    for index, word in enumerate(words):
        if is_numeric(word):
            yield (*words[max(0, index - 1) : index], word.rstrip(".,"))


def _line_of(path: Path, word: str) -> int:
    text = path.read_text(encoding="utf-8")
    return text.count("\n", 0, max(text.find(word), 0)) + 1
