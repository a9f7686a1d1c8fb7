"""Verbs between two numbers of a series: *revenue fell from €971 to €1,453*, *it dropped to 102.8* from 72.4.

Where the first number is tied as well, in one unit, both are weighed. Where only the second stands with the
verb, the first is the number before it that is a cell of the same column, of an earlier year or month.
"""

from __future__ import annotations

import re

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.numerals import Context, Near, is_denied, readings
from tieout.wording.columns import Columns, Place
from tieout.wording.meant import own_words

_RISE = (
    r"r[io]s(?:es?|en)|rose|gr[eo]ws?|grown|increase[sd]?|climb(?:s|ed)|jump(?:s|ed)|surge[sd]|soar(?:s|ed)"
    r"|recovered|(?:doubl|tripl)(?:es|ed)|(?:went|gone|goes) up|leapt"
)
_FALL = (
    r"fell|falls?|fallen|drop(?:s|ped)|decline[sd]?|decrease[sd]?|shr[aiu]nks?|sank|sunk|slump(?:s|ed)"
    r"|plunge[sd]|halve[sd]|collapsed|(?:went|gone|goes|came|come|comes) down"
)
_VERB = rf"\b(?:(?P<up>{_RISE})|(?P<down>{_FALL}))\b"
_NEXT = rf"(?:(?!\b(?:{_RISE}|{_FALL})\b)[^.;:()])"
_ABOUT = (
    r"(?:about |around |roughly |nearly |almost |just (?:over|under) |over |more than |some |a mere |only )?"
)
# *Rose by half, from …*: what stands behind it is the first of two.
_FROM = lazily(rf"{_VERB}{_NEXT}{{0,60}}?\bfrom {_ABOUT}$", re.IGNORECASE)
_ENDS, _REACH = lazily(rf"\bto {_ABOUT}$"), 30
_TO = lazily(rf"^(?:(?!\b(?:and|but|by|while|whereas)\b)[^.;:()]){{0,60}}?,? to {_ABOUT}$")
_ONLY_TO = lazily(
    rf"{_VERB}(?: (?:again|back|sharply|steeply|slightly|further))*(?: [^.;:()\d]{{1,20}})?,? to {_ABOUT}$",
    re.IGNORECASE,
)
_COMES_FROM = lazily(
    rf"^(?:,| \()? ?(?:(?P<up>up)|(?P<down>down)) (?:sharply |slightly |steeply )?from {_ABOUT}"
    r"(?P<from>[−-]?[$€£]?\d(?:[\d.,]*\d)?(?: ?(?:%|k|m|bn|thousand|million|billion))?)(?![\w%]|[.,]\d)"
)
_OTHER_END = lazily(r"\b(?:from|between|since)\b", re.IGNORECASE)
_RANKS = lazily(r"\b(?:rank\w*|places?|placed|position|number one)\b|#", re.IGNORECASE)
_SUPPOSED = lazily(r"\b(?:would|could|should|might|may|if|expect\w*|forecast\w*|instead)\b", re.IGNORECASE)
_PERIOD = lazily(
    r"(?:1[5-9]|20)\d\d(?:[-–/ ]?[Qq]?\d\d?)?(?:-\d\d)?|[QqWw]?\d{1,2}"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
)


def misstepped(entry: Entry, context: Context, ledger: Ledger, columns: Columns) -> str:
    """Return in words why something rose that is said to have fallen, or the other way round; else empty."""
    quantity = entry.quantity
    before = context.clause[0]
    if quantity is None or quantity.is_range or not _ENDS.search(" ".join(before[-_REACH:].split()) + " "):
        return ""
    if _RANKS.search(before) or _SUPPOSED.search(before):
        return ""
    found = _between(entry, context, ledger) or _after(entry, context, ledger, columns)
    if found is None:
        return ""
    said, near, other = found
    assert other.quantity is not None
    if other.quantity.is_range:
        return ""
    one, two = other.quantity.value, quantity.value
    if one == two or (two > one) == bool(said["up"]):
        return ""
    return (
        f"“{said[0].split(' ')[0]}” is said of it, and {near.text}, from which it comes, is {_way(one > two)}"
    )


def misled(shown: str, context: Context) -> str:
    """Return in words why a number did not come from the one behind it: *€346k, down from €253k*; else empty.

    That one has no tie; of two ties the numbers themselves are compared.
    """
    found = _COMES_FROM.match(" ".join(f"|{context.clause[1]}".split())[1:])
    near = context.next
    if found is None or is_denied(Context(own_words(context))) or _RANKS.search(context.clause[0]):
        return ""
    if near is not None and near.start < len(found[0]):
        return ""
    one, two = readings(found["from"]), readings(shown)
    if not one or not two or one[0].is_range or two[0].is_range or one[0].unit != two[0].unit:
        return ""
    old, new = one[0].ends[0], two[0].ends[0]
    if old == new or (one[0].scale == 1) != (two[0].scale == 1) or (new > old) == bool(found["up"]):
        return ""
    return f"is said as “{found['up'] or found['down']}” from {found['from']}, which is {_way(old > new)}"


def _way(more: bool) -> str:
    return "more" if more else "less"


def _between(entry: Entry, context: Context, ledger: Ledger) -> tuple[re.Match[str], Near, Entry] | None:
    """*Fell from 971 without nitrogen to 1,453*, of two ties."""
    near = _last(context)
    other = ledger.entries.get(near.key) if near else None
    if near is None or other is None or other.quantity is None or other.quantity.unit != _unit(entry):
        return None
    begins = len(context.before) - len(context.clause[0])
    lead, between = context.before[max(begins, 0) : near.start], context.before[near.end :]
    said = _FROM.search(" ".join(lead.split()) + " " * lead[-1:].isspace())
    if between.strip() == "to":
        return None  # that is weighed where the first of them stands
    if said is None or not _TO.match(" ".join(between.split()) + " " * between[-1:].isspace()):
        return None
    return None if is_denied(Context(lead)) else (said, near, other)


def _after(
    entry: Entry, context: Context, ledger: Ledger, columns: Columns
) -> tuple[re.Match[str], Near, Entry] | None:
    """*Demand dropped to 47.2 in 2020*, behind the number of 2019 in the same column."""
    own = own_words(context)
    said = _ONLY_TO.search(own)
    if said is None or _OTHER_END.search(own) or is_denied(Context(own)):
        return None
    cell = columns.of(entry)
    if cell is None or not _PERIOD.fullmatch(cell.row):
        return None
    for near in sorted(
        (each for each in context.near if each.side == "before"), key=lambda each: -each.start
    ):
        other = ledger.entries.get(near.key)
        place = columns.of(other) if other is not None else None
        if other is not None and place is not None and _is_earlier(place, cell):
            return said, near, other
    return None


def _unit(entry: Entry) -> str:
    return entry.quantity.unit if entry.quantity else ""


def _last(context: Context) -> Near | None:
    """Return the tie right before a number."""
    return max(
        (each for each in context.near if each.side == "before"), key=lambda each: each.end, default=None
    )


def _is_earlier(one: Place, other: Place) -> bool:
    """Whether a cell stands above another one in a column of periods."""
    if one.table != other.table or one.at != other.at or not _PERIOD.fullmatch(one.row):
        return False
    rows = [label for label, _ in one.table.rows]
    return rows.index(one.row) < rows.index(other.row)
