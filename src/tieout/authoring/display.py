"""What a cell shows: numbers bound to their ids, tables of them, and outputs that nbval can compare.

Every output is one MIME bundle of text and JSON, never HTML, so that each digit of it is compared.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Number
from typing import TYPE_CHECKING, Any, TypeAlias

from tieout import numerals
from tieout.authoring.language import spoken
from tieout.data import Fact
from tieout.markdown import escape, visible
from tieout.notebooks import MARKDOWN, PLAIN
from tieout.numbers import Quantity
from tieout.problems import InputError
from tieout.prose import untied

if TYPE_CHECKING:
    import pandas as pd

YEAR_ALIASES = {"year": "period"}
NUMBER_COLUMNS = ("value", "period", "year")

_PIPE = re.compile(r"(?<!\\)((?:\\\\)*)\|")


@dataclass(frozen=True)
class Tied:
    """A displayed value and the ledger id it is bound to.

    Parameters
    ----------
    text
        What a reader sees.
    target
        ``ID`` or ``ID:column``.
    is_number
        Whether it lines up at the right of a table's column.
    """

    text: str
    target: str
    is_number: bool = False

    @property
    def markdown(self) -> str:
        """The tie as a Markdown link: ``[\\$2.5 billion](tie:market.2024)``."""
        return f"[{escape(self.text)}](tie:{self.target})"

    def __str__(self) -> str:
        return self.markdown


Cell: TypeAlias = "str | Fact | Quantity | Tied | Sequence[Any] | None"


def cell(x: Fact | Quantity, like: str | None = None, column: str | None = None) -> Tied:
    """Bind a value to its id, in a form of its own.

    Parameters
    ----------
    x
        A fact, or a quantity that has an id (one that ``record`` returned).
    like
        An example of the form: ``"$2.5 billion"``, ``"7.6×"``, ``"40.1%"``. Without it, a fact is shown as
        its source states it, and a recorded quantity in the form that it was recorded with, or else with as
        many digits as its interval supports.
    column
        Another cell of the fact's row: ``"period"`` (or ``"year"``), ``"name"``, ….

    Returns
    -------
    Tied
        To be put in a table, or into Markdown through ``str``.

    Raises
    ------
    InputError
        The quantity has no id, or the fact has no such column.
    """
    if isinstance(x, Quantity):
        if not x.id:
            hint = 'record it first: t.record("chapter.name", …, label="…")'
            raise InputError("a quantity without an id cannot be tied", hint, rule="untied")
        if column is not None:
            raise InputError(
                f"{x.id} was computed and has no column {column!r}", "leave column= out", id=x.id
            )
        return Tied(shown(x, like, spoken().lang), x.id, True)
    if not isinstance(x, Fact):
        raise InputError(f"{x!r} is neither a fact nor a recorded quantity", "take it from t.facts()")
    if column is None or column == "value":
        return Tied(shown(x, like, spoken().lang), x.id, x.quantity is not None)
    text = _column(x, column)
    if like is not None:
        raise InputError(
            f"like= has no meaning for the column {column!r} of {x.id}", "leave one out", id=x.id
        )
    return Tied(text, f"{x.id}:{column}", column in NUMBER_COLUMNS)


BRIEF = re.compile(r"\d-\w|\d[KMBT]\b|\d\+")  # as tables have it, no way to say a number: 10-min, 450M, 162+


def shown(x: Fact | Quantity, like: str | None = None, lang: str = "en") -> str:
    """Return a value as readers see it: like an example, as recorded or stated, or by its own precision."""
    quantity = x if isinstance(x, Quantity) else x.quantity
    like = x.like if like is None and isinstance(x, Quantity) else like
    if quantity is None:
        assert isinstance(x, Fact)
        return x.value
    if like is not None:
        try:
            return numerals.format(quantity, like=like, lang=lang)
        except ValueError as error:
            raise InputError(f"{x.id} cannot be shown like {like!r}: {error}", id=x.id) from error
    if isinstance(x, Fact):
        bounds = (form for form in x.stated if "+" in form)  # a bound, said briefly, is a bound
        for form in filter(None, (x.shown, *(each for each in x.stated if not BRIEF.search(each)), *bounds)):
            if numerals.parse(form, lang) is not None and numerals.says(form, quantity, lang):
                return form
    return numerals.format(quantity, lang=lang)


def _column(fact: Fact, column: str) -> str:
    name = YEAR_ALIASES.get(column, column)
    text = fact.period if name == "period" else fact.label if name == "label" else fact.cells.get(name, "")
    if not text:
        have = ", ".join(
            ["value", *(["period"] if fact.period else []), *(k for k, v in fact.cells.items() if v)]
        )
        raise InputError(f"{fact.id} has nothing in the column {column!r}", f"it has {have}", id=fact.id)
    return text.replace("/", "–") if name == "period" else text


def table(
    rows: Iterable[Mapping[str, Any]] | pd.DataFrame,
    columns: Sequence[str] | None = None,
    align: str | Mapping[str, str] | None = None,
    widths: Sequence[int] | None = None,
    plain: Mapping[str, str] | None = None,
    heads: Mapping[str, str] | None = None,
) -> None:
    """Show a table whose numbers are ties; authors call it through `frames.table`.

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
    heads
        The Markdown of headings, where it is not their text.

    Raises
    ------
    InputError
        A cell holds a bare number: it has no id that it could be checked against.
    """
    records, names = _records(rows, columns)
    plain = plain or {}
    cells = [
        [_cell(row.get(name), name, place, plain) for name in names] for place, row in enumerate(records, 1)
    ]
    texts = [[text for text, _ in line] for line in cells]
    signs = _alignment(names, align, [[numeric for _, numeric in line] for line in cells])
    shares = _widths(names, texts, widths)
    tops = [_PIPE.sub(r"\1\\|", (heads or {}).get(name, name)) for name in names]
    rules = {"l": ":{}-", "r": "-{}:", "c": ":{}:"}
    ruler = [rules[sign].format("-" * max(share - 2, 1)) for sign, share in zip(signs, shares, strict=True)]
    lines = [tops, ruler, *texts]
    markdown = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    emit({MARKDOWN: markdown, PLAIN: _aligned([tops, *texts], signs)})


def _records(
    rows: Iterable[Mapping[str, Any]] | pd.DataFrame, columns: Sequence[str] | None
) -> tuple[list[Mapping[str, Any]], list[str]]:
    frame: Any = rows
    if hasattr(frame, "itertuples"):
        names = [str(name) for name in frame.columns]
        records: list[Mapping[str, Any]] = [
            dict(zip(names, values, strict=True)) for values in frame.itertuples(index=False, name=None)
        ]
    else:
        records = list(frame)
        if not all(isinstance(row, Mapping) for row in records):
            raise InputError("a table takes one mapping a row, from heading to cell", "write {'Metric': …}")
        names = list(dict.fromkeys(str(name) for row in records for name in row))
    if not records:
        raise InputError("a table needs at least one row", "look at what selects its rows")
    if columns is not None:
        unknown = [name for name in columns if name not in names]
        if unknown:
            raise InputError(f"the table has no column {unknown[0]!r}", f"it has {', '.join(names)}")
        names = list(columns)
    return records, names


def _cell(value: Any, name: str, row: int, plain: Mapping[str, str]) -> tuple[str, bool | None]:
    """Return a cell's Markdown, and whether it holds a number (None where it is empty)."""
    if isinstance(value, Fact | Quantity):
        value = cell(value)
    if isinstance(value, Tied):
        return value.markdown, value.is_number
    if isinstance(value, list | tuple):
        parts = [_cell(part, name, row, plain) for part in value]
        return " ".join(text for text, _ in parts if text), False
    if value is None or value != value:  # a missing value of a DataFrame is unlike itself
        return "", None
    bare = isinstance(value, Number | bool) or hasattr(value, "dtype")
    if isinstance(value, str) and not bare:
        text = value.strip()
        bare = bool(text) and (
            bool(re.fullmatch(r"\d{4}", text)) or numerals.parse(visible(text), spoken().lang) is not None
        )
        bare = bare and "](tie:" not in text and ".waived" not in text and bool(re.search(r"\d", text))
        if not bare:
            return _PIPE.sub(r"\1\\|", re.sub(r"\s*\n\s*", " ", text)), None if not text else False
    if bare and name in plain:
        return _waived(str(value), plain[name]), not isinstance(value, str)
    if bare:
        hint = (
            "give the fact or the recorded quantity itself, or t.cell(…) for a form of its own "
            f'(plain={{"{name}": "reason"}} waives a column; ids= records each number of a DataFrame)'
        )
        what = f"row {row}, column {name!r}: the number {value} is untied"
        raise InputError(what, hint, rule="untied")
    raise InputError(
        f"row {row}, column {name!r}: cannot show a {type(value).__name__}", "give text or a fact"
    )


def name(text: str, reason: str) -> str:
    """Return the Markdown of what a row or a column is called: a number in it is nobody's result."""
    return _waived(text, reason) if untied(text, spoken().lang) else text


def _waived(text: str, reason: str) -> str:
    return f'[{escape(text)}]{{.waived reason="{reason}"}}'


def _alignment(
    names: list[str], align: str | Mapping[str, str] | None, numeric: list[list[bool | None]]
) -> list[str]:
    signs = []
    for place, name in enumerate(names):
        kinds = {line[place] for line in numeric} - {None}
        signs.append("r" if kinds == {True} else "l")
        if isinstance(align, Mapping):
            signs[-1] = align.get(name, signs[-1])[:1]
    if isinstance(align, str):
        if len(align) != len(names):
            raise InputError(
                f"align={align!r} is for {len(align)} columns; the table has {len(names)}", "one a column"
            )
        signs = list(align)
    if not set(signs) <= {"l", "c", "r"}:
        raise InputError(f"align={align!r} is not understood", "use l, c and r")
    return signs


def _widths(names: list[str], texts: list[list[str]], widths: Sequence[int] | None) -> list[int]:
    """Return the dashes under each heading: pandoc takes them as relative widths where lines are long."""
    if widths is not None:
        if len(widths) != len(names):
            raise InputError(
                f"widths= has {len(widths)} numbers; the table has {len(names)} columns", "one a column"
            )
        return [max(3, round(80 * width / sum(widths))) for width in widths]
    needs = []
    for place, name in enumerate(names):
        held = [visible(line[place]) for line in texts]
        longest = max(len(text) for text in (*held, visible(name)))
        word = max((len(word) for text in (*held, visible(name)) for word in text.split()), default=1)
        mean = sum(len(text) for text in held) / len(held)
        needs.append(max(word + 2, min(longest + 2, 16 + mean * 0.6)))
    return [max(3, round(80 * need / sum(needs))) for need in needs]


def _aligned(lines: list[list[str]], signs: list[str]) -> str:
    plain = [[visible(text) for text in line] for line in lines]
    sizes = [max(len(line[place]) for line in plain) for place in range(len(signs))]
    pad = {"l": str.ljust, "r": str.rjust, "c": str.center}
    return "\n".join(
        "  ".join(pad[sign](text, size) for text, size, sign in zip(line, sizes, signs, strict=True)).rstrip()
        for line in plain
    )


def digits(value: Decimal | None, places: int = 4) -> str:
    """Return a value in plain notation with a few significant digits, for people."""
    if value is None:
        return "…"
    if not value:
        return "0"
    whole = max(places - value.adjusted() - 1, 0)
    rounded = round(value, whole)
    text = f"{rounded:,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def emit(data: Mapping[str, Any], metadata: Mapping[str, Any] | None = None) -> None:
    """Show one output in the notebook that is running; outside a notebook nothing happens."""
    if "IPython" not in sys.modules:
        return
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    if get_ipython() is not None:
        display(dict(data), metadata=dict(metadata or {}), raw=True)  # type: ignore[no-untyped-call]
