"""Formulas, and estimates with their room: read, compared with a family, written as they were."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tieout import numerals
from tieout.ledger import Cell
from tieout.numbers import Quantity
from tieout.prose.ties import find_ties, untied
from tieout.update import renewed
from tieout.update.retext import retext


def known(id: str, value: str, unit: str = "1") -> Quantity:
    return Quantity.computed(Decimal(value), unit).named(id, id)


FAMILY = {
    "mean": known("x.mean", "3.4187", "kilogram"),
    "sd": known("x.sd", "1.2341", "kilogram"),
    "se": known("x.se", "0.1781", "kilogram"),
    "n": known("x.n", "48"),
    "statistic": known("x.statistic", "19.195"),
    "df": known("x.df", "47"),
    "p": known("x.p", "0.00001"),
}
MEAN = FAMILY["mean"]


@pytest.mark.parametrize(
    "text",
    [
        "3.42 ± 1.23 kg", "3.42 ± 0.18 kg", "3.42 kg ± 0.18 kg", "3.42 (± 0.18) kg", "3.42 +/- 1.23 kg",
        "3.42 ± 1.23 kg (SD)", "3.42 ± 0.18 kg (mean ± SE)", "M = 3.42 ± 1.23 kg, n = 48", "3.4 ± 1.2 kg",
        r"\bar{x} = 3.42\,\text{kg}", r"\bar x = 3.42 \pm 1.23\ \mathrm{kg}",
        r"M_1 = 3.42\;\mathrm{kg}, n_1 = 48",
    ],
)  # fmt: skip
def test_an_estimate_is_compared_with_what_stands_beside_it(text: str) -> None:
    assert numerals.agrees(text, MEAN, family=FAMILY) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3.42 ± 1.24 kg", "`3.42 ± 1.23 kg`"),
        ("3.43 ± 1.23 kg", "3.42"),
        ("3.42 ± 1.23 kg (SE)", "`3.42 ± 0.18 kg`"),
        ("3.42 ± 0.18 kg (SD)", "`3.42 ± 1.23 kg`"),
        ("M = 3.42 ± 1.23 kg, n = 49", "x.n"),
        (r"\bar{x} = 3.43\,\text{kg}", "3.42"),
    ],
)
def test_a_room_of_another_name_or_size_is_named(text: str, why: str) -> None:
    assert why in (numerals.agrees(text, MEAN, family=FAMILY) or "")


def test_what_has_no_room_in_the_ledger_says_what_to_record() -> None:
    said = numerals.agrees("3.42 ± 1.23 kg", MEAN)
    assert said and "record its `.sd`, `.se` or `.ci`" in said


@pytest.mark.parametrize(
    "text",
    [
        "t(47) = 19.2, p < .001", r"t_{47} = 19.2, p < .001", r"t(47) = 19.20,\ p \lt .001",
        r"\bar{x} = 3.42\,\text{kg}\ (\mathrm{SD} = 1.23\,\text{kg})", r"p < 10^{-4}, n = 48",
    ],
)  # fmt: skip
def test_a_formula_tells_the_members_of_a_family(text: str) -> None:
    assert numerals.agrees(text, MEAN, family=FAMILY) is None
    for digit, other in (("47", "46"), ("19.2", "19.3"), ("48", "47"), ("1.23", "1.24"), ("3.42", "3.52")):
        if digit in text:
            assert numerals.agrees(text.replace(digit, other), MEAN, family=FAMILY), (digit, text)


REWRITTEN = {
    r"[$n = 162$](tie:n)": ("12340", r"[$n = 12,340$](tie:n)"),
    r"[$N = 1{,}234$](tie:n)": ("12340", r"[$N = 12{,}340$](tie:n)"),
    r"[$N = 1\,234$](tie:n)": ("12340", r"[$N = 12\,340$](tie:n)"),
    r"[$\bar{x} = 3.42$](tie:n)": ("3.518", r"[$\bar{x} = 3.52$](tie:n)"),
    r"[$\hat{\beta}_{1} = 0.87$](tie:n)": ("0.912", r"[$\hat{\beta}_{1} = 0.91$](tie:n)"),
    r"[$R^2_{\text{adj}} = 0.87$](tie:n)": ("0.912", r"[$R^2_{\text{adj}} = 0.91$](tie:n)"),
    r"[$p = 1.2 \times 10^{-5}$](tie:n)": ("0.0000341", r"[$p = 3.4 \times 10^{-5}$](tie:n)"),
    r"[**$n = 25\%$**](tie:n)": ("0.312", r"[**$n = 31\%$**](tie:n)"),
}


@pytest.mark.parametrize("text", REWRITTEN)
def test_a_formula_is_rewritten_in_its_own_manner(text: str) -> None:
    value, wanted = REWRITTEN[text]
    (tie,) = find_ties(text)
    new = renewed(tie.shown, Cell("", known("n", value)))
    assert new is not None
    found = retext(text, tie, new)
    assert found is not None
    start, end, written = found
    assert text[:start] + written + text[end:] == wanted


def test_a_sign_that_is_not_true_becomes_an_equal_sign() -> None:
    said = numerals.agrees(r"n \approx 162", Quantity.computed(Decimal(162), exact=True))
    assert said and "write `n = 162`" in said


def test_two_formulas_of_one_tie_are_rewritten_each_in_its_place() -> None:
    text = r"So [$t_{45} = 18.2$, $p < .001$](tie:x), at last."
    (tie,) = find_ties(text)
    new = renewed(tie.shown, Cell("", MEAN, family=FAMILY))
    assert new is not None
    start, end, written = retext(text, tie, new) or (0, 0, "")
    assert text[:start] + written + text[end:] == r"So [$t_{47} = 19.2$, $p < .001$](tie:x), at last."


def test_a_percentile_that_is_meant_needs_no_tie_and_one_that_is_found_does() -> None:
    free = "The 95th percentile was high, the 10th and 90th percentiles and the 3rd quartile were not."
    assert untied(free) == []
    assert [each.text for each in untied("She is in the 95th percentile.")] == ["95th"]


def test_a_number_in_words_of_another_is_one_number() -> None:
    first, *_ = untied("In twelve of the 48 cases, one of 48 times.")
    assert first.text == "twelve of the 48"
    share = Quantity.computed(Decimal(25), "percent")
    assert numerals.agrees("twelve of the 48", share) is None
    assert numerals.agrees("thirteen of the 48", share)
