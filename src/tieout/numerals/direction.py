"""Words that give a number a direction: *fell by*, *more than before*, *below the mean*.

What such words say is weighed only where they touch a tie; what cannot be read for certain is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tieout.machine.patterns import lazily
from tieout.numbers import PERCENT, POINT, Op, Quantity
from tieout.numerals.context import Context
from tieout.numerals.reading import readings
from tieout.numerals.turns import (
    APPOSED,
    ARTICLE,
    AWAY,
    BEHIND,
    BEHIND_DE,
    BEHIND_UK,
    BRACKET,
    BY,
    COMPARED_BY,
    DOWN,
    LED,
    NAMED,
    NOUN,
    NOUN_OF,
    OF_ODDS,
    SUPPOSED,
    THAN,
    TURNED,
    UP,
    VERBS,
    opposite,
)

_BESIDE = lazily(r" (?:the|its|their|average|normal|trend|target|last|plan|expect|forecast|budget|baseline)")
_EARLIER = lazily(r"\bthan\b.*\b(?:ago|last|before|earlier|previous|preceding)\b", re.DOTALL)
_REACH = 50
_NOT = lazily(
    r"\b(?:not?(?!-)|never|neither|nor|nothing|nobody|none|cannot|without|hardly|scarcely|instead|n't"
    r"|не|ні|ніколи|ніхто|жоден|жодн\w+|навряд|замість)\b|n['’]t\b",
    re.IGNORECASE,
)
_GROWTH = lazily(r"\b(?:growth|increase|rise|gain|grew|grown)\b", re.IGNORECASE)
_TIMED = lazily(r"(?:year )?[12]\d{3}(?:[- ]?q[1-4])?", re.IGNORECASE)  # no more than a time
_EXCESS = lazily(r"\b(?:above|excess|surplus|older|more than|higher than)\b", re.IGNORECASE)
_SHORTFALL = lazily(r"\b(?:below|shortfall|deficit|younger|less than|fewer than|lower than)\b", re.IGNORECASE)
_LOSS = lazily(r"\b(?:decline|decrease|reduction|drop|fall|loss|cut)\b", re.IGNORECASE)
_BEYOND_ONE = lazily(r"\b(?:(?P<up>above)|below) one\b", re.IGNORECASE)
_CHANGE = lazily(
    r"\s*(?:(?:mean|average|median|relative|annual|yearly|monthly|total|net|predicted|expected|percentage|percent)"
    r" )*changes?\b(?!.*(?:minus|before|[−–-] ))",
    re.IGNORECASE,
)
# With these, what is said may be of the other way round: *a year less lowers wages by 5%*.
_OTHER_WAY = lazily(
    r"\b(?:less|fewer|lower|lack\w*|absence|remov\w*|dropp\w*|quit\w*|stopp\w*|leav\w*|los\w+|minus|short\w*|younger"
    r"|small\w*|need(?:s|ed)?|requir(?:es|ed)|reduc\w*|cut\w*|earlier|avoid\w*|prevent\w*|fail\w*|than)\b",
    re.IGNORECASE,
)
_WITHOUT = lazily(
    r"\b(?:where|when|with|if|among those|for those|in those) (?:there (?:is|was|were) )?(?:no|not)\b"
    r"|\bwithout\b|\b(?:lacking|absence of)\b",
    re.IGNORECASE,
)
_EACH = lazily(r"\b(?:each|every)\b", re.IGNORECASE)
_LEAD = lazily(r"(?P<lead>(?:.*\b(?:by|of|um|von|на)|an?|the)\s+)(?P<core>.+)", re.DOTALL | re.IGNORECASE)
_PAIRED = lazily(r"[^.;,]{0,12}? and (?:by )?[−-]?\d")  # *costs fell, by 12% and 3%*
_SPACE = lazily(r"\s+")


@dataclass(frozen=True)
class Turn:
    """What the words at a number say.

    Parameters
    ----------
    way
        `UP` or `DOWN`.
    word
        The word that says so.
    place
        Where it stands: ``by`` before the number (*falls by*), ``compared by`` where the word compares
        (*lower by*), ``than`` behind it with what it is set against, ``behind`` without that.
    lead
        What of the sentence stands before a word of ``by``.
    led
        The word that leads from there to the number: *by*, *of*, *um*.
    """

    way: int
    word: str
    place: str
    lead: str = ""
    led: str = ""


def turn(context: Context) -> Turn | None:
    """Return what the words at a number say about its direction; None where they say nothing for certain."""
    before = " ".join(context.clause[0].split())
    before += " " * context.before[-1:].isspace()
    leading = LED.search(before)
    led = leading["word"].lower() if leading else ""
    if led and (found := COMPARED_BY.search(before)):
        return replace(_turn(found, "compared by"), led=led)
    for pattern in BY[led] if led else ():
        if found := pattern.search(before):
            said = replace(_turn(found, "by"), lead=before[: found.start()], led=led)
            return None if NOUN.fullmatch(said.word) and TURNED.search(said.lead) else said
    after = " " + " ".join(context.clause[1].split())
    for pattern in AWAY if led in ("by", "of") else ():
        if (found := pattern.search(before)) and not (SUPPOSED.search(before) or _PAIRED.match(after)):
            return replace(_turn(found, "by"), lead=before[: found.start()], led=led)
    if found := APPOSED.search(before):
        return replace(_turn(found, "by"), lead=before[: found.start()], led="of")
    found = _against(after)
    if found:
        return _turn(found, "than")
    behind = {"um": BEHIND_DE, "на": BEHIND_UK}.get(led)
    found = (behind.match(after) if behind else None) or (
        BEHIND.match(after) if after[1:2].isalpha() else None
    )
    if found is None and ARTICLE.search(before):
        found = NAMED.match(context.clause[1])
    return _turn(found, "behind") if found else None


def _turn(found: re.Match[str], place: str) -> Turn:
    return Turn(UP if found["up"] else DOWN, found["up"] or found["down"], place)


def turned_before(text: str) -> Turn | None:
    """Return what the words say that a text begins with, right behind a number: * points higher than …*."""
    found = BEHIND.match(f" {text.lstrip()}")
    return _turn(found, "behind") if found else None


def direction(context: Context) -> int:
    """Return whether the words at a number say that something rose or fell by it: 1, −1, or 0 for neither.

    Examples
    --------
    >>> direction(Context("sales fell by ")), direction(Context("", " more than before"))
    (-1, 1)
    >>> direction(Context("It lowers the odds by ")), direction(Context("They were ", " younger."))
    (-1, -1)
    """
    found = turn(context)
    return found.way if found else 0


def before_brackets(context: Context) -> int:
    """Return the direction that a clause tells before brackets with nothing but a number in them; 0 for none.

    Examples
    --------
    >>> before_brackets(Context("Investment fell sharply (", ")"))
    -1
    """
    before, after = context.clause
    if not before.endswith("(") or not after.startswith(")") or is_denied(context):
        return 0
    found = [*VERBS.finditer(before)]
    if any(re.match(r" with\b", before[each.end() :]) for each in found):
        return 0  # *it fell with age (0.4)* is of a slope
    ways = {UP if each["up"] else DOWN for each in found}
    return ways.pop() if len(ways) == 1 else 0


def _against(after: str) -> re.Match[str] | None:
    """Return the words by which a number is set against something: *more than*, *below the mean*."""
    found = THAN.match(after) if after.strip() else None
    than = found is not None and " than" in (after[1:] + " ")[: found.end() + 5]
    alone = found is not None and (found["up"] or found["down"]).lower() in ("above", "below")
    return found if than or (alone and _BESIDE.match(after, found.end() if found else 0)) else None


def known_direction(quantity: Quantity) -> int:
    """Return whether an entry above zero says a rise or a fall, by its formula or its label."""
    formula, label = quantity.formula or quantity.lineage, quantity.label or ""
    if _TIMED.fullmatch(label) and ".growth." in f".{quantity.id}.":
        return UP  # *total.growth.year-1936*
    if isinstance(formula, Op) and formula.name == "growth_rate":
        return UP
    rise, fall = bool(_GROWTH.search(label)), bool(_LOSS.search(label))
    if rise == fall and (beyond := _BEYOND_ONE.search(label)):
        return UP if beyond["up"] else DOWN  # what a ratio is more or less than one
    if rise == fall:
        return UP if _CHANGE.match(label) and not rise else 0
    return UP if rise else DOWN


def misdirected(quantity: Quantity, context: Context, negative: bool, signed: bool = False) -> str:
    """Return in words why the direction said is not the entry's; empty where it is, or is not known.

    Parameters
    ----------
    negative
        Whether the number is shown below zero.
    signed
        Whether what the entry is says that above zero is a rise: a coefficient with its error and statistic.
    """
    said = turn(context)
    if said is None or is_denied(context) or quantity.is_range:
        return ""
    if said.place == "behind" and _OTHER_WAY.search(context.clause[0]):
        return ""  # *one pupil fewer goes with 1.1 points more*
    if quantity.value < 0:
        return told_wrong(said, DOWN) if said.way == UP and not (negative or is_better(said)) else ""
    if signed and said.place == "behind" and said.way == DOWN and _EACH.search(context.clause[0]):
        return told_wrong(said, UP)
    own = known_direction(quantity)
    if said.place == "by":
        changes = signed or bool(_CHANGE.match(quantity.label or ""))
        own = own or (UP if signed and quantity.value else 0)
        unsure = changes and _OTHER_WAY.search(said.lead)
        return told_wrong(said, own) if own and own != said.way and not unsure else ""
    earlier = _EARLIER.search(context.clause[1][:_REACH]) if said.place == "than" else None
    side = _side(quantity.label or "") or (own if earlier else 0)
    if side and side != said.way and said.place != "compared by":
        names = {UP: "more", DOWN: "less"}
        return f"is said as {names[said.way]}, and the entry is {names[side]}"
    return ""


def contrary(quantity: Quantity, context: Context, coefficient: bool) -> str:
    """Return in words why a verb before a coefficient in brackets is wrong: *raises them (b = −1)*.

    Parameters
    ----------
    coefficient
        Whether it is known to be one; else a name before it has to say so.
    """
    before = " ".join(context.clause[0].split()) + " " * context.before[-1:].isspace()
    if against := _contrary_ratio(before, quantity) or _contrary_noun(before, quantity):
        return "" if is_denied(context) else against
    found = BRACKET.search(before)
    if not found or is_denied(context) or not (coefficient or found["name"]) or not quantity.value:
        return ""
    said, own = _turn(found, "bracket"), UP if quantity.value > 0 else DOWN
    if own == said.way or quantity.is_range or _OTHER_WAY.search(before[: found.start()]):
        return ""
    return told_wrong(said, own)


def _contrary_ratio(before: str, quantity: Quantity) -> str:
    """Return in words why a verb before a ratio of odds is wrong: *the odds fell with income (OR 1.3*."""
    found = next((each for pattern in OF_ODDS if (each := pattern.search(before))), None)
    if (
        found is None
        or quantity.is_range
        or quantity.value in (0, 1)
        or _OTHER_WAY.search(before[: found.start()])
    ):
        return ""
    said, own = _turn(found, "bracket"), UP if quantity.value > 1 else DOWN
    return told_wrong(said, own) if own != said.way else ""


def _contrary_noun(before: str, quantity: Quantity) -> str:
    """Return in words why a noun before a change in brackets is wrong: *a slight rise (−0.8%*."""
    found = NOUN_OF.search(before)
    if not found or quantity.is_range or quantity.value >= 0 or quantity.unit not in (PERCENT, POINT):
        return ""
    said = _turn(found, "bracket")
    return told_wrong(said, DOWN) if said.way == UP else ""


def is_better(said: Turn) -> bool:
    """Whether what is said is a judgement, which what falls may deserve: *symptoms improved by*."""
    return said.word.lower().startswith("improv")


def told_wrong(said: Turn, own: int) -> str:
    """Return in words that a word says the other direction, and which one would be true."""
    way = {UP: "a rise", DOWN: "a fall"}
    other = opposite(said.word)
    is_led = said.led not in ("", said.word.lower()) and said.place.endswith("by")
    joint = f" {said.led}" if is_led else ""
    written = f": write “{other}{joint}” for “{said.word}{joint}”" if other else ""
    return f"is said as {way[said.way]}, and the entry is {way[own]}{written}"


def _side(label: str) -> int:
    """Return on which side of something its label says that a number lies; 0 for neither, or both."""
    more, less = bool(_EXCESS.search(label)), bool(_SHORTFALL.search(label))
    return 0 if more == less else UP if more else DOWN


def is_denied(context: Context) -> bool:
    """Whether a sentence denies what it says."""
    return bool(_NOT.search(" ".join(context.clause)))


def is_of_those_without(said: Turn, context: Context) -> bool:
    """Whether what is more is said of those that lack something: *30 g more where no clover was sown*."""
    return said.place in ("behind", "than") and _WITHOUT.search(context.clause[1]) is not None


def is_other_way(text: str) -> bool:
    """Whether a text may say of the other way round what follows it: *a year less lowers wages by* …"""
    return bool(_OTHER_WAY.search(text))


@dataclass(frozen=True)
class Within:
    """A number with the words of its direction, all in one tie: *falls by* 13 points, 2 years *younger*."""

    lead: str
    number: str
    tail: str

    def context(self, around: Context) -> Context:
        """Return what stands around the number alone."""
        shift = len(self.tail)
        near = tuple(
            replace(each, start=each.start + shift, end=each.end + shift) if each.side == "after" else each
            for each in around.near
        )
        return replace(around, before=around.before + self.lead, after=self.tail + around.after, near=near)


def within(text: str, lang: str = "en") -> Within | None:
    """Return the number of a text and the words of direction at it; None where it has none, or is one number.

    Examples
    --------
    >>> within("falls by 13 percentage points"), within("13 percentage points")
    (Within(lead='falls by ', number='13 percentage points', tail=''), None)
    """
    if not re.search(r"\s", text.strip()) or readings(text, lang):
        return None
    found = _LEAD.fullmatch(text)
    lead, core = (found["lead"], found["core"]) if found else ("", text)
    if found and readings(core, lang):
        return Within(lead, core, "") if direction(Context(lead)) else None
    for space in reversed([*_SPACE.finditer(core)]):
        number, tail = core[: space.start()], core[space.start() :]
        if readings(number, lang) and direction(Context(lead, tail)):
            return Within(lead, number, tail)
    return None
