"""What the system saw a kernel read, against what was taken down while it ran: no file is missed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import notebooks

REQUIRED = "TIEOUT_STRACE_REQUIRED"
OPENED = re.compile(
    r'open(?:at)?\((?:AT_FDCWD(?:<[^>]*>)?, )?"(?P<path>[^"]+)", (?P<flags>[A-Z_|]+)[^)]*\) = \d+'
)
WORKING = (".tieout/", "_site/")
READER = """\
import csv, json, os, sqlite3, sys
from pathlib import Path
import numpy as np
import pandas as pd
import beside
frames = [pd.read_csv("data/a.csv"), pd.read_csv(Path("data") / "b.csv")]
rows = list(csv.reader(open("data/c.csv")))
held = json.loads(Path("data/d.json").read_bytes())
array = np.load("data/e.npy"), np.loadtxt("data/f.txt")
with sqlite3.connect("data/g.db") as base:
    base.execute("select 1").fetchall()
names = sorted(os.listdir("data"))
descriptor = os.open("data/h.bin", os.O_RDONLY)
os.close(descriptor)
print(len(names))
"""


@pytest.fixture
def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        assert REQUIRED not in os.environ, "strace is required, and not there"
        pytest.skip("there is no strace")
    if subprocess.run([found, "-o", os.devnull, "true"], capture_output=True).returncode:
        pytest.skip("strace may not look at processes here")
    return found


def project(root: Path) -> Path:
    (root / "data").mkdir(parents=True)
    (root / "_quarto.yml").write_text("project: {type: book}\nbook: {chapters: [index.ipynb]}\n", "utf-8")
    (root / "beside.py").write_text("from pathlib import Path\nX = Path('data/i.txt').read_text()\n", "utf-8")
    for name in ("a.csv", "b.csv", "c.csv", "f.txt", "h.bin", "i.txt"):
        (root / "data" / name).write_text("1\n2\n", "utf-8")
    (root / "data" / "d.json").write_text("[1]", "utf-8")
    made = (
        "import numpy, sqlite3\nnumpy.save('e.npy', [1])\n"
        "sqlite3.connect('g.db').execute('create table t (a)')\n"
    )
    subprocess.run([sys.executable, "-c", made], cwd=root / "data", check=True)
    notebooks.write(root / "index.ipynb", READER)
    return root


def opened(root: Path, strace: str, traces: Path) -> set[str]:
    """Run the notebooks of a project; return the files of it that their kernels opened for reading."""
    command = [strace, "-ff", "-qq", "-e", "trace=open,openat", "-s", "4096", "-o", str(traces / "trace")]
    subprocess.run(
        [*command, sys.executable, "-m", "tieout", "execute"], cwd=root, check=True, capture_output=True
    )
    seen = set[str]()
    for file in traces.glob("trace.*"):
        text = file.read_text("utf-8", "replace")
        if "data/" not in text or ".tieout/executed" in text:  # not a kernel, but who started it
            continue
        for found in OPENED.finditer(text):
            path = (root / found["path"]).resolve()
            if "O_WRONLY" not in found["flags"] and path.is_relative_to(root) and path.is_file():
                seen.add(path.relative_to(root).as_posix())
    return {name for name in seen if not name.startswith(WORKING) and "__pycache__" not in name}


def recorded(root: Path) -> set[str]:
    """Return the files that the records of runs name."""
    records = (root / ".tieout" / "executed").glob("*.json")
    asked = (name for path in records for name in json.loads(path.read_text("utf-8"))["asked"])
    return {name.partition(":")[2] for name in asked if name.startswith("file:")}


def test_the_record_has_every_file_of_the_project_that_the_kernel_opened(tmp_path: Path, strace: str) -> None:
    root = project(tmp_path / "report")
    seen = opened(root, strace, tmp_path)
    assert {"data/a.csv", "data/e.npy", "data/g.db", "data/h.bin", "data/i.txt", "beside.py"} <= seen
    assert seen - recorded(root) == set()


def test_so_it_has_in_a_report_of_facts(starter: Path, tmp_path: Path, strace: str) -> None:
    seen = opened(starter, strace, tmp_path)
    assert "data/datapackage.json" in seen
    assert seen - recorded(starter) == set()
