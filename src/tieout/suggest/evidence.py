"""A number that a notebook's stored outputs show, with the expression that gave it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from tieout.numbers import Quantity
from tieout.suggest.unrolled import Turn
from tieout.suggest.versions import FOREVER, Place

SIZES = frozenset(("nob", "count", "size"))
WIDTH = 60  # characters of code that a message shows


def cut_short(code: str) -> str:
    """Return code as a message shows it."""
    return code if len(code) <= WIDTH else f"{code[: WIDTH - 1]}…"


@lru_cache(maxsize=8192)
def parsed(expression: str) -> ast.expr:
    """Return an expression as a tree, which many outputs share: it is only looked at."""
    return ast.parse(expression, mode="eval").body


@dataclass(frozen=True)
class Evidence:
    """A number that a cell shows.

    Parameters
    ----------
    cell
        The index of the cell that shows it.
    place
        The cell in which it can be recorded, and the line of it, from 1, before which.
    expression
        What gives it, as code; of a family, the model or test.
    number
        Its value, with the digits that are shown.
    words
        What code and output call it.
    rows
        The words of its row's labels: a sentence about it says one of them.
    part, term
        Of a family which part, and of which term.
    label
        What it is called in a printed text; empty where nothing is.
    row
        What its row is called where its label alone says nothing: *poor true*.
    columns
        In a table of rows and columns the words of its column's labels.
    statistic
        Which statistic its table holds, where its own code does not say: *mean* of ``by_class``.
    is_alone
        Whether it is all that the cell's last expression shows.
    is_cut
        Whether it was rounded where it is shown, and the expression gives it as it was before.
    is_coarse
        Whether the expression itself gives it rounded.
    after
        What the same call printed just before it, as ``known_as``: the lower limit of *9.81 to 10.25*.
    test
        Which test its variable holds the result of: *ttest_ind*.
    turn
        The turn of the loop within which alone it can be recorded.
    is_percent
        Whether it was printed with the sign of a percentage behind it.
    is_share
        Whether it was printed as a percentage of one, so that it is no number of per cent: ``{x:.0%}``.
    is_measure
        Whether it is the statistic of a test, unpacked: ``u`` of ``u, p = mannwhitneyu(a, b)``.
    again
        How many other values its expression has had in cells before.
    values
        What the variables of its expression hold, as numbers that tell one value from another.
    until
        Before which place its expression has this value no more.
    source
        What its variable was made of, as code, where that is given several values.
    printed_unit
        What was printed with it that may name its unit: *kg* of ``f"{total:,.0f} kg"``.
    is_unpacked
        Whether its variable is one of several that were made at once: ``p`` of ``r, p = pearsonr(a, b)``.
    origins
        The variables that those of its expression were made of: *raw* of ``len(over)``.
    table
        The code that made the variable that it is a cell of, unchanged since; empty where it is none.
    source_column
        What its column was called before it got its name: *energy_kwh* of *energy*; empty for nothing else.
    """

    cell: int
    place: Place
    expression: str
    number: Decimal
    words: frozenset[str]
    rows: frozenset[str] = frozenset()
    part: str | None = None
    term: str | None = None
    label: str = ""
    row: str = ""
    columns: frozenset[str] = frozenset()
    statistic: str = ""
    is_alone: bool = False
    is_cut: bool = False
    is_coarse: bool = False
    after: str = ""
    test: str = ""
    is_percent: bool = False
    is_share: bool = False
    turn: Turn | None = None
    is_measure: bool = False
    again: int = 0
    values: frozenset[tuple[str, int]] = frozenset()
    until: Place = FOREVER
    source: str = ""
    printed_unit: str = ""
    is_unpacked: bool = False
    origins: frozenset[str] = frozenset()
    table: str = ""
    source_column: str = ""

    @property
    def node(self) -> ast.expr:
        """The expression, parsed."""
        return parsed(self.expression)

    @property
    def made(self) -> ast.expr | None:
        """What its variable was made of, parsed, where that is given several values; no formula, no model."""
        is_named = bool(self.source) and (self.part is None or bool(self.test))
        made = ast.parse(self.source, mode="eval").body if is_named else None
        return made if isinstance(made, ast.Call | ast.Subscript | ast.Attribute) else None

    @property
    def inside(self) -> str:
        """Its code within the loop that makes it: ``lo`` of ``lo['normal']``."""
        return ast.unparse(self.node.value) if self.turn and isinstance(self.node, ast.Subscript) else ""

    @property
    def known_as(self) -> str:
        """What tells it from the other outputs: its expression, numbered where it had other values before."""
        return f"{self.expression} ({self.again + 1})" if self.again else self.expression

    @property
    def shortly(self) -> str:
        """Its code, cut where it is long."""
        return cut_short(self.expression)

    def is_apart(self, other: Evidence) -> bool:
        """Whether a variable of its expression holds another value than for another output."""
        names = {name for name, _ in self.values | other.values}
        is_again = self.expression == other.expression and self.again != other.again
        return is_again or len(names) < len(self.values | other.values)

    def holds_beside(self, *others: Evidence) -> bool:
        """Whether its expression and those of others have their values at one place, the last of theirs."""
        every = (self, *others)
        last = max(each.place for each in every)
        return all(each.until >= last for each in every)

    def in_unit(self, unit: str = "") -> Quantity:
        """Return its value in a unit, a plain number if none; a `ValueError` where there is no such unit."""
        return Quantity.computed(self.number, unit or "1", exact=self.is_exact)

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole number, or one of things that a rounded table shows with decimals."""
        exponent = self.number.as_tuple().exponent
        return self.is_exact or bool(self.words & SIZES) or (self.is_cut and exponent == 0)

    @property
    def is_printed_whole(self) -> bool:
        """Whether it was rounded to a whole number where it is shown, and not as a percentage."""
        return self.is_cut and not self.is_percent and self.number.as_tuple().exponent == 0

    @property
    def is_exact(self) -> bool:
        """Whether it is shown as a whole number, and not rounded to one."""
        whole = self.number == self.number.to_integral_value() and self.number.as_tuple().exponent == 0
        return whole and not self.is_cut

    @property
    def step(self) -> Decimal:
        """What its last digit is worth; the zero of a rounded *21.0* says none, for ``round(0)`` shows it."""
        exponent = int(self.number.as_tuple().exponent)
        is_rounded = self.is_cut and exponent < 0 and self.number == self.number.to_integral_value()
        return Decimal(1).scaleb(0 if is_rounded else exponent)

    def or_finer(self, other: Evidence) -> Evidence:
        """Return it with more digits, where another cell shows them, and no other value of its name."""
        places = [int(each.number.as_tuple().exponent) for each in (self, other)]
        if not self.is_cut or places[1] > places[0] or (other.is_cut and places[0] == places[1]):
            return self
        if abs(self.number - other.number) > self.step:
            return self
        return replace(self, number=other.number, is_cut=other.is_cut)
