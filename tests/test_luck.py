"""No test fails by luck: none throws draws away, looks at a clock, or waits as long as was once enough."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support import projects
from tieout.ledger import Ledger
from tieout.machine.opened import OPENED

# Draws thrown away, numbers of examples that a deep run cannot raise, health checks not asked, and clocks.
LUCK = {
    "assume", "reject", "filter", "suppress_health_check", "max_examples", "deadline",
    "sleep", "time", "perf_counter", "monotonic", "process_time",
}  # fmt: skip
OF = ("hypothesis", "st", "time")
# These settle depth and waiting for all, measure, and kill at moments that may be any.
SETTLED = {"depth.py", "waiting.py", "measured.py", "scale.py", "test_killed.py"}


def lucky(path: Path) -> list[str]:
    """The names in a file that stand for luck, with their lines."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module in OF:
            names = [name.name for name in node.names]
        elif isinstance(node, ast.Call):
            names = [word.arg for word in node.keywords if word.arg]
            if isinstance(node.func, ast.Attribute):
                of = node.func.value
                names += [node.func.attr] if not isinstance(of, ast.Name) or of.id in OF else []
        found += [f"{path.name}:{node.lineno}: {name}" for name in names if name in LUCK]
    return found


def test_no_test_can_fail_by_luck(root: Path) -> None:
    files = [path for path in (root / "tests").rglob("*.py") if path.name not in SETTLED]
    assert len(files) > 60
    assert [found for path in files for found in lucky(path)] == []


@pytest.mark.parametrize(
    "text",
    [
        "from hypothesis import assume, given",
        "import time\ntime.sleep(1)",
        "import time\nstart = time.perf_counter()",
        "words = st.text().filter(bool)",
        "words = st.text().map(str.strip).filter(bool)",
        "@settings(max_examples=5)\ndef test_a(): ...",
        "@hypothesis.settings(suppress_health_check=[])\ndef test_a(): ...",
    ],
)
def test_luck_is_seen(tmp_path: Path, text: str) -> None:
    path = tmp_path / "test_a.py"
    path.write_text(text, encoding="utf-8")
    assert lucky(path)


def test_what_other_tests_opened_is_in_no_project(tmp_path: Path) -> None:
    OPENED.watch(variables=False)
    try:
        root = projects.create(tmp_path / "one", {"index.ipynb": ["#:# One"]})
        (root / "data/facts.csv").read_text(encoding="utf-8")
        cells = ["#:# Two", 'import tieout as t\nt.record("n", 3, label="Places")']
        (root / "index.ipynb").write_text(projects.run(root, *cells), encoding="utf-8")
        assert Ledger.load(root).entries["n"].reads == ()
    finally:
        OPENED.forget()
