"""Whether an interval holds zero or one, against the interval beside it: *1.96 to 4.53 includes one*.

Only a part of a sentence is read that has one interval, of a tie, and says once that it holds the number or
not; where it is supposed, or said of several, nothing is said.
"""

from __future__ import annotations

import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context

_NUMBER = r"(?<![\d.,])[−–-]?\d+(?:\.\d+)?(?![\d,]*\d)"
_INTERVAL = lazily(rf"(?P<low>{_NUMBER})(?:%| [^\W\d]\w*)?(?: ?[–-] ?|,? to |, | and )(?P<high>{_NUMBER})")
_VALUE = (
    r"(?P<value>zero|one|0|1)(?= ?(?:$|[.,)—–(]|(?:and|but|so|which|at|as|while|though|with|throughout)\b))"
)
_HELD = lazily(
    r"(?:(?P<not>\b(?:does|do|did|could|can) not|n[’']t|\bwithout) (?:quite )?)?"
    r"(?:\b(?P<inside>includ|contain|cross|span|cover|straddl)|(?P<outside>\bexclud))(?:e[sd]?|s|ing)?"
    rf" (?:the (?:value|null|number)(?: of)? )?{_VALUE}",
    re.IGNORECASE,
)
_LIES = lazily(
    r"\b(?P<value>zero|one) (?:lies|lay|is|was|falls|fell) (?P<not>not )?(?:well |just )?"
    r"(?:(?P<inside>within|inside|in)|(?P<outside>outside))\b",
    re.IGNORECASE,
)
_INTERVALS = lazily(r"\b(?:intervals?|CIs?|limits)\b")
_UNSURE = lazily(
    r"\b(?:if|had|whether|would|could|should|might|may|unless|unlike|no|none|neither|nor|never|only|both|most"
    r"|many|all|each|every|almost|nearly|just|barely|hardly|narrowly|those|that of|others?|another|expect\w*"
    r"|not)\b|n[’']t\b",
    re.IGNORECASE,
)
_LOW = lazily(
    rf"\b(?:CIs?|intervals?|limits)[ :,=(]*(?:was |is |from |of |between |ranging from |runs from |\[)*"
    rf"(?P<low>{_NUMBER})(?: ?[–-] ?| to | and |, |; )$"
)
_LEVEL = lazily(
    r"\b(\d{2}(?:\.\d)?) ?% (?:CIs?|(?:confidence |credible |prediction )?(?:intervals?|limits))\b"
)
_VALUES = {"zero": 0.0, "0": 0.0, "one": 1.0, "1": 1.0}


def misset(entry: Entry, shown: str, context: Context) -> str:
    """Return in words why limits are set the wrong way, or of another level than their label's; empty if not.

    *95% CI 5.0 to 2.0*; *90% CI* of what is called an end of the 95% interval.
    """
    before = " ".join(context.clause[0].split()) + " " * context.clause[0][-1:].isspace()
    first, last = _LOW.search(before), re.fullmatch(_NUMBER, shown.strip())
    if first and last and "−" not in f"{first['low']}{shown}" and _float(first["low"]) > _float(shown):
        return f"stands as the upper limit, and the lower one is {first['low']}"
    own, said = (set(_LEVEL.findall(text)) for text in (entry.label, re.split("[;]", before)[-1]))
    if len(own) == 1 and len(said) == 1 and own != said:
        return f"is called “{entry.label}”, and its clause says {min(said)}%"
    return ""


def _float(text: str) -> float:
    return float(text.strip().replace("−", "-").replace("–", "-"))


def misspanned(shown: str, context: Context) -> str:
    """Return in words why an interval holds a number that a sentence says it does not, or the other way.

    Examples
    --------
    >>> misspanned("1.96–4.53", Context("The interval (", ") includes one."))
    '“includes one” is said of it, and 1.96–4.53 does not'
    >>> misspanned("4.53", Context("The interval runs from 1.96 to ", " and excludes one."))
    ''
    """
    before, after = context.clause
    before, after = re.split("[;:]", before)[-1], re.split("[;:]", after)[0]
    text = f"{before}{shown}{after}"
    if not _INTERVALS.search(text):
        return ""
    said = [found for pattern in (_HELD, _LIES) for found in pattern.finditer(text)]
    spans = list(_INTERVAL.finditer(text))
    if len(said) != 1 or len(spans) != 1:
        return ""
    (told,), (span,) = said, spans
    start, end = len(before), len(before) + len(shown)
    if not (start <= span.start("high") < end) or _UNSURE.search(text[: told.start()] + text[told.end() :]):
        return ""
    low, high = (float(span[name].replace("−", "-").replace("–", "-")) for name in ("low", "high"))
    value = _VALUES[told["value"].lower()]
    if not low < high or value in (low, high):
        return ""
    is_inside = bool(told["inside"]) != bool(told["not"])
    if is_inside == (low < value < high):
        return ""
    phrase, own = (" ".join(found[0].split()) for found in (told, span))
    return f"“{phrase}” is said of it, and {own} does{' not' * is_inside}"
