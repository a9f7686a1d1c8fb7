"""Calls the command line: as a process, as a user would, or in this process, which is quicker."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from tieout.machine.opened import OPENED


@dataclass(frozen=True)
class Said:
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """All that it printed."""
        return self.err + self.out

    @property
    def lines(self) -> list[str]:
        """All that it printed, by line."""
        return self.text.splitlines()


def run_tieout(*arguments: str, cwd: Path, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    """Call the command as a user would."""
    command = [sys.executable, "-m", "tieout", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=timeout)


def call(cwd: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Said:
    """Call the command in this process; an exception that it lets through fails the test."""
    from tieout import cli

    status = 0
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(cwd):
        patch.setattr(sys, "argv", ["tieout", *arguments])
        patch.setenv(cli.DEBUG, "1")
        try:
            cli.main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0
    said = capsys.readouterr()
    return Said(status, said.out, said.err)


def call_anew(cwd: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Said:
    """Call the command in this process as if it had just begun: what is kept of earlier calls may answer."""
    from tieout import __main__ as command

    OPENED.forget()
    status = 0
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(cwd):
        patch.setattr(sys, "argv", ["tieout", *arguments])
        patch.setattr(command, "gc", SimpleNamespace(set_threshold=int, freeze=int))
        try:
            command.main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0
    said = capsys.readouterr()
    return Said(status, said.out, said.err)
