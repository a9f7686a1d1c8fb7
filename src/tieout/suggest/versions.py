"""Which of its values an expression has where a cell shows it: a variable is given another in later cells.

Two variables hold the same where the same code made them of the same. A function's own names are none of its
cell's; what a loop, a branch or a call gives a name is a value of its own.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tieout.suggest.expressions import is_count, is_repeatable

Place = tuple[int, int]  # the index of a cell, and a line of it
FOREVER: Place = (sys.maxsize, 0)
MANY = 3  # digits that hardly agree by chance
# What gives a table as it was, but for columns that it gets: ``df = df.assign(ratio=…)``.
_KEEPING = frozenset(
    ("assign", "copy", "rename", "reset_index", "set_index", "sort_values", "sort_index", "convert_dtypes")
)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LOCAL = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_VALUE, _STEP, _COLUMN = "value", "step", "column "


@dataclass(frozen=True)
class State:
    """What a variable holds: a numbered value, and when it was last made anew of itself."""

    value: int
    step: int = 0


Held = Mapping[str, State]


def within(statement: ast.stmt) -> Iterator[ast.AST]:
    """Give the parts of a statement that are evaluated in the scope of its cell."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (*_SCOPES, *_LOCAL)):
            waiting.extend(ast.iter_child_nodes(node))


def stored(statement: ast.stmt) -> Iterator[str]:
    """Give the names of its cell to which a statement gives a value, or takes it away.

    Examples
    --------
    >>> [sorted(stored(each)) for each in ast.parse("def f():\\n    p = 1\\nr, q = f()").body]
    [['f'], ['q', 'r']]
    """
    for node in within(statement):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]
        elif isinstance(node, _SCOPES) or (isinstance(node, ast.ExceptHandler) and node.name):
            yield node.name or ""


def assigned(statement: ast.AST) -> list[tuple[str, ast.expr]]:
    """Return the variables that an assignment makes, each with what it is made of."""
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        made = ast.BinOp(ast.Name(statement.target.id, ast.Load()), statement.op, statement.value)
        return [(statement.target.id, ast.copy_location(made, statement.value))]
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return []
    target, value = statement.targets[0], statement.value
    targets = target.elts if isinstance(target, ast.Tuple) else [target]
    values = value.elts if isinstance(value, ast.Tuple) and isinstance(target, ast.Tuple) else [value]
    values = values if len(values) == len(targets) else [value] * len(targets)
    return [(each.id, own) for each, own in zip(targets, values, strict=True) if isinstance(each, ast.Name)]


def given_within(statement: ast.stmt) -> list[tuple[str, ast.expr]]:
    """Return the variables that a statement or what it holds makes, each with what it is made of."""
    return [each for node in within(statement) for each in assigned(node)]


def column_given(statement: ast.stmt) -> tuple[str, str, ast.expr] | None:
    """Return the table into which a statement puts a column, what that is called, and what it is made of."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if not (isinstance(statement, ast.Assign) and isinstance(target, ast.Subscript)):
        return None
    label = target.slice.value if isinstance(target.slice, ast.Constant) else None
    held = target.value
    return (
        (held.id, label, statement.value) if isinstance(held, ast.Name) and isinstance(label, str) else None
    )


def declared_global(body: list[ast.stmt]) -> frozenset[str]:
    """Return the names of cells that functions give values: nobody sees when.

    Examples
    --------
    >>> declared_global(ast.parse("def f():\\n    global p\\n    p = 1").body)
    frozenset({'p'})
    """
    nodes = (node for each in body for node in ast.walk(each))
    return frozenset(name for node in nodes if isinstance(node, ast.Global) for name in node.names)


def variables(node: ast.AST) -> list[str]:
    """Return the variables that an expression names."""
    return [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]


@dataclass
class _Shown:
    """One value that an expression has had, where it was shown."""

    again: int
    node: ast.expr
    values: frozenset[tuple[str, int]]
    steps: set[int]
    first: Place
    kept: Place
    numbers: dict[tuple[str | None, str | None], Decimal] = field(default_factory=dict)
    is_over: bool = False


@dataclass(frozen=True)
class Version:
    """Which value of an expression is shown.

    Parameters
    ----------
    again
        How many others it has had before.
    values
        What its variables hold, as numbers.
    is_unseen
        Whether it has another value though nothing is seen to give it one.
    """

    again: int
    values: frozenset[tuple[str, int]] = frozenset()
    is_unseen: bool = False


@dataclass
class Register:
    """The values that the variables and the shown expressions of a notebook have, one after the other.

    Parameters
    ----------
    imported
        The names that the notebook imports.
    unsteady
        The names to which functions give values.
    """

    imported: frozenset[str] = frozenset()
    unsteady: frozenset[str] = frozenset()
    _numbers: dict[object, int] = field(default_factory=dict)
    _given: dict[str, list[tuple[Place, str]]] = field(default_factory=dict)
    _shown: dict[str, list[_Shown]] = field(default_factory=dict)

    def after(self, held: Held, cell: int, statement: ast.stmt) -> Held:
        """Return what the variables hold after a statement."""
        made = dict(held)
        names = set(filter(None, stored(statement)))
        if any(isinstance(node, ast.Call) for node in within(statement)):
            names |= self.unsteady
        for name in sorted(names):
            made[name] = self._state(name, held, cell, statement)
            if made[name] != held.get(name):
                is_step = name in held and made[name].value == held[name].value
                self._note(name, (cell, statement.lineno), _STEP if is_step else _VALUE)
        for name, column in _columns(statement):
            self._note(name, (cell, statement.lineno), f"{_COLUMN}{column}")
        return made

    def _note(self, name: str, place: Place, what: str) -> None:
        self._given.setdefault(name, []).append((place, what))

    def _state(self, name: str, held: Held, cell: int, statement: ast.stmt) -> State:
        before = held.get(name)
        where = (cell, statement.lineno, statement.col_offset, name)
        fresh = self._numbers.setdefault(where, len(self._numbers) + 1)
        values = [value for made, value in given_within(statement) if made == name]
        if isinstance(statement, (ast.Import, ast.ImportFrom, *_SCOPES)):  # the same text gives the same
            return State(self._numbers.setdefault((name, ast.dump(statement)), fresh))
        if name in self.unsteady or len(values) != list(stored(statement)).count(name):
            return State(fresh)
        if before and all(name in variables(value) for value in values):
            kept = all(_keeps(value, name) for value in values)
            return before if kept else State(before.value, cell * 10**6 + statement.lineno)
        own = assigned(statement)
        if len(values) != 1 or not own or not is_repeatable(values[0], self.imported):
            return State(fresh)
        of = {each: held[each] for each in variables(values[0]) if each in held}
        made_of = tuple(sorted((each, state.value) for each, state in of.items()))
        code = (ast.dump(values[0]), [made for made, _ in own].index(name), len(own), made_of)
        number = self._numbers.setdefault(code, len(self._numbers) + 1)
        return State(number, max((state.step for state in of.values()), default=0))

    def shown(
        self,
        expression: str,
        node: ast.expr,
        held: Held,
        at: Place,
        part: tuple[str | None, str | None],
        number: Decimal,
    ) -> Version:
        """Return which value of an expression a number that a cell shows is."""
        states = {name: held[name] for name in variables(node) if name in held}
        values = frozenset((name, state.value) for name, state in states.items())
        step = max((state.step for state in states.values()), default=0)
        known = self._shown.setdefault(expression, [])
        is_unseen = False
        for each in reversed(known):
            if each.values != values or each.is_over:
                continue
            is_same, before = step in each.steps, each.numbers.get(part)
            agrees = is_same if before is None else _agree(before, number)
            if (
                agrees
                and not is_same
                and before is not None
                and each is known[-1]
                and _says_much(node, number)
            ):
                each.steps.add(step)
                each.kept = at
                return Version(each.again, values)
            if agrees and is_same:
                each.numbers.setdefault(part, number)
                return Version(each.again, values)
            is_unseen = is_unseen or is_same
            each.is_over = is_same
        known.append(_Shown(len(known), node, values, {step}, at, at, {part: number}))
        return Version(len(known) - 1, values, is_unseen)

    def turned(self, expression: str, node: ast.expr, at: Place) -> Version:
        """Return which value an expression of a loop's turn has: each loop gives one of its own."""
        values = frozenset({("", -(at[0] * 10**6 + at[1]))})
        known = self._shown.setdefault(expression, [])
        found = next((each for each in known if each.values == values), None)
        if found is None:
            found = _Shown(len(known), node, values, {0}, at, at)
            known.append(found)
        return Version(found.again)

    def again_of(self, expression: str, node: ast.expr, held: Held) -> int | None:
        """Return which value an expression has where it is recorded; None where none is shown, or several."""
        states = [(name, held[name]) for name in dict.fromkeys(variables(node)) if name in held]
        values = frozenset((name, state.value) for name, state in states)
        step = max((state.step for _, state in states), default=0)
        found = [
            each for each in self._shown.get(expression, ()) if each.values == values and step in each.steps
        ]
        return found[0].again if len(found) == 1 else None

    def is_given_again(self, name: str) -> bool:
        """Whether a variable is given several values."""
        return sum(what == _VALUE for _, what in self._given.get(name, ())) > 1

    def until(self, expression: str, again: int) -> Place:
        """Return before which place an expression has one of its values no more."""
        found = self._shown[expression][again]
        if found.is_over:
            return found.first
        said = {each.value for each in ast.walk(found.node) if isinstance(each, ast.Constant)}
        said |= {each.attr for each in ast.walk(found.node) if isinstance(each, ast.Attribute)}
        ends = []
        for name in variables(found.node):
            for place, what in self._given.get(name, ()):
                is_kept = what == _STEP and place < found.kept
                is_of_it = what in (_VALUE, _STEP) or what.removeprefix(_COLUMN) in said
                if place > found.first and is_of_it and not is_kept:
                    ends.append(place)
        return min(ends, default=FOREVER)


def _columns(statement: ast.stmt) -> Iterator[tuple[str, str]]:
    """Give the tables into which a statement puts columns, and what these are called."""
    if column := column_given(statement):
        yield column[:2]
    for name, value in assigned(statement):
        for node in ast.walk(value):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "assign":
                yield from ((name, each.arg) for each in node.keywords if each.arg)


def _keeps(value: ast.expr, name: str) -> bool:
    """Whether code makes a table of itself that has the same rows: ``df.assign(ratio=…).copy()``."""
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        if value.func.attr not in _KEEPING:
            return False
        value = value.func.value
    return isinstance(value, ast.Name) and value.id == name


def _agree(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers are one, as rounded where each is shown."""
    places = max(int(each.as_tuple().exponent) for each in (one, other))
    return abs(one - other) <= Decimal(1).scaleb(places) / 2


def _says_much(node: ast.expr, number: Decimal) -> bool:
    """Whether a number hardly is that of another value by chance: a count, or one of many digits."""
    digits = "".join(map(str, number.as_tuple().digits)).lstrip("0")
    return is_count(node) or len(digits) >= MANY
