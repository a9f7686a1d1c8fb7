"""Superlatives whose measure follows from the table: *oncology is the cheapest ward*, of the highest cost.

What is cheapest, oldest or quickest says by which column it is so. It is refused where the row it names has
the other extreme of that column, or where what a row is called, *ward*, is said of all and another row has
more. Where one column of that kind has it so, it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context
from tieout.wording.columns import Place
from tieout.wording.meant import own_words, tokens

_ON_TIME = lazily(r"\bon[ _]time\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Measure:
    """Adjectives of the most and of the least, and what a column is called that they are of.

    Parameters
    ----------
    against
        What a column is called in which the least of it is the most: delays, of what is punctual.
    of_row
        Whether they say so of a row itself too: *the cheapest ward*, and not *the oldest*, by its patients.
    """

    up: str
    down: str
    called: frozenset[str]
    against: frozenset[str] = frozenset()
    of_row: bool = True

    def side(self, *names: str) -> int:
        """Return 1 for a column of what it is of, −1 where the least is the most, 0 for another one."""
        said = {word for name in names for word in tokens(_ON_TIME.sub("punctuality", name))}
        return 1 if self.called & said else -1 if self.against & said else 0


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TIMES = _words("time times duration length night nights days hours minutes minute wait waits delay delays")
# What is largest may be so by any column.
_SIZE = _Measure("largest|biggest|busiest", "smallest|quietest", _words("n count counts size"))
_MEASURES = (
    _Measure(
        "dearest|costliest|priciest|most expensive|most costly",
        "cheapest|least expensive|least costly|most affordable",
        _words("price prices cost costs fare fares rent rents fee fees spending expense expenses premium"),
    ),
    _Measure("slowest", "fastest|quickest", _TIMES, _words("speed speeds pace velocity")),
    _Measure("longest", "shortest", _TIMES, of_row=False),
    _Measure("oldest", "youngest", _words("age ages"), of_row=False),
    _Measure("heaviest", "lightest", _words("weight weights mass masses kg")),
    _Measure("warmest|hottest", "coldest|coolest", _words("temperature temperatures temp")),
    _Measure("wettest|rainiest", "driest", _words("rain rainfall precipitation")),
    _Measure(
        "least efficient|most wasteful|thirstiest",
        "most efficient|most economical|most frugal|least wasteful",
        _words("consumption energy kwh fuel litres emissions"),
    ),
    _Measure("most punctual", "least punctual", _words("punctuality"), _words("delay delays late lateness")),
    _Measure("fullest|most crowded", "emptiest|least crowded", _words("riders passengers load occupancy")),
    _SIZE,
)  # fmt: skip
# Columns that say how something has moved, and not how large it is.
_MOVING = _words("change changes growth diff difference delta gap rise yoy increase trend")
_SUM, _OFF = Decimal(100), Decimal("0.6")  # of shares in per cent, rounded
_IS = r"(?:is|are|was|were|remains?|remained|becomes?|became)"
_ADVERB = r"(?:(?:by far|again|still|also|thus|clearly|easily|always|the|our|its) )*"
_AFTER = r"(?:[,:;(]| with\b| at\b| on average\b|\.|$)"
_GAP = r"[^.;\d]{0,70}$"
_NOT = lazily(
    r"\b(?:not?|never|neither|nor|one of|except|ever|would|could|if|than|second|third|fourth|next|after"
    r"|behind|others?|excluding|apart|without|but|although|though|while|whereas|despite|yet|nearly|almost"
    r"|when|where|whose|two|three|once|per|by (?!far))\b|n['’]t\b",
    re.IGNORECASE,
)
# *Bread is the largest line, but its share dropped from*: what is said of it goes on with its numbers.
_GOES_ON = lazily(
    r",? (?:but|and|though|although|while|yet) (?:its|it|their|they) (?:[a-z]+ ){1,4}(?:from |by |to |at )?$"
)
_ANY_OTHER = lazily(
    r"^(?: [^\W\d_][\w’'-]*){0,4}, (?:(?P<up>more|larger|higher|longer)|(?P<down>fewer|less|smaller|lower"
    r"|shorter))(?: [a-z]+)? than (?:in |at |on |for )?(?:any|every|all|each)(?: of the)? others?"
    r"(?: (?P<noun>[a-z]+))?(?=[,.;:)]|$)",
    re.IGNORECASE,
)
_NOWHERE = (
    r"(?:^|[,;:] )(?:nowhere|nobody|no (?:other )?[a-z]+|none)\b[^.;:,\d]*? (?:"
    r"(?P<up>more|higher|longer|larger|bigger|greater)|(?P<down>less|fewer|lower|shorter|smaller))"
    r"(?: [a-z]+)? than"
)
_DO = r"(?!(?:var|differ|chang|improv|gain|los|grow|fluctuat|matter|deviat)[a-z]*)[a-z]+(?: by far)?"
_IN = r"(?:in|at|on|among|for)"
_STEM, _SHORT = 5, 4  # letters that two forms of a word share, and that one has at least
_LEAST = 2  # others in the column


def overstated(entry: Entry, context: Context, cell: Place | None) -> str:
    """Return in words why what a row is called the most in is not its own; empty where it may be.

    Parameters
    ----------
    cell
        The cell of a stored table that the entry repeats; None where it is none.
    """
    if cell is None or len(cell.beside()) < _LEAST:
        return ""
    before = own_words(context)
    if goes_on := _GOES_ON.search(before):
        before = f"{before[: goes_on.start()]}, "
    if not before or _names_another(before, cell):
        return ""
    if told := _any_other(context, cell) or _nowhere(entry, before, cell):
        return told
    if _NOT.search(before):
        return ""
    return _called(entry, before, context, cell) or _plainly(entry, before, cell)


def _any_other(context: Context, cell: Place) -> str:
    """*95 patients, fewer than any other ward.*"""
    found = _ANY_OTHER.match(" ".join(f"|{context.clause[1]}".split())[1:])
    if found is None or _names_another(context.clause[1], cell):
        return ""
    is_up, noun = bool(found["up"]), found["noun"] or ""
    if _is_so(cell, cell.at, is_up) or not (_is_so(cell, cell.at, not is_up) or _is_row(noun, cell)):
        return ""
    return _told(f"{found['up'] or found['down']} than any other", cell)


def _nowhere(entry: Entry, before: str, cell: Place) -> str:
    """*Nowhere are delays shorter than on the Harbour line (2.6 minutes)*."""
    shape = rf"{_NOWHERE} (?:in |at |on |for |among )?(?:the )?{_pattern(cell.row)}\b{_GAP}"
    found = re.search(shape, before, re.IGNORECASE)
    if found is None or not _is_measured(found[0], entry, cell):
        return ""
    is_up = bool(found["up"])
    if _is_so(cell, cell.at, is_up) or not _is_so(cell, cell.at, not is_up):
        return ""
    return _told(f"nowhere {found['up'] or found['down']}", cell)


def _called(entry: Entry, before: str, context: Context, cell: Place) -> str:
    for measure in _MEASURES:
        side = measure.side(cell.name, entry.label) or (
            measure is _SIZE and (_is_counted(entry, context, cell) or _is_shared(cell))
        )
        if not side:
            continue
        for said, noun in _said(measure, before, cell):
            is_up = re.fullmatch(measure.up, said, re.IGNORECASE) is not None
            if any(_may_be_so(measure, at, is_up, cell) for at in range(len(cell.table.heads))):
                continue
            if _is_so(cell, cell.at, is_up != (side > 0)) or _is_row(noun, cell):
                return _told(said, cell)
    return ""


def _plainly(entry: Entry, before: str, cell: Place) -> str:
    """*Satisfaction is lowest in the North, 66%*; *the Ring line carries the fewest people, 65 a trip*."""
    row, end = _pattern(cell.row), r"(?:,|:| \()?(?: with| at)? $"
    most = r"(?:(?P<up>highest|greatest|biggest|largest|longest)|(?P<down>lowest|smallest|shortest))"
    often = (
        r"(?:(?P<up>highest|greatest|largest|widest|most common)"
        r"|(?P<down>lowest|smallest|narrowest|rarest|least common))"
    )
    heads = "|".join(re.escape(head) for head in cell.table.heads if head and head != cell.name) or "(?!)"
    few = rf"(?:the )?(?:(?P<up>most)|(?P<down>fewest)) (?!(?:{heads})s?\b)[a-z]+s?{end}"
    least = rf"the (?:(?P<up>most)|(?P<down>least))(?: each)?{end}"
    shapes = (
        (rf"(?P<what>[^.;:,\d]*) {_IS} {_ADVERB}{often} {_IN} (?:the )?{row}\b{_GAP}", True),
        (rf"\b{row}\b(?: [a-z]+){{1,4}} the {most} (?P<what>[a-z]+(?: [a-z]+)?){end}", True),
        (rf"\b{row}\b(?: [a-z]+){{1,4}} {few}", False),
        (rf"\b{row}\b(?: [a-z]+){{0,2}}? {_DO} {least}", False),
    )
    for shape, is_named in shapes:
        found = re.search(shape, before, re.IGNORECASE)
        if found is None or (is_named and not _is_measured(found["what"], entry, cell)):
            continue
        is_up, said = bool(found["up"]), found["what"] if is_named else ""
        alike = (at for at, head in enumerate(cell.table.heads) if at == cell.at or _are_alike(said, head))
        if not any(_is_so(cell, at, is_up) for at in alike) and _is_so(cell, cell.at, not is_up):
            return _told(found["up"] or found["down"], cell)
    return ""


def _is_measured(text: str, entry: Entry, cell: Place) -> bool:
    """Whether a text names what a column measures: *satisfaction* of *Share satisfied, North*."""
    row = tokens(cell.row)
    own = (word for word in (*tokens(entry.label), *tokens(cell.name)) if word not in row)
    return _are_alike(text, " ".join(own))


def _are_alike(text: str, name: str) -> bool:
    """Whether a text has a word of a name, in another form too."""
    own = {_stem(word) for word in tokens(name)}
    return any(_stem(word) in own for word in tokens(text) if len(_stem(word)) >= _SHORT)


def _stem(word: str) -> str:
    return word.removesuffix("s")[:_STEM]


def _may_be_so(measure: _Measure, at: int, is_up: bool, cell: Place) -> bool:
    """Whether a column bears out what is said: of its kind, per something; for a size any does."""
    head = cell.table.heads[at]
    side = measure.side(head)
    if measure is _SIZE and not _MOVING.isdisjoint(tokens(head.replace("_", " "))):
        return False
    if not side and (measure is _SIZE or at == cell.at or "per" in tokens(head)):
        side = 1 if measure is _SIZE or not measure.against else 0
    return side != 0 and _is_so(cell, at, is_up == (side > 0))


def _is_counted(entry: Entry, context: Context, cell: Place) -> bool:
    """Whether a number counts what its row has: whole, or *18 riders per trip* of riders."""
    if all(value == int(value) for value in cell.table.column(cell.at).values()):
        return True
    noun = tokens(context.clause[1])[:1]
    return bool(noun) and noun[0].endswith("s") and noun[0] in tokens(entry.label)


def _is_shared(cell: Place) -> bool:
    """Whether a column holds shares of one whole, in per cent."""
    column = cell.table.column(cell.at).values()
    return min(column) >= 0 and abs(sum(column) - _SUM) <= _OFF


def _said(measure: _Measure, before: str, cell: Place) -> Iterator[tuple[str, str]]:
    """Give the adjectives that are said of a row, each with the noun behind it."""
    most = rf"(?P<most>{measure.up}|{measure.down})"
    row, noun = _pattern(cell.row), r"(?: (?P<noun>(?!with\b|at\b|in\b|on\b)[a-z]+))?"
    # *Oncology is the cheapest ward:*, *The cheapest ward is oncology*, *They stay longest in oncology*
    shapes = [rf"\b{most}(?P<noun>) {_IN} (?:the )?{row}\b{_GAP}"]
    if measure.of_row:
        shapes.append(rf"\b{row}\b(?: [a-z]+){{0,2}}? {_IS} {_ADVERB}{most}{noun}(?= ?{_AFTER}){_GAP}")
        shapes.append(rf"\b{row}, {_ADVERB}{most}{noun}(?= ?{_AFTER}){_GAP}")
        shapes.append(rf"\bthe {most}{noun} {_IS} (?:in |the )?{row}\b{_GAP}")
    for shape in shapes:
        if found := re.search(shape, before, re.IGNORECASE):
            yield found["most"], found["noun"] or ""


def _pattern(row: str) -> str:
    return rf"(?:{re.escape(row)}s?)" if len(row) > 1 else r"(?!)"


def _names_another(text: str, cell: Place) -> bool:
    said = text.casefold()
    rows = (label for label, _ in cell.table.rows if label != cell.row and label.casefold() in said)
    return any(re.search(rf"\b{_pattern(label)}\b", text, re.IGNORECASE) for label in rows)


def _is_row(noun: str, cell: Place) -> bool:
    """Whether a noun is what each row of a table is called: *ward*."""
    index = cell.table.index.casefold()
    return bool(index) and noun.casefold() in (index, f"{index}s")


def _is_so(cell: Place, at: int, most: bool) -> bool:
    """Whether the row has the most, or the least, of a column; as much as another is enough."""
    own: Decimal | None = cell.table.column(at).get(cell.row)
    others = cell.beside(at)
    return own is not None and bool(others) and (own >= max(others) if most else own <= min(others))


def _told(said: str, cell: Place) -> str:
    column = [cell.own, *cell.beside()]
    rank = sorted(column, reverse=True).index(cell.own) + 1
    place = "the smallest" if rank == len(column) else "the largest" if rank == 1 else f"number {rank}"
    of = f" in {cell.name}" if cell.name else ""
    return f"“{said}” is said of it, and of the {len(column)} rows of its table it is {place}{of}"
