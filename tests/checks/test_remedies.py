"""What is to be done about a tie that does not agree: `tieout update` where that writes it, else a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import projects
from tieout import update
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.problems import Problem

RECORDS = """
import tieout as t
t.record("young.share", 0.2047, "Share of the young")
t.record("late.share", 0.0771, "Share of the late")
t.record("rate.ratio", 0.4853, "Ratio of the rates")
t.record("wait", 193, "Longest wait", unit="minute")
t.record("p", 0.0000000059, "P-value")
t.record("urgent", 18.7, "Mean wait, urgent", unit="minute")
t.record("routine", 34.8, "Mean wait, routine", unit="minute")
t.record("seen", 1297, "Patients seen")
t.record("rate", 0.0114, "Rate", like="0.01")
t.record("energy", 22845.4987, "Energy", unit="kilowatt_hour", like="22,845 kWh")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose home page is written anew by each test."""
    cells = {"index.md": "# Home\n", "two.ipynb": ["#:# Two", RECORDS]}
    return projects.create(tmp_path_factory.mktemp("remedies"), cells)


def found(folder: Path, text: str) -> tuple[list[Problem], update.Plan]:
    (folder / "index.md").write_text(f"# Home\n\n{text}\n", encoding="utf-8")
    ledger = Ledger.load(folder)
    return [each for each in prose.check(ledger).problems if each.severity == "error"], update.plan(ledger)


@pytest.mark.parametrize(
    ("text", "writes", "words"),
    [
        ("We saw [1,279](tie:seen) of them.", True, "should be `1,297`"),
        ("It was [0.11](tie:rate) of it.", True, "should be `0.01`, for the value is 0.0114"),
        (
            "It took [22,846 kWh](tie:energy).",
            True,
            "should be `22,845 kWh`, for the value is 22,845.499 kWh and is rounded once",
        ),
        ("It was [One in four](tie:young.share).", True, "should be `One in five`"),
        ("It was [1 in 4](tie:young.share).", True, "should be `1 in 5`"),
        ("It was [1 in 4](tie:rate.ratio).", False, ""),
        ("More than [one in ten](tie:late.share) waited.", False, "write `Fewer than one in ten`"),
        ("It has more than [doubled](tie:rate.ratio).", False, "write `more than halved`"),
        ("It has less than [halved](tie:rate.ratio).", False, "write `more than halved`"),
        ("It took more than [three days](tie:wait).", False, "write `more than three hours`"),
        ("It took less than [three hours](tie:wait).", False, "write `more than three hours`"),
        ("It is there (p > [0.001](tie:p)).", False, "write `< 0.001`"),
        ("It was [a quarter](tie:rate.ratio) of it.", False, "write `nearly half`"),
    ],
)
def test_the_hint_says_what_update_does_and_the_words_are_english(
    folder: Path, text: str, writes: bool, words: str
) -> None:
    (problem,), plan = found(folder, text)
    assert words in problem.what
    assert bool(plan.changes) == writes
    assert ("tieout update" in problem.hint) == writes


def test_two_numbers_in_each_others_place_are_left_to_a_person_by_both(folder: Path) -> None:
    text = "It is [18.7 minutes](tie:routine) against [34.8 minutes](tie:urgent)."
    problems, plan = found(folder, text)
    assert not plan.changes
    assert {each.hint for each in problems} == {each.hint for each in plan.problems}
    assert "exchange" in problems[0].hint


def test_a_tie_to_what_is_recorded_no_more_says_what_it_was_and_what_says_the_same(folder: Path) -> None:
    (problem,), plan = found(folder, "We saw [1,297](tie:seen.patients) of them.")
    assert (problem.what, problem.hint) == (
        "“1,297”: no ledger entry is called seen.patients",
        "did you mean seen, which is 1,297?",
    )
    assert [each.hint for each in plan.problems] == [problem.hint]
    work = Ledger.load(folder).project.work
    work.mkdir(parents=True, exist_ok=True)
    (work / "ledger.json").write_text(
        '{"entries": [{"id": "gone", "defined": {"path": "two.ipynb", "cell": 5}}]}', encoding="utf-8"
    )
    (problem,), plan = found(folder, "We saw [99](tie:gone) of them.")
    assert (
        problem.what == "“99”: nothing records gone any more, which the last build had from two.ipynb, cell 5"
    )
    assert problem.hint == "put its line back, or take the tie away" == plan.problems[0].hint


def test_a_tie_to_what_is_recorded_and_not_run_says_to_run_it(tmp_path: Path) -> None:
    cells = {"index.md": "# Home\n", "two.ipynb": ["#:# Two", RECORDS]}
    root = projects.create(tmp_path, cells)
    projects.change(root / "two.ipynb", '"wait\\"', '"waits\\"')
    (problem,), _ = found(root, "We waited [193 minutes](tie:waits).")
    assert problem.what.startswith("“193 minutes”: two.ipynb, cell ") and "records waits" in problem.what
    assert problem.hint == "run `tieout execute`"
