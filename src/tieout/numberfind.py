"""Finds every numeral of running text, and tells numbers from names, addresses, versions and code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tieout.numberparse import TIME, Reader, Shown
from tieout.numberwords import ENGLISH, GAP, WORD_STARTS, locale, words


@dataclass(frozen=True)
class Token:
    """A numeral of running text: where it stands, and what kind it is.

    ``kind`` is ``number``, ``range``, ``ordinal``, ``year``, ``date`` or ``word`` (a number in words), or one of
    the structural ones, which no entry stands behind: ``url``, ``doi``, ``name``, ``code``, ``version``, ``phone``.
    """

    start: int
    end: int
    text: str
    kind: str


# East Asian script has no spaces: digits in it are numbers of their own.
_EAST = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_LETTER = rf"[^\W\d_{_EAST}]"
_CHUNK = re.compile(r"[^\s\ufffc—…]+")
_START = re.compile(r"[\w$€£¥₴₹~≈∼≃<>≤≥+−-]|[.,](?=[0-9])")
_RUN = re.compile(rf"[^\W{_EAST}]+(?:[-‐‑.,:/+·_][^\W{_EAST}]+)*")
_WORD = re.compile(rf"[^\W{_EAST}]+")
_HYPHENATED = re.compile(rf"[^\W{_EAST}]+(?:[-‐‑.·/+_][^\W{_EAST}]+)*\+?")
_BEFORE_NUMBER = re.compile(
    r"(?:mid|pre|post|early|late|non|sub|top|under|over|about|circa|ca|to|and|up|near|until)[-‐‑–](?=[0-9$€£])"
)
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-[0-3][0-9](?:[T ][0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?"
        r"(?:Z|[+-][0-2][0-9]:?[0-5][0-9])?)?(?![\w-])",
        r"[0-3]?[0-9]\.[01]?[0-9]\.[12][0-9]{3}(?![\w.]*[0-9])",
        r"[0-3]?[0-9]/[0-3]?[0-9]/(?:[12][0-9]{3}|[0-9]{2})(?![\w/])",
        rf"{_DAY}{GAP}(?:{_MONTHS})\.?{GAP}[12][0-9]{{3}}(?!\w)",
        rf"(?:{_MONTHS})\.?{GAP}{_DAY},?{GAP}[12][0-9]{{3}}(?!\w)",
        r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![\w:])",
    )
)
_URL = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,9}://|www\.)[^\s<>\"\ufffc]+|[\w-]{1,40}(?:\.[\w-]{1,40}){0,4}\.[a-z]{2,6}/[^\s<>\"\ufffc]*"
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_DOI = re.compile(r"(?:doi:\s?)?10\.[0-9]{4,9}/[^\s<>\"\ufffc]+", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:arxiv|isbn|issn|orcid|pmid|pmcid|sha256|sha1|md5|rfc|urn|cve):?[ ]?[\w:./-]*[0-9][\w:./-]*",
    re.IGNORECASE,
)
_PHONES = (
    re.compile(r"\+[1-9][0-9]{0,2}(?:[ \u00a0.-]?\(?[0-9]{2,4}\)?){2,5}(?![\w-])"),
    re.compile(r"(?:\([0-9]{3}\)[ ]?|[0-9]{3}-)[0-9]{3}-[0-9]{4}(?![\w-])"),
)
_VERSION = re.compile(
    r"[vV]\.?[0-9]+(?:\.[0-9]+)*(?:[-+.]?(?:rc|alpha|beta|dev|post|a|b)\.?[0-9]*)?(?![\w-])"
)
_DOTTED = re.compile(r"[0-9]+(?:\.[0-9]+){2,}(?:[-+.]?(?:rc|alpha|beta|dev|post|a|b)\.?[0-9]*)?(?![\w-])")
_SERIAL = re.compile(r"[0-9]+(?:[-‐‑][0-9]+){2,}[-‐‑]?[Xx]?(?!\w)")
_DECADE = re.compile(r"[12][0-9]{3}s(?!\w)")
_VERSION_BEFORE = re.compile(r"(?:version|release|ver\.|v\.)\s{1,2}$", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_AN = re.compile(rf"(?:half{GAP})?an?{GAP}(?:thousand|million|billion|trillion)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s{1,3}$", re.IGNORECASE)
_TRAILING = ".,;:!?)]}'\"”’»*"


def find(text: str, lang: str = "en") -> list[Token]:
    """Return every numeral of running text, in order, each as long as it goes.

    Words in letters only are numerals where they count something; a name or an address is one token, and digits
    are never taken out of it.

    Examples
    --------
    >>> [(token.text, token.kind) for token in find("COVID-19 cost $2.5 billion in 2024, 30–40% more; see v1.2.")]
    [('COVID-19', 'name'), ('$2.5 billion', 'number'), ('2024', 'year'), ('30–40%', 'range'), ('v1.2', 'version')]
    """
    return list(_Finder(text, lang).tokens())


class _Finder:
    def __init__(self, text: str, lang: str) -> None:
        self.text = text
        places = dict.fromkeys((locale(lang), ENGLISH))
        self.readers = [Reader(text, words(lang), place) for place in places]

    def tokens(self) -> Iterator[Token]:
        at = 0
        for chunk in _CHUNK.finditer(self.text):
            if chunk.end() <= at or not _promising(chunk[0]):
                continue
            at = max(at, chunk.start())
            while at < chunk.end():
                start = _START.search(self.text, at, chunk.end())
                if not start:
                    break
                at = start.start()
                token = self._token(at)
                if token is None:
                    at = self._past(at)
                    continue
                if any(letter.isnumeric() for letter in token.text) or token.kind == "word":
                    yield token
                at = token.end

    def _past(self, at: int) -> int:
        run = _WORD.match(self.text, at)
        return run.end() if run else at + 1

    def _made(self, start: int, end: int, kind: str) -> Token:
        return Token(start, end, self.text[start:end], kind)

    def _token(self, at: int) -> Token | None:
        structural = self._structural(at)
        if structural:
            return structural
        text = self.text
        numeric = _numeric(text[at])
        if text[at].isalpha() and not numeric:
            return self._lettered(at)
        number = self._number(at)
        if number:
            return number
        if not (numeric or text[at] == "_" or text[at].isalnum()):
            return None
        return self._unread(at)

    def _structural(self, at: int) -> Token | None:
        """Return an address, an identifier, a date, a phone number or a version that starts here."""
        text = self.text
        for pattern, kind in ((_URL, "url"), (_MAIL, "url"), (_DOI, "doi"), (_LABELLED, "code")):
            found = pattern.match(text, at)
            if found:
                return self._made(at, at + len(_trimmed(found[0])), kind)
        for pattern in _DATES:
            found = pattern.match(text, at)
            if found:
                return self._made(at, found.end(), "date")
        for pattern in _PHONES:
            found = pattern.match(text, at)
            if found and sum(letter.isdigit() for letter in found[0]) >= 9:
                return self._made(at, found.end(), "phone")
        for pattern, kind in ((_VERSION, "version"), (_SERIAL, "code"), (_DECADE, "year")):
            found = pattern.match(text, at)
            if found:
                return self._made(at, found.end(), kind)
        found = _DOTTED.match(text, at)
        if found and not any(reader.digits.fullmatch(found[0]) for reader in self.readers):
            return self._made(at, found.end(), "version")
        return None

    def _lettered(self, at: int) -> Token | None:
        """Return a number in words, or a name with digits in it, that starts here."""
        text = self.text
        before = _BEFORE_NUMBER.match(text, at)
        if before:
            return self._number(before.end())
        run = _HYPHENATED.match(text, at)
        if run is None:
            return None
        numeric = any(letter.isnumeric() for letter in run[0])
        first = _WORD.match(text, at)
        assert first is not None
        if first[0].lower().removesuffix("fold") in WORD_STARTS | {"one"} or _AN.match(text, at):
            number = self._number(at)
            if number:
                return number
        money = self.readers[0].known.sign.match(text, at)
        if money and numeric:
            number = self._number(at)
            if number:
                return number
        if numeric:
            return self._name(at, run.end())
        return None

    def _name(self, at: int, end: int) -> Token:
        text = self.text
        # A name ends where a word in letters follows a stop or a slash: "GPT-4.They", "CO2/energy".
        while end > at and text[end - 1] == "+" and not text[end - 2 : end - 1].isalnum():
            end -= 1
        return self._made(at, end, "name")

    def _number(self, at: int) -> Token | None:
        """Return the longest number that starts here and ends where a number can."""
        best: Shown | None = None
        from_before = bool(_FROM.search(self.text[max(0, at - 8) : at]))
        for reader in self.readers:
            for shown in reader.forms(at):
                if (best is None or shown.end > best.end) and self._ends_well(shown, from_before):
                    best = shown
            if best:
                break
        if best is None:
            return None
        token = self._made(at, best.end, best.kind)
        if best.kind in ("number", "year") and _PLAIN.fullmatch(token.text):
            if _VERSION_BEFORE.search(self.text[max(0, at - 10) : at]):
                return self._made(at, best.end, "version")
        if best.kind == "word" and not self._counts(best, token.text):
            return None
        if best.kind == "number" and any(figure.style in ("words", "part") for figure in best.figures):
            token = self._made(at, best.end, "word")
        if best.is_range and not any(letter.isnumeric() for letter in token.text):
            token = self._made(at, best.end, "word")
        return token

    def _counts(self, shown: Shown, text: str) -> bool:
        """Whether a number word counts something: *one* does before a unit only."""
        figure = shown.figures[0]
        if figure.style == "part" and shown.unit is None and figure.scale == 1:
            return False
        return text.lower() != "one"

    def _ends_well(self, shown: Shown, from_before: bool) -> bool:
        text, end = self.text, shown.end
        after, next_one = text[end : end + 1], text[end + 1 : end + 2]
        if after and (after.isalnum() or after == "_") and not _east(after) and not _east(text[end - 1]):
            return False
        if after in ".,:/’'-‐‑–−" and after and next_one.isnumeric() and not _east(next_one):
            return False
        if after in "-‐‑/" and after and next_one.isalpha() and next_one.isupper():
            return False
        if shown.is_range and self._is_change(shown, from_before):
            return False
        return shown.kind != "ordinal" or shown.figures[0].style == "ordinal"

    def _is_change(self, shown: Shown, from_before: bool) -> bool:
        """Whether two numbers with *to* between them are two of their own: *from 10 to 20*, *2024 to 2030*."""
        between = self.text[shown.figures[0].end : shown.figures[1].start]
        return bool(re.search(r"\bto\b", between)) and (from_before or shown.kind == "year")

    def _unread(self, at: int) -> Token | None:
        """Return digits that are no number as one token: code where letters stand in it, else a number to tie."""
        run = _RUN.match(self.text, at)
        if run is None:
            end = at + 1
            return self._made(at, end, "number") if _numeric(self.text[at]) else None
        if not any(letter.isnumeric() for letter in run[0]):
            return None
        word = _WORD.match(self.text, at)
        assert word is not None
        compound = re.compile(rf"([0-9]+(?:[.,][0-9]+)*)[-‐‑/]{_LETTER}").match(self.text, at)
        if compound and not any(letter.isnumeric() for letter in run[0][len(compound[1]) :]):
            lower = run[0][len(compound[1]) + 1 :]
            if lower == lower.lower():
                return self._made(at, at + len(compound[1]), "number")
        lettered = re.search(_LETTER, run[0])
        return self._made(at, run.end(), "code" if lettered else "number")


def _numeric(character: str) -> bool:
    return character.isnumeric() and not _east(character)


def _east(character: str) -> bool:
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uac00" <= character <= "\ud7af"
        or "\uf900" <= character <= "\ufaff"
    )


def _promising(chunk: str) -> bool:
    """Whether a piece of text between spaces can hold a numeral: it has one, or starts with a number word."""
    if chunk.isalpha() or (chunk.isascii() and not any(map(str.isdigit, chunk))):
        first = re.split(r"\W", chunk.lstrip("([{\"'“‘«*_"), maxsplit=1)[0].lower()
        return first.removesuffix("fold") in WORD_STARTS or first in ("one", "a", "an", "half")
    return True


def _trimmed(text: str) -> str:
    while text and text[-1] in _TRAILING:
        if text[-1] == ")" and text.count("(") >= text.count(")"):
            break
        text = text[:-1]
    return text


__all__ = ["TIME", "Token", "find"]
