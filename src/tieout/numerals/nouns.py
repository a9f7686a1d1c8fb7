"""One and many: fits the noun of a unit to its number, and names units in words."""

from __future__ import annotations

import re
from collections.abc import Callable

from tieout.numbers import units
from tieout.numerals.fitting import spoken
from tieout.numerals.reading import readings

_SHORT = {"kilowatt_hour": "kWh", "hertz": "Hz"}
_MANY = {"pt": "pts", "yr": "yrs", "hr": "hrs", "sec": "secs", "min": "mins", "person": "people",
         "point": "points", "dollar": "dollars", "euro": "euros", "hryvnia": "hryvnias"}  # fmt: skip
_ONE = {many: one for one, many in _MANY.items()}
_LAST_WORD = re.compile(r"(?P<head>.*?)(?P<word>[A-Za-z]+)", re.DOTALL)


def many(noun: str) -> str:
    """Return the plural of a unit's noun, as it is where no plural of it would be read as the unit."""
    return _turned(
        noun, _MANY, lambda word: [word[:-1] + "ies" if re.search("[^aeiou]y$", word) else word + "s"]
    )


def one(noun: str) -> str:
    """Return the singular of a unit's noun, as it is where none is known."""
    return _turned(
        noun, _ONE, lambda word: [re.sub("ies$", "y", word), word.removesuffix("s"), word.removesuffix("es")]
    )


def _turned(noun: str, known: dict[str, str], forms: Callable[[str], list[str]]) -> str:
    found = _LAST_WORD.fullmatch(noun)
    if not found:
        return noun
    head, word = found["head"], found["word"]
    if word in known:
        return head + known[word]
    own = units.noun(noun.strip())
    if own is None or len(word) < 3:
        return noun
    for form in forms(word):
        if form != word and units.noun((head + form).strip()) == own:
            return head + form
    return noun


def unit_words(name: str, single: bool) -> str:
    """Name a unit beside its number: ``years``, ``square metres``, ``kWh``.

    Raises
    ------
    ValueError
        No words are known that would be read as this unit.
    """
    area = re.fullmatch(r"(\w+) \*\* ([23])", name)
    words = f"{'square' if area[2] == '2' else 'cubic'} {area[1]}" if area else name.replace("_", " ")
    for candidate in (_SHORT.get(name), words if single else many(words), words, f"{words}s"):
        for shown in readings(f"2 {candidate}") if candidate else ():
            if shown.unit is not None and units.root(shown.unit) == units.root(name):
                return str(candidate)
    raise ValueError(f"no words are known for the unit {spoken(name)}; give an example of the form")
