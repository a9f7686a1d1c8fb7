"""Names of other rows and columns of the stored table that a number was got from, in the place of its own.

*Gas output peaked at 11.85* of the column *nuclear*; *caused by animals, 158.4 minutes* of the row *weather*.
Only a name that stands where the number's own would, and where its own stands nowhere, is named.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, Near
from tieout.wording.columns import Place
from tieout.wording.meant import is_name, own_words, tokens

_LEAST = 3  # letters
_WORD = lazily(r"[^\W\d_]+")
_SUBJECT = lazily(
    r"^\s*(?:(?:and|but|while|so|thus|the) )*(?P<name>[^\W\d_]+)\b(?P<rest>(?: (?!and\b)[^\W\d_]+){1,6}) $",
    re.I,
)
_BEHIND = lazily(r"\b(?:at|in|by|for|among) (?:the )?(?P<name>[^\W\d_]+)(?:,? with|,? at|,| \()? ?$")
# What is set against something is of two; *with little wind* and *low prices* are about another number.
_AGAINST = lazily(
    r"\b(?:than|that of|times|as|from|to|against|versus|vs|unlike|like|compared|with(?!$)|without|if|when"
    r"|before|after|while|between|but|not|no)\b",
    re.IGNORECASE,
)
_STATISTICS = frozenset(re.findall(r"\w+", """
mean median average total count size share rate value values number percent minimum maximum range error sum
estimate coef lower upper high low level change difference ratio index year month week quarter
"""))  # fmt: skip


def misheaded(entry: Entry, context: Context, cell: Place | None) -> str:
    """Return in words why a number is said of another row or column of its table; empty where not."""
    if cell is None:
        return ""
    names = {*map(str.casefold, cell.table.heads), *(label.casefold() for label, _ in cell.table.rows)}
    before = own_words(context)
    said = tokens(before)
    if names.isdisjoint((*said, *(word.removesuffix("s") for word in said))):
        return ""
    segment = re.split(r"[;:]|,(?= (?:and|but|while) )", before)[-1]
    begins = segment != before or not any(_of_clause(context))
    subject = _SUBJECT.match(segment) if begins else None  # *315 orders and €17,291* is of two
    found = [each for each in (subject, _BEHIND.search(before)) if each]
    if not found or _AGAINST.search(
        segment[: found[0].start("name")] + segment[found[0].end("name") :].rstrip()
    ):
        return ""
    clause = " ".join(context.clause).casefold() + context.heading.casefold()
    for labels, own in ((cell.table.heads, cell.name), ([label for label, _ in cell.table.rows], cell.row)):
        if not _is_plain(own) or _is_unit(own, entry):
            continue  # *loans last 19.7 days*, of a column *days*
        if _is_said((own, *_own(entry, own, labels)), clause):
            continue
        for each in found:
            names = {each["name"].casefold(), each["name"].casefold().removesuffix("s")}
            known = set(map(str.casefold, filter(_is_plain, labels)))
            if labels is cell.table.heads and not _is_of_kind(cell, names):
                continue  # *pupils at Fir get 55.3* of their score
            if own.casefold() not in names and names & known:
                return f"is of {own} in its table, and its clause names {each['name']}"
    return ""


def _is_unit(name: str, entry: Entry) -> bool:
    """Whether a label is called as the unit of an entry, so that its number says it."""
    unit = entry.quantity.unit if entry.quantity else ""
    return name.casefold().removesuffix("s") == unit


def _is_of_kind(cell: Place, names: Container[str]) -> bool:
    """Whether a column that is named and the own one both hold whole numbers, or both others."""
    ats = [cell.at, *(at for at, head in enumerate(cell.table.heads) if head.casefold() in names)]
    columns = [cell.table.column(at).values() for at in ats]
    return len({all(value == int(value) for value in column) for column in columns}) == 1


def _of_clause(context: Context) -> Iterator[Near]:
    """Give the ties that stand before a number in its clause."""
    begins = len(context.before) - len(context.clause[0])
    return (each for each in context.near if each.side == "before" and each.end > begins)


def _is_plain(name: str) -> bool:
    """Whether a label is a word that prose would say as it is."""
    plain = _WORD.fullmatch(name) is not None and len(name) >= _LEAST
    return plain and is_name(name.casefold()) and name.casefold() not in _STATISTICS


def _own(entry: Entry, own: str, names: Iterable[str]) -> list[str]:
    """Return what else the label of an entry calls it, where it does not call it as its table does."""
    if own.casefold() in map(str.casefold, _WORD.findall(entry.label)):
        return []
    heads = {name.casefold() for name in names}
    words = (word for word in _WORD.findall(entry.label) if len(word) >= _LEAST)
    return [word for word in words if word.casefold() not in heads | _STATISTICS]


def _is_said(names: Iterable[str], clause: str) -> bool:
    """Whether a clause says one of some names, in another form too: *irrigated* of *irrigation*."""
    return any(name.casefold()[: max(_LEAST, len(name) - 3)] in clause for name in names)
