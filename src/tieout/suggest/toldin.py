"""In which units the numbers of a notebook can be told: *$608 million* of 608, *27 cents* of 0.27 dollars."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tieout.notebooks import Notebook
from tieout.numbers import PERCENT, POINT
from tieout.numerals import Shown
from tieout.suggest.cells import recordings, statements
from tieout.suggest.evidence import Evidence
from tieout.suggest.proposal import Proposal
from tieout.suggest.rivals import is_percentage

SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_IN_SCALE = re.compile(r"\b(?:in|of) (thousand|million|billion|trillion)s?\b", re.IGNORECASE)
# *mrr_keur*, *value_meur*, *eur_k*: how columns say it.
_CODED = re.compile(
    r"(?:\b|_)(?P<ahead>[km]|bn)(?:eur|usd|gbp|chf)\b|(?:\b|_)(?:eur|usd|gbp|chf)_?(?P<behind>[km]|bn)\b"
    r"|\((?P<scale>thousand|million|billion)s?(?: of)? (?:euros?|dollars?|pounds?|EUR|USD|GBP)\)"
    r"|\((?:€|\\?\$|£|EUR|USD|GBP) ?(?P<word>thousand|million|billion)s?\)",
    re.IGNORECASE,
)
_FEWEST = 10  # thousands of which a number in full has to say so many
_CODES = {"k": "thousand", "m": "million", "bn": "billion"}
_CENTS = {"USD": re.compile(r"\$\d|\bdollars?\b"), "EUR": re.compile(r"€|\beuros?\b")}
SHARES = frozenset((
    "percent", "percentage", "pct", "perc", "share", "shares", "rate", "proportion", "prop", "change",
    "growth", "increase", "decrease", "accuracy",
))  # fmt: skip


@dataclass(frozen=True)
class Units:
    """The units that a notebook says, and those in which its code records outputs and terms of models."""

    notebook: Notebook
    recorded: Mapping[tuple[str, str | None], str] = field(default_factory=dict)

    @cached_property
    def _scales(self) -> frozenset[str]:
        """The scales in which the notebook says its numbers to be: *in millions of dollars*, *mrr_keur*."""
        texts = " ".join(" ".join(cell.source.split()) for cell in self.notebook.cells)
        said = {found[1].lower() for found in _IN_SCALE.finditer(texts)}
        coded = (found[found.lastgroup or 0] for found in _CODED.finditer(texts))
        return frozenset(said | {_CODES.get(each.lower(), each.lower()) for each in coded})

    @cached_property
    def _currency(self) -> str:
        """The currency that the notebook's texts say, where it is one of those that have cents."""
        texts = " ".join(cell.source for cell in self.notebook.cells)
        said = [code for code, sign in _CENTS.items() if sign.search(texts)]
        return said[0] if len(said) == 1 else ""

    def guessed_scales(self, shown: Shown) -> list[str]:
        """Return the units of scale that the notebook does not name: *$12.99 trillion* of 12990.3."""
        if shown.figures[0].scale == 1:
            return []
        known = self.scaled(shown)
        units = [f"{name} {shown.unit or ''}".strip() for name in SCALES]
        return [unit for unit in units if unit not in known]

    def scaled(self, shown: Shown) -> list[str]:
        """Return the units of scale in which the data can be where prose says *$608 million*, by 608.

        Of *27 cents* those in dollars, of *three in ten* those in per cent.
        """
        scale = shown.figures[0].scale
        if shown.unit == "cent":
            return [self._currency] if self._currency else []
        if shown.unit is None and shown.figures[0].style in ("among", "part"):
            return [PERCENT]
        if scale == 1:
            return []
        own = {name for name, size in SCALES.items() if size == scale}
        return [f"{name} {shown.unit or ''}".strip() for name in SCALES if name in own | self._scales]

    def in_full(self, shown: Shown) -> list[str]:
        """Return the units of scale that the notebook names, of a number in full: *€417,300* of 417.3."""
        figure = shown.figures[0]
        if figure.scale != 1 or figure.style != "digits" or figure.decimals or shown.is_range:
            return []
        if shown.unit is not None and shown.unit not in _CENTS:
            return []
        return [
            f"{name} {shown.unit or ''}".strip()
            for name, size in SCALES.items()
            if name in self._scales and abs(figure.number) >= size * _FEWEST
        ]

    def may_be_in(self, found: Evidence, unit: str) -> bool:
        """Whether a count may be told in a unit: 52 people are no 52%, and no 52 million."""
        if is_percentage(found) and unit not in ("", PERCENT, POINT):
            return False  # 30.0% of a column "%" is no 30 minutes
        if found.is_share and unit != "":
            return False  # 0.58, printed as 58%, is no 1%
        if self._is_in_another(found, unit):
            return False
        scale = unit.partition(" ")[0]
        if scale in SCALES and (own := SCALES.keys() & found.words) and scale not in own:
            return False  # it was printed in billions
        is_count = found.is_exact or (found.is_printed_whole and unit == PERCENT)
        if not is_count or (unit != PERCENT and scale not in SCALES):
            return True
        return bool(found.words & SHARES) if unit == PERCENT else scale in self._scales | found.words

    def _is_in_another(self, found: Evidence, unit: str) -> bool:
        """Whether the code records an output in a unit that is of another kind."""
        own = self.recorded.get((found.known_as, found.term))
        if own == "":
            return unit.partition(" ")[0] in SCALES  # a plain 3.81 is no *3.81 thousand*
        if own is None or not unit:
            return False
        try:
            found.in_unit(own).to(unit)
        except ValueError:
            return True
        return False


def in_scale(found: Sequence[Proposal], shown: Shown) -> list[Proposal]:
    """Return of some outputs those in the scale of a number, where one was printed in it: *8.34 million*."""
    figure = shown.figures[0]
    own = {name for name, size in SCALES.items() if size == figure.scale}
    told = [each for each in found if each.unit.partition(" ")[0] in own]
    is_printed = any(not each.evidence.rows and each.evidence.number == figure.number for each in told)
    return told if is_printed else list(found)


def recorded_units(notebook: Notebook) -> Mapping[str, str]:
    """Return the units in which the code records, by the ids: empty for a plain number."""
    found = {}
    calls = (
        call for cell in notebook.code for each in statements(cell.source) or () for call in recordings(each)
    )
    for node in calls:
        given = next((each.value for each in node.keywords if each.arg == "unit"), ast.Constant(""))
        id = node.args[0]
        if isinstance(id, ast.Constant) and isinstance(given, ast.Constant):
            found[str(id.value)] = str(given.value)
    return found
