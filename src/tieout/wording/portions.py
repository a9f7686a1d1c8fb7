"""Portions in words beside their percentage: *more than half (37%)*, *a majority, 41%, chose Dole*.

Only a portion is weighed that stands right before a percentage in brackets or between commas, with nothing
but what it is of between them; what is about or almost so much may be some points away.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numbers import PERCENT, PURE
from tieout.numerals import Context, is_denied
from tieout.wording.meant import own_words, tokens

_FRACTIONS = {
    "half": (1, 2), "a third": (1, 3), "one third": (1, 3), "two thirds": (2, 3), "a quarter": (1, 4),
    "one quarter": (1, 4), "three quarters": (3, 4), "a fifth": (1, 5), "one fifth": (1, 5),
    "two fifths": (2, 5), "three fifths": (3, 5), "four fifths": (4, 5),
}  # fmt: skip
_HEDGES = {
    "slightly over": "just", "just over": "just", "slightly more than": "just", "a little over": "just",
    "a little more than": "just", "just under": "almost", "slightly under": "almost",
    "slightly less than": "almost", "slightly fewer than": "almost", "a little under": "almost",
    "a little less than": "almost", "close to": "about", "almost": "almost", "nearly": "almost",
    "about": "about", "around": "about", "roughly": "about", "approximately": "about", "some": "about",
    "well over": "over", "far more than": "over", "much more than": "over", "more than": "over",
    "over": "over", "at least": "over", "well under": "under", "far fewer than": "under",
    "far less than": "under", "less than": "under", "fewer than": "under", "under": "under", "below": "under",
    "at most": "under", "up to": "under",
}  # fmt: skip
# How far below and above the portion what is said of it may be.
_ROOM: dict[str, tuple[str, str]] = {
    "": ("0.06", "0.06"), "about": ("0.08", "0.08"), "almost": ("0.1", "0.002"), "just": ("0.002", "0.1"),
    "over": ("0.002", "1"), "under": ("1", "0.002"),
}  # fmt: skip
_NOUN = r"(?!(?:was|were|had|have|has|is|are|did|do|does|who|that|which|and|or|but|not)\b|\w+ed\b)[\w’-]+"
_OF = (
    rf"(?: of (?:the |all |these |those |our |his |her |its |their |my )?(?:{_NOUN} ){{0,2}}{_NOUN}"
    rf"(?: (?:in|with|from|at|on|without) (?:{_NOUN} ){{0,2}}{_NOUN})?)?"
)
# *Fewer than half of women are satisfied (*
_BEING = r"(?: (?:is|are|was|were) (?!not\b)[\w’-]+)?"
_OPENED = r"(?: \(|, )$"
_PORTION = lazily(
    rf"(?:\b(?P<hedge>{'|'.join(sorted(_HEDGES, key=len, reverse=True))}) )?"
    rf"(?<![\w-])(?P<portion>{'|'.join(word.replace(' ', '[ -]') for word in _FRACTIONS)})"
    rf"(?P<what>{_OF}){_BEING}{_OPENED}",
    re.IGNORECASE,
)
_IN = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
# *Almost one in three patients came back (*
_ONE_IN = lazily(
    rf"(?:\b(?P<hedge>{'|'.join(sorted(_HEDGES, key=len, reverse=True))}) )?"
    rf"\bone in (?P<many>{'|'.join(_IN)})"
    r"(?: (?!(?:than|and|or|but|not)\b)[\w’-]+){0,6}(?: \(|, )$",
    re.IGNORECASE,
)
_MANY = lazily(
    rf"(?:^|[,;:] |\b(?:and|but) )(?:(?P<most>most)(?: {_NOUN}|{_OF})|(?:only |just )?(?:the|an?) (?:\w+ )?"
    rf"(?:(?P<majority>majority)|(?P<minority>minority)){_OF}){_OPENED}",
    re.IGNORECASE,
)
_ALMOST = lazily(
    rf"(?:^|[,;:] |\b(?:and|but) )(?:(?P<all>(?:almost|nearly|virtually) (?:all|every(?:one|body)?))"
    rf"|(?P<none>hardly (?:any|anyone|anybody)|almost (?:none|no one|nobody)|very few))(?: {_NOUN}|{_OF})?"
    rf"{_OPENED}",
    re.IGNORECASE,
)
_EXPLAINED = lazily(
    r"\b(?:explain|account|captur)\w*(?: for)? (?:(?P<most>(?:most|the bulk|the majority) of)"
    r"|(?P<little>(?:very )?little of|hardly any of|almost none of|a small part of)) (?:the |this )?(?:\w+ )?"
    r"(?:variance|variation|variability)\b[^.;\d]*$",
    re.IGNORECASE,
)
_OF_THEM = lazily(
    r"\b(?:the|an?) (?:(?:small|large|clear|slim|narrow|vast|tiny|big|great) )?"
    r"(?:(?P<majority>majority)|(?P<minority>minority)) of (?:about |only |just |some |nearly |almost )?$",
    re.IGNORECASE,
)
# *Women are in the majority, at 36%*.
_IN_THE = lazily(
    r"\b(?:is|are|was|were|being|remain(?:s|ed)?) in (?:the|a) (?:(?:small|large|clear|slim) )?"
    r"(?:(?P<majority>majority)|(?P<minority>minority)),? (?:at|with) (?:about |only |just |some |nearly )?$",
    re.IGNORECASE,
)
_R2 = lazily(r"\br[ -]?2\b|R²|\br[ -]?squared?\b|\bexplained\b", re.IGNORECASE)
_AGAINST = lazily(
    r"\b(?:no|not|nor|other|another|first|second|last|next|top|bottom|upper|lower)\b[\w ]{0,8}$", re.I
)
# *A third of the rate of COPD (22.7%)*: of a rate, which stands in the brackets.
_OF_NUMBER = lazily(
    r"(?<![\w-])(?:half|thirds?|quarters?|fifths?) (?:of )?(?:the |that |those |its |their )+"
    r"(?:[a-z]+ )?(?:rates?|shares?|proportions?|percentages?|figures?|levels?|risks?|values?|gaps?)\b",
    re.IGNORECASE,
)
_CLOSED = lazily(r"\s?(?:%|per cent|percent)?\s?[,;)]")
_STEM = 5  # letters that two forms of a word share
_HALF = Decimal("0.5")
_MOST = Decimal("0.7")  # what almost all are, at the least
_SMALL = Decimal("0.7")  # of less than a half words are meant more narrowly


def misportioned(entry: Entry, shown: str, context: Context) -> str:
    """Return in words why a portion is not that of the percentage beside it; empty where it may be.

    Examples
    --------
    >>> from tieout.wording.portions import _wrong
    >>> _wrong("More than half of them (", Decimal("0.37")), _wrong("Almost half of them (", Decimal("0.47"))
    ('“more than half” is said of it', '')
    """
    quantity, after = entry.quantity, context.clause[1]
    if quantity is None or quantity.is_range or quantity.unit not in (PURE, PERCENT):
        return ""
    before = own_words(context)
    share = abs(quantity.value) / (100 if quantity.unit == PERCENT else 1)
    if (said := _EXPLAINED.search(before)) and _R2.search(f"{entry.label} {before} {shown}"):
        is_wrong = share < _HALF if said["most"] else share > _HALF
        return f"“{said['most'] or said['little']}” is said of it" if is_wrong else ""
    if said := _OF_THEM.search(before):  # *a majority of 12%*
        is_wrong = share < _HALF if said["majority"] else share > _HALF
        return f"“{said[0].strip().lower()}” is said of it" if is_wrong else ""
    if (said := _IN_THE.search(before)) and re.match(r"%?\s*(?:[.,;)]|$)", after) and not is_denied(context):
        is_wrong = share < _HALF if said["majority"] else share > _HALF
        return f"“in the {(said['majority'] or said['minority']).lower()}” is said of it" if is_wrong else ""
    if "%" not in shown + after[:2] and "per" not in shown + after[:5]:
        return ""
    if (
        (said := _ALMOST.search(before))
        and _CLOSED.match(after)
        and not _AGAINST.search(before[: said.start()])
    ):
        is_wrong = share < _MOST if said["all"] else share > 1 - _MOST
        return f"“{(said['all'] or said['none']).lower()}” is said of it" if is_wrong else ""
    if not _CLOSED.match(after) or is_denied(Context(before)):
        return ""
    return _wrong(before, share)


def miscounted(entry: Entry, whole: Entry, before: str) -> str:
    """Return in words why a portion is not that of a count in brackets: *more than two thirds (70 of 102)*.

    Parameters
    ----------
    whole
        What the count is said to be of.
    before
        The words before it.
    """
    one, all_ = entry.quantity, whole.quantity
    if one is None or all_ is None or {one.unit, all_.unit} != {PURE} or not before.endswith("("):
        return ""
    if one.is_range or all_.is_range or not 0 < one.value <= all_.value or is_denied(Context(before)):
        return ""
    return _wrong(before, one.value / all_.value)


def misparted(before: str, share: Decimal, whole: str) -> str:
    """Return in words why a portion is not that of a count, *a third of stays, 53*; empty where it may be.

    Parameters
    ----------
    share
        What part of the whole it counts.
    whole
        What the whole is called; the portion is of nothing else.
    """
    found = _PORTION.search(before)
    said = tokens(found["what"]) if found else ()
    called = {word[:_STEM] for word in tokens(whole)}
    if found is None or is_denied(Context(before)):
        return ""
    if not called & {word[:_STEM] for word in said} if said else found.start():
        return ""  # of the rest, or of what was named before
    return _wrong(before, share)


def _wrong(before: str, value: Decimal) -> str:
    found = _PORTION.search(before) or _ONE_IN.search(before)
    if found and _OF_NUMBER.search(before[found.start() :]):
        return ""
    if found and not _AGAINST.search(before[: found.start()]):
        many = found.groupdict().get("many")
        portion = f"one in {many}" if many else re.sub(r"[ -]", " ", found["portion"].lower())
        above, below = (1, _IN[many.lower()]) if many else _FRACTIONS[portion]
        hedge = (found["hedge"] or "").lower()
        true = Decimal(above) / below
        narrow = _SMALL if true < _HALF else 1
        low, high = (Decimal(room) * narrow for room in _ROOM[_HEDGES.get(hedge, "")])
        return "" if true - low <= value <= true + high else f"“{f'{hedge} {portion}'.strip()}” is said of it"
    most = _MANY.search(before)
    if most is None:
        return ""
    said = most["most"] or most["majority"] or most["minority"]
    off = value - _HALF if most["minority"] else _HALF - value
    return f"“{said.lower()}” is said of it" if off > Decimal("0.005") else ""
