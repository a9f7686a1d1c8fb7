"""What the code of an entry says that it is: the expression it records, and what that was made of.

Code is read and never run; a name is followed to where its cell gives it a value, if it does so once, or to
the one place in the cells before it that does.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.notebooks import without_magics
from tieout.wording.meant import tokens

_DEPTH = 6  # names that are followed one after another
_KEEPING = frozenset(("round", "float", "int"))  # functions that hand on what they get
_COEFFICIENTS = frozenset(("b", "beta", "coef", "coefficient", "est", "estimate"))
_NAME, _TEXT = 4, 3  # letters of a variable, and of a text, that may name a group
_LEVEL = lazily(r"\[T\.([^\]]+)\]")


@dataclass(frozen=True)
class Traced:
    """A cell's code: the calls that record something, and what its names stand for.

    Parameters
    ----------
    calls
        Every call, in the order of the code.
    given
        The value of each name that is given one once; of a name among several, what all of them are got from.
    all
        Every name that is given a value, as often as it is, with that value.
    columns
        What is taken of a name: each attribute and each text in brackets, ``table.beds``, ``table["beds"]``.
    """

    calls: tuple[ast.Call, ...] = ()
    given: Mapping[str, ast.expr] | None = None
    all: tuple[tuple[str, ast.expr], ...] = ()
    columns: tuple[tuple[str, str], ...] = ()

    def value(self, name: str) -> ast.expr | None:
        """Return what a name stands for; None where the cell does not say, or says it twice."""
        return (self.given or {}).get(name)

    def gives(self, name: str) -> bool:
        """Whether the cell gives a name a value, as often as that may be."""
        return any(name == each for each, _ in self.all)


@lru_cache(maxsize=512)
def traced(code: str) -> Traced:
    """Read the code of a cell; of code that cannot be read nothing is known."""
    try:
        body = ast.parse(without_magics(code))
    except (SyntaxError, ValueError):
        return Traced()
    pairs = tuple(pair for node in ast.walk(body) for pair in _given(node))
    given: dict[str, list[ast.expr]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    calls = tuple(node for node in ast.walk(body) if isinstance(node, ast.Call))
    once = {name: values[0] for name, values in given.items() if len(values) == 1}
    return Traced(calls, once, pairs, tuple(dict.fromkeys(filter(None, map(taken_of, ast.walk(body))))))


def taken_of(node: ast.AST) -> tuple[str, str] | None:
    """Return a table and its column: of ``table.beds`` and ``table["beds"]``; None for what is neither."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id, node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        label = node.slice.value if isinstance(node.slice, ast.Constant) else None
        return (node.value.id, label) if isinstance(label, str) else None
    return None


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Give the names to which a statement gives a value."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _unpacked(target, node.value)
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        yield from ((node.target.id, node.value),) * 2
    if isinstance(node, ast.For | ast.comprehension):
        for each in ast.walk(node.target):
            if isinstance(each, ast.Name):
                yield from ((each.id, node.iter),) * 2  # it stands for more than one


def _unpacked(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Give the names of a target, of several each with its own value where that is written out."""
    if isinstance(target, ast.Name):
        yield target.id, value
    for place, name in enumerate(target.elts if isinstance(target, ast.Tuple) else ()):
        own = value.elts if isinstance(value, ast.Tuple) else []
        yield from _unpacked(name, own[place] if place < len(own) else value)


def stands_for(entry: Entry, name: str) -> ast.expr | None:
    """Return what a name stands for in the code of an entry; None where that is not certain."""
    own = traced(entry.code)
    return own.value(name) if own.gives(name) else _before(entry.earlier).get(name)


@lru_cache(maxsize=64)
def _before(cells: tuple[str, ...]) -> Mapping[str, ast.expr]:
    """Return the value of each name that is given one once in all cells."""
    given: dict[str, list[ast.expr]] = {}
    for name, made in (pair for cell in cells for pair in traced(cell).all):
        given.setdefault(name, []).append(made)
    return {name: values[0] for name, values in given.items() if len(values) == 1}


def recorded(entry: Entry) -> ast.Call | None:
    """Return the call that records an entry; None where it is not known, or not by its id."""
    calls = traced(entry.code).calls if entry.code else ()
    found = [call for call in calls if len(call.args) > 1 and _is_id(call.args[0], entry.id)]
    return found[0] if len(found) == 1 else None


def made_of(entry: Entry) -> ast.expr | None:
    """Return what the code of an entry records as it, its name looked up in the cell; None where unknown."""
    call = recorded(entry)
    made = call.args[1] if call else None
    return stands_for(entry, made.id) if isinstance(made, ast.Name) else made


def core(node: ast.expr | None) -> ast.expr | None:
    """Return an expression without what rounds it, or makes per cent of a share."""
    while True:
        if isinstance(node, ast.Call) and called(node) in _KEEPING and node.args:
            node = node.args[0]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            sides = [each for each in (node.left, node.right) if not _is_hundred(each)]
            if len(sides) != 1:
                return node
            node = sides[0]
        else:
            return node


def _is_hundred(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in (100, 100.0)


def nodes(entry: Entry, node: ast.expr, deep: int = _DEPTH) -> Iterator[ast.AST]:
    """Give all nodes of an expression, and of what the names in it stand for.

    Parameters
    ----------
    deep
        How many names are followed one after another.
    """
    known, waiting = set[str](), [node]
    for _ in range(deep + 1):
        following: list[ast.expr] = []
        for each in (inner for outer in waiting for inner in ast.walk(outer)):
            yield each
            if isinstance(each, ast.Name) and each.id not in known:
                known.add(each.id)
                value = stands_for(entry, each.id)
                following += [value] if value is not None else []
        waiting = following


def apart(entry: Entry, one: ast.expr, other: ast.expr) -> tuple[frozenset[str], frozenset[str]]:
    """Return the texts by which two expressions differ, names followed no further than that takes.

    In the frame from which both are taken all groups may be named.
    """
    for deep in range(_DEPTH):
        said, others = _texts(nodes(entry, one, deep)), _texts(nodes(entry, other, deep))
        if said - others and others - said:
            return said - others, others - said
    return frozenset(), frozenset()


def _texts(found: Iterator[ast.AST]) -> frozenset[str]:
    """Return the texts and the longer names of variables in code: names of groups, of columns."""
    said = set[str]()
    for each in found:
        if isinstance(each, ast.Name) and len(each.id) >= _NAME:
            said.add(each.id)
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and len(each.value) >= _TEXT:
            said.add(each.value)
    return frozenset(word for word in said if word.replace(" ", "").isalpha())


def words(entry: Entry) -> frozenset[str]:
    """Return the words of the code that made an entry: of names, columns and texts, in small letters."""
    made, said = made_of(entry), set[str]()
    for each in nodes(entry, made) if made is not None else ():
        text = getattr(each, "attr", None) or getattr(each, "id", None) or getattr(each, "value", None)
        said.update(tokens(text) if isinstance(text, str) else ())
    return frozenset(said)


def level(entry: Entry) -> str:
    """Return the group that a coefficient sets against the others: *women* of ``C(sex)[T.women]``."""
    call = recorded(entry)
    terms = [each.value for each in call.keywords if each.arg == "term"] if call else []
    term = str(terms[0].value) if terms and isinstance(terms[0], ast.Constant) else coefficient(entry)
    found = _LEVEL.search(term)
    return found[1] if found and term.count("[T.") == 1 else ""


def coefficient(entry: Entry) -> str:
    """Return the term of which an entry is the coefficient: of ``fit.params["age"]``; empty for none.

    A table may hold the coefficients as a column: ``pd.DataFrame({"b": fit.params}).loc["age", "b"]``.
    """
    made = core(made_of(entry))
    if not isinstance(made, ast.Subscript):
        return ""
    labels = made.slice.elts if isinstance(made.slice, ast.Tuple) else [made.slice]
    texts = [each.value for each in labels if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if len(texts) == 2 and "[T." in texts[0] and texts[1].casefold() in _COEFFICIENTS:
        return texts[0]
    held: ast.expr | None = made.value
    if isinstance(held, ast.Attribute) and held.attr in ("loc", "at"):
        held = held.value
    held = stands_for(entry, held.id) if isinstance(held, ast.Name) else held
    if isinstance(held, ast.Call) and held.args and isinstance(held.args[0], ast.Dict) and len(texts) == 2:
        held = under(held.args[0], texts[1])
    while isinstance(held, ast.Call) and isinstance(held.func, ast.Attribute):
        held = held.func.value if held.func.attr in ("filter", "round") else None
    is_one = isinstance(held, ast.Attribute) and held.attr == "params" and len(texts) == len(labels)
    return texts[0] if is_one and texts else ""


def under(held: ast.Dict, name: str) -> ast.expr | None:
    """Return what a mapping that is written out holds under a name."""
    pairs = zip(held.keys, held.values, strict=True)
    return next((value for key, value in pairs if isinstance(key, ast.Constant) and key.value == name), None)


def called(call: ast.Call) -> str:
    """Return the name of a function without what it is a part of."""
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def functions(entry: Entry) -> Iterator[tuple[str, ast.Call]]:
    """Give the calls that made an entry, each with the name of its function."""
    made = made_of(entry)
    for each in nodes(entry, made) if made is not None else ():
        if isinstance(each, ast.Call):
            yield called(each), each


def functions_of_cell(entry: Entry) -> Iterator[tuple[str, ast.Call]]:
    """Give all calls of the cell that recorded an entry, each with the name of its function."""
    for each in traced(entry.code).calls if entry.code else ():
        yield called(each), each


def _is_id(node: ast.expr, id: str) -> bool:
    if isinstance(node, ast.JoinedStr):
        parts = (
            re.escape(str(each.value)) if isinstance(each, ast.Constant) else "[^.]+" for each in node.values
        )
        return re.fullmatch("".join(parts), id) is not None
    return isinstance(node, ast.Constant) and node.value == id
