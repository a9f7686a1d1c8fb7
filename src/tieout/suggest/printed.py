"""The numbers that a cell printed, where each text is known to be of one call alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tieout.notebooks import Cell
from tieout.notebooks.outputs import untimed
from tieout.suggest import shownvalues, summaries
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import (
    NAMES_OF_STATISTICS,
    is_p,
    is_repeatable,
    names,
    quantiles,
    statistics,
)
from tieout.suggest.inside import slugged
from tieout.suggest.known import Known, words_of
from tieout.suggest.labels import TESTS
from tieout.suggest.printing import LONG, VALUE, readings, signed
from tieout.suggest.printing import pattern as pattern_of
from tieout.suggest.saidunits import printed_units
from tieout.suggest.shownvalues import Value
from tieout.suggest.unrolled import Turn, is_print, made_inside, unrolled
from tieout.suggest.unrounded import unrounded
from tieout.suggest.valued import P, each_of, is_alone, peeks, summarised
from tieout.suggest.versions import stored, variables

FEWEST = 2  # a call, and a value


def printed(cell: Cell, body: list[ast.stmt], states: Sequence[Known]) -> Iterator[Evidence]:
    """Give what a cell printed, where each text is known to be of one call alone.

    Parameters
    ----------
    cell, body
        The cell, and its statements.
    states
        What is known before each of them, and after the last.
    """
    stream = "".join(
        str(each.get("text", ""))
        for each in cell.outputs
        if (each.get("output_type"), each.get("name")) == ("stream", "stdout")
    )
    stream = untimed(stream)
    each_turn = unrolled(body, stream)
    turns = [each for each in each_turn if is_print(each.statement)]
    calls = [each.statement for each in turns]
    if not calls or not stream:
        return
    texts = _read(calls, [each.statement for each in each_turn], stream)
    for place, (turn, statement) in enumerate(zip(turns, calls, strict=True)):
        assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
        if not (turn.is_of_loop or is_alone(statement, body)) or statement.value.keywords:
            continue
        at = sum(each.lineno < statement.lineno for each in body)
        known, given = states[at], frozenset(stored(body[at]) if turn.is_of_loop else ())
        arguments = statement.value.args
        if len(arguments) == 1 and (model := summarised(arguments[0])) is not None:
            if stream.count(" std err ") == 1:
                yield from each_of(cell, statement, model, summaries.of_summary(stream), known, after=True)
            continue
        pattern, parts, shares, cut = pattern_of(arguments)
        percents, units = signed(arguments), printed_units(arguments)
        if texts is None:
            matches = list(re.finditer(rf"^{pattern}$", stream, re.M)) if parts else []
            is_plain = all(part in cut for part, *_ in parts)  # no table that fills several lines
            few = len(calls) + len(parts) <= FEWEST
            if len(matches) != 1 or not (_is_said(pattern) or is_plain or few):
                continue
            long = re.fullmatch(pattern.replace(VALUE, LONG), matches[0][0])
            if long is None or long.groups() != matches[0].groups():
                continue  # it has another reading
        said = texts[place] if texts is not None else [each.strip() for each in matches[0].groups()]
        before = ""
        for (part, label, after), shown, unit in zip(parts, said, units, strict=True):
            value = shownvalues.number_of(shown.removesuffix("%"))
            if value is not None and shown.endswith("%"):
                value = value.scaleb(-2) if part in shares else None
            group = ", ".join(turn.words)
            values = []
            if value is not None:
                values.append(Value(value, names=turn.words, rows=turn.words, row=group))
            if not values and (pattern == VALUE or shown.endswith(")")) and not peeks(part):
                values = list(shownvalues.of_plain(shown)) or list(shownvalues.of_frame(shown))
            called = "" if label == group else label
            label = f"{called}, {group}" if called and group else called
            inside = made_inside(part, turn.turn) if turn.turn and value is not None else None
            if inside is not None and turn.turn and slugged(turn.turn):
                of = list(_within(cell, turn.turn, inside, values[0], known, called))
            elif (turn.turn and turn.turn.is_alone) or given.intersection(variables(part)):
                of = []  # behind the loop its names hold what the last turn gave them
            elif levels := _quantiles(part, shown):
                of = [
                    each
                    for level, one in levels
                    for each in each_of(cell, statement, level, [one], known, after=True)
                ]
            else:
                is_turn = turn.is_of_loop
                made = each_of(cell, statement, part, values, known, label=label, after=True, is_turn=is_turn)
                of = list(made)
            more = words_of((after,))
            for each in of:
                yield replace(
                    each,
                    words=each.words | more,
                    is_cut=each.is_cut or part in cut,
                    is_percent=part in percents,
                    is_share=part in shares,
                    after=before,
                    printed_unit=unit,
                )
            before = of[0].known_as if len(of) == 1 else ""


def _quantiles(node: ast.expr, shown: str) -> list[tuple[ast.expr, Value]]:
    """Return the quantiles that a list holds, each with its value: ``x.quantile([.25, .75]).tolist()``."""
    asked = node.func if isinstance(node, ast.Call) else None
    levels = quantiles(asked.value) if isinstance(asked, ast.Attribute) and asked.attr == "tolist" else []
    found = [shownvalues.number_of(each) for each in shown.strip("[]").split(",")]
    numbers = [Value(each) for each in found if each is not None]
    return list(zip(levels, numbers, strict=True)) if len(levels) == len(numbers) == len(found) else []


def _within(
    cell: Cell, turn: Turn, node: ast.expr, value: Value, known: Known, label: str
) -> Iterator[Evidence]:
    """Give what a turn of a loop makes and prints: ``lo['normal']`` is ``lo`` in the turn of *normal*."""
    node = unrounded(node)
    begins = cell.source.split("\n")[turn.start - 1]
    if not is_repeatable(node, known.imported) or begins[: turn.indent].strip(" "):
        return  # a line behind it would stand elsewhere: ``for x in xs: print(x)``
    code = ast.unparse(node)
    made = tuple(word for name in variables(node) for word in turn.made.get(name, ()))
    more = ("pvalue",) if is_p(node) or label.lower() in P else ()
    own = words_of((*names(node), *value.names, label, *more))
    said = words_of(made) | frozenset(word for name in made for word in known.made.get(name, ()))
    whole = f"({code})" if isinstance(node, ast.BinOp | ast.UnaryOp) else code
    expression = f"{whole}[{turn.item!r}]"
    yield Evidence(
        cell.index,
        (cell.index, turn.line),
        expression,
        value.number,
        own | (said - NAMES_OF_STATISTICS if statistics(own) else said),
        words_of(value.rows),
        label=label,
        row=turn.item,
        test=next((name for name in made if name in TESTS), ""),
        turn=turn,
        again=known.register.turned(expression, node, (cell.index, turn.line)).again,
    )


def _read(calls: list[ast.stmt], body: list[ast.stmt], stream: str) -> list[list[str]] | None:
    """Return what the values of each call were printed as, where nothing else prints."""
    prints = [
        node for each in body for node in ast.walk(each) if isinstance(node, ast.Name) and node.id == "print"
    ]
    own = [each.value for each in calls if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call)]
    if len(prints) != len(own) or any(each.keywords for each in own):
        return None
    return readings([each.args for each in own], stream)


def _is_said(pattern: str) -> bool:
    """Whether a pattern has words of its own, which no other line happens to have."""
    return bool(re.search(r"[^\W\d_]{2,}", pattern.replace("(.+?)", "").replace("\\n", "")))
