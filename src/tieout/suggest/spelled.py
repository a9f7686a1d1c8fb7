"""Calls of `print` as if all their text were written out: an f-string with a name, a separator of one's own.

A cell whose last line is an f-string shows what a call of `print` would write.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tieout.notebooks import PLAIN, Cell
from tieout.suggest.shared import names_before
from tieout.suggest.unrolled import is_print
from tieout.suggest.versions import stored, variables


def spelled(body: list[ast.stmt]) -> list[ast.stmt]:
    """Return the statements of a cell with the texts of its calls of `print` written out."""
    return [_spelled(each, body) if is_print(each) else each for each in body]


def as_printed(cell: Cell, body: list[ast.stmt]) -> tuple[Cell, list[ast.stmt]] | None:
    """Return a cell that prints the f-string that this one ends with; None where it ends otherwise."""
    last = body[-1]
    results = [each["data"] for each in cell.outputs if each.get("output_type") == "execute_result"]
    if not isinstance(last, ast.Expr) or not isinstance(last.value, ast.JoinedStr) or len(results) != 1:
        return None
    try:
        text = ast.literal_eval(str(results[0].get(PLAIN, "")))
    except (ValueError, SyntaxError, MemoryError):
        return None
    if not isinstance(text, str):
        return None
    output = {"output_type": "stream", "name": "stdout", "text": f"{text}\n"}
    return replace(cell, outputs=(output,)), [_printing([last.value], last)]


def _spelled(statement: ast.stmt, body: Sequence[ast.stmt]) -> ast.stmt:
    assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
    call, held = statement.value, _texts(statement, body)
    given = [held.get(each.id, each) if isinstance(each, ast.Name) else each for each in call.args]
    between = {each.arg: each.value for each in call.keywords}
    separator = between.get("sep")
    if between.keys() - {"sep"} or not (separator is None or _is_text(separator)):
        return statement
    if separator is None and given == call.args:
        return statement
    return _printing([_joined(given, separator)] if separator is not None else given, statement)


def _texts(statement: ast.stmt, body: Sequence[ast.stmt]) -> Mapping[str, ast.expr]:
    """Return the names of f-strings that the cell has made before, none of whose variables is given anew."""
    return {
        name: value
        for name, value in names_before(body, statement.lineno).items()
        if isinstance(value, ast.JoinedStr)
        and not any(
            value.lineno < each.lineno < statement.lineno and {*variables(value)} & {*stored(each)}
            for each in body
        )
    }


def _joined(given: Sequence[ast.expr], separator: ast.expr) -> ast.expr:
    parts: list[ast.expr] = []
    for each in given:
        parts += [separator] if parts else []
        if isinstance(each, ast.JoinedStr):
            parts += each.values
        else:
            parts.append(each if _is_text(each) else ast.FormattedValue(each, -1, None))
    return ast.copy_location(ast.JoinedStr(parts), given[0] if given else separator)


def _printing(given: Sequence[ast.expr], statement: ast.stmt) -> ast.stmt:
    call = ast.Call(ast.Name("print", ast.Load()), [*given], [])
    made = ast.copy_location(ast.Expr(ast.copy_location(call, statement)), statement)
    return ast.fix_missing_locations(made)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
