"""Numbers that name things need no tie; the same digits that count do."""

from __future__ import annotations

import pytest

from tieout import numerals


def labels(text: str, lang: str = "en") -> list[str]:
    return [token.text for token in numerals.find(text, lang) if token.kind == "label"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See Figure 1, Tables 2.1 and 2.2, and Figs. 3–5.", ["1", "2.1", "2.2", "3–5"]),
        ("Wines of class 0, of classes 1 and 2", ["0", "1", "2"]),
        ("Type 2 diabetes, phase 3 trials, groups 1, 2 and 3", ["2", "3", "1", "2", "3"]),
        ("Cluster 3 has 12 members, and model 2 explains 40%.", ["3", "2"]),
        ("Table 2 has 12 rows; group 2 (n = 12) none.", ["2", "2"]),
    ],
)
def test_what_names_a_thing_is_a_label(text: str, found: list[str]) -> None:
    assert labels(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "In each group 12 were treated.",
        "In the control group 12 of 48 recovered, in the other group 30%.",
        "In group 12 patients died.",
        "In the experiment 48 survived, and in our control group 12.",
        "The class 3.5 points higher, a type 2.5 times as frequent",
        "A phase 3 million long, in class 30 pupils",
    ],
)
def test_what_counts_is_none(text: str) -> None:
    assert labels(text) == []


def test_other_languages_have_labels_too() -> None:
    assert labels("Gruppe 2 und Tabelle 3", "de") == ["2", "3"]
    assert labels("група 2, рис. 3", "uk") == ["2", "3"]
