"""Changes of what lies beside the pages of a built site, each made on the disk and undone again."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.corruption.digits import changed
from tieout.audit.against import Audit
from tieout.audit.audited import audit_page
from tieout.audit.files import compare_files
from tieout.audit.reading import read_page
from tieout.audit.site import compare_ledgers, with_page
from tieout.project import MARK

NO_TEXT = (".html", ".pdf", ".png", ".woff2")


@dataclass(frozen=True)
class Damage:
    """One change of the files of a site.

    Parameters
    ----------
    kind
        What sort of change it is, for the sums.
    path
        The file, relative to the site.
    data
        What is in it then; None where it is taken away.
    """

    kind: str
    path: str
    data: bytes | None


@contextmanager
def done(folder: Path, damage: Damage) -> Iterator[None]:
    """Make a change, and undo it."""
    path = folder / damage.path
    kept = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    if damage.data is None:
        path.unlink()
    else:
        path.write_bytes(damage.data)
    try:
        yield
    finally:
        if kept is None:
            path.unlink()
        else:
            path.write_bytes(kept)


def digits(folder: Path) -> Iterator[Damage]:
    """One digit of each file that is text and no page: ledger, data, scripts, styles, drawings."""
    for path in _files(folder):
        if path.suffix in NO_TEXT:
            continue
        name = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        places = [found.start() for found in re.finditer(r"[0-9]", text)]
        for at in random.Random(name).sample(places, min(len(places), 2)):
            yield Damage(f"a digit, {_sort(name)}", name, changed(text, at).encode())


def words(folder: Path) -> Iterator[Damage]:
    """One letter of each."""
    for path in _files(folder):
        if path.suffix not in NO_TEXT:
            name = path.relative_to(folder).as_posix()
            text = path.read_text(encoding="utf-8")
            places = [found.start() for found in re.finditer(r"[a-y]", text)]
            at = random.Random(name).choice(places)
            new = text[:at] + chr(ord(text[at]) + 1) + text[at + 1 :]
            yield Damage(f"a letter, {_sort(name)}", name, new.encode())


def missing(folder: Path) -> Iterator[Damage]:
    """Each of them taken away."""
    for path in _files(folder):
        if path.suffix not in (".html", ".pdf"):
            yield Damage("a file taken away", path.relative_to(folder).as_posix(), None)


def strays(folder: Path) -> Iterator[Damage]:
    """Files that nothing makes."""
    page = b"<p>99% of hospitals</p>"
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><text>99%</text></svg>'
    for name, data in {
        "more.htm": page,
        "chapters/more.xhtml": page,
        "site_libs/more.html": page,
        "more.svg": drawing,
        "media/more.svg": drawing,
        "figures/more.svg": drawing,
        "more.pdf": b"%PDF-1.7",
        "chapters/more.js": b"alert(99)",
        "site_libs/more.css": b"p { color: red }",
        "data/more.csv": b"id,value\n",
        "ledger-2.json": b"{}",
        ".more": b"99",
    }.items():
        yield Damage("a file too many", name, data)


def exchanges(folder: Path) -> Iterator[Damage]:
    """The chart of one picture where that of another belongs, and a chart without its data."""
    charts = sorted(
        path for path in _files(folder) if path.suffix == ".js" and path.parent.name != "site_libs"
    )
    head = re.compile(r"^[^\n=]*= ")
    for one, other in zip(charts, [*charts[2:], *charts[:2]], strict=True):  # pictures, and charts
        name = one.relative_to(folder).as_posix()
        text, taken = one.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")
        own = head.match(text)
        assert own
        yield Damage("charts exchanged", name, (own[0] + head.sub("", taken)).encode())
        drawn = re.search(r">[^<\d]*(\d)", text)
        if "tieoutPictures" in own[0] and drawn:
            yield Damage("a number in a picture of a chart", name, changed(text, drawn.start(1)).encode())
        chart = json.loads(text[own.end() :].rstrip(";\n"))
        chart["datasets"] = {key: [] for key in chart.get("datasets", {})}
        written = json.dumps(chart, ensure_ascii=False, separators=(",", ":"))
        if chart["datasets"]:
            yield Damage("charts emptied", name, f"{own[0]}{written};\n".encode())
        yield Damage("code after a chart", name, (text + "document.title = 99;\n").encode())


KINDS: tuple[Callable[[Path], Iterator[Damage]], ...] = (digits, words, missing, strays, exchanges)


def caught(audit: Audit, damage: Damage) -> bool:
    """Whether the audit names the file, or the page that shows it."""
    with done(audit.folder, damage):
        if damage.path == "ledger.json":
            data = damage.data and json.loads(damage.data)
            return bool(compare_ledgers(replace(audit, published=data or {})))
        if damage.path.startswith("media/") and not damage.path.endswith(".js"):
            return bool(_said_of_pages(audit, damage) or _said_of_files(audit, damage))
        return _said_of_files(audit, damage)


def _said_of_files(audit: Audit, damage: Damage) -> bool:
    found = compare_files(
        audit.root,
        audit.folder,
        audit.site,
        [each.drawn for each in audit.expected.values()],
        audit.ledger_files,
    )
    name = damage.path.rpartition("/")[2]
    return any(damage.path == problem.path or name in problem.what for problem in found.problems)


def _said_of_pages(audit: Audit, damage: Damage) -> bool:
    for href in audit.site.pages:
        data = (audit.folder / href).read_bytes()
        if damage.path.encode() in data:
            page = read_page(data, href, audit.folder, audit.site.project.lang)
            if audit_page(with_page(audit, page), page).problems:
                return True
    return False


def _files(folder: Path) -> list[Path]:
    """Give the files of a site; those of another edition are its own audit's."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != MARK)
    return sorted(path for path in found if path.relative_to(folder).parts[0] != "uk")


def _sort(name: str) -> str:
    if name.startswith("ledger"):
        return "ledger for machines"
    if name.startswith("site_libs/"):
        return "scripts and styles of the theme"
    if name.startswith("media/"):
        return "interactive charts" if name.endswith(".js") else "pictures"
    return "copies of data and figures"
