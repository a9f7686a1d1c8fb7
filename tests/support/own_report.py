"""A report of one's own, started and built by the very lines of the README, in a shell."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
FENCED = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
NAME = "my-report"


def script() -> str:
    """Return the lines; only the installation is done already, and the engine is the one that comes along."""
    text = README.read_text(encoding="utf-8")
    (block,) = [block for block in FENCED.findall(text) if "tieout new" in block]
    lines = "".join(line + "\n" for line in block.splitlines() if not line.startswith("pip"))
    return re.sub(r"tieout build$", "tieout build --engine pandoc", lines, flags=re.M)


def start(folder: Path) -> None:
    """Do what the lines say in a new folder, and write down beside the report what was printed."""
    folder.mkdir()
    lines = script()
    places = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    if shutil.which("tieout", path=places) is None:  # not installed as a command here
        lines = lines.replace("tieout ", f"'{sys.executable}' -m tieout ")
    environment = {**os.environ, "PATH": places}
    environment.pop("TIEOUT_SOURCE", None)
    done = subprocess.run(
        ["sh", "-ec", lines], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    (folder / "out.txt").write_text(done.stdout, encoding="utf-8")
    (folder / "err.txt").write_text(done.stderr, encoding="utf-8")
