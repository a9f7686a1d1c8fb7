"""Temporary folders: gone in the end, and gone after a kill as soon as the next one comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tieout.machine import held, is_abandoned, scratch
from tieout.machine.scratch import clear_up

HOLD = (
    "import time\nfrom tieout.machine import scratch\n"
    "with scratch() as folder:\n    (folder / 'deep').mkdir(); (folder / 'deep' / 'x').write_text('x')\n"
    "    print(folder, flush=True); time.sleep(60)\n"
)


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_a_folder_is_gone_in_the_end_and_after_a_failure(base: Path) -> None:
    with scratch() as folder:
        assert folder.parent == base
    assert not folder.exists()
    with pytest.raises(KeyboardInterrupt), scratch() as other:
        (other / "x").write_text("x", encoding="utf-8")
        raise KeyboardInterrupt
    assert not list(base.iterdir())


def test_what_a_killed_process_left_is_cleared_by_the_next(base: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        left = Path(process.stdout.readline().strip())
        with scratch() as own:
            assert own.exists() and left.exists(), "a folder in use is left alone"
            clear_up(base)
            assert own.exists() and left.exists()
            process.send_signal(signal.SIGKILL)
            process.wait()
            clear_up(base)
            assert own.exists() and not left.exists()


def test_a_process_killed_before_it_locked_leaves_nothing(base: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    (base / f"tieout-{gone.pid}-x").mkdir()
    (base / f"tieout-{os.getpid()}-x").mkdir()
    clear_up(base)
    assert [path.name for path in base.iterdir()] == [f"tieout-{os.getpid()}-x"]


def test_a_folder_of_the_users_own_is_never_touched(base: Path) -> None:
    """Neither its name nor a file in it makes a folder ours: only a lock that its maker let go of."""
    for name in ("tieout-notes", "tieout-999999999-notes", "tieout-"):
        (base / name).mkdir()
        (base / name / "note.md").write_text("mine", encoding="utf-8")
    (base / "elsewhere").mkdir()
    (base / "elsewhere" / ".tieout-lock").touch()
    (base / "tieout-link").symlink_to("elsewhere")
    clear_up(base)
    assert (base / "elsewhere" / ".tieout-lock").exists()
    assert len(list(base.glob("tieout-*/note.md"))) == 3


def test_a_lock_is_held_for_as_long_as_the_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with held(tmp_path / "folder") as folder:
        assert not is_abandoned(folder)
    assert not folder.exists()
    assert not is_abandoned(tmp_path)
