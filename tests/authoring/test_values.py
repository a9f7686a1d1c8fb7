"""What analysts have is recorded as it is: value, unit, precision, and the files it follows from."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pint
import pytest

import tieout as t
from tests.support import notebooks, projects
from tieout import numerals
from tieout.authoring import session
from tieout.authoring.values import Sharpness, taken
from tieout.ledger import Ledger
from tieout.notebooks import ENTRY, PLAIN, Notebook
from tieout.notebooks.execute import execute
from tieout.numbers import Quantity
from tieout.problems import InputError

UNITS = pint.UnitRegistry()
FRAME = pd.DataFrame({"mass": [3.5, 4.25], "n": [3, 4]})

NUMBERS: dict[str, tuple[Any, str, str]] = {
    "int": (344, "344", "exact"),
    "bigger than a float": (10**20 + 1, "100000000000000000001", "exact"),
    "float": (43.9219298245614, "43.9219298245614", "rounded"),
    "tiny": (3.13e-105, "3.13E-105", "rounded"),
    "Decimal": (Decimal("2.50"), "2.5", "rounded"),
    "Fraction": (Fraction(1, 3), "0.3333333333333333333333333333", "exact"),
    "NumPy int": (np.int64(7), "7", "exact"),
    "NumPy float": (np.float64(0.1), "0.1", "rounded"),
    "NumPy single": (np.float32(0.1), "0.1", "rounded"),
    "NumPy no dimension": (np.array(0.25), "0.25", "rounded"),
    "one-cell array": (np.array([[4.5]]), "4.5", "rounded"),
    "one-cell Series": (FRAME["mass"][FRAME.n == 4], "4.25", "rounded"),
    "one-cell DataFrame": (FRAME.loc[[0], ["n"]], "3", "exact"),
    "a mean": (FRAME.mass.mean(), "3.875", "rounded"),
    "nullable": (pd.array([5], dtype="Int64")[0], "5", "exact"),
    "uncertainties": (SimpleNamespace(nominal_value=1.2345, std_dev=0.0321), "1.2345", "rounded"),
}


@pytest.mark.parametrize("kind", NUMBERS)
def test_a_number_of_any_kind_is_taken_with_all_its_digits(kind: str) -> None:
    given, value, qualifier = NUMBERS[kind]
    quantity = taken(given, "a.b", None, Sharpness())
    assert isinstance(quantity, Quantity)
    assert (quantity.value, quantity.unit, quantity.kind) == (Decimal(value), "1", "computed")
    assert quantity.qualifier == qualifier
    assert quantity.interval.contains(quantity.value)


def test_what_is_converted_stays_computed_and_no_more_exact_than_it_was() -> None:
    for given, unit in ((UNITS.Quantity(5.2, "g"), "kg"), (datetime.timedelta(minutes=90), "hour")):
        quantity = taken(given, "a.b", unit, Sharpness())
        assert isinstance(quantity, Quantity)
        assert (quantity.kind, quantity.qualifier, quantity.formula) == ("computed", "rounded", None)


EXACT_RATIOS = {
    Fraction(247, 350): (("70.57%", "70.6%", "247/350", "71%"), ("70.53%", "70.4%", "246/350", "247/351")),
    Fraction(1, 3): (("1/3", "a third", "33.3%", "16/48", "12 of 36"), ("1/2", "33.4%", "16/47", "0.34")),
}


@pytest.mark.parametrize("given", EXACT_RATIOS)
def test_an_exact_ratio_is_shown_as_one_and_by_no_other_rounding(given: Fraction) -> None:
    quantity = taken(given, "a.b", None, Sharpness())
    assert isinstance(quantity, Quantity)
    true, false = EXACT_RATIOS[given]
    assert [text for text in true if numerals.agrees(text, quantity)] == []
    assert [text for text in false if numerals.agrees(text, quantity) is None] == []


OTHERS: dict[str, tuple[Any, str | None, str, str]] = {
    "a unit": (4201.75, "gram", "4201.75", "gram"),
    "a scaled unit": (2.5, "billion USD", "2500000000", "USD"),
    "pint": (UNITS.Quantity(4.5, "kg/m**2"), None, "4.5", "kilogram / meter ** 2"),
    "pint converted": (UNITS.Quantity(1500, "g"), "kilogram", "1.5", "kilogram"),
    "timedelta": (datetime.timedelta(minutes=90), "hour", "1.5", "hour"),
    "Timedelta": (pd.Timedelta("2 days"), None, "172800", "second"),
    "timedelta64": (np.timedelta64(3, "m"), "second", "180", "second"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_unit_is_taken_over_or_converted_to(kind: str) -> None:
    given, unit, value, name = OTHERS[kind]
    quantity = taken(given, "a.b", unit, Sharpness())
    assert isinstance(quantity, Quantity)
    assert (quantity.value, quantity.unit) == (Decimal(value), name)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("Adelie", "Adelie"),
        (datetime.date(2026, 3, 1), "2026-03-01"),
        (datetime.datetime(2026, 3, 1, 12, 30), "2026-03-01T12:30:00"),
        (pd.Timestamp("2026-03-01"), "2026-03-01"),
        (np.datetime64("2026-03-01"), "2026-03-01"),
        (pd.Period("2026Q1"), "2026Q1"),
        (datetime.time(14, 30), "14:30:00"),
        (pd.DataFrame({"day": [datetime.date(2026, 3, 1)]}), "2026-03-01"),
    ],
)
def test_names_and_dates_are_texts(given: Any, text: str) -> None:
    assert taken(given, "a.b", None, Sharpness()) == text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (float("nan"), "missing"),
        (float("inf"), "missing"),
        (None, "missing"),
        (pd.NA, "missing"),
        (pd.NaT, "missing"),
        (np.datetime64("NaT"), "missing"),
        (True, "no number"),
        (np.bool_(False), "no number"),
        (FRAME.mass, "of 2 values"),
        (FRAME, "of 2 × 2 values"),
        (np.array([1, 2, 3]), "of 3 values"),
        (1 + 2j, "cannot record a complex"),
        ([1], "cannot record a list"),
        (object(), "cannot record a object"),
        (np.ma.masked, "missing"),
        (" ", "empty"),
    ],
)
def test_what_is_no_single_value_is_refused_with_what_to_do(given: Any, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        taken(given, "a.b", None, Sharpness())
    assert caught.value.problems[0].hint


@pytest.mark.parametrize(
    ("sharpness", "low", "high"),
    [
        (Sharpness(), "43.9219", "43.9219"),
        (Sharpness(like="43.9"), "43.8719", "43.9719"),
        (Sharpness(like="44 years"), "43.4219", "44.4219"),
        (Sharpness(digits=3), "43.8719", "43.9719"),
        (Sharpness(se=0.321), "43.9169", "43.9269"),
        (Sharpness(se=12), "43.4219", "44.4219"),
        (Sharpness(interval=(43, 45.5)), "43", "45.5"),
        (Sharpness(like="44", interval=(43, 45.5)), "43", "45.5"),
    ],
)
def test_precision_is_what_the_author_declares(sharpness: Sharpness, low: str, high: str) -> None:
    quantity = taken(43.9219, "a.b", "year", sharpness)
    assert isinstance(quantity, Quantity)
    assert (quantity.interval.low, quantity.interval.high) == (Decimal(low), Decimal(high))


def test_counts_stay_exact_however_they_are_shown() -> None:
    quantity = taken(1234, "a.b", None, Sharpness(like="1.2 thousand"))
    assert isinstance(quantity, Quantity) and quantity.interval.is_point


@pytest.mark.parametrize(
    ("given", "sharpness", "unit", "words"),
    [
        (4.0, Sharpness(interval=(5, 6)), None, "around the value"),
        (4.0, Sharpness(digits=0), None, "shows nothing"),
        (4.0, Sharpness(se=-1), None, "below zero"),
        (4.0, Sharpness(), "florin", "florin"),
        (UNITS.Quantity(1, "kg"), Sharpness(), "hour", "kilogram"),
        (4.0, Sharpness(like="many"), None, "many"),
    ],
)
def test_what_contradicts_the_value_is_said(given: Any, sharpness: Sharpness, unit: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        taken(given, "a.b", unit, sharpness)


def test_arithmetic_mixes_facts_quantities_and_plain_numbers() -> None:
    fact = Quantity.stated("market", text="2.5", unit="billion USD")
    assert (fact * 1.5).value == Decimal("3750000000")
    assert (np.float64(2) * fact).value == 5 * 10**9
    assert (fact / np.int64(2)).value == 1_250_000_000
    assert float(fact) == 2.5e9
    assert list(np.array([fact, fact], dtype=float)) == [2.5e9, 2.5e9]
    assert sorted([fact * 2, fact], key=lambda each: each.value)[0] is fact
    assert fact < fact * 2 and max(fact, fact * 3).value == 7_500_000_000
    mean = t.record("a.mean", FRAME.mass.mean(), label="Mean", unit="gram")
    doubled = 2 * mean
    assert (doubled.value, doubled.unit, doubled.kind) == (Decimal("7.75"), "gram", "derived")


CELLS = (
    "#:# Masses\n\nOf [2](tie:p.n) the mean is [3.88 g](tie:p.mean), the lightest [a](tie:p.light).",
    "import pandas as pd\nimport tieout as t\nframe = pd.read_csv('tables/p.csv')",
    "t.record('p.n', len(frame), label='Penguins')\n"
    "t.record('p.mean', frame.mass.mean(), label='Mean mass', unit='gram', like='3.88 g')\n"
    "t.record('p.light', frame.species[frame.mass.idxmin()], label='The lightest')",
)


@pytest.fixture
def computed(tmp_path: Path) -> Path:
    """A project whose numbers come from a table that lies outside the data package."""
    root = projects.create(tmp_path / "report", {"index.ipynb": [CELLS[0]]})
    (root / "tables").mkdir()
    (root / "tables" / "p.csv").write_text("species,mass\na,3.5\nb,4.25\n", encoding="utf-8")
    notebooks.write(root / "index.ipynb", *CELLS)
    execute(root / "index.ipynb", root)
    return root


def test_a_computed_entry_knows_its_cell_and_what_the_notebook_read(computed: Path) -> None:
    from tieout.checks.ledger import check
    from tieout.ledger.publication import ledger_json
    from tieout.ledger.show import show

    ledger = Ledger.load(computed)
    assert not ledger.problems
    entries = {entry["id"]: entry for entry in ledger_json(ledger)["entries"]}
    mean = entries["p.mean"]
    assert mean["kind"] == "computed" and mean["formula"] is None and mean["number"] == 3.875
    where = "computed by a cell of “Masses” that shows nothing"
    assert mean["origin"] == f"{where}, from tables/p.csv (2 rows)"
    assert mean["code"] == CELLS[2].splitlines()[1]
    assert [(read["path"], read["rows"], read["bytes"]) for read in mean["reads"]] == [
        ("tables/p.csv", 2, 26)
    ]
    assert (entries["p.light"]["value"], entries["p.light"]["unit"]) == ("a", "text")
    assert f"from       {where}" in show(ledger, "p.mean")
    assert not check(ledger).errors
    (computed / "tables" / "p.csv").write_text("species,mass\na,3.5\nb,5\n", encoding="utf-8")
    (problem,) = check(Ledger.load(computed)).errors
    assert problem.rule == "stale" and "tables/p.csv has changed" in problem.what and problem.line
    (computed / "tables" / "p.csv").unlink()
    (problem,) = check(Ledger.load(computed)).errors
    assert "is gone" in problem.what


def test_an_interval_names_the_files_that_its_ends_were_computed_from(tmp_path: Path) -> None:
    root = projects.create(tmp_path / "report", {"index.ipynb": ["#:# A"]})
    (root / "p.csv").write_text("mass\n3.5\n4.25\n", encoding="utf-8")
    code = (
        "import pandas as pd\nimport tieout as t\nmass = pd.read_csv('p.csv').mass\n"
        "t.interval('p.ends', mass.min(), mass.max(), label='Least and most')\n"
        "t.interval('p.said', '3.5', '4.25', label='As written')"
    )
    notebooks.write(root / "index.ipynb", "#:# A", code)
    execute(root / "index.ipynb", root)
    ledger = Ledger.load(root)
    assert [read.path for read in ledger["p.ends"].reads] == ["p.csv"]
    assert not ledger["p.said"].reads


def test_facts_are_no_input_of_a_computed_number_until_one_becomes_a_plain_number(tmp_path: Path) -> None:
    code = (
        "import tieout as t\nfacts = t.facts()\nt.record('a.one', 1.5, label='One')\n"
        "t.record('a.two', float(facts['market.2024']) * 2, label='Two')"
    )
    root = projects.create(tmp_path / "report", {"index.ipynb": ["#:# A"]})
    notebooks.write(root / "index.ipynb", "#:# A", code)
    execute(root / "index.ipynb", root)
    outputs = Notebook.load(root / "index.ipynb", root).code[0].outputs
    named = [[read["path"] for read in output["metadata"].get("tieout-reads", [])] for output in outputs]
    assert named[0] == []
    assert "data/facts.csv" in named[1]


@pytest.mark.parametrize(
    "reads", ["x", [1], [{}], [{"path": "a", "sha256": "b", "bytes": "many", "rows": 1}], {"a": 1}]
)
def test_files_that_were_written_by_hand_are_refused_in_words(computed: Path, reads: Any) -> None:
    path = computed / "index.ipynb"
    book = json.loads(path.read_text("utf-8"))
    book["cells"][2]["outputs"][0]["metadata"] = {"tieout-reads": reads}
    path.write_text(json.dumps(book), encoding="utf-8")
    (problem,) = [each for each in Ledger.load(computed).problems if each.rule == "entry"]
    assert "malformed" in problem.what


def test_a_bound_below_one_says_nothing_of_digits() -> None:
    p = t.record("model.p", 8.6e-18, label="p-value", like="< .001")
    assert p.interval.is_point
    assert not t.record("model.n", 5123.4, label="Rows", like="over 5,000").interval.is_point


@pytest.mark.parametrize(
    ("id", "label", "unit", "shown"),
    [
        ("data.first", "First year", None, "1935"),
        ("data.first", "Year of the first survey", None, "1935"),
        ("data.since", "In business", None, "1935"),
        ("data.year.min", "Smallest of the column", None, "1935"),
        ("data.start", "Start of the series", "year", "1935"),
        ("data.n", "Firms", None, "1,935"),
        ("visits.per-year", "Visits per year", None, "1,935"),
        ("visits.year", "Visits in a year", None, "1,935"),
        ("tree.age", "Age of the oldest tree", "year", "1,935 years"),
    ],
)
def test_a_year_is_shown_as_one_everywhere(
    id: str, label: str, unit: str | None, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(session, "emit", lambda data, metadata=None: bundles.append(data))
    recorded = t.record(id, 1935, label, unit=unit)
    assert bundles[0][ENTRY]["display"] == shown
    assert ("1,935" in bundles[0][PLAIN]) is ("," in shown)
    assert str(t.cell(recorded)) == f"[{shown}](tie:{id})"


def test_the_form_that_an_author_gives_to_a_year_and_other_numbers_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(session, "emit", lambda data, metadata=None: bundles.append(data))
    for value, like in ((1935, "1,935"), (1935.5, None), (935, None), (19354, None)):
        t.record("data.first", value, "First year", like)
    assert [each[ENTRY]["display"] for each in bundles] == ["1,935", "1,935.5", "935", "19,354"]
