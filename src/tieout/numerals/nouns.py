"""One and many: fits the noun of a unit to its number, and names units in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from tieout.numbers import PURE, units
from tieout.numbers.symbols import EVERYDAY, SIGNED
from tieout.numerals.fitting import spoken
from tieout.numerals.reading import readings

# These have a sign that people write where they would spell out *grams*.
_SIGN_ALONE = SIGNED - {
    "second", "minute", "hour", "meter", "kilometer", "centimeter", "millimeter", "gram", "kilogram",
    "milligram", "liter", "milliliter", "hectare", "kelvin", "millisecond",
}  # fmt: skip
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


def unit_words(name: str, single: bool, count: int = 1) -> str:
    """Name a whole unit beside its number: ``years``, ``kg/m²``, ``deaths per 100,000 people``.

    Parameters
    ----------
    single
        Whether the number is one.
    count
        How many of the last thing it is per.

    Raises
    ------
    ValueError
        No words are known that would be read as this unit.
    """
    if name.startswith("delta_degree"):
        return EVERYDAY[name.removeprefix("delta_")].split()[0]
    for candidate in _candidates(name, single, count):
        for shown in readings(f"2 {candidate}"):
            fits = shown.unit is not None and units.root(shown.unit) == units.root(name)
            if (fits or (shown.unit is None and name == PURE)) and shown.figures[0].per == count:
                return candidate
    raise ValueError(f"no words are known for the unit {spoken(name)}; give an example of the form")


def _candidates(name: str, single: bool, count: int) -> Iterator[str]:
    powers = units.parts(name)
    above = [(part, power) for part, power in powers if power > 0]
    below = [(part, -power) for part, power in powers if power < 0]
    if all(part in SIGNED for part, _ in powers) and powers and (len(powers) > 1 or name in _SIGN_ALONE):
        head = "·".join(_sign(part, power) for part, power in above) or "1"
        if count == 1 and above:
            yield head + "".join(f"/{_sign(part, power)}" for part, power in below)
    words = " ".join(_word(part, power) for part, power in above)
    for shown in dict.fromkeys((words if single else many(words), words, f"{words}s")):
        tail = [_word(part, power) for part, power in below]
        if count > 1:
            number = f"{count:,}"
            tail = [*tail[:-1], f"{number} {many(tail[-1])}"] if tail else [number]
        yield " per ".join([shown, *tail] if shown else ["", *tail]).strip()


def _sign(part: str, power: Fraction) -> str:
    raised = {1: "", 2: "²", 3: "³"}.get(int(power), f"^{power}")
    return EVERYDAY[part].split()[0] + raised


def _word(part: str, power: Fraction) -> str:
    word = part.replace("_", " ")
    return {1: word, 2: f"square {word}", 3: f"cubic {word}"}.get(int(power), f"{word}^{power}")
