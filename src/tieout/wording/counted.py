"""Counts in words against the groups there are: *all four sites* where ``df.site.nunique()`` is 3.

Where nothing counts them, they are the rows of the stored tables whose rows are called so.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.prose import Passage
from tieout.wording.columns import Columns
from tieout.wording.meant import tokens
from tieout.wording.traced import called, core, made_of

_NUMBERS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
# What says more of them makes them fewer: *all three sites with a pharmacy*.
_SAID = lazily(
    rf"\b(?P<said>(?:all|each|every one) (?:of )?(?:the |our |these )?(?P<many>{'|'.join(_NUMBERS)})"
    r" (?P<noun>[a-z]+s))"
    r"(?=[,.;:)]| (?:on|is|are|was|were|have|has|had|and|but|together|alike|before|after"
    r"|shared?|show(?:ed|s)?|grew|rose|fell|gained|lost|took|got|make|made)\b"
    r"| (?!(?:list|nam|mention|compar|involv|concern|studi|sampl|survey|includ|describ)ed)[a-z]+ed(?=[.,;]))"
    rf"|\b(?:the [a-z]+(?:est|st)(?: [a-z]+)? of (?P<of>{'|'.join(_NUMBERS)}) (?P<things>[a-z]+s))"
    r"(?=[,.;:)]| with\b)",
    re.IGNORECASE,
)
_LESS = lazily(r"\b(?:not|except|but|besides|other|remaining|rest|would|if)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Counted:
    """What counts the groups of a column, by file and column; nothing where two of them differ.

    ``rows`` is how many rows the tables have whose rows are those groups.
    """

    counts: Mapping[tuple[str, str], Entry]
    rows: Mapping[tuple[str, str], frozenset[int]]

    @classmethod
    def of(cls, ledger: Ledger, columns: Columns) -> Counted:
        """Find what counts the values of a column."""
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in ledger.values():
            column = _column(core(made_of(entry))) if entry.code and entry.quantity is not None else ""
            if column:
                found[entry.path, _singular(tokens(column)[-1])].append(entry)
        counts = {key: each[0] for key, each in found.items() if len({one.text for one in each}) == 1}
        several = {key for key, each in found.items() if key not in counts}
        return cls(counts, {key: each for key, each in columns.sizes().items() if key not in several})

    def miscounted(self, passage: Passage) -> Iterator[tuple[int, str, str, str | None]]:
        """Give the counts of a passage that are not those of its groups.

        Each with where it is, what is said, what is counted, and the id of the entry that counts it.
        """
        for found in _SAID.finditer(passage.markdown) if self.counts or self.rows else ():
            key = (passage.path, _singular((found["noun"] or found["things"]).lower()))
            many = _NUMBERS.index((found["many"] or found["of"]).lower()) + 2
            if _LESS.search(passage.markdown[: found.start()]):
                continue
            said, entry, rows = " ".join(found[0].split()), self.counts.get(key), self.rows.get(key, ())
            if entry is not None and entry.quantity is not None:
                if entry.quantity.value != many:
                    yield found.start(), said, f"{entry.id} counts {entry.text}", entry.id
            elif len(rows) == 1 and many not in rows:
                yield found.start(), said, f"the table of each {key[1]} has {min(rows)} rows", None


def _column(made: ast.expr | None) -> str:
    """Return the column whose values are counted: ``df.site.nunique()``, ``len(df["site"].unique())``."""
    if isinstance(made, ast.Call) and called(made) == "len" and len(made.args) == 1:
        made = made.args[0]
        wanted = "unique"
    else:
        wanted = "nunique"
    if not isinstance(made, ast.Call) or called(made) != wanted or not isinstance(made.func, ast.Attribute):
        return ""
    held = made.func.value
    if isinstance(held, ast.Subscript) and isinstance(held.slice, ast.Constant):
        return str(held.slice.value)
    return held.attr if isinstance(held, ast.Attribute) else ""


def _singular(noun: str) -> str:
    return noun.removesuffix("ies") + "y" if noun.endswith("ies") else noun.removesuffix("s")
