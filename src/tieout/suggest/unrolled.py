"""Loops that only print, as the statements that they stand for: one for each item or group.

A loop over a list that is written out, and one over the groups of a frame where each line says its group.
What a turn computes otherwise, ``lo, hi = ci(x)``, is known within the loop alone.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tieout.suggest import expressions
from tieout.suggest.printing import pattern

MOST = 40  # items of a loop
_UNKNOWN = "unknown"  # what stands for a name that a turn makes: ``unknown('lo')``
_SET = re.compile(r"f['\"][<>^]?\d+s?['\"]")  # how wide a text is set: ``{name:12s}``
_RECORDING = frozenset(("record", "interval"))
_GROUPS = frozenset(("groupby",))


@dataclass(frozen=True)
class Turn:
    """One turn of a loop, for what can be recorded within it alone.

    Parameters
    ----------
    key, item
        The name that tells the turns apart, and what it is in this one, as it was printed.
    keys
        What it is in all of them.
    start, line, indent
        The line of the cell where the call that prints begins, the one behind it, and how far it is set in.
    made
        What each name that a turn makes is made of, in words of code.
    is_alone
        Whether the loop does more than assign and print, so that nothing of it is known outside of it.
    """

    key: str
    item: str
    keys: tuple[str, ...]
    start: int
    line: int
    indent: int
    made: Mapping[str, tuple[str, ...]]
    is_alone: bool = False


@dataclass(frozen=True)
class Unrolled:
    """A statement that a loop stands for, and the words that tell its item from the others."""

    statement: ast.stmt
    words: tuple[str, ...] = ()
    is_of_loop: bool = False
    turn: Turn | None = None


def unrolled(body: list[ast.stmt], stream: str) -> list[Unrolled]:
    """Return the statements of a cell, its loops unrolled where it is certain what they printed.

    Parameters
    ----------
    stream
        What the cell printed.
    """
    found = []
    for place, statement in enumerate(body):
        lines = _lines(body[:place], body[place + 1 :], stream)
        turns = list(_turns(statement, lines)) if isinstance(statement, ast.For) else []
        found += turns or [Unrolled(statement)]
    return found


def _lines(before: list[ast.stmt], after: list[ast.stmt], stream: str) -> list[str]:
    """Return the lines that a statement printed, where each call before and after it printed one."""
    lines = stream.splitlines()
    counts = []
    for each in (before, after):
        said = [node for part in each for node in ast.walk(part) if isinstance(node, ast.Name)]
        counts.append(sum(node.id == "print" for node in said))
        if counts[-1] != sum(map(is_print, each)):
            return []
    return lines[counts[0] : len(lines) - counts[1]]


def _turns(loop: ast.For, lines: list[str]) -> Iterator[Unrolled]:
    """Give what each turn of a loop prints; nothing where it does anything else."""
    prints = [each for each in loop.body if is_print(each)]
    body = [each for each in loop.body if not _records(each)]
    others = [each for each in body if not is_print(each)]
    is_plain = all(isinstance(each, ast.Assign) for each in others)
    items = list(_items(loop, prints, lines)) if is_plain else []
    if loop.orelse or not prints:
        return
    if not items:
        yield from _inside(loop, prints, lines)
        return
    turns = _told_apart(loop, prints, [values for values, _ in items])
    for (values, said), turn in zip(items, turns, strict=True):
        known: dict[str, tuple[ast.expr, str | None]] = dict(values)
        for each in body:
            if isinstance(each, ast.Assign):
                known |= _assigned(each, known)
                continue
            made = _Put(known).visit(copy.deepcopy(each))
            made.lineno, made.end_lineno = loop.lineno, loop.end_lineno
            yield Unrolled(ast.fix_missing_locations(made), said, True, turn)


def _told_apart(loop: ast.For, prints: list[ast.stmt], items: list[Bound]) -> list[Turn | None]:
    """Return the turns of a loop with one call that prints, by the name whose texts tell them apart."""
    for name in items[0]:
        texts = [str(each[name][1]) for each in items if name in each and each[name][1] is not None]
        if len(prints) == 1 and len(set(texts)) == len(items):
            return [_turn(loop, prints[0], name, text, texts) for text in texts]
    return [None] * len(items)


def _turn(
    loop: ast.For, call: ast.stmt, key: str, item: str, keys: list[str], is_alone: bool = False
) -> Turn:
    made = {
        node.id: expressions.names(each.value)
        for each in loop.body
        if isinstance(each, ast.Assign)
        for target in each.targets
        for node in ast.walk(target)
        if isinstance(node, ast.Name)
    }
    line = (call.end_lineno or call.lineno) + 1
    return Turn(key, item, tuple(keys), call.lineno, line, call.col_offset, made, is_alone)


def _inside(loop: ast.For, prints: list[ast.stmt], lines: list[str]) -> Iterator[Unrolled]:
    """Give what each turn of a loop prints where each line says the item; what it makes is known by name."""
    keys: list[str] = []
    names = [node for node in ast.walk(loop) if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    targets = [node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)]
    calls = sum(node.id == "print" for node in names)
    for key in targets if calls == len(prints) == 1 else ():
        keys = _printed_keys(prints, key, lines)
        if keys and len(set(keys)) == len(keys):
            break
    else:
        return
    for item in keys:
        known: dict[str, tuple[ast.expr, str | None]] = {name: (unknown(name), None) for name in made - {key}}
        known[key] = unknown(key), item
        call = _Put(known).visit(copy.deepcopy(prints[0]))
        if not any(_is_unknown(part) for part in ast.walk(call)):
            return  # what it prints is the item alone
        call.lineno, call.end_lineno = loop.lineno, loop.end_lineno
        turn = _turn(loop, prints[0], key, item, keys, True)
        yield Unrolled(ast.fix_missing_locations(call), (item,), True, turn)


def unknown(name: str) -> ast.expr:
    """Return what stands for a name that a turn of a loop makes."""
    return ast.Call(ast.Name(_UNKNOWN, ast.Load()), [ast.Constant(name)], [])


def made_inside(node: ast.expr, turn: Turn) -> ast.expr | None:
    """Return the code within its loop of what a turn makes, ``lo`` or ``x.mean()``; None of anything else."""
    parts = list(ast.walk(node))
    if not any(_is_unknown(part) for part in parts):
        return None
    texts = {
        str(part.value) for part in parts if isinstance(part, ast.Constant) and not _is_within(part, parts)
    }
    return None if turn.item in texts else _Named().visit(copy.deepcopy(node))


def _is_unknown(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == _UNKNOWN


def _is_within(constant: ast.Constant, parts: list[ast.AST]) -> bool:
    """Whether a constant only says the name of what is not known."""
    return any(isinstance(part, ast.Call) and _is_unknown(part) and constant in part.args for part in parts)


class _Named(ast.NodeTransformer):
    """Puts the names back for which nothing is known."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if _is_unknown(node) and isinstance(node.args[0], ast.Constant):
            return ast.Name(str(node.args[0].value), ast.Load())
        self.generic_visit(node)
        return node


def _records(statement: ast.stmt) -> bool:
    """Whether a statement only records: ``t.record(…)``."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and getattr(call.func, "attr", "") in _RECORDING


def is_print(statement: ast.stmt) -> bool:
    """Whether a statement is a call of ``print``."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and isinstance(statement.value.func, ast.Name)
        and statement.value.func.id == "print"
    )


Bound = Mapping[str, tuple[ast.expr, str | None]]  # what stands for a name, and as what text it is printed


def _items(
    loop: ast.For, prints: list[ast.stmt], lines: list[str]
) -> Iterator[tuple[Bound, tuple[str, ...]]]:
    """Give what the names of a loop stand for in each turn, and the texts among it."""
    if isinstance(loop.iter, ast.List | ast.Tuple):
        if len(loop.iter.elts) <= MOST:
            for item in loop.iter.elts:
                bound = _bound(loop.target, item)
                if bound is None:
                    return
                yield bound, tuple(text for _, text in bound.values() if text is not None)
        return
    frame = loop.iter
    names = [each.id for each in getattr(loop.target, "elts", ()) if isinstance(each, ast.Name)]
    if not _groups(frame) or len(names) != 2:
        return
    keys = _printed_keys(prints, names[0], lines)
    if len(dict.fromkeys(keys)) != len(keys):
        return
    for key in keys:
        typed = ast.Constant(_typed(key))
        group = ast.Call(ast.Attribute(copy.deepcopy(frame), "get_group", ast.Load()), [typed], [])
        yield {names[0]: (typed, key), names[1]: (group, None)}, (key,)


def _groups(node: ast.expr) -> bool:
    """Whether an expression groups a frame by one column: ``df.groupby("kind")``, or what follows it."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _GROUPS
        and len(node.args) == 1
        and isinstance(node.args[0], ast.Constant)
    )


def _printed_keys(prints: list[ast.stmt], key: str, lines: list[str]) -> list[str]:
    """Return the groups that lines of the output say, where one call prints each."""
    if len(prints) != 1:
        return []
    call = prints[0].value  # type: ignore[attr-defined]
    if call.keywords:
        return []
    wanted, parts, _, _ = pattern(call.args)
    places = [at for at, (own, *_) in enumerate(parts) if isinstance(own, ast.Name) and own.id == key]
    if len(places) != 1:
        return []
    found = [re.fullmatch(wanted, line) for line in lines]
    keys = [each.group(places[0] + 1).strip() for each in found if each]
    return keys if len(keys) == len(lines) <= MOST else []


def _typed(text: str) -> str | int | float | bool:
    if text in ("True", "False"):
        return text == "True"
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?\d+\.\d+", text) else text


def _bound(target: ast.expr, item: ast.expr) -> Bound | None:
    """Return what the names of a loop stand for in a turn; None where that is not written out."""
    if isinstance(target, ast.Name):
        text = str(item.value) if isinstance(item, ast.Constant) else None
        return {target.id: (item, text)}
    if not (isinstance(target, ast.Tuple) and isinstance(item, ast.Tuple | ast.List)):
        return None
    if len(target.elts) != len(item.elts):
        return None
    found: dict[str, tuple[ast.expr, str | None]] = {}
    for one, other in zip(target.elts, item.elts, strict=True):
        bound = _bound(one, other)
        if bound is None:
            return None
        found |= bound
    return found


def _assigned(statement: ast.Assign, known: Bound) -> Bound:
    """Return what the names that a turn makes stand for; what cannot be told is not known."""
    (target, *more), value = statement.targets, _Put(known).visit(copy.deepcopy(statement.value))
    bound = _bound(target, value) if not more else None
    if bound is not None:
        return bound
    made = [node.id for each in statement.targets for node in ast.walk(each) if isinstance(node, ast.Name)]
    return {name: (unknown(name), None) for name in made}


class _Put(ast.NodeTransformer):
    """Puts what names stand for in their place; what is printed as it is becomes text."""

    def __init__(self, known: Bound) -> None:
        self.known = known

    def visit_Name(self, node: ast.Name) -> ast.expr:
        found = self.known.get(node.id)
        return copy.deepcopy(found[0]) if found and isinstance(node.ctx, ast.Load) else node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.expr:
        text, spec = self._text(node.value), node.format_spec
        if text is not None and node.conversion == -1 and (spec is None or _SET.fullmatch(ast.unparse(spec))):
            return ast.Constant(format(text, "" if spec is None else ast.unparse(spec)[2:-1]))
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if isinstance(node.func, ast.Name) and node.func.id == "print":
            texts = [self._text(each) for each in node.args]
            node.args = [
                ast.Constant(text) if text is not None else self.visit(each)
                for each, text in zip(node.args, texts, strict=True)
            ]
            return node
        self.generic_visit(node)
        return node

    def _text(self, node: ast.expr) -> str | None:
        found = self.known.get(node.id) if isinstance(node, ast.Name) else None
        return found[1] if found else None
