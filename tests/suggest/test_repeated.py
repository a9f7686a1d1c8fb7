"""What a summary says and the text below repeats: where one is certain, the other is."""

from __future__ import annotations

from pathlib import Path

from tests.support import analyses
from tieout.ledger import Ledger
from tieout.suggest.search import suggest

MADE = """\
years = pd.DataFrame({"margin": [6.963, 9.0576], "energy": [194791.0, 163709.0]},
                     index=pd.Index([2023, 2024], name="year"))
lost = pd.Series({"Ash": 9.0612, "Birch": 31.5})
"""


def certain(folder: Path, prose: str) -> list[str]:
    """The numbers that are certain, in their order."""
    root = analyses.project(folder / "report", "#:# Mass", analyses.READ, MADE, f"#:{prose}")
    found = suggest(Ledger.load(root), analyses.held(root))
    return [each.number.text for each in found if each.records]


def test_a_number_of_the_summary_is_what_it_is_below(tmp_path: Path) -> None:
    prose = "Margin 9.1%.\n\nEnergy helped: €31,082 saved.\n\nThe margin went from 7.0% to 9.1%."
    found = certain(tmp_path, f"{prose}\n\nEnergy helped, falling by €31,082.")
    assert found == ["9.1%", "€31,082", "7.0%", "9.1%", "€31,082"]


def test_the_same_digits_of_another_thing_are_left_to_the_author(tmp_path: Path) -> None:
    prose = "Of the trees 9.1% died, and 31,082 grew.\n\nThe margin went from 7.0% to 9.1%."
    assert certain(tmp_path, f"{prose}\n\nEnergy fell by €31,082.") == ["7.0%", "9.1%", "€31,082"]


TICKETS = """\
tickets = pd.DataFrame({"plate": ["out"] * 78 + ["in"] * 202, "contested": [True] * 250 + [False] * 30})
tickets["status"] = ["unpaid"] * 32 + ["paid"] * 46 + ["unpaid"] * 55 + ["dismissed"] * 102 + ["paid"] * 45
plates = pd.crosstab(tickets.plate, tickets.status, normalize="index").mul(100)
fought = tickets[tickets.contested]
win = (fought.status == "dismissed").mean() * 100
print(len(fought), f"{win:.1f}% dismissed")
"""


def test_of_two_outputs_with_the_few_digits_that_which_is_told_elsewhere_is_not_taken(tmp_path: Path) -> None:
    prose = "Of visitors' tickets 41% go unpaid.\n\nOf the 250 that were contested, 41% were dismissed."
    root = analyses.project(tmp_path / "report", "#:# Mass", analyses.READ, TICKETS, f"#:{prose}")
    found = suggest(Ledger.load(root), analyses.held(root))
    keys = [each.records.key if each.records else None for each in found if each.number.text == "41%"]
    assert keys == [None, "penguins.win"]
