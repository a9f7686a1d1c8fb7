"""Steps: taken once for the same input, and never believed where what was kept is not whole."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tieout.machine import steps as module
from tieout.machine.steps import Steps, summary
from tieout.machine.store import NOTHING, Store


def test_a_step_is_taken_once_for_the_same_input(tmp_path: Path) -> None:
    for number in range(3):
        steps = Steps(Store(tmp_path))
        assert steps.take("sum", [1, 2], lambda: {"sum": 3}) == {"sum": 3}
        assert (steps.counts["sum"], steps.taken["sum"]) == ((1, 0) if number == 0 else (0, 1))
        assert steps.take("sum", [1, number + 5], lambda number=number: [number]) == [number]


def test_a_result_that_was_cut_is_made_again(tmp_path: Path) -> None:
    Steps(Store(tmp_path)).take("sum", [1], lambda: "a long result")
    for file in tmp_path.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-1])
    steps = Steps(Store(tmp_path))
    assert steps.take("sum", [1], lambda: "a long result") == "a long result"
    assert steps.counts["sum"] == 1


def test_without_a_store_every_step_is_taken() -> None:
    steps = Steps(NOTHING)
    for _ in range(2):
        steps.take("sum", [], lambda: 1)
    assert steps.counts["sum"] == 2


def test_a_long_step_is_remembered_with_its_time_and_a_build_ends_with_what_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "time", SimpleNamespace(**{"perf_counter": lambda: 30.0}))
    steps = Steps(Store(tmp_path))
    assert steps.last_time("execute", "one.ipynb") is None
    steps.note("execute", "one.ipynb", "", 18.0)
    steps.note("execute", "two.ipynb", "", 29.9)
    steps.taken["execute"] += 3
    steps.note("page", "one.html", "", 29.0)
    steps.note("pdf", "", "", 29.0)
    assert summary(steps) == "2 of 5 notebooks run, 1 of 1 pages written, the PDF set, in 0.0 s"
    later = Steps(Store(tmp_path))
    assert (later.last_time("execute", "one.ipynb"), later.last_time("execute", "two.ipynb")) == (12, None)
