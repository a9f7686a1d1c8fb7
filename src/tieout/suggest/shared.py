"""Names for what recorded lines share: a frame that several of them pick a number of is made once.

``by_kind = df.groupby("kind").mass.mean()`` before ``t.record("a", by_kind.loc["a"], …)``.
"""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count

LEAST = 24  # characters of code from which on a name is shorter to read
_PICKS = frozenset(("loc", "iloc", "at", "iat"))
_CALLED = {"describe": "summary", "corr": "correlations", "value_counts": "counts", "pivot_table": "table"}


def named(lines: Sequence[str], held: Mapping[str, ast.expr], taken: Collection[str]) -> list[str]:
    """Return lines that record, those that give names to what several of them share first.

    Parameters
    ----------
    lines
        Lines of one place of a cell.
    held
        The names that the cell has given there already, and what they hold.
    taken
        The names that the notebook uses.
    """
    known = {ast.dump(value): name for name, value in held.items()}
    new, used = list[str](), set(taken)
    while True:
        lines = [_with_names(line, known) for line in lines]
        frames = [node for line in lines for node in _frames(line)]
        counted = Counter(ast.dump(node) for node in frames)
        repeated = [node for node in frames if counted[ast.dump(node)] > 1]
        if not repeated:
            return [*new, *lines]
        shared = max(repeated, key=lambda node: len(ast.unparse(node)))
        name = _free(_name_of(shared), used)
        used.add(name)
        known[ast.dump(shared)] = name
        text = next(
            segment
            for line in lines
            for node in _frames(line)
            if ast.dump(node) == ast.dump(shared) and (segment := ast.get_source_segment(line, node))
        )
        new.append(f"{name} = {text}")


def names_before(body: Sequence[ast.stmt], line: int) -> dict[str, ast.expr]:
    """Return the names that statements before a line give, of those that the cell gives once."""
    stored = Counter(
        node.id
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
    return {
        target.id: each.value
        for each in body
        if isinstance(each, ast.Assign) and (each.end_lineno or each.lineno) < line
        for target in each.targets
        if isinstance(target, ast.Name) and stored[target.id] == 1
    }


def spelled_out(value: ast.expr, held: Mapping[str, ast.expr]) -> ast.expr:
    """Return an expression with what its names hold in their place."""

    class Spelled(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return copy.deepcopy(held.get(node.id, node))

    result: ast.expr = Spelled().visit(copy.deepcopy(value))
    return result


def _frames(line: str) -> Iterator[ast.expr]:
    """Give the frames that a line picks numbers of, as long expressions that make them."""
    try:
        tree = ast.parse(line)
    except (SyntaxError, ValueError):
        return  # a line within a loop
    for node in ast.walk(tree):
        picks = isinstance(node, ast.Subscript) or (isinstance(node, ast.Attribute) and node.attr in _PICKS)
        made = getattr(node, "value", None) if picks else None
        if isinstance(made, ast.Call | ast.BinOp) and len(ast.unparse(made)) >= LEAST:
            yield made


def _with_names(line: str, known: Mapping[str, str]) -> str:
    """Return a line with names for what they hold."""
    found = [node for node in _frames(line) if ast.dump(node) in known]
    for node in sorted(found, key=lambda node: -node.col_offset):
        start, end = (_at(line, offset) for offset in (node.col_offset, node.end_col_offset or 0))
        if line[start - 1 : start] == "(" and line[end : end + 1] == ")" and isinstance(node, ast.BinOp):
            start, end = start - 1, end + 1
        line = line[:start] + known[ast.dump(node)] + line[end:]
    return line


def _at(line: str, offset: int) -> int:
    """Return the place of a character, of that of its bytes."""
    return len(line.encode()[:offset].decode())


def _name_of(node: ast.expr) -> str:
    """Return what an analyst would call a frame: ``by_kind`` of ``df.groupby("kind")…``."""
    calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        first = ast.walk(call.args[0]) if call.args else ()
        keys = [each.value for each in first if isinstance(each, ast.Constant)]
        if name == "groupby" and keys and all(isinstance(each, str) for each in keys):
            return "by_" + "_and_".join(re.sub(r"\W+", "_", str(each)).strip("_").lower() for each in keys)
        if name == "crosstab":
            return "shares" if any(each.arg == "normalize" for each in call.keywords) else "counts"
        if name in _CALLED:
            return _CALLED[name]
    return "table"


def _free(name: str, taken: Collection[str]) -> str:
    if name not in taken:
        return name
    return next(each for each in (f"{name}_{number}" for number in count(2)) if each not in taken)
