"""Numbers that compare two outputs of their sentence: *3.9 points fewer*, *41% more*, *twice as many*."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from tieout import numerals
from tieout.numbers import PERCENT, POINT, Quantity
from tieout.numerals import Shown
from tieout.prose import Untied
from tieout.suggest import clauses
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import split_words
from tieout.suggest.rivals import is_stated
from tieout.suggest.titles import titled

DIFFERENCE, CHANGE, RATIO, ABOVE, BELOW, SUM = "difference", "change", "ratio", "above", "below", "sum"
PER, REST, SHARE = "per", "rest", "share"
LABELS = {DIFFERENCE: "Difference of {}", CHANGE: "Change of {}", RATIO: "Ratio of {}",
          ABOVE: "{} above one", BELOW: "{} below one", SUM: "Sum of {}",
          PER: "{} for each", REST: "All but {}", SHARE: "Share of {}"}  # fmt: skip
JOINED = {CHANGE: "against", RATIO: "to", PER: "for"}
OF_ONE = (ABOVE, BELOW, REST, SHARE)
CODE = {
    DIFFERENCE: "{} - {}",
    CHANGE: "{} / {} - 1",
    RATIO: "{} / {}",
    ABOVE: "{0} - 1",
    BELOW: "1 - {0}",
    SUM: "{} + {}",
    PER: "{} / {}",
    SHARE: "{} / {}",
}
_COMPARED = re.compile(
    r"\s*(?:of\s+)?(?:more|less|fewer|above|below|over|under|ahead|behind|apart|better|worse"
    r"|(?:clear|adrift|short)\s+of"
    r"|on\s+top|extra"
    r"|(?:high|low|larg|small|great|long|short|heav[iy]|light|fast|slow|old|young|wid|narrow|warm|cold|strong"
    r"|weak|rich|poor|tall)\w*er|difference|gap)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(r"(?<=\d) (?=points?$)")
_TO_COMPARE = re.compile(
    r"\b(?:differ\w*|gap|advantage|lead|distance|margin)\b(?:[^.;]|\.\d)*$"
    r"|\b(?:fall|rise|drop|(?:in|de)crease|decline|gain|loss|growth|reduction|jump)\s+of\b(?:[^.;]|\.\d)*$",
    re.IGNORECASE,
)
# *The gap was narrowest in Lyon, 54.5% against 42.4%*: what lies apart, and no *gap of 12 against 8*.
_AGAINST = r"(?:against|versus|vs\.?|compared\s+(?:with|to))\s+"
_SET_BESIDE = re.compile(rf"\s*{_AGAINST}[^\w\s]?\d")
_BESIDE_ONE = re.compile(rf"\d\S*\s+{_AGAINST}$")
_IS_APART = re.compile(
    rf"\b(?:differ\w*|gap|advantage|lead|distance|margin)\s+(?:of|is|was)\s+\D{{0,12}}(?:\d\S*\s+{_AGAINST})?$"
)
_MOVED_BY = re.compile(
    r"\b(?:r[io]se[sn]?|rising|gr[eo]w(?:n|ing)?|f[ae]ll(?:en|ing)?|shr[aiu]nk(?:ing)?|cut|climb\w*|dropp?\w*"
    r"|declin\w*|(?:in|de)creas\w*|up|down)\b"
    r"(?:[^.;%]|\.\d)*\bby\s+(?:about\s+|nearly\s+|almost\s+)?$",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:so|thus|hence|therefore|together|altogether|total|in all|combined|or|either|both|overall)\b",
    re.IGNORECASE,
)
LEAST = 10  # small numbers add up by chance
_BY = re.compile(r"\bby\s+(?:about\s+)?$", re.IGNORECASE)
# What is said of ratios and relative changes, in the words of ids and labels.
COMPARING = clauses.RATIOS | frozenset(re.findall(r"\w+", """
above below change decrease difference effect factor fall fewer fold gain gap growth increase less lift more
reduction relative rise share times versus vs yoy qoq mom wow pct uplift
"""))  # fmt: skip
_MEAN = re.compile(r"\.(?:mean|median)\(")
_SET_AGAINST = re.compile(r"/| - |\.(?:div|diff|sub|pct_change)\(")
_MADE_APART = re.compile(r"\.(?:diff|sub|subtract|pct_change)\(| - ")
_TIMES = re.compile(
    r"\s*(?:times\s+(?:as|the|that|those|what|its|their|more|less|fewer|\w+er)\b|fold|×)|\s+as\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Combination:
    """Two outputs that a number compares.

    Parameters
    ----------
    kind
        ``difference``, ``change`` (relative) or ``ratio``; ``above`` and ``below`` of a ratio itself, the
        ``rest`` of a share.
    first, second
        The outputs, in the order in which they are compared; a ratio or a share twice.
    unit
        The unit of the result; empty for none.
    is_alike
        Whether the two are of the same thing, but for their rows.
    more
        What a sum adds beside the two.
    """

    kind: str
    first: Evidence
    second: Evidence
    unit: str
    is_alike: bool
    more: tuple[Evidence, ...] = ()

    @property
    def expression(self) -> str:
        """What computes it."""
        if self.kind == REST:
            return f"{100 if self.unit == PERCENT else 1} - {_held(self.first)}"
        own = CODE[self.kind].format(self.first.expression, self.second.expression)
        return " + ".join((own, *(each.expression for each in self.more)))

    @property
    def value(self) -> Quantity:
        """What it comes to."""
        first, second = Fraction(self.first.number), Fraction(self.second.number)
        whole = 100 if self.unit == PERCENT else 1
        value = {ABOVE: first - 1, BELOW: 1 - first, REST: whole - first, SUM: first + second}.get(self.kind)
        if value is None:
            value = _value(self.kind, first, second) or Fraction(0)
        return Quantity.computed(value + sum(Fraction(each.number) for each in self.more), self.unit or "1")

    @property
    def label(self) -> str:
        """What it is, for people: *Difference of mean of mass, Gentoo and Adelie*."""
        first, second = (titled(each).split(", ") for each in (self.first, self.second))
        apart = [place for place, (one, two) in enumerate(zip(first, second, strict=False)) if one != two]
        what = ", ".join(first)
        is_one = len(first) == len(second) and len(apart) == 1 and apart[0] > 0
        if is_one and self.kind not in OF_ONE and not self.more:
            what = ", ".join(each for place, each in enumerate(first) if place != apart[0])
            what += f", {first[apart[0]]} {JOINED.get(self.kind, 'and')} {second[apart[0]]}"
        label = LABELS[self.kind].format(f"{what[:1].lower()}{what[1:]}")
        return f"{label[:1].upper()}{label[1:]}"


def _held(found: Evidence) -> str:
    """Return the code of an output as it stands behind a minus sign."""
    is_sum = isinstance(found.node, ast.BinOp) and isinstance(found.node.op, ast.Add | ast.Sub)
    return f"({found.expression})" if is_sum else found.expression


def compares(number: Untied, lang: str) -> bool:
    """Whether a number is a ratio or a relative change by its words: *twice as many*, *30% more*."""
    shown = numerals.parse(number.text, lang)
    found = kind_of(number, shown) if shown is not None else None
    return found is not None and found[0] in (RATIO, CHANGE)


# *12 ahead of Calder*, *a difference of €0.37 million*: what lies between two, and is neither.
_LIES_APART = re.compile(r"\s*(?:[a-z]+\s+){0,2}?(?:(?:ahead|clear|adrift|short)\s+of|behind)\b")
_APART_BY = re.compile(r"\b(?:a|the)\s+(?:difference|gap|lead)\s+of\s+(?:about\s+|nearly\s+|almost\s+)?$")
_APART = (COMPARING - clauses.RATIOS - {"versus", "vs", "share", "increase", "times", "fold"}) | frozenset(
    ["diff", "delta", "gap", "lead", "margin", "coef", "coefficient", "estimate", "beta", "b"]
)


def called_by(number: Untied) -> frozenset[str]:
    """Return the word before a number that may say what lies between two, or name it: *a margin of 9.1%*."""
    found = _TO_COMPARE.search(clauses.around(number)[0])
    return frozenset(split_words(found[0].partition(" ")[0])) if found else frozenset()


def lies_apart(number: Untied) -> bool:
    """Whether a number is what lies between two others: *12 ahead of Calder*, *a gap of 0.37*."""
    before, after = clauses.around(number)
    return bool(_LIES_APART.match(after) or _APART_BY.search(before))


def is_mere_share(found: Evidence) -> bool:
    """Whether an output is the mean of a column, set against nothing: no *82% more*."""
    made_of_two = _SET_AGAINST.search(found.expression) or not found.words.isdisjoint(COMPARING)
    return bool(_MEAN.search(found.expression)) and not made_of_two


def may_lie_between(found: Evidence) -> bool:
    """Whether a cell of a table may be what lies between two others, by the words of its table and code."""
    return not found.rows or not found.words.isdisjoint(_APART) or bool(_MADE_APART.search(found.expression))


def combined(
    number: Untied,
    shown: Shown,
    beside: Sequence[Evidence],
    lang: str,
    scales: Sequence[str] = (),
    meant: tuple[str, str] | None = None,
) -> Iterator[Combination]:
    """Give the pairs of outputs that a number compares.

    Parameters
    ----------
    number, shown
        The number, and its reading.
    beside
        The outputs that other numbers of its sentence show.
    scales
        The units of scale in which they can be, where it names one: *$608 million*.
    meant
        How it compares, and in which unit, where its own words do not say so.
    """
    beside = [each for each in beside if each.turn is None]
    before, after = clauses.around(number)
    found = meant or kind_of(number, shown)
    if found is None:
        yield from _sums(number, shown, beside)
        return
    kind, given = found
    context = numerals.Context(before, after)
    if kind in (ABOVE, CHANGE) and given != POINT:
        yield from _from_ratio(number.text, beside, lang, context)
    if kind == ABOVE:
        return
    for first, second in permutations(dict.fromkeys(beside), 2):
        value = _value(kind, Fraction(first.number), Fraction(second.number))
        if value is None or first.part or second.part or not first.holds_beside(second):
            continue
        if kind == DIFFERENCE and value < 0 and not shown.negative:
            continue  # *5 g fewer* is the larger less the smaller, whichever comes first
        points = given == POINT and not clauses.in_percent(number, first.words & second.words)
        shares = given == POINT and are_shares(first, second)
        unit = "" if points or shares else given
        far = kind == RATIO and value >= max(shown.ends) + 1  # *more than twice as many* are not seven times
        for each in (unit, *scales) if kind == DIFFERENCE and not far else (unit,) if not far else ():
            quantity = Quantity.computed(value, each or "1")
            text = in_points(number.text) if shares else number.text
            if numerals.says(text, quantity, lang, context, bare=True):
                alike = first.words - first.rows == second.words - second.rows
                yield Combination(kind, first, second, each, alike)
                break


def are_shares(first: Evidence, second: Evidence) -> bool:
    """Whether two outputs can be parts of one."""
    return max(abs(first.number), abs(second.number)) <= 1


def in_points(text: str) -> str:
    """Return *5.2 points* as *5.2 percentage points*; anything else as it is."""
    return _POINTS.sub(" percentage ", text)


def _sums(number: Untied, shown: Shown, beside: Sequence[Evidence]) -> Iterator[Combination]:
    """Give the two or three counts of a sentence that a count adds, where it says so: *so 254 are either*.

    That a word says so is not enough to be sure.
    """
    figure = shown.figures[0]
    if (
        shown.is_range
        or shown.unit
        or figure.number < LEAST
        or figure.scale != 1
        or not (_ADDED.search(number.sentence) or figure.number >= LEAST**2)
    ):
        return
    if not _ADDED.search(number.sentence):  # *4,180 sessions, 2,080 to the old one and 2,100 to the new*
        after = clauses.around(number)[1]
        beside = [each for each in beside if is_stated(after, each)]
    counts = {each.number: each for each in beside if each.is_exact and each.number > 0 and not each.part}
    for size in (2, 3) if figure.number >= LEAST**2 else (2,):
        for first, second, *more in combinations(counts.values(), size):
            if not first.holds_beside(second, *more):
                continue
            if Fraction(sum(each.number for each in (first, second, *more))) == figure.number:
                yield Combination(SUM, first, second, "", False, tuple(more))


def kind_of(number: Untied, shown: Shown) -> tuple[str, str] | None:
    """Return how a number compares, and in which unit; None where nothing says that it does."""
    if shown.is_range:
        return None
    before, after = clauses.around(number)
    is_one = _SET_BESIDE.match(after) or _BESIDE_ONE.search(before)
    apart = _TO_COMPARE.search(before) and (not is_one or _IS_APART.search(before))
    compares = _COMPARED.match(after) or apart or _MOVED_BY.search(before)
    if shown.unit == POINT:
        return DIFFERENCE, POINT
    if shown.unit == PERCENT:
        return (CHANGE, "") if compares else (ABOVE, "") if _BY.search(before) else None
    if number.kind == "word" or _TIMES.match(after) or re.search(r"(?:times|fold|×|as)$", number.text):
        return RATIO, ""
    return (DIFFERENCE, shown.unit or "") if compares else None


def _from_ratio(
    text: str, beside: Sequence[Evidence], lang: str, context: numerals.Context
) -> Iterator[Combination]:
    """Give the ratio of the sentence that a change follows from: an odds ratio of 1.06 raises *by 6%*."""
    for each in dict.fromkeys(beside):
        if not each.words & clauses.RATIOS or each.number <= 0:
            continue
        for kind, value in ((ABOVE, Fraction(each.number) - 1), (BELOW, 1 - Fraction(each.number))):
            if value > 0 and numerals.says(text, Quantity.computed(value, "1"), lang, context, bare=True):
                yield Combination(kind, each, each, "", True)


def _value(kind: str, first: Fraction, second: Fraction) -> Fraction | None:
    if kind == DIFFERENCE:
        return first - second
    if not second:
        return None
    return first / second - (1 if kind == CHANGE else 0)
