"""The numbers that a notebook's stored outputs show, each with the expression that gave it.

Only what is certain is evidence: the last expression of a cell, what it printed, a cell of its table. An
expression that may give something else when it is evaluated once more is none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from tieout.notebooks import PLAIN, Cell, Notebook
from tieout.numbers import Quantity
from tieout.update import shownvalues
from tieout.update.cells import is_recording, statements
from tieout.update.expressions import (
    NAMES_OF_STATISTICS,
    counted,
    is_p,
    is_repeatable,
    is_width,
    names,
    quantiles,
    statistics,
    written,
)
from tieout.update.inside import slugged
from tieout.update.known import Known, variables, words_of
from tieout.update.labels import TESTS
from tieout.update.periods import labels_of
from tieout.update.places import Computed, Place
from tieout.update.printing import LONG, VALUE, readings, signed
from tieout.update.printing import pattern as pattern_of
from tieout.update.shownvalues import Value
from tieout.update.unrolled import Turn, is_print, made_inside, unrolled
from tieout.update.unrounded import is_rounded, root, unrounded

HTML = "text/html"
P = frozenset(
    ("p", "p-value", "p value", "pvalue", "p_value", "pval", "p-val")
)  # what printed p-values are called
FEWEST = 2  # a call, and a value
PEEKS = frozenset(("head", "tail", "sample", "info"))
ENDS = frozenset(("head", "tail"))
COUNTS = frozenset(("n", "obs"))  # what columns of counts are called
SIZES = frozenset(("nob", "count", "size"))
SUMMARIES = frozenset(("summary", "summary2"))
TABLES = "tables"  # of a summary: ``fit.summary().tables[1]``


@dataclass(frozen=True)
class Evidence:
    """A number that a cell shows.

    Parameters
    ----------
    cell
        The index of the cell that shows it.
    place
        The cell in which it can be recorded, and the line of it, from 1, before which.
    expression
        What gives it, as code; of a family, the model or test.
    number
        Its value, with the digits that are shown.
    words
        What code and output call it.
    rows
        The words of its row's labels: a sentence about it says one of them.
    part, term
        Of a family which part, and of which term.
    label
        What it is called in a printed text; empty where nothing is.
    row
        What its row is called where its label alone says nothing: *poor true*.
    columns
        In a table of rows and columns the words of its column's labels.
    statistic
        Which statistic its table holds, where its own code does not say: *mean* of ``by_class``.
    is_alone
        Whether it is all that the cell's last expression shows.
    is_cut
        Whether it was rounded where it is shown, and the expression gives it as it was before.
    is_coarse
        Whether the expression itself gives it rounded.
    after
        What the same call printed just before it: the lower limit of *9.81 to 10.25*.
    test
        Which test its variable holds the result of: *ttest_ind*.
    turn
        The turn of the loop within which alone it can be recorded.
    is_percent
        Whether it was printed with the sign of a percentage behind it.
    """

    cell: int
    place: Place
    expression: str
    number: Decimal
    words: frozenset[str]
    rows: frozenset[str] = frozenset()
    part: str | None = None
    term: str | None = None
    label: str = ""
    row: str = ""
    columns: frozenset[str] = frozenset()
    statistic: str = ""
    is_alone: bool = False
    is_cut: bool = False
    is_coarse: bool = False
    after: str = ""
    test: str = ""
    is_percent: bool = False
    turn: Turn | None = None

    @property
    def node(self) -> ast.expr:
        """The expression, parsed."""
        return ast.parse(self.expression, mode="eval").body

    @property
    def inside(self) -> str:
        """Its code within the loop that makes it: ``lo`` of ``lo['normal']``."""
        return ast.unparse(self.node.value) if self.turn and isinstance(self.node, ast.Subscript) else ""

    def in_unit(self, unit: str = "") -> Quantity:
        """Return its value in a unit, a plain number if none; a `ValueError` where there is no such unit."""
        return Quantity.computed(self.number, unit or "1", exact=self.is_exact)

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole number, or one of things that a rounded table shows with decimals."""
        exponent = self.number.as_tuple().exponent
        return self.is_exact or bool(self.words & SIZES) or (self.is_cut and exponent == 0)

    @property
    def is_printed_whole(self) -> bool:
        """Whether it was rounded to a whole number where it is shown, and not as a percentage."""
        return self.is_cut and not self.is_percent and self.number.as_tuple().exponent == 0

    @property
    def is_exact(self) -> bool:
        """Whether it is shown as a whole number, and not rounded to one."""
        whole = self.number == self.number.to_integral_value() and self.number.as_tuple().exponent == 0
        return whole and not self.is_cut

    def or_finer(self, other: Evidence) -> Evidence:
        """Return it with more digits, where another cell shows them."""
        places = [int(each.number.as_tuple().exponent) for each in (self, other)]
        if not self.is_cut or places[1] > places[0] or (other.is_cut and places[0] == places[1]):
            return self
        return replace(self, number=other.number, is_cut=other.is_cut)


def evidence(notebook: Notebook) -> list[Evidence]:
    """Return the numbers that a notebook's outputs show, in their order; of one expression, the first."""
    known = Known(frozenset(_imported(notebook)), {}, Computed())
    found: dict[tuple[str, str | None, str | None], Evidence] = {}
    for cell in notebook.code:
        body = statements(cell.source)
        if not body:
            continue
        known = known.after(cell, body)
        for each in (*_printed(cell, body, known), *_shown(cell, body, known)):
            key = (each.expression, each.part, each.term)
            found[key] = found[key].or_finer(each) if key in found else each
    return list(found.values())


def _imported(notebook: Notebook) -> Iterator[str]:
    for cell in notebook.code:
        for statement in statements(cell.source) or ():
            if isinstance(statement, ast.Import | ast.ImportFrom):
                yield from (name.asname or name.name for name in statement.names)


def _shown(cell: Cell, body: list[ast.stmt], known: Known) -> Iterator[Evidence]:
    """Give what the last expression of a cell shows."""
    last = body[-1]
    results = [each["data"] for each in cell.outputs if each.get("output_type") == "execute_result"]
    if not isinstance(last, ast.Expr) or len(results) != 1 or not _alone(last, body):
        return
    shown = last.value
    before = [each for each in body[:-1] if not is_recording(each)]
    if isinstance(shown, ast.Name) and before:
        shown = _made(shown, before[-1])
    if _ends_table(shown, known):
        shown = shown.func.value  # type: ignore[attr-defined]
    (data,) = results
    plain, markup = str(data.get(PLAIN, "")), str(data.get(HTML, ""))
    summed = _summarised(last.value)
    if summed is not None:
        yield from _each(cell, last, summed, shownvalues.of_summary(plain), known)
    elif _peeks(last.value) and not _ends_table(last.value, known):
        return
    elif "dataframe" in markup:
        yield from _each(cell, last, shown, shownvalues.of_table(markup), known)
    elif levels := quantiles(shown):
        for part, value in zip(levels, shownvalues.of_list(plain), strict=False):
            yield from _each(cell, last, part, [value], known)
    elif isinstance(last.value, ast.Tuple) and plain.startswith("("):
        for part, value in zip(last.value.elts, shownvalues.of_plain(plain), strict=False):
            if value.path == f"{{}}[{last.value.elts.index(part)}]":
                yield from _each(cell, last, part, [Value(value.number)], known)
    elif not markup:
        yield from _each(cell, last, shown, shownvalues.of_plain(plain), known)


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


def _peeks(node: ast.expr) -> bool:
    """Whether an expression only looks into a table: ``frame.head()``, not what ``(a / b).head(3)`` gives."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PEEKS):
        return False
    return node.func.attr not in ENDS or isinstance(node.func.value, ast.Name)


def _ends_table(node: ast.expr, known: Known) -> bool:
    """Whether an expression shows the ends of a table that sums up another: ``monthly.tail(12)``."""
    is_end = _peeks(node) and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    if not (is_end and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    return (
        node.func.attr in ENDS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in known.tables
    )


def _alone(statement: ast.stmt, body: list[ast.stmt]) -> bool:
    """Whether no other statement stands on the line where a statement begins."""
    others = [each for each in body if each is not statement]
    return all(
        (each.end_lineno or each.lineno) < statement.lineno or each.lineno > statement.lineno
        for each in others
    )


def _summarised(node: ast.expr) -> ast.expr | None:
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


def _each(
    cell: Cell,
    statement: ast.stmt,
    base: ast.expr,
    values: Iterator[Value] | list[Value],
    known: Known,
    *,
    label: str = "",
    after: bool = False,
) -> Iterator[Evidence]:
    """Give the evidence of values that an expression leads to."""
    base, shown = unrounded(base), base
    if not is_repeatable(base, known.imported):
        return
    text = written(base, cell.source)
    if not isinstance(base, ast.Name | ast.Attribute | ast.Call | ast.Subscript):
        wrapped = f"({text})"
    else:
        wrapped = text
    line = (statement.end_lineno or statement.lineno) + 1 if after else statement.lineno
    for value in values:
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
        rows = tuple(word for each in value.rows for word in labels_of(each, value.row))
        sized = ("count",) if COUNTS.issuperset(map(str.lower, value.columns)) and value.columns else ()
        said = (*names(one), *value.names, label, *more, *rows, *sized)
        own, made = words_of(said), known.words(one, value.columns)
        yield Evidence(
            cell.index,
            known.place(cell, one, line),
            whole,
            value.number,
            own | (made - NAMES_OF_STATISTICS if statistics(own) or sized else made),
            words_of(rows),
            value.part,
            value.term,
            label,
            value.row,
            words_of(value.columns),
            known.kinds.get(root(base), "") if _is_part(value) and not statistics(own) else "",
            value.path == "{}" and value.part is None,
            (base is not shown and value.path != "len({})") or (held is not None and is_rounded(held)),
            root(base) in known.rounded,
            test=_test(one if isinstance(base, ast.Dict) else base, known),
        )


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


def _printed(cell: Cell, body: list[ast.stmt], known: Known) -> Iterator[Evidence]:
    """Give what a cell printed, where each text is known to be of one call alone."""
    stream = "".join(
        str(each.get("text", ""))
        for each in cell.outputs
        if (each.get("output_type"), each.get("name")) == ("stream", "stdout")
    )
    each_turn = unrolled(body, stream)
    turns = [each for each in each_turn if is_print(each.statement)]
    calls = [each.statement for each in turns]
    if not calls or not stream:
        return
    texts = _read(calls, [each.statement for each in each_turn], stream)
    for place, (turn, statement) in enumerate(zip(turns, calls, strict=True)):
        assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
        if not (turn.is_of_loop or _alone(statement, body)) or statement.value.keywords:
            continue
        arguments = statement.value.args
        if len(arguments) == 1 and (model := _summarised(arguments[0])) is not None:
            if stream.count(" std err ") == 1:
                yield from _each(cell, statement, model, shownvalues.of_summary(stream), known, after=True)
            continue
        pattern, parts, shares, cut = pattern_of(arguments)
        percents = signed(arguments)
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
        for (part, label, after), shown in zip(parts, said, strict=True):
            value = shownvalues.number_of(shown.removesuffix("%"))
            if value is not None and shown.endswith("%"):
                value = value.scaleb(-2) if part in shares else None
            group = ", ".join(turn.words)
            values = []
            if value is not None:
                values.append(Value(value, names=turn.words, rows=turn.words, row=group))
            if not values and (pattern == VALUE or shown.endswith(")")) and not _peeks(part):
                values = list(shownvalues.of_plain(shown)) or list(shownvalues.of_frame(shown))
            called = "" if label == group else label
            label = f"{called}, {group}" if called and group else called
            inside = made_inside(part, turn.turn) if turn.turn and value is not None else None
            if inside is not None and turn.turn and slugged(turn.turn):
                of = list(_within(cell, turn.turn, inside, values[0], known, called))
            elif turn.turn and turn.turn.is_alone:
                of = []
            else:
                of = list(_each(cell, statement, part, values, known, label=label, after=True))
            more = words_of((after,))
            for each in of:
                is_cut, is_percent = each.is_cut or part in cut, part in percents
                yield replace(
                    each, words=each.words | more, is_cut=is_cut, is_percent=is_percent, after=before
                )
            before = of[0].expression if len(of) == 1 else ""


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
    yield Evidence(
        cell.index,
        (cell.index, turn.line),
        f"({code})[{turn.item!r}]" if isinstance(node, ast.BinOp | ast.UnaryOp) else f"{code}[{turn.item!r}]",
        value.number,
        own | (said - NAMES_OF_STATISTICS if statistics(own) else said),
        words_of(value.rows),
        label=label,
        row=turn.item,
        test=next((name for name in made if name in TESTS), ""),
        turn=turn,
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
