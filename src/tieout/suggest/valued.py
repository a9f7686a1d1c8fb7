"""The numbers that one expression of a cell leads to, each with the words of code and output for it.

An expression that may give something else when it is evaluated once more gives none.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tieout.notebooks import Cell
from tieout.suggest.aggregated import column_of_source
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import (
    NAMES_OF_STATISTICS,
    counted,
    is_p,
    is_repeatable,
    is_width,
    names,
    statistics,
    written,
)
from tieout.suggest.grouped import variable_of
from tieout.suggest.known import Known, words_of
from tieout.suggest.labels import TESTS
from tieout.suggest.periods import in_period, is_picked, labels_of
from tieout.suggest.shownvalues import Value
from tieout.suggest.unrounded import is_rounded, root, unrounded
from tieout.suggest.versions import variables

P = frozenset(
    ("p", "p-value", "p value", "pvalue", "p_value", "pval", "p-val")
)  # what printed p-values are called
PEEKS = frozenset(("head", "tail", "sample", "info"))
ENDS = frozenset(("head", "tail"))
COUNTS = frozenset(("n", "obs"))  # what columns of counts are called
SUMMARIES = frozenset(("summary", "summary2"))
TABLES = "tables"  # of a summary: ``fit.summary().tables[1]``


def each_of(
    cell: Cell,
    statement: ast.stmt,
    base: ast.expr,
    values: Iterator[Value] | list[Value],
    known: Known,
    *,
    label: str = "",
    after: bool = False,
    is_turn: bool = False,
    is_typed: bool = False,
) -> Iterator[Evidence]:
    """Give the evidence of values that an expression leads to.

    Of one that has another value than before though nothing gives it one, none in a turn of a loop. With
    ``is_typed`` the labels are known to be of the types that they are picked by.
    """
    base, shown = unrounded(base), base
    if not is_repeatable(base, known.imported):
        return
    text = written(base, cell.source)
    if not isinstance(base, ast.Name | ast.Attribute | ast.Call | ast.Subscript):
        wrapped = f"({text})"
    else:
        wrapped = text
    line = (statement.end_lineno or statement.lineno) + 1 if after else statement.lineno
    made_by = f"{text} {known.sources.get(root(base), '')}"
    for value in values:
        if not is_typed and not is_picked(value.path, made_by):
            continue
        whole = (
            text if value.path == "{}" else value.path.format(wrapped if value.path != "len({})" else text)
        )
        try:
            node = ast.parse(whole, mode="eval").body
        except SyntaxError:
            continue
        held = _held(base, node)
        if held is not None:
            node, whole = unrounded(held), ast.unparse(unrounded(held))
        one = counted(node)
        if one is not node:
            whole = ast.unparse(one)
        more = (
            ("columns", "variables")
            if is_width(one)
            else ("pvalue",)
            if is_p(one) or P.intersection(map(str.lower, (label, *value.names)))
            else ()
        )
        row = in_period(value.row, made_by)
        rows = tuple(word for each in value.rows for word in labels_of(each, row))
        sized = ("count",) if COUNTS.issuperset(map(str.lower, value.columns)) and value.columns else ()
        said = (*names(one), *value.names, label, *more, *rows, *sized)
        own, made = words_of(said), known.words(one, value.columns)
        at, part = (cell.index, statement.lineno), (value.part, value.term)
        version = known.register.shown(whole, one, known.held, at, part, value.number)
        if version.is_unseen and is_turn:
            continue
        yield Evidence(
            cell.index,
            (cell.index, line) if version.is_unseen else known.place(cell, one, line),
            whole,
            value.number,
            own | (made - NAMES_OF_STATISTICS if statistics(own) or sized else made),
            words_of(rows),
            value.part,
            value.term,
            label,
            row,
            words_of(value.columns),
            known.kinds.get(root(base), "") if _is_part(value) and not statistics(own) else "",
            value.path == "{}" and value.part is None,
            (base is not shown and value.path != "len({})") or (held is not None and is_rounded(held)),
            known.is_rounded(base, value.columns),
            test=_test(one if isinstance(base, ast.Dict) else base, known),
            is_measure=whole in known.measures,
            again=version.again,
            values=version.values,
            source=known.sources.get(whole, ""),
            is_unpacked=whole in known.unpacked,
            origins=known.origins_of(one),
            table=known.sources.get(variable_of(base), "")
            if variable_of(base) in known.kinds
            else _test_of(base, known),
            source_column=_source_column(base, value, known),
        )


def _source_column(base: ast.expr, value: Value, known: Known) -> str:
    """Return what the column of a value was called in the table that its own was made of."""
    name = variable_of(base)
    code = known.sources.get(name, "") if name else ast.unparse(base)
    if not value.columns or not code:
        return ""
    made = (known.sources.get(each, "") for each in variables(ast.parse(code, mode="eval").body))
    return next(filter(None, (column_of_source(each, value.columns[-1]) for each in (code, *made))), "")


def _test_of(base: ast.expr, known: Known) -> str:
    """Return the code of the test whose result an attribute is: ``ttest_ind(a, b)`` of ``t.pvalue``."""
    held = base.value if isinstance(base, ast.Attribute) else None
    is_test = isinstance(held, ast.Name) and bool(_test(base, known))
    return known.sources.get(held.id, "") if is_test and isinstance(held, ast.Name) else ""


def _held(base: ast.expr, node: ast.expr) -> ast.expr | None:
    """Return what a mapping that is written out holds: ``p`` of ``{"p": p}["p"]``; None of anything else."""
    key = node.slice if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict) else None
    if not isinstance(base, ast.Dict) or not isinstance(key, ast.Constant):
        return None
    pairs = zip(base.keys, base.values, strict=True)
    return next((of for at, of in pairs if isinstance(at, ast.Constant) and at.value == key.value), None)


def _test(node: ast.expr, known: Known) -> str:
    """Return which test an expression holds the result of: *ttest_ind* of ``fit.pvalue``; empty for none."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    called = node.func if isinstance(node, ast.Call) else None
    name = getattr(called, "attr", "") or (known.kinds.get(node.id, "") if isinstance(node, ast.Name) else "")
    return name if name in TESTS else ""


def _is_part(value: Value) -> bool:
    """Whether a value is part of a table, of a test or a model."""
    return value.path != "{}" or value.part is not None


def peeks(node: ast.expr) -> bool:
    """Whether an expression only looks into a table: ``frame.head()``, not what ``(a / b).head(3)`` gives."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PEEKS):
        return False
    return node.func.attr not in ENDS or isinstance(node.func.value, ast.Name)


def is_alone(statement: ast.stmt, body: list[ast.stmt]) -> bool:
    """Whether no other statement stands on the line where a statement begins."""
    others = [each for each in body if each is not statement]
    return all(
        (each.end_lineno or each.lineno) < statement.lineno or each.lineno > statement.lineno
        for each in others
    )


def summarised(node: ast.expr) -> ast.expr | None:
    """Return the model that an expression sums up: ``fit`` of ``fit.summary()``, and of a table of it."""
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == TABLES
    ):
        node = node.value.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SUMMARIES:
        return node.func.value
    return None
