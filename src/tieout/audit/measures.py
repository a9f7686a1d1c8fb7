"""What the words and signs beside a printed number measure, by a registry that nothing else uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pint


Dimensions = Mapping[str, Fraction]
_SUPERSCRIPTS = {"²": "2", "³": "3"}
_AREAS = {"square": Fraction(2), "cubic": Fraction(3)}
_PEOPLE = {"people": "person", "persons": "person"}
_HUNDREDTHS = frozenset(("percent", "percentage_point"))
_CONTEXT = Context(prec=80)
_DEGREES = {
    "°C": Fraction(1), "degree_Celsius": Fraction(1), "delta_degree_Celsius": Fraction(1),
    "Celsius_degree": Fraction(1),
    "°F": Fraction(5, 9), "degree_Fahrenheit": Fraction(5, 9), "delta_degree_Fahrenheit": Fraction(5, 9),
    "Fahrenheit_degree": Fraction(5, 9),
}  # fmt: skip
_STARTS = dict.fromkeys(("°C", "degree_Celsius"), Fraction("273.15"))
_STARTS |= dict.fromkeys(("°F", "degree_Fahrenheit"), Fraction("459.67") * Fraction(5, 9))
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_CURRENCY = re.compile(r"[A-Z]{3}")


@lru_cache(maxsize=1)
def _registry() -> pint.UnitRegistry[Fraction]:
    from tieout.numbers.registry import registry

    return registry(Fraction)


class Measures:
    """Sizes and dimensions of units, by their printed names or by the ledger's own."""

    def __init__(self, definitions: Sequence[str] = ()) -> None:
        self._sizes: dict[str, tuple[Fraction, Dimensions]] = dict.fromkeys(
            _HUNDREDTHS, (Fraction(1, 100), {})
        )
        self._sizes |= {name: (size, {"kelvin": Fraction(1)}) for name, size in _DEGREES.items()}
        for definition in definitions:
            name, _, meaning = (part.strip() for part in definition.partition("="))
            if not self._has(name):
                self._sizes[name] = self._base(name) if meaning.startswith("[") else self.unit(meaning)

    def named(self, words: str) -> tuple[Fraction, Dimensions]:
        """Return size and dimensions of one unit by its printed name: ``use cases``, ``min``, ``m²``."""
        head, _, rest = words.partition(" ")
        power = _AREAS.get(head, Fraction(1)) if rest else Fraction(1)
        bare = rest if power != 1 else words
        for sign, meant in _SUPERSCRIPTS.items():
            bare = bare.replace(sign, f"^{meant}")
        bare, _, exponent = bare.partition("^")
        if exponent:
            power = Fraction(exponent)
        size, dimensions = self._size(self._name(bare.strip()))
        return _raised(size, power), raised(dimensions, power)

    @staticmethod
    def start(words: str) -> Fraction:
        """Return where the scale of a unit starts, in root units: above zero for temperatures only."""
        return _STARTS.get(words, Fraction(0))

    def unit(self, text: str) -> tuple[Fraction, Dimensions]:
        """Return the size and the dimensions of a unit as the ledger writes it: ``kilogram / meter ** 2``."""
        size, dimensions = Fraction(1), dict[str, Fraction]()
        over, *under = text.split(" / ")
        for part, sign in [*((each, 1) for each in over.split(" * ")), *((each, -1) for each in under)]:
            name, _, exponent = (each.strip() for each in part.partition("**"))
            if _FIGURE.fullmatch(name):
                size *= Fraction(name) ** sign
                continue
            power = Fraction(exponent or 1) * sign
            own, has = self._size(self._name(name))
            size *= _raised(own, power)
            dimensions = combined(dimensions, raised(has, power))
        return size, dimensions

    def _name(self, words: str) -> str:
        """Return the registry's name for a printed one, which may be a plural."""
        name = re.sub(r"[\s-]+", "_", words)
        forms = list(_forms(name))
        return next((form for form in forms if self._has(form)), forms[-1])

    def _has(self, name: str) -> bool:
        return name in self._sizes or (not _CURRENCY.fullmatch(name) and name in _registry())

    @staticmethod
    def _base(name: str) -> tuple[Fraction, Dimensions]:
        return Fraction(1), {name: Fraction(1)}

    def _size(self, name: str) -> tuple[Fraction, Dimensions]:
        if not self._has(name):
            self._sizes[name] = self._base(name)
        if name not in self._sizes:
            root: Any = _registry().Quantity(Fraction(1), name).to_root_units()
            parts = {str(part): Fraction(power) for part, power in root.unit_items()}
            self._sizes[name] = Fraction(root.magnitude), parts
        return self._sizes[name]


def _raised(size: Fraction, power: Fraction) -> Fraction:
    if power.denominator == 1:
        return Fraction(size**power.numerator)
    over, under, above, below = map(
        Decimal, (size.numerator, size.denominator, power.numerator, power.denominator)
    )
    return Fraction(_CONTEXT.power(_CONTEXT.divide(over, under), _CONTEXT.divide(above, below)))


def _forms(name: str) -> Iterator[str]:
    """Give the singulars that a name may have, the likeliest of an unknown word last."""
    yield name
    head, _, last = name.rpartition("_")
    start = f"{head}_" if head else ""
    if last in _PEOPLE:
        yield start + _PEOPLE[last]
    elif last.endswith("s") and len(last) > 3:
        if last.endswith("es"):
            yield start + last[:-2]
        if last.endswith("ies"):
            yield start + last[:-3] + "y"
        elif last.endswith(("sses", "xes", "ches", "shes")):
            yield start + last[:-2]
        else:
            yield start + last[:-1]


def combined(one: Dimensions, other: Dimensions, sign: int = 1) -> dict[str, Fraction]:
    """Return the dimensions of a product, or with a sign of −1 of a quotient."""
    powers = {
        name: one.get(name, Fraction(0)) + sign * other.get(name, Fraction(0)) for name in {*one, *other}
    }
    return {name: power for name, power in powers.items() if power}


def raised(one: Dimensions, power: Fraction) -> dict[str, Fraction]:
    """Return the dimensions of a power."""
    return {name: own * power for name, own in one.items() if own * power}
