"""A number in words that the number in brackets behind it says once more: *three in five are ill (60.3%)*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tieout import numerals
from tieout.numbers import Quantity
from tieout.prose import Untied
from tieout.suggest.clauses import around
from tieout.suggest.proposal import NEEDED, Proposal
from tieout.suggest.suggestion import Suggestion

_OF_ANOTHER = re.compile(r"\b(?:than|as|between|against|versus|vs|compared|while|whereas|unlike)\b")


def told_again(number: Untied, others: Sequence[Suggestion], lang: str) -> Proposal | None:
    """Return what explains the number in brackets behind words for it: *three in five are ill (60.3%)*."""
    for each in others if not any(map(str.isdigit, number.text)) else ():
        if each.likely is None or each.number.sentence != number.sentence:
            continue
        if is_told_again(number, each.number.text, lang):
            support = NEEDED[1] if each.records else 0.0  # as sure as the number in brackets
            support = max(each.likely.support, support)
            return replace(each.likely, fits=True, holds=True, doubtful=False, support=support)
    return None


def is_told_again(number: Untied, other: str, lang: str) -> bool:
    """Whether a number in words says what another one says in brackets behind it."""
    text, (before, after) = " ".join(other.split()), around(number)
    shown = numerals.parse(text, lang)
    if shown is None or shown.is_range or not re.match(rf"[^.;()]{{0,60}}\({re.escape(text)}[),]", after):
        return False
    if _OF_ANOTHER.search(after.partition("(")[0]):
        return False
    value = Quantity.computed(shown.figures[0].number, shown.unit or "1")
    is_part = 0 < value.to("1").value < 1  # *twice as often (2.63)* is a ratio of it, and not it
    return is_part and numerals.says(number.text, value, lang, numerals.Context(before, after), bare=True)
