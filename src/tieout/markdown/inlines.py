"""Inline Markdown as pandoc reads it, character by character, as far as ties and prose need it.

What is code, maths, attribute, citation or address is told from what is prose; every character of the prose
knows where it stands.
"""

from __future__ import annotations

import html
import re
from collections.abc import Container
from dataclasses import dataclass, field

from tieout.markdown import spans
from tieout.markdown.tie import Tie, Waiver

SCHEME = "tie:"
DEEPEST = 50
OBJECT = "\ufffc"  # stands in the prose for what is not prose: a tie, code, maths, a citation
CAPTIONS = frozenset(("fig-cap", "tbl-cap", "lst-cap"))  # readers see these as text, with links
TEXT_ATTRIBUTES = CAPTIONS | {"fig-alt", "alt", "title", "aria-label", "data-fig-alt"}

_ID = re.compile(r"tie:(?P<id>[^:\s]*)(?::(?P<column>\S*))?")
_DOLLAR = re.compile(r"(?<!\\)(?:\\\\)*\$")
_SUPER = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")


def normal_label(label: str) -> str:
    """Return the label of a reference link so that one can be compared with another."""
    return " ".join(label.split()).casefold()


@dataclass
class Prose:
    """Text without markup, and where each of its characters stands."""

    characters: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)

    def add(self, text: str, offset: int) -> None:
        """Add text that stands at an offset, or is decoded from what does."""
        self.characters += text
        self.offsets += [offset] * len(text)


class Inlines:
    """One pass over inline Markdown, by recursion for brackets.

    With ``literal`` the text is the value of an attribute: it has ties, and neither maths nor citations.
    """

    def __init__(self, text: str, literal: bool = False) -> None:
        self.text = text
        self.prose = Prose()
        self.ties: list[Tie] = []
        self.waivers: list[Waiver] = []
        self.notes: list[tuple[int, str]] = []
        self.maths: list[tuple[int, int]] = []
        self.keys: list[tuple[int, str]] = []
        self.spans: list[tuple[int, int, str]] = []
        self.note: str | None = None
        self.references: dict[str, str] = {}  # the addresses that are defined under a label
        self.literal = literal
        self.attribute = int(literal)
        self.in_tie = 0
        self.in_link = 0
        self._maths_until = -1
        self._image_at = -1
        self._figure_at = -1  # an image alone in its paragraph: its text is a caption
        self._opened: dict[str, int] = {}
        self._closings: dict[int, int] = {}
        self._unclosed: dict[int, int] = {}
        self._no_maths = (len(text), 0)
        self._depth = 0

    def plain(self, start: int, end: int) -> str:
        """Return a stretch as a reader sees it."""
        return "".join(self.visible(start, end).characters).strip(" ")

    def visible(self, start: int, end: int) -> Prose:
        """Return a stretch as a reader sees it, each character with its place."""
        kept, self.prose = self.prose, Prose()
        self.in_tie += 1
        self.inline(start, end)
        self.in_tie -= 1
        kept, self.prose = self.prose, kept
        return Prose([" " if each == "\n" else each for each in kept.characters], kept.offsets)

    def inline(self, position: int, end: int) -> None:
        """Read inline Markdown from ``position`` to ``end``."""
        opened, self._opened = self._opened, {}
        self._depth += 1
        while position < end:
            if self._depth > DEEPEST:  # brackets that no person wrote
                self.prose.add(self.text[position], position)
                position += 1
                continue
            position = self.step(position, end)
        self._depth -= 1
        self._opened = opened

    def step(self, position: int, end: int) -> int:
        """Read one thing, a character at least, and return where the next begins."""
        character = self.text[position]
        reader = _READERS.get(character)
        following = reader(self, position, end) if reader else None
        if following is not None:
            return following
        self.prose.add(character, position)
        return position + 1

    def _escape(self, position: int, end: int) -> int | None:
        following = self.text[position + 1 : position + 2]
        if position + 1 >= end or not following or following.isalnum():
            return None
        self.prose.add("\u00a0" if following == " " else following, position + 1)
        return position + 2

    def _dashes(self, position: int, end: int) -> int | None:
        for dashes, sign in (("---", "—"), ("--", "–")):
            if not self.literal and self.text.startswith(dashes, position, end):
                self.prose.add(sign, position)
                return position + len(dashes)
        return None

    def _dots(self, position: int, end: int) -> int | None:
        if self.literal or not self.text.startswith("...", position, end):
            return None
        self.prose.add("…", position)
        return position + 3

    def _code(self, position: int, end: int) -> int:
        close = spans.code_end(self.text, position, end)
        run = spans.ticks(self.text, position, end)
        if close is None:
            self.prose.add("`" * run, position)
            return position + run
        if self.in_tie:
            inner = self.text[position + run : close - run]
            for index, character in enumerate(inner):
                self.prose.add(character, position + run + index)
        else:
            self.prose.add(OBJECT, position)
        return spans.attributes_end(self.text, close, end) or close

    def _angle(self, position: int, end: int) -> int | None:
        if self.text.startswith("<!--", position):
            close = self.text.find("-->", position + 4)
            return None if close < 0 else close + 3
        raw = spans.RAW.match(self.text, position, end)
        if raw:
            closing = re.compile(rf"</{raw[1]}\s*>", re.I).search(self.text, raw.end())
            return closing.end() if closing else None
        autolink = spans.AUTOLINK.match(self.text, position, end)
        if autolink:
            self.prose.add(OBJECT, position)
            return autolink.end()
        tag = spans.TAG.match(self.text, position, end)
        if tag:
            self._attributes(position, tag.end())
            return tag.end()
        return None

    def _math(self, position: int, end: int) -> int | None:
        if self.literal or position < self._maths_until or self._is_money(position, end):
            return None
        close = spans.math_end(self.text, position, end)
        if close is None:
            if not self.text[position + 1 : position + 2].isspace():
                self._no_maths = (position, end)
            return None
        if "](tie:" in self.text[position:close]:
            # A forgotten backslash: the tie is found all the same, and says what became of it.
            self._maths_until = close
            return None
        marks = 2 if self.text.startswith("$$", position) else 1
        if self.in_tie:  # a formula can be tied whole, and shows what it says
            for place in range(position + marks, close - marks):
                self.prose.add(self.text[place], place)
            return close
        self.maths.append((position + marks, close - marks))
        self.prose.add(OBJECT, position)
        return close

    def _open_maths(self, position: int, close: int, end: int) -> None:
        """Take note of a dollar sign in a tie that makes maths with one behind the tie."""
        done = position
        for dollar in _DOLLAR.finditer(self.text, position, close) if not self.literal else ():
            if dollar.end() <= done:
                continue
            stop = spans.math_end(self.text, dollar.end() - 1, end)
            if stop is not None and stop <= close:
                done = stop  # a formula within the tie
                continue
            if stop is not None and stop > close:
                self._maths_until = max(self._maths_until, stop)
                return

    def _is_money(self, position: int, end: int) -> bool:
        """Whether an earlier dollar sign found none that could close maths here."""
        start, stop = self._no_maths
        return start <= position and end <= stop and not self.text.startswith("$$", position)

    def _image(self, position: int, end: int) -> int | None:
        if not self.text.startswith("![", position):
            return None
        self._image_at = position + 1
        unseen = position != self._figure_at
        self.attribute += unseen
        self.prose.add(" ", position)
        following = self._bracket(position + 1, end)
        self.prose.add(" ", position)
        self.attribute -= unseen
        return following

    def _note_or_super(self, position: int, end: int) -> int | None:
        if self.text.startswith("^[", position):
            self.prose.add("\n\n", position)
            following = self._bracket(position + 1, end)
            self.prose.add("\n\n", position)
            return following
        return self._script(position, end)

    def _script(self, position: int, end: int) -> int | None:
        """Superscript and subscript hold no space; ``~10%`` is neither."""
        mark = self.text[position]
        if mark == "~" and self.text.startswith("~~", position):
            return position + 2
        match = re.compile(rf"{re.escape(mark)}([^\s{re.escape(mark)}\[\]]+){re.escape(mark)}").match(
            self.text, position, end
        )
        if not match:
            return None
        raised = match[1].translate(_SUPER) if mark == "^" else match[1]
        for index, character in enumerate(raised):
            self.prose.add(character, position + 1 + index)
        return match.end()

    def _emphasis(self, position: int, end: int) -> int | None:
        mark = self.text[position]
        run = re.compile(rf"{re.escape(mark)}+").match(self.text, position, end)
        assert run
        before, after = self.text[position - 1 : position], self.text[run.end() : run.end() + 1]
        if mark == "_" and before.isalnum() and after.isalnum():
            return None
        return self._paired(position, run.end(), end)

    def _paired(self, start: int, stop: int, end: int) -> int | None:
        """Return the end of a run of marks where it opens or closes emphasis; None where it is text."""
        text, run = self.text, self.text[start:stop]
        if self._opened.get(run[0]) and not text[start - 1 : start].isspace():
            self._opened[run[0]] -= min(self._opened[run[0]], len(run))
            return stop
        closing = re.compile(rf"(?<![\s\\]){re.escape(run[0])}")
        if stop < end and not text[stop].isspace() and closing.search(text, stop + 1, end):
            self._opened[run[0]] = self._opened.get(run[0], 0) + len(run)
            return stop
        return None

    def _entity(self, position: int, end: int) -> int | None:
        match = spans.ENTITY.match(self.text, position, end)
        decoded = html.unescape(match.group()) if match else ""
        if not match or decoded == match.group():
            return None
        self.prose.add(decoded, position)
        return match.end()

    def _citation(self, position: int, end: int) -> int | None:
        if self.literal or (
            position and (self.text[position - 1].isalnum() or self.text[position - 1] in "._")
        ):
            return None
        match = spans.KEY.match(self.text, position, end)
        if not match:
            return None
        self.prose.add(OBJECT, position)
        self.keys.append((position, match.group()[1:].strip("{}")))
        following = match.end()
        spaced = re.compile(r"\s\[").match(self.text, following, end)
        if spaced:
            close = self._close(spaced.end() - 1, end)
            locator = close and spans.LOCATOR.match(self.text, spaced.end(), close + 1)
            follows = self.text[close + 1 : close + 2] if close else ""
            if close and locator and locator.end() == close and follows not in ("(", "[", "{"):
                return close + 1
        if self._cited(position, end):
            locator = spans.LOCATOR.match(self.text, following, end)
            following = locator.end() if locator else following
        return following

    def _cited(self, position: int, end: int) -> bool:
        """Whether a citation stands in brackets, where a locator may follow it."""
        opening = self.text.rfind("[", 0, position)
        other = self.text[opening - 1 : opening] == "^" or self.text[end + 1 : end + 2] in ("(", "{", "[")
        return opening >= 0 and not other and self._close(opening, len(self.text)) == end

    def _brace(self, position: int, end: int) -> int | None:
        shortcode = spans.SHORTCODE.match(self.text, position, end)
        if shortcode:
            return shortcode.end()
        close = spans.attributes_end(self.text, position, end)
        ends_line = close is not None and self.text[close:end].lstrip(" \t#")[:1] in ("", "\n")
        if close is None or not (ends_line or self.text[:position].rstrip().endswith("$$")):
            return None
        self._attributes(position, close)
        return close

    def _attributes(self, position: int, end: int, captions: Container[str] = CAPTIONS) -> str:
        """Read the attributes that readers see as text; return the reason of a waiver."""
        reason = ""
        for match in spans.ATTRIBUTE.finditer(self.text, position, end):
            group = str(match.lastgroup)
            if match["key"] == "reason":
                reason = match[group]
            if match["key"] in TEXT_ATTRIBUTES:
                self._value(*match.span(group), unseen=match["key"] not in captions)
        return reason

    def _value(self, start: int, end: int, unseen: bool = True) -> None:
        """Read the text of an attribute or a title; in a tie's own text it is none of the reader's."""
        if self.in_tie:
            return
        literal, self.literal = self.literal, True
        self.attribute += unseen
        self.prose.add("\n\n", start)
        self.inline(start, end)
        self.prose.add("\n\n", max(end - 1, 0))
        self.attribute -= unseen
        self.literal = literal

    def _close(self, position: int, end: int) -> int | None:
        """Return where the bracket that opens at ``position`` closes."""
        if position in self._closings:
            close = self._closings[position]
            return close if close < end else None
        if self._unclosed.get(position, -1) >= end:
            return None
        stack: list[int] = []
        index = position
        while index < end:
            character = self.text[index]
            if character == "\\":
                index += 1
            elif character == "`":
                index = (spans.code_end(self.text, index, end) or index + 1) - 1
            elif character == "<" and self.text.startswith("<!--", index):
                index = max(self.text.find("-->", index), index) + 2
            elif character == "[":
                stack.append(index)
            elif character == "]" and stack:
                self._closings[stack.pop()] = index
                if not stack:
                    return index
            index += 1
        self._unclosed |= dict.fromkeys(stack, end)
        return None

    def _bracket(self, position: int, end: int) -> int | None:
        close = self._close(position, end)
        if close is None:
            return None
        text, inner = self.text, (position + 1, close)
        after = text[close + 1 : close + 2]
        if text.startswith("[^", position) and re.fullmatch(r"\S+", text[position + 2 : close]):
            self.notes.append((position, text[position + 2 : close]))
            return close + 1
        if after == "(" and (position == self._image_at or not self.in_link):
            destination = spans.destination(self.text, close + 1, end)
            if destination:
                return self._link(position, close, end, *destination)
        if after == "{":
            stop = spans.attributes_end(self.text, close + 1, end)
            if stop is not None:
                return self._span(position, close, stop)
        second = self._close(close + 1, end) if after == "[" and not self.in_link else None
        label = text[close + 2 : second] if second else text[position + 1 : close]
        address = self.references.get(normal_label(label or text[position + 1 : close]))
        if address is not None and not self.in_link:
            return self._link(position, close, end, address, (second or close) + 1, None)
        if second is None and self._citing(*inner):
            self.inline(*inner)
        else:
            self._literal(position, close)
        if second is not None:
            self._literal(close + 1, second)
        return (second or close) + 1

    def _citing(self, start: int, end: int) -> bool:
        return not self.literal and bool(re.compile(r"(?<![\w.])-?@[\w{]").search(self.text, start, end))

    def _literal(self, position: int, close: int) -> None:
        self.prose.add("[", position)
        self.inline(position + 1, close)
        self.prose.add("]", close)

    def _link(
        self, position: int, close: int, end: int, address: str, after: int, title: tuple[int, int] | None
    ) -> int:
        stop = spans.attributes_end(self.text, after, end) or after
        image = position == self._image_at
        self.in_link += not image
        if address.startswith(SCHEME) and not self.in_tie and not image:
            self._open_maths(position, close, end)
            self._tie(position, close, after, address)
        else:
            self.inline(position + 1, close)
        self.in_link -= not image
        if title:
            self._value(*title)
        if stop > after and not self.in_tie:
            self._attributes(after, stop)
        return stop

    def _tie(self, position: int, close: int, after: int, address: str) -> None:
        target = _ID.fullmatch(address)
        identifier, column = (target["id"], target["column"]) if target else (address[len(SCHEME) :], None)
        shown = self.plain(position + 1, close)
        self.ties.append(
            Tie(
                position,
                after,
                position + 1,
                close,
                shown,
                identifier,
                column or None,
                bool(self.attribute),
                self.note,
                position < self._maths_until,
            )
        )
        self.prose.add(OBJECT, position)

    def _span(self, position: int, close: int, stop: int) -> int:
        self.spans.append((position + 1, close, self.text[close + 1 : stop]))
        if "waived" not in spans.classes(self.text[close + 1 : stop]) or self.in_tie:
            self.inline(position + 1, close)
            self._attributes(close + 1, stop)
            return stop
        kept, self.prose = self.prose, Prose()
        self.inline(position + 1, close)
        kept, self.prose = self.prose, kept
        reason = self._attributes(close + 1, stop)
        self.waivers.append(Waiver(position, stop, "".join(kept.characters), reason))
        self.prose.add(OBJECT, position)
        return stop


_READERS = {
    "\\": Inlines._escape,
    "`": Inlines._code,
    "<": Inlines._angle,
    "$": Inlines._math,
    "!": Inlines._image,
    "^": Inlines._note_or_super,
    "~": Inlines._script,
    "*": Inlines._emphasis,
    "_": Inlines._emphasis,
    "&": Inlines._entity,
    "@": Inlines._citation,
    "{": Inlines._brace,
    "[": Inlines._bracket,
    "-": Inlines._dashes,
    ".": Inlines._dots,
}
