"""A command says with each message how long it had to go from there when it was run last."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tieout.machine.remaining import Remaining
from tieout.machine.store import Store


def test_the_second_run_says_how_long_the_first_had_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr(time, "perf_counter", lambda: now)
    store = Store(tmp_path)
    first = Remaining(store, ["build"])
    assert first.told("Reading 30 chapters") == "Reading 30 chapters"
    now = 9.0
    assert first.told("Auditing") == "Auditing"
    now = 10.0
    first.keep()
    second = Remaining(store, ["build"])
    assert second.told("Reading 31 chapters") == "Reading 31 chapters (10 s to the end last time)"
    assert second.told("Auditing") == "Auditing", "a second is not worth a word"
    assert Remaining(store, ["build", "--to", "pdf"]).told("Reading 3 chapters") == "Reading 3 chapters"
