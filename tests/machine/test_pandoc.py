"""Pandoc is found without loading its package, and what commands load stays small."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tieout.machine import pandoc
from tieout.problems import InputError


def test_pandoc_is_the_wheels_own() -> None:
    assert "pypandoc" in Path(pandoc.executable()).parts


def test_only_the_wheels_own_is_told_of_its_runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pandoc.command() == (pandoc.executable(), *pandoc.FRUGAL, "--sandbox")
    other = pandoc.executable()
    monkeypatch.setattr(pandoc, "_bundled", lambda: None)
    monkeypatch.setenv("PATH", str(Path(other).parent))
    assert pandoc.command() == (other, "--sandbox")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="there is no pandoc"):
        pandoc.command()


def test_a_command_loads_nothing_that_it_may_not_need() -> None:
    """Kernels, nbval, readers of PDFs and what speaks to the network come when they are used."""
    heavy = {"pypandoc", "pytest", "nbval", "jupyter_client", "pypdf", "pandas", "altair", "IPython"}
    code = "import sys, tieout.cli, tieout.publish, tieout.check; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert heavy.isdisjoint(done.stdout.split())
