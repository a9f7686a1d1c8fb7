"""The words and signs of displayed numbers, by language: scales, units, qualifiers, number words, separators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tieout.units import CURRENCIES, PERCENT, POINT, PURE

SPACES = " \t\u00a0\u2007\u2009\u200a\u202f"
GAP = rf"(?:[{SPACES}]{{0,3}}\n?[{SPACES}]{{0,3}})"
MINUS = "−"
_THIN = "\u00a0\u2007\u2009\u202f"


@dataclass(frozen=True)
class Locale:
    """How a language writes digits.

    Parameters
    ----------
    decimal, group
        The signs that it writes.
    groups
        The group separators that are read in running text.
    percent
        What stands before the percent sign.
    """

    decimal: str = "."
    group: str = ","
    groups: str = "," + _THIN
    percent: str = ""


ENGLISH = Locale()
_LOCALES = {
    "en": ENGLISH,
    "de": Locale(",", ".", "." + _THIN + " '’", "\u00a0"),
    "fr": Locale(",", "\u202f", _THIN + " ", "\u202f"),
    "uk": Locale(",", "\u00a0", _THIN + " ", "\u00a0"),
    "ru": Locale(",", "\u00a0", _THIN + " ", "\u00a0"),
    "pl": Locale(",", "\u00a0", _THIN + " .", ""),
    "es": Locale(",", ".", "." + _THIN + " ", "\u00a0"),
    "it": Locale(",", ".", "." + _THIN + " ", ""),
}


def primary(lang: str | None) -> str:
    """Return the primary subtag of a language: ``de`` of ``de-AT``."""
    return re.split(r"[-_]", (lang or "en").strip().lower(), maxsplit=1)[0] or "en"


def locale(lang: str) -> Locale:
    """Return how a language writes digits; as English where it is not known."""
    return _LOCALES.get(primary(lang), ENGLISH)


_K, _M, _B, _T = (Decimal(10) ** power for power in (3, 6, 9, 12))
LETTERS = {"K": _K, "k": _K, "M": _M, "m": _M, "B": _B, "T": _T}
_SCALES: dict[str, dict[str, Decimal]] = {
    "en": {
        "hundred": Decimal(100), "thousand": _K, "million": _M, "billion": _B, "trillion": _T,
        "bn": _B, "Bn": _B, "BN": _B, "mn": _M, "Mn": _M, "mln": _M, "mio": _M, "tn": _T, "trn": _T, "bln": _B,
        "Thousand": _K, "Million": _M, "Billion": _B, "Trillion": _T, **LETTERS,
    },
    "de": {
        "Tausend": _K, "tausend": _K, "Tsd.": _K, "Million": _M, "Millionen": _M, "Mio.": _M, "Mio": _M,
        "Milliarde": _B, "Milliarden": _B, "Mrd.": _B, "Mrd": _B, "Billion": _T, "Billionen": _T, "Bio.": _T,
    },
    "fr": {
        "mille": _K, "million": _M, "millions": _M, "milliard": _B, "milliards": _B, "Md": _B, "Mds": _B,
        "billion": _T, "billions": _T,
    },
    "uk": {
        "тис.": _K, "тисяча": _K, "тисячі": _K, "тисяч": _K, "млн": _M, "мільйон": _M, "мільйони": _M,
        "мільйона": _M, "мільйонів": _M, "млрд": _B, "мільярд": _B, "мільярди": _B, "мільярда": _B,
        "мільярдів": _B, "трлн": _T, "трильйон": _T, "трильйони": _T, "трильйона": _T, "трильйонів": _T,
    },
    "ru": {
        "тыс.": _K, "тысяча": _K, "тысячи": _K, "тысяч": _K, "млн": _M, "миллион": _M, "миллиона": _M,
        "миллионов": _M, "млрд": _B, "миллиард": _B, "миллиарда": _B, "миллиардов": _B, "трлн": _T,
        "триллион": _T, "триллиона": _T, "триллионов": _T,
    },
    "pl": {
        "tys.": _K, "tysiąc": _K, "tysiące": _K, "tysięcy": _K, "mln": _M, "milion": _M, "miliony": _M,
        "miliona": _M, "milionów": _M, "mld": _B, "miliard": _B, "miliardy": _B, "miliarda": _B,
        "miliardów": _B, "bln": _T, "bilion": _T, "biliony": _T, "biliona": _T, "bilionów": _T,
    },
    "es": {
        "mil": _K, "millón": _M, "millones": _M, "mil millones": _B, "billón": _T, "billones": _T,
    },
    "it": {
        "mila": _K, "milione": _M, "milioni": _M, "mln": _M, "miliardo": _B, "miliardi": _B, "mld": _B,
        "bilione": _T, "bilioni": _T,
    },
}  # fmt: skip
_WRITTEN = {
    "en": "thousand million billion trillion",
    "de": "Tausend Mio. Mrd. Billionen",
    "fr": "mille millions milliards billions",
    "uk": "тис. млн млрд трлн",
    "ru": "тыс. млн млрд трлн",
    "pl": "tys. mln mld bln",
    "es": "mil|millones|mil millones|billones",
    "it": "mila milioni miliardi bilioni",
}
FAMILIES = (
    {_K: "K", _M: "M", _B: "B", _T: "T"},
    {_K: "k", _M: "m", _B: "bn", _T: "trn"},
    {_K: "k", _M: "mn", _B: "bn", _T: "trn"},
    {_K: "thousand", _M: "million", _B: "billion", _T: "trillion"},
)

MONEY, MULTIPLE, SHARE, POINTS = "money", "multiple", "percent", "points"
SIGNS = {
    "US$": ("USD",), "$": ("USD",), "€": ("EUR",), "£": ("GBP",), "CN¥": ("CNY",), "¥": ("JPY", "CNY"),
    "₴": ("UAH",), "₹": ("INR",),
    **{code: (code,) for code in CURRENCIES},
    "RMB": ("CNY",),
}  # fmt: skip
_AFTER = {
    "dollars": "USD", "dollar": "USD", "US dollars": "USD", "U.S. dollars": "USD", "euros": "EUR", "euro": "EUR",
    "pounds": "GBP", "hryvnias": "UAH", "hryvnia": "UAH", "yuan": "CNY", "yen": "JPY", "zł": "PLN",
    "грн": "UAH", "грн.": "UAH", "гривень": "UAH", "гривні": "UAH", "rupees": "INR", "Swiss francs": "CHF",
    "євро": "EUR", "доларів": "USD", "долари": "USD", "долара": "USD", "доларів США": "USD", "Euro": "EUR",
    "Dollar": "USD", "US-Dollar": "USD",
}  # fmt: skip
WRITTEN_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "UAH": "₴", "INR": "₹"}
_MARKS: dict[str, dict[str, str]] = {
    "en": {
        "%": SHARE, "percent": SHARE, "per cent": SHARE, "pct": SHARE, "per-cent": SHARE, "Percent": SHARE,
        "percentage points": POINTS, "percentage point": POINTS, "percentage-point": POINTS,
        "percentage-points": POINTS, "points": POINTS, "point": POINTS, "pts": POINTS, "pt": POINTS, "pp": POINTS,
        "p.p.": POINTS, "ppts": POINTS, "ppt": POINTS, "pps": POINTS,
        "×": MULTIPLE, "x": MULTIPLE, "✕": MULTIPLE, "✖": MULTIPLE, "fold": MULTIPLE, "times": MULTIPLE,
    },
    "de": {"Prozent": SHARE, "Prozentpunkte": POINTS, "Prozentpunkten": POINTS, "Prozentpunkt": POINTS,
           "fach": MULTIPLE, "fache": MULTIPLE, "mal": MULTIPLE},
    "fr": {"pour cent": SHARE, "points de pourcentage": POINTS, "point de pourcentage": POINTS, "fois": MULTIPLE},
    "uk": {"відсоток": SHARE, "відсотки": SHARE, "відсотка": SHARE, "відсотків": SHARE, "в. п.": POINTS,
           "в.п.": POINTS, "відсоткових пунктів": POINTS, "відсоткові пункти": POINTS, "відсоткового пункту": POINTS,
           "раз": MULTIPLE, "рази": MULTIPLE, "разів": MULTIPLE},
    "ru": {"процент": SHARE, "процента": SHARE, "процентов": SHARE, "п. п.": POINTS, "п.п.": POINTS,
           "раз": MULTIPLE, "раза": MULTIPLE},
    "pl": {"procent": SHARE, "p.p.": POINTS, "punktów procentowych": POINTS, "razy": MULTIPLE},
    "es": {"por ciento": SHARE, "puntos porcentuales": POINTS, "veces": MULTIPLE},
    "it": {"per cento": SHARE, "punti percentuali": POINTS, "volte": MULTIPLE},
}  # fmt: skip
MARK_UNITS = {SHARE: PERCENT, POINTS: POINT, MULTIPLE: PURE}
_TIMES = {
    "uk": "секунда секунди секунд с|хвилина хвилини хвилин хв|година години годин год|день дні днів|рік роки років року",
    "de": "Sekunde Sekunden|Minute Minuten|Stunde Stunden|Tag Tage Tagen|Jahr Jahre Jahren",
    "fr": "seconde secondes|minute minutes|heure heures|jour jours|an ans année années",
    "ru": "секунда секунды секунд с|минута минуты минут мин|час часа часов ч|день дня дней|год года лет",
    "pl": "sekunda sekundy sekund|minuta minuty minut|godzina godziny godzin|dzień dni|rok lata lat",
    "es": "segundo segundos|minuto minutos|hora horas|día días|año años",
    "it": "secondo secondi|minuto minuti|ora ore|giorno giorni|anno anni",
}

EXACT, APPROX, NEARLY, OVER, LEAST, UNDER, MOST = (
    "exact",
    "approx",
    "nearly",
    "over",
    "at-least",
    "under",
    "at-most",
)
_QUALIFIERS: dict[str, dict[str, str]] = {
    "en": {
        EXACT: "exactly|precisely|exact",
        APPROX: "about|approximately|approx.|approx|around|roughly|circa|c.|ca.|some|an estimated|close to|in the region of|~|≈|∼|≃",
        NEARLY: "nearly|almost|just under|just below|not quite",
        OVER: "over|more than|above|exceeding|in excess of|upwards of|greater than|just over|well over|>",
        LEAST: "at least|a minimum of|minimum|no less than|no fewer than|not less than|≥|>=",
        UNDER: "under|less than|fewer than|below|well under|<",
        MOST: "up to|at most|as many as|as much as|no more than|not more than|a maximum of|maximum|≤|<=",
    },
    "de": {EXACT: "genau|exakt", APPROX: "etwa|rund|ungefähr|circa|zirka", NEARLY: "fast|knapp|beinahe",
           OVER: "über|mehr als", LEAST: "mindestens|wenigstens", UNDER: "unter|weniger als", MOST: "bis zu|höchstens"},
    "fr": {EXACT: "exactement|précisément", APPROX: "environ|autour de|à peu près", NEARLY: "près de|presque",
           OVER: "plus de", LEAST: "au moins", UNDER: "moins de", MOST: "jusqu’à|jusqu'à|au plus"},
    "uk": {EXACT: "рівно|точно", APPROX: "близько|приблизно|орієнтовно|десь", NEARLY: "майже", OVER: "понад|більше ніж|більш ніж",
           LEAST: "щонайменше|не менше ніж|не менше", UNDER: "менше ніж|менш ніж", MOST: "до|щонайбільше|не більше ніж|не більше"},
    "ru": {EXACT: "ровно|точно", APPROX: "около|примерно|приблизительно", NEARLY: "почти", OVER: "свыше|более|более чем",
           LEAST: "не менее|по меньшей мере", UNDER: "менее|менее чем", MOST: "до|не более"},
    "pl": {EXACT: "dokładnie", APPROX: "około|ok.", NEARLY: "prawie|niemal", OVER: "ponad|więcej niż",
           LEAST: "co najmniej", UNDER: "poniżej|mniej niż", MOST: "do|co najwyżej"},
    "es": {EXACT: "exactamente", APPROX: "unos|unas|alrededor de|aproximadamente", NEARLY: "casi", OVER: "más de",
           LEAST: "al menos|por lo menos", UNDER: "menos de", MOST: "hasta|como máximo"},
    "it": {EXACT: "esattamente", APPROX: "circa", NEARLY: "quasi", OVER: "oltre|più di", LEAST: "almeno",
           UNDER: "meno di", MOST: "fino a|al massimo"},
}  # fmt: skip
SUFFIXES = {
    "+": LEAST,
    "or more": LEAST,
    "or less": MOST,
    "or fewer": MOST,
    "at least": LEAST,
    "at most": MOST,
}

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
_CARDINAL = re.compile(
    rf"(?:(?P<hundreds>{_BELOW}|an?)[ -]hundred\b(?:[ -](?:and[ -])?(?P<rest>{_BELOW}))?|(?P<below>{_BELOW}))"
    r"(?=fold\b|\b)",
    re.IGNORECASE,
)
_TENFOLD = re.compile(rf"(?P<below>{_NUMBER_WORD})(?=fold\b)", re.IGNORECASE)
_PART = re.compile(
    rf"(?:(?P<whole>{_BELOW}) and )?(?:(?P<top>an?|{_BELOW})[ -])?(?P<part>{'|'.join(PARTS)}|halve)(?P<many>s)?\b",
    re.IGNORECASE,
)
_NTH = re.compile(
    rf"(?:(?P<tens>{'|'.join(_TENS)})[-‐‑ ])?(?P<unit>[a-z]+(?:st|nd|rd|th|ond))\b", re.IGNORECASE
)
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
    if (part == "halve") != (many and below == 2) or (not found["top"] and below != 2) or many != (top > 1):
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


@dataclass(frozen=True)
class Words:
    """The words that a language adds to a number, each as a pattern and what it means."""

    scales: Mapping[str, Decimal]
    marks: Mapping[str, str]
    currencies: Mapping[str, tuple[str, ...]]
    times: Mapping[str, str]
    qualifiers: Mapping[str, str]
    scale: re.Pattern[str]
    mark: re.Pattern[str]
    sign: re.Pattern[str]
    money: re.Pattern[str]
    time: re.Pattern[str]
    qualifier: re.Pattern[str]
    last_qualifier: re.Pattern[str]


def _either(words: Iterable[str]) -> str:
    """Return a pattern of the longest of some words, none of which goes on as a longer word."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        body = GAP.join(re.escape(part) for part in word.split(" "))
        parts.append(body + (r"(?!\w)" if word[-1].isalnum() else ""))
    return "|".join(parts) or r"(?!)"


@lru_cache(maxsize=32)
def words(lang: str) -> Words:
    """Return the words of a language, English ones too."""
    own = primary(lang)
    scales = {**_SCALES["en"], **_SCALES.get(own, {})}
    marks = {**_MARKS["en"], **_MARKS.get(own, {})}
    money = {**SIGNS, **{word: (code,) for word, code in _AFTER.items()}}
    names = ("second", "minute", "hour", "day", "year")
    times = {
        word: name
        for name, forms in zip(names, _TIMES.get(own, "||||").split("|"), strict=True)
        for word in forms.split()
    }
    qualifiers = {
        word: kind
        for code in dict.fromkeys(("en", own))
        for kind, group in _QUALIFIERS.get(code, {}).items()
        for word in group.split("|")
    }
    phrase = _either(qualifiers)
    return Words(
        scales, marks, money, times, qualifiers,
        re.compile(_either(scales)), re.compile(_either(marks)), re.compile(_either_sign(SIGNS)),
        re.compile(_either(money)), re.compile(_either(times)), re.compile(phrase, re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{phrase}){GAP}$", re.IGNORECASE),
    )  # fmt: skip


def _either_sign(signs: Iterable[str]) -> str:
    return "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))


def scale_word(scale: Decimal, lang: str) -> str | None:
    """Return the word that a language writes for a scale; None for none."""
    text = _WRITTEN.get(primary(lang), _WRITTEN["en"])
    names = text.split("|") if "|" in text else text.split()
    return dict(zip((_K, _M, _B, _T), names, strict=True)).get(scale)
