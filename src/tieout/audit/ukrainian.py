"""Reads formulas printed in Ukrainian: numbers, units and words as the reader of arithmetic has them.

Nothing here is shared with what prints them: nouns are known by their stems, in whatever case they stand.
"""

from __future__ import annotations

import re

from tieout.machine.patterns import lazily

_NOUNS = {
    r"ос(?:об|іб)\w*": "person", r"пристр\w+": "device", r"лікар(?:н\w*|ень)": "hospital",
    r"лікар\w*": "doctor", r"спеціальн\w+": "specialty", r"консультац\w+": "consultation",
    r"випад\w+": "case", r"сценарі\w+": "use case", r"хвороб\w*": "condition", r"систем\w*": "system",
    r"продукт\w*": "product", r"рентгенолог\w*": "radiologist", r"зверне\w+": "visit",
    r"пацієнт\w*": "patient", r"р[іо]к\w*": "year", r"(?:день|дн\w+)": "day", r"годин\w*": "hour",
    r"хвилин\w*": "minute", r"секунд\w*": "second",
}  # fmt: skip
_WORDS = {
    r"нижній край": "lower end of", r"верхній край": "upper end of", r"середина": "middle of",
    r"середнє з": "mean of", r"найменше з": "smallest of", r"найбільше з": "largest of",
    r"щонайменше": "at least", r"щонайбільше": "at most", r"інших:": "others:", r"до": "to", r"на": "per",
    r"в\. п\.": "percentage points", r"тис\.": "thousand", r"млн": "million", r"млрд": "billion",
    r"трлн": "trillion", r"мс": "ms", r"с": "s", r"хв": "min", r"год": "h", r"мм": "mm", r"см": "cm",
    r"км": "km", r"м²": "m²", r"м": "m", r"мг": "mg", r"кг": "kg", r"г": "g", r"мл": "mL", r"л": "L",
}  # fmt: skip
_KNOWN = {**_WORDS, **_NOUNS}
_WORD = lazily("|".join(rf"(?P<w{at}>(?<!\w){word}(?!\w))" for at, word in enumerate(_KNOWN)))
_MEANT = [*_KNOWN.values()]
_SPACES = re.compile("[\u00a0\u202f]")


def as_english(text: str) -> str:
    """Return a Ukrainian formula with English numbers and words.

    Examples
    --------
    >>> as_english("1,5 лікаря на 10\u00a0000 осіб × 1,4\u00a0млрд осіб = 210\u00a0000 лікарів")
    '1.5 doctor per 10,000 person × 1.4 billion person = 210,000 doctor'
    >>> as_english("нижній край (від 30\u00a0% до 40\u00a0%) = 30\u00a0%")
    'lower end of (30% to 40%) = 30%'
    """
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    text = re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))", ",", text)
    text = re.sub(r"(?<!\w)від ", "", _SPACES.sub(" ", text)).replace(" %", "%")
    return _WORD.sub(lambda found: _MEANT[int(str(found.lastgroup)[1:])], text)
