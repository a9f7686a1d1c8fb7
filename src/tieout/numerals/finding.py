"""Finds every numeral of running text, and tells numbers from names, addresses, versions and code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tieout.machine.patterns import lazily
from tieout.numerals import ukrainian
from tieout.numerals.cldr import MINUSES, months, primary
from tieout.numerals.labels import is_label
from tieout.numerals.locales import GAP, SIGNS, places, plain_digits, words
from tieout.numerals.reading import Reader
from tieout.numerals.shown import Shown
from tieout.numerals.structural import DECADE, EAST, LABELS, LETTER, is_east, structural
from tieout.numerals.words import NUMBER_WORDS, WORD_STARTS

_CHUNK = lazily(r"[^\s\ufffc—…]+")
_START = lazily(
    rf"[\w$£¥＄￡￥%٪₠-⃀~≈∼≃<>≤≥+{MINUSES}](?<!\w–)|(?<!\w)[.,](?=[0-9])|\((?=[0-9]{{3}}\))"
    rf"|(?<!\w)[\[(](?=[+{MINUSES}]?[$€£]?[0-9]*\.?[0-9]+%?[,;])"
)
_WORD = lazily(rf"[^\W{EAST}]+")
_RUN = lazily(rf"[^\W{EAST}]+(?:[-‐‑.,:/+·_][^\W{EAST}]+)*")
_NAME = lazily(rf"[^\W{EAST}]+(?:[-‐‑.·/+_][^\W{EAST}]+)*")
_NO_NAME = lazily(r"[^\d]*?[./+·](?=[0-9])")
_COMPOUND = lazily(rf"(?P<digits>[0-9]+(?:[.,][0-9]+)*)[-‐‑/](?P<rest>{LETTER}.*)")
_PREFIX = lazily(
    r"(?:mid|pre|post|early|late|non|sub|top|under|over|about|circa|ca|to|and|up|near|until|ages?|aged|minus|plus"
    r"|up-to|at-least|at-most|more-than|less-than|times|из|до|від|після|понад|близько|über|unter|bis|seit|vor|nach)"
    r"[-‐‑–](?=[0-9$€£])"
)
_AMONG = lazily(
    rf"(?:{NUMBER_WORDS}){GAP}of{GAP}(?:(?:the|all){GAP})?[0-9]{{1,6}}(?![\w.,]?\w|[ \u00a0]?%)", re.I
)
_AN = lazily(rf"(?:half{GAP})?an?{GAP}(?:thousand|million|billion|trillion)\b", re.IGNORECASE)
_FROM = lazily(r"\b(?:from|von)\s{1,3}$", re.IGNORECASE)
_TO = lazily(r"\b(?:to|bis)\b")
_QUANTILE = lazily(
    rf"(?:{GAP}(?:,|and|or|to|[–-]){GAP}[0-9]+(?:st|nd|rd|th))*(?:{GAP}|-)"
    r"(?:(?:per)?centile|quantile|quartile|quintile|decile|tercile)s?\b"
)
_WITHIN = lazily(rf"\b(?:in|into|at|to|from|above|below){GAP}(?:the{GAP})?$")
_DOTTED = lazily(r"[0-9]+(?:\.[0-9]+)*")
_VERSION = lazily(r"(?:version|release|ver\.|v\.)\s{1,2}$", re.IGNORECASE)
_DATED = lazily(rf"[12][0-9]{{3}}{GAP}(?:року|рік|года|год)")
_OPENING = "([{\"'“‘«*_~"
_STARTERS = WORD_STARTS | {"one", "a", "an", "half", *LABELS}
_ONES = ukrainian.ONES | {"one"}
_CODES = {sign for sign in SIGNS if sign.isalpha()}


@dataclass(frozen=True)
class Token:
    """A numeral of running text: where it stands, and what kind it is.

    ``kind`` is ``number``, ``range``, ``ordinal``, ``year``, ``date`` or ``word`` (a number in words), or one
    of the structural ones, behind which no entry stands: ``url``, ``doi``, ``name``, ``label``, ``code``,
    ``version``, ``phone``.
    """

    start: int
    end: int
    text: str
    kind: str


def find(text: str, lang: str = "en") -> list[Token]:
    """Return every numeral of running text, in order, each as long as it goes.

    Words in letters only are numerals where they count something; a name or an address is one token, and
    digits are never taken out of it. Every digit belongs to a token.

    Examples
    --------
    >>> [(token.text, token.kind) for token in find("COVID-19 cost $2.5 billion in 2024, or 30–40% more.")]
    [('COVID-19', 'name'), ('$2.5 billion', 'number'), ('2024', 'year'), ('30–40%', 'range')]
    """
    return list(_Finder(text, lang).tokens())


class _Finder:
    def __init__(self, text: str, lang: str) -> None:
        self.written, self.text = text, plain_digits(text, lang)
        self.lang, self.known = lang, words(lang)
        self.counting, self.starters = _starters(lang)
        self.apart = any(place.percent[0] or (place.money_first and place.money) for place in places(lang))
        self.plain_until = 0  # up to where words are known to have no digits
        self.readers = [Reader(self.text, self.known, place) for place in places(lang)]

    def tokens(self) -> Iterator[Token]:
        at = 0
        for chunk in _CHUNK.finditer(self.text):
            if chunk.end() <= at or not (
                _promising(chunk[0], self.starters) or (self.apart and not chunk[0][-1].isalnum())
            ):
                continue
            at = max(at, chunk.start())
            while at < chunk.end():
                start = _START.search(self.text, at, chunk.end())
                if not start:
                    break
                at = start.start()
                token = self._token(at)
                if token is None:
                    word = _WORD.match(self.text, at)
                    at = word.end() if word else at + 1
                    continue
                if token.kind == "word" or any(map(str.isnumeric, token.text)):
                    yield token
                at = token.end

    def _made(self, start: int, end: int, kind: str) -> Token:
        return Token(start, end, self.written[start:end], kind)

    def _token(self, at: int) -> Token | None:
        text = self.text
        found = structural(text, at, self.lang)
        if found and not (found[1] == "version" and self._is_grouped(at, found[0])):
            return self._made(at, *found)
        if text[at].isalpha() and not _is_numeral(text[at]):
            return self._lettered(at)
        return self._number(at) or self._unread(at)

    def _is_grouped(self, at: int, end: int) -> bool:
        """Whether stops part thousands here, as in 1.400.000."""
        return any(reader.digits.fullmatch(self.text, at, end) for reader in self.readers)

    def _lettered(self, at: int) -> Token | None:
        """Return a number in words or after a currency code, or a name with digits in it."""
        text = self.text
        prefix = _PREFIX.match(text, at)
        if prefix:
            return self._number(prefix.end())
        first = _WORD.match(text, at)
        if first is None:
            return None
        among = _AMONG.match(text, at)
        if among:
            return self._made(at, among.end(), "word")
        counting = first[0].lower().removesuffix("fold") in self.counting
        if counting or self.known.sign.match(text, at) or _AN.match(text, at):
            number = self._number(at)
            if number:
                return number
        if at >= self.plain_until:
            name = _NAME.match(text, at)
            end = name.end() if name else at
            # No name: "sentence.5 more", "and/2024".
            cut = _NO_NAME.match(text, at, end)
            end = cut.end() - 1 if cut else end
            if any(map(str.isnumeric, text[at:end])):
                return self._made(at, end, "name")
            self.plain_until = end
        return None

    def _number(self, at: int) -> Token | None:
        """Return the longest number that starts here and ends where a number can."""
        changes = bool(_FROM.search(self.text[max(0, at - 8) : at]))
        for reader in self.readers:
            forms = [shown for shown in reader.forms(at) if self._ends_well(shown, changes)]
            if forms:
                return self._classified(at, max(forms, key=lambda shown: shown.end))
        return None

    def _classified(self, at: int, shown: Shown) -> Token | None:
        if shown.kind == "ordinal" and self._names_a_quantile(at, shown.end):
            return self._made(at, shown.end, "name")
        token = self._made(at, shown.end, shown.kind)
        if not any(map(str.isnumeric, token.text)):
            figure = shown.figures[0]
            alone = figure.style == "part" and shown.unit is None and figure.scale == 1
            return None if alone or token.text.lower() in _ONES else self._made(at, shown.end, "word")
        if _DOTTED.fullmatch(token.text) and _VERSION.search(self.text[max(0, at - 10) : at]):
            return self._made(at, shown.end, "version")
        if shown.kind in ("number", "range") and is_label(self.text, at, shown.end):
            return self._made(at, shown.end, "label")
        return token

    def _names_a_quantile(self, at: int, end: int) -> bool:
        """Whether an ordinal says which percentile is meant: *in the 95th* is a result."""
        return bool(_QUANTILE.match(self.text, end)) and not _WITHIN.search(self.text[max(0, at - 12) : at])

    def _ends_well(self, shown: Shown, changes: bool) -> bool:
        """Whether a number can end here: not within a word, a date, a version or a longer number."""
        if shown.kind == "ordinal" and shown.figures[0].style == "nth":
            return False
        last, after, beyond = (self.text[place : place + 1] for place in range(shown.end - 1, shown.end + 2))
        if (after.isalnum() or after == "_") and not is_east(after) and not is_east(last):
            return False
        if after and after in ".,:/’'-‐‑–−٫٬" and beyond.isnumeric() and not is_east(beyond):
            return False
        if after and after in "-‐‑/" and beyond.isupper():
            return False
        if _DATED.fullmatch(self.text, shown.figures[-1].start, shown.end):
            return False
        return not (shown.is_range and self._is_change(shown, changes))

    def _is_change(self, shown: Shown, changes: bool) -> bool:
        """Whether *to* stands between two numbers of their own: *from 10 to 20*, *2024 to 2030*."""
        first, second = shown.figures
        if not _TO.search(self.text[first.end : second.start]):
            return False
        return (
            changes
            or shown.kind == "year"
            or bool(DECADE.fullmatch(self.text[first.start : first.end] + "s"))
        )

    def _unread(self, at: int) -> Token | None:
        """Return digits that are no number as one token: code where letters stand in it, else to be tied."""
        run = _RUN.match(self.text, at)
        if run is None or not any(map(str.isnumeric, run[0])):
            return self._made(at, at + 1, "number") if self.text[at].isnumeric() else None
        compound = _COMPOUND.fullmatch(run[0])
        if compound and compound["rest"].islower() and not any(map(str.isnumeric, compound["rest"])):
            return self._made(at, at + compound.end("digits"), "number")
        return self._made(at, run.end(), "code" if any(map(str.isalpha, run[0])) else "number")


def _is_numeral(character: str) -> bool:
    return character.isnumeric() and not is_east(character)


@lru_cache(maxsize=64)
def _starters(lang: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that a number can start with, and those that any numeral can."""
    own = ukrainian.STARTS if primary(lang) == "uk" else frozenset()
    dated = {name.lower() for each in ("en", lang) for name in months(each)}
    return own | WORD_STARTS | {"one"}, own | _STARTERS | dated


def _promising(chunk: str, starters: frozenset[str]) -> bool:
    """Whether a piece of text without spaces has a numeral, or starts with a word that one can start with."""
    if not chunk.isalpha() and not (chunk.isascii() and not any(map(str.isdigit, chunk))):
        return True
    first = re.split(r"[\W_]", chunk.lstrip(_OPENING), maxsplit=1)[0]
    return first.lower().removesuffix("fold") in starters or first in _CODES
