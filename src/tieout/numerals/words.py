"""Numbers in words and as signs: *twenty-one*, *two thirds*, *third*, ½, ⁹."""

from __future__ import annotations

import re
from fractions import Fraction

from tieout.machine.patterns import lazily

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
}  # fmt: skip
PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
LOWERED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_VALUES = {word: value for value, word in enumerate(_SMALL)} | {
    word: 20 + 10 * place for place, word in enumerate(_TENS)
}
_NUMBER_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
_UNIT_WORD = "|".join(sorted(_SMALL[1:10], key=len, reverse=True))
_BELOW = rf"(?:(?:{'|'.join(_TENS)})(?:[-‐‑ ](?:{_UNIT_WORD})\b)?|(?:{_NUMBER_WORD})\b)"
_CARDINAL = lazily(
    rf"(?:(?P<hundreds>{_BELOW}|an?)[ -]hundred\b(?:[ -](?:and[ -])?(?P<rest>{_BELOW}))?|(?P<below>{_BELOW}))"
    r"(?=fold\b|\b)",
    re.IGNORECASE,
)
_TENFOLD = lazily(rf"(?P<below>{_NUMBER_WORD})(?=fold\b)", re.IGNORECASE)
_PART = lazily(
    rf"(?:(?P<whole>{_BELOW}) and )?(?:(?P<top>an?|{_BELOW})[ -])?"
    rf"(?P<part>{'|'.join(PARTS)}|halve)(?P<many>s)?\b",
    re.IGNORECASE,
)
_NTH = lazily(rf"(?:(?P<tens>{'|'.join(_TENS)})[-‐‑ ])?(?P<unit>[a-z]+(?:st|nd|rd|th|ond))\b", re.IGNORECASE)
NUMBER_WORDS = _BELOW
WORD_STARTS = frozenset(_VALUES) - {"one"}


def _value(words: str | None) -> int:
    parts = re.split(r"[-‐‑ ]", (words or "").lower())
    return sum(1 if part in ("a", "an") else _VALUES.get(part, 0) for part in parts)


def read_words(text: str, at: int = 0) -> tuple[int, Fraction] | None:
    """Read a number in words below a thousand: where it ends, and its value.

    Examples
    --------
    >>> read_words("twenty-one devices"), read_words("two hundred and five"), read_words("none")
    ((10, Fraction(21, 1)), (20, Fraction(205, 1)), None)
    """
    found = _CARDINAL.match(text, at) or _TENFOLD.match(text, at)
    if not found:
        return None
    groups = found.groupdict()
    value = (
        _value(groups["below"])
        if groups["below"]
        else 100 * _value(groups["hundreds"]) + _value(groups["rest"])
    )
    return found.end(), Fraction(value)


def read_part(text: str, at: int = 0) -> tuple[int, Fraction, int] | None:
    """Read a fraction in words: where it ends, its value and its denominator; ordinals are none."""
    found = _PART.match(text, at)
    if not found:
        return None
    part = found["part"].lower()
    many = bool(found["many"])
    below = PARTS["half" if part == "halve" else part]
    top = _value(found["top"]) if found["top"] else 1
    if (
        (part == "halve") != (many and below == 2)
        or (not found["top"] and part not in ("half", "quarter"))
        or many != (top > 1)
    ):
        return None
    if not 0 < top < below or (found["whole"] and not found["top"]):
        return None
    return found.end(), _value(found["whole"]) + Fraction(top, below), below


def read_ordinal(text: str, at: int = 0) -> tuple[int, int] | None:
    """Read an ordinal in words up to ninety-ninth: where it ends, and its value."""
    found = _NTH.match(text, at)
    if not found:
        return None
    unit = found["unit"].lower()
    value = _ORDINALS.get(unit)
    if value is None:
        stem = unit[:-4] + "y" if unit.endswith("ieth") else unit[:-2]
        value = _VALUES.get(stem) if unit.endswith("th") else None
    if value is None or (found["tens"] and value > 9):
        return None
    return found.end(), value + _value(found["tens"])


def write_words(value: int) -> str:
    """Write a number below a thousand in words.

    Raises
    ------
    ValueError
        For a number that is not.
    """
    if not 0 <= value < 1000:
        raise ValueError(f"{value} is not written in words")
    if value < 20:
        return _SMALL[value]
    if value < 100:
        tens = _TENS[value // 10 - 2]
        return f"{tens}-{_SMALL[value % 10]}" if value % 10 else tens
    rest = f" and {write_words(value % 100)}" if value % 100 else ""
    return f"{_SMALL[value // 100]} hundred{rest}"


def write_ordinal(value: int) -> str:
    """Write an ordinal below a hundred in words."""
    words = write_words(value)
    head, _, last = words.rpartition("-")
    irregular = {number: word for word, number in _ORDINALS.items()}
    known = irregular.get(_VALUES[last])
    nth = known or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return f"{head}-{nth}" if head else nth


def write_part(value: Fraction) -> str:
    """Write a fraction between zero and one in words: *half*, *a third*, *three quarters*."""
    names = {below: name for name, below in PARTS.items() if name != "fourth"}
    top, below = value.numerator, value.denominator
    if not 0 < value < 1 or below not in names:
        raise ValueError(f"{value} has no name as a fraction")
    if below == 2:
        return "half"
    return f"a {names[below]}" if top == 1 else f"{write_words(top)} {names[below]}s"


def suffix(value: int) -> str:
    """Return the letters that make digits an ordinal: ``st``, ``nd``, ``rd``, ``th``."""
    return "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
