"""Statements of statistics are read, checked and written number by number, each against its entry."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tieout as t
from tests.support.depth import examples
from tieout import numerals
from tieout.ledger import Cell
from tieout.numbers import Interval, Quantity, share, span
from tieout.update import renewed


def member(slug: str, value: str, exact: bool = False) -> Quantity:
    id = f"effect.{slug}".rstrip(".")
    return Quantity.computed(Decimal(value), exact=exact).named(id, slug)


def family(**other: str) -> dict[str, Quantity]:
    given = {"": "2.5", "se": "0.321", "statistic": "7.788", "p": "3.13e-105", "low": "1.86", "high": "3.14"}
    found = {slug: member(slug, value) for slug, value in {**given, **other}.items()}
    found |= {"df": member("df", "78", True), "n": member("n", "80", True)}
    interval = span(found["low"], found["high"]).named("effect.ci", "ci")
    return {**found, "ci": replace(interval, level=Decimal(95))}


FAMILY = family()
EFFECT = FAMILY[""]
SHARE = t.share(12, 48).named("smokers", "Smokers")
COUNTS = {
    "count": Quantity.computed(Decimal(12), exact=True).named("smokers.count"),
    "total": Quantity.computed(Decimal(48), exact=True).named("smokers.total"),
    "share": SHARE,
}
TRUE = (
    "2.5 (95% CI 1.86 to 3.14)", "t(78) = 7.79, p < .001", "b = 2.5, SE = 0.32, t(78) = 7.79, p < .001",
    "β = 2.50 [1.86, 3.14], p < 0.001", "n = 80", "N=80", "p < .001", "p = 3.13 × 10⁻¹⁰⁵", "p<1e-100",
    "95% CI 1.9 to 3.1", "2.5 (SE 0.321)", "M = 2.5 (SE = 0.32; n = 80)", "$t(78) = 7.79$, p < 0.05",
    "OR 2.5 (95% CI 1.9–3.1), p < .001", "OR = 2.5; 95% CI: [1.9, 3.1]; n = 80",
    r"t(78) = 7.79, p = 3.1 \times 10^{-105}", "95% CI [1.86, 3.14]",
)  # fmt: skip
FALSE = {
    "2.5 (95% CI 1.86 to 3.15)": "2.5 (95% CI 1.86 to 3.14)",
    "2.5 (90% CI 1.86 to 3.14)": "2.5 (95% CI 1.86 to 3.14)",
    "t(79) = 7.79, p < .001": "t(78) = 7.79, p < .001",
    "t(78) = 7.78, p < .001": "t(78) = 7.79, p < .001",
    "t(78) = −7.79, p < .001": "t(78) = 7.79, p < .001",
    "t(78) = 7.79, p > .001": "t(78) = 7.79, p < .001",
    "n = 81": "n = 80",
    "p = .03": "p < .01",
    "p = .031": "p < .001",
    "95% CI 1.9 to 3.2": "95% CI 1.9 to 3.1",
    "2.4 (SE 0.320)": "2.5 (SE 0.321)",
    "χ²(78, N = 81) = 7.79": "χ²(78, N = 80) = 7.79",
}


@pytest.mark.parametrize("text", TRUE)
def test_an_expression_that_is_true_agrees_and_stays(text: str) -> None:
    assert numerals.agrees(text, EFFECT, family=FAMILY) is None
    assert renewed(text, Cell("", EFFECT, FAMILY)) is None


@pytest.mark.parametrize("text", FALSE)
def test_one_wrong_number_in_it_is_caught_and_written_anew(text: str) -> None:
    reason = numerals.agrees(text, EFFECT, family=FAMILY)
    assert reason and "effect" in reason
    assert renewed(text, Cell("", EFFECT, FAMILY)) == FALSE[text]


@pytest.mark.parametrize("text", ["2.5 (SD 0.321)", "F(1, 78) = 7.79", "R² = 0.87, p < .001"])
def test_what_the_family_does_not_have_is_never_taken_as_true(text: str) -> None:
    assert numerals.agrees(text, EFFECT, family=FAMILY)
    with pytest.raises(ValueError):
        renewed(text, Cell("", EFFECT, FAMILY))


@pytest.mark.parametrize("text", ["t(99) = 2.5", "M = 9.9, SD = 2.5", "x = 3, y = 2.5", "2.5 (SD 9)"])
def test_no_number_of_several_goes_unread(text: str) -> None:
    assert numerals.agrees(text, EFFECT) is not None


def test_the_name_of_a_group_is_no_name_of_a_statistic() -> None:
    groups = {
        "": member("", "160"),
        "high": member("high", "80"),
        "n": member("n", "160"),
        "count": member("count", "12"),
    }
    for text, slug in {
        "n = 80": "high",
        "M = 80": "high",
        "n = 12": "count",
        "r = 80": "high",
        "p < 81": "high",
    }.items():
        assert numerals.agrees(text, groups[slug], family=groups) is None, text
    assert numerals.agrees("n = 81", groups["high"], family=groups)


def test_a_range_alone_shows_how_open_its_own_entry_is() -> None:
    share = Quantity(Decimal(20), "percent", Interval(Decimal(9), Decimal(27)), id="people.share")
    other = {"share": share, "count": FAMILY["n"]}
    for text in ("9–27%", "9% to 27%", "between 9 and 27%"):
        assert numerals.agrees(text, share, family=other) is None


def test_a_tie_is_to_what_the_expression_shows() -> None:
    assert numerals.agrees("t(78) = 7.79, p < .001", FAMILY["p"], family=FAMILY) is None
    assert "does not show" in (numerals.agrees("p < .001", FAMILY["statistic"], family=FAMILY) or "")
    assert numerals.agrees("7.79", FAMILY["statistic"], family=FAMILY) is None


@pytest.mark.parametrize(
    "text", ["12 of 48 (25%)", "12/48", "12 of 48", "25%", "12 out of 48 patients (25%)"]
)
def test_a_share_is_shown_with_its_counts(text: str) -> None:
    assert numerals.agrees(text, SHARE, family=COUNTS) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("24 of 96 (25%)", "12 of 48 (25%)"), ("12 of 48 (26%)", "12 of 48 (25%)"),
        ("11 of 48 (25%)", "12 of 48 (25%)"), ("12/49", "12/48"), ("24/96", "12/48"),
        ("12 out of 47", "12 out of 48"),
    ],
)  # fmt: skip
def test_other_counts_of_the_same_share_are_caught(text: str, wanted: str) -> None:
    assert numerals.agrees(text, SHARE, family=COUNTS)
    assert renewed(text, Cell("", SHARE, COUNTS)) == wanted


def test_a_p_value_takes_the_sign_that_it_needs() -> None:
    for value, shown, wanted in [
        ("0.2", "t(78) = 7.79, p < .001", "t(78) = 7.79, p = .200"), ("0.2", "p = .03", "p = .20"),
        ("0.0031", "p < .001", "p < .01"), ("0.0031", "p = 0.030", "p = 0.003"),
        ("0.0031", "p = .2", "p = .003"),
        ("0.0000004", "p < 0.05", None), ("0.051", "p < 0.05", "p = 0.05"),
    ]:  # fmt: skip
        own = family(p=value)
        assert renewed(shown, Cell("", own[""], own)) == wanted, (value, shown)


PROSE = {
    "It rose, t(57) = 3.42, p < .001, in 12 of 48 (25%).": ["t(57) = 3.42, p < .001", "12 of 48 (25%)"],
    "We found OR 1.45 (95% CI 1.2–3.4), p = .03 and M = 3.42 (SD 0.91).": [
        "OR 1.45 (95% CI 1.2–3.4), p = .03", "M = 3.42 (SD 0.91)"
    ],
    "n = 333, and see (3, 4), Table 2, 24 hours, 3 of them": [],
    "F(1, 28) = 5.21; then χ²(2, N = 88) = 4.1.": ["F(1, 28) = 5.21", "χ²(2, N = 88) = 4.1"],
    "f(2) = 3 is a function, and 10 of May 2 a day": [],
}  # fmt: skip


@pytest.mark.parametrize("text", PROSE)
def test_expressions_are_found_whole_in_running_text(text: str) -> None:
    assert [text[start:end] for start, end in numerals.expressions(text)] == PROSE[text]


FORMS = (
    "t(57) = 3.42, p < .001", "2.5 (95% CI 1.2 to 3.4)", "M = 3.42 (SE 0.91)", 
    "b = −0.31, SE = 0.10, p = .03",
    "χ²(2, N = 88) = 4.1", "OR 1.45 [1.20, 3.40]", "n = 333",
)  # fmt: skip
small = st.decimals(min_value=Decimal("0.01"), max_value=100, places=3)


@given(small, small, small, st.decimals(min_value=0, max_value=1, places=6), st.integers(1, 999))
@examples(15)
def test_what_is_written_of_a_family_agrees_and_no_changed_digit_does(
    estimate: Decimal, room: Decimal, statistic: Decimal, p: Decimal, count: int
) -> None:
    ends = {"low": str(estimate - room), "high": str(estimate + room)}
    own = family(**{"": str(estimate), "statistic": str(statistic), "p": str(p), **ends})
    own |= {"df": member("df", str(count), True), "n": member("n", str(count + 2), True)}
    for form in FORMS:
        try:
            text = renewed(form, Cell("", own[""], own)) or form
        except ValueError:
            continue
        assert numerals.says(text, own[""], family=own)
        for at, digit in enumerate(text):
            if digit in "0123456789" and "<" not in text[max(0, at - 8) : at]:
                changed = text[:at] + str((int(digit) + 1) % 10) + text[at + 1 :]
                assert not numerals.says(changed, own[""], family=own), changed


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [("p < 0.001", "-0.098", "p-value"), ("p < 0.5", "-3", "p-value"), ("p = .3", "1.3", "p-value"),
     ("SE −0.7", "-0.7", "never below zero"), ("SD 0.7", "-0.7", "never below zero")],
)  # fmt: skip
def test_an_entry_is_never_called_what_it_cannot_be(text: str, value: str, words: str) -> None:
    alone = Quantity.computed(Decimal(value)).named("slope", "Slope")
    assert words in (numerals.agrees(text, alone) or "")
    with pytest.raises(ValueError, match=words):
        renewed(text, Cell("", alone))


def test_what_is_said_of_an_estimate_is_never_the_estimate() -> None:
    bare = {slug: each for slug, each in FAMILY.items() if slug in ("", "low", "high")}
    for text in ("p < 3", "p = .03", "SE 2.5", "SD = 2.5", "t = 2.5", "F(1, 2) = 2.5"):
        assert "has no entry beside it" in (numerals.agrees(text, EFFECT, family=bare) or ""), text
    assert numerals.agrees("n = 80", member("", "80"), family=bare) is None, "what it counts is its own"


def test_a_deviation_with_an_interval_of_its_own_is_called_by_its_label() -> None:
    spread = {slug: each for slug, each in FAMILY.items() if slug in ("low", "high")}
    own = replace(EFFECT, label="Standard deviation of age")
    for text in ("SD 2.5", "SD = 2.5 (1.86 to 3.14)"):
        assert numerals.agrees(text, own, family={"": own, **spread}) is None, text
        assert numerals.agrees(text, EFFECT, family={"": EFFECT, **spread}), text


BELOW = {"": "-0.722", "se": "0.0342", "p": "4e-99", "low": "-0.7892", "high": "-0.6552"}
RENEWED = {
    "-0.709 (SE 0.031, p < 0.001; 95% CI -0.771 to -0.648)": (
        "-0.722 (SE 0.034, p < 0.001; 95% CI -0.789 to -0.655)"
    ),
    "−0.709 (95% CI −0.77 to −0.65)": "−0.722 (95% CI −0.79 to −0.66)",
    "-0.71 (95% CI [-.771, -.648])": "-0.72 (95% CI [-.789, -.655])",
    "-0.709 (-0.771; -0.648)": "-0.722 (-0.789; -0.655)",
    "-0.709 (95% CI from -0.771 to -0.648)": "-0.722 (95% CI from -0.789 to -0.655)",
    "-0.709 (95% CI between -0.771 and -0.648)": "-0.722 (95% CI between -0.789 and -0.655)",
    "95% CI -0.771 to -0.648": "95% CI -0.789 to -0.655",
    "95% CI: −0.771 to −0.648": "95% CI: −0.789 to −0.655",
    "-0.771 to -0.648": "-0.789 to -0.655",
    "-0.709 ± 0.031": "-0.722 ± 0.034",
    "0.709 (95% CI 0.648 to 0.771)": "−0.722 (95% CI −0.789 to −0.655)",
    "0.709 (95% CI 0.648–0.771)": "−0.722 (95% CI −0.789 to −0.655)",
    "+0.709 (95% CI +0.648 to +0.771)": "−0.722 (95% CI −0.789 to −0.655)",
    "-0.709 (90% CI -0.771 to -0.648)": "-0.722 (95% CI -0.789 to -0.655)",
}


@pytest.mark.parametrize("text", RENEWED)
def test_each_part_of_a_statement_keeps_its_form(text: str) -> None:
    below = family(**BELOW)
    assert renewed(text, Cell("", below[""], below)) == RENEWED[text]


def test_limits_cross_zero_and_come_back_in_their_form() -> None:
    across = family(**{**BELOW, "": "0.012", "low": "-0.05", "high": "0.074", "p": "0.62"})
    text = "-0.722 (SE 0.034, p < 0.001; 95% CI -0.789 to -0.655)"
    now = "0.012 (SE 0.034, p = 0.620; 95% CI -0.050 to 0.074)"
    assert renewed(text, Cell("", across[""], across)) == now
    below = family(**BELOW)
    assert renewed(now, Cell("", below[""], below)) == text.replace("-0.722", "-0.722")


def test_a_share_is_no_difference_in_percentage_points() -> None:
    whole = share(129, 178).named("wine.share", "Share of strong wines")
    assert numerals.agrees("72.5%", whole) is None
    assert "the entry is a share" in str(numerals.agrees("72.5 percentage points", whole))
