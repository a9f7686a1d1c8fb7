"""Markdown as pandoc reads it, as far as ties need it: blocks by line, and inlines in them.

Ours because pandoc's reader of its own Markdown keeps no places in the source, and a tie is edited in place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from tieout.markdown.inlines import CAPTIONS, OBJECT, SCHEME, TEXT_ATTRIBUTES, Inlines, normal_label
from tieout.markdown.spans import ENTITY, RAW, attributes_end, classes, destination
from tieout.markdown.tie import Tie, Waiver
from tieout.markdown.writing import escape, tied, typographic, visible, without_ties

__all__ = [
    "ENTITY", "OBJECT", "SCHEME", "TEXT_ATTRIBUTES", "Inlines", "Scan", "Tie", "Waiver", "escape", "scan",
    "shown", "tied", "typographic", "visible", "without_ties",
]  # fmt: skip

_FENCE = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_ITEM = r"(?:[-+*:~]|\(?(?:\d{1,9}|[A-Za-z])[.)]|\(@\w*\)|#\.)[ \t]+"
_MARKER = re.compile(rf"{_QUOTE.pattern}(?:{_ITEM})*")
_LIST = re.compile(rf"{_QUOTE.pattern}(?:{_ITEM}|\[\^[^\]]+\]:)")
_REFERENCE = re.compile(
    r"^[ ]{0,3}\[(?!\^)(?P<label>[^\]\n]+)\]:[ \t]*<?(?P<address>[^\s>]+)>?"
    r"(?:[ \t]+[\"'(](?P<title>[^\n]*)[\"')])?[ \t]*\r?$",
    re.M,
)
_NOTE = re.compile(r"[ ]{0,3}\[\^(?P<label>[^\]\s]+)\]:")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_DIV = re.compile(r"[ \t>]*:{3,}")
_RULE = re.compile(r"[ ]{0,3}([*_-])(?:[ \t]*\1){2,}[ \t]*\r?$")
_TAB = 4


@dataclass(frozen=True, eq=False)
class Scan:
    """What a stretch of Markdown holds.

    Parameters
    ----------
    ties, waivers
        In order of appearance.
    prose
        The text without markup; `OBJECT` stands for what is not prose.
    at
        For each character of ``prose``, where it stands in the Markdown.
    notes
        References to footnotes, as (offset, label).
    keys
        Keys of citations and cross-references, as (offset, key).
    maths
        Where formulas stand, without their dollar signs.
    divs
        Where divs open and close, with what is said of each that opens.
    spans
        Where the text of spans begins and ends, with what is said of it.
    source
        The Markdown.
    """

    ties: tuple[Tie, ...]
    waivers: tuple[Waiver, ...]
    prose: str
    at: tuple[int, ...]
    notes: tuple[tuple[int, str], ...]
    keys: tuple[tuple[int, str], ...] = ()
    maths: tuple[tuple[int, int], ...] = ()
    divs: tuple[tuple[int, str], ...] = ()
    spans: tuple[tuple[int, int, str], ...] = ()
    source: str = field(default="", repr=False)

    @cached_property
    def tied(self) -> Mapping[int, Tie]:
        """Its ties by where they start."""
        return {tie.start: tie for tie in self.ties}

    @cached_property
    def waived(self) -> Mapping[int, str]:
        """The texts of its waivers by where they start."""
        return {waiver.start: waiver.text for waiver in self.waivers}

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """Where in the prose a paragraph or an item of a list ends, and text does not go on."""
        return tuple(
            place
            for place, character in enumerate(self.prose)
            if character == "\n"
            and (self.prose[place + 1 : place + 2] == "\n" or _LIST.match(self.source, self.at[place] + 1))
        )


@lru_cache(maxsize=4096)
def scan(markdown: str, literal: bool = False) -> Scan:
    """Read a Markdown text once: its ties, waivers, prose and references to footnotes.

    With ``literal`` it is the value of an attribute, such as an alternative text: there dollar signs make no
    maths and ``@`` no citation.
    """
    scanner = _Blocks(markdown, literal)
    scanner.blocks()
    prose = scanner.prose
    return Scan(
        tuple(scanner.ties),
        tuple(scanner.waivers),
        "".join(prose.characters),
        tuple(prose.offsets),
        tuple(scanner.notes),
        tuple(sorted(set(scanner.keys))),
        tuple(sorted(set(scanner.maths))),
        tuple(scanner.divs),
        tuple(scanner.spans),
        markdown,
    )


def shown(markdown: str) -> str:
    """Return inline Markdown as a reader sees it: no escapes, emphasis, links or code marks."""
    return Inlines(markdown).plain(0, len(markdown))


class _Blocks(Inlines):
    """One pass over a text: blocks by line, and what they hold."""

    def blocks(self) -> None:
        """Split the text into paragraphs and what is none, and read each."""
        text, position, blank = self.text, 0, True
        for found in _REFERENCE.finditer(text):
            self.references.setdefault(normal_label(found["label"]), found["address"])
        self.divs: list[tuple[int, str]] = []
        self.items: list[int] = []  # where the text of each list item begins that is open here
        if re.match(r"---[ \t]*\n", text):
            closing = re.search(r"^(?:---|\.\.\.)[ \t]*$", text[4:], re.M)
            position = 4 + closing.end() if closing else 0
        while position < len(text):
            end = self._line_end(position)
            line = text[position:end]
            if not line.strip(" \t>\r"):
                blank, position = True, end + 1
                self.prose.add("\n", min(position, len(text)) - 1)
                continue
            fenced = self._after_fence(position, line)
            if fenced is not None:
                position, blank = fenced, True
                continue
            if blank and self._is_code(line):
                position = end + 1  # indented code; the line before the next stays blank
                continue
            verbatim = self._after_verbatim(position, line)
            if verbatim is not None:
                position, blank = verbatim, True
                continue
            if blank and _RULE.match(line):
                self.items.clear()
                position = end + 1
                continue
            title = _REFERENCE.match(line)
            if title:
                if title["title"]:
                    self._value(position + title.start("title"), position + title.end("title"))
                position, blank = end + 1, True
                continue
            if _DIV.match(line):
                end = self._div(position, end)
                position, blank = end + 1, True
                continue
            stop = self._paragraph_end(position)
            self._open_items(text[position:stop])
            note = _NOTE.match(line)
            if note:
                self.note = note["label"]
                position += note.end()
            reached = self._paragraph(position, stop)
            stop = max(stop, reached) if line.lstrip(" ").startswith("<") else stop  # a style in a div
            self.prose.add("\n\n", max(min(stop, len(text)) - 1, 0))
            position, blank = stop + 1, blank and bool(_HEADING.match(line))

    def _is_code(self, line: str) -> bool:
        """Whether a line after a blank one is indented code; leave the list items that it is not part of."""
        bare = line.lstrip(" \t")
        indent = len(line[: len(line) - len(bare)].expandtabs(_TAB))
        if indent < _TAB:
            self.note = None
        inside = [item for item in self.items if item <= indent]
        is_code = indent >= max(inside, default=0) + _TAB
        # Code that looks like an item ends a list.
        if is_code or not _LIST.match(line) or bare.startswith(">"):
            self.items = inside
        return is_code

    def _open_items(self, paragraph: str) -> None:
        """Take note of the list items that begin in the lines of a paragraph."""
        for place, line in enumerate(paragraph.split("\n")):
            if not _LIST.match(line) or _RULE.match(line) or self._goes_on(place, line):
                continue
            note = _NOTE.match(line)
            marker = _MARKER.match(line)
            assert marker
            indent = len(line) - len(line.lstrip(" \t>"))
            self.items = [item for item in self.items if item <= indent]
            self.items += (
                [_TAB]
                if note
                else [len(line[: part.end()].expandtabs(_TAB)) for part in re.finditer(_ITEM, marker[0])]
            )

    def _goes_on(self, place: int, line: str) -> bool:
        """Whether a line looks like a list item, and is of a quote or of a paragraph that is no list."""
        first = line.lstrip()[0]
        return first == ">" or (place > 0 and not self.items and first not in ":~")

    def _div(self, position: int, end: int) -> int:
        """Read the attributes of a div's fence, and return where its last line ends."""
        brace = self.text.find("{", position, end)
        close = attributes_end(self.text, brace, len(self.text)) if brace >= 0 else None
        said = self.text[position:end].strip(" \t\r>:") if close is None else self.text[brace:close]
        self.divs.append((position, said))
        if close is None:
            return end
        callout = any(name.startswith("callout-") for name in classes(self.text[brace:close]))
        self._attributes(brace, close, {*CAPTIONS, "title", "caption"} if callout else CAPTIONS)
        return self._line_end(max(end, close))

    def _line_end(self, position: int) -> int:
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end

    def _after_fence(self, position: int, line: str) -> int | None:
        """Return where the fenced code that begins here is over; None where none begins, or it never ends."""
        opening = _FENCE.match(line)
        if not opening or (opening["fence"][0] == "`" and "`" in opening["info"]):
            return None
        fence = opening["fence"]
        closing = re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*\r?$", re.M)
        match = closing.search(self.text, self._line_end(position) + 1)
        return None if match is None else match.end() + 1

    def _after_verbatim(self, position: int, line: str) -> int | None:
        """Return where an element whose text is no Markdown ends, with what it holds over empty lines."""
        opening = RAW.match(line.lstrip(" "))
        closing = re.compile(rf"</{opening[1]}\s*>", re.I) if opening else None
        match = closing.search(self.text, position) if closing else None
        return match.end() if match else None

    def _paragraph_end(self, position: int) -> int:
        """Return where the lines from here on stop being one paragraph (list, table, quote)."""
        end = self._line_end(position)
        while end < len(self.text):
            comment = self.text.rfind("<!--", position, end)
            if comment >= 0 and self.text.find("-->", comment, end) < 0:
                close = self.text.find("-->", end)
                if close >= 0:
                    end = self._line_end(close)
                    continue
            if _HEADING.match(self.text, position):
                break
            following = self._line_end(end + 1)
            line = self.text[end + 1 : following]
            if not line.strip(" \t>\r") or _DIV.match(line) or _NOTE.match(line) or _HEADING.match(line):
                break
            if self._after_fence(end + 1, line) is not None:
                break
            end = following
        return end

    def _paragraph(self, position: int, end: int) -> int:
        """Read the lines of a paragraph, each without its markers of lists, quotes and headings.

        Return where it has read to.
        """
        self._opened = {}
        lists = bool(self.items) or bool(_LIST.match(self.text, position, end))
        position = self._after_marker(position, end, lists)
        self._figure_at = position if not lists and self._is_figure(position, end) else -1
        while position < end:
            broken = self.text[position] == "\n"
            position = self.step(position, end)
            if broken:
                position = self._after_marker(position, end, lists)
        return position

    def _is_figure(self, position: int, end: int) -> bool:
        """Whether a paragraph is one image and nothing else."""
        close = self._close(position + 1, end) if self.text.startswith("![", position) else None
        address = destination(self.text, close + 1, end) if close else None
        if address is None:
            return False
        after = attributes_end(self.text, address[1], end) or address[1]
        return not self.text[after:end].strip()

    def _after_marker(self, position: int, end: int, lists: bool) -> int:
        match = (_MARKER if lists else _QUOTE).match(self.text, position, end)
        position = match.end() if match else position
        heading = _HEADING.match(self.text, position, end)
        return heading.end() if heading else position
