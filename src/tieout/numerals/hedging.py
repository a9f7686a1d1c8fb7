"""Words by which readers see that a number is open: written where needed, and seen where they stand."""

from __future__ import annotations

import re

from tieout.numbers import Quantity
from tieout.numerals.cldr import primary
from tieout.numerals.context import Context
from tieout.numerals.locales import APPROX, LEAST, MOST, NEARLY, OVER, UNDER, words
from tieout.numerals.spread import bounded

# Of many words for it one in each language, which fits before digits of any case and number.
_ABOUT = {
    "en": "about", "de": "etwa", "fr": "environ", "uk": "близько", "ru": "около", "pl": "około",
    "it": "circa",
}  # fmt: skip
_BOUNDS = {
    LEAST: {"en": "at least", "de": "mindestens", "fr": "au moins", "it": "almeno"},
    MOST: {"en": "at most", "de": "höchstens", "fr": "au plus"},
}
_SIGN, _SIGNS = "≈", {LEAST: "≥", MOST: "≤"}
_ARTICLES = {"a": "roughly", "an": "approximately"}  # *a roughly 8-fold increase*, and not *a about*
_NUMBER = r"(?!(?:1[5-9]|2[01])\d\d\b)[−-]?[^\w\s]?\d[\d.,]*"  # and no year
_AFTER = re.compile(
    r"\s*(?:±|\+/-|\+/−)|\W*\b(?:or so|or thereabouts|give or take)\b"
    r"|[^.;]{0,60}?\b(?:(?:some|any)where|lies|lie|lying|ranges?|ranging)\b[^.;]{0,30}?\b(?:between|from)\b"
    rf"|[^.;]{{0,40}}?[(\[][^()\[\]]{{0,40}}?{_NUMBER}\W{{0,4}}?(?:–|-|−|\bto\b|,|;)\s*{_NUMBER}",
    re.IGNORECASE,
)
_FARTHEST = 40


def hedged(text: str, lang: str, before: str = "") -> str:
    """Return a number with a word before it that says it is no sharp one.

    Parameters
    ----------
    before
        What stands before it in the sentence: after an article another word has to be taken.

    Examples
    --------
    >>> hedged("8-fold", "en"), hedged("8-fold", "en", "an "), hedged("8", "fi")
    ('about 8-fold', 'approximately 8-fold', '≈ 8')
    """
    last = before.split()[-1:] if before[-1:].isspace() else []
    article = _ARTICLES.get(last[0].casefold()) if last and primary(lang) == "en" else None
    return f"{article or _ABOUT.get(primary(lang), _SIGN)} {text}"


def opened(text: str, quantity: Quantity, lang: str, before: str = "") -> str:
    """Return a number with the word that lets its readers see how open it is: a hedge, or its one bound."""
    bound = bounded(quantity)
    if not bound:
        return hedged(text, lang, before)
    hedge = words(lang).qualifier.match(text)
    bare = text[hedge.end() :].strip() if hedge else text
    return f"{_BOUNDS[bound].get(primary(lang), _SIGNS[bound])} {bare}"


def fitted(text: str, before: str, lang: str) -> str:
    """Return a number whose hedge, where it begins with one, fits the article that stands before it."""
    plain = hedged("", lang)
    return hedged(text.removeprefix(plain), lang, before) if text.startswith(plain) else text


def tells(context: Context, lang: str, quantity: Quantity | None = None) -> bool:
    """Whether the words around a number let its readers see how open it is.

    A hedge before it with no other number between (a bound, where the number has one end only), what it may
    be off by, a range in brackets or in words behind it, or a heading of its column that says so.

    Examples
    --------
    >>> tells(Context("It comes to about as many as "), "en"), tells(Context("", " (9 to 27)"), "en")
    (True, True)
    >>> tells(Context("Of about 20, "), "en"), tells(Context("", " and 27 others"), "en")
    (False, False)
    """
    before, after = context.clause
    known = words(lang)
    one_sided = quantity is not None and bool(bounded(quantity))
    wanted = (OVER, LEAST, UNDER, MOST) if one_sided else (APPROX, NEARLY)
    for text in (before[-_FARTHEST:], context.heading):
        for found in known.qualifier.finditer(text):
            whole = not re.search(r"\w$", text[: found.start()]) and not re.match(r"\w", text[found.end() :])
            open_ended = not re.search(r"\d", text[found.end() :])
            if whole and open_ended and known.meaning(found[0]) in wanted:
                return True
    return not one_sided and bool(_AFTER.match(after))
