"""What shares are said to be of, against the tables that their code counts."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import tieout as t
df = pd.DataFrame({"no_show": [0] * 8 + [1] * 2, "score": [1, 2] * 5, "kind": ["new", "old"] * 5})
df["wait"] = [5, 70, 20, 30, 65, 10, 5, 15, 0, 0]
seen = df[df.no_show == 0].copy()
rated = seen.dropna(subset=["score"]).query("wait > 5")
adults = df[df.score > 1]
t.record("n", len(df), "Booked appointments")
t.record("seen.n", len(seen), "Seen")
t.record("rated.n", rated.shape[0], "Patients who left a rating")
t.record("long", t.share(int((seen.wait > 60).sum()), int(len(seen))), "Share who waited more than an hour")
t.record("short", (seen.wait <= 15).mean(), "Share with a short wait", like="50%")
t.record("rated.share", len(rated) / len(seen), "Share who left a note", like="75%")
t.record("missed", df.no_show.mean(), "Share of no-shows", like="20%")
t.record("new", df.kind.value_counts(normalize=True).loc["new"], "New ones", like="50%")
t.record("pleased", (rated.score > 1).mean(), "Pleased", like="67%")
t.record("grown", len(adults) / len(df), "Grown up", like="50%")
t.record("slow", (rated.wait > 65).mean(), "Share of slow ones among those with a rating", like="17%")
t.record("wait", seen.wait.mean(), "Mean wait", unit="minute")
"""
long, short, rated, missed = (
    "[25%](tie:long)",
    "[50%](tie:short)",
    "[75%](tie:rated.share)",
    "[20%](tie:missed)",
)
new, pleased, grown = "[50%](tie:new)", "[67%](tie:pleased)", "[50%](tie:grown)"
RIGHT = [
    "We saw [8](tie:seen.n) of [10](tie:n) patients.", "Of [10](tie:n) patients [8](tie:seen.n) were seen.",
    "We saw [10](tie:n) more than of [8](tie:seen.n) before.",
    "Not [10](tie:n) of [8](tie:seen.n) were seen.",
    f"{long} of those seen waited long.", f"{long} of all patients seen waited long.",
    f"{long} of patients waited long.",
    f"{long} of the appointments that were kept took long.", f"{long} of the appointments kept took long.",
    f"Of all appointments, {long} took long.", f"Two ({long} of those seen) waited long.",
    f"{short} of the people seen waited briefly.", f"{rated} of those seen left a note.",
    f"{missed} of all appointments were missed.", f"{missed} of booked appointments were missed.",
    f"{missed} of the appointments were missed, none of those seen.", f"{new} of the appointments were new.",
    f"{pleased} of those who left a rating were pleased.", f"{pleased} of the ratings were good.",
    f"{grown} of all appointments were of adults.", f"It is not {long} of all appointments.",
    f"{long} of the waits were long.", f"{short} of visits were brief.", f"{long} of the cases took an hour.",
    "The mean wait of [27.5 minutes](tie:wait) of those seen is short.",
    f"{missed} of the slots were lost.", f"{short} of appointments were brief.",
]  # fmt: skip
WRONG = [
    f"{missed} of the seen appointments were missed.", "We saw [10](tie:n) of [8](tie:seen.n) patients.",
    "There, [8](tie:seen.n) out of the [6](tie:rated.n) were seen.",
    "[17%](tie:slow) of all appointments spent long in the room.",
    f"{long} of all appointments took long.", f"{long} of the booked appointments took long.",
    f"Two ({long} of all appointments) waited long.",
    f"{rated} of all appointments ended with a note.", f"{missed} of those seen did not come.",
    f"{missed} of the seen were missed.", f"{new} of those seen were new.",
    f"{pleased} of all booked appointments were pleasing.", f"{rated} of all appointments (6) left a note.",
    "[One in four](tie:long) of all appointments took long.",
    f"{pleased} of those seen were pleased.", f"{short} of all appointments were brief.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("wholes"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_a_share_of_what_its_code_divides_by_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_a_share_of_another_table_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["portion"]
