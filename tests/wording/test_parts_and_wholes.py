"""Names beside a number of what it is made of, or a part of: no mistake, and nothing is said."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
import pandas as pd
plots = pd.DataFrame({"kind": ["clover", "control"] * 3, "weeds": [37.2, 67.9, 38.1, 66.8, 37.6, 68.2]})
means = plots.groupby("kind")["weeds"].mean()
t.record("a.weeds-clover", means["clover"], "Weeds clover", unit="gram")
t.record("a.weeds-control", means["control"], "Weeds control", unit="gram")
t.record("a.weeds-diff", means["control"] - means["clover"], "Weeds diff", unit="gram")
t.record("a.n-plots", len(plots), "N plots")
t.record("a.n-weedy", int((plots["weeds"] > 67).sum()), "N weedy")
t.record("a.n-clean", int((plots["weeds"] < 50).sum()), "N clean")
t.record("b.largest", plots["weeds"].max(), "Largest of the weeds", unit="gram")
t.record("b.last", plots["weeds"][5], "Weeds at Dunmere", unit="gram")
t.record("c.binned.yr-2023", 11.7, "Binned, yr 2023", unit="percent")
t.record("c.binned.yr-2024", 10.7, "Binned, yr 2024", unit="percent")
t.record("e.passed", 50, "Tests passed")
t.record("e.conducted", 114, "Tests conducted")
old, new = {"yr-2022": 243.0}, {"yr-2023": 315.0}
t.record("d.rain-diff", new["yr-2023"] - old["yr-2022"], "Rain diff", unit="millimeter")
"""
TRUE = [
    "Over both years [50](tie:e.passed) of [114](tie:e.conducted) tests were passed.",
    "Control plots had [30.0 g](tie:a.weeds-diff) more.",
    "Of the plots, [two](tie:a.n-weedy) were overgrown.",
    "All but [two](tie:a.n-weedy) were clean.",
    "At Dunmere they weighed [68.2 g](tie:b.largest), more than anywhere.",
    "We binned [10.7%](tie:c.binned.yr-2024) of it, after 11.7% in 2023.",
    "The drier of the two seasons brought [72 mm](tie:d.rain-diff) less than the wetter.",
]
FALSE = [
    ("Over both years [114](tie:e.conducted) tests were passed.", "meant"),
    ("Control plots had [37.6 g](tie:a.weeds-clover).", "meant"),
    ("The clean ones were [two](tie:a.n-weedy).", "meant"),
    ("We binned [10.7%](tie:c.binned.yr-2024) of it in 2023.", "dated"),
    ("It was [72 mm](tie:d.rain-diff) less than in the year before.", "turned"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("parts"), [*TRUE, *(text for text, _ in FALSE)], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_a_name_of_a_side_a_whole_or_another_time_is_no_mistake(
    text: str, found: dict[str, list[str]]
) -> None:
    assert found[text] == []


@pytest.mark.parametrize(("text", "rule"), FALSE)
def test_a_name_of_another_is_named(text: str, rule: str, found: dict[str, list[str]]) -> None:
    assert found[text] == [rule]
