"""One fact: a value as its source states it, with where it is stated and what it may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from tieout.numbers import Precision, Quantity, read_precision
from tieout.problems import InputError

TEXT = "text"
QUOTATION, NOTE, PRECISION, LEVEL = "quotation", "note", "precision", "level"
SEPARATOR = " | "


@dataclass(frozen=True)
class Fact:
    """One row of the data: a value as its source states it.

    Where the value is a number, the fact computes: arithmetic goes to its `quantity`.

    Parameters
    ----------
    value
        The value with the source's own digits, or a short text.
    unit
        Its unit as written in the table: ``billion USD``, ``percent``, ``text``.
    qualifiers
        How firm it is; empty for text.
    period
        ``2030``, ``2024/2030``, or empty.
    source
        Key of the work that is cited for it.
    locators, stated
        Each place that states it, and the form it has there.
    cells
        The columns of the row beside those that every table has.
    resource, path, line
        Its table, the file, and the line of the row.
    shown
        The form in which an edition in another language shows it; empty where the source's own form stands.
    """

    id: str
    label: str
    value: str
    unit: str
    qualifiers: tuple[str, ...]
    period: str
    source: str
    locators: tuple[str, ...]
    stated: tuple[str, ...]
    cells: Mapping[str, str] = field(hash=False)
    resource: str
    path: str
    line: int
    shown: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the value is a number."""
        return self.unit != TEXT

    @cached_property
    def quantity(self) -> Quantity | None:
        """The number with unit, interval and lineage; None for text."""
        if not self.is_number:
            return None
        qualifier = "+".join(self.qualifiers)
        stated = Quantity.stated(
            self.id,
            text=self.value,
            unit=self.unit,
            qualifier=qualifier,
            label=self.label,
            precision=self.precision,
        )
        level = self.cells.get(LEVEL, "").strip().removesuffix("%").strip()
        return replace(stated, level=Decimal(level)) if level and stated.is_range else stated

    @property
    def precision(self) -> Precision | None:
        """What one of the last significant digit is worth where the row says so, in the unit without scale.

        Raises
        ------
        ValueError
            The row says what is no such size; in words.
        """
        said = self.cells.get(PRECISION, "")
        return read_precision(said, self.unit) if said else None

    def column(self, name: str) -> str | None:
        """Return a cell of the row by its column; None where the row has no such column."""
        if name in ("value", "label", "unit", "period", "source"):
            return str(getattr(self, name))
        return self.period if name == "year" else self.cells.get(name)

    @property
    def quotation(self) -> str:
        """A few words of the source, where the row has them."""
        return self.cells.get(QUOTATION, "")

    def _number(self) -> Quantity:
        if self.quantity is None:
            what = f"{self.id} is text ({self.value!r}) and cannot be computed with"
            raise InputError(what, "take a fact with a number", path=self.path, line=self.line, id=self.id)
        return self.quantity

    def __add__(self, other: Any) -> Quantity:
        return self._number() + _operand(other)

    def __radd__(self, other: Any) -> Quantity:
        return _operand(other) + self._number()

    def __sub__(self, other: Any) -> Quantity:
        return self._number() - _operand(other)

    def __rsub__(self, other: Any) -> Quantity:
        return _operand(other) - self._number()

    def __mul__(self, other: Any) -> Quantity:
        return self._number() * _operand(other)

    def __rmul__(self, other: Any) -> Quantity:
        return _operand(other) * self._number()

    def __truediv__(self, other: Any) -> Quantity:
        return self._number() / _operand(other)

    def __rtruediv__(self, other: Any) -> Quantity:
        return _operand(other) / self._number()

    def __pow__(self, other: Any) -> Quantity:
        return self._number() ** _operand(other)

    def __neg__(self) -> Quantity:
        return -self._number()

    def __float__(self) -> float:
        """Return its number as ordinary code takes it: ``2.5 billion USD`` is 2.5e9."""
        return float(self._number())

    def __lt__(self, other: Any) -> bool:
        return self._number() < _operand(other)

    def __gt__(self, other: Any) -> bool:
        return self._number() > _operand(other)

    def to(self, unit: str) -> Quantity:
        """Return its quantity in another unit."""
        return self._number().to(unit)


def _operand(other: Any) -> Quantity:
    """Return the number of a fact; whatever else it is, the quantity beside it has to judge."""
    return other._number() if isinstance(other, Fact) else cast(Quantity, other)
