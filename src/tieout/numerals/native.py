"""Numbers that a text in another language has as English, and Python, write them: *0.5 %* for *0,5 %*."""

from __future__ import annotations

import re

from tieout.numerals import cldr
from tieout.numerals.finding import find
from tieout.numerals.reading import parse

_POINT = "."
_DECIMAL = re.compile(r"(?<![\w.,])(\d+)\.(\d+)(?![\w.,]*\d)")
_GROUP = 3


def native(text: str, lang: str) -> str:
    """Return a text with its decimal points as the language has them.

    Only what is certainly a number is written anew: one with a unit or a scale, or one that is all of the
    text. A version or the number of a section stays, and so does a text in a language unknown to CLDR.

    Examples
    --------
    >>> native("Поширеність 0.5 %, розділ 3.1", "uk"), native("1.234", "de"), native("0.5 %", "en")
    ('Поширеність 0,5 %, розділ 3.1', '1.234', '0.5 %')
    """
    own = cldr.places(lang)
    if _POINT not in text or not own or any(place.decimal == _POINT for place in own):
        return text
    grouped = any(_POINT in place.groups for place in own)

    def written(found: re.Match[str]) -> str:
        if grouped and len(found[2]) == _GROUP:
            return found[0]
        return f"{found[1]}{own[0].decimal}{found[2]}"

    whole = text.strip()
    pieces, end = [], 0
    for token in find(text, lang):
        shown = parse(token.text, lang) if token.kind in ("number", "range") else None
        scaled = shown is not None and any(figure.scale != 1 for figure in shown.figures)
        if shown and (shown.unit or scaled or token.text == whole):
            pieces += [text[end : token.start], _DECIMAL.sub(written, token.text)]
            end = token.end
    return "".join([*pieces, text[end:]])
