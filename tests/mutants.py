"""Changes the source in one place at a time and asks whether the tests of its room notice: `make mutants`.

A sample of small mistakes: a comparison turned, `and` for `or`, a number one too high, a result left out.
Which ones follows from their own text: the sample is the same on every run, and stays as files around change.
What survives is named with its line: a test is missing there, or nothing needs it.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("numbers", "numerals", "checks", "wording", "audit", "project")
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "_site*", ".tieout", "__pycache__", ".*_cache", ".hypothesis"
)
TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
SLOW = 600  # seconds; a mutant that hangs is noticed


@dataclass(frozen=True)
class Mutant:
    """A file with one mistake in it: its place, and what stands there instead."""

    path: Path
    line: int
    old: str
    new: str
    text: str


def mutants(path: Path) -> Iterator[Mutant]:
    """Give every mistake that can be made in a file, one at a time."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    same = set(_alike(tree))
    for node in ast.walk(tree):
        new = None if node in same else _mistaken(node)
        if new is None or not isinstance(node, ast.expr | ast.stmt) or node.end_lineno is None:
            continue
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + (node.end_col_offset or 0)
        data = text.encode()
        old = data[start:end].decode()
        whole = (data[:start] + new.encode() + data[end:]).decode()
        if new != old:
            yield Mutant(path, node.lineno, " ".join(old.split()), new, whole)


def _alike(tree: ast.AST) -> Iterator[ast.AST]:
    """Give the nodes whose mistake no result shows.

    A decorator is told of speed and of what may be assigned, `repr` of what programmers see, and
    who asks whether takes None for False.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "repr":
            yield node.value
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                yield from ast.walk(decorator)
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "bool":
            for each in ast.walk(node):
                if isinstance(each, ast.Return) and each.value and ast.unparse(each.value) == "False":
                    yield each


def chosen(every: list[Mutant], count: int) -> list[Mutant]:
    """Return a sample: those that come first in an order that each mistake's own text decides."""
    seen: Counter[str] = Counter()
    places = {}
    for each in every:
        said = f"{each.path.name}: {each.old} → {each.new}"
        seen[said] += 1
        places[each] = hashlib.sha256(f"{said}, {seen[said]}".encode()).digest()
    return sorted(every, key=places.__getitem__)[: count or None]


def _mistaken(node: ast.AST) -> str | None:
    """Return a node with a mistake in it, None where there is none to make."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in TURNED:
        turned = ast.Compare(node.left, [TURNED[type(node.ops[0])]()], node.comparators)  # type: ignore[list-item]
        return f"({ast.unparse(turned)})"
    if isinstance(node, ast.BoolOp):
        return f"({ast.unparse(ast.BoolOp(TURNED[type(node.op)](), node.values))})"  # type: ignore[arg-type]
    if isinstance(node, ast.BinOp) and type(node.op) in TURNED:
        turned_op = TURNED[type(node.op)]()
        return f"({ast.unparse(ast.BinOp(node.left, turned_op, node.right))})"  # type: ignore[arg-type]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return f"({ast.unparse(node.operand)})"
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return str(not node.value)
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return str(node.value + 1)
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        return "return None"
    return None


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def notices(copy: Path, room: str) -> bool:
    """Whether the tests of a room fail."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", f"tests/{room}"]
    environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, timeout=SLOW, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main() -> int:
    """Try a sample of mutants of each room; return 1 where the tests fail without any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=ROOMS)
    parser.add_argument("--sample", type=int, default=20, help="how many of each room; 0 for all")
    asked = parser.parse_args()
    survived = tried = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder) / "tieout"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        for room in asked.rooms:
            if notices(copy, room):
                print(f"the tests of {room} fail as they are")
                return 1
            every = [
                each for path in sorted((copy / "src/tieout" / room).glob("*.py")) for each in mutants(path)
            ]
            sample = chosen(every, asked.sample)
            left = 0
            for number, each in enumerate(sample, start=1):
                if _survives(copy, room, each):
                    left += 1
                    place = f"{each.path.relative_to(copy)}:{each.line}"
                    print(f"  {number}. {place}: `{each.old}` → `{each.new}`", flush=True)
            survived, tried = survived + left, tried + len(sample)
            print(f"{room}: {left} of {len(sample)} survived, of {len(every):,} there are", flush=True)
    print(f"{survived} of {tried} survived")
    return 0


def _survives(copy: Path, room: str, mutant: Mutant) -> bool:
    kept = mutant.path.read_text(encoding="utf-8")
    mutant.path.write_text(mutant.text, encoding="utf-8")
    try:
        return not notices(copy, room)
    finally:
        mutant.path.write_text(kept, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
