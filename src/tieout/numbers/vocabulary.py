"""The units that are known: pint's, what reports count, currencies, and a project's own.

Pint is loaded where it is asked something that it has not said before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tieout.numbers.remembered import Remembered
from tieout.numbers.symbols import DEFINITIONS, currencies

if TYPE_CHECKING:
    import pint

_COUNTED = (
    "person", "device", "hospital", "doctor", "specialty", "consultation", "case", "use_case", "condition",
    "system", "product", "patient", "user", "country", "city", "company", "institution", "study",
    "publication", "paper", "application", "model", "agent", "region", "item", "visit", "death", "bed",
    "physician", "nurse",
    "radiologist", "facility", "platform", "clinic", "household", "student", "school", "job", "task", "page",
)  # fmt: skip
_DEFINITIONS = [
    "percentage_point = 0.01",
    *DEFINITIONS,
    *(f"{name} = [{name}]" for name in _COUNTED),
]
CURRENCIES = currencies()
CODE = ("vocabulary.py", "units.py", "symbols.py")  # what its answers follow from
_CODE = re.compile(r"(?<![A-Za-z_])[A-Z]{3}(?![A-Za-z_])")


class UnknownUnit(ValueError):
    """A unit that neither the registry nor the project defines."""


class Vocabulary:
    """Pint, and the definitions that were added to it.

    Parameters
    ----------
    place
        The folder where what pint has said is kept; pint's own where none is given.
    """

    def __init__(self, place: Path | None = None) -> None:
        self.added = {name: meaning for name, _, meaning in (each.partition(" = ") for each in _DEFINITIONS)}
        self._own = ""  # a hash of the definitions of projects so far
        self._loaded: pint.UnitRegistry[Decimal] | None = None
        here = Path(__file__)
        self._said = Remembered([here.with_name(name) for name in CODE], place)

    @property
    def pint(self) -> pint.UnitRegistry[Decimal]:
        """Pint's registry, with all that was added."""
        if self._loaded is None:
            from tieout.numbers.registry import registry

            self._loaded = registry(Decimal)
            for name, meaning in self.added.items():
                self._loaded.define(f"{name} = {meaning}")
        return self._loaded

    def ask(self, *question: str, of: Callable[[], Any]) -> Any:
        """Return an answer, as JSON has it: it follows from the question and from the definitions so far."""
        return self._said.answer([self._own, *question], of)

    def admit(self, text: str) -> None:
        """Define the currencies that a unit names: all of them at once would take seconds."""
        for code in _CODE.findall(text):
            if code in CURRENCIES and code not in self.added:
                self._add(code, f"[currency{'' if code == 'USD' else '_' + code}]")

    def define(self, definition: str) -> None:
        """Add a definition of a project's own.

        Raises
        ------
        UnknownUnit
            It is none, or contradicts what is known.
        """
        name, _, meaning = (part.strip() for part in definition.partition("="))
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) or not meaning:
            raise UnknownUnit(f"{definition!r} is not a unit definition; write it like 'device = [device]'")
        if self.added.get(name) == meaning:
            return
        if name in self.added and not self._equal(name, meaning):
            raise UnknownUnit(f"the unit {name} is already defined, as {self.added[name]}")
        wrong = self.ask("define", name, meaning, of=lambda: self._wrong_with(name, meaning))
        if wrong:
            raise UnknownUnit(wrong)
        if wrong is not None:
            self._add(name, meaning)
            self._own = sha256(f"{self._own} {name} = {meaning}".encode()).hexdigest()[:16]

    def _add(self, name: str, meaning: str) -> None:
        self.added[name] = meaning
        if self._loaded is not None and name not in self._loaded:
            self._loaded.define(f"{name} = {meaning}")

    def _wrong_with(self, name: str, meaning: str) -> str | None:
        """Return what is wrong with a definition, nothing where it is good; None where pint knows it so."""
        if name in self.pint:
            known = f"the unit {name} is already defined, as a unit of everyday use"
            return None if self._equal(name, meaning) else known
        try:
            self.pint.define(f"{name} = {meaning}")
            self.pint.get_root_units(self.pint.Unit(name))
        except Exception as error:  # pint raises a family of types of its own here
            return f"'{name} = {meaning}' is not a unit definition: {error}"
        return ""

    def _equal(self, name: str, meaning: str) -> bool:
        try:
            return bool(self.pint.Quantity(Decimal(1), name) == self.pint.parse_expression(meaning))
        except Exception:  # an unknown word in the meaning: not the same unit
            return False
