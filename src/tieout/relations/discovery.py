"""Finds relations that the facts show by themselves, from units, periods and the parts of their ids.

Every rule is narrow on purpose: a relation that was never meant would accuse the source of a mistake that it
did not make. Where several numbers could be meant, none is taken.

| kind | stated | follows from |
|---|---|---|
| repeated | one form of an entry | another form of the same entry |
| whole | the parts ``regions.*.share`` of one table, one of them the rest | 100% |
| rate | a compound rate ``market.cagr`` over a period | ``market.*`` at its first and last year |
| multiple | a pure number ``market.multiple`` over a period | ``market.*`` at its first and last year |
| difference | percentage points ``market.cagr.lead`` | ``market.cagr`` and the one rate below it |
| share | ``telemedicine.share`` of the population | the one count of people ``telemedicine.*``, population |
| ratio | ``reading.speedup``, percentage ``reading.saving`` | ``reading.before``, ``reading.after`` |
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations

from tieout.data import Fact, Facts
from tieout.numbers import PERCENT, POINT, PURE, Const, Expr, Leaf, Op
from tieout.numbers.units import canonical, root
from tieout.relations.relation import Kind, Relation
from tieout.relations.restated import repeated

REST = ("other", "others", "rest", "remaining", "remainder")
WHOLE = ("total", "all", "whole")
AHEAD = ("lead", "excess", "advantage")
BEHIND = ("lag", "shortfall")
APART = ("gap", "difference", "spread")
TIMES = ("ratio", "factor", "speedup", "times", "fold")
SAVED = ("saving", "reduction", "cut")
_COMPOUND = re.compile(r"\bcagr\b|\bcompound", re.I)
_MULTIPLE = re.compile(r"\b(?:multiple|fold|times|factor)\b", re.I)
_POPULATION = re.compile(r"\bpopulation\b", re.I)
_TIME = (("[time]", Fraction(1)),)
_AHEAD_OF_TIME = frozenset(("projected", "target"))


def discover(facts: Facts) -> list[Relation]:
    """Return the relations that the facts show by themselves, in the order of the facts.

    Examples
    --------
    ``market.cagr`` (percent, 2024/2030, a compound rate), ``market.2024`` and ``market.2030`` (dollars) give
    the relation that the rate is the growth from one to the other over six years.
    """
    numbers = [fact for fact in facts.values() if fact.quantity is not None]
    family: dict[str, list[Fact]] = defaultdict(list)
    for fact in numbers:
        family[parent(fact.id)].append(fact)
    series = {name: _series(members) for name, members in family.items()}
    found: list[Relation] = [*_wholes(numbers)]
    for fact in numbers:
        found += repeated(fact)
        found += _grown(fact, series[parent(fact.id)])
        found += _differences(fact, family)
        found += _shares(fact, family, facts)
        found += _ratios(fact, family[parent(fact.id)])
    order = {fact.id: place for place, fact in enumerate(numbers)}
    return sorted(found, key=lambda relation: order[_first(relation)])


def parent(id: str) -> str:
    """Return an id without its last part."""
    return id.rpartition(".")[0]


def last(id: str) -> str:
    """Return the last part of an id."""
    return id.rpartition(".")[2]


def span(period: str) -> tuple[int, int] | None:
    """Return the first and last year of a period; None for a single year."""
    match = re.fullmatch(r"(\d{4})/(\d{4})", period)
    return (int(match[1]), int(match[2])) if match else None


def _first(relation: Relation) -> str:
    expr: Expr = relation.left
    while isinstance(expr, Op):
        expr = expr.args[0]
    assert isinstance(expr, Leaf)
    return expr.id


def _unit(fact: Fact) -> str:
    return canonical(fact.unit)[1]


def _words(fact: Fact) -> str:
    return f"{fact.id.replace('.', ' ').replace('-', ' ')} {fact.label}"


def _relation(fact: Fact, kind: Kind, statement: str, right: Expr, others: Iterable[Op] = ()) -> Relation:
    id, left = f"{fact.id}.{kind}", Leaf(fact.id)
    return Relation(id, statement, left, right, "", kind, fact.path, fact.line, others=tuple(others))


# A rate or a multiple, and the ends of its period -----------------------------------------------------------


def _grown(fact: Fact, series: Mapping[int, Fact] | None) -> Iterator[Relation]:
    """Compare a compound rate, or a multiple, over a period with the numbers at its first and last year."""
    years = span(fact.period)
    is_rate = _unit(fact) == PERCENT and _COMPOUND.search(_words(fact))
    is_multiple = _unit(fact) == PURE and _MULTIPLE.search(_words(fact))
    if years is None or not (is_rate or is_multiple):
        return
    if series is None or not {*years} <= {*series}:
        return
    kind: Kind = "rate" if is_rate else "multiple"
    others = [_growth(series, pair, kind) for pair in combinations(sorted(series), 2) if pair != years]
    first, final = (series[year].label for year in years)
    how = f", over {years[1] - years[0]} years" if is_rate else ""
    statement = f"{fact.label} should equal the growth from {first} to {final}{how}"
    yield _relation(fact, kind, statement, _growth(series, years, kind), others)


def _series(siblings: Iterable[Fact]) -> dict[int, Fact] | None:
    """Return amounts of one kind by year; None where they are of several kinds, or a year has two."""
    series: dict[int, Fact] = {}
    for fact in siblings:
        if not re.fullmatch(r"\d{4}", fact.period) or _unit(fact) in (PERCENT, POINT):
            continue
        year = int(fact.period)
        if year in series or any(root(_unit(fact))[1] != root(_unit(other))[1] for other in series.values()):
            return None
        series[year] = fact
    return series


def _growth(series: Mapping[int, Fact], years: tuple[int, int], kind: Kind) -> Op:
    first, final = (Leaf(series[year].id) for year in years)
    if kind == "rate":
        return Op("growth_rate", (first, final, Const(str(years[1] - years[0]))))
    return Op("ratio", (final, first))


# Parts and their whole --------------------------------------------------------------------------------------


def _wholes(numbers: Iterable[Fact]) -> Iterator[Relation]:
    """Compare parts that include the rest with 100%, or with a total that is stated.

    The parts are ids of one table that differ in the part before the last: ``regions.beijing.share``.
    """
    groups: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
    for fact in numbers:
        above = parent(fact.id)
        if parent(above):
            groups[fact.resource, parent(above), last(fact.id), fact.period].append(fact)
    for (_, above, name, _), members in groups.items():
        wholes = [fact for fact in members if last(parent(fact.id)) in WHOLE]
        parts = [fact for fact in members if fact not in wholes]
        rests = [fact for fact in parts if last(parent(fact.id)) in REST]
        unit = {_unit(fact) for fact in members}
        if len(rests) != 1 or len(parts) < 2 or len(unit) != 1 or len(wholes) > 1:
            continue
        left = Op("sum", tuple(Leaf(fact.id) for fact in parts))
        first = parts[0]
        right: Expr
        if wholes:
            right, whole = Leaf(wholes[0].id), wholes[0].label
        elif unit == {PERCENT} and name == "share":
            right, whole = Op("to", (Const("1"), Const(PERCENT))), "100%"
        else:
            continue
        statement = f"{first.label} and the other shares should add up to {whole}"
        id = f"{above}.{name}"
        yield Relation(id, statement, left, right, "", "whole", first.path, first.line)


# A difference of two rates ----------------------------------------------------------------------------------


def _differences(fact: Fact, family: Mapping[str, list[Fact]]) -> Iterator[Relation]:
    """Compare a lead of one percentage over another with both: ``market.cagr.lead`` of ``market.cagr``."""
    name = last(fact.id)
    if _unit(fact) != POINT or name not in (*AHEAD, *BEHIND, *APART):
        return
    above = parent(fact.id)
    own = [each for each in family[parent(above)] if each.id == above]
    others = [each for each in family[above] if _unit(each) == PERCENT]
    rates = [each for each in (*own, *others) if _unit(each) == PERCENT and each.period == fact.period]
    if len(own) != 1 or len(others) != 1 or len(rates) != 2:
        return
    first, second = rates
    values = [each.quantity.value for each in rates if each.quantity]
    if name in BEHIND or (name in APART and values[0] < values[1]):
        first, second = second, first
    statement = f"{fact.label} should equal the difference of {first.label} and {second.label}"
    right = Op("sub", (Leaf(first.id), Leaf(second.id)))
    yield _relation(fact, "difference", statement, right)


# A share of the population ----------------------------------------------------------------------------------


def _shares(fact: Fact, family: Mapping[str, list[Fact]], facts: Facts) -> Iterator[Relation]:
    """Compare a share of the population with the one count of people beside it, and the population."""
    if _unit(fact) != PERCENT or last(fact.id) != "share" or not _POPULATION.search(fact.label):
        return
    near = family[parent(fact.id)]
    counts = [each for each in near if _unit(each) == "person" and each.resource == fact.resource]
    population = _population(family, facts, fact)
    if len(counts) != 1 or population is None or population.id == counts[0].id:
        return
    statement = f"{fact.label} should equal {counts[0].label} over {population.label}"
    right = Op("share", (Leaf(counts[0].id), Leaf(population.id)))
    yield _relation(fact, "share", statement, right)


def _population(family: Mapping[str, list[Fact]], facts: Facts, of: Fact) -> Fact | None:
    """Return the population that a fact is about: that of the place it names, else the package's."""
    known = [
        each
        for each in family["population"]
        if _unit(each) == "person"
        and not _AHEAD_OF_TIME & {*each.qualifiers}
        and each.period in ("", of.period)
    ]
    for text in (_words(of), f"{facts.package.name} {facts.package.title}"):
        named = [each for each in known if last(each.id) in re.split(r"\W+", text.lower())]
        if named:
            return named[0] if len(named) == 1 else None
    return None


# Before and after -------------------------------------------------------------------------------------------


def _ratios(fact: Fact, siblings: Iterable[Fact]) -> Iterator[Relation]:
    """Compare a ratio or a saving with the durations before and after it."""
    name = last(fact.id)
    is_times = _unit(fact) == PURE and name in TIMES
    is_saved = _unit(fact) == PERCENT and name in SAVED
    if not (is_times or is_saved):
        return
    times = {last(each.id): each for each in siblings if root(_unit(each))[1] == _TIME}
    if not {"before", "after"} <= {*times}:
        return
    before, after = times["before"], times["after"]
    if is_times:
        right = Op("ratio", (Leaf(before.id), Leaf(after.id)))
    else:
        left_over = Op("ratio", (Leaf(after.id), Leaf(before.id)))
        right = Op("to", (Op("sub", (Const("1"), left_over)), Const(PERCENT)))
    statement = f"{fact.label} should follow from {before.label} and {after.label}"
    yield _relation(fact, "ratio", statement, right)
