"""Markdown as pandoc reads it, as far as ties need it: blocks by line, inlines by character.

What is code, comment, maths, attribute, citation or address is told from what is prose; every character of
the prose knows where it stands.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache

SCHEME = "tie:"
OBJECT = "\ufffc"  # stands in the prose for what is not prose: a tie, code, maths, a citation
TEXT_ATTRIBUTES = frozenset(
    ("fig-alt", "alt", "title", "aria-label", "data-fig-alt", "fig-cap", "tbl-cap", "lst-cap")
)

_ID = re.compile(r"tie:(?P<id>[^:\s]*)(?::(?P<column>\S*))?")
_FENCE = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_ITEM = r"(?:[-+*:~]|\(?(?:\d{1,9}|[A-Za-z])[.)]|\(@\w*\)|#\.)[ \t]+"
_MARKER = re.compile(rf"{_QUOTE.pattern}(?:{_ITEM})*")
_LIST = re.compile(rf"{_QUOTE.pattern}(?:{_ITEM}|\[\^[^\]]+\]:)")
_REFERENCE = re.compile(r"[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S")
_NOTE = re.compile(r"[ ]{0,3}\[\^(?P<label>[^\]\s]+)\]:")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_DIV = re.compile(r"[ \t>]*:{3,}")
_KEY = re.compile(r"@(?:\{[^}\n]*\}|\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*)")
_LOCATOR = re.compile(
    r",?\s*(?:\{[^}]*\}|(?:(?:(?:pp?|chaps?|ch|secs?|vols?|figs?|tables?|paras?|pages?|chapters?|sections?|nos?"
    r"|eqs?|cols?|lines?|vv?|bks?|fols?|ops?|parts?|notes?|s\.\s?v)\.?\s+)|§+\s*|¶+\s*)?\d[\d\s,–-]*(?=[\];]|$))"
)
_TAG = re.compile(r"</?[A-Za-z][\w-]*(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*\s*/?>")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][\w+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>")
_SHORTCODE = re.compile(r"\{\{<.*?>\}\}", re.S)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_ATTRIBUTE = re.compile(
    r"(?P<key>[\w:-]+)\s*=\s*(?:\"(?P<double>(?:\\.|[^\"\\])*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s}\"']+))"
)
_CLASS = re.compile(r"(?<![\w=])\.([\w-]+)")
_SUPER = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")


@dataclass(frozen=True)
class Tie:
    """One displayed number or name, bound to a ledger entry.

    Parameters
    ----------
    start, end
        The whole link in the Markdown.
    text_start, text_end
        What stands between its brackets.
    shown
        That text as a reader sees it, without escapes and emphasis; empty where the entry fills it.
    id, column
        What it is bound to.
    attribute
        Whether it stands where no link can: in alternative text or an attribute.
    note
        Label of the footnote in whose text it stands.
    """

    start: int
    end: int
    text_start: int
    text_end: int
    shown: str
    id: str
    column: str | None
    attribute: bool = False
    note: str | None = None

    @property
    def key(self) -> str:
        """``ID`` or ``ID:column``."""
        return f"{self.id}:{self.column}" if self.column else self.id


@dataclass(frozen=True)
class Waiver:
    """A stretch of text whose numbers its author answers for: ``[2030]{.waived reason="..."}``."""

    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True)
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
    """

    ties: tuple[Tie, ...]
    waivers: tuple[Waiver, ...]
    prose: str
    at: tuple[int, ...]
    notes: tuple[tuple[int, str], ...]


@lru_cache(maxsize=4096)
def scan(markdown: str) -> Scan:
    """Read a Markdown text once: its ties, waivers, prose and references to footnotes."""
    scanner = _Scanner(markdown)
    scanner.blocks()
    prose = scanner.prose
    return Scan(
        tuple(scanner.ties),
        tuple(scanner.waivers),
        "".join(prose.characters),
        tuple(prose.offsets),
        tuple(scanner.notes),
    )


def shown(markdown: str) -> str:
    """Return inline Markdown as a reader sees it: no escapes, emphasis, links or code marks."""
    return _Scanner(markdown).plain(0, len(markdown))


@dataclass
class _Prose:
    characters: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)

    def add(self, text: str, offset: int) -> None:
        self.characters += text
        self.offsets += [offset] * len(text)

    @property
    def last(self) -> str:
        return self.characters[-1] if self.characters else "\n"


class _Scanner:
    """One pass over a text: blocks by line, inlines by character, recursion for brackets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.prose = _Prose()
        self.ties: list[Tie] = []
        self.waivers: list[Waiver] = []
        self.notes: list[tuple[int, str]] = []
        self.note: str | None = None
        self.attribute = 0
        self.in_tie = 0
        self._closings: dict[int, int] = {}

    def blocks(self) -> None:
        """Split the text into paragraphs and what is none, and read each."""
        text, position, blank, in_list = self.text, 0, True, False
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
            fence = _FENCE.match(line)
            if fence and not (fence["fence"][0] == "`" and "`" in fence["info"]):
                position, blank = self._after_fence(position, fence["fence"]), True
                continue
            indented = line.startswith(("    ", "\t"))
            if not indented and blank:
                in_list = bool(_LIST.match(line))
                self.note = None
            elif _LIST.match(line):
                in_list = True
            if indented and blank and not in_list:
                position = end + 1  # indented code; the line before the next stays blank
                continue
            if _REFERENCE.match(line):
                position, blank = end + 1, True
                continue
            if _DIV.match(line):
                brace = text.find("{", position, end)
                if brace >= 0:
                    self._attributes(brace, max(end, self._brace_end(brace, len(text)) or end))
                    end = self._line_end(max(end, self._brace_end(brace, len(text)) or end))
                position, blank = end + 1, True
                continue
            stop = self._paragraph_end(position)
            note = _NOTE.match(line)
            if note:
                self.note = note["label"]
                position += note.end()
            self.inline(position, stop, lines=True)
            self.prose.add("\n\n", max(stop - 1, 0))
            position, blank = stop + 1, False

    def _line_end(self, position: int) -> int:
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end

    def _after_fence(self, position: int, fence: str) -> int:
        closing = re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*\r?$", re.M)
        match = closing.search(self.text, self._line_end(position) + 1)
        return len(self.text) if match is None else match.end() + 1

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
            if (fence := _FENCE.match(line)) and not (fence["fence"][0] == "`" and "`" in fence["info"]):
                break
            end = following
        return end

    def plain(self, start: int, end: int) -> str:
        """Return a stretch as a reader sees it."""
        kept, self.prose = self.prose, _Prose()
        self.in_tie += 1
        self.inline(start, end)
        self.in_tie -= 1
        kept, self.prose = self.prose, kept
        return " ".join("".join(kept.characters).split(" ")).replace("\n", " ").strip(" ")

    def inline(self, position: int, end: int, lines: bool = False) -> None:
        """Read inline Markdown from ``position`` to ``end``; with ``lines``, lines have markers."""
        text, prose = self.text, self.prose
        lists = lines and bool(_LIST.match(text, position, end))
        if lines:
            position = self._after_marker(position, end, lists)
        while position < end:
            character = text[position]
            reader = _READERS.get(character)
            following = reader(self, position, end) if reader else None
            if following is None:
                prose.add(character, position)
                following = position + 1
            position = following
            if lines and character == "\n":
                position = self._after_marker(position, end, lists)

    def _after_marker(self, position: int, end: int, lists: bool) -> int:
        match = (_MARKER if lists else _QUOTE).match(self.text, position, end)
        position = match.end() if match else position
        heading = _HEADING.match(self.text, position, end)
        return heading.end() if heading else position

    def _escape(self, position: int, end: int) -> int | None:
        following = self.text[position + 1 : position + 2]
        if position + 1 >= end or not following or following.isalnum():
            return None
        self.prose.add("\u00a0" if following == " " else following, position + 1)
        return position + 2

    def _code(self, position: int, end: int) -> int:
        close = self._code_end(position, end)
        run = len(self.text[position:end]) - len(self.text[position:end].lstrip("`"))
        if close is None:
            self.prose.add("`" * run, position)
            return position + run
        if self.in_tie:
            inner = self.text[position + run : close - run]
            for index, character in enumerate(inner):
                self.prose.add(character, position + run + index)
        else:
            self.prose.add(OBJECT, position)
        if self.text.startswith("{", close):
            return self._brace_end(close, end) or close
        return close

    def _code_end(self, position: int, end: int) -> int | None:
        """Return the end of the code span that opens here, or None."""
        match = re.compile(r"`+").match(self.text, position, end)
        assert match
        for closing in re.compile(r"`+").finditer(self.text, match.end(), end):
            if len(closing.group()) == len(match.group()):
                return closing.end()
        return None

    def _angle(self, position: int, end: int) -> int | None:
        if self.text.startswith("<!--", position):
            close = self.text.find("-->", position + 4)
            return len(self.text) if close < 0 else close + 3
        for pattern in (_AUTOLINK, _TAG):
            match = pattern.match(self.text, position, end)
            if match:
                if pattern is _AUTOLINK:
                    self.prose.add(OBJECT, position)
                return match.end()
        return None

    def _math(self, position: int, end: int) -> int | None:
        close = self._math_end(position, end)
        if close is not None:
            self.prose.add(OBJECT, position)
        return close

    def _math_end(self, position: int, end: int) -> int | None:
        """Return the end of the maths that opens here, by pandoc's rule, or None."""
        text = self.text
        if text.startswith("$$", position):
            close = text.find("$$", position + 2, end)
            return close + 2 if close >= 0 and "](tie:" not in text[position:close] else None
        if position + 1 >= end or text[position + 1].isspace():
            return None
        close = position
        while (close := text.find("$", close + 1, end)) >= 0:
            if "](tie:" in text[position:close]:
                return None
            if text[close - 1] == "\\":
                continue
            if (
                close > position + 1
                and not text[close - 1].isspace()
                and not text[close + 1 : close + 2].isdigit()
            ):
                return close + 1
        return None

    def _image(self, position: int, end: int) -> int | None:
        if not self.text.startswith("![", position):
            return None
        self.attribute += 1
        self.prose.add(" ", position)
        following = self._bracket(position + 1, end)
        self.prose.add(" ", position)
        self.attribute -= 1
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
        alone = (not before or before.isspace()) and (not after or after.isspace())
        inside_word = mark == "_" and before.isalnum() and after.isalnum()
        return None if alone or inside_word else run.end()

    def _entity(self, position: int, end: int) -> int | None:
        match = _ENTITY.match(self.text, position, end)
        decoded = html.unescape(match.group()) if match else ""
        if not match or decoded == match.group():
            return None
        self.prose.add(decoded, position)
        return match.end()

    def _citation(self, position: int, end: int) -> int | None:
        if position and (self.text[position - 1].isalnum() or self.text[position - 1] in "._"):
            return None
        match = _KEY.match(self.text, position, end)
        if not match:
            return None
        self.prose.add(OBJECT, position)
        following = match.end()
        spaced = re.compile(r"\s\[").match(self.text, following, end)
        if spaced:
            close = self._close(spaced.end() - 1, end)
            locator = close and _LOCATOR.match(self.text, spaced.end(), close + 1)
            if close and locator and locator.end() == close:
                return close + 1
        if self._cited(position, end):
            locator = _LOCATOR.match(self.text, following, end)
            following = locator.end() if locator else following
        return following

    def _cited(self, position: int, end: int) -> bool:
        """Whether a citation stands in brackets, where a locator may follow it."""
        opening = self.text.rfind("[", 0, position)
        return opening >= 0 and self._close(opening, len(self.text)) == end

    def _brace(self, position: int, end: int) -> int | None:
        shortcode = _SHORTCODE.match(self.text, position, end)
        if shortcode:
            return shortcode.end()
        close = self._brace_end(position, end)
        if close is None:
            return None
        first = self.text[position + 1 : close - 1].lstrip()
        attributes = first.startswith(("#", ".", "=", "-")) or bool(_ATTRIBUTE.match(first))
        if not attributes:
            return None
        self._attributes(position, close)
        return close

    def _brace_end(self, position: int, end: int) -> int | None:
        """Return the end of an attribute block, minding quotes; None if it does not close."""
        quote = ""
        index = position + 1
        while index < end:
            character = self.text[index]
            if quote:
                if character == "\\" and quote == '"':
                    index += 1
                elif character == quote:
                    quote = ""
            elif character in "\"'" and self.text[index - 1] in "= ":
                quote = character
            elif character == "}":
                return index + 1
            elif character == "{":
                return None
            index += 1
        return None

    def _attributes(self, position: int, end: int) -> str:
        """Read the attributes that readers see as text; return the reason of a waiver."""
        reason = ""
        for match in _ATTRIBUTE.finditer(self.text, position, end):
            group = str(match.lastgroup)
            if match["key"] == "reason":
                reason = match[group]
            if match["key"] in TEXT_ATTRIBUTES:
                self.attribute += 1
                self.prose.add("\n\n", match.start(group))
                self.inline(match.start(group), match.end(group))
                self.prose.add("\n\n", max(match.end(group) - 1, 0))
                self.attribute -= 1
        return reason

    def _close(self, position: int, end: int) -> int | None:
        """Return where the bracket that opens at ``position`` closes."""
        if position in self._closings:
            close = self._closings[position]
            return close if close < end else None
        stack = []
        index = position
        while index < end:
            character = self.text[index]
            if character == "\\":
                index += 1
            elif character == "`":
                index = (self._code_end(index, end) or index + 1) - 1
            elif character == "<" and self.text.startswith("<!--", index):
                index = max(self.text.find("-->", index), index) + 2
            elif character == "[":
                stack.append(index)
            elif character == "]" and stack:
                self._closings[stack.pop()] = index
                if not stack:
                    return index
            index += 1
        return None

    def _bracket(self, position: int, end: int) -> int | None:
        close = self._close(position, end)
        if close is None:
            return None
        text, inner = self.text, (position + 1, close)
        after = text[close + 1 : close + 2]
        if text.startswith("[^", position) and not re.search(r"\s", text[position:close]):
            self.notes.append((position, text[position + 2 : close]))
            return close + 1
        if after == "(":
            destination = self._destination(close + 1, end)
            if destination:
                return self._link(position, close, end, *destination)
        if after == "{":
            stop = self._brace_end(close + 1, end)
            if stop is not None:
                return self._span(position, close, stop)
        self.inline(*inner) if self._citing(*inner) else self._literal(position, close)
        if after == "[":
            second = self._close(close + 1, end)
            if second is not None:
                return second + 1
        return close + 1

    def _citing(self, start: int, end: int) -> bool:
        return bool(re.compile(r"(?<![\w.])-?@[\w{]").search(self.text, start, end))

    def _literal(self, position: int, close: int) -> None:
        self.prose.add("[", position)
        self.inline(position + 1, close)
        self.prose.add("]", close)

    def _destination(self, position: int, end: int) -> tuple[str, int, tuple[int, int] | None] | None:
        """Read ``(address "title")``: the address, where it ends, and the span of the title."""
        match = re.compile(
            r"\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>(?:\\.|\([^()\s]*\)|[^\s()\\])*))"
        ).match(self.text, position, end)
        assert match
        rest = re.compile(r"(?:\s+(?:\"(?P<double>(?:\\.|[^\"\\])*)\"|'(?P<single>[^']*)'))?\s*\)").match(
            self.text, match.end(), end
        )
        if not rest:
            return None
        title = rest.span(rest.lastgroup) if rest.lastgroup else None
        address = match["angle"] if match["angle"] is not None else match["plain"]
        return re.sub(r"\\([^\w\s])", r"\1", address), rest.end(), title

    def _link(
        self, position: int, close: int, end: int, address: str, after: int, title: tuple[int, int] | None
    ) -> int:
        stop = after
        if self.text.startswith("{", after):
            stop = self._brace_end(after, end) or after
        if address.startswith(SCHEME) and not self.in_tie:
            target = _ID.fullmatch(address)
            identifier, column = (
                (target["id"], target["column"]) if target else (address[len(SCHEME) :], None)
            )
            self.ties.append(
                Tie(
                    position,
                    after,
                    position + 1,
                    close,
                    self.plain(position + 1, close),
                    identifier,
                    column or None,
                    bool(self.attribute),
                    self.note,
                )
            )
            self.prose.add(OBJECT, position)
        else:
            self.inline(position + 1, close)
        if title and not self.in_tie:
            self.attribute += 1
            self.prose.add("\n\n", title[0])
            self.inline(*title)
            self.prose.add("\n\n", title[0])
            self.attribute -= 1
        if stop > after:
            self._attributes(after, stop)
        return stop

    def _span(self, position: int, close: int, stop: int) -> int:
        classes = _CLASS.findall(re.sub(r'"(?:\\.|[^"\\])*"', '""', self.text[close + 1 : stop]))
        if "waived" not in classes or self.in_tie:
            self.inline(position + 1, close)
            self._attributes(close + 1, stop)
            return stop
        kept, self.prose = self.prose, _Prose()
        self.inline(position + 1, close)
        kept, self.prose = self.prose, kept
        reason = self._attributes(close + 1, stop)
        self.waivers.append(Waiver(position, stop, "".join(kept.characters), reason))
        self.prose.add(OBJECT, position)
        return stop


_READERS = {
    "\\": _Scanner._escape,
    "`": _Scanner._code,
    "<": _Scanner._angle,
    "$": _Scanner._math,
    "!": _Scanner._image,
    "^": _Scanner._note_or_super,
    "~": _Scanner._script,
    "*": _Scanner._emphasis,
    "_": _Scanner._emphasis,
    "&": _Scanner._entity,
    "@": _Scanner._citation,
    "{": _Scanner._brace,
    "[": _Scanner._bracket,
}
