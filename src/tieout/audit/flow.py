"""What a page shows and what its source says, as one sequence of items each, which can be compared.

Ties, pictures, code, references and citations are items of their own; running text between them gives an
item for each numeric token. Two flows agree when their items are the same in the same order, so that a
number is accounted for at its position, never because its value exists somewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from tieout import numerals
from tieout.prose import BASE

GAP = "\ufffc"  # stands for an item that is not text, so that digits around it do not join
SPACE = re.compile(r"[ \t\r\n\f]+")
# What pandoc does not know of formulas, and says nothing that readers miss.
IDLE = re.compile(r"\\(?:notag|nonumber)(?![A-Za-z])|\\(?:label|textcolor|color)\s*\{[^{}]*\}")
# Switches of fonts that hold to the end of their group, column or line, and what holds a font since.
SWITCH = re.compile(r"\\(rm|bf|it|sf|tt|cal)(?![A-Za-z])\s*")
ENDS = re.compile(r"\\\\|\\.|[{}&]", re.DOTALL)
TAG = re.compile(r"\s*\\tag(?P<star>\*?)\s*\{(?P<number>[^{}]*)\}")

NOTE = "note"  # where what a note says stands


@dataclass(frozen=True)
class Item:
    """One thing in the flow of a chapter.

    Parameters
    ----------
    kind
        ``tie``, ``number`` (a numeric token of running text), ``word`` (a number in words), ``code``,
        ``math``, ``picture``, ``drawing``, ``alt``, ``reference``, ``citation``.
    key
        What it is beside its text: the tie's target, the picture's hash, the label, the keys cited.
    text
        What is shown, white space made plain.
    token
        The kind of token as `numerals.find` has it; empty for what is no token.
    waived
        The reason of the waiver that it stands in.
    nature
        ``prose``, or ``output`` for what a cell has computed.
    optional
        Whether the other flow may leave it out.
    line, context, where
        Where it stands, for messages.
    inner
        The items within it, as in an alternative text.
    around
        What stands around a tie.
    formulas
        The TeX of the formulas in a tie's text.
    source
        The cell that shows it, as `assembled.Source` writes it; empty for prose.
    """

    kind: str
    key: str
    text: str
    token: str = ""
    waived: str = ""
    nature: str = "prose"
    optional: bool = False
    line: int | None = None
    context: str = ""
    where: str = ""
    inner: tuple[Item, ...] = ()
    around: numerals.Context = numerals.NOTHING
    formulas: tuple[str, ...] = ()
    source: str = ""

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What must be the same on both sides."""
        return self.kind, self.key, self.text, self.waived


@dataclass
class Flow:
    """Collects the items of one text, block by block."""

    lang: str = "en"
    items: list[Item] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _marks: list[tuple[int, Item]] = field(default_factory=list)
    _chunks: list[tuple[int, Item, int | None]] = field(default_factory=list)

    def text(self, text: str, style: Item, line: int | None = None) -> None:
        """Add running text; ``style`` carries where it stands, apart from the line where that is given."""
        plain = SPACE.sub(" ", text)
        if plain:
            self._chunks.append((self._length, style, style.line if line is None else line))
            self._parts.append(plain)
            self._length += len(plain)

    def add(self, *items: Item) -> None:
        """Add items that are not running text."""
        self._marks += [(self._length, item) for item in items]
        self._parts.append(GAP)
        self._length += 1

    def end(self) -> None:
        """End a block: tokens do not reach over it."""
        text = "".join(self._parts)
        found = list(self._marks)
        if text.strip(GAP + " "):
            attached, bases = numerals.attached(text, self.lang), numerals.bases(text)
            for token in numerals.find(text, self.lang):
                item = self._token(text, token)
                part = any(first <= token.start and token.end <= last for first, last in attached)
                is_base = any(token.start == first for first, _ in bases)
                kind = "unit" if part else BASE if is_base else item.token
                found.append((token.start, replace(item, token=kind)))
        for start, end in numerals.worded(text, self.lang):
            if not any(at < end and start < at + max(len(item.text), 1) for at, item in found):
                found.append((start, self._token(text, numerals.Token(start, end, text[start:end], "word"))))
        found = [(at, self._placed(item, at, text)) for at, item in found]
        context = clip(text)
        found.sort(key=lambda pair: pair[0])
        self.items += [item if item.context else replace(item, context=context) for _, item in found]
        self._parts, self._length, self._marks, self._chunks = [], 0, [], []

    def _placed(self, item: Item, at: int, text: str) -> Item:
        """Give a tie the text around it, with the text of other ties."""
        if item.kind != "tie" or item.context:  # that of a note has its own surroundings
            return item
        ties = {place: other for place, other in self._marks if other.kind == "tie" and not other.context}

        def said(first: int, last: int, side: str) -> tuple[str, list[numerals.Near]]:
            shown, near = "", []
            for place, other in ties.items():
                if first <= place < last:
                    shown += text[first:place]
                    end = len(shown) + len(other.text)
                    near.append(numerals.Near(side, len(shown), end, other.key, other.text))
                    shown, first = shown + other.text, place + 1
            return shown + text[first:last], near

        (before, left), (after, right) = said(0, at, "before"), said(at + 1, len(text), "after")
        return replace(item, around=replace(item.around, before=before, after=after, near=(*left, *right)))

    def _token(self, text: str, token: numerals.Token) -> Item:
        style, line = next((style, line) for at, style, line in reversed(self._chunks) if at <= token.start)
        context = clip(text[max(0, token.start - 50) : token.end + 50])
        kind = "number" if is_numeric(token.text) else "word"
        found = plain(token.text)
        return replace(style, kind=kind, text=found, token=token.kind, context=context, line=line)


def simple(tex: str) -> str:
    """Return a formula as pages have it whose TeX pandoc does not know, and any other in the same form.

    A number of its own stands in it, colours are left out, lines are gathered, fonts hold a group.

    Examples
    --------
    >>> simple(r"a = b \\tag{3}"), simple(r"a = b \\\\ "), simple(r"x_{\\rm max}")
    ('a = b \\\\qquad (3)', 'a = b', 'x_{\\\\mathrm{max}}')
    """
    text = _without_switches(IDLE.sub("", tex)).replace(r"\mathbbm", r"\mathbb")
    text = re.sub(r"\\thick(sim|approx)(?![A-Za-z])", r"\\\1", text)
    text = re.sub(r"\\cr(?![A-Za-z])", r"\\\\", text)
    text = TAG.sub(lambda found: rf" \qquad {_number(found['star'], found['number'])}", text)
    text = re.sub(r"(?:\\\\\s*)+(?=\\end\s*\{|\Z)", "", text.rstrip()).rstrip()
    if r"\\" in text and r"\begin" not in text:
        text = rf"\begin{{gathered}}{text}\end{{gathered}}"
    return plain(text)


def _without_switches(tex: str) -> str:
    for switch in reversed([*SWITCH.finditer(tex)]):
        depth, end = 0, len(tex)
        for found in ENDS.finditer(tex, switch.end()):
            if depth == 0 and found[0] in ("}", "&", r"\\"):
                end = found.start()
                break
            depth += {"{": 1, "}": -1}.get(found[0], 0)
        held = tex[switch.end() : end].rstrip()
        tex = rf"{tex[: switch.start()]}\math{switch[1]}{{{held}}}{tex[end:]}"
    return tex


def _number(star: str, text: str) -> str:
    inside = text if star else f"({text})"
    return inside if re.fullmatch(r"\([\d.]+\)", inside) else rf"\text{{{inside}}}"


def plain(text: str) -> str:
    """Return a text with every run of white space, no-break ones too, as one space."""
    return " ".join(text.split())


def straight(text: str) -> str:
    """Return an alternative text as readers hear it: the form of its quotation marks and dashes aside."""
    for mark, simple in (
        ("“", '"'),
        ("”", '"'),
        ("‘", "'"),
        ("’", "'"),
        ("---", "—"),
        ("--", "–"),
        ("...", "…"),
    ):
        text = text.replace(mark, simple)
    return plain(text)


NOTED = re.compile(
    r"(?<!\s)\s*(?:[#%!;'*⍝]|//|--|/\*|<!--|\(\*|%%)\s*<\d+>\s*(?:\*/|-->|\*\)|;)?[ \t]*$", re.M
)


def without_notes(code: str) -> str:
    """Return code without the numbers of notes on its lines (`# <1>`), which pages show in their way.

    Examples
    --------
    >>> without_notes("x = 1  # <2>")
    'x = 1'
    """
    before = None
    while before != code:
        before, code = code, NOTED.sub("", code)
    return code


def clip(text: str, width: int = 110) -> str:
    """Return the beginning of a text in one line, for messages."""
    short = plain(text.replace(GAP, "·"))
    return short if len(short) <= width else short[: width - 1] + "…"


def is_numeric(text: str) -> bool:
    """Whether a text has any digit or numeral sign (`½`, `²`, `Ⅳ`) in it."""
    return any(char.isnumeric() for char in text)


def digits(*texts: str | None) -> list[str]:
    """Return the runs of digits of some texts in order, without leading zeros."""
    return [canonical(run) for text in texts if text for run in re.findall(r"\d+", text)]


def canonical(run: str) -> str:
    """Return a run of digits, of whatever script, in western ones and without leading zeros."""
    return (run if run.isascii() else "".join(single_digits(run))).lstrip("0") or "0"


def single_digits(text: str) -> list[str]:
    """Return the digits of a text one by one, those of mathematical alphabets and of other scripts too."""
    return [str(unicodedata.digit(char)) for char in text if char.isdecimal()]


def numbers_in(text: str) -> int:
    """Count the runs of digits and numeral signs of a text."""
    return len(re.findall(r"\d+", text)) + sum(
        1 for char in text if char.isnumeric() and not char.isdecimal()
    )


def leftover(text: str, known: Iterable[str]) -> str:
    """Return a text without the known texts in it, each taken out wherever its numbers stand whole.

    Examples
    --------
    >>> leftover("AdaUni 3", ["Uni 3"]), leftover("13", ["3"])
    ('Ada\\ufffc', '13')
    """
    rest = plain(text)
    for item in sorted({plain(item) for item in known if item}, key=len, reverse=True):
        if is_numeric(item):
            before = r"(?<!\d)" if item[0].isnumeric() else ""
            after = r"(?!\d)" if item[-1].isnumeric() else ""
            rest = re.sub(f"{before}{re.escape(item)}{after}", GAP, rest)
    return rest


@dataclass(frozen=True)
class Match:
    """How two flows agree: pairs in order, what only the source has, what only the page has."""

    pairs: tuple[tuple[Item, Item], ...]
    missing: tuple[tuple[Item, Item | None], ...]
    surplus: tuple[tuple[Item, Item | None], ...]


def match(expected: Sequence[Item], found: Sequence[Item]) -> Match:
    """Compare two flows.

    Parameters
    ----------
    expected
        The items of the source.
    found
        The items of the page.

    Returns
    -------
    The pairs, and what is left on either side, each with the item that stands in its place on the other.
    """
    left, right = [item.identity for item in expected], [item.identity for item in found]
    if left == right:
        return Match(tuple(zip(expected, found, strict=True)), (), ())
    pairs: list[tuple[Item, Item]] = []
    missing: list[tuple[Item, Item | None]] = []
    surplus: list[tuple[Item, Item | None]] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        ours, theirs = list(expected[a:b]), list(found[c:d])
        if tag == "equal":
            pairs += zip(ours, theirs, strict=True)
            continue
        ours = [item for item in ours if not item.optional]
        for index in range(max(len(ours), len(theirs))):
            one = ours[index] if index < len(ours) else None
            other = theirs[index] if index < len(theirs) else None
            if other:
                surplus.append((other, one))
            elif one:
                missing.append((one, None))
    return Match(tuple(pairs), tuple(missing), tuple(surplus))
