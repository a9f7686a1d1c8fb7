"""What sentences are about, by their beginning or the sentence before, against the group of their number."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import tieout as t
seen = pd.DataFrame({
    "site": ["Old Town"] * 3 + ["Northside"] * 5 + ["Riverside"] * 4, "wait": [36] * 3 + [27] * 5 + [30] * 4,
    "sex": ["female", "male"] * 6, "mass": [41, 52] * 6,
})
by = seen.groupby("site").wait.agg(["count", "mean"])
t.record("mean.old-town", by.loc["Old Town", "mean"], "Mean of Old Town", unit="minute", like="36.0 minutes")
t.record("mean.northside", by.loc["Northside", "mean"], "Mean of Northside", unit="minute", like="27 minutes")
t.record("mean.riverside", by.loc["Riverside", "mean"], "Mean of Riverside", unit="minute", like="30 minutes")
t.record("count.northside", by.loc["Northside", "count"], "Count of Northside")
t.record("gap", by.loc["Old Town", "mean"] - by.loc["Northside", "mean"], "Difference", unit="minute")
t.record("f", seen[seen.sex == "female"].mass.mean(), "Mass of hens", unit="gram")
t.record("m", seen[seen.sex == "male"].mass.mean(), "Mass of cocks", unit="gram")
"""
old, north, river = (
    "[36.0 minutes](tie:mean.old-town)",
    "[27 minutes](tie:mean.northside)",
    "[30 minutes](tie:mean.riverside)",
)
n, gap, f, m = "[5](tie:count.northside)", "[9 minutes](tie:gap)", "[41 g](tie:f)", "[52 g](tie:m)"
RIGHT = [
    f"Old Town is the slowest site. Its patients waited {old} on average.",
    f"Northside is the largest site, with {n} patients.",
    f"Northside is also the largest site, with {n} patients, while Riverside is small.",
    f"Riverside is not the slowest site. Its patients waited less than the {old} of Old Town.",
    f"Riverside is close to the slowest site. Old Town is {old}.",
    f"Riverside is small. Its rival waited {old}.",
    f"Riverside is small. It has fewer than the {n} of the largest site.",
    f"Riverside is smaller than the largest site, with {n} patients.",
    f"Riverside is small, but the largest site has more, with {n} patients.",
    f"Riverside is a branch of the largest site, which has {n} patients.",
    f"Riverside is small. There were {n} patients at the largest site.",
    f"Riverside is in between, at {river}.", f"Riverside is fast. At Old Town they waited {old}.",
    f"Old Town and Riverside differ. Their patients waited {old} and {river}.",
    f"Riverside is {gap} away from nothing. Its patients are glad.",
    f"Riverside is the fastest. Its gap is {gap}.",
    f"Females are lighter. They weigh {f}.", f"Males are heavier, at {m}.",
    f"Females are not lighter. They weigh {f}, males {m}.",
    f"Riverside is of middle size. It shares a bus with the largest site ({n} patients).",
    f"Riverside is small. The largest site has {n} patients.",
    f"The three sites differ. Its patients waited {old}.",
]  # fmt: skip
WRONG = [
    f"Riverside is the slowest site. Its patients waited {old} on average.",
    f"Riverside is also the largest site, with {n} patients.",
    f"Northside is the slowest site. Its mean wait is {old}.",
    f"Riverside remains the slowest site, with a mean wait of {old}.",
    f"Old Town is the fastest site, at {north}.", f"Old Town was the largest site: {n} patients.",
    f"Riverside has most patients ({n}).", f"The Riverside has grown. Its wait is {north}.",
    f"Males are lighter. They weigh {f}.", f"Females are heavier. Their mean mass is {m}.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("subjects"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_a_sentence_about_the_group_of_its_number_is_left_alone(
    text: str, found: dict[str, list[str]]
) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_a_sentence_about_another_group_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["meant"]
