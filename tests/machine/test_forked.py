"""Work done ahead by forks: it changes what lies on the disk, and nothing else."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import psutil
import pytest

from tests.support.waiting import until
from tieout.machine.forked import ahead, spare

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks are not made here")


def test_works_are_done_beside_what_follows_and_waited_for(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def work(name: str) -> None:
        print("said in the fork")
        (tmp_path / name).write_text(str(os.getpid()), encoding="utf-8")

    with ahead([lambda: work("a"), lambda: work("b")]):
        own = os.getpid()
    assert {(tmp_path / name).read_text("utf-8") for name in "ab"}.isdisjoint({str(own)})
    assert capfd.readouterr() == ("", "")


def test_what_goes_wrong_in_a_work_is_for_who_does_it_again(tmp_path: Path) -> None:
    def work() -> None:
        raise SystemExit("no")

    with ahead([work, lambda: (tmp_path / "a").touch()]):
        pass
    assert (tmp_path / "a").exists()


def test_an_error_beside_a_work_ends_it(tmp_path: Path) -> None:
    place = tmp_path / "pid"

    def work() -> None:
        (tmp_path / "new").write_text(str(os.getpid()), encoding="utf-8")
        (tmp_path / "new").rename(place)
        signal.pause()

    with pytest.raises(ValueError, match="beside"), ahead([work]):
        assert until(place.exists)
        raise ValueError("beside")
    assert not psutil.pid_exists(int(place.read_text("utf-8")))


def test_one_core_is_kept_for_what_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIEOUT_JOBS", "1")
    assert spare() == 0
    monkeypatch.setenv("TIEOUT_JOBS", "4")
    assert spare() == 3
