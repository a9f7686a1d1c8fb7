"""The ledger on paper: a row an entry, compared word for word with `ledger.json`, and the way back from it.

A row begins at the named place of its entry, to which ties lead. Its text is read as the letters that stand
between its place and the next one's. The pages at its end must be those whose ties lead to the entry, and
each must lead to such a tie.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tieout.audit.eye import letters
from tieout.audit.pieces import Piece
from tieout.audit.wording import EXPONENT
from tieout.project import say

ABOVE = 9.0  # points; a place is named this far above its row, so that viewers leave room there
NEAR = 34.0  # points; a tie may begin on the line after its place
SPACES = re.compile(r"[\s\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]+")
STRAIGHT = {
    0x2019: "'",
    0x2018: "'",
    0x201C: '"',
    0x201D: '"',
    0x02: "-",
    0xFFFE: "-",
}  # PDFium's for a hyphen


@dataclass
class Rows:
    """How the rows of a PDF compare with the ledger; ``pieces`` are the runs of text in them."""

    right: int = 0
    total: int = 0
    problems: list[tuple[str, int | None, str]] = field(default_factory=list)
    pieces: set[Piece] = field(default_factory=set)


def check_rows(
    document: Any,
    ledger: Mapping[str, Any],
    pieces: Sequence[Piece],
    ties: Sequence[Any] | None,
    lang: str = "en",
    ordered: bool = True,
) -> Rows:
    """Compare the ledger's appendix with the ledger.

    Parameters
    ----------
    document
        The PDF, read.
    ledger
        The published ledger.
    pieces
        The text of the chapter that holds the ledger, without running heads and page numbers.
    ties
        The links of the chapters' ties, to which rows lead back; None where they do not.
    lang
        The language of the book.
    ordered
        Not where text runs from right to left: a PDF has it in the order of the eye.
    """
    entries = {str(entry["id"]): entry for entry in ledger.get("entries", [])}
    result = Rows(total=len(entries))
    places = _places(document, entries)
    groups = {f"ledger-{name.partition('.')[0]}": name.partition(".")[0] for name in entries}
    marks = sorted(
        [*((spot, name) for name, spot in places.items()), *_group_places(document, groups)],
        key=lambda pair: (pair[0][0], -pair[0][1]),
    )
    if not places:
        return result
    uses: dict[str, list[Any]] = defaultdict(list)
    for link in ties or ():
        uses[link.name].append(link)
    runs = _between(pieces, marks)
    heads = _squeeze(document.readable("".join(say(lang, head) for head in HEADS)))
    last: dict[str, Mapping[str, Any]] = {}  # of each group
    for name, entry in entries.items():
        group = name.partition(".")[0]
        above, last[group] = last.get(group, {}), entry
        if name not in places:
            result.problems.append((f"has no row for the entry {name}", None, name))
            continue
        own = runs.get(name, [])
        page = places[name][0]
        pages = _pages(document, uses[name]) if ties is not None else []
        said = "".join([*_says(entry, ledger, lang, above), ",".join(pages)])
        wanted = _squeeze(document.readable(said))
        if name == marks[-1][1]:  # a list of works may stand behind the last row
            own = _up_to(own, wanted)
        result.pieces.update(own)
        shown = _squeeze("".join(piece.text for piece in own)).removesuffix(heads)
        later = _squeeze("".join(piece.text for piece in own if piece.page > page))
        goes_on = later.replace(heads, "") != ""
        if goes_on:  # each of its cells is in parts, under the heads of the table
            shown = shown.replace(heads, "")
        if shown != wanted and ((ordered and not goes_on) or letters(shown) != letters(wanted)):
            short = min(len(shown), len(wanted))
            at = next((i for i in range(short) if shown[i] != wanted[i]), short)
            near = max(at - 20, 0)
            what = f"the row of {name} says `…{shown[near : at + 30]}`, not `…{wanted[near : at + 30]}`"
            result.problems.append((what, page, name))
        elif ties is not None and (astray := _astray(document, own, name, uses[name])):
            result.problems.append((f"a page in the row of {name} leads to {astray}", page, name))
        else:
            result.right += 1
    for name in groups:
        result.pieces.update(runs.get(name, []))
        shown = _squeeze("".join(piece.text for piece in runs.get(name, []))).removesuffix(heads)
        if shown != _squeeze(document.readable(_capitalised(groups[name]))):
            result.problems.append(
                (f"the group `{groups[name]}` of the ledger is headed `{shown[:60]}`", None, name)
            )
    return result


HEADS = ("Entry", "Value", "What it is", "Formula or source", "Pages")


def _says(
    entry: Mapping[str, Any], ledger: Mapping[str, Any], lang: str, above: Mapping[str, Any]
) -> Iterator[str]:
    """Give what the row of an entry says below another, cell by cell, but for the pages at its end."""
    name, label = str(entry["id"]), str(entry.get("label") or "")
    yield name
    value = str(entry.get("display") or entry.get("value") or "")
    unit = str(entry.get("unit_name") or "")
    told = (
        not unit
        or entry.get("unit") == "percent"
        or len(str(entry.get("unit"))) == 3
        or _has_unit(value, unit)
    )
    yield value if told else f"{value} {unit}"
    kinds = {finding["id"]: finding.get("kind") for finding in ledger.get("findings", [])}
    about = [id for id in entry.get("findings") or [] if kinds.get(id) != "reference"]
    yield "†" if about and ledger.get("findings_page") else ""
    yield label or name
    told = None if entry.get("formula") else entry.get("origin")
    both = entry.get("kind") == above.get("kind") == "computed"
    same = both and told and told == above.get("origin")
    yield say(lang, "as the row above") if same else _basis(entry, lang)


def _has_unit(value: str, unit: str) -> bool:
    rest = re.sub(r"\b(?:thousand|million|billion|trillion|to|and|or|in)\b", "", value)
    return unit in value or re.search(r"\d[\s-]*(?:[A-Za-z%×]|[°×])", rest) is not None


def _basis(entry: Mapping[str, Any], lang: str) -> str:
    if entry.get("formula"):
        return EXPONENT.sub(r"\1\2", str(entry["formula"]))
    if entry.get("origin"):
        return str(entry["origin"]).removeprefix(f"{say(lang, 'stated in')} ")
    if entry.get("kind") == "assumed":
        return say(lang, "assumed") + (f": {entry['note']}" if entry.get("note") else "")
    if entry.get("inputs"):
        return f"{say(lang, 'from')} {', '.join(map(str, entry['inputs']))}"
    defined = entry.get("defined") or {}
    path, cell, line = (defined.get(key) for key in ("path", "cell", "line"))
    where = say(lang, ", line ") + str(line) if line is not None else ""
    where = say(lang, ", cell {n}", n=str(cell)) if cell not in (None, "") else where
    return f"{path}{where}" if path else ""


def _capitalised(name: str) -> str:
    words = re.sub(r"[-_]", " ", name)
    return words[:1].upper() + words[1:]


def _places(document: Any, names: Mapping[str, Any]) -> dict[str, tuple[int, float]]:
    """Return the page and the height of each named place."""
    found: dict[str, tuple[int, float]] = {}
    for name, place in document.reader.named_destinations.items():
        if name in names:
            number = document.reader.get_destination_page_number(place)
            if number is not None and number >= 0 and place.top is not None:
                found[name] = (number, float(place.top))
    return found


def _group_places(document: Any, groups: Mapping[str, str]) -> Iterator[tuple[tuple[int, float], str]]:
    yield from ((spot, name) for name, spot in _places(document, groups).items())


def _between(
    pieces: Sequence[Piece], marks: Sequence[tuple[tuple[int, float], str]]
) -> dict[str, list[Piece]]:
    """Return the runs of text that stand below each place and above the next one, here or on a later page."""
    by_page: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for (page, top), name in marks:
        by_page[page].append((top, name))
    found: dict[str, list[Piece]] = defaultdict(list)
    before: dict[int, str] = {}
    last = ""
    for page in range(max(by_page, default=-1) + 1):
        before[page] = last
        last = by_page[page][-1][1] if page in by_page else last
    for piece in pieces:
        own = [name for top, name in by_page.get(piece.page, ()) if piece.y <= top - ABOVE]
        name = own[-1] if own else before.get(piece.page, last)
        if name:
            found[name].append(piece)
    return found


def _up_to(pieces: Sequence[Piece], wanted: str) -> list[Piece]:
    """Return the first runs of text that say what is wanted; all of them where they do not."""
    said = ""
    for count, piece in enumerate(pieces, start=1):
        said += _squeeze(piece.text)
        if said == wanted:
            return list(pieces[:count])
    return list(pieces)


def _pages(document: Any, links: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(document.labels[link.page] for link in links))


def _astray(document: Any, own: Sequence[Piece], name: str, uses: Sequence[Any]) -> str | None:
    """Return where a page in a row leads to, if no tie to the entry stands there."""
    here = (link for page in {piece.page for piece in own} for link in document.links_of(page))
    for link in here:
        if link.spot is None or not any(link.holds(piece) for piece in own):
            continue
        page, _, y = link.spot
        if not any(use.page == page and use.box[1] - ABOVE <= y <= use.box[3] + NEAR for use in uses):
            return f"page {document.labels[page]}, where no tie of {name} stands"
    return None


def _squeeze(text: str) -> str:
    straight = unicodedata.normalize("NFKC", text).translate(STRAIGHT)
    return SPACES.sub("", straight)
