"""What CLDR, by way of babel, says of a language: separators, digits, signs, and words beside numbers.

A language is loaded when it is first asked for, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import babel
from babel.numbers import NumberPattern, get_currency_name
from babel.units import format_unit

MINUS = "−"
MINUSES = "−–‐‑﹣－-"  # what is set for one, dashes and hyphens too; the plain one last
MARKS = "\u200e\u200f\u061c"  # invisible; they keep a sign at its number in text from right to left
PLAIN_DIGITS = "0123456789"
_THIN = "\u00a0\u2007\u2009\u202f"
# The zero of CLDR's numbering systems; babel knows their names only.
_ZEROS = {
    "adlm": 0x1E950, "arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "cakm": 0x11136, "deva": 0x966,
    "gujr": 0xAE6, "guru": 0xA66, "hmnp": 0x1E140, "java": 0xA9D0, "khmr": 0x17E0, "knda": 0xCE6,
    "laoo": 0xED0, "latn": 0x30, "mlym": 0xD66, "mtei": 0xABF0, "mymr": 0x1040, "nkoo": 0x7C0,
    "olck": 0x1C50, "orya": 0xB66, "rohg": 0x10D30, "tamldec": 0xBE6, "telu": 0xC66, "thai": 0xE50,
    "tibt": 0xF20, "vaii": 0xA620,
}  # fmt: skip
_TIMES = ("second", "minute", "hour", "day", "year")
# Numbers of every grammatical number that a language of CLDR has.
_COUNTS = (0, 1, 2, 3, 5, 11, 100, 1_000_000, 1.5)


@dataclass(frozen=True)
class Locale:
    """How a language writes digits.

    Parameters
    ----------
    decimal, group
        The signs that it writes.
    groups
        The group separators that are read in running text.
    sizes
        How many digits stand in the last group, and in those before it: 3 and 2 in ``12,34,567``.
    minus
        The sign of numbers below zero.
    percent
        What stands before and after a percentage.
    money
        What stands between a number and the sign of its currency.
    money_first
        Whether that sign comes first.
    digits
        Its ten digits.
    """

    decimal: str = "."
    group: str = ","
    groups: str = "," + _THIN
    sizes: tuple[int, int] = (3, 3)
    minus: str = MINUS
    percent: tuple[str, str] = ("", "%")
    money: str = ""
    money_first: bool = True
    digits: str = PLAIN_DIGITS

    @property
    def own_digits(self) -> dict[int, str]:
        """What 0 to 9 are written as, for `str.translate`."""
        return {ord(plain): own for plain, own in zip(PLAIN_DIGITS, self.digits, strict=True)}


def primary(lang: str | None) -> str:
    """Return the primary subtag of a language: ``de`` of ``de-AT``."""
    return re.split(r"[-_]", (lang or "en").strip().lower(), maxsplit=1)[0] or "en"


@lru_cache(maxsize=64)
def known(lang: str) -> babel.Locale | None:
    """Return what CLDR has of a language; None where it does not know it."""
    for name in dict.fromkeys((lang.strip().replace("-", "_") or "en", primary(lang))):
        try:
            return babel.Locale.parse(name)
        except (ValueError, babel.UnknownLocaleError):
            continue
    return None


def is_rtl(lang: str) -> bool:
    """Whether a language is written from right to left: ``ar``, ``he``, ``fa``, ``ur``."""
    own = known(lang)
    return own is not None and own.text_direction == "rtl"


@lru_cache(maxsize=64)
def places(lang: str) -> tuple[Locale, ...]:
    """Return the ways in which a language writes digits, its usual one first; none where it is not known."""
    own = known(lang)
    if own is None:
        return ()
    systems = (own.default_numbering_system, own.other_numbering_systems.get("native"), "latn")
    return tuple(_place(own, system) for system in dict.fromkeys(systems) if system in _ZEROS)


def _place(own: babel.Locale, system: str) -> Locale:
    symbols = {**own.number_symbols["latn"], **own.number_symbols.get(system, {})}
    decimal, group, pattern = symbols["decimal"], symbols["group"], own.decimal_formats[None]
    before, after = _affixes(own.percent_formats[None])
    ahead, behind = _affixes(own.currency_formats["standard"])
    return Locale(
        decimal,
        group,
        "".join(
            dict.fromkeys(group + _THIN + (" " if decimal == "," else "") + ("'" if group == "’" else ""))
        ),
        (pattern.grouping[0], pattern.grouping[1]),
        symbols["minusSign"].replace("-", MINUS),
        (before.replace("%", symbols["percentSign"]), after.replace("%", symbols["percentSign"])),
        (ahead + behind).replace("¤", ""),
        "¤" in ahead,
        "".join(chr(_ZEROS[system] + digit) for digit in range(10)),
    )


def _affixes(pattern: NumberPattern) -> tuple[str, str]:
    """Return what a pattern has before and after a number from zero up."""
    return pattern.prefix[0].lstrip(MARKS), pattern.suffix[0]


@lru_cache(maxsize=64)
def scales(lang: str, style: str) -> Mapping[Decimal, Mapping[str, str]]:
    """Return the words of a language for powers of ten, each by grammatical number, with its space.

    Parameters
    ----------
    lang
        The language.
    style
        ``long`` or ``short``. One letter is no word, and words that stand before their number are left out.
    """
    found: dict[Decimal, dict[str, str]] = {}
    own = known(lang)
    for count, patterns in own.compact_decimal_formats.get(style, {}).items() if own else ():
        for power, pattern in patterns.items():
            prefix, suffix = _affixes(pattern)
            word = suffix.strip(MARKS).replace("'", "")
            bare = word.strip()
            if prefix or not bare or (len(bare) == 1 and bare.lower() != bare.upper()):
                continue
            scale = Decimal(power) / 10 ** (pattern.int_prec[0] - 1)
            found.setdefault(scale, {}).setdefault(count, word)
    return found


def grammatical_number(count: Decimal, lang: str) -> str:
    """Return which form a noun takes beside a number: ``one``, ``few``, ``many``, ``other``."""
    own = known(lang)
    return own.plural_form(count) if own else "other"


def currency_sign(lang: str, code: str) -> str:
    """Return the sign of a currency; its code where the language has none."""
    own = known(lang)
    return str(own.currency_symbols.get(code, code)) if own else code


@lru_cache(maxsize=64)
def _counts(own: babel.Locale) -> tuple[float, ...]:
    """Return a number of each grammatical number of a language."""
    return tuple({own.plural_form(count): count for count in reversed(_COUNTS)}.values())


def currency_names(lang: str, code: str) -> Iterator[str]:
    """Give the names of a currency, of one and of many."""
    own = known(lang)
    for count in _counts(own) if own else ():
        name = str(get_currency_name(code, count, own))
        if name != code:
            yield name


def percent_words(lang: str) -> Iterator[str]:
    """Give the percent signs and the words that say percent."""
    own = known(lang)
    if own is not None:
        for place in places(lang):
            yield from (affix.strip() for affix in place.percent if affix)
        yield from _unit_words(own, "concentr-percent", "long")


def time_words(lang: str) -> Iterator[tuple[str, str]]:
    """Give the names of units of time, and which unit each names."""
    own = known(lang)
    for unit in _TIMES if own else ():
        for style in ("long", "short"):
            for word in _unit_words(own, f"duration-{unit}", style):
                # A letter is a preposition as often as it is a day or a year.
                if len(word.rstrip(".")) > 1 or unit in ("second", "hour"):
                    yield word, unit


def _unit_words(own: babel.Locale | None, unit: str, style: str) -> Iterator[str]:
    for count in _counts(own) if own else ():
        text = format_unit(count, unit, style, locale=own)  # type: ignore[arg-type]
        word = re.sub(r"\d[\d.,\s'’٫٬]*", "", text).strip(" \u00a0\u202f" + MARKS)
        if word not in ("", unit) and not text[:1].isalpha():
            yield word


@lru_cache(maxsize=64)
def months(lang: str) -> tuple[str, ...]:
    """Return the names of the months, long and short, without the stops of short ones."""
    own = known(lang)
    names = [
        name.rstrip(".")
        for context in (own.months if own else {}).values()
        for width in ("wide", "abbreviated")
        for name in context.get(width, {}).values()
        if len(name) > 1 and not any(map(str.isnumeric, name))
    ]
    return tuple(sorted(dict.fromkeys(names), key=len, reverse=True))


def date_pattern(lang: str) -> str:
    """Return how a language writes a whole date, as a pattern of CLDR."""
    own = known(lang)
    return str(own.date_formats["long"].pattern) if own else ""
