"""The words and signs that languages add to numbers: those of CLDR, and ours where it has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from tieout.numbers import CURRENCIES, PERCENT, POINT, PURE
from tieout.numerals import cldr
from tieout.numerals.cldr import MARKS, Locale, primary

SPACES = " \t\u00a0\u2007\u2009\u200a\u202f" + MARKS
GAP = rf"(?:[{SPACES}]{{0,3}}\n?[{SPACES}]{{0,3}})"

ENGLISH = Locale()
# Group separators that are read although CLDR does not name them: those of neighbours and of older print.
_GROUPS = {"de": "'’", "pl": "."}
# How a share is written where print does not follow CLDR: with its sign apart from the number.
_PERCENT = {"uk": ("", "\u00a0%")}


@lru_cache(maxsize=64)
def places(lang: str) -> tuple[Locale, ...]:
    """Return the ways in which numbers of a text are written, the likeliest first, the English one last."""
    more, share = _GROUPS.get(primary(lang), ""), _PERCENT.get(primary(lang))
    own = (
        replace(place, groups="".join(dict.fromkeys(place.groups + more)), percent=share or place.percent)
        for place in cldr.places(lang)
    )
    return tuple(dict.fromkeys((*own, ENGLISH)))


def locale(lang: str) -> Locale:
    """Return how a language writes digits; as English where it is not known."""
    return places(lang)[0]


@lru_cache(maxsize=64)
def _to_plain(lang: str) -> dict[int, str]:
    return {ord(sign): str(digit) for place in places(lang) for digit, sign in enumerate(place.digits)}


def plain_digits(text: str, lang: str) -> str:
    """Return a text of the same length in which the digits of its language are 0 to 9."""
    return text if text.isascii() else text.translate(_to_plain(lang))


_K, _M, _B, _T = _STEPS = tuple(Decimal(10) ** power for power in (3, 6, 9, 12))
# Counted in other steps than thousands.
OTHER_SCALES = {
    **dict.fromkeys(("lakh", "lakhs", "lac"), Decimal(10) ** 5),
    **dict.fromkeys(("crore", "crores"), Decimal(10) ** 7),
    "万": Decimal(10) ** 4, "萬": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "億": Decimal(10) ** 8,
}  # fmt: skip
LETTERS = {"K": _K, "k": _K, "M": _M, "m": _M, "B": _B, "T": _T}
# What CLDR does not list: abbreviations, cases.
_MORE_SCALES = {
    "en": ("", "mn, mln, mio", "bn, BN, bln", "trn, tn"),
    "de": ("Tsd.", "Mio", "Mrd", ""),
    "fr": ("", "", "Md, Mds", ""),
    "uk": ("", "мільйонам, мільйонами, мільйонах", "мільярдам, мільярдами, мільярдах", ""),
    "it": ("", "mln", "mld", "bilioni, bilione"),
}
FAMILIES = (
    {_K: "K", _M: "M", _B: "B", _T: "T"},
    {_K: "k", _M: "m", _B: "bn", _T: "trn"},
    {_K: "k", _M: "mn", _B: "bn", _T: "trn"},
    {_K: "thousand", _M: "million", _B: "billion", _T: "trillion"},
)

MONEY, MULTIPLE, SHARE, POINTS = "money", "multiple", "percent", "points"
MARK_UNITS = {SHARE: PERCENT, POINTS: POINT, MULTIPLE: PURE}
SIGNS: dict[str, tuple[str, ...]] = {
    **{code: (code,) for code in CURRENCIES},
    "US$": ("USD",), "$": ("USD",), "€": ("EUR",), "£": ("GBP",), "CN¥": ("CNY",), "RMB": ("CNY",),
    "¥": ("JPY", "CNY"), "₴": ("UAH",), "₹": ("INR",),
}  # fmt: skip
_MONEY = {
    "USD": "dollars, dollar, US dollars, U.S. dollars, Dollar, доларів США, долари США, долара США,"
    " доларів, долари, долара, долар, дол. США, дол.",
    "EUR": "euros, euro, Euro, євро", "GBP": "pounds", "CNY": "yuan", "JPY": "yen", "PLN": "zł",
    "INR": "rupees", "UAH": "hryvnias, hryvnia, грн., грн, гривень, гривні, гривня", "CHF": "Swiss francs",
}  # fmt: skip
_MARKS = {
    "en": {
        SHARE: "%, percent, per cent, pct, per-cent, Percent",
        POINTS: "percentage points, percentage point, percentage-points, percentage-point, points, point,"
        " pts, pt, pp, p.p., ppts, ppt, pps",
        MULTIPLE: "×, x, ✕, ✖, fold, times",
    },
    "de": {
        POINTS: "Prozentpunkte, Prozentpunkten, Prozentpunkt",
        MULTIPLE: "fach, fache, mal",
    },
    "fr": {POINTS: "points de pourcentage, point de pourcentage", MULTIPLE: "fois"},
    "uk": {
        POINTS: "в. п., в.п., відсоткових пунктів, відсоткові пункти, відсоткового пункту, відсотковий пункт",
        MULTIPLE: "раз, рази, разів, раза",
    },
    "ru": {POINTS: "п. п., п.п.", MULTIPLE: "раз, раза"},
    "pl": {POINTS: "p.p., punktów procentowych", MULTIPLE: "razy"},
    "es": {POINTS: "puntos porcentuales", MULTIPLE: "veces"},
    "it": {POINTS: "punti percentuali", MULTIPLE: "volte"},
}
_TIMES = {
    "de": {"day": "Tagen", "year": "Jahren"},
    "fr": {"year": "années, année"},
    "uk": {"year": "року"},
    "ru": {"minute": "мин", "hour": "ч"},
}
_CYRILLIC = {
    "meter ** 2": "м², м2, кв. м, квадратних метрів, квадратні метри, квадратного метра",
    "kilometer ** 2": "км², км2, кв. км, квадратних кілометрів",
    "kilometer": "км", "meter": "м", "centimeter": "см", "millimeter": "мм", "kilogram": "кг",
    "milligram": "мг", "metric_ton": "т", "liter": "л", "hectare": "га", "megawatt": "МВт", "kilowatt": "кВт",
}  # fmt: skip
# What people count, in the forms that stand beside numbers.
_COUNTED_UK = {
    "person": "людей, люди, людини, особи, осіб, особа", "device": "пристроїв, пристрої, пристрою, пристрій",
    "doctor": "лікарів, лікарі, лікаря", "radiologist": "рентгенологів, рентгенологи, рентгенолога",
    "product": "продуктів, продукти, продукту, продукт", "hospital": "лікарень, лікарні, лікарня",
    "specialty": "спеціальностей, спеціальності, спеціальність", 
    "user": "користувачів, користувачі, користувача",
    "consultation": "консультацій, консультації, консультація", "case": "випадків, випадки, випадку, випадок",
    "visit": "звернень, звернення", "patient": "пацієнтів, пацієнти, пацієнта",
}  # fmt: skip
_MEASURES = {"uk": _CYRILLIC | _COUNTED_UK, "ru": _CYRILLIC}
# Prepositions that stand between a hedge and its number: *приблизно у 2,8 раза*, *майже на 5 %*.
_BETWEEN = {"uk": "у, в, на, до, за, із, з, від", "ru": "в, на, до, за, с, от", "pl": "o, do, na, w, za"}

EXACT, APPROX, NEARLY, OVER, UNDER = "exact", "approx", "nearly", "over", "under"
LEAST, MOST = "at-least", "at-most"
_QUALIFIERS = {
    "en": {
        EXACT: "exactly, precisely, exact",
        APPROX: "about, approximately, approx., approx, around, roughly, circa, c., ca., some, an estimated,"
        " close to, in the region of, ~, ≈, ∼, ≃",
        NEARLY: "nearly, almost, just under, just below, not quite",
        OVER: "over, more than, above, exceeding, in excess of, upwards of, greater than, just over,"
        " well over, >",
        LEAST: "at least, a minimum of, minimum, no less than, no fewer than, not less than, ≥, >=",
        UNDER: "under, less than, fewer than, below, well under, <",
        MOST: "up to, at most, as many as, as much as, no more than, not more than, a maximum of, maximum,"
        " ≤, <=",
    },
    "de": {EXACT: "genau, exakt", APPROX: "etwa, rund, ungefähr, circa, zirka",
           NEARLY: "fast, knapp, beinahe", OVER: "über, mehr als", LEAST: "mindestens, wenigstens",
           UNDER: "unter, weniger als", MOST: "bis zu, höchstens"},
    "fr": {EXACT: "exactement, précisément", APPROX: "environ, autour de, à peu près",
           NEARLY: "près de, presque", OVER: "plus de", LEAST: "au moins",
           UNDER: "moins de", MOST: "jusqu’à, jusqu'à, au plus"},
    "uk": {EXACT: "рівно, точно", APPROX: "близько, приблизно, орієнтовно, десь", NEARLY: "майже",
           OVER: "понад, більше ніж, більш ніж", LEAST: "щонайменше, не менше ніж, не менше",
           UNDER: "менше ніж, менш ніж", MOST: "щонайбільше, не більше ніж, не більше"},
    "ru": {EXACT: "ровно, точно", APPROX: "около, примерно, приблизительно", NEARLY: "почти",
           OVER: "свыше, более, более чем", LEAST: "не менее, по меньшей мере", UNDER: "менее, менее чем",
           MOST: "не более"},
    "pl": {EXACT: "dokładnie", APPROX: "około, ok.", NEARLY: "prawie, niemal", OVER: "ponad, więcej niż",
           LEAST: "co najmniej", UNDER: "poniżej, mniej niż", MOST: "co najwyżej"},
    "es": {EXACT: "exactamente", APPROX: "unos, unas, alrededor de, aproximadamente", NEARLY: "casi",
           OVER: "más de", LEAST: "al menos, por lo menos", UNDER: "menos de", MOST: "hasta, como máximo"},
    "it": {EXACT: "esattamente", APPROX: "circa", NEARLY: "quasi", OVER: "oltre, più di", LEAST: "almeno",
           UNDER: "meno di", MOST: "fino a, al massimo"},
}  # fmt: skip
SUFFIXES = {
    "+": LEAST,
    "or more": LEAST,
    "or less": MOST,
    "or fewer": MOST,
    "at least": LEAST,
    "at most": MOST,
}


Meaning = TypeVar("Meaning")


class Phrases:
    """Many words, found as `_either` finds them; those of a first letter are compiled when it is met."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_letter: dict[str, list[str]] = {}
        for word in words:
            self._by_letter.setdefault(word[0], []).append(word)
        self._compiled: dict[str, re.Pattern[str]] = {}

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """Return the longest of the words that stands at a place of a text."""
        letter = text[at : at + 1]
        if letter not in self._by_letter:
            return None
        if letter not in self._compiled:
            self._compiled[letter] = re.compile(_either(self._by_letter[letter]))
        return self._compiled[letter].match(text, at)


@dataclass(frozen=True)
class Words:
    """The words that a language adds to a number, each as a pattern and what it means."""

    lang: str
    scales: Mapping[str, Decimal]
    marks: Mapping[str, str]
    currencies: Mapping[str, tuple[str, ...]]
    times: Mapping[str, str]
    qualifiers: Mapping[str, str]
    scale: re.Pattern[str]
    mark: re.Pattern[str]
    sign: re.Pattern[str]
    money: Phrases
    time: re.Pattern[str]
    qualifier: re.Pattern[str]
    last_qualifier: re.Pattern[str]

    def meaning(self, phrase: str) -> str:
        """Return what a qualifier means."""
        return meant(self.qualifiers, phrase)


def meant(words: Mapping[str, Meaning], written: str) -> Meaning:
    """Return what a word means, whatever space was found in it."""
    if written in words:
        return words[written]
    bare = _bare(written)
    return next(meaning for word, meaning in words.items() if _bare(word) == bare)


def _bare(phrase: str) -> str:
    return re.sub(rf"[{SPACES}\n]", "", phrase).casefold()


@lru_cache(maxsize=32)
def words(lang: str) -> Words:
    """Return the words of a language, English ones too."""
    scales = {"hundred": Decimal(100), **LETTERS, **OTHER_SCALES}
    marks: dict[str, str] = {}
    times: dict[str, str] = {}
    qualifiers: dict[str, str] = {}
    hedges: list[str] = []
    signs = dict(SIGNS)
    money: dict[str, tuple[str, ...]] = {word: (code,) for word, code in _inverted(_MONEY).items()}
    for each in dict.fromkeys(("en", lang)):
        code = primary(each)
        scales |= _scales(each)
        marks |= dict.fromkeys(cldr.percent_words(each), SHARE) | _inverted(_MARKS.get(code, {}))
        if code != "en":  # the registry of units has the English ones
            times |= dict(cldr.time_words(each)) | _inverted(_TIMES.get(code, {}))
            times |= _inverted(_MEASURES.get(code, {}))
        own = {word.lower(): kind for word, kind in _inverted(_QUALIFIERS.get(code, {})).items()}
        after = _listed(_BETWEEN[code]) if code in _BETWEEN else []
        qualifiers |= own | {f"{word} {each}": kind for word, kind in own.items() for each in after}
        # Each word with each of these, and without: as one pattern for both, which is compiled in no time.
        hedges.insert(0, f"(?:{_either(own)})" + (f"(?:{GAP}(?:{_either(after)}))?" if after else ""))
        for currency in CURRENCIES:
            sign = cldr.currency_sign(each, currency)
            signs[sign] = tuple(dict.fromkeys((currency, *signs.get(sign, ()))))
            money |= dict.fromkeys(cldr.currency_names(each, currency), (currency,))
    money |= signs
    phrase = "|".join(hedges)
    return Words(
        primary(lang), scales, marks, money, times, qualifiers,
        re.compile(_either(scales)), re.compile(_either(marks)),
        re.compile("|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))),
        Phrases(money), re.compile(_either(times)), re.compile(phrase, re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{phrase}){GAP}$", re.IGNORECASE),
    )  # fmt: skip


def _scales(lang: str) -> dict[str, Decimal]:
    """Return every word of a language for a power of ten, as written and with a capital."""
    found = {
        word: step
        for step, group in zip(_STEPS, _MORE_SCALES.get(primary(lang), ()), strict=False)
        for word in filter(None, _listed(group))
    }
    for style in ("short", "long"):
        for scale, forms in cldr.scales(lang, style).items():
            found |= {" ".join(form.split()): scale for form in forms.values()}
    return {word[0].upper() + word[1:]: scale for word, scale in found.items()} | found


def _listed(words: str) -> list[str]:
    return words.split(", ")


def _inverted(groups: Mapping[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, group in groups.items() for word in _listed(group)}


def _either(words: Iterable[str]) -> str:
    """Return a pattern of the longest of some words, none of which goes on as a longer word."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        body = GAP.join(re.escape(part) for part in word.split(" "))
        parts.append(body + (r"(?!\w)" if word[-1].isalnum() and word[-1] < "⺀" else ""))
    return "|".join(parts) or r"(?!)"


@lru_cache(maxsize=64)
def written_scales(lang: str) -> Mapping[Decimal, Mapping[str, str]]:
    """Return the scale words that a language writes, the largest first, each by grammatical number.

    Abbreviations where it has such as *млн* and *Mio.*, else whole words; their space comes with them.
    """
    known = lang if cldr.known(lang) else "en"
    whole, short = cldr.scales(known, "long"), cldr.scales(known, "short")
    brief = any(_is_abbreviation(form.strip()) for form in short.get(_M, {}).values())
    both = {**short, **whole} if not brief else {**whole, **short}
    gap = " " if locale(lang).decimal == "." else "\u00a0"
    return {
        scale: {count: gap * form[0].isspace() + form.lstrip() for count, form in both[scale].items()}
        for scale in sorted(both, reverse=True)
    }


def _is_abbreviation(word: str) -> bool:
    return word.endswith(".") or (len(word) > 2 and word.islower())


def scale_word(scale: Decimal, lang: str, count: Decimal = Decimal(5)) -> str | None:
    """Return the word that a language writes for a scale beside a number, with its space; None for none."""
    forms = written_scales(lang).get(scale, {})
    return forms.get(cldr.grammatical_number(count, lang), forms.get("other"))


def in_number(word: str, scale: Decimal, lang: str, before: Decimal, now: Decimal) -> str:
    """Return a scale word that stood beside a number as it stands beside another: *мільйони*, *мільйонів*."""
    forms = cldr.scales(lang, "long").get(scale, {})
    was, is_ = (forms.get(cldr.grammatical_number(count, lang), "").strip() for count in (before, now))
    return is_ if word == was and is_ else word
