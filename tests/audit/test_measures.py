"""Units as pages print them and as the ledger writes them are the same units."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tieout.audit.measures import Measures


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("people", "person"),
        ("persons", "person"),
        ("studies", "study"),
        ("boxes", "box"),
        ("use cases", "use case"),
    ],
)
def test_a_plural_is_its_singular(many: str, one: str) -> None:
    assert Measures().named(many) == Measures().named(one)
    assert Measures().named(one)[1] == {one.replace(" ", "_"): Fraction(1)}


def test_a_unit_has_its_power_and_its_size() -> None:
    measures = Measures()
    assert measures.named("m²") == measures.named("m^2")
    assert measures.unit("kilogram / meter ** 2") == (
        Fraction(1000), {"gram": Fraction(1), "meter": Fraction(-2)}
    )  # fmt: skip


@pytest.mark.parametrize(("many", "one"), [("hertzes", "hertz"), ("inches", "inch"), ("luxes", "lux")])
def test_a_plural_of_the_registry_is_its_singular(many: str, one: str) -> None:
    assert Measures().named(many) == Measures().named(one)
    assert Measures().named(one)[1] != {one: Fraction(1)}
