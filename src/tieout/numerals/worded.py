"""Finds words that state a quantity as digits would: *doubled*, *two thirds*, *one in five*, *sixty percent*.

Idioms are none (*one of*, *on the one hand*, *second to none*), nor is a small count (*two reasons*): that is
how people speak.
"""

from __future__ import annotations

import re

from tieout.machine.patterns import lazily
from tieout.numerals.cldr import primary
from tieout.numerals.locales import GAP
from tieout.numerals.words import NUMBER_WORDS

_NUMBER = rf"(?:{NUMBER_WORDS}|[0-9]+)"
_PARTS = "half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
_TIMES = "doubl|tripl|trebl|quadrupl|quintupl"
_ENDS = r"(?=\s*(?:$|[.,;:!?)—–]|(?:of|as|to|more|less|fewer|larger|higher|lower|smaller|again)\b))"
_QUANTITY = lazily(
    rf"""(?<![\w-])(?:
        (?:(?:half{GAP})?a|{NUMBER_WORDS}){GAP}dozen\b
      | (?:(?:{_TIMES})(?:ed|ing)|halv(?:ed|ing))\b(?!{GAP}(?:over|back|up|down)\b)
      | {_NUMBER}{GAP}(?:out{GAP}of(?:{GAP}every)?|in(?:{GAP}every)?|of{GAP}every){GAP}
        (?!one\b){_NUMBER}(?![\w-])
      | (?!one\b|zero\b){NUMBER_WORDS}[ -](?:{_PARTS})\b
      | (?:an?|one){GAP}(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)\b{_ENDS}
      | (?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred|thousand)(?:[-\s])?fold\b
      | {NUMBER_WORDS}(?:{GAP}and{GAP}a{GAP}half)?{GAP}(?:percentage{GAP}points?|per{GAP}cent|percent)\b
      | (?:an?|{NUMBER_WORDS}(?:[\s-](?:and{GAP})?{NUMBER_WORDS})*){GAP}
        (?:hundred|thousand|million|billion|trillion)\b
      | twice{GAP}(?:as|the)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_IDIOMS = lazily(
    r"one in (?:a million|the same|itself)|a (?:thousand|million|hundred) (?:times|ways|thanks|to one)\b"
    r"|(?:one|two|three)[ -](?:quarters?|thirds?) (?:later|earlier|ago|year|century)"
    r"|half a dozen of (?:one|the other)",
    re.IGNORECASE,
)


def worded(text: str, lang: str = "en") -> tuple[tuple[int, int], ...]:
    """Return where words state a quantity in running text; English only.

    Examples
    --------
    >>> text = "Sales doubled, one in five left; one of them, on the one hand, is second to none."
    >>> [text[start:end] for start, end in worded(text)]
    ['doubled', 'one in five']
    """
    if primary(lang) != "en":
        return ()
    return tuple(found.span() for found in _QUANTITY.finditer(text) if not _IDIOMS.match(text, found.start()))
