"""The column of a stored table that a recorded number is a cell of, with all that stand beside it there.

An analyst ties two or three cells of a table; what is said of them, *the highest*, is said of the column.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from lxml import html
from lxml.etree import LxmlError

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.notebooks import PLAIN, Notebook
from tieout.wording.printed import printed
from tieout.wording.traced import core, made_of

_HTML = "text/html"
_PICKING = frozenset(("loc", "at"))
_TOTALS = frozenset(("all", "total", "sum", "overall", "margin", "mean", "average", "nan"))
_LINE = lazily(r"(?P<label>\S.*?)\s{2,}(?P<value>[-−]?\d[\d,]*(?:\.\d+)?)")
# What shows or keeps some rows alone.
_FEWER = lazily(
    r"\b(?:head|tail|nlargest|nsmallest|sample|iloc|query|isin|drop\w*|filter|truncate)\b|[<>~]|!=|\[:|:\]"
)
_TRAILER = lazily(r"^(?:Name: |Length: |dtype: )", re.MULTILINE)


Row = tuple[str, tuple[Decimal | None, ...]]


@dataclass(frozen=True)
class Table:
    """A stored table: what heads its columns, and its rows, each with its label; a Series has one column.

    ``index`` is what its rows are called, *ward*; empty where it does not say.
    """

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    index: str = ""

    def column(self, place: int) -> dict[str, Decimal]:
        """Return the numbers of a column by the labels of their rows, but for totals."""
        found = ((label, cells[place]) for label, cells in self.rows if label.casefold() not in _TOTALS)
        return {label: value for label, value in found if value is not None}

    def shows(self, row: str, at: int, value: Decimal) -> bool:
        """Whether a cell shows a value, rounded as its column is: *240538.0* is rounded to ones."""
        column = [cells[at] for _, cells in self.rows if cells[at] is not None]
        own = dict(self.rows)[row][at] if row in dict(self.rows) else None
        whole = all(each == int(each) for each in column if each is not None)
        if own is None:
            return False
        places = 0 if whole else min(int(own.as_tuple().exponent), 0)
        return abs(value - own) <= Decimal(1).scaleb(places) / 2


@dataclass(frozen=True)
class Place:
    """A cell of a table: its row, and which of the columns."""

    table: Table
    row: str
    at: int

    @property
    def own(self) -> Decimal:
        """The number of the cell."""
        value = dict(self.table.rows)[self.row][self.at]
        assert value is not None
        return value

    @property
    def name(self) -> str:
        """What heads its column."""
        return self.table.heads[self.at]

    def beside(self, at: int | None = None) -> list[Decimal]:
        """Return the numbers of the other rows of its column, or of another one."""
        column = self.table.column(self.at if at is None else at)
        return [value for label, value in column.items() if label != self.row]

    def across(self) -> list[Decimal]:
        """Return the numbers of the other columns of its row, but for totals."""
        cells = dict(self.table.rows)[self.row]
        pairs = zip(self.table.heads, cells, strict=True)
        kept = [
            value
            for at, (head, value) in enumerate(pairs)
            if at != self.at and head.casefold() not in _TOTALS
        ]
        return [value for value in kept if value is not None]


class Columns:
    """The tables that the notebooks of a ledger have stored."""

    def __init__(self, ledger: Ledger) -> None:
        self._notebooks = {path: _Stored(notebook) for path, notebook in ledger.sources.notebooks.items()}

    def of(self, entry: Entry) -> Place | None:
        """Return the cell of the one table that an entry repeats; None where there is none, or two."""
        stored, place = self._notebooks.get(entry.path), _place(core(made_of(entry)))
        if stored is None or place is None or entry.quantity is None or entry.quantity.is_range:
            return None
        row, name = place
        found = [
            Place(table, row, at)
            for table in stored.tables
            for at, head in enumerate(table.heads)
            if head == name and table.shows(row, at, entry.quantity.value)
        ]
        columns = [each.table.column(each.at) for each in found]
        finest = max(range(len(found)), key=lambda at: _places(columns[at]), default=0)
        is_one = all(_is_rounded(each, columns[finest]) for each in columns)  # one table may be shown twice
        return found[finest] if found and is_one else None

    def sizes(self) -> Mapping[tuple[str, str], frozenset[int]]:
        """Return how many rows the tables have whose rows are called by a name, by file and name.

        Of a notebook whose code may leave rows away there are none.
        """
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for path, stored in self._notebooks.items():
            code = "\n".join(cell.source for cell in stored.notebook.code)
            for source, table in stored.shown:
                labels = [label for label, _ in table.rows]
                if table.index and "..." not in labels and not _is_cut(table.index, source, code):
                    count = sum(label.casefold() not in _TOTALS for label in labels)
                    found[path, table.index.casefold()].add(count)
        return {key: frozenset(counts) for key, counts in found.items()}

    def extreme(self, entry: Entry) -> str:
        """Return the label of the row in which a column has its largest or its least, which an entry records.

        It is empty where the code takes neither, or where no stored table, or more than one row, has it.
        """
        place = self.peak(entry)
        return place.row if place else ""

    def peak(self, entry: Entry) -> Place | None:
        """Return the one cell in which a column has its largest or its least, where an entry records that."""
        made = core(made_of(entry))
        stored = self._notebooks.get(entry.path)
        called = made.func if isinstance(made, ast.Call) and not made.args and not made.keywords else None
        if stored is None or not isinstance(called, ast.Attribute) or called.attr not in ("max", "min"):
            return None
        name, best = _column(called.value), max if called.attr == "max" else min
        found = dict[str, Place]()
        for table in stored.tables:
            for at, head in enumerate(table.heads):
                column = table.column(at) if head in (name, "") else {}
                most = best(column.values(), default=None)
                if len(column) > 1 and most is not None and _is_near(most, entry):
                    found.update(
                        {label: Place(table, label, at) for label, value in column.items() if value == most}
                    )
        return next(iter(found.values())) if len(found) == 1 else None


@dataclass(frozen=True)
class _Stored:
    notebook: Notebook

    @cached_property
    def tables(self) -> list[Table]:
        """All tables, each once."""
        return list(dict.fromkeys(table for _, table in self.shown))

    @cached_property
    def shown(self) -> list[tuple[str, Table]]:
        """All tables, each with the code of the cell that shows it."""
        return list(self._found())

    def _found(self) -> Iterator[tuple[str, Table]]:
        for cell in self.notebook.code:
            for output in cell.outputs:
                data = output.get("data", {})
                markup, plain = str(data.get(_HTML, "")), str(data.get(PLAIN, ""))
                if 'class="dataframe"' in markup:
                    yield from ((cell.source, table) for table in _of_frame(markup))
                elif _TRAILER.search(plain):
                    first = plain.split("\n", 1)[0].strip()  # of a Series what its index is called, or a row
                    index = first if first.isidentifier() else ""
                    yield cell.source, Table(("",), tuple(_of_series(plain)), index)
                elif output.get("name") == "stdout":
                    for heads, rows, index in printed("".join(output.get("text", ""))):
                        held = tuple((label, tuple(map(_number, cells))) for label, *cells in rows)
                        yield cell.source, Table(heads, held, index)


def _places(column: Mapping[str, Decimal]) -> int:
    """Return how many decimals the numbers of a column show, at the most."""
    return max((-int(value.normalize().as_tuple().exponent) for value in column.values()), default=0)


def _is_rounded(column: Mapping[str, Decimal], finer: Mapping[str, Decimal]) -> bool:
    """Whether a column has the rows of another one, and its numbers, rounded as it shows them."""
    step = Decimal(1).scaleb(-max(_places(column), 0)) / 2 + Decimal(1).scaleb(-max(_places(finer), 0)) / 2
    is_same = _places(column) == _places(finer)
    return column.keys() == finer.keys() and all(
        value == finer[label] if is_same else abs(value - finer[label]) <= step
        for label, value in column.items()
    )


def _is_cut(index: str, source: str, code: str) -> bool:
    """Whether the code that shows a table may leave rows of it away, or all code some of what they are of."""
    filtered = rf"\b{re.escape(index)}\b[^\n]{{0,9}}(?:isin|!=|\.drop)|\b(?:query|drop)\("
    return _FEWER.search(source) is not None or re.search(filtered, code) is not None


def _of_frame(markup: str) -> Iterator[Table]:
    """Give the frame of a markup, where it has one row of headings and one column of labels."""
    try:
        rows: Any = html.fromstring(markup).xpath("//tr")
    except (LxmlError, ValueError):
        return
    texts = [[" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")] for row in rows]
    body = [text for text, row in zip(texts, rows, strict=True) if row.xpath("./td")]
    if not body or any(len(text) != len(texts[0]) for text in body):
        return
    if any(len(row.xpath("./th")) != 1 for row in rows if row.xpath("./td")):
        return
    heads = [text for text, row in zip(texts, rows, strict=True) if not row.xpath("./td")]
    index = next((text[0] for text in heads if not any(text[1:])), "")
    yield Table(tuple(texts[0][1:]), tuple((text[0], tuple(map(_number, text[1:]))) for text in body), index)


def _of_series(plain: str) -> Iterator[Row]:
    for line in plain.split("\n"):
        if found := _LINE.fullmatch(line.strip()):
            yield found["label"], (_number(found["value"]),)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "").replace("−", "-").removesuffix("%"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _place(made: ast.expr | None) -> tuple[str, str] | None:
    """Return the labels of row and column of what code picks by them: ``table.loc["north", "mean"]``.

    One may be picked after the other: ``table["mean"]["north"]``, ``table.mean.loc["north"]``,
    ``table.loc["north"].mean``; of a Series there is only a row.
    """
    if isinstance(made, ast.Attribute):
        row = _row(made.value)
        return (row, made.attr) if row is not None else None
    if not isinstance(made, ast.Subscript):
        return None
    labels, held = _labels(made), made.value
    if labels is None or len(labels) > len(("row", "column")):
        return None
    if isinstance(held, ast.Attribute) and held.attr in _PICKING:
        if len(labels) > 1:
            return labels[0], labels[1]
        return labels[0], _column(held.value)
    if len(labels) > 1:
        return None
    row = _row(held)
    return (row, labels[0]) if row is not None else (labels[0], _column(held))


def _row(held: ast.expr) -> str | None:
    """Return the label of the one row that code picks: ``table.loc["north"]``."""
    if not (isinstance(held, ast.Subscript) and isinstance(held.value, ast.Attribute)):
        return None
    labels = _labels(held) if held.value.attr in _PICKING else None
    return labels[0] if labels and len(labels) == 1 else None


def _labels(picked: ast.Subscript) -> list[str] | None:
    parts = picked.slice.elts if isinstance(picked.slice, ast.Tuple) else [picked.slice]
    labels = [str(each.value) for each in parts if isinstance(each, ast.Constant)]
    return labels if len(labels) == len(parts) else None


def _column(node: ast.expr) -> str:
    """Return the name of the column that code picks: ``monthly.goals``, ``monthly["goals"]``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    is_named = isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
    return str(node.slice.value) if is_named else ""  # type: ignore[attr-defined]


def _is_near(shown: Decimal | None, entry: Entry) -> bool:
    """Whether a cell shows the value of an entry, rounded as it may be."""
    if shown is None or entry.quantity is None:
        return False
    places = int(shown.as_tuple().exponent)
    return abs(entry.quantity.value - shown) <= Decimal(1).scaleb(min(places, 0)) / 2
