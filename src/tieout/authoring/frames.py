"""A data frame as a table whose every number is an entry of the ledger, by the name of its row and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from numbers import Number
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tieout import numerals
from tieout.authoring import display, framed
from tieout.authoring.display import Tied, shown
from tieout.authoring.language import spoken
from tieout.authoring.session import record, relate
from tieout.authoring.values import with_unit
from tieout.numbers import Quantity
from tieout.problems import InputError

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
ROW, COLUMN = "the name of a row", "the name of a column"
MOST_DECIMALS = 4  # of a column that was rounded
_FIELDS = frozenset(("column", "index"))


def table(
    rows: Iterable[Mapping[str, Any]] | pd.DataFrame,
    columns: Sequence[str] | None = None,
    align: str | Mapping[str, str] | None = None,
    widths: Sequence[int] | None = None,
    plain: Mapping[str, str] | None = None,
    *,
    ids: str | None = None,
    unit: str | Mapping[str, str] | None = None,
    like: str | Mapping[str, str] | None = None,
    label: str = "{column}, {index}",
) -> None:
    """Show a table whose numbers are ties.

    Parameters
    ----------
    rows
        One mapping a row, from heading to cell, or a DataFrame. A cell is Markdown text, a fact, a recorded
        quantity, ``t.cell(…)``, None (empty), or a list of these, set side by side.
    columns
        Which columns, in which order; all of the first row's by default.
    align
        ``l``, ``c`` or ``r`` for each column (``"lrr"``), or a mapping by heading; columns of numbers
        are set to the right by default.
    widths
        Relative widths of the columns, where the default (by what they hold) does not read well.
    plain
        Columns in which bare numbers may stand, each with the reason: ``{"No.": "row number"}``.
    ids
        Record each number of a DataFrame, under an id made of the names of its column and its row:
        ``"world.le.{column}.{index}"``. Prose ties to it as ``tie:world.le.1952.norway``.
    unit, like, label
        With ``ids``, of the numbers: unit and example of the form, for all or by column, and what each says.

    Raises
    ------
    InputError
        A cell holds a bare number, which has no id that it could be checked against; or the ids cannot be.
    """
    heads: dict[str, str] = {}
    if ids is not None:
        rows = recorded(cast("pd.DataFrame", rows), ids, unit, like, label)
        heads = {name: display.name(name, COLUMN) for row in rows for name in row}
    display.table(rows, columns, align, widths, plain, heads)


def recorded(
    frame: pd.DataFrame,
    ids: str,
    unit: str | Mapping[str, str] | None = None,
    like: str | Mapping[str, str] | None = None,
    label: str = "{column}, {index}",
) -> list[dict[str, Any]]:
    """Record each number of a frame, and return its rows as `table` takes them: ties in place of numbers.

    Parameters
    ----------
    frame
        The frame; its index becomes the first columns, unless it only counts the rows.
    ids
        How ids are made: ``"world.le.{column}.{index}"``, with the names of the column and of the row in
        lower case, hyphens in place of spaces.
    unit, like
        As for `record`: for all columns, or by column. A unit that the heading names, ``Mass (g)``, is not
        repeated beside each number.
    label
        What an entry says, for people.

    Names of rows and columns are shown as they are: a number in one, ``25%`` or 1952, is waived as a name.
    Totals and averages of rows, shares and relative changes between columns are compared with what they
    follow from, as `relate` does.

    Raises
    ------
    InputError
        Two cells would have one id, a name of ``ids`` is unknown, or there is no frame.
    """
    if not hasattr(frame, "itertuples"):
        raise InputError("ids= names the numbers of a data frame", "give a DataFrame, or leave ids= out")
    _known(ids, "ids")
    _known(label, "label")
    counts = frame.index.name is None and [*frame.index] == [*range(len(frame))]
    names = [str(name) for name in frame.columns]
    forms = {
        name: _of(like, name) or _rounded(values) for name, values in zip(names, _columns(frame), strict=True)
    }
    rows: list[dict[str, Any]] = []
    numbers: list[tuple[str, dict[str, Quantity]]] = []
    seen: dict[str, str] = {}
    for place, (index, values) in enumerate(zip(frame.index, frame.itertuples(index=False), strict=True)):
        parts = index if isinstance(index, tuple) else (index,)
        said = ", ".join(map(str, parts)) if not counts else _first_text(values, place)
        numbers.append((said, {}))
        called = [] if counts else [display.name(str(part), ROW) for part in parts]
        row: dict[str, Any] = dict(zip(_heads(frame), called, strict=True)) if called else {}
        for column, name, value in zip(frame.columns, names, values, strict=True):
            if not _is_number(value):
                row[name] = "" if value is None or value != value else str(value)
                continue
            id = ids.format(column=_slug(column, "column"), index=_slug(said, "row"))
            if id in seen:
                what = f"{seen[id]} and {name}, {said} would both be {id}"
                raise InputError(what, "use {column} and {index} in ids=, and unique rows", id=id)
            seen[id] = f"{name}, {said}"
            said_of = label.format(column=name, index=said)
            quantity = record(id, value, said_of, forms[name], unit=_of(unit, name))
            assert isinstance(quantity, Quantity)
            numbers[-1][1][name] = quantity
            row[name] = _tied(quantity, name, forms[name])
        rows.append(row)
    for each in framed.found(numbers):
        relate(each.id, each.stated, each.implied)
    return rows


def _tied(quantity: Quantity, heading: str, like: str | None) -> Tied:
    assert quantity.id is not None
    text = shown(quantity, with_unit(like, quantity) if like else None, spoken().lang)
    parsed = numerals.parse(text, spoken().lang)
    if numerals.heading_unit(heading) and parsed is not None and not parsed.is_range:
        minus = "−" if quantity.value < 0 else ""
        text = minus + text[parsed.figures[0].start : parsed.figures[0].end]
    return Tied(text, quantity.id, True)


def _columns(frame: pd.DataFrame) -> Iterator[list[Any]]:
    for place in range(len(frame.columns)):
        yield [*frame.iloc[:, place]]


def _rounded(values: Sequence[Any]) -> str | None:
    """Return a number of the most decimals that a column of floats has, where few show that it was rounded.

    Then 4 stands as *4.00* beside *4.12*.
    """
    numbers = [value for value in values if _is_number(value)]
    texts = [str(value) for value in numbers]
    if not all(isinstance(value, float) for value in numbers):
        return None
    if not all(re.fullmatch(r"-?\d+\.\d+", text) for text in texts):
        return None
    decimals = {0 if text.endswith(".0") else len(text.partition(".")[2]) for text in texts}
    most = max(decimals, default=0)
    return f"0.{'0' * (most - 1)}1" if len(decimals) > 1 and most <= MOST_DECIMALS else None


def _is_number(value: Any) -> bool:
    return isinstance(value, Number) and not isinstance(value, bool) and value == value


def _of(given: T | Mapping[str, T] | None, name: str) -> T | None:
    if isinstance(given, Mapping):
        return given.get(name)
    return given


def _heads(frame: pd.DataFrame) -> Iterator[str]:
    for place, name in enumerate(frame.index.names):
        yield str(name) if name is not None else " " * (place + 1)


def _first_text(values: tuple[Any, ...], place: int) -> str:
    """Return what a row is called that has no name of its own: its first text, else its number."""
    return next((value for value in values if isinstance(value, str) and value.strip()), str(place + 1))


def _slug(name: Any, kind: str) -> str:
    """Return a name as a part of an id: lower case, letters and digits, hyphens between."""
    text = ".".join(map(str, name)) if isinstance(name, tuple) else str(name)
    text = re.sub(r"\([^)]*\)\s*$", "", text) or text  # the unit of a heading
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")
    if not slug:
        raise InputError(f"the {kind} {text!r} has no letters that an id can have", f"rename the {kind}")
    return slug


def _known(template: str, option: str) -> None:
    fields = set(re.findall(r"\{([^{}]*)\}", template))
    unknown = fields - _FIELDS
    if unknown:
        what = f"{option}={template!r} names {{{min(unknown)}}}"
        raise InputError(what, "use {column} and {index}")
