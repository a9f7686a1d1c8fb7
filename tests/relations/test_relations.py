"""Promises of relations: they hold where rounding allows it and only there, and none is found by mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.depth import examples
from tests.support.some_facts import fact, facts, lookup
from tieout.data import Fact, Facts
from tieout.data import facts as data
from tieout.numbers import Const, Expr, Interval, Leaf, Op, Quantity, growth_rate, to_json
from tieout.problems import InputError
from tieout.relations import Outcome, Relation, declared, discover, evaluate, merged
from tieout.relations.reconcile import agree, loosened

ENDS = st.decimals(-1000, 1000, places=2)
UNITS = st.sampled_from(["minute", "second", "hour"])


def pair(left: Quantity, right: Quantity) -> Outcome:
    known = {"a.left": left, "a.right": right}
    return evaluate(Relation("a.b", "a should equal b", Leaf("a.left"), Leaf("a.right")), known.__getitem__)


def between(low: Decimal | str, high: Decimal | str, unit: str = "1") -> Quantity:
    first, second = sorted((Decimal(low), Decimal(high)))
    return Quantity((first + second) / 2, unit, Interval(first, second))


def outcomes(known: Facts) -> dict[str, Outcome]:
    return {relation.id: evaluate(relation, lookup(known)) for relation in discover(known)}


def market(rate: str = "42.5", multiple: str = "7.5", **others: str) -> Facts:
    rows = [
        fact("market.2020", "900", "million USD", "rounded", "2020"),
        fact("market.2024", "2.5", "billion USD", "rounded", "2024"),
        fact("market.2030", "18.9", "billion USD", "rounded+projected", "2030"),
        fact("market.multiple", multiple, "1", "rounded", "2024/2030"),
        fact("market.cagr", rate, "percent", "rounded", "2024/2030"),
        fact("market.cagr.world", "38", "percent", "approx", "2024/2030"),
        fact("market.cagr.lead", others.get("lead", "5"), "percentage_point", "approx", "2024/2030"),
    ]
    return facts(rows)


# The verdict


@given(ENDS, ENDS, UNITS, ENDS, ENDS, UNITS)
def test_a_relation_holds_where_the_intervals_share_a_value_and_only_there(
    a: Decimal, b: Decimal, unit: str, c: Decimal, d: Decimal, other: str
) -> None:
    left, right = between(a, b, unit), between(c, d, other)
    by = {"second": 1, "minute": 60, "hour": 3600}
    ends = [
        [Fraction(end) * by[each.unit] for end in (each.interval.low, each.interval.high) if end is not None]
        for each in (left, right)
    ]
    share = ends[0][0] <= ends[1][1] and ends[1][0] <= ends[0][1]
    outcome = pair(left, right)
    assert outcome.status == ("holds" if share else "fails")
    assert (outcome.gap is None) == share


@given(ENDS, ENDS, UNITS, ENDS, ENDS, UNITS)
def test_the_verdict_does_not_depend_on_which_side_is_which(
    a: Decimal, b: Decimal, unit: str, c: Decimal, d: Decimal, other: str
) -> None:
    left, right = between(a, b, unit), between(c, d, other)
    assert pair(left, right).status == pair(right, left).status
    assert agree(left, right) == agree(right, left)


@given(ENDS, ENDS, ENDS, ENDS)
def test_the_gap_is_what_is_missing(a: Decimal, b: Decimal, c: Decimal, d: Decimal) -> None:
    left, right = between(a, b), between(c, d)
    outcome = pair(left, right)
    if outcome.gap is not None:
        assert outcome.gap > 0
        moved = outcome.gap if left.value < right.value else -outcome.gap
        assert left.interval.low is not None and left.interval.high is not None
        assert pair(between(left.interval.low + moved, left.interval.high + moved), right).status == "holds"


def test_touching_ranges_agree() -> None:
    assert pair(between("1", "2"), between("2", "3")).status == "holds"
    assert pair(between("1", "2"), between("2.01", "3")).status == "fails"


def test_a_bound_is_kept_or_broken() -> None:
    least = Quantity.stated("a", text="162", unit="device", qualifier="at-least")
    assert pair(least, Quantity.stated("b", text="200", unit="device", qualifier="exact")).status == "holds"
    broken = pair(least, Quantity.stated("b", text="150", unit="device", qualifier="exact"))
    assert (broken.status, broken.gap) == ("fails", Decimal(12))


def test_what_no_bound_reaches_is_undecided_and_says_why() -> None:
    least = Quantity.stated("a", text="162", unit="device", qualifier="at-least")
    more = Quantity.stated("b", text="200", unit="device", qualifier="at-least")
    outcome = pair(least, more)
    assert outcome.status == "undecided"
    assert "same side" in outcome.reason
    assert pair(least, least).status == "holds"
    anything = replace(least, interval=Interval(None, None))
    assert "nothing bounds" in pair(anything, more).reason


def test_unlike_units_are_undecided() -> None:
    outcome = pair(between("1", "2", "minute"), between("1", "2", "USD"))
    assert outcome.status == "undecided"
    assert outcome.reason


def test_an_unknown_entry_is_undecided_and_a_problem() -> None:
    outcome = evaluate(Relation("a.b", "", Leaf("market.2040"), Leaf("market.2024")), lookup(market()))
    assert outcome.status == "undecided"
    assert "market.2040" in outcome.problems[0].what


def test_a_division_by_zero_is_undecided() -> None:
    known = {"a.zero": between("0", "0"), "a.one": between("1", "1")}
    relation = Relation("a.b", "", Leaf("a.one"), Op("div", (Leaf("a.one"), Leaf("a.zero"))))
    assert evaluate(relation, known.__getitem__).status == "undecided"


# What would reconcile


def rate_of(start: str, end: str, years: int, digits: str = "0.1") -> str:
    known = market()
    rate = growth_rate(known[f"market.{start}"], known[f"market.{end}"], years)
    return str(rate.value.quantize(Decimal(digits)))


def test_a_neighbouring_number_of_periods_is_found() -> None:
    for years in (4, 5, 7, 8):
        outcome = outcomes(market(rate_of("2024", "2030", years)))["market.cagr.rate"]
        assert outcome.status == "fails"
        assert f"1/{years}" in outcome.reconciled[0]


def test_other_end_points_are_found() -> None:
    outcome = outcomes(market(rate_of("2020", "2030", 10)))["market.cagr.rate"]
    assert outcome.status == "fails"
    assert any("market.2020" in words for words in outcome.reconciled)
    assert outcomes(market(multiple="21.0"))["market.multiple.multiple"].reconciled


def test_another_way_of_rounding_is_found() -> None:
    outcome = outcomes(market("39.4"))["market.cagr.rate"]
    assert outcome.status == "fails"
    assert any("cut off" in words for words in outcome.reconciled)
    assert not any("to the nearest" in words for words in outcome.reconciled)


def test_nothing_near_reconciles_the_stated_rate() -> None:
    outcome = outcomes(market())["market.cagr.rate"]
    assert outcome.reconciled == ()
    assert {attempt.kind for attempt in outcome.attempts} == {"periods", "ends", "rounding"}
    assert outcome.gap is not None
    assert round(outcome.gap, 1) == Decimal("1.8")


@examples(30)
@given(st.decimals("0.1", "400", places=1))
def test_what_an_input_would_have_to_be_reconciles(rate: Decimal) -> None:
    known = market(f"{rate:f}")
    outcome = outcomes(known)["market.cagr.rate"]
    if outcome.status == "holds":
        return
    assert len(outcome.needed) == 3
    for needed in outcome.needed:
        ends: list[Any] = [known["market.2024"].quantity, known["market.2030"].quantity, Decimal(6)]
        place = {"start": 0, "end": 1, "periods": 2}[needed.kind]
        ends[place] = needed.value if place < 2 else needed.value.value
        assert outcome.left is not None
        assert agree(outcome.left, growth_rate(*ends)), needed.kind


def test_a_decline_is_solved_too() -> None:
    rows = [
        fact("sites.2020", "100", "device", "exact", "2020"),
        fact("sites.2024", "50", "device", "exact", "2024"),
        fact("sites.cagr", "-20", "percent", "exact", "2020/2024"),
    ]
    needed = {each.kind: each.value for each in outcomes(facts(rows))["sites.cagr.rate"].needed}
    assert round(needed["periods"].value, 2) == Decimal("3.11")
    assert needed["end"].value == Decimal("40.96")


@pytest.mark.parametrize("qualifier", ["exact", "approx", "at-least", "at-most"])
def test_only_rounded_digits_can_be_cut_otherwise(qualifier: str) -> None:
    quantity = Quantity.stated("a", text="2.5", unit="1", qualifier=qualifier)
    assert loosened(quantity, "either") == quantity


def test_digits_are_cut_toward_zero() -> None:
    positive, negative = (Quantity.stated("a", text=text, unit="1") for text in ("2.5", "-2.5"))
    assert loosened(positive, "truncated").interval == Interval(Decimal("2.5"), Decimal("2.6"))
    assert loosened(positive, "raised").interval == Interval(Decimal("2.4"), Decimal("2.5"))
    assert loosened(negative, "truncated").interval == Interval(Decimal("-2.6"), Decimal("-2.5"))
    assert loosened(positive, "either").interval == Interval(Decimal("2.4"), Decimal("2.6"))


# What notebooks declare


def stored(left: Expr, right: Expr, id: str = "market.growth") -> dict[str, Any]:
    return {
        "id": id, "statement": "one should equal the other", "left": to_json(left), "right": to_json(right),
        "note": "",
    }  # fmt: skip


RATE = Op("growth_rate", (Leaf("market.2024"), Leaf("market.2030"), Const("6")))


def test_a_stored_relation_is_read_with_its_place() -> None:
    relation = declared(stored(Leaf("market.cagr"), RATE), "chapters/02.ipynb", 40, 3)
    assert (relation.path, relation.line, relation.cell, relation.kind) == (
        "chapters/02.ipynb",
        40,
        3,
        "declared",
    )
    assert (relation.left, relation.right) == (Leaf("market.cagr"), RATE)


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "statement", "left", "right", "op", "args", "const"]), inner)
    ),
    max_leaves=8,
)


@given(JSON)
def test_a_malformed_relation_is_said_and_never_a_crash(bundle: Any) -> None:
    try:
        relation = declared(bundle)
    except ValueError as error:
        assert str(error)
    else:
        assert evaluate(relation, lookup(market())).status in ("holds", "fails", "undecided")


def test_a_conversion_to_no_unit_is_malformed() -> None:
    with pytest.raises(ValueError, match="no unit"):
        declared(stored(Leaf("a.b"), Op("to", (Leaf("a.b"), Leaf("a.c")))))


def recorded(known: Facts, **formulas: Expr) -> Callable[[str], Quantity]:
    from tieout.numbers import evaluate as compute

    find = lookup(known)

    def both(id: str) -> Quantity:
        if id in formulas:
            return replace(compute(formulas[id], find), lineage=formulas[id]).named(id, id)
        return find(id)

    return both


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Leaf("market.cagr"), RATE),
        (RATE, Leaf("market.cagr")),
        (Leaf("market.cagr"), Leaf("implied")),
        (Leaf("market.cagr"), Op("to", (RATE, Const("percentage_point")))),
        (Leaf("market.cagr"), Op("growth_rate", (*RATE.args[:2], Leaf("market.horizon")))),
    ],
)
def test_the_same_two_sides_count_once_and_the_declared_one_wins(left: Expr, right: Expr) -> None:
    known = market()
    horizon = fact("market.horizon", "6", "1", "exact", "2024/2030")
    known = facts([*known.values(), horizon])
    find = recorded(known, implied=RATE)
    own = declared(stored(left, right))
    relations = merged([own, own], discover(known), find)
    about = [each for each in relations if {"market.cagr", "market.2030"} <= {*evaluate(each, find).entries}]
    assert [each.id for each in about] == ["market.growth"]
    outcome = evaluate(about[0], find)
    assert outcome.status == "fails"
    assert {attempt.kind for attempt in outcome.attempts} == {"periods", "ends", "rounding"}


def test_a_term_on_the_other_side_makes_no_other_relation() -> None:
    known = facts(shares("31", "24", "52"))
    parts = [Leaf(f"regions.{name}.share") for name in ("first", "second", "other")]
    whole = Op("to", (Const("1"), Const("percent")))
    own = declared(stored(parts[2], Op("sub", (whole, Op("sum", tuple(parts[:2]))))))
    assert [each.id for each in merged([own], discover(known), lookup(known))] == ["market.growth"]


def test_exact_numbers_that_differ_as_much_are_other_relations() -> None:
    known = facts(fact(f"a.n{number}", "3", "1", "exact") for number in range(4))
    pairs = [stored(Leaf("a.n0"), Leaf("a.n1"), "a.x"), stored(Leaf("a.n2"), Leaf("a.n3"), "a.y")]
    assert len(merged(map(declared, pairs), [], lookup(known))) == 2


def test_other_sides_are_other_relations() -> None:
    known = market()
    own = declared(stored(Leaf("market.cagr"), Op("growth_rate", (*RATE.args[:2], Const("5")))))
    ids = {relation.id for relation in merged([own], discover(known), lookup(known))}
    assert {"market.growth", "market.cagr.rate"} <= ids


# What the data show by themselves


def test_what_the_report_shows_by_itself(root: Path) -> None:
    found = outcomes(data.load(root))
    own = {id: outcome.status for id, outcome in found.items() if outcome.relation.kind != "repeated"}
    assert own == {
        "market.cagr.rate": "fails",
        "market.multiple.multiple": "holds",
        "market.cagr.lead.difference": "holds",
        "regions.share": "holds",
        "telemedicine.share.share": "holds",
    }
    assert {outcome.status for outcome in found.values() if outcome.relation.kind == "repeated"} == {"holds"}


def test_every_number_of_the_report_that_is_stated_twice_is_compared(root: Path) -> None:
    known = data.load(root)
    twice = {each.id for each in known.values() if each.is_number and len(each.stated) > 1}
    compared = {relation.left.id for relation in discover(known) if relation.kind == "repeated"}  # type: ignore[union-attr]
    assert twice == compared


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ("$2.5 billion | $2.5B", "holds"),
        ("$2.5 billion | $2,460 million", "holds"),
        ("$2.5 billion | over $2.4 billion", "holds"),
        ("$2.5 billion | about $2.6 billion", "holds"),
        ("$2.5 billion | $2.7B", "fails"),
        ("$2.5 billion | $2,390 million", "fails"),
        ("$2.5 billion | over $2.6 billion", "fails"),
    ],
)
def test_a_number_stated_twice_must_agree_with_itself(stated: str, status: str) -> None:
    known = facts([fact("market.2024", "2.5", "billion USD", stated=stated)])
    (outcome,) = outcomes(known).values()
    assert outcome.status == status
    assert outcome.relation.kind == "repeated"


def test_every_pair_of_forms_is_compared() -> None:
    known = facts(
        [fact("a.time", "11", "minute", "approx", stated="11 minutes | 660 s | 13 min | 11 minutes")]
    )
    assert [outcome.status for outcome in outcomes(known).values()] == ["holds", "holds", "fails"]


def near(which: str, **change: str) -> list[Fact]:
    """The market's facts with one of them changed."""
    rows = {row.id: row for row in market().values()}
    rows[which] = replace(rows[which], **change)  # type: ignore[arg-type]
    return list(rows.values())


@pytest.mark.parametrize(
    "rows",
    [
        near("market.cagr", period=""),
        near("market.cagr", period="2024"),
        near("market.cagr", period="2024/2029"),
        near("market.cagr", id="growth.cagr"),
        near("market.cagr", id="market.growth", label="Growth from 2024 to 2030"),
        near("market.2020", period="2024"),
        near("market.2020", unit="million EUR"),
        near("market.2020", unit="device"),
    ],
)
def test_a_rate_whose_ends_are_not_certain_is_left_alone(rows: list[Fact]) -> None:
    known = facts(row for row in rows)
    assert not [each for each in discover(known) if each.kind == "rate"]


def test_a_pure_number_over_a_period_is_no_multiple_without_a_word() -> None:
    rows = near("market.multiple", id="market.index", label="Index of confidence")
    assert not [each for each in discover(facts(rows)) if each.kind == "multiple"]


def test_a_lead_of_a_third_rate_is_left_alone() -> None:
    rows = [*market().values(), fact("market.cagr.europe", "30", "percent", "approx", "2024/2030")]
    assert not [each for each in discover(facts(rows)) if each.kind == "difference"]
    assert not [
        each
        for each in discover(facts(near("market.cagr.world", period="2020/2024")))
        if each.kind == "difference"
    ]


@pytest.mark.parametrize(("name", "status"), [("lead", "holds"), ("gap", "holds"), ("lag", "fails")])
def test_a_difference_has_the_direction_of_its_name(name: str, status: str) -> None:
    rows = near("market.cagr.lead", id=f"market.cagr.{name}")
    assert outcomes(facts(rows))[f"market.cagr.{name}.difference"].status == status


def shares(*values: str, rest: str = "other", unit: str = "percent") -> list[Fact]:
    names = ["first", "second", rest]
    return [
        fact(f"regions.{name}.share", value, unit, "approx")
        for name, value in zip(names, values, strict=True)
    ]


def test_shares_with_the_rest_make_a_hundred() -> None:
    assert outcomes(facts(shares("31", "24", "45")))["regions.share"].status == "holds"
    assert outcomes(facts(shares("31", "24", "52")))["regions.share"].status == "fails"


def test_shares_without_a_rest_or_of_two_tables_are_left_alone() -> None:
    assert not discover(facts(shares("30", "25", "50", rest="third")))
    mixed = shares("31", "24", "52")
    assert not discover(facts([mixed[0], *(replace(each, resource="other") for each in mixed[2:])]))
    years = [replace(each, period=str(2020 + index)) for index, each in enumerate(mixed)]
    assert not discover(facts(years))


def test_counts_with_the_rest_make_their_total() -> None:
    parts = [
        replace(each, id=each.id.replace("share", "sites")) for each in shares("3", "4", "5", unit="device")
    ]
    total = fact("regions.total.sites", "12", "device", "exact")
    assert outcomes(facts([*parts, total]))["regions.sites"].status == "holds"
    assert outcomes(facts([*parts, replace(total, value="20")]))["regions.sites"].status == "fails"
    assert not discover(facts(parts))


def people(share: str = "26", label: str = "Share of the population") -> list[Fact]:
    return [
        fact("telemedicine.users", "373", "million person"),
        fact("telemedicine.share", share, "percent", "approx", label=label),
        fact("population.utopia", "1.4", "billion person"),
        fact("population.europe", "450", "million person"),
        fact("population.elderly", "400", "million person", "rounded+projected", "2035"),
    ]


def test_a_share_of_the_population_is_the_count_over_it() -> None:
    assert outcomes(facts(people()))["telemedicine.share.share"].status == "holds"
    assert outcomes(facts(people("29")))["telemedicine.share.share"].status == "fails"
    europe = people("83", "Share of the population of Europe")
    assert outcomes(facts(europe))["telemedicine.share.share"].status == "holds"


def test_a_share_of_something_else_is_left_alone() -> None:
    assert not discover(facts(people(label="Share of the market")))
    assert not discover(facts([*people(), fact("telemedicine.doctors", "2", "thousand person")]))
    known = facts(people())
    assert not discover(replace(known, package=replace(known.package, name="x", title="y")))


def times(id: str, value: str, unit: str) -> list[Fact]:
    return [
        fact("reading.before", "10.0", "minute", "approx"),
        fact("reading.after", "30.0", "second"),
        fact(id, value, unit),
    ]


def test_a_ratio_of_durations_is_before_over_after() -> None:
    assert outcomes(facts(times("reading.speedup", "20", "1")))["reading.speedup.ratio"].status == "holds"
    assert outcomes(facts(times("reading.speedup", "30", "1")))["reading.speedup.ratio"].status == "fails"
    assert outcomes(facts(times("reading.saving", "95", "percent")))["reading.saving.ratio"].status == "holds"
    assert outcomes(facts(times("reading.saving", "80", "percent")))["reading.saving.ratio"].status == "fails"
    assert not discover(facts(times("reading.score", "20", "1")))


def test_text_is_never_computed_with() -> None:
    with pytest.raises(InputError):
        lookup(facts([fact("a.name", "Utopia", "text")]))("a.name")
    assert not discover(facts([fact("a.name", "Utopia", "text", stated="Utopia | utopia")]))
