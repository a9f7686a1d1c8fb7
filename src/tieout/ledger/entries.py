"""What the ledger consists of: an entry for each fact and each recorded quantity, and the uses of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tieout.numbers import Expr, Quantity
from tieout.numerals import Family, is_moment, primary
from tieout.prose import Use

Kind = Literal["stated", "derived", "computed", "assumed"]
YEAR = "year"
PERIOD = "period"

# Languages whose nouns and adjectives change their endings with their place in a sentence.
INFLECTED = frozenset("be bg cs el et fi hr hu lt lv pl ro ru sk sl sq sr tr uk".split())  # noqa: SIM905
STEM, ENDING = 3, 4  # letters that two forms of a word share at least, and that follow at most
# Forms of one word that Ukrainian chooses by sound.
ALIKE = (frozenset(("у", "в")), frozenset(("і", "й", "та")), frozenset(("з", "із", "зі")))

_TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "..."}
)
_RANGE = re.compile(r"(\d{4})\s*(?:-|/|to|until|through|and)\s*(\d{4})")


@dataclass(frozen=True)
class Cell:
    """What a tie is bound to: the text that fills it when it is empty, the number behind it, its family."""

    text: str
    quantity: Quantity | None = None
    family: Family = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """A file that a computed number follows from: the kernel opened it before.

    Parameters
    ----------
    path
        Its name in the project, or in the package that ships it.
    sha256, bytes
        What it held then.
    rows
        How many rows it has below its heading; None for what is no table of text.
    """

    path: str
    sha256: str
    bytes: int
    rows: int | None = None


@dataclass(frozen=True)
class Entry:
    """One entry of the ledger.

    Parameters
    ----------
    id, label
        Its name for machines and for people.
    kind
        ``stated`` by a source, ``derived`` from other entries, ``computed`` by ordinary code, or ``assumed``
        by the report.
    text
        Its value: as stated, or as plain digits.
    unit
        The unit of ``text``; ``text`` for names.
    quantity
        Its number; None for names.
    cells
        The other columns of its row.
    formula
        How it was computed; None for facts and assumptions.
    source, locators, stated
        Which work states it, where in it, and in which form.
    path, line, cell
        Where it is defined: a row of a table, or a cell (from 1) of a notebook.
    quotation
        A few words of its source that state it.
    display
        What an empty tie shows.
    code, reads
        Of a computed entry: the code of its cell, and the files that were opened until then.
    earlier
        The code of the cells before that one, which its names may come from.
    used
        Every place that shows it.
    findings
        Ids of the findings that concern it.
    """

    id: str
    label: str
    kind: Kind
    text: str
    unit: str
    quantity: Quantity | None
    display: str
    path: str
    line: int
    cell: int | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    formula: Expr | None = None
    source: str = ""
    locators: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    note: str = ""
    quotation: str = ""
    code: str = ""
    reads: tuple[Read, ...] = ()
    earlier: tuple[str, ...] = field(default=(), repr=False)
    used: tuple[Use, ...] = ()
    findings: tuple[str, ...] = ()

    def column(self, name: str | None) -> Cell | None:
        """Return what a tie to the entry, or to a column of its row, is bound to; None for no such column."""
        if name in (None, "", "value"):
            return Cell(self.display if self.quantity is not None else self.text, self.quantity)
        key = PERIOD if name == YEAR else str(name)
        text = self.cells.get(key, "")
        if not text:
            return None
        return Cell(text.replace("/", "–") if key == PERIOD else text)


def differs(shown: str, text: str, lang: str = "en") -> bool:
    """Whether a displayed name or period is another than the ledger's.

    Typography does not count: quotes, dashes, spaces, a capital at the start of a sentence; ``2024 to 2030``
    is the period 2024–2030, and *12 March 2024* the date 2024-03-12, as the language writes it. Where a
    language inflects its names, endings do not count either: *у Пекіні* is said of *Пекін*.

    Examples
    --------
    >>> differs("fastest-growing  in the world", "Fastest‑growing in the world")
    False
    >>> differs("великих технологічних осередках", "Великі технологічні осередки", "uk")
    False
    """
    if _normal(shown) == _normal(text) or is_moment(shown, text, lang):
        return False
    return not (primary(lang) in INFLECTED and _inflects(_normal(shown), _normal(text)))


def _inflects(one: str, other: str) -> bool:
    """Whether two texts have the same words, each but for its ending, in the same order."""
    first, second = one.casefold().split(), other.casefold().split()
    return len(first) == len(second) and all(map(_same_word, first, second))


def _same_word(one: str, other: str) -> bool:
    if one == other or any({one, other} <= group for group in ALIKE):
        return True
    pairs = enumerate(zip(one, other, strict=False))
    stem = next((place for place, pair in pairs if pair[0] != pair[1]), min(len(one), len(other)))
    return (
        stem >= STEM
        and max(len(one), len(other)) - stem <= ENDING
        and one[-1:].isalpha() == other[-1:].isalpha()
    )


def _normal(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY).split())
    plain = _RANGE.sub(r"\1-\2", plain)
    return plain[:1].casefold() + plain[1:]
