"""The unit of a number where it stands outside its tie: *[90–410](tie:…) g*, *53.8 years (SD 11.0)*."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.machine.patterns import lazily
from tieout.numbers import PURE, Quantity
from tieout.numerals.context import Context
from tieout.numerals.reading import readings
from tieout.numerals.told import Told

_ASIDE = lazily(
    r"(?:\(|[,;] )(?:SD|SEM?|IQR|Mdn|[Ss]tandard (?:deviation|error)|[Mm]edian)(?:,| ?[=:]| of)? ?$"
)

_END = lazily(
    r"\b(?:lower|upper)[\s_-]+(?:limit|bound|end|confidence|ci)|\bci[\s._-]+(?:low|high|lower|upper)\b"
    r"|\.(?:low|high|lower|upper)(?: |$)",
    re.IGNORECASE,
)
_INTERVAL = lazily(r"\b(?:intervals?|limits?|bounds?|CI)\b")


def is_aside(text: str, lang: str, context: Context) -> bool:
    """Whether a number without a unit is said beside another, in whose unit it is: *53.8 years (SD 11.0)*.

    Examples
    --------
    >>> [is_aside("11.0", "en", Context(text)) for text in ("53.8 years (SD ", "The SD was ")]
    [True, False]
    """
    return _ASIDE.search(context.clause[0]) is not None and is_bare(text, lang)


def is_in_known_unit(text: str, quantity: Quantity, lang: str, context: Context) -> bool:
    """Whether a sentence leaves out the unit of a number: beside another, and of an end of an interval.

    *The interval excludes zero, its lower end being 0.22.*
    """
    if is_aside(text, lang, context):
        return True
    name = f"{quantity.id} {quantity.label or ''}"
    is_end = _END.search(name) is not None and _INTERVAL.search(" ".join(context.clause)) is not None
    return is_end and is_bare(text, lang)


def is_bare(text: str, lang: str) -> bool:
    """Whether a number has no unit in any reading."""
    return all(figure.unit is None for shown in readings(text, lang) for figure in shown.figures)


def unit_beside(text: str, lang: str, context: Context) -> str | None:
    """Return the unit of a range where it stands right outside its tie.

    Examples
    --------
    >>> [unit_beside("90–410", "en", Context("A gain of ", after)) for after in (" g.", ".")]
    ['gram', None]
    """
    forms = readings(text, lang)
    if not forms or not forms[0].is_range or forms[0].level is not None or not is_bare(text, lang):
        return None
    before, after = re.search(r"[^\s\w(\[]?$", context.before), re.match(r"\s?[^\s.,;:)\]]*", context.after)
    wider = (f"{before[0] if before else ''}{text}", f"{text}{after[0] if after else ''}")
    figures = [figure for each in wider for shown in readings(each, lang) for figure in shown.figures]
    return next((figure.unit for figure in figures if figure.unit is not None), None)


def in_unit(each: Told, unit: str, quantity: Quantity) -> tuple[Told, ...]:
    """Return an interval of an estimate in a unit that its text leaves out; empty where there is none."""
    if each.quantity is None or each.quantity.id == quantity.id:
        return ()
    try:
        converted = each.quantity.to(unit)
    except ValueError:
        return ()
    return (replace(each, quantity=replace(converted, id=each.quantity.id, unit=PURE)),)
