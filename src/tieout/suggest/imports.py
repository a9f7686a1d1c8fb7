"""Takes over what other tools compute into prose: Quarto's inline expressions and MyST-NB's glue become ties.

The expression is recorded in the last cell before the text, a glued value below the line that glues it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tieout import numerals
from tieout.markdown import escape
from tieout.notebooks import Cell, Notebook
from tieout.problems import Problem
from tieout.prose import Inline, Passage, Sources, inlines, untied
from tieout.suggest.cells import alias_of, import_for, is_captured, is_python, statements
from tieout.suggest.expressions import is_repeatable
from tieout.suggest.gathered import evidence
from tieout.suggest.labels import area_of, free, id_of, label_of, slug
from tieout.suggest.proposal import quoted
from tieout.suggest.shownvalues import number_of

PAPERMILL = "application/papermill.record/text/plain"
_SPEC = re.compile(r"(?P<group>,?)(?:\.(?P<decimals>\d+))?(?P<kind>[fd%]?)")


@dataclass(frozen=True)
class Import:
    """An expression of the prose that becomes a tie.

    Parameters
    ----------
    passage, inline
        Where it stands.
    id
        What it is recorded under.
    line
        The line of code that records it.
    cell, before
        The cell that gets the line, and before which of its lines.
    shown
        What the tie shows; empty where the value is not stored, and the ledger's own form is shown.
    end
        Where the tie ends in the text: behind the unit that follows the value.
    """

    passage: Passage
    inline: Inline
    id: str
    line: str
    cell: int
    before: int
    shown: str = ""
    end: int = 0

    @property
    def tie(self) -> str:
        """The tie as Markdown."""
        return f"[{escape(self.shown)}](tie:{self.id})"

    def __str__(self) -> str:
        place = f"{self.passage.path}:{self.passage.line(self.inline.start)}"
        said = f"{place}: {self.inline.text}: write {self.tie} and record it in cell {self.cell + 1}:"
        return f"{said}\n    {self.line}"


def imports(sources: Sources, taken: frozenset[str]) -> tuple[list[Import], list[Problem]]:
    """Return what can be taken over from a report's prose, and what a person has to.

    Parameters
    ----------
    taken
        The ids that exist.
    """
    search = _Search(sources, set(taken))
    found: list[Import] = []
    problems: list[Problem] = []
    for passage in sources.passages:
        for inline in inlines(passage.markdown) if passage.output is None else ():
            outcome = search.taken_over(passage, inline)
            if isinstance(outcome, Import):
                found.append(outcome)
            else:
                line = passage.line(inline.start)
                what = f"{inline.text} cannot be taken over: {outcome}"
                hint = "record it with t.record(…), and write [](tie:ID) in its place"
                place = (passage.path, line, None, "inline", passage.where)
                problems.append(Problem(what, hint, *place, severity="warning"))
    return found, problems


class _Search:
    """The notebooks whose values prose names, and the ids given so far."""

    def __init__(self, sources: Sources, taken: set[str]) -> None:
        self.sources = sources
        self.taken = taken
        self._ids: dict[tuple[str, str], str] = {}

    def taken_over(self, passage: Passage, inline: Inline) -> Import | str:
        """Return how one place becomes a tie, or in words why it cannot."""
        notebook = self.sources.notebooks.get(passage.path)
        if notebook is None or passage.cell is None or not is_python(notebook) or not passage.editable:
            return "only the prose of Python notebooks is tied to their code"
        found = (self._expression if inline.kind == "python" else self._glued)(notebook, passage.cell, inline)
        if isinstance(found, str):
            return found
        cell, before, node, spec, value = found
        code = ast.unparse(node)
        id = self._id(passage.path, inline.code if inline.kind == "glue" else code, node, inline)
        name = alias_of(notebook) or import_for(notebook)[1]
        like = like_of(spec)
        label = inline.code.replace("_", " ") if inline.kind == "glue" else label_of(node)
        given = [quoted(id), code, f"label={quoted(label[:1].upper() + label[1:])}"]
        unit, after = unit_after(passage, inline)
        given += [f"unit={quoted(unit)}"] if unit else []
        like += after if like else ""
        line = f"{name}.record({', '.join([*given, *([f'like={quoted(like)}'] if like else [])])})"
        shown = "" if value is None else written(value, spec)
        shown += after if shown else ""
        return Import(passage, inline, id, line, cell.index, before, shown, inline.end + len(after))

    def _expression(
        self, notebook: Notebook, at: int, inline: Inline
    ) -> tuple[Cell, int, ast.expr, str, Decimal | None] | str:
        try:
            node = ast.parse(inline.code, mode="eval").body
        except SyntaxError:
            return "it is not an expression of Python"
        node, spec = formatted(node)
        if isinstance(node, ast.JoinedStr):
            return "it is a text with values in it"
        before = (each for each in reversed(notebook.code) if each.index < at)
        cell = next((each for each in before if not is_captured(each.source)), None)
        body = statements(cell.source) if cell is not None else None
        if cell is None or not body:
            return "no cell of plain Python stands before it"
        known = [each for each in evidence(notebook) if ast.dump(each.node) == ast.dump(node)]
        place = (cell.index, _place(body))
        own = [each for each in known if each.cell <= cell.index and each.until >= place]
        shown = own or (known if len(known) == 1 else [])  # its variable may be given another value
        return cell, place[1], node, spec, shown[-1].number if shown else None

    def _glued(
        self, notebook: Notebook, at: int, inline: Inline
    ) -> tuple[Cell, int, ast.expr, str, Decimal | None] | str:
        for cell in notebook.code:
            for statement in statements(cell.source) or ():
                node = _glues(statement, inline.code)
                if node is None:
                    continue
                stored = dict(_stored(cell)).get(inline.code, "")
                value = number_of(stored)
                if stored and value is None:
                    return "what is glued is no number"
                if not is_repeatable(
                    node, frozenset(part.id for part in ast.walk(node) if isinstance(part, ast.Name))
                ):
                    return "what is glued may be another value when it is computed again"
                return cell, (statement.end_lineno or statement.lineno) + 1, node, inline.format, value
        return f"no cell of the notebook glues {inline.code!r}"

    def _id(self, path: str, key: str, node: ast.expr, inline: Inline) -> str:
        area = area_of(path)
        if (path, key) not in self._ids:
            base = f"{area}.{slug(inline.code) or 'value'}" if inline.kind == "glue" else id_of(area, node)
            self._ids[path, key] = free(base, self.taken)
            self.taken.add(self._ids[path, key])
        return self._ids[path, key]


def unit_after(passage: Passage, inline: Inline) -> tuple[str, str]:
    """Return the unit that the text after a value gives it, and that text; both empty where it gives none."""
    after = passage.markdown[inline.end : inline.end + 40].partition("\n")[0]
    first = next(iter(untied(f"7{after}", passage.lang)), None)
    shown = numerals.parse(first.text, passage.lang) if first and first.start == 0 else None
    if first is None or shown is None or not shown.unit:
        return "", ""
    return shown.unit, first.text[1:]


def _place(body: Sequence[ast.stmt]) -> int:
    """Return before which line of a cell something is recorded: the last expression keeps its display."""
    last = body[-1]
    return last.lineno if isinstance(last, ast.Expr) else (last.end_lineno or last.lineno) + 1


def _glues(statement: ast.stmt, name: str) -> ast.expr | None:
    """Return the value that a statement glues under a name."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or len(call.args) < 2:
        return None
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    first = call.args[0]
    named = isinstance(first, ast.Constant) and first.value == name
    return call.args[1] if called == "glue" and named else None


def _stored(cell: Cell) -> Iterator[tuple[str, str]]:
    """Give the texts that a cell has glued, by name."""
    for output in cell.outputs:
        about = output.get("metadata", {})
        scrap = about.get("scrapbook", {}) if isinstance(about, dict) else {}
        text = output.get("data", {}).get(PAPERMILL) or output.get("data", {}).get("text/plain")
        if isinstance(scrap, dict) and isinstance(scrap.get("name"), str) and isinstance(text, str):
            yield scrap["name"], text


def formatted(node: ast.expr) -> tuple[ast.expr, str]:
    """Return the value that an expression formats, and how; the expression itself where it formats none.

    Examples
    --------
    >>> value, spec = formatted(ast.parse("f'{m:.2f}'", mode="eval").body)
    >>> ast.unparse(value), spec
    ('m', '.2f')
    """
    if (
        isinstance(node, ast.JoinedStr)
        and len(node.values) == 1
        and isinstance(node.values[0], ast.FormattedValue)
    ):
        part = node.values[0]
        spec = part.format_spec.values if isinstance(part.format_spec, ast.JoinedStr) else []
        said = "".join(str(each.value) for each in spec if isinstance(each, ast.Constant))
        return (part.value, said) if all(isinstance(each, ast.Constant) for each in spec) else (node, "")
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and not node.keywords
        and len(node.args) == 2
    ):
        value, how = node.args
        if node.func.id == "format" and isinstance(how, ast.Constant) and isinstance(how.value, str):
            return value, how.value
        if (
            node.func.id == "round"
            and isinstance(how, ast.Constant)
            and isinstance(how.value, int)
            and how.value >= 0
        ):
            return value, f".{how.value}f"
    return node, ""


def like_of(spec: str) -> str:
    """Return an example of what a format of Python gives, for `t.record`; empty where it gives none.

    Examples
    --------
    >>> like_of(",.1f"), like_of(".0%"), like_of("")
    ('1,000.0', '0%', '')
    """
    found = _SPEC.fullmatch(spec)
    if not spec or not found or (found["kind"] == "d") or (not found["kind"] and not found["group"]):
        return ""
    whole = "1,000" if found["group"] else "0"
    decimals = found["decimals"] or (
        "6" if found["kind"] in ("f", "%") and found["decimals"] is None else "0"
    )
    tail = f".{'0' * int(decimals)}" if int(decimals) else ""
    return whole + tail + ("%" if found["kind"] == "%" else "")


def written(value: Decimal, spec: str) -> str:
    """Return a value as a format of Python writes it; empty where it cannot."""
    whole = value == value.to_integral_value() and not spec.endswith(("f", "%"))
    try:
        return format(int(value) if whole else value, spec) if spec else ""
    except ValueError:
        return ""
