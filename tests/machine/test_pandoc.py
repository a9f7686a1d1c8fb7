"""Pandoc is found without loading its package, and what commands load stays small."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tieout.machine.pandoc import executable


def test_pandoc_is_the_wheels_own() -> None:
    assert "pypandoc" in Path(executable()).parts


def test_a_command_loads_nothing_that_it_may_not_need() -> None:
    """Kernels, nbval, readers of PDFs and what speaks to the network come when they are used."""
    heavy = {"pypandoc", "pytest", "nbval", "jupyter_client", "pypdf", "pandas", "altair", "IPython"}
    code = "import sys, tieout.cli, tieout.publish, tieout.check; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert heavy.isdisjoint(done.stdout.split())
