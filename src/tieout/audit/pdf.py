"""The PDF against the pages: the same chapters, the same ties in the same order, the same numbers.

A tie in the PDF is a link to a named destination, the heading of its entry in the ledger; what it shows is
the text under it. Line breaks, hyphens, running heads and page numbers are the paper's own and are left
out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile
from operator import attrgetter
from pathlib import Path
from typing import Any

import pypdf
import pypdf.errors
import pypdfium2 as pdfium

from tieout import numerals
from tieout.audit.binding import NUMBERED, Binding
from tieout.audit.document import SLACK, Document, Link
from tieout.audit.eye import letters
from tieout.audit.flow import canonical, digits, plain, single_digits, straight
from tieout.audit.ink import look
from tieout.audit.order import is_interleaved
from tieout.audit.pages import Site
from tieout.audit.paper import papers
from tieout.audit.pieces import Piece
from tieout.audit.rows import Rows, check_rows
from tieout.audit.sheet import Sheet
from tieout.audit.typeset import are_set, run_together
from tieout.harmless.emoji import on_paper
from tieout.problems import Count, Problem

MOST_LINES = 4  # of a running head with long titles
NO_FONT = "no font of the PDF"
SHIFT = 5.0  # points that an index or a power is lower or higher
MINUS = re.compile(r"(?<![\w)\]])-(?=[0-9.])")  # Typst sets a hyphen before a number as a minus sign
SQUEEZED = re.compile(r"[\s\x02\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069-]+")


def check_pdf(
    path: Path,
    site: Site,
    ledger: Mapping[str, Any],
    sheets: Mapping[str, Sheet],
    folder: Path | None = None,
) -> tuple[list[Count], list[Problem]]:
    """Compare a PDF with the pages of its site.

    Parameters
    ----------
    path
        The PDF.
    site
        The site.
    ledger
        The published ledger: its ids are the names of the places that ties lead to.
    sheets
        What of its pages the PDF is compared with.
    folder
        Where the pages' pictures lie; beside the PDF unless it is given.
    """
    name = path.name
    try:
        document = Document.read(path)
    except (pypdf.errors.PyPdfError, pdfium.PdfiumError, OSError, ValueError, KeyError) as error:
        what = f"cannot be read as a PDF: {plain(str(error)) or type(error).__name__}"
        return [Count("PDF chapters", 0, 1)], [Problem(what, "build the site anew", name, rule="pdf")]
    counts, problems = compare(name, document, site, ledger, sheets)
    problems += _boxes(name, document)

    def say(what: str, page: int | None) -> None:
        where = f"page {document.labels[page]}" if page is not None else ""
        problems.append(Problem(what, "build the PDF anew", name, rule="pdf", where=where))

    def warn(what: str, page: int | None) -> None:
        where = f"page {document.labels[page]}" if page is not None else ""
        hint = "look whether readers miss anything, and let the line break"
        problems.append(Problem(what, hint, name, rule="page-edge", where=where, severity="warning"))

    outside = Binding(document.reader, document, site, sheets, say).compare()
    place = folder or path.parent
    seen, total = look(path, document.reader, document.pieces, site, sheets, place, say, warn)
    counts += [
        Count("things beside the PDF's chapters", outside.right, outside.total),
        Count("texts and drawings of the PDF seen", seen, total),
    ]
    return counts, problems


def _boxes(name: str, document: Document) -> Iterator[Problem]:
    """Say once that the PDF has boxes in place of signs, whose words are compared with nothing."""
    if document.boxes:
        like = f", `{min(document.unset)}` among them" if document.unset else ""
        what = f"{NO_FONT} has some signs{like}: boxes stand there, which are compared with nothing"
        hint = "put a font that has them into the project's folder `fonts`; pages show them"
        labels = (document.labels[page] for page in document.boxes)
        where = next((f"page {label}" for label in labels if label), "")  # a cover has none
        yield Problem(what, hint, name, rule="no-font", where=where, severity="warning")


def compare(
    name: str, document: Document, site: Site, ledger: Mapping[str, Any], sheets: Mapping[str, Sheet]
) -> tuple[list[Count], list[Problem]]:
    """Compare a PDF that is read with the pages of its site, as `check_pdf` does."""
    # Where no page lists the entries, ties lead nowhere: what they show is compared as text.
    ids = {entry["id"] for entry in ledger.get("entries", [])} if ledger.get("ledger_page") else set()
    return _Comparison(name, document, site, ids, papers(site, sheets), ledger).result()


class _Comparison:
    def __init__(
        self,
        name: str,
        document: Document,
        site: Site,
        ids: set[str],
        papers: Mapping[str, Sheet],
        ledger: Mapping[str, Any],
    ) -> None:
        self.name, self.document, self.site, self.ids, self.papers = name, document, site, ids, papers
        self.ledger = ledger
        self.tie_links: list[Link] = []
        self.rtl = numerals.is_rtl(site.project.lang)
        self.own_form = site.engine.sets_its_own_paper(site.project)
        self.outline = tuple(_titles(document.reader.outline))
        self.headings = tuple(self._said(NUMBERED.sub("", title)) for title in self.outline)
        self.headings = tuple(filter(None, self.headings))
        self.problems: list[Problem] = []
        self.ties = self.tied = self.numbers = self.same = self.chapters = 0

    def result(self) -> tuple[list[Count], list[Problem]]:
        faces = self.site.faces
        pages = sorted(self.papers, key=lambda href: "ledger" in faces[href].appendices)
        rows = Rows()
        used: set[int] = set()
        above: set[str] = set()
        for href in pages:
            self._take_part(href, used, above)
            part = self._part(href, used)
            if part is None:
                label = self.site.label(href, "")
                words = f"{label.number} {label.said}".strip() if label else href
                self._say(f"has no chapter “{words}” in its outline", None)
                self.ties += len(self.papers[href].ties) if self.ids else 0
                continue
            used.add(part)
            self.chapters += 1
            pieces, links = self.document.within(part)
            is_ledger = "ledger" in faces[href].appendices
            self._ties(href, pieces, [] if is_ledger else links)
            body = list(self._body(pieces, links, part))
            if is_ledger:
                rows = self._rows(body)
                body = [piece for piece in body if piece not in rows.pieces]
            self._numbers(href, body, part)
        counts = [
            Count("PDF chapters", self.chapters, len(pages)),
            Count("PDF ties as on the pages", self.tied, self.ties),
            Count("PDF numbers as on the pages", self.same, self.numbers),
            *([Count("rows of the PDF's ledger", rows.right, rows.total)] if rows.total else []),
        ]
        return counts, self.problems

    def _say(
        self, what: str, page: int | None, name: str | None = None, hint: str = "build the PDF anew"
    ) -> None:
        where = f"page {self.document.labels[page]}" if page is not None else ""
        self.problems.append(Problem(what, hint, self.name, id=name, rule="pdf", where=where))

    def _said(self, text: str) -> str:
        """Return a text of the pages as the PDF can be read to say it."""
        return _squeeze(self.document.readable(text))

    def _number(self, href: str) -> str:
        """Return the number that a chapter has on paper alone: pages may be without numbers."""
        chapter = next((each for each in self.site.project.chapters if each.href == href), None)
        numbered = chapter is not None and self.site.project.numbers_sections("typst", chapter)
        return str(chapter.number or "") if chapter and numbered else ""

    def _take_part(self, href: str, used: set[int], above: set[str]) -> None:
        """Take the title of the part that a chapter begins, where a chapter has the same."""
        chapter = next((each for each in self.site.project.chapters if each.href == href), None)
        if chapter is None or not chapter.part or chapter.part in above:
            return
        above.add(chapter.part)
        wanted = _squeeze(chapter.part)
        labels = (self.site.label(each, "") for each in self.papers)
        chapters = sum(label is not None and _squeeze(label.said) == wanted for label in labels)
        titles = [_squeeze(part.title) for part in self.document.parts]
        more = sum(title.endswith(wanted) for title in titles) > chapters > 0
        same = (at for at, title in enumerate(titles) if title == wanted and at not in used)
        used.update(islice(same, int(more)))

    def _part(self, href: str, used: set[int]) -> int | None:
        label = self.site.label(href, "")
        if label is None:
            return None
        words, number = _squeeze(label.said), label.number or self._number(href)
        for index, part in enumerate(self.document.parts):
            title = _squeeze(part.title)
            if index not in used and (
                title == words or (title.endswith(words) and _is_number(title, words, number))
            ):
                return index
        return None

    # Ties

    def _ties(self, href: str, pieces: Sequence[Piece], links: Sequence[Link]) -> None:
        """Take the links one by one: each must be the next tie of the page or of its notes, or part of it."""
        paper = self.papers[href]
        ties = [tie for tie in paper.ties if self.ids and self._is_read(tie.shown)]
        main = [tie for tie in ties if not tie.noted]
        notes = [tie for tie in ties if tie.noted]
        found = [link for link in links if link.name in self.ids and not self._is_gap(link, pieces)]
        listed = [tie for tie in paper.listed if tie.target in self.ids and self._is_read(tie.shown)]
        self.ties += len(ties)
        at = 0
        while at < len(found):
            for queue in (main, notes, listed):
                taken = self._take(queue[0], found, at, pieces) if queue else 0
                if taken:
                    queue.pop(0)
                    if queue is not listed:
                        self.tie_links.append(found[at])  # where it begins: it may go on on the next page
                        self.tied += 1
                    at += taken
                    break
            else:
                link = found[at]
                shown = _text(link, pieces)
                what = f"the link to {link.name} shows `{shown}`"
                if main:
                    what += f" where {href}:{main[0].line} has the tie `{main[0].shown}` to {main[0].target}"
                self._say(what, link.page, link.name)
                return
        for tie in (*main, *notes, *listed):
            self._say(f"lacks the tie `{tie.shown}` of {href}:{tie.line}", None, tie.target)

    def _is_read(self, text: str) -> bool:
        """Whether the PDF can be read to say something of a text, if it has any."""
        return not text.strip() or bool(self.document.readable(text).strip())

    def _is_gap(self, link: Link, pieces: Sequence[Piece]) -> bool:
        """Whether a link stands on boxes alone, in place of signs."""
        held = [piece.text for piece in pieces if link.holds(piece)] if self.document.boxes else []
        return bool(held) and not any(map(str.strip, held))

    def _take(self, tie: Any, found: Sequence[Link], at: int, pieces: Sequence[Piece]) -> int:
        """Return how many links, over line breaks, make a tie; none where they do not."""
        name = tie.target.partition(":")[0]
        if tie.printed is not None or self.rtl:
            same = [*takewhile(lambda link: link.name == name, found[at:])]
            printed = self.document.readable(tie.printed or tie.shown)
            while same:
                count, held = run_together((link.holds for link in same), pieces)
                if count and are_set(held, printed, not self.rtl):
                    return count
                same = same[: max(count - 1, 0)]  # the next page may begin with another tie to the entry
            return 0
        wanted, shown, count = self._said(tie.shown), "", 0
        while at + count < len(found) and found[at + count].name == name and len(shown) <= len(wanted):
            part = _squeeze(_text(found[at + count], pieces))
            if not wanted.startswith(shown + part):
                return 0
            shown += part
            count += 1
            if shown == wanted:
                # A hyphen at the end of a line has a link of its own and no text that counts.
                while at + count < len(found) and found[at + count].name == name:
                    if _squeeze(_text(found[at + count], pieces)) or found[at + count].page != found[at].page:
                        break
                    count += 1
                return count
        return 0

    # Numbers

    def _rows(self, body: Sequence[Piece]) -> Rows:
        """Compare the ledger's rows with the ledger: what they say, and the pages that they lead back to."""
        if not self.ids:
            return Rows()
        ties = self.tie_links if self.site.engine.knows_all else None
        rows = check_rows(
            self.document, self.ledger, body, ties, self.site.project.lang, ordered=not self.rtl
        )
        for what, at, name in rows.problems:
            self._say(what, at, name)
        return rows

    def _numbers(self, href: str, body: Sequence[Piece], part: int) -> None:
        paper = self.papers[href]
        wanted, own = paper.numbers, Counter(self._of_headings(href, paper, part))
        runs = _runs(_lines(iter(body)))
        found = Counter({run: len(written) for run, written in runs.items()})
        self.numbers += sum(wanted.values())
        lacking, extra = wanted - found - paper.missing, found - wanted - paper.free - own
        if self.rtl:
            lacking, extra = _put_together(lacking, extra, runs)
        once = Counter({run: count for run, count in extra.items() if run not in paper.repeated})
        kept = (_without_formulas(lacking, each, runs, paper.formulas) for each in (extra, once))
        lacking, extra, unset = min(kept, key=lambda parts: sum(part.total() for part in parts))
        self.same += sum(wanted.values()) - sum(lacking.values())
        title = self.document.parts[part].title
        # Digits that no font has cannot be read, one by one: which numbers they make is not known.
        if lacking and not any(map(str.isdecimal, self.document.unset)):
            self._say(f"“{title}” lacks {_listed(lacking)}, which {href} shows", None)
        if extra:
            self._say(f"“{title}” shows {_listed(extra)}, which {href} does not", None)
        if unset and not (lacking or extra):
            what = f"“{title}” lacks {_listed(unset)} of the formulas of {href}"
            hint = "look whether readers of the PDF miss anything"
            self.problems.append(Problem(what, hint, self.name, rule="pdf", severity="warning"))
        if not lacking and not extra and not self.rtl:
            self._order(href, paper, body, title)

    def _of_headings(self, href: str, paper: Sheet, part: int) -> Iterator[str]:
        """Give the numbers of headings that paper alone has, or alone numbers, and of references to such."""
        label = self.site.label(href, "")
        bare = label is not None and not label.number and bool(self._number(href))
        first = NUMBERED.match(self.document.parts[part].title)
        for title in self.outline if first or paper.untold else ():
            number = NUMBERED.match(title)
            yield from digits(number[0] if number else "") * paper.untold
            words = title[number.end() :] if number else ""
            alone = bare or words in paper.alone
            if number and first and alone and number[0].startswith(first[0].strip()):
                yield from digits(number[0])

    def _order(self, href: str, paper: Sheet, body: Sequence[Piece], title: str) -> None:
        """Compare the order of the numbers: notes stand at the foot, in an order of their own."""
        parts, repeated = paper.order, frozenset(paper.repeated)
        wanted = Counter(number for part in parts for number in part)
        running = digits(*_lines(piece for piece in body if "Math" not in piece.font))
        if wanted - Counter(running) or set(Counter(running) - wanted) - repeated:
            return  # paper leaves out or adds something here, which is looked at above
        at = is_interleaved(running, parts, repeated)
        if at is not None:
            self._say(f"“{title}” has `{running[at]}` in another order than {href}", None)

    def _body(self, pieces: Sequence[Piece], links: Sequence[Link], part: int) -> Iterator[Piece]:
        """Leave out drawings, which have a scale, marks of notes, running heads and page numbers."""
        marks = list(_note_marks(links, self.rtl))
        for number in sorted({piece.page for piece in pieces}):
            own = [piece for piece in pieces if piece.page == number and abs(piece.scale - 1) < 0.001]
            lines = sorted({round(piece.y) for piece in own})
            foot = {
                y
                for y in lines[:1]
                if self._is_folio("".join(each.text for each in own if round(each.y) == y), number)
            }
            tops = [lines[-2:-1], *(lines[-count:] for count in range(1, MOST_LINES + 1))]
            later = number > self.document.parts[part].page
            head = {y for top in tops if later and self._is_head(own, top, part) for y in top}
            for piece in own:
                if round(piece.y) not in foot | head and not any(mark.holds(piece) for mark in marks):
                    yield piece

    def _is_folio(self, text: str, page: int) -> bool:
        return plain(text) == self.document.labels[page]

    def _is_head(self, pieces: Sequence[Piece], lines: Sequence[float], part: int) -> bool:
        """Whether some lines of a page, as far as they stand together, are the running head of a chapter."""
        line = "".join(piece.text for piece in pieces if round(piece.y) in lines)
        text = _squeeze(line)
        title = self.document.parts[part].title
        shown = (title, NUMBERED.sub("", title))
        own = [self._said(book + each) for book in (self.site.project.title, "") for each in shown]
        if self.rtl or len(lines) > 1:
            return letters(text) in map(letters, own) if self.rtl else text in own
        # Quarto leaves the number of a chapter to Typst, which does not repeat it there.
        for known in (self.site.project.title, title, NUMBERED.sub("", title)):
            text = text.replace(self._said(known), "", 1)
        return not text or (self.own_form and self._is_head_of_quarto(line, pieces[0].page))

    def _is_head_of_quarto(self, line: str, page: int) -> bool:
        """Whether a line is the page's number and the heading that its chapter or section has."""
        label = re.escape(self.document.labels[page])
        found = re.fullmatch(rf"\s*{label}\s+(?P<even>.*)|(?P<odd>.*?)\s*{label}\s*", line)
        said = _squeeze((found["even"] or found["odd"] or "") if found else "")
        return bool(said) and any(said.endswith(title) for title in self.headings)


def _runs(lines: Iterable[str]) -> dict[str, list[str]]:
    """Return the runs of digits of some lines as they are written, by what they are without leading zeros."""
    runs: dict[str, list[str]] = {}
    for line in lines:
        for run in re.findall(r"\d+", line):
            runs.setdefault(canonical(run), []).append(run)
    return runs


def _put_together(
    lacking: Counter[str], extra: Counter[str], runs: Mapping[str, Sequence[str]]
) -> tuple[Counter[str], Counter[str]]:
    """Leave out numbers that are there in two parts, as text from right to left may have them."""
    lacking, extra = Counter(lacking), Counter(extra)
    for number in [*lacking.elements()]:
        pairs = ((number[:at], number[at:]) for at in range(1, len(number)))
        for one, other in pairs:
            parts = Counter((canonical(one), canonical(other)))
            if parts <= extra and other in runs[canonical(other)]:
                lacking, extra = lacking - Counter([number]), extra - parts
                break
    return lacking, extra


def _without_formulas(
    lacking: Counter[str], extra: Counter[str], runs: Mapping[str, Sequence[str]], formulas: Counter[str]
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return what is lacking and what is extra beside the digits of formulas, and which of these are not set.

    Formulas are typeset digit by digit, and a number of the text may touch them.
    """
    # Which of `5` and `05` stands in the text is not known: the fewest zeros, and how many more there may be.
    forms = {name: sorted(runs[name], key=len) for name in extra}
    written = [(run, name) for name, count in extra.items() for run in forms[name][:count]]
    more = sum(len("".join(forms[name][-count:])) for name, count in extra.items())
    more -= sum(len(run) for run, _ in written)
    shown = Counter(digit for run, _ in written for digit in single_digits(run))
    touched = Counter(digit for run in lacking.elements() for digit in run)
    zeros = (formulas + touched)["0"] - shown["0"]
    shown["0"] += min(max(zeros, 0), more)
    if +shown == formulas + touched and all(any(run in each for each, _ in written) for run in lacking):
        return Counter(), Counter(), Counter()
    rest: Counter[str] = Counter()
    for run, name in sorted(written, key=lambda pair: len(pair[0])):
        own = Counter(single_digits(run))
        if own <= formulas:
            formulas = formulas - own
        else:
            rest[name] += 1
    return lacking, rest, formulas - Counter({"0": more})


def _lines(pieces: Iterator[Piece]) -> Iterator[str]:
    """Join the runs of a line that touch, as the digits of one number may."""
    text, last = "", None
    for piece in pieces:
        if last is not None and not (_is_level(last, piece) or _is_shifted(last, piece)):
            yield text
            text = ""
        text += piece.text
        last = piece
    yield text


def _is_level(one: Piece, other: Piece) -> bool:
    """Whether a piece may go on with another's number: on its line, and not before it, as the next cell."""
    return (one.page, round(one.y)) == (other.page, round(other.y)) and other.box[2] > one.box[0]


def _is_shifted(one: Piece, other: Piece) -> bool:
    """Whether a piece is set right behind another as its index or its power; formulas have their own ways."""
    beside = one.page == other.page and abs(one.y - other.y) < SHIFT
    return beside and abs(other.box[0] - one.box[2]) < SLACK and "Math" not in one.font + other.font


def _text(link: Link, pieces: Sequence[Piece]) -> str:
    """Return what of a chapter's pieces, page after page, stands in the rectangle of a link."""
    first, end = (side(pieces, link.page, key=attrgetter("page")) for side in (bisect_left, bisect_right))
    return plain("".join(piece.text for piece in pieces[first:end] if link.holds(piece)))


def _squeeze(text: str) -> str:
    return SQUEEZED.sub("", MINUS.sub("−", straight(on_paper(text)))).replace("‑", "").casefold()


def _is_number(title: str, words: str, number: str) -> bool:
    before = title[: len(title) - len(words)] if words else title
    return not before or (bool(number) and number.casefold() in before)


def _listed(runs: Mapping[str, int]) -> str:
    names = [f"`{run}`" + (f" ({count} times)" if count > 1 else "") for run, count in sorted(runs.items())]
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def _titles(outline: Any) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from _titles(item)
        else:
            yield plain(str(item.title))


def _note_marks(links: Sequence[Link], rtl: bool) -> Iterator[Link]:
    """Give the numbers of notes: the one in the text, and the one before the note, which leads back to it."""
    spots: dict[int, list[tuple[Link, float, float]]] = defaultdict(list)
    for back in links:
        if back.spot:
            spots[back.spot[0]].append((back, *back.spot[1:]))
    for link in links:
        left, low, right, high = link.box
        sides = (left, right) if rtl else (left,)  # words from left to right stand in such a text as well
        for back, x, y in spots[link.page] if link.name is None else ():
            near = any(abs(x - side) < SLACK for side in sides) and abs(y - high) < (high - low) / 2
            if near and back is not link:
                yield from (link, back)
