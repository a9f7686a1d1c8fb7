"""The numbers that a notebook's stored outputs show, each with the expression that gave it.

Only what is certain is evidence: the last expression of a cell, what it printed, a cell of its table.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tieout.notebooks import PLAIN, Cell, Notebook
from tieout.suggest import shownvalues, summaries
from tieout.suggest.cells import is_recording, recordings, statements
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import quantiles
from tieout.suggest.holding import Held as Holding
from tieout.suggest.holding import given_by, values_in
from tieout.suggest.known import Known
from tieout.suggest.places import Computed
from tieout.suggest.printed import printed
from tieout.suggest.shared import names_before, spelled_out
from tieout.suggest.shownvalues import Value
from tieout.suggest.spelled import as_printed, spelled
from tieout.suggest.unrounded import is_rounded
from tieout.suggest.valued import ENDS, each_of, is_alone, peeks, summarised
from tieout.suggest.versions import Held, Register, declared_global, stored, variables, within

HTML = "text/html"


@dataclass(frozen=True)
class Recorded:
    """A value that the code of a notebook records: under which id, as what, and in which unit.

    ``term`` is that of a model. ``known_as`` says which output it is, where that is known; else it is empty.
    """

    id: str
    node: ast.expr
    term: str | None
    unit: str
    known_as: str


@dataclass(frozen=True)
class Gathered:
    """The numbers that a notebook's outputs show, in their order, and what its code records."""

    evidence: tuple[Evidence, ...]
    recorded: tuple[Recorded, ...]


def evidence(notebook: Notebook) -> list[Evidence]:
    """Return the numbers that a notebook's outputs show, in their order; of one value, the first."""
    return list(gathered(notebook).evidence)


def gathered(notebook: Notebook, held: Mapping[int, Holding] = {}) -> Gathered:
    """Return what a notebook's outputs show, each value that an expression has once; and what is recorded.

    Parameters
    ----------
    held
        What variables hold after a cell, by its index; see `tieout.suggest.holding`.
    """
    bodies = [(cell, body) for cell in notebook.code if (body := statements(cell.source))]
    imported = frozenset(_imported(notebook))
    unsteady = frozenset(name for _, body in bodies for name in declared_global(body))
    register = Register(imported, unsteady)
    known = Known(imported, {}, Computed(unsteady=unsteady), register=register)
    found: dict[tuple[str, str | None, str | None], Evidence] = {}
    calls: list[tuple[ast.Call, ast.expr, list[Held]]] = []
    lengths: set[int] = set()
    for cell, body in bodies:
        states = known.cell(cell, body)
        known = states[-1]
        texts = printed(cell, spelled(body), states)
        whole = _holding(cell, body, states, held.get(cell.index, {}), lengths)
        for each in (*whole, *texts, *_said_last(cell, body, states), *_shown(cell, body, known)):
            key = (each.known_as, each.part, each.term)
            found[key] = found[key].or_finer(each) if key in found else each
        for statement, before, after in zip(body, states, states[1:], strict=False):
            names = names_before(body, statement.lineno)
            calls += [
                (call, spelled_out(call.args[1], names), _held(call, statement, before, after))
                for call in recordings(statement)
            ]
    shown = [
        replace(
            each,
            until=register.until(each.expression, each.again),
            source=each.source if register.is_given_again(each.expression) else "",
        )
        for each in found.values()
    ]
    return Gathered(tuple(shown), tuple(_recorded(calls, shown, register)))


def _said_last(cell: Cell, body: list[ast.stmt], states: Sequence[Known]) -> Iterator[Evidence]:
    """Give what an f-string shows that a cell ends with; a line that records it stands before it."""
    found = as_printed(cell, body)
    if found is not None and is_alone(body[-1], body):
        line = body[-1].lineno
        for each in printed(*found, states[-2:]):
            yield replace(each, place=(cell.index, line)) if each.place > (cell.index, line) else each


def _holding(
    cell: Cell, body: list[ast.stmt], states: Sequence[Known], held: Holding, lengths: set[int]
) -> Iterator[Evidence]:
    """Give what variables hold to which a cell gives a value; it is recorded below the last line that does.

    Of tables that are as long as one before, the length is none of their own; ``lengths`` are those so far.
    """
    for name, shown in held.items():
        length = shown.get("length")
        given = [each for each in body if name in given_by(each)]
        if length in lengths or not given or not is_alone(given[-1], body):
            continue
        lengths |= {length} if length is not None else set()
        variable, known = ast.Name(name, ast.Load()), states[body.index(given[-1]) + 1]
        yield from each_of(cell, given[-1], variable, values_in(shown), known, after=True, is_typed=True)


def _held(call: ast.Call, statement: ast.stmt, before: Known, after: Known) -> list[Held]:
    """Return what variables can hold where a call records; nothing where that is not known."""
    if not any(node is call for node in within(statement)):
        return []
    made = [name for name in stored(statement) if name in variables(call.args[1])]
    return [after.held if made else before.held] if len(made) == len(set(made)) else []


def _recorded(
    calls: list[tuple[ast.Call, ast.expr, list[Held]]], shown: list[Evidence], register: Register
) -> Iterator[Recorded]:
    """Give what the code records, each with the output that it is."""
    outputs: dict[str, dict[tuple[str, int], Evidence]] = defaultdict(dict)
    for each in shown if calls else ():
        outputs[ast.dump(each.node)].setdefault((each.expression, each.again), each)
    for call, in_full, states in calls:
        (id, value), said = call.args[:2], {each.arg: each.value for each in call.keywords}
        if not isinstance(id, ast.Constant):
            continue
        value = value if ast.dump(value) in outputs else in_full
        known = outputs.get(ast.dump(value), {})
        places = [(name, register.again_of(name, value, held)) for name, _ in known for held in states]
        found = dict.fromkeys(known[at].known_as for at in places if at in known)
        term, unit = said.get("term"), said.get("unit")
        yield Recorded(
            str(id.value),
            value,
            str(term.value) if isinstance(term, ast.Constant) else None,
            str(unit.value) if isinstance(unit, ast.Constant) else "",
            next(iter(found)) if len(found) == 1 else "",
        )


def _imported(notebook: Notebook) -> Iterator[str]:
    for cell in notebook.code:
        for statement in statements(cell.source) or ():
            if isinstance(statement, ast.Import | ast.ImportFrom):
                yield from (name.asname or name.name for name in statement.names)


def _shown(cell: Cell, body: list[ast.stmt], known: Known) -> Iterator[Evidence]:
    """Give what the last expression of a cell shows."""
    last = body[-1]
    results = [each["data"] for each in cell.outputs if each.get("output_type") == "execute_result"]
    if not isinstance(last, ast.Expr) or len(results) != 1 or not is_alone(last, body):
        return
    shown = last.value
    before = [each for each in body[:-1] if not is_recording(each)]
    if isinstance(shown, ast.Name) and before:
        shown = _made(shown, before[-1])
    if _ends_table(shown, known):
        shown = shown.func.value  # type: ignore[attr-defined]
    (data,) = results
    plain, markup = str(data.get(PLAIN, "")), str(data.get(HTML, ""))
    summed = summarised(last.value)
    if summed is not None:
        found = list(summaries.of_summary(plain)) or list(summaries.of_table(markup))
        yield from each_of(cell, last, summed, found, known)
    elif peeks(last.value) and not _ends_table(last.value, known):
        return
    elif "dataframe" in markup:
        yield from each_of(cell, last, shown, shownvalues.of_table(markup), known)
    elif levels := quantiles(shown):
        for part, value in zip(levels, shownvalues.of_list(plain), strict=False):
            yield from each_of(cell, last, part, [value], known)
    elif isinstance(last.value, ast.Tuple) and plain.startswith("("):
        for part, value in zip(last.value.elts, shownvalues.of_plain(plain), strict=False):
            if value.path == f"{{}}[{last.value.elts.index(part)}]":
                yield from each_of(cell, last, part, [Value(value.number)], known)
    elif not markup:
        yield from each_of(cell, last, shown, shownvalues.of_plain(plain), known)


def _made(name: ast.Name, before: ast.stmt) -> ast.expr:
    """Return what the statement before makes of a variable, where it rounds it; else the variable."""
    if (
        isinstance(before, ast.Assign)
        and len(before.targets) == 1
        and isinstance(before.targets[0], ast.Name)
        and before.targets[0].id == name.id
        and is_rounded(before.value)
        and name.id not in variables(before.value)
    ):
        return before.value
    return name


def _ends_table(node: ast.expr, known: Known) -> bool:
    """Whether an expression shows the ends of a table that sums up another: ``monthly.tail(12)``."""
    is_end = peeks(node) and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    if not (is_end and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    return (
        node.func.attr in ENDS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in known.tables
    )
