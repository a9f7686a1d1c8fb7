"""What is left of a share: *one in five did not survive* of a share that survived, 0.82."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tieout import numerals
from tieout.numbers import PERCENT, Quantity
from tieout.numerals import Shown
from tieout.prose import Untied
from tieout.suggest import clauses
from tieout.suggest.combined import REST, Combination
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import NAMES_OF_STATISTICS
from tieout.suggest.rivals import is_percentage

LETTERS = 5  # that two forms of a word share: *survive*, *survived*
_NOT = re.compile(
    r"\b(?:not|never|no longer|without|failed to|remaining|remainder|rest|others?|cannot)\b|n['’]t\b",
    re.IGNORECASE,
)
_OPPOSED = {"surviv": "died|dead|dying|lost|perish", "pass": "fail", "won": "lost", "employ": "unemploy"}
_SHARES = frozenset(("share", "rate", "proportion", "fraction", "percent", "percentage", "pct"))
PLAIN = _SHARES | NAMES_OF_STATISTICS | frozenset(("that", "which", "who", "of", "all", "the", "in", "with"))


def remainders(
    number: Untied, shown: Shown, evidence: Sequence[Evidence], lang: str
) -> Iterator[Combination]:
    """Give the shares whose rest a number is, where its clause denies what they are shares of.

    Two that fit leave the choice to nobody: none is given.
    """
    figure = shown.figures[0]
    is_part = figure.style in ("among", "part") and figure.size == 1 and 0 < figure.number < 1
    if shown.is_range or not (shown.unit == PERCENT or (shown.unit is None and is_part)):
        return
    context = numerals.Context(*clauses.around(number))
    text = " ".join(clauses.clause_text(*clauses.around(number))).casefold()
    found: dict[Fraction, Combination] = {}
    for each in evidence:
        whole = 100 if is_percentage(each) and not each.is_share else 1
        value = Fraction(each.number)
        if each.part or each.turn or not 0 < value < whole or not _is_denied(each, text):
            continue
        if not (each.is_share or is_percentage(each) or each.words & _SHARES or _is_mean_of_truths(each)):
            continue
        left = Quantity.computed(whole - value, "1" if whole == 1 else PERCENT)
        if numerals.says(number.text, left, lang, context, bare=True):
            unit = "" if whole == 1 else PERCENT
            found.setdefault(value / whole, Combination(REST, each, each, unit, False))
    if len(found) == 1:
        yield from found.values()


def _is_mean_of_truths(found: Evidence) -> bool:
    """Whether a value is the mean of what is true or not: ``(df.state == "alive").mean()``."""
    return ".mean()" in found.expression and "==" in found.expression


def _is_denied(found: Evidence, text: str) -> bool:
    """Whether a clause denies what an output is called, or says the opposite."""
    own = [word for word in found.words - PLAIN if word.isalpha()]
    if any(re.search(rf"\b(?:{said})", text) for word, said in _OPPOSED.items() for each in own
           if each.startswith(word)):  # fmt: skip
        return True
    if not _NOT.search(text):
        return False
    said = re.findall(r"[^\W\d_]+", text)
    return any(
        each == word or (len(word) >= LETTERS and each[:LETTERS] == word[:LETTERS])
        for each in said
        for word in own
        if len(word) > 2
    )
