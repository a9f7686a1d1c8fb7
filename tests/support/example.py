"""The second report, `examples/penguins`: computed numbers, ordinary pandas, matplotlib and statsmodels."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.commands import run_tieout

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "penguins"
LIBRARIES = ("matplotlib", "statsmodels")
MISSING = [name for name in LIBRARIES if find_spec(name) is None]
needs_libraries = pytest.mark.skipif(
    bool(MISSING), reason=f"{' and '.join(MISSING)} not installed here: `make example` does that"
)


def copy(target: Path) -> Path:
    """Copy what makes the report, without what is built."""
    shutil.copytree(EXAMPLE, target, ignore=shutil.ignore_patterns("_site", "_site.*", ".tieout"))
    return target


def build(target: Path) -> None:
    """Copy the report and build it; what its notebooks gave in an earlier run is verified, not run again."""
    copy(target)
    earlier = EXAMPLE / ".tieout" / "executed"
    if earlier.is_dir():
        shutil.copytree(earlier, target / ".tieout" / "executed")
    done = run_tieout("build", "--engine", "pandoc", cwd=target)
    assert done.returncode == 0, done.stderr + done.stdout
    (target / "said.txt").write_text(done.stderr, encoding="utf-8")
