"""What words around a number make of it: the middle of all, an end of a scale, what a model gives or fits."""

from __future__ import annotations

import re

from tieout.numerals.calendar import MONTH
from tieout.prose import Untied
from tieout.suggest.clauses import around
from tieout.suggest.evidence import Evidence

_HALF = re.compile(
    r"\bhalf (?:of |the |them\b)[^.;,]*\b(?:within|in|under|below|up to|(?:less|fewer|no more) than|at most)"
    r"\s+(?:about\s+|only\s+|just\s+)?$",
    re.IGNORECASE,
)
_LOW, _HIGH = r"(?:0|1|−?[1-5])", r"(?:[3-9]|1[01]|100)"
_FROM = re.compile(
    r"\b(?:from|between|of|scale|\()\s?$|\b(?:rat(?:ed?|ings?)|scor(?:ed?|es?)|scale)\b[^.;]*\s$",
    re.IGNORECASE,
)
_TO_HIGH = re.compile(rf"(?:\s(?:to|and)\s|\s?[–-]\s?){_HIGH}(?![\w%,.]*\d|\s?%)")
_FROM_LOW = re.compile(rf"(?<![\w.,−-])(?P<low>{_LOW})(?:\s(?:to|and)\s|\s?[–-]\s?)$")
_RATED = re.compile(
    r"\b(?:rat(?:ed?|ing|ings)|scor(?:ed?|es?|ing)|scales?|grad(?:ed?|es?)|marks?|stars?|points?|Likert)\b",
    re.IGNORECASE,
)
_RANGED = re.compile(
    r"\b(?:rang\w+|var(?:y|ied|ies)|spread|span\w*|r[io]se\w*|f[ae]ll\w*|gr[eo]w\w*|went|dropp?\w*|chang\w*"
    r"|(?:in|de)creas\w*|differ\w*|means?|medians?|averag\w*|shares?)\b[^.;]*$",
    re.IGNORECASE,
)
_BEGINS, _TO = re.compile(r"\b[Ff]rom\s$"), re.compile(r"(?:\s[^.;:,()\d\n]{1,40})?\sto\s")
_MODEL = re.compile(
    r"\b(?:in|from|by) (?:a|an|the|this|our) (?:[\w-]+ ){0,4}(?:model|regression)\b|\b(?:regression|model)\b"
    r"|\badjust(?:ed|ing) for\b|\bcontroll(?:ed|ing) for\b|\bholding\b|\bother things equal\b",
    re.IGNORECASE,
)
_RAW = re.compile(r"\.(?:mean|median|sum)\(|[\"'](?:mean|median)[\"']")
_FIT = re.compile(
    r"R²|\bR ?\^? ?2\b|R-?squared|varia|explain|\bfit(?:s|ted)?\b|account\w* for|determination|captur",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:[12]?[1-9]|[123]0|31)(?:st|nd|rd|th)?")
_MONTH, _MONTH_BEFORE = re.compile(rf"\s(?:of )?{MONTH}(?![\w-])"), re.compile(rf"(?<!\w){MONTH}\s$")
_ENDS = re.compile(r"\s*(?:[.,;:)]|$|and\b|to\b|was\b|with\b)")
_SQUARED = frozenset(("rsquared", "prsquared", "r2", "rsq", "squared"))


def is_other_end(markdown: str, number: Untied, other: Untied) -> bool:
    """Whether two numbers are the ends of a way: *from 28 to 23*, *from 19.2% before it to 9.3%*."""
    first, last = sorted((number, other), key=lambda each: each.start)
    before, between = markdown[: first.start], markdown[first.end : last.start]
    return bool(_BEGINS.search(before) and _TO.fullmatch(between))


def is_half_within(number: Untied) -> bool:
    """Whether a number is what half of all are below: *half of them were called within 25 minutes*."""
    return bool(_HALF.search(around(number)[0]))


def is_of_scale(number: Untied) -> bool:
    """Whether a number is an end of a scale on which something is rated: *a rating from 1 to 10*.

    *Mean ratings range from 1 to 10* tells what was found, and so does *rose from 1 to 10*.
    """
    before, after = around(number)
    text = " ".join(number.text.split())
    low = re.fullmatch(_LOW, text) and _FROM.search(before) and _TO_HIGH.match(after)
    high = (
        re.fullmatch(_HIGH, text)
        and (told := _FROM_LOW.search(before))
        and _FROM.search(before[: told.start()])
    )
    if not low and not high:
        return False
    return bool(_RATED.search(number.sentence)) and not _RANGED.search(before)


def is_day(number: Untied) -> bool:
    """Whether a number is the day of a month: *the 11 January*, *on January 11, a Monday*."""
    before, after = around(number)
    text = " ".join(number.text.split())
    return bool(
        _DAY.fullmatch(text)
        and (_MONTH.match(after) or (_MONTH_BEFORE.search(before) and _ENDS.match(after)))
    )


def is_raw_beside_model(number: Untied, found: Evidence) -> bool:
    """Whether a sentence tells what a model gives, and an output sets means or sums against each other."""
    return bool(_MODEL.search(number.sentence) and _RAW.search(found.expression))


def may_be_fit(number: Untied, words: frozenset[str]) -> bool:
    """Whether a number can be how well a model fits: only beside words for that, *25% of the variance*."""
    return words.isdisjoint(_SQUARED) or bool(_FIT.search(number.sentence))


def is_median(found: Evidence) -> bool:
    """Whether an output is what half of all are below."""
    return bool(found.words & {"median", "50%"})
