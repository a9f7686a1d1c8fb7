"""The words and signs that languages add to numbers: separators, scales, units, qualifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tieout.numbers import CURRENCIES, PERCENT, POINT, PURE

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


_K, _M, _B, _T = _STEPS = tuple(Decimal(10) ** power for power in (3, 6, 9, 12))
# Counted in other steps than thousands.
OTHER_SCALES = {
    **dict.fromkeys(("lakh", "lakhs", "lac"), Decimal(10) ** 5),
    **dict.fromkeys(("crore", "crores"), Decimal(10) ** 7),
    "万": Decimal(10) ** 4, "萬": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "億": Decimal(10) ** 8,
}  # fmt: skip
LETTERS = {"K": _K, "k": _K, "M": _M, "m": _M, "B": _B, "T": _T}
# What a language calls a thousand, a million, a billion (10⁹) and a trillion; the first is what it writes.
_SCALES = {
    "en": (
        "thousand, Thousand", "million, Million, mn, Mn, mln, mio", "billion, Billion, bn, Bn, BN, bln",
        "trillion, Trillion, trn, tn",
    ),
    "de": ("Tausend, tausend, Tsd.", "Mio., Mio, Million, Millionen", "Mrd., Mrd, Milliarde, Milliarden",
           "Billionen, Billion, Bio."),
    "fr": ("mille", "millions, million", "milliards, milliard, Md, Mds", "billions, billion"),
    "uk": ("тис., тисяча, тисячі, тисяч", "млн, мільйон, мільйони, мільйона, мільйонів",
           "млрд, мільярд, мільярди, мільярда, мільярдів",
           "трлн, трильйон, трильйони, трильйона, трильйонів"),
    "ru": ("тыс., тысяча, тысячи, тысяч", "млн, миллион, миллиона, миллионов",
           "млрд, миллиард, миллиарда, миллиардов", "трлн, триллион, триллиона, триллионов"),
    "pl": ("tys., tysiąc, tysiące, tysięcy", "mln, milion, miliony, miliona, milionów",
           "mld, miliard, miliardy, miliarda, miliardów", "bln, bilion, biliony, biliona, bilionów"),
    "es": ("mil", "millones, millón", "mil millones", "billones, billón"),
    "it": ("mila", "milioni, milione, mln", "miliardi, miliardo, mld", "bilioni, bilione"),
}  # fmt: skip
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
WRITTEN_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "UAH": "₴", "INR": "₹"}
_MONEY = {
    "USD": "dollars, dollar, US dollars, U.S. dollars, Dollar, US-Dollar, доларів США, доларів,"
    " долари, долара",
    "EUR": "euros, euro, Euro, євро", "GBP": "pounds", "CNY": "yuan", "JPY": "yen", "PLN": "zł",
    "INR": "rupees", "UAH": "hryvnias, hryvnia, грн., грн, гривень, гривні", "CHF": "Swiss francs",
}  # fmt: skip
_MARKS = {
    "en": {
        SHARE: "%, percent, per cent, pct, per-cent, Percent",
        POINTS: "percentage points, percentage point, percentage-points, percentage-point, points, point,"
        " pts, pt, pp, p.p., ppts, ppt, pps",
        MULTIPLE: "×, x, ✕, ✖, fold, times",
    },
    "de": {
        SHARE: "Prozent",
        POINTS: "Prozentpunkte, Prozentpunkten, Prozentpunkt",
        MULTIPLE: "fach, fache, mal",
    },
    "fr": {SHARE: "pour cent", POINTS: "points de pourcentage, point de pourcentage", MULTIPLE: "fois"},
    "uk": {
        SHARE: "відсоток, відсотки, відсотка, відсотків",
        POINTS: "в. п., в.п., відсоткових пунктів, відсоткові пункти, відсоткового пункту",
        MULTIPLE: "раз, рази, разів",
    },
    "ru": {SHARE: "процент, процента, процентов", POINTS: "п. п., п.п.", MULTIPLE: "раз, раза"},
    "pl": {SHARE: "procent", POINTS: "p.p., punktów procentowych", MULTIPLE: "razy"},
    "es": {SHARE: "por ciento", POINTS: "puntos porcentuales", MULTIPLE: "veces"},
    "it": {SHARE: "per cento", POINTS: "punti percentuali", MULTIPLE: "volte"},
}
_TIME_UNITS = ("second", "minute", "hour", "day", "year")
_TIMES = {
    "de": ("Sekunden, Sekunde", "Minuten, Minute", "Stunden, Stunde", "Tage, Tagen, Tag",
           "Jahre, Jahren, Jahr"),
    "fr": ("secondes, seconde", "minutes, minute", "heures, heure", "jours, jour", "ans, an, années, année"),
    "uk": ("секунд, секунди, секунда, с", "хвилин, хвилини, хвилина, хв", "годин, години, година, год",
           "днів, дні, день", "років, роки, рік, року"),
    "ru": ("секунд, секунды, секунда, с", "минут, минуты, минута, мин", "часов, часа, час, ч",
           "дней, дня, день", "лет, года, год"),
    "pl": ("sekund, sekundy, sekunda", "minut, minuty, minuta", "godzin, godziny, godzina", "dni, dzień",
           "lat, lata, rok"),
    "es": ("segundos, segundo", "minutos, minuto", "horas, hora", "días, día", "años, año"),
    "it": ("secondi, secondo", "minuti, minuto", "ore, ora", "giorni, giorno", "anni, anno"),
}  # fmt: skip

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

    def meaning(self, phrase: str) -> str:
        """Return what a qualifier means."""
        return self.qualifiers[" ".join(phrase.lower().split())]


@lru_cache(maxsize=32)
def words(lang: str) -> Words:
    """Return the words of a language, English ones too."""
    codes = dict.fromkeys(("en", primary(lang)))
    scales = {"hundred": Decimal(100), **LETTERS, **OTHER_SCALES}
    marks: dict[str, str] = {}
    times: dict[str, str] = {}
    qualifiers: dict[str, str] = {}
    for code in codes:
        scales |= {
            word: step
            for step, group in zip(_STEPS, _SCALES.get(code, ()), strict=False)
            for word in _listed(group)
        }
        marks |= _inverted(_MARKS.get(code, {}))
        times |= _inverted(dict(zip(_TIME_UNITS, _TIMES.get(code, ()), strict=False)))
        qualifiers |= {word.lower(): kind for word, kind in _inverted(_QUALIFIERS.get(code, {})).items()}
    money = SIGNS | {word: (code,) for word, code in _inverted(_MONEY).items()}
    phrase = _either(qualifiers)
    return Words(
        scales, marks, money, times, qualifiers,
        re.compile(_either(scales)), re.compile(_either(marks)),
        re.compile("|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))),
        re.compile(_either(money)), re.compile(_either(times)), re.compile(phrase, re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{phrase}){GAP}$", re.IGNORECASE),
    )  # fmt: skip


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


def scale_word(scale: Decimal, lang: str) -> str | None:
    """Return the word that a language writes for a scale; None for none."""
    groups = _SCALES.get(primary(lang), _SCALES["en"])
    return next(
        (_listed(group)[0] for step, group in zip(_STEPS, groups, strict=True) if step == scale), None
    )
