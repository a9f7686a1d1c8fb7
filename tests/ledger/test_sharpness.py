"""How sharp a number is, in words: a computed one is told as it was computed, and to what it is stated."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import tieout as t
from tieout import numerals
from tieout.authoring import read, session
from tieout.ledger import sharpness
from tieout.ledger.entries import Entry
from tieout.ledger.sharpness import precision_of
from tieout.notebooks import ENTRY
from tieout.numbers import Quantity


def entries_of(monkeypatch: pytest.MonkeyPatch, id: str, value: Any, **known: Any) -> dict[str, Entry]:
    """Record a number, and return what the ledger then has."""
    found: dict[str, Entry] = {}

    def enter(data: Mapping[str, Any], metadata: object = None) -> None:
        given = data[ENTRY]
        quantity = read(given)
        found[given["id"]] = Entry(
            given["id"], given["label"], given["kind"], given["value"], given["unit"], quantity,
            given["display"], "a.ipynb", 1, formula=None if quantity is None else quantity.formula,
        )  # fmt: skip

    monkeypatch.setattr(session, "emit", enter)
    t.record(id, value, "A", **known)
    return found


def said(monkeypatch: pytest.MonkeyPatch, value: Any, lang: str = "en", **known: Any) -> str:
    entries = entries_of(monkeypatch, "a", value, **known)
    return precision_of(entries["a"], entries, lang)


@pytest.mark.parametrize(
    ("value", "known", "words"),
    [
        (27.375862068965517, {"like": "27.4"}, "computed as ≈ 27.3759; stated to 0.1"),
        (8.588, {"like": "8.6 min", "unit": "minute"}, "computed as 8.588 minutes; stated to 0.1 minutes"),
        (30.27139, {"like": "30 min", "unit": "minute"}, "computed as ≈ 30.2714 minutes; stated to 1 minute"),
        (193.0, {"like": "193 minutes", "unit": "minute"}, "stated in full"),
        (0.6252891287586738, {"like": "63%"}, "computed as ≈ 62.5289%; stated to 1%"),
        (-0.2510029274639488, {"like": "−25%"}, "computed as ≈ −25.1003%; stated to 1%"),
        (1.8619615434007062, {}, "computed as ≈ 1.86196; stated to 0.001"),
        (1234567.891, {"like": "1,234,568"}, "computed as ≈ 1.23456789 million; stated to 1"),
        (2345678912.3, {"like": "$2.3 billion", "unit": "USD"},
         "computed as ≈ $2.34568 billion; stated to $100 million"),
        (5.917436161699142e-09, {"like": "< 0.001"}, "computed as ≈ 5.91744 × 10⁻⁹"),
        (0.6653816499614496, {"like": "two thirds"}, "computed as ≈ 0.665382"),
        (0.0, {}, "stated in full"),
        (Fraction(1, 3), {"like": "33%"}, "computed as ≈ 33.3333%; stated to 1%"),
        (1512, {}, "exact"),
        (3.4212, {"digits": 3}, "computed as 3.4212; stated to 0.001"),
    ],
)  # fmt: skip
def test_a_computed_number_is_told_as_it_was_computed(
    value: Any, known: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(monkeypatch, value, **known) == words


def test_it_lies_between_two_only_where_its_author_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, 27.4, interval=(25.2, 29.9)) == "rounded; between 25.2 and 29.9"
    assert said(monkeypatch, 27.4, interval=(27.3, 29.9)) == "rounded; between 27.3 and 29.9"


def test_a_standard_error_that_was_declared_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        said(monkeypatch, 3.41816, se=0.9134) == "computed as 3.41816; stated to 0.001; standard error 0.9134"
    )


@pytest.mark.parametrize(
    ("value", "known", "words"),
    [
        (27.375862, {"like": "27.4 minutes", "unit": "minute"},
         "обчислено як ≈ 27,3759 хвилини; наведено з точністю до 0,1 хвилини"),
        (30.27139, {"like": "30 minutes", "unit": "minute"},
         "обчислено як ≈ 30,2714 хвилини; наведено з точністю до 1 хвилини"),
        (0.6252891287586738, {"like": "63%"}, "обчислено як ≈ 62,5289 %; наведено з точністю до 1 %"),
        (193.0, {"like": "193 minutes", "unit": "minute"}, "наведено повністю"),
        (0.5, {"se": 0.1234}, "наведено повністю; стандартна похибка 0.1234"),
        (2345678.9, {"like": "2.3 million minutes", "unit": "minute"},
         "обчислено як ≈ 2,34568 млн хвилин; наведено з точністю до 100 000 хвилин"),
    ],
)  # fmt: skip
def test_it_is_told_in_ukrainian(
    value: Any, known: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(monkeypatch, value, "uk", **known).replace("\u00a0", " ") == words


def test_an_exact_ratio_without_end_is_told_by_its_two_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, t.share(100, 1297)) == "exactly 100 ÷ 1,297"
    assert said(monkeypatch, t.share(1, 8)) == "exact"
    assert said(monkeypatch, t.share(100, 1297), "uk") == "точно 100 ÷ 1297"


def test_what_is_computed_of_rounded_numbers_is_no_exact_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    part = Quantity.stated(None, text="2.5", unit="1")
    assert said(monkeypatch, part / 7).startswith("rounded; between ")


def test_a_number_of_more_digits_than_decimals_reckon_with_is_told_too() -> None:
    number = Quantity.computed(Decimal("1234567890.12345678901234567890"))
    shown = numerals.parse("1,234,567,890.12345678901234567890")
    assert sharpness._as_computed(number, shown).startswith("computed as 1.23456789012345678901")
