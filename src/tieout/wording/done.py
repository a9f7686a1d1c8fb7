"""What those did or have whom a number counts: *46 patients dropped out* of those with adverse events.

Behind the number have to stand all words by which another entry of its kind is told apart, nothing else but
what both are called, and its own words nowhere in the clause.
"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.numbers import PURE
from tieout.numerals import Context, is_denied
from tieout.wording.columns import Place
from tieout.wording.groups import Siblings
from tieout.wording.meant import own_words, tokens
from tieout.wording.traced import made_of, nodes

_STEM, _CLOSE = 5, 4  # letters by which two words are of one kind, and by which they may be
_COMMON = 3  # labels that a word stands in where it tells none apart
_REACH = 9
_IDLE = frozenset(re.findall(r"\w+", """
a an the of all our these those their its who that which with without had has have were was are is did do
does got reported showed suffered experienced at least one any some in out up percent per cent share number
count rate proportion fraction percentage mean total only just more than and or
"""))  # fmt: skip
_ENDS = lazily(r"[,;:(]|\b(?:and|but|while|whereas|or|because|when|where|if|than|after|before)\b|\d")
_SHARE = lazily(r"\b(?:shares?|rates?|proportion|fraction|percentage)\b", re.IGNORECASE)
_OWNS = lazily(
    r"\b(?:has|have|had|employs?|owns?|took|takes|receive[sd]|got|gets|with) (?:only |about |some |just )?$"
)
_OWNED = lazily(r"(?P<noun>[a-z]{3,}s)(?=[,.;)]| and\b|$)")


@dataclass(frozen=True)
class Doings:
    """The words by which the counts and shares of each file are told apart.

    Parameters
    ----------
    stems
        By file and the id of an entry, how the words of its label begin.
    common
        By file, how those begin that many labels have.
    """

    stems: Mapping[str, Mapping[str, frozenset[str]]]
    common: Mapping[str, frozenset[str]]
    ledger: Ledger
    siblings: Siblings

    @classmethod
    def of(cls, ledger: Ledger, siblings: Siblings) -> Doings:
        """Read the labels of a ledger."""
        stems, counts = (
            defaultdict[str, dict[str, frozenset[str]]](dict),
            defaultdict[str, Counter[str]](Counter),
        )
        for entry in ledger.values():
            if entry.quantity is not None and not entry.quantity.is_range and entry.quantity.unit == PURE:
                stems[entry.path][entry.id] = _stems(entry.label)
                counts[entry.path].update(stems[entry.path][entry.id])
        common = {
            path: frozenset(stem for stem, count in each.items() if count >= _COMMON)
            for path, each in counts.items()
        }
        return cls(stems, common, ledger, siblings)

    def misdone(self, entry: Entry, shown: str, context: Context, cell: Place | None = None) -> str:
        """Return in words why a clause says of a number what another one counts; empty where it may not.

        Parameters
        ----------
        cell
            The cell of a stored table that the entry repeats.
        """
        kin = self.stems.get(entry.path, {})
        own = kin.get(entry.id)
        if not own or is_denied(context):
            return ""
        behind = _ENDS.split(" ".join(context.clause[1].split()))[0]
        said = [word[:_STEM] for word in tokens(behind)[:_REACH] if word not in _IDLE]
        clause = {word[:_CLOSE] for part in context.clause for word in tokens(part)}
        common = self.common[entry.path]
        groups = self._groups(entry.id) | _stems(cell.row if cell else "")
        owned = _OWNED.match(behind) if _OWNS.search(own_words(context)) else None
        code = {stem[:_CLOSE] for stem in _stems(" ".join(_said_in_code(entry)))} if said else set()
        picked = _stems(" ".join(_picked(entry))) if said else frozenset[str]()
        for id, theirs in kin.items() if said else ():
            other, mine = self.ledger.entries[id], own - theirs - groups
            apart = theirs - own - self._groups(id) - picked
            if not apart or not mine or not _is_alike(entry, other, shown):
                continue
            idle = {stem[:_CLOSE] for stem in theirs | groups | common}
            if not clause.isdisjoint({*(code - idle), *(stem[:_CLOSE] for stem in mine)}):
                continue
            is_said = (apart - common or apart) <= {*said[1:]} and {*own, *theirs, *common} >= {*said}
            if is_said or (owned and owned["noun"][:_STEM] in apart):
                return f"is called “{entry.label}”, and its clause says what {id} is called"
        return ""

    def _groups(self, id: str) -> frozenset[str]:
        """Return how the names begin of the groups that an entry is of."""
        others = (each for each in self.siblings.others.get(id, ()) if not each.alone)
        return frozenset(stem for each in others for stem in _stems(" ".join(each.own)))


def _said_in_code(entry: Entry) -> Iterator[str]:
    """Give the columns and texts of the code that made an entry, and no names of tables."""
    made = made_of(entry)
    for each in nodes(entry, made) if made is not None else ():
        if isinstance(each, ast.Attribute):
            yield each.attr
        elif isinstance(each, ast.Constant) and isinstance(each.value, str) and "." not in each.value:
            yield each.value


def _picked(entry: Entry) -> Iterator[str]:
    """Give the columns that the code picks which made an entry: *loans* of ``by_month["loans"].max()``."""
    made = made_of(entry)
    for each in nodes(entry, made) if made is not None else ():
        key = each.slice if isinstance(each, ast.Subscript) else None
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value


def _stems(label: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in tokens(label) if word not in _IDLE and not word.isdigit())


def _is_alike(entry: Entry, other: Entry, shown: str) -> bool:
    """Whether two entries are both counts, or both shares, and not of one value."""
    one, two = entry.quantity, other.quantity
    if one is None or two is None or one.value == two.value or entry.id == other.id:
        return False
    whole = [value == int(value) and abs(value) > 1 for value in (one.value, two.value)]
    if "%" not in shown:
        return all(whole)
    return not any(whole) and _SHARE.search(other.label) is not None
