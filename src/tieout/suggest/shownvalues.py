"""What texts of outputs say in numbers: scalars, tuples, Series, tables of data frames, summaries of models.

Each gives values with what leads to them from the expression that was shown: ``.loc['Adelie']``, ``[0]``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import html
from lxml.etree import LxmlError

from tieout.suggest.printing import is_frame

_WRAPPED = re.compile(r"\b(?:np|numpy)\.\w+\(([^()]*)\)|\bDecimal\('([^']*)'\)")
_NUMBER = re.compile(r"[-+−]?(?:\d[\d,]*)?\.?\d+(?:[eE][-+]?\d+)?")
_NAMED = re.compile(r"\w+\((\w+=.*)\)", re.S)
_CORRELATED = re.compile(r"(?:PearsonR|Spearmanr|Kendalltau|Significance)Result|SignificanceResult")
_INTERVAL = "ConfidenceInterval("
_TRAILER = re.compile(r"(?:Name: .*, )?(?:Length: \d+, )?dtype: \w+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SHAPE = re.compile(r"([\d,]+) rows × ([\d,]+) columns")
CUT = ("...", "…")
PART_WORDS = {
    "": (), "se": ("standard", "error"), "statistic": ("statistic",), "p": ("p-value", "significant"),
    "low": ("lower", "interval"), "high": ("upper", "interval"), "df": ("degrees", "freedom"),
    "n": ("observations",),
}  # fmt: skip
RESULT = {"statistic": "statistic", "pvalue": "p", "df": "df", "dof": "df", "slope": "", "stderr": "se"}


@dataclass(frozen=True)
class Value:
    """A number of an output.

    Parameters
    ----------
    number
        Its value with the digits that are shown.
    path
        What leads to it from the expression: code that follows it, ``{}`` where the expression stands.
    names
        What the output calls it: labels of row and column.
    rows
        Of these the labels of its row, one of which a sentence about it has to say.
    part
        Of a family, which part; None outside of one. The term stands in ``names``.
    row
        What its row is called, where its label says nothing without the name of the index: *poor true*; of a
        cross table with its column, *cultivar 1, proline true*.
    columns
        In a table of rows and columns the labels of its column.
    """

    number: Decimal
    path: str = "{}"
    names: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    part: str | None = None
    term: str | None = None
    row: str = ""
    columns: tuple[str, ...] = ()


def number_of(text: str) -> Decimal | None:
    """Return the number that a text is; None where it is none.

    Examples
    --------
    >>> number_of("np.float64(59.47)"), number_of("1,704"), number_of("3 mice")
    (Decimal('59.47'), Decimal('1704'), None)
    """
    text = _unwrapped(text.strip()).replace("−", "-")
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def _unwrapped(text: str) -> str:
    return _WRAPPED.sub(lambda found: found[1] or found[2] or "", text)


def of_plain(text: str) -> Iterator[Value]:
    """Give the numbers of a plain output: of a scalar, a tuple, a mapping, a result of a test, a Series."""
    text = text.strip()
    scalar = number_of(text)
    if scalar is not None:
        yield Value(scalar)
        return
    named = _NAMED.fullmatch(_unwrapped(text))
    if named and text.startswith(_INTERVAL):
        for name, said in re.findall(r"(low|high)=([^,()]+)", named[1]):
            number = number_of(said)
            if number is not None:
                yield Value(number, f"{{}}.{name}", (*PART_WORDS[name], name))
        return
    if named:
        yield from _of_result(named[1], ("correlation",) if _CORRELATED.match(text) else ())
        return
    if text[:1] in "([{":
        yield from _of_literal(text)
        return
    yield from _of_series(text)


def of_list(text: str) -> list[Value]:
    """Return the numbers of a Series with a mere number for each label, or of an array, in their order.

    Examples
    --------
    >>> [str(each.number) for each in of_list("0.25    15.2\\n0.75    19.7\\nName: wage, dtype: float64")]
    ['15.2', '19.7']
    >>> [str(each.number) for each in of_list("array([15.21, 19.7 ])")]
    ['15.21', '19.7']
    """
    array = re.fullmatch(r"array\(\[([^\[\]()]*)\]\)", text.strip())
    if array:
        parts = [number_of(re.sub(r"[.]$", ".0", part.strip())) for part in array[1].split(",")]
        return [Value(each) for each in parts if each is not None] if None not in parts else []
    *lines, last = text.strip().split("\n")
    if not _TRAILER.fullmatch(last.strip()):
        return []
    name = re.match(r"Name: (.*?), (?:Length|dtype)", last.strip())
    rows = [re.fullmatch(r"-?\d*[.]?\d+\s{2,}(\S+)", line.strip()) for line in lines]
    found = [number_of(row[1]) for row in rows if row]
    if len(found) < len(lines):
        return []
    return [Value(each, names=(name[1],) if name else ()) for each in found if each is not None]


def _of_literal(text: str) -> Iterator[Value]:
    try:
        held = ast.literal_eval(_unwrapped(text))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return
    pairs = (
        held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list | tuple) else ()
    )
    for key, value in pairs:
        if isinstance(value, int | float) and not isinstance(value, bool) and value == value:
            number = number_of(repr(value))
            if number is not None:
                names = (str(key),) if isinstance(held, dict) else ()
                yield Value(number, f"{{}}[{key!r}]", names, names)


def _of_result(text: str, words: tuple[str, ...] = ()) -> Iterator[Value]:
    for name, said in re.findall(r"(\w+)=([^,()]+)", text):
        number = number_of(said)
        if number is not None and name in RESULT:
            more = ("correlation", "corr") if "correlation" in words and name == "statistic" else ()
            yield Value(number, names=(*PART_WORDS[RESULT[name]], *more), part=RESULT[name])
    expected = re.search(r"expected_freq=array\(([^()]*)\)", text)
    if expected and "..." not in expected[1]:  # what is expected sums to what was counted
        total = sum(map(Decimal, re.findall(r"\d+\.?\d*(?:e[+-]?\d+)?", expected[1])))
        yield Value(Decimal(round(total)), names=PART_WORDS["n"], part="n")


def _of_series(text: str) -> Iterator[Value]:
    lines = text.split("\n")
    if len(lines) < 2 or not _TRAILER.fullmatch(lines[-1].strip()):
        return
    name = re.match(r"Name: (.*?), (?:Length|dtype)", lines[-1].strip())
    names = (name[1],) if name else ()
    split = [re.split(r"\s{2,}", line.rstrip()) for line in lines[:-1]]
    index = lines[0].strip() if len(split[0]) == 1 and number_of(lines[0]) is None else ""
    rows = [parts for parts in split if len(parts) > 1 and number_of(parts[-1]) is not None]
    depth = max((len(parts) - 1 for parts in rows), default=0)
    labels: list[tuple[str, ...]] = []
    for parts in rows:
        own = [part for part in parts[:-1] if part]
        above = labels[-1] if labels else ()
        labels.append((*above[: depth - len(own)], *own))
    for label, parts in zip(labels, rows, strict=True):
        number = number_of(parts[-1])
        path = None if labels.count(label) > 1 or len(label) != depth else _key(label)
        if path is not None and number is not None:
            said = (index, *label) if index and len(label) == 1 else label
            yield Value(number, f"{{}}.loc[{path}]", (*names, *said), label, row=_row(index, label))


def of_table(markup: str) -> Iterator[Value]:
    """Give the numbers of the table of a data frame."""
    try:
        page: Any = html.fromstring(markup)
        tables = page.xpath('//table[contains(@class, "dataframe")]')
    except (ValueError, TypeError, LxmlError):
        return
    shape = _SHAPE.search(markup)
    if len(tables) != 1:
        return
    (table,) = tables
    if shape:
        yield Value(Decimal(shape[1].replace(",", "")), "len({})")
        return  # a large table is looked at, not reported from
    head = _grid(table.xpath("./thead/tr"))
    body = _grid(table.xpath("./tbody/tr"))
    depths = {sum(cell.tag == "th" for cell in row) for row in body}
    if not head or not body or len(depths) != 1:
        return
    depth = depths.pop()
    named = ""
    crossed = _said(head[0][0]) if len(head) > 1 and depth == 1 else ""
    if len(head) > 1 and not any(_said(cell) for cell in head[-1][depth:]):
        named = " ".join(filter(None, map(_said, head[-1][:depth])))
        head = head[:-1]
    columns = [
        tuple(_said(row[place]) for row in head if place < len(row)) for place in range(depth, len(body[0]))
    ]
    labels = [tuple(_said(cell) for cell in row[:depth]) for row in body]
    cells = [[_said(cell) for cell in row[depth:]] for row in body]
    yield from _of_cells(labels, columns, cells, named, crossed)


def of_frame(text: str) -> Iterator[Value]:
    """Give the numbers of a data frame that was printed whole, with one label for each row and column."""
    lines = text.split("\n")
    if not is_frame(text) or any(line.rstrip().endswith("\\") for line in lines):
        return
    head, *rows = lines
    crossed = named = ""
    if re.fullmatch(r"\S+(?: \S+)*\s*", rows[0]):
        named, rows = rows[0].strip(), rows[1:]
    columns = re.split(r"\s{2,}", head.strip())
    if head[:1] != " ":
        crossed, *columns = columns
    split = [re.split(r"\s{2,}", row.rstrip()) for row in rows]
    if not split or any(len(parts) != len(columns) + 1 for parts in split):
        return
    labels = [(parts[0],) for parts in split]
    cells = [parts[1:] for parts in split]
    yield from _of_cells(labels, [(each,) for each in columns], cells, named, crossed)


def _of_cells(
    labels: Sequence[tuple[str, ...]],
    columns: Sequence[tuple[str, ...]],
    cells: Sequence[Sequence[str]],
    named: str,
    crossed: str,
) -> Iterator[Value]:
    """Give the numbers of a table: what its rows and its columns are called says what each of them is."""
    depth = len(labels[0])
    numbered = not named and depth == 1 and all(label[0].isdigit() for label in labels)
    firsts = [row[0] for row in cells if row and number_of(row[0]) is None]
    are_names = numbered and len(set(firsts)) == len(labels)  # *Lindau* of the row 0, or 12 after `nlargest`
    counts = are_names or (numbered and [label[0] for label in labels] == [*map(str, range(len(labels)))])
    for label, row in zip(labels, cells, strict=True):
        own = tuple(cell for cell in row if number_of(cell) is None) if counts else label
        for column, cell in zip(columns, row, strict=False):
            number = number_of(cell)
            if number is None or labels.count(label) > 1 or columns.count(column) > 1:
                continue
            at, across = _key(label), _key(column)
            if at is not None and across is not None:
                said = (*column, named, *own) if named and depth == 1 else (*column, *own)
                called = ", ".join(filter(None, (_row(named, label), _row(crossed, column))))
                called = (row[0] if are_names else "") if counts else called
                yield Value(number, f"{{}}.loc[{at}, {across}]", said, own, row=called, columns=column)


def _row(index: str, label: Sequence[str]) -> str:
    """Return what a row is called that has a mere number or truth for a label: *poor true*, *year 1997*."""
    if len(label) != 1 or not (label[0] in ("True", "False") or re.fullmatch(r"-?\d+(?:[.]0)?", label[0])):
        return ""
    return " ".join(filter(None, (index, label[0].lower().removesuffix(".0"))))


def _grid(rows: Sequence[Any]) -> list[list[Any]]:
    """Return the cells of rows, each as often as it spans."""
    grid: list[list[Any]] = []
    open_: dict[int, tuple[int, Any]] = {}
    for row in rows:
        cells: list[Any] = []
        given = iter(row.xpath("./th|./td"))
        while True:
            place = len(cells)
            if place in open_:
                left, cell = open_.pop(place)
                if left > 1:
                    open_[place] = (left - 1, cell)
                cells.append(cell)
                continue
            cell = next(given, None)
            if cell is None:
                break
            down, across = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            for number in range(across):
                if down > 1:
                    open_[place + number] = (down - 1, cell)
                cells.append(cell)
        grid.append(cells)
    return grid


def _said(cell: Any) -> str:
    return " ".join(cell.text_content().split())


def _key(label: Sequence[str]) -> str | None:
    """Return a label as code; None where its type cannot be known from what is shown."""
    keys = [_literal(part) for part in label]
    if not keys or None in keys:
        return None
    return str(keys[0]) if len(keys) == 1 else f"({', '.join(map(str, keys))})"


def _literal(text: str) -> str | None:
    if re.fullmatch(r"(?:0|-?[1-9]\d*)(?:[.]0)?", text) or text in ("True", "False"):
        return text
    if (
        not text
        or text == "NaN"
        or text.endswith(CUT)
        or (_DATE.match(text) and not _DATE.fullmatch(text))
        or text[0] in "(["
        or text == "<NA>"
    ):
        return None
    if re.fullmatch(r"[-+]?\d*\.\d+", text):
        return None
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
