"""What a PDF has beside its chapters: cover, contents, outline, targets, addresses, description.

Cover and contents are compared with `_quarto.yml` and with the headings of the pages; nothing in the document
may run, ask or be attached.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdf

from tieout import numerals
from tieout.audit.dom import target_of
from tieout.audit.eye import letters
from tieout.audit.flow import digits, is_numeric, plain, straight
from tieout.audit.pages import Site
from tieout.audit.pieces import Piece
from tieout.audit.sheet import Sheet
from tieout.audit.structure import date_forms
from tieout.harmless.emoji import on_paper
from tieout.project import described
from tieout.project.languages import words

ROOT_KEYS = """
/Type /Pages /Metadata /PageLabels /Lang /StructTreeRoot /MarkInfo /ViewerPreferences /Outlines /Names
/PageMode /PageLayout /Version /OutputIntents
"""
PAGE_KEYS = "/Type /Resources /MediaBox /StructParents /Tabs /Parent /Contents /Annots /Group"
NOTE_KEYS = "/Type /Subtype /Rect /QuadPoints /Border /Dest /A /F /StructParent /Contents"
RUNNING = frozenset(
    ["/OpenAction", "/AA", "/AcroForm", "/JavaScript", "/EmbeddedFiles", "/AF", "/Collection"]
)
SPACES = re.compile(r"[\s\x02\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069.-]+")
SLACK = 1.5  # points
BEFORE = 24  # characters of a number before a heading: `Appendix A —`
LINE = 25  # letters of a heading, at least, of which more have more lines
BELOW = 32  # points; how far below the spot that a link leads to its heading begins
Say = Callable[[str, int | None], None]
NUMBERED = re.compile(r"^(?:[A-Z]|\d+)(?:\.\d+)*\.?\s+")  # the number that a title of the outline begins with


@dataclass
class Outside:
    """How many things beside the chapters were compared, and how many were right."""

    right: int = 0
    total: int = 0

    def count(self, right: bool, total: int = 1) -> None:
        """Add things that are all right or all wrong."""
        self.total += total
        self.right += total if right else 0


@dataclass
class Binding:
    """A PDF's own parts. `say` takes what is wrong and where."""

    reader: pypdf.PdfReader
    document: Any
    site: Site
    sheets: Mapping[str, Sheet]
    say: Say
    found: Outside = field(default_factory=Outside)
    _pieces: dict[int, list[Piece]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rtl = numerals.is_rtl(self.site.project.lang)
        for piece in self.document.pieces:
            self._pieces.setdefault(piece.page, []).append(piece)

    def compare(self) -> Outside:
        """Compare all that is outside the chapters' text."""
        reader = self.reader
        self._running(reader)
        if self.site.engine.knows_all:
            self._described(reader)
        if not self.site.engine.sets_its_own_paper(self.site.project):
            self._cover()
            outline = list(_outline(reader))
            self._outline(outline)
            self._contents(outline)
            self._targets(reader)
        self._addresses(reader)
        return self.found

    def _check(self, right: bool, what: str, page: int | None = None) -> None:
        self.found.count(right)
        if not right:
            self.say(what, page)

    def _said(self, text: str) -> str:
        """Return a text as the PDF can be read to say it."""
        return _squeeze(self.document.readable(text))

    # Nothing runs, nothing is attached, nothing is said aside

    def _running(self, reader: pypdf.PdfReader) -> None:
        root = reader.root_object
        names = root.get("/Names")
        inner = set(names.get_object().keys()) if names is not None else set()
        for key in sorted((set(root) | inner) & RUNNING):
            self._check(False, f"has `{key}`, which runs, asks or carries something")
        if self.site.engine.knows_all:
            for key in sorted(
                (set(root) - set(ROOT_KEYS.split()) - RUNNING) | (inner - {"/Dests"} - RUNNING)
            ):
                self._check(False, f"has `{key}`, which no PDF of Tieout's has")
        for number, page in enumerate(reader.pages):
            known = set(PAGE_KEYS.split()) if self.site.engine.knows_all else set(page) - RUNNING
            for key in sorted(set(page) - known):
                self._check(False, f"the page has `{key}`", number)
            notes = [reference.get_object() for reference in page.get("/Annots") or []]
            for note in notes:
                alike = [each for each in notes if _says_as(each, note)]  # in two lines
                self._annotation(reader, note, number, [each["/Rect"] for each in alike])

    def _annotation(self, reader: pypdf.PdfReader, note: Any, number: int, boxes: Sequence[Any]) -> None:
        action = note.get("/A")
        kind = action.get_object().get("/S") if action is not None else None
        right = note.get("/Subtype") == "/Link" and kind in (None, "/GoTo", "/URI")
        if self.site.engine.knows_all:
            right = right and not set(note) - set(NOTE_KEYS.split())
        if not right:
            self._check(False, f"has an annotation `{note.get('/Subtype')}` that is no link", number)
        elif self.site.engine.knows_all and kind != "/URI":
            said = str(note.get("/Contents") or "")
            at = re.search(r"page (\S+)$", said)
            target = _page_of(reader, note.get("/Dest"))
            label = self.document.labels[target] if target is not None else None
            if label is not None and re.search(rf"[^\W\d]\.? {re.escape(label)}$", said):
                self.found.count(True)  # *page 4*, *c. 4*, in the words of the book's language
            elif at and label is not None:
                self._check(False, f"a link to page {label} says “{said}”", number)
            elif is_numeric(said) and not at:
                shown = self._within([float(side) for side in note["/Rect"]], number)
                if not is_numeric(shown):
                    shown = " ".join(self._within([*map(float, box)], number) for box in boxes)
                wanted = set(digits(said))  # the digits of a note's mark may be set one by one
                right = wanted <= set(digits(shown)) or wanted <= set(digits(shown.replace(" ", "")))
                self._check(right, f"a link says “{said}” of `{shown}`", number)

    def _within(self, box: Sequence[float], page: int) -> str:
        """Return the text that begins in a box."""
        left, low, right, high = box
        return " ".join(
            piece.text
            for piece in self._pieces.get(page, [])
            if left - SLACK <= piece.x < right and low - SLACK <= piece.y <= high + SLACK
        )

    def _described(self, reader: pypdf.PdfReader) -> None:
        project = self.site.project
        wanted = {
            "/Title": project.title,
            "/Author": ", ".join(author.name for author in project.authors),
            "/Subject": project.description or "",
        }
        said = {key: str(value) for key, value in (reader.metadata or {}).items()}
        xmp = reader.root_object.get("/Metadata")
        told = plain(_unescaped(xmp.get_object().get_data().decode("utf-8", "replace"))) if xmp else ""
        told = re.sub(r" ?([<>]) ?", r"\1", told)
        for key, text in wanted.items():
            shown = plain(said.get(key, ""))
            self._check(shown == plain(text), f"its {key[1:].lower()} is “{shown}”, not “{plain(text)}”")
            if told:
                what = f"its description as XML lacks “{plain(text)}”"
                self._check(not text or re.sub(r" ?([<>]) ?", r"\1", f">{plain(text)}<") in told, what)
        known = {*wanted, "/Creator", "/Producer", "/Keywords", "/CreationDate", "/ModDate"}
        for key in sorted(said.keys() - known):
            self._check(False, f"its description has {key[1:]}")
        keywords: Any = project.about("keywords", default=[])
        listed = keywords if isinstance(keywords, list) else [keywords]
        shown = plain(said.get("/Keywords", ""))
        self._check(shown == plain(", ".join(map(str, listed))), f"its keywords are “{shown}”")
        for key in ("/CreationDate", "/ModDate"):
            day = "-".join(re.findall(r"\d{4}|\d{2}", said.get(key, ""))[:3])
            if day and project.date and day not in (project.date[:10], "1970-01-01"):
                self._check(day in told, f"its {key[1:]} is {day}")

    # Cover, contents, outline

    def _text(self, page: int) -> str:
        return "".join(piece.text for piece in self._pieces.get(page, []))

    def _cover(self) -> None:
        """Take what `_quarto.yml` says off the cover: nothing may be left, nothing be missing."""
        project = self.site.project
        rest = _squeeze(self._text(0))
        forms = list(date_forms(project.date, project.lang)) if project.date else []
        doi = str(project.about("doi", default=""))
        doi = doi.removeprefix("https://doi.org/").removeprefix("doi:")
        address = f"https://doi.org/{doi}" if doi else ""
        wanted: list[list[str | None]] = [
            [project.description],
            [project.title],
            [project.subtitle],
            [address],
        ]
        for author in project.authors:
            orcid = (author.orcid or "").removeprefix("https://orcid.org/")
            wanted += [["; ".join(author.affiliations)], [f"ORCID {orcid}" if orcid else ""], [author.name]]
        if project.date:
            wanted.append([*forms, project.date])
        if self.site.engine.knows_all:
            wanted[:0] = [[line] for line in described.colophon(project)]
        for texts in wanted:
            known = [self._said(text) for text in texts if text]
            found = next((text for text in known if text in rest), None)
            turned = (text for text in known if self.rtl and not letters(text) - letters(rest))
            if found is None and (text := next(turned, None)):
                self._check(True, "")
                rest = "".join((letters(rest) - letters(text)).elements())
                continue
            if known and found is None:
                self._check(False, f"the cover lacks “{texts[0]}”", 0)
            elif found is not None:
                self._check(True, "")
                rest = rest.replace(found, "", 1)
        self._check(not rest, f"the cover shows “{rest[:60]}”, which _quarto.yml does not say", 0)

    def _outline(self, outline: Sequence[_Heading]) -> None:
        """Compare the outline with the headings of the pages, and look for each at its place."""
        project = self.site.project
        bare = not any(project.numbers_sections("html", each) for each in project.chapters)
        alone = frozenset(words for each in self.sheets.values() for words in each.alone)
        unprinted = frozenset(words for each in self.sheets.values() for words in each.unprinted)
        headings = [each for sheet in self.sheets.values() for each in sheet.outline]
        headings = [each for each in headings if each[1] not in unprinted]
        at = 0
        parts = list(dict.fromkeys(each.part for each in self.site.project.chapters if each.part))
        for entry in outline:
            if entry.level == 0 and entry.title in parts:
                # A chapter or a section may have its name too.
                is_next = at < len(headings) and _names(entry.title, *headings[at], bare)
                if entry.title == parts[0] or not is_next:
                    parts = parts[parts.index(entry.title) + 1 :]
                    continue
            if NUMBERED.sub("", entry.title) in alone:
                continue
            start = at
            while at < len(headings) and not _names(entry.title, *headings[at], bare):
                at += 1
            fits = at < len(headings) and all(level > 2 for _, _, level in headings[start:at])
            self._check(
                fits, f"the outline has “{entry.title}” where the pages have another heading", entry.page
            )
            at = at + 1 if at < len(headings) else start  # one that is missing is said once
            there = self._stands(self._said(entry.title), entry.page, entry.left, entry.top)
            self._check(there, f"the outline's “{entry.title}” leads elsewhere", entry.page)

    def _stands(self, wanted: str, page: int, left: float, top: float) -> bool:
        """Whether a heading begins right below a spot, its number before it."""
        pieces, wanted = self._pieces.get(page, []), _without_pictures(wanted)
        if self.rtl:  # a PDF has it in the order of the eye, from the right
            low = top - BELOW * (1 + len(wanted) // LINE)
            near = (_squeeze(each.text) for each in pieces if low < each.y <= top + SLACK)
            return not letters(wanted) - letters("".join(near))
        for index, piece in enumerate(pieces if wanted else ()):
            if piece.x < left - SLACK or not top - BELOW < piece.y <= top + SLACK:
                continue
            text = ""
            for each in pieces[index:]:
                text += _without_pictures(_squeeze(each.text))
                if len(text) >= len(wanted) + BEFORE:
                    break
            if wanted in text:
                return True
        return not wanted

    def _contents(self, outline: Sequence[_Heading]) -> None:
        """Compare the contents, entry by entry, with the outline and the labels of its pages."""
        project = self.site.project
        if project.option("typst", "toc", True) is False or not outline:
            return
        first = min(entry.page for entry in outline)
        text = ""
        for number in range(1, first):
            label = self.document.labels[number]
            text += _squeeze(self._text(number)).removesuffix(_squeeze(label))
        usual = words(project.lang)["contents"] if self.site.engine.knows_all else "Contents"
        rest = text.removeprefix(self._said(str(project.option("typst", "toc-title", usual))))
        depth = int(project.option("typst", "toc-depth", 2 if self.site.engine.knows_all else 3))
        if not self.site.engine.knows_all:  # a title in the book's language
            title = rest[: max(rest.find(self._said(outline[0].title)), 0)]
            rest = rest.removeprefix(title) if not is_numeric(title) else rest
        chapters = "".join(
            self._said(entry.title) + _squeeze(self.document.labels[entry.page])
            for entry in outline
            if not entry.level
        )
        if rest == chapters:
            depth = 1  # what would not stand on one page has its chapters alone
        for entry in outline:
            if entry.level < depth:
                wanted = self._said(entry.title) + _squeeze(self.document.labels[entry.page])
                if self.rtl and not letters(wanted) - letters(rest):
                    self._check(True, "")
                    rest = "".join((letters(rest) - letters(wanted)).elements())
                    continue
                if not rest.startswith(wanted) and self._is_deeper(entry, depth):
                    continue
                if not rest.startswith(wanted):
                    self._check(False, f"the contents say “{rest[: len(wanted)]}” of “{entry.title}”", 1)
                    return
                self._check(True, "")
                rest = rest[len(wanted) :]
        self._check(not is_numeric(rest), f"the contents end with “{rest[:60]}”", 1)

    def _is_deeper(self, entry: _Heading, depth: int) -> bool:
        """Whether a heading skips levels: the outline has it right below its chapter, contents do not."""
        headings = (each for sheet in self.sheets.values() for each in sheet.outline)
        return entry.level > 0 and any(each[2] > depth and _names(entry.title, *each) for each in headings)

    # Where links lead

    def _targets(self, reader: pypdf.PdfReader) -> None:
        """Look at each named place: the heading that the pages have under the name stands there."""
        names: dict[str, str] = {}
        for sheet in reversed([*self.sheets.values()]):  # of two of one name, the first counts
            names |= {name: self._said(words) for name, words in sheet.places.items()}
        for name, place in reader.named_destinations.items():
            number = _page_of(reader, place)
            wanted = names.get(name)
            if wanted and number is not None and place.top is not None:
                there = self._stands(wanted, number, float(place.left or 0), float(place.top))
                self._check(there, f"the place `{name}` is not where its heading stands", number)

    def _addresses(self, reader: pypdf.PdfReader) -> None:
        """Compare the addresses that links lead to with those of the pages."""
        known = {address for sheet in self.sheets.values() for address in sheet.addresses}
        project = self.site.project
        known |= {f"https://orcid.org/{author.orcid}" for author in project.authors if author.orcid}
        known |= {author.orcid or "" for author in project.authors}
        outside = {plain(each) for each in known if target_of("", each) is None}
        for number, page in enumerate(reader.pages):
            for reference in page.get("/Annots") or []:
                action = reference.get_object().get("/A")
                address = action.get_object().get("/URI") if action is not None else None
                if address is not None:
                    address = _in_utf8(address)
                    said = str(reference.get_object().get("/Contents") or address)
                    known_here = address in outside or self._is_written(address)
                    right = known_here and address.removeprefix("mailto:") in said
                    self._check(right, f"a link leads to {address}, which no page does", number)

    def _is_written(self, address: str) -> bool:
        """Whether a chapter has an address in its own text: what is for the PDF alone stands on no page."""
        whole = re.compile(re.escape(address) + r"(?![\w/?#=&%-])")
        project = self.site.project
        return any(whole.search(project.files.text(chapter.path)) for chapter in project.chapters)


@dataclass(frozen=True)
class _Heading:
    title: str
    level: int
    page: int
    left: float
    top: float


def _outline(reader: pypdf.PdfReader) -> Iterator[_Heading]:
    def walk(items: Any, level: int) -> Iterator[_Heading]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
                continue
            page = reader.get_destination_page_number(item)
            if page is not None and page >= 0:
                yield _Heading(
                    plain(str(item.title)), level, page, float(item.left or 0), float(item.top or 0)
                )

    return walk(reader.outline, 0)


def _names(title: str, number: str, words: str, _level: int, bare: bool = False) -> bool:
    """Whether a title of the outline is a heading's; where pages are `bare`, paper alone has numbers."""
    if bare and not number and NUMBERED.sub("", title) == words:
        return True
    shown, said = _squeeze(title), _squeeze(words)
    if not shown.endswith(said):
        return False
    before = digits(title[: len(title) - len(words)]) if len(title) >= len(words) else []
    return shown == _squeeze(number + words) or (before == digits(number) and number in title)


def _in_utf8(address: Any) -> str:
    """Return an address as its bytes say it: a PDF has no encoding for them, and Typst writes UTF-8."""
    raw = getattr(address, "original_bytes", None)
    try:
        return raw.decode("utf-8") if raw is not None else str(address)
    except UnicodeDecodeError:
        return str(address)


def _says_as(one: Any, other: Any) -> bool:
    """Whether two notes of a page are of links that say the same and lead to the same place."""
    return all(one.get(key) == other.get(key) for key in ("/Contents", "/Dest", "/Subtype"))


def _page_of(reader: pypdf.PdfReader, target: Any) -> int | None:
    if target is None:
        return None
    target = target.get_object() if hasattr(target, "get_object") else target
    if isinstance(target, str | bytes):  # a name whose letters pypdf does not know is bytes
        target = _named(reader).get(target)
    if isinstance(target, list) and target:
        page = target[0].get_object() if hasattr(target[0], "get_object") else None
        return reader.get_page_number(page) if page is not None else None
    number = reader.get_destination_page_number(target) if target is not None else None
    return number if number is not None and number >= 0 else None


def _named(reader: pypdf.PdfReader) -> Mapping[Any, Any]:
    """Return the named places of a PDF, read once."""
    known = getattr(reader, "_tieout_places", None)
    if known is None:
        known = reader.named_destinations
        reader._tieout_places = known  # type: ignore[attr-defined]
    return known


def _unescaped(text: str) -> str:
    for entity, sign in (("&apos;", "'"), ("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def _squeeze(text: str) -> str:
    return SPACES.sub("", unicodedata.normalize("NFKC", straight(on_paper(text)))).replace("‑", "").casefold()


def _without_pictures(text: str) -> str:
    """Return a text without emoji: a PDF whose fonts have none says nothing of them."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("So", "Co", "Cn"))
