"""Says for an author whether a displayed number agrees with its entry, and what it should be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from tieout.machine.patterns import lazily
from tieout.numbers import Quantity
from tieout.numerals.bounding import denied, outside
from tieout.numerals.comparing import is_compared
from tieout.numerals.context import NOTHING, Context, name_before
from tieout.numerals.direction import (
    contrary,
    is_better,
    is_denied,
    is_of_those_without,
    is_other_way,
    misdirected,
    told_wrong,
    turn,
    within,
)
from tieout.numerals.explaining import expected, is_swapped, probable, reason, slip
from tieout.numerals.expressions import expression
from tieout.numerals.fitting import needs_unit
from tieout.numerals.hedging import tells
from tieout.numerals.locales import words
from tieout.numerals.matching import Mismatch, halfway, mismatch
from tieout.numerals.reading import readings
from tieout.numerals.seeing import Seen, seen
from tieout.numerals.shown import NOWHERE, Shown
from tieout.numerals.signs import is_fall
from tieout.numerals.spans import without_unit
from tieout.numerals.statement import BOUNDS
from tieout.numerals.statistics import Family, member
from tieout.numerals.told import ALONE, Told, fallen, impossible, is_shown, is_signed, opposite, told
from tieout.numerals.unitbeside import in_unit, is_bare, is_in_known_unit, unit_beside

# The kind of a disagreement, and what gives the reason; None for agreement.
Compared = tuple[str, Callable[[], str]] | None
# What a tie says is said of another entry than its own: no rewriting helps there.
MEMBER = "member"
_SLOPES = ("b", "B", "β", r"\beta")
_LIMITS = lazily(r"\s*[−-]?[\d.,]+\s?[;,]\s[−-]?[\d.,]+\s*")
# Of *some 35 exams* it may be just 35; and *up to 52 minutes* are 52.3.
_INCLUSIVE, _LEAST = ("up to", "at most", "some"), ("at least", "as many", "as much")
_TURNED = {"at-least": "at-most", "at-most": "at-least"}  # below zero the least is the most of a fall
_QUANTILE = lazily(r"quantile|percentile|quartile|decile|median", re.IGNORECASE)
_PART_OF = lazily(
    r"\b(?:half|third|quarter|fifth|tenth|in (?:three|four|five|ten|twenty)|per ?cent)\b|\d%", re.IGNORECASE
)
_OPEN_END = lazily(r"\b(?:the|an?|of)$", re.IGNORECASE)
_HALVED = lazily(r"halv(?:es?|ed|ing)", re.IGNORECASE)
_LED = lazily(r"\b(?:more than|less than|over|nearly|almost) $", re.IGNORECASE)


@dataclass(frozen=True)
class Disagreement:
    """What is wrong with a displayed number: of what kind, and why, in words."""

    kind: str
    why: str


def agrees(
    text: str, quantity: Quantity, lang: str = "en", context: Context = NOTHING, family: Family = ALONE
) -> str | None:
    """Return why a displayed number does not agree with a quantity; None where it does.

    Parameters
    ----------
    text
        What a reader sees: ``$2.5 billion``, ``over 162``, ``30–40%``.
    quantity
        What it is tied to.
    lang
        The language of the document.
    context
        What stands around it.
    family
        The members of the family that it belongs to, by the last part of their ids: an expression such as
        ``t(57) = 3.42, p < .001`` is compared with several of them.

    Examples
    --------
    >>> market = Quantity.stated("market", text="2.5", unit="billion USD")
    >>> agrees("$2.5B", market) is None, agrees("$3 billion", market) is None
    (True, True)
    >>> agrees("$2.6 billion", market)
    '`$2.6 billion` should be `$2.5 billion`'
    """
    found = judged(text, quantity, lang, context, family)
    return found.why if found else None


def says(
    text: str,
    quantity: Quantity,
    lang: str = "en",
    context: Context = NOTHING,
    family: Family = ALONE,
    *,
    bare: bool = False,
) -> bool:
    """Whether a displayed number agrees with a quantity: as `agrees`, and quicker, for it gives no reason.

    With ``bare`` it does so too where only the hedge is missing that an open quantity needs.

    Examples
    --------
    >>> market = Quantity.stated("market", text="2.5", unit="billion USD")
    >>> says("$2.5B", market), says("$3 billion", market), says("$2.6 billion", market)
    (True, True, False)
    """
    found = _told(text, quantity, lang, context, family)
    return found is None or (bare and found[0] == "bare")


def is_halfway(text: str, quantity: Quantity, lang: str = "en") -> bool:
    """Whether a value lies just between what a number shows and its neighbour, so that both are true of it.

    Examples
    --------
    >>> from decimal import Decimal
    >>> age = Quantity.computed(Decimal("6.85"), "year")
    >>> is_halfway("6.8 years", age), is_halfway("6.9 years", age), is_halfway("6.85 years", age)
    (True, True, False)
    """
    return any(
        mismatch(shown, quantity) is None and halfway(shown, quantity) for shown in readings(text, lang)
    )


def judged(
    text: str, quantity: Quantity, lang: str = "en", context: Context = NOTHING, family: Family = ALONE
) -> Disagreement | None:
    """Return what is wrong with a displayed number, and of which kind; None where it agrees, as `agrees`."""
    found = _told(text, quantity, lang, context, family)
    return Disagreement(found[0], found[1]()) if found else None


def _told(text: str, quantity: Quantity, lang: str, context: Context, family: Family) -> Compared:
    """Compare each number of an expression with the member of the family that it tells."""
    text = _plainly(text, quantity)
    if lead := _LED.search(context.before) if _HALVED.fullmatch(text.strip()) else None:
        text = f"{lead[0]}{text.strip()}"  # the words are read with it: *more than halved* leaves less
        context = replace(context, before=context.before[: lead.start()])
    found = parts(text, quantity, lang, context, family)
    if not found and (inner := within(text, lang)):
        return _compared(inner.number, quantity, lang, inner.context(context), is_signed(quantity, family))
    if not found:
        never = impossible(text, quantity, lang)
        if never:
            return MEMBER, lambda: f"`{text.strip()}` {never}; tie it to what it shows"
        signed = is_signed(quantity, family)
        named = any(each.name in _SLOPES for each in expression(text, lang))
        against = contrary(quantity, context, signed or named)
        return _compared(text, quantity, lang, context, signed) or (
            ("direction", lambda: f"`{text.strip()}` {against}") if against else None
        )
    for each in found:
        if each.quantity is None:
            kin = "its `.sd`, `.se` or `.ci`" if each.name == "±" else "it"
            what = (
                f"`{text.strip()}` gives its {each.name}, and {quantity.id} has no entry beside it for that"
            )
            return MEMBER, lambda said=what, kin=kin: f"{said}; record {kin}, or tie the numbers one by one"
        never = impossible(text, each.quantity, lang) if len(found) == 1 else ""
        if never:
            return MEMBER, lambda never=never: f"`{text.strip()}` {never}; tie it to what it shows"
        limits, level = member(family, (each.name,)), context.level if len(found) == 1 else None
        if limits is not None and limits.is_range and level is not None and limits.level not in (None, level):
            return "level", partial(_unleveled, text.strip(), level, limits)
        wrong = _compared(each.text, as_written(each, each.quantity, lang, context), lang, NOTHING)
        if wrong:
            kind, why = wrong
            if each.name in ("p", "P") and kind in ("bound", "value", "qualifier", "digits"):
                return kind, partial(_unlikely, text if len(found) == 1 else "", each, each.quantity, lang)
            return kind, lambda id=each.quantity.id, why=why: f"{id}: {why()}"
    if not is_shown(found, quantity, family):
        return MEMBER, lambda: f"`{text.strip()}` does not show {quantity.id}; tie it to what it shows"
    if found[0].quantity is not None and found[0].quantity.id == quantity.id:
        negative = any(each.negative for each in readings(found[0].text, lang))
        signed, named = is_signed(quantity, family), found[0].name in _SLOPES
        against = contrary(quantity, context, signed or named)
        if against:
            return "direction", lambda: f"`{text.strip()}` {against}"
        return _misdirected(found[0].text, quantity, context, negative, signed)
    return None


def as_written(each: Told, quantity: Quantity, lang: str, context: Context = NOTHING) -> Quantity:
    """Return what one number of an expression tells, without its unit where the text has none: *M = 47.0*."""
    wrong = _compared(each.text, quantity, lang, NOTHING)
    if not wrong:
        return quantity
    forms = readings(each.text, lang)
    bare = without_unit(quantity, forms, context.clause[0], words(lang))
    if wrong[0] == "unit" and each.name and is_bare(each.text, lang):
        return bare
    if bare.value != quantity.value and all(form.level is not None for form in forms):
        return bare
    return quantity


def _plainly(text: str, quantity: Quantity) -> str:
    """Return a number without the name of a statistic that is a currency's code too, *IRR 1.30*.

    The limits of an interval with a semicolon between them stand in brackets.
    """
    if quantity.is_range and _LIMITS.fullmatch(text):
        return f"[{text.strip()}]"
    return text.removeprefix(name_before(text, quantity))


def _unlikely(text: str, each: Told, p: Quantity, lang: str) -> str:
    """Return in words what to write for a p-value that is not true."""
    sign = "" if each.text[:1] in "<>=≤≥" else "= "
    shown = text.strip() or f"{each.name} {sign}{each.text}"
    return f"{p.id}: `{shown}` is not true of the entry; write `{each.name} {probable(each.text, p, lang)}`"


def _compared(text: str, quantity: Quantity, lang: str, context: Context, signed: bool = False) -> Compared:
    """Return the kind of a disagreement, and what gives the reason: it takes far longer than to compare."""
    around = seen(text, quantity, lang, context)
    if not around.forms:
        return "form", lambda: _formless(text.strip(), quantity, lang)
    if around.wrong:
        return "unit", lambda: f"`{around.text}` {around.wrong}; tie it to what the sentence says"
    level = context.level
    if level is not None and level != quantity.level:
        return "level", lambda: _unleveled(around.text, level, quantity)
    is_limit = _parts_people(quantity, context)
    own = quantity
    in_same_unit = level is not None or (
        needs_unit(quantity.unit) and is_in_known_unit(text, quantity, lang, context)
    )
    if in_same_unit and all(form.unit is None for form in around.forms):
        own = without_unit(quantity, around.forms, context.clause[0], words(lang))
    elif all(form.level is not None and form.unit is None for form in around.forms):
        scaled = without_unit(quantity, around.forms, context.clause[0], words(lang))
        own = scaled if scaled.value != quantity.value else quantity
    compared = is_compared(text, context, lang) or is_limit
    word = None if compared else outside(text, around.text, context, lang, quantity)
    falls = is_fall(quantity, context)
    if falls and own.is_range and not any(end < 0 for form in around.forms for end in form.ends):
        own, falls = mirrored(own), False
    differences: list[tuple[Shown, Mismatch]] = []
    for form in around.forms:
        if is_limit:
            form = replace(form, qualifiers=tuple(each for each in form.qualifiers if each[0] not in BOUNDS))
        shown = replace(form, qualifiers=((word[0], NOWHERE), *form.qualifiers)) if word else form
        against = own
        if falls and not shown.negative and shown.qualifiers:
            against = mirrored(own)  # *fell by more than 20%* is said of how far
        elif falls:
            shown = replace(shown, negative=True)
        difference = mismatch(shown, against, around.rated)
        if difference and word and _reaches(word[1], quantity):
            difference = mismatch(form, against, around.rated)
        elif difference and word and quantity.kind == "computed" and word[1].lower().startswith(_LEAST):
            exact = Quantity.computed(against.value, against.unit, exact=True)
            difference = mismatch(shown, exact, around.rated)
        if difference is None or (difference.kind == "bare" and tells(context, lang, quantity)):
            return _misdirected(around.text, quantity, context, form.negative, signed)
        if not compared and _is_denied(form, around, against, context, lang):
            return None
        differences.append((shown, difference))
    said = turn(context)
    lacking = said is not None and is_of_those_without(said, context)
    if said and said.way > 0 > quantity.value and (lacking or not is_denied(context)):
        signed_too = [replace(shown, negative=True) for shown, _ in differences if not shown.negative]
        if any(mismatch(shown, quantity, around.rated) is None for shown in signed_too):
            if said.place == "behind" and is_other_way(context.clause[0]):
                return None  # *one pupil fewer goes with 1.1 points more*
            if is_better(said) or lacking:
                return None
            return "direction", lambda: f"`{around.text}` {told_wrong(said, -1)}"
    # A reading in another unit is not what the author meant, if there is one in this.
    likely = next((pair for pair in differences if pair[1].kind != "unit"), differences[0])
    written = (
        f"{word[1]} {around.text}"
        if word and likely[1].kind in ("bound", "qualifier", "value")
        else around.text
    )
    kind = "swapped" if is_swapped(*likely, quantity) else likely[1].kind

    def why() -> str:
        if kind == "swapped" and not slip(likely[0], quantity):
            write = expected(quantity, None, lang)
            return f"`{written}` should be {write}: the number is that of the entry, and the unit is not"
        said = reason(written, *likely, own, lang)
        return said.replace("`−", "`") if falls else said

    return kind, why


def _unleveled(text: str, level: Fraction, quantity: Quantity) -> str:
    """Return in words what to do with limits that are said with another confidence than the entry's."""
    whose = f"is of {quantity.level:f}%" if quantity.level is not None else "has no such level"
    said = f"`{text}` is said with {float(level):g}% confidence, and the entry {whose}"
    return f"{said}; tie it to an interval of that level"


def _formless(text: str, quantity: Quantity, lang: str) -> str:
    """Return in words what to do with a tie around more than a number: *half as many*."""
    said = text.split()
    runs = [" ".join(said[at:end]) for at in range(len(said)) for end in range(len(said), at, -1)]
    inner = max(
        (run for run in runs if readings(run, lang) and not _OPEN_END.search(run)), key=len, default=""
    )
    if inner:
        around = text.replace(inner, f"[{inner}](tie:{quantity.id})", 1)
        return f"`{text}` is a number and words; put the tie around the number alone, {around}"
    return f"`{text}` is not one number; write {expected(quantity, None, lang)}"


def mirrored(quantity: Quantity) -> Quantity:
    """Return a quantity below zero as what it is less than zero by."""
    if quantity.is_range:
        return opposite(quantity)
    qualifier = "+".join(_TURNED.get(each, each) for each in quantity.qualifier.split("+"))
    return replace(-quantity, id=quantity.id, label=quantity.label, qualifier=qualifier, text=None)


def _parts_people(quantity: Quantity, context: Context) -> bool:
    """Whether a number is what a part of all lies beyond: *a quarter has more than 110,000*."""
    name = f"{quantity.id} {quantity.label}"
    return bool(_QUANTILE.search(name) and _PART_OF.search(context.clause[0]))


def _misdirected(
    text: str, quantity: Quantity, context: Context, negative: bool, signed: bool = False
) -> Compared:
    wrong = misdirected(quantity, context, negative, signed)
    return ("direction", lambda: f"`{text}` {wrong}") if wrong else None


def _is_denied(form: Shown, around: Seen, quantity: Quantity, context: Context, lang: str) -> bool:
    """Whether a clause denies a bound of a number, and what is so left is true: *no farm spent more than*."""
    own = next((word for word, _ in form.qualifiers if word in BOUNDS), "")
    turned = denied(around.text, own, context, lang)
    bound = replace(form, qualifiers=((turned, NOWHERE),)) if turned else form
    return bool(turned) and mismatch(bound, quantity, around.rated) is None


def _reaches(phrase: str, quantity: Quantity) -> bool:
    """Whether a bound is said of numbers that are it: *no more than 12*, *a minimum of 12* of 12.

    Of what code computed, which is known in so many digits, in softer words too: *up to 52 minutes*.
    """
    if quantity.kind == "computed" and phrase.lower().startswith(_INCLUSIVE):
        return True
    firm = phrase.lower().startswith(("no ", "not ")) or phrase.endswith(("imum", "imum of"))
    return firm and (quantity.interval.is_point or quantity.kind != "stated")


def parts(text: str, quantity: Quantity, lang: str, context: Context, family: Family) -> tuple[Told, ...]:
    """Return what each number of an expression tells, as `told`; words around it may say its sign."""
    found = told(text, quantity, family, lang)
    beside = unit_beside(text, lang, context) if len(found) == 1 and needs_unit(quantity.unit) else None
    if beside:
        return in_unit(found[0], beside, quantity)
    return fallen(found, quantity, lang) if is_fall(quantity, context) else found


def spoken_with(text: str, quantity: Quantity, lang: str, context: Context) -> str:
    """Return a number with the sign, unit and words that stand around it, as a reader takes it."""
    around = seen(text, quantity, lang, context)
    word = None if is_compared(text, context, lang) else outside(text, around.text, context, lang, quantity)
    return f"{word[1]} {around.text}" if word else around.text


def claims(text: str, lang: str = "en") -> set[str]:
    """Return what the words of a displayed number claim: ``over``, ``approx``.

    Examples
    --------
    >>> claims("over 5,000"), claims("5,000")
    ({'over'}, set())
    """
    found = readings(text, lang)
    return {word for word, _ in found[0].qualifiers} if found else set()
