"""`t.interval` and ranges that `t.assume` takes: in tables, prose and charts as entries of the ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import tieout as t
from tests.support import projects
from tieout.authoring import bundle, read
from tieout.checks import ledger as ledger_check
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.ledger.publication import ledger_json
from tieout.ledger.show import show
from tieout.notebooks import ENTRY
from tieout.numbers import Quantity
from tieout.problems import InputError
from tieout.suggest import suggest
from tieout.update import plan

CODE = """\
import tieout as t

facts = t.facts()
effect = t.interval("effect.ci", "-0.31", "0.52", label="Effect on pain", level=95)
mass = t.interval("mass.ci", "11.9", "12.7", unit="kg", label="Mass of a probe", like="12.3 ± 0.4 kg")
spend = t.interval("market.span", facts["market.2024"], facts["market.2030"], label="Market, least and most")
guess = t.assume("guess", "1.2-3.4", "1", label="A guess", why="as people say")
rows = [{"What": each.label, "From to": each} for each in (effect, mass, spend, guess)]
t.table(rows)
"""
CHART = """\
#| label: fig-ends
#| fig-cap: "Ends"
#| fig-alt: "Bars from end to end."
import altair as alt

points = t.points([effect])
base = alt.Chart(points)
t.figure("fig-ends", base.mark_rule().encode(x="low:Q", x2="high:Q") + base.mark_text().encode(text="text:N"))
"""
PROSE = """\
#: # Effects

It was [−0.31 to 0.52](tie:effect.ci) (95% CI [[−0.3, 0.5]](tie:effect.ci)), or [95% CI −0.31 to
0.52](tie:effect.ci); a probe weighs [12.3(4) kg](tie:mass.ci), the market is
[\\$2.5–18.9 billion](tie:market.span), and we guess [1.2 to 3.4](tie:guess), [](tie:guess).
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Hold a project whose notebook records intervals."""
    return projects.create(tmp_path, {"index.qmd": "# Home\n", "effects.ipynb": [PROSE, CODE, CHART]})


def test_an_interval_agrees_in_tables_prose_and_charts(project: Path) -> None:
    ledger = Ledger.load(project)
    for check in (prose.check, ledger_check.check):
        assert [str(each) for each in check(ledger).problems] == []
    entries = {each["id"]: each for each in ledger_json(ledger)["entries"]}
    effect = entries["effect.ci"]
    assert (effect["display"], effect["level"], effect["interval"]) == ("−0.31 to 0.52", 95, [-0.31, 0.52])
    assert effect["precision"] == "95% interval; from −0.31 to 0.52"
    assert entries["market.span"]["inputs"] == ["market.2024", "market.2030"]
    assert entries["market.span"]["display"] == "$2.5–18.9 billion"
    assert entries["guess"]["display"] == "1.2–3.4"
    assert "-0.31 to" not in show(ledger, "effect.ci") and "−0.31 to 0.52" in show(ledger, "effect.ci")


def test_another_end_level_or_sign_is_refused(project: Path) -> None:
    path = project / "effects.ipynb"
    for old, new in {
        "[−0.31 to 0.52]": "[−0.31 to 0.62]", "95% CI [[": "90% CI [[", "[[−0.3, 0.5]]": "[[0.3, 0.5]]",
        "12.3(4) kg": "12.3(5) kg", "[95% CI": "[99% CI",
    }.items():  # fmt: skip
        text = path.read_text(encoding="utf-8")
        projects.change(path, old, new)
        assert prose.check(Ledger.load(project)).errors, new
        path.write_text(text, encoding="utf-8")


def test_an_interval_is_suggested_and_rewritten(project: Path) -> None:
    path = project / "effects.ipynb"
    projects.change(path, "[[−0.3, 0.5]](tie:effect.ci)", "[−0.31, 0.52]")
    found = [each for each in suggest(Ledger.load(project)) if "0.52" in each.number.text]
    assert [(each.number.text, each.keys[0]) for each in found] == [("95% CI [−0.31, 0.52]", "effect.ci")]
    projects.change(path, "[12.3(4) kg]", "[12.1(4) kg]")
    changes = plan(Ledger.load(project)).changes
    assert [(each.old, each.new) for each in changes] == [("12.1(4) kg", "12.3(4) kg")]


def test_an_interval_is_stored_whole_and_read_back() -> None:
    made = t.interval("a.ci", "-1.50", "2", label="A", unit="percent", level="99.9")
    stored = json.loads(json.dumps(bundle(made, "−1.50% to 2%")))
    again = read(stored[ENTRY])
    assert (again.level, again.text, again.is_range) == (made.level, "-1.50 to 2", True)
    assert bundle(again, "−1.50% to 2%") == stored
    assert t.upper(made).value == 2 and (made + 1 if made.unit == "1" else made.to("1")).is_range


@pytest.mark.parametrize(
    "given",
    [
        {"low": "3", "high": "1"}, {"low": "1", "high": "2", "level": "0"}, {"low": "1", "high": "x"},
        {"low": float("nan"), "high": 2}, {"low": "1", "high": "2", "unit": "no such unit"},
        {"low": Quantity.stated("a", text="1", unit="kg"), "high": Quantity.stated("b", text="2", unit="m")},
    ],
)  # fmt: skip
def test_what_is_no_interval_is_said_in_words(given: dict[str, object]) -> None:
    with pytest.raises(InputError) as caught:
        t.interval("a.ci", label="A", **given)  # type: ignore[arg-type]
    assert "the interval a.ci: " in str(caught.value)


@pytest.mark.parametrize("text", ["1.2-3.4", "1.2–3.4", "1.2 to 3.4", "[1.2, 3.4]", "2.3 ± 1.1", "2.3(11)"])
def test_whatever_assume_takes_as_a_range_is_one(text: str) -> None:
    made = t.assume("a", text, "1", label="A", why="because")
    assert made.is_range and read(bundle(made, "1.2–3.4")[ENTRY]).is_range
    assert t.cell(made).text == "1.2–3.4"
