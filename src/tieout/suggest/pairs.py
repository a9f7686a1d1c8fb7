"""Numbers that two outputs explain together: `3.42 ± 0.91`, *3.1–4.2 kg*, *twelve of 48*.

Two outputs belong together where they are of the same thing: all that code and output call them is the same,
but for the statistic.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from tieout import numerals
from tieout.numbers import Quantity, span
from tieout.numerals import Figure, Shown
from tieout.numerals.expressions import Part
from tieout.numerals.locales import SHARE
from tieout.numerals.statistics import COUNT, TOTAL
from tieout.prose import Untied
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import NAMES_OF_STATISTICS, is_count
from tieout.suggest.versions import variables

AMONG, PART, ROOM = "among", "part", "±"
_ERRORS = frozenset(("sem", "se", "bse", "stderr", "error", "errors"))
# What says which number of a thing is meant, and not which thing.
_WORDS = NAMES_OF_STATISTICS | _ERRORS
_WORDS |= frozenset(("25%", "75%", "std", "params", "param", "coef", "slope", "estimate"))
_ENDS = (("min", "max"), ("25%", "75%"))
_COUNTED = re.compile(r"(?<![\d.,])([1-9][\d,.\u00a0\u202f]*)(?:\s[^\d().,;]{1,40})?\s?\($")
# *Two thirds of the patients (863)*.
_COUNTED_BEHIND = re.compile(r"\s+of\s[^.;,()\d]{1,60}\(([1-9][\d,\u00a0\u202f]*)\)")
# *526 patients, 28% of the total*, *46 of them, or 2.5%*.
_BESIDE = re.compile(
    r"(?<![\d.,])([1-9][\d,.\u00a0\u202f]*)(?:\s[^\d().,;]{1,40})?,\s(?P<or>(?:or|that is|i\.e\.),?\s)?"
    r"(?:about\s|nearly\s|almost\s|only\s)?$"
)
_OF_THE = re.compile(r"\s+of\s+(?:the\s+total|all|them|these|those)\b")
_OF_ALL = re.compile(r"\s+of\s+(?:the\s+|all\s+|our\s+)*(\d[\d,.\u00a0\u202f]*(?<![,.]))")
_OF = re.compile(r"\s+(?:out of|of)\s+(?:(?:the|all)\s+)?")
_COUNTING = frozenset(("len", "int", "value_counts", "groupby", "size", "count", "sort_values", "sort_index"))
Agrees = Callable[[str, Evidence, str], bool]


@dataclass(frozen=True)
class Pair:
    """Two outputs that a number states.

    Parameters
    ----------
    kind
        ``room`` (an estimate and its room), ``limits`` (those of its confidence interval), ``range`` (its
        ends) or ``share`` (a count, and of how many).
    first, second
        The outputs, and how the number writes each.
    unit
        The unit that it gives them; empty for none.
    low
        What a table calls the lower limit; empty outside of one.
    of
        The estimate that was printed just before the limits.
    """

    kind: str
    first: Evidence
    second: Evidence
    texts: tuple[str, str]
    unit: str = ""
    low: str = ""
    of: Evidence | None = None

    @property
    def share(self) -> Quantity:
        """Of a share what it comes to."""
        return Quantity.computed(Fraction(self.first.number) / Fraction(self.second.number), "1", exact=True)

    def limits(self, shown: Shown) -> Quantity:
        """Return the interval between the two, in the unit and of the level that a number says."""
        whole = span(self.first.number, self.second.number, shown.unit or "")
        level = None if shown.level is None else Decimal(shown.level.numerator) / shown.level.denominator
        return replace(whole, level=level)


# What tables of results call the limits of an interval.
_LIMITS = (
    ("low", "high"), ("lower", "upper"), ("ci_low", "ci_high"), ("ci_lower", "ci_upper"), ("lcl", "ucl"),
    ("2.5%", "97.5%"), ("5%", "95%"), ("[0.025", "0.975]"), ("0", "1"), ("lb", "ub"), ("lwr", "upr"),
)  # fmt: skip


# What gives an interval of 95%, unless it is told of another level.
_LOW, _LEVEL = ".low", 95
_CALLED = (".confidence_interval().low", ".confidence_interval.low")


def nearest(found: Iterator[Pair]) -> list[Pair]:
    """Return pairs, of those with the same two values only the one whose outputs stand nearest together."""
    best: dict[tuple[object, ...], Pair] = {}

    def apart(pair: Pair) -> tuple[bool, int]:
        one, other = pair.first, pair.second
        return one.cell != other.cell, len(one.expression) + len(other.expression)

    for pair in found:
        key = (pair.kind, pair.unit, pair.first.number, pair.second.number, pair.first.rows - _WORDS)
        if key not in best or apart(pair) < apart(best[key]):
            best[key] = pair
    return list(best.values())


def pairs(number: Untied, shown: Shown, evidence: Sequence[Evidence], agrees: Agrees) -> Iterator[Pair]:
    """Give the pairs of outputs that a number agrees with.

    Parameters
    ----------
    number, shown
        The number, and its reading.
    agrees
        Whether a text agrees with an output in a unit.
    """
    outside = [each for each in evidence if each.turn is None]
    if shown.figures[0].style == AMONG:
        yield from _shares(number, outside)
        return
    if shown.level is not None and shown.form != ROOM:
        yield from _limits(shown, evidence, agrees)
        yield from _cells(shown, evidence, agrees)
        return
    if not shown.is_range or shown.form not in ("", ROOM) or shown.kind == "year":
        return
    texts = _ends(number.text, shown)
    for unit in dict.fromkeys(("", shown.unit or "")):
        one, other = ([each for each in outside if agrees(text, each, unit)] for text in texts)
        for first in one:
            for second in other:
                kind = "room" if shown.form == ROOM else "range"
                if _belong(kind, first, second):
                    yield Pair(kind, first, second, texts, unit)


def shares(
    number: Untied, shown: Shown, around: tuple[str, str], evidence: Sequence[Evidence], lang: str
) -> Iterator[Pair]:
    """Give the counts that a percentage divides behind one of them: *42 of them (3.4%)*.

    Parameters
    ----------
    number, shown
        The percentage, and its reading.
    around
        What its sentence says before it and after it.
    """
    is_part = shown.unit is None and not shown.is_range and shown.figures[0].style == PART
    if (shown.mark != SHARE and not is_part) or shown.is_range:
        return
    counted = _COUNTED_BEHIND.match(around[1]) if is_part else _COUNTED.search(around[0])
    if (
        counted is None
        and (beside := _BESIDE.search(around[0]))
        and (beside["or"] or _OF_THE.match(around[1]))
    ):
        counted = beside
    count = numerals.parse(counted[1], lang) if counted else None
    if counted is None or count is None:
        return
    tops = [
        each
        for each in evidence
        if each.turn is None and each.is_exact and Fraction(each.number) == count.figures[0].number
    ]
    below = [each for each in evidence if each.is_exact and is_count(each.node) and each.number > 0]
    for first, second in product(tops, below):
        share = Quantity.computed(Fraction(first.number) / Fraction(second.number), "1", exact=True)
        if not first.number < second.number or not _is_part(first, second):
            continue
        if numerals.says(number.text, share, lang, bare=True):
            yield Pair("share", first, second, (counted[1], str(second.number)))


def portions(
    number: Untied, shown: Shown, after: str, evidence: Sequence[Evidence], lang: str
) -> Iterator[Pair]:
    """Give the counts that a percentage divides where none stands before it: *37% of the 303 were women*.

    Parameters
    ----------
    number, shown
        The percentage, and its reading.
    after
        What its sentence says after it: how many there are, or nothing of it.
    """
    if shown.mark != SHARE or shown.is_range:
        return
    said = _OF_ALL.match(after)
    total = numerals.parse(said[1], lang) if said else None
    wholes: dict[Fraction, list[Evidence]] = defaultdict(list)
    for each in evidence:
        value = Fraction(each.number)
        fits = total is None or value == total.figures[0].number
        if each.is_exact and is_count(each.node) and value > 0 and fits:
            wholes[value].append(each)
    for first in evidence:
        if not first.is_exact or first.turn or first.number <= 0 or not (first.rows or is_count(first.node)):
            continue
        for value, counts_of in wholes.items():
            held = [each for each in counts_of if first.number < value and _is_part(first, each)]
            if not held:
                continue
            second = min(held, key=lambda one: len(one.expression))
            share = Quantity.computed(Fraction(first.number) / value, "1", exact=True)
            if numerals.says(number.text, share, lang, bare=True):
                yield Pair("share", first, second, (number.text, said[1] if said else ""))


def counts(text: str, parts: Sequence[Part], evidence: Sequence[Evidence], lang: str) -> Iterator[Pair]:
    """Give the counts of an expression: *12 of 48 (25%)*."""
    if [part.told for part in parts[:2]] != [(COUNT,), (TOTAL,)] or len(parts) > len((COUNT, TOTAL, SHARE)):
        return
    said = [text[part.start : part.end] for part in parts]
    shown = [numerals.parse(each, lang) for each in said]
    if None in shown:
        return
    top, below, *share = (each.figures[0].number for each in shown if each)
    exact = [each for each in evidence if each.is_exact and each.turn is None]
    for first, second in product(exact, exact):
        if (Fraction(first.number), Fraction(second.number)) != (top, below) or not is_count(second.node):
            continue
        if not _is_part(first, second):
            continue
        whole = Quantity.computed(Fraction(top) / Fraction(below), "1", exact=True)
        if not share or numerals.says(said[2], whole, lang, bare=True):
            yield Pair("share", first, second, (said[0], said[1]))


def _is_part(first: Evidence, second: Evidence) -> bool:
    """Whether a count may be a part of another: none of a table is of what was picked from that table."""
    is_picked = not {*_called(first.node)} <= _COUNTING
    is_of_more = not is_picked and not second.origins.isdisjoint(variables(first.node))
    return first.holds_beside(second) and not is_of_more


def _called(node: ast.expr) -> Iterator[str]:
    """Give the functions and methods that an expression calls, and ``<`` and the like for a comparison."""
    for each in ast.walk(node):
        if isinstance(each, ast.Compare):
            yield "<"
        if isinstance(each, ast.Call):
            yield each.func.attr if isinstance(each.func, ast.Attribute) else getattr(each.func, "id", "")


def _limits(shown: Shown, evidence: Sequence[Evidence], agrees: Agrees) -> Iterator[Pair]:
    """Give the limits of a confidence interval, both of one family."""
    low, high = (shown.text[_start(each) : each.end] for each in shown.figures)
    for first in evidence:
        for second in evidence:
            of_one = (first.known_as, first.term) == (second.known_as, second.term)
            limits = of_one and (first.part, second.part) == ("low", "high")
            if limits and agrees(low, first, "") and agrees(high, second, ""):
                yield Pair("limits", first, second, (low, high))


def _cells(shown: Shown, evidence: Sequence[Evidence], agrees: Agrees) -> Iterator[Pair]:
    """Give the limits of an interval that are two cells of one row of a table, or printed together."""
    texts = tuple(shown.text[_start(each) : each.end] for each in shown.figures)
    held = {each.known_as: each for each in evidence if each.part is None}
    named: dict[str, list[Evidence]] = defaultdict(list)
    for each in held.values():
        named[each.expression].append(each)
    for first in held.values():
        if not agrees(texts[0], first, ""):
            continue

        def others(expression: str, first: Evidence = first) -> list[Evidence]:
            found = [each for each in named.get(expression, ()) if not each.is_apart(first)]
            return [each for each in found if agrees(texts[1], each, "") and each.holds_beside(first)]

        if first.expression.endswith(_CALLED) and shown.level == _LEVEL:
            for other in others(first.expression.removesuffix(_LOW) + ".high"):
                yield Pair("interval", first, other, (texts[0], texts[1]), low="low")
        for other in held.values():
            if other.after == first.known_as and agrees(texts[1], other, "") and other.holds_beside(first):
                yield Pair("interval", first, other, (texts[0], texts[1]), of=held.get(first.after))
        for low, high in _LIMITS:
            prefixed = ((f'_{low}"]', f'_{high}"]'),) if low.isalpha() else ()  # *or_low*, *or_high*
            for ends in ((f'"{low}"]', f'"{high}"]'), (f"{low}]", f"{high}]"), *prefixed):
                stem = first.expression.removesuffix(ends[0])
                name = stem.rpartition('"')[2] + ends[0].strip('"]') if ends[0].startswith("_") else low
                for other in others(stem + ends[1]) if stem != first.expression else ():
                    yield Pair("interval", first, other, (texts[0], texts[1]), low=name)


def _start(figure: Figure) -> int:
    """Return where a figure starts, with its sign."""
    return figure.sign_at[0] if figure.sign_at[0] >= 0 else figure.start


def _ends(text: str, shown: Shown) -> tuple[str, str]:
    """Return the two numbers of a range, each with its unit."""
    one, other = shown.figures
    low, high = text[: one.end], text[_start(other) :].rstrip(") ")
    low = re.sub(r"^\s*(?:between|from)\s+", "", low)
    if one.unit is not None and one.unit_at[1] > one.end:
        return text[: one.unit_at[1]], high
    if other.unit_at[1] > other.end or other.scale_at[1] > other.end:
        return low + text[other.end :].rstrip(") "), high
    if one.unit_first and not other.unit_first:
        return low, text[one.unit_at[0] : one.start] + high
    return low, high


def is_error(found: Evidence) -> bool:
    """Whether an output is a standard error, and no standard deviation."""
    return bool(_ERRORS & found.words)


def _belong(kind: str, first: Evidence, second: Evidence) -> bool:
    if first.part is not None or second.part is not None or first.is_apart(second):
        return False
    if kind != "room" and not first.holds_beside(second):
        return False
    if first.words - _WORDS != second.words - _WORDS:
        return False
    if kind == "room":
        room = {"std", "sd"} | _ERRORS
        return bool(room & second.words) and not room & first.words
    return any({low} <= first.words and {high} <= second.words for low, high in _ENDS)


def _shares(number: Untied, evidence: Sequence[Evidence]) -> Iterator[Pair]:
    """Give the counts of *twelve of 48*: what was counted, and all that there are."""
    said = _OF.split(number.text, maxsplit=1)
    found = [numerals.parse(each) for each in said]
    if len(found) != 2 or None in found:
        return
    top, below = (each.figures[0].number for each in found if each)
    for first in evidence:
        for second in evidence:
            if not (first.is_exact and second.is_exact and is_count(second.node)):
                continue
            if _is_part(first, second) and (Fraction(first.number), Fraction(second.number)) == (
                top,
                below,
            ):
                yield Pair("share", first, second, (said[0], said[1]))
