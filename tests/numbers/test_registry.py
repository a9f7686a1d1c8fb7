"""The registry of units: parsed once an environment, and the same whatever became of what was kept."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from tieout.numbers.registry import registry


def _says_a_mile(place: Path) -> bool:
    return registry(Decimal, place).Quantity(Decimal(1), "mile").to("meter").magnitude == Decimal("1609.344")


def test_a_registry_that_was_kept_says_the_same(tmp_path: Path) -> None:
    assert _says_a_mile(tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    assert _says_a_mile(tmp_path)
    assert registry(Fraction, tmp_path).Quantity(Fraction(1), "foot").to("meter").magnitude == Fraction(
        381, 1250
    )


def test_what_was_kept_and_cut_is_read_anew(tmp_path: Path) -> None:
    assert _says_a_mile(tmp_path)
    for file in tmp_path.rglob("*.pickle"):
        file.write_bytes(file.read_bytes()[:100])
    assert _says_a_mile(tmp_path)


def test_a_place_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    assert _says_a_mile(tmp_path / "taken")
