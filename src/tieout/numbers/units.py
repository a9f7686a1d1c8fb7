"""Units: one registry with the things that reports count, and exact factors between units.

A unit is kept as text (``"USD"``, ``"consultation / day"``, ``"1"``); pint is asked once for each pair of
units and the answer is remembered, so that arithmetic on many quantities does no work on units.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Context, Decimal, localcontext
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tieout.numbers.symbols import EVERYDAY, SPOKEN
from tieout.numbers.vocabulary import UnknownUnit, Vocabulary

Powers = tuple[tuple[str, Fraction], ...]
SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(10) ** 3,
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
}
READ_SCALES = {**SCALES, "lakh": Decimal(10) ** 5, "crore": Decimal(10) ** 7}  # read, and not written by us
PURE = "1"
PERCENT = "percent"
POINT = "percentage_point"

_ALIASES = {
    alias: name for name, aliases in EVERYDAY.items() for alias in (name, *aliases.split())
} | {"people": "person", "persons": "person", "hectares": "hectare", "mm Hg": "millimeter_Hg"}  # fmt: skip
# Their plurals too: *percentage points*, *degrees Celsius*, *pounds sterling*.
_SPOKEN = {
    form: name
    for words, name in SPOKEN.items()
    for first, _, rest in (words.partition(" "),)
    for form in (words, *([f"{first}s {rest}"] if first in ("degree", "pound") else [f"{words}s"]))
}
_PARTS = re.compile(r"(\s+per\s+|\s*/\s*)")
_MULTIPLE = re.compile(r"(\d+) \* ([A-Za-z_]+)")
_AREAS = re.compile(r"(?:(?P<pre>sq\.?|square|cubic)[ -]?)(?P<of>[A-Za-z]+)|(?P<sym>[a-zA-Z]+)(?P<pow>[²³])")


_PER_NUMBER = re.compile(
    r"(?:\bper\b|/)\s*(?P<number>[0-9][0-9,]*)(?:\s+(?P<scale>thousand|million|billion))?\b(?!\s*\*)(?P<of>[^/]*)$"
)
_POWER = re.compile(r"(?<=[A-Za-zµμ])\^?(?P<power>[2-9])(?![\w.])")
CENTS = frozenset(("cent", "euro_cent"))
# Of which currencies people say *cents*.
OF_CENTS = ("USD", "EUR", "CAD", "AUD", "NZD", "SGD", "HKD", "ZAR")
# What starts elsewhere than at zero: its numbers are converted with a shift, and have no ratios.
OFFSET = {
    "degree_Celsius": (Fraction(1), Fraction(27315, 100)),
    "degree_Fahrenheit": (Fraction(5, 9), Fraction(45967, 180)),
}


class _Undefined(UnknownUnit):
    """An unknown unit by its name; what is most like it is looked for when somebody reads it."""

    def __str__(self) -> str:
        (name,) = self.args
        return f"unknown unit {name!r}; {_hint(name)}"


class UnitMismatch(ValueError):
    """Two units that measure different things."""


@lru_cache(maxsize=1)
def _units() -> Vocabulary:
    return Vocabulary()


def register_units(definitions: Iterable[str]) -> None:
    """Add a project's own units, in pint's notation: ``["device = [device]"]``.

    Saying the same thing again is fine; another meaning for a known name raises `UnknownUnit`.
    """
    for definition in definitions:
        _units().define(definition)
    for remembered in (_parsed, root, product, power, noun, is_named):
        remembered.cache_clear()


@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[Decimal, str, Powers]:
    """Scale and canonical text of a unit, and the names that it is made of."""
    if not isinstance(text, str) or len(text) > 200:
        raise UnknownUnit(f"{text!r} is not a unit")
    first, _, rest = text.strip().partition(" ")
    scale = READ_SCALES.get(first, Decimal(1))
    name = (rest if first in READ_SCALES else text).strip() or PURE
    per = _PER_NUMBER.search(name)
    if per and float(
        per["number"].replace(",", "")
    ):  # "death per 100,000 person" counts in hundred thousandths
        scale /= Decimal(per["number"].replace(",", "")) * SCALES.get(per["scale"] or "", Decimal(1))
        name = f"{name[: per.start()].strip() or PURE} / {per['of'].strip() or PURE}"
    if name in (PURE, f"{PURE} / {PURE}"):
        return scale, PURE, ()
    if not re.fullmatch(r"[\w\s/*().²³%°¢·^-]+", name):
        raise _Undefined(name)
    name = _as_pint(name)
    _units().admit(name)
    found, multiplies, *powers = _units().ask("unit", name, of=lambda: _read(name)) or (None, False)
    if found is None:
        raise _Undefined(name)
    if not multiplies and found not in OFFSET:
        raise UnknownUnit(f"the unit {name!r} does not start at zero, so ratios of it mean nothing")
    parts = tuple((part, Fraction(power)) for part, power in powers)
    return scale, found if found != "dimensionless" else PURE, parts


def _read(name: str) -> list[Any] | None:
    """Ask pint for a unit: its name, whether it starts at zero, and its parts; None where it knows none."""
    registry = _units().pint
    try:
        found = registry.Unit(name)
        multiplies = registry.Quantity(Decimal(1), found)._is_multiplicative
    except Exception:  # pint's parser raises many types on malformed text
        return None
    return [str(found), multiplies, *([part, str(_exact(power))] for part, power in found._units.items())]


def _hint(name: str) -> str:
    """Return what to do about an unknown unit: the names that are most like it."""
    known = {**_ALIASES, **_SPOKEN, **_units().added, PERCENT: PERCENT}
    names = [each for each in known if len(each) > 1]
    found = get_close_matches(name, names, n=3, cutoff=0.7)
    near = list(dict.fromkeys(found))
    if near:
        return f"did you mean {' or '.join(repr(each) for each in near)}?"
    return "add it to the project's own units in datapackage.json" if name.isidentifier() else "check it"


def _as_pint(name: str) -> str:
    """Return a unit as pint writes it: ``kg/m2``, ``USD per person``, ``percentage points`` are people's."""
    words = _PARTS.split(name)
    words[::2] = [_one(each) for each in words[::2]]
    name = "".join(words)
    name = {"pH": "pH_value", "bps": "basis_point", "¢": "cent"}.get(
        name, re.sub(r"\bpeople\b", "person", name)
    )
    return re.sub(r"\s+per\s+", " / ", _POWER.sub(r" ** \g<power>", name))


def _one(words: str) -> str:
    """Return one part of a unit by the registry's name for it, where people call it otherwise."""
    said = " ".join(words.split())
    if said in _SPOKEN:
        return _SPOKEN[said]
    return noun(said) or words if " " in said and said.replace(" ", "").isalpha() else words


def canonical(text: str) -> tuple[Decimal, str]:
    """Scale and canonical text of a unit: ``"billion USD"`` is ``(1000000000, "USD")``."""
    return _parsed(text)[:2]


@lru_cache(maxsize=8192)
def is_named(name: str) -> bool:
    """Whether a unit is known by just this name."""
    try:
        return canonical(name)[1] == name
    except UnknownUnit:
        return False


def _exact(number: Any) -> Fraction:
    return Fraction(number) if isinstance(number, (int, Decimal)) else Fraction(str(number))


@lru_cache(maxsize=4096)
def root(name: str) -> tuple[Fraction, tuple[tuple[str, Fraction], ...]]:
    """How many root units one of ``name`` is, and which dimensions those have."""
    _, unit, _ = _parsed(name)
    if name in OFFSET:
        return Fraction(1), ((f"[{name}]", Fraction(1)),)  # convertible by a shift only, see `shifted`
    size, *dimensions = _units().ask("root", unit, of=lambda: _measured("" if unit == PURE else unit))
    return Fraction(size), tuple((dimension, Fraction(power)) for dimension, power in dimensions)


def _measured(unit: str) -> list[Any]:
    """Ask pint how many root units a unit is, and for its dimensions."""
    registry = _units().pint
    found = registry.Unit(unit)
    dimensions = sorted((str(key), str(_exact(power))) for key, power in found.dimensionality.items())
    try:
        size = _size(found._units)
    except UnitMismatch:  # a root inside the unit's own definition: no fraction is exact
        with localcontext(Context(prec=50)):
            size = _exact(registry.get_root_units(found)[0])
    return [str(size), *map(list, dimensions)]


def _size(parts: Any) -> Fraction:
    """Multiply the parts of a unit out by their definitions; pint's own factors are rounded decimals."""
    size = Fraction(1)
    registry = _units().pint
    for part, exponent in parts.items():
        definition: Any = registry._units[registry.get_name(part)]
        if not definition.is_base:
            own = _exact(definition.converter.scale) * _size(definition.reference or {})
            size *= _raised(own, _exact(exponent))
    return size


def difference(left: str, right: str, adding: bool) -> str:
    """Return the unit of a sum or a difference of numbers in two fitting units.

    Two temperatures differ by degrees that start nowhere, and have no sum.

    Examples
    --------
    >>> difference("degree_Celsius", "degree_Celsius", adding=False)
    'delta_degree_Celsius'
    """
    if left in OFFSET and right in OFFSET:
        if adding:
            raise UnitMismatch(f"{spoken(left)} does not start at zero, so a sum of it means nothing")
        return f"delta_{left}"
    return left


def factor(source: str, target: str) -> Fraction:
    """Return by what to multiply a value in ``source`` to have it in ``target``.

    Raises
    ------
    UnitMismatch
        If the two measure different things.
    """
    if source == target:
        return Fraction(1)
    (mine, dimensions), (theirs, wanted) = root(source), root(target)
    if dimensions != wanted:
        raise UnitMismatch(f"{spoken(source)} cannot be expressed in {spoken(target)}")
    return mine / theirs


def shifted(value: Fraction, source: str, target: str) -> Fraction:
    """Convert a temperature between scales that start at different points.

    Examples
    --------
    >>> shifted(Fraction(37), "degree_Celsius", "degree_Fahrenheit")
    Fraction(493, 5)
    """
    size, start = OFFSET.get(source, (Fraction(1), Fraction(0)))
    new, zero = OFFSET.get(target, (Fraction(1), Fraction(0)))
    if not {source, target} <= {*OFFSET, "kelvin"}:
        raise UnitMismatch(f"{spoken(source)} cannot be expressed in {spoken(target)}")
    return (value * size + start - zero) / new


def spoken(name: str) -> str:
    """Name a unit for a message."""
    return "a pure number" if name == PURE else name


@lru_cache(maxsize=4096)
def product(left: str, right: str, sign: int) -> tuple[str, Fraction]:
    """Return the unit of ``left * right**sign``, and the factor that reducing it leaves.

    Units of one kind cancel (minute / second is a pure 60); a percentage becomes a fraction beside any
    other unit, and stays a percentage beside a pure number.
    """
    powers: dict[str, Fraction] = {}
    for name in (left, right):
        if name in OFFSET:
            raise UnitMismatch(f"{spoken(name)} does not start at zero, so ratios and multiples mean nothing")
    for name, direction in ((left, 1), (right, sign)):
        for part, exponent in _parsed(name)[2]:
            powers[part] = powers.get(part, Fraction(0)) + direction * exponent
    return _reduced({part: exponent for part, exponent in powers.items() if exponent})


@lru_cache(maxsize=4096)
def power(name: str, exponent: Fraction) -> tuple[str, Fraction]:
    """Return the unit of ``name**exponent``, and the factor that reducing it leaves."""
    parts = {part: own * exponent for part, own in _parsed(name)[2]}
    if not root(name)[1] and exponent != 1 and parts:
        parts = {part: own for part, own in parts.items() if own}
        if exponent.denominator != 1:
            raise UnitMismatch(f"convert {name} to a pure number before taking a root of it")
    return _reduced(parts)


def _reduced(powers: dict[str, Fraction]) -> tuple[str, Fraction]:
    left: dict[str, Fraction] = {}
    factor = Fraction(1)
    for part, exponent in powers.items():
        size, dimensions = root(part)
        if not dimensions and (len(powers) > 1 or exponent != 1):
            factor *= _raised(size, exponent)
            continue
        for kept in left:
            ratio = _ratio(dimensions, root(kept)[1])
            if ratio is not None:
                factor *= _raised(size, exponent) / _raised(root(kept)[0], exponent * ratio)
                left[kept] += exponent * ratio
                break
        else:
            left[part] = exponent
    return _text({part: exponent for part, exponent in left.items() if exponent}), factor


def _raised(size: Fraction, exponent: Fraction) -> Fraction:
    if size == 1:
        return Fraction(1)
    if exponent.denominator != 1:
        raise UnitMismatch("a root of mixed units; convert to one unit first")
    return size ** int(exponent)


def _ratio(dimensions: Powers, kept: Powers) -> Fraction | None:
    if [name for name, _ in dimensions] != [name for name, _ in kept] or not kept:
        return None
    ratios = {mine / theirs for (_, mine), (_, theirs) in zip(dimensions, kept, strict=True)}
    return ratios.pop() if len(ratios) == 1 else None


def _text(powers: dict[str, Fraction]) -> str:
    if not powers:
        return PURE

    def one(part: str, exponent: Fraction) -> str:
        shown = exponent if exponent.denominator == 1 else float(exponent)
        return part if exponent == 1 else f"{part} ** {shown}"

    above = " * ".join(one(part, exponent) for part, exponent in powers.items() if exponent > 0)
    below = " / ".join(one(part, -exponent) for part, exponent in powers.items() if exponent < 0)
    return canonical((above or "1") + (f" / {below}" if below else ""))[1]


@lru_cache(maxsize=8192)
def noun(words: str) -> str | None:
    """Return the unit that a noun in running text names, singular or plural; ``None`` if it names none.

    Only what the project counts and everyday units are known: pint would read *a*, *in* and *at* as units.

    Examples
    --------
    >>> noun("use cases"), noun("square meter"), noun("specialties"), noun("at")
    ('use_case', 'meter ** 2', 'specialty', None)
    """
    words = words.strip()
    area = _AREAS.fullmatch(words)
    if area:
        of = _ALIASES.get(area["of"] or area["sym"])
        exponent = 3 if area["pre"] == "cubic" or area["pow"] == "³" else 2
        return f"{of} ** {exponent}" if of else None
    if words in _ALIASES:
        return _ALIASES[words]
    word = re.sub(r"[\s-]+", "_", words.lower())
    if word in _ALIASES and len(word) > 2:
        return _ALIASES[word]
    added = _units().added
    singulars = [word]
    if word.endswith("ies"):
        singulars.append(word[:-3] + "y")
    if word.endswith("es"):
        singulars.append(word[:-2])
    if word.endswith("s"):
        singulars.append(word[:-1])
    for candidate in singulars:
        if candidate in added and candidate != POINT:
            return candidate
    return None


def additions() -> int:
    """Return how many names have been added to pint's own: while it is the same, so is every reading."""
    return len(_units().added)


def is_counted(name: str) -> bool:
    """Whether a name is of something that the registry counts beyond pint's own units."""
    return name in _units().added and name not in CENTS


def made_of(powers: Mapping[str, Fraction]) -> str:
    """Return the unit that is made of these names with these powers, none of them cancelled."""
    return _text({part: exponent for part, exponent in powers.items() if exponent})


def counted(name: str) -> str:
    """Return a unit in which nothing is counted by the ten thousand but below a line.

    A project may define ten_thousand_people to say *per 10,000 people*; of them themselves people say 20,000.
    """
    powers: dict[str, Fraction] = {}
    for part, power in parts(name):
        of = multiple(part) if power > 0 else None
        to = of[1] if of else part
        powers[to] = powers.get(to, Fraction(0)) + power
    return made_of(powers) if powers != dict(parts(name)) else name


def multiple(name: str) -> tuple[int, str] | None:
    """Return how many of what a project's own unit stands for: ten_thousand_people is 10,000 of person."""
    of = _MULTIPLE.fullmatch(_units().added.get(name, ""))
    return (int(of[1]), of[2]) if of else None


def parts(name: str) -> Powers:
    """Return the names that a unit is made of, each with its power.

    Examples
    --------
    >>> parts("consultation / day")
    (('consultation', Fraction(1, 1)), ('day', Fraction(-1, 1)))
    """
    return _parsed(name)[2]
