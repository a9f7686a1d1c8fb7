"""Bring the ledger up to date before Quarto renders, and put it beside the pages afterwards.

A stale ledger would publish stale numbers. Quarto runs this with whatever Python it finds, so it uses the
standard library only and looks for the `tieout` command itself: beside the running interpreter, in the
project's .venv, then on PATH.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

MISSING = (
    "tieout: the ledger cannot be brought up to date, because Tieout is not installed here; run `make` once, "
    "or `python -m pip install tieout` in the environment that Quarto uses (QUARTO_PYTHON), then render again"
)


def find_command(project: Path) -> str | None:
    """Return the `tieout` command to use, or None where there is none."""
    folders = [
        Path(sys.executable).parent,
        project / ".venv" / "bin",
        project / ".venv" / "Scripts",
    ]
    for folder in folders:
        found = shutil.which("tieout", path=str(folder))
        if found:
            return found
    return shutil.which("tieout")


def main() -> int:
    """Run `tieout ledger` for the project; return its exit status, or 2 where it is not installed."""
    if os.environ.get("TIEOUT_LEDGER"):
        return 0  # whoever started the render has written the ledger already
    project = Path(os.environ.get("QUARTO_PROJECT_DIR") or ".").resolve()
    command = find_command(project)
    if command is None:
        print(MISSING, file=sys.stderr)
        return 2
    arguments = ["ledger", "--project", str(project)]
    rendered = "QUARTO_PROJECT_OUTPUT_FILES" in os.environ  # as after a render only
    output = Path(os.environ.get("QUARTO_PROJECT_OUTPUT_DIR") or ".")
    if rendered and (project / output / "index.html").is_file():
        arguments += ["--site", str(project / output)]
    return subprocess.run([command, *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
