"""The numbers of charts: what is drawn for an entry is the entry's, and what a chart says is in the ledger.

A row of a chart's data names its entry by `id`. Rows without one, and the words of titles, axes and legends,
must say numbers that some entry has. Points of a curve are no statements: those are named and stop nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import Any

from tieout import numerals
from tieout.ledger import Entry, Ledger, Required
from tieout.notebooks import charts_of
from tieout.problems import Count, Problem
from tieout.prose import untied

SAID = ("title", "text", "subtitle", "labelExpr", "values", "domain", "description")
# Of seconds in a minute or an hour, hours in a day, days in a week, months in a year.
TIMES = (60, 3600, 24, 1440, 86400, 7, 12, 365)
PARTS = tuple(Decimal(part) for part in (1, *TIMES)) + tuple(1 / Decimal(part) for part in TIMES)
SCALES = tuple(Decimal(10) ** power for power in range(-12, 13))
RULE = "chart"


@dataclass
class Charts:
    """How the numbers of all charts compare with the ledger."""

    known: int = 0
    total: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> list[Count]:
        """The denominators, none where no chart has a number."""
        return [Count("numbers of charts in the ledger", self.known, self.total)] if self.total else []


def compare(ledger: Ledger, required: Required) -> Charts:
    """Compare every chart that a notebook stores with the ledger."""
    found = Charts()
    for path, page, where, chart in _charts(ledger):
        _Chart(ledger, required, found, page, path, where).compare(chart)
    return found


def rows(ledger: Ledger) -> Iterator[tuple[Mapping[str, Any], str, str]]:
    """Give each row that a chart draws for an entry of the ledger, with the chart's file and cell."""
    for path, _, where, chart in _charts(ledger):
        for each in _rows(chart):
            yield from ((row, path, where) for row in each if str(row.get("id") or "") in ledger)


def _charts(ledger: Ledger) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
    """Give every chart that a notebook stores: its file, its page, its cell and what it is."""
    for path, notebook in ledger.sources.notebooks.items():
        page = next((each.href for each in ledger.project.chapters if str(each.path) == path), "")
        for cell in notebook.cells:
            for output in cell.outputs:
                for chart in charts_of(output.get("data", {})):
                    yield path, page, cell.name, chart
                    meta = chart.get("usermeta")
                    narrow = meta.get("narrow") if isinstance(meta, Mapping) else None
                    if isinstance(narrow, Mapping):
                        yield path, page, cell.name, narrow


@dataclass
class _Chart:
    ledger: Ledger
    required: Required
    found: Charts
    page: str
    path: str
    where: str

    def compare(self, chart: Mapping[str, Any]) -> None:
        measured = _measured(chart)
        loose: list[str] = []
        for rows in _rows(chart):
            known = [row for row in rows if str(row.get("id") or "") in self.ledger]
            self._drawn(known)
            others = [row for row in rows if row not in known]
            for name in sorted(measured):
                loose += self._loose([row[name] for row in others if _is_number(row.get(name))])
            for row in others:
                for text in row.values():
                    if isinstance(text, str):
                        self._text(text)
        if loose and self.required.asks(self.page, loose[0], self.ledger.project.lang):
            named = ", ".join(dict.fromkeys(loose))
            short = named if len(named) < 90 else named[:89] + "…"
            self._say(f"the chart draws {short}, which no entry of the ledger has", "warning")
        for text in _texts(chart):
            self._text(text)

    def _say(self, what: str, severity: str = "error") -> None:
        hint = "draw facts and recorded quantities: t.points(…); say in titles what the ledger has"
        level: Any = severity
        self.found.problems.append(
            Problem(what, hint, self.path, rule=RULE, where=self.where, severity=level)
        )

    def _drawn(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Compare what is drawn and written for entries with them: those of one unit share one scale."""
        scales: dict[str, Counter[Decimal]] = {}
        drawn = []
        for row in rows:
            entry = self.ledger[str(row["id"])]
            if entry.quantity is None:
                continue
            self._label(row.get("text"), entry)
            if _is_number(row.get("value")):
                value, own = Decimal(repr(row["value"])), entry.quantity.value
                scale = _rounded(value / own) if own else None
                drawn.append((entry.id, entry.quantity.unit, value, scale, own))
                if scale is not None:
                    scales.setdefault(entry.quantity.unit, Counter())[scale] += 1
        for name, unit, value, scale, own in drawn:
            self.found.total += 1
            shared = scales[unit].most_common(1)[0][0] if scale is not None else None
            if value == own or (scale is not None and scale == shared and _is_scale(scale)):
                self.found.known += 1
            else:
                self._say(f"a point of {name} is drawn at {value}, and the entry is {own}")

    def _label(self, text: Any, entry: Entry) -> None:
        if isinstance(text, str) and entry.quantity is not None and any(map(str.isdigit, text)):
            self.found.total += 1
            reason = numerals.agrees(text, entry.quantity, self.ledger.project.lang)
            self.found.known += reason is None
            if reason:
                self._say(f"a point of {entry.id} is labelled `{text}`: {reason}")

    def _loose(self, values: Sequence[int | float]) -> list[str]:
        """Return the numbers, drawn without an entry, that no entry has in the scale that fits them best."""
        given = [Decimal(repr(value)) for value in values]
        held = {entry.quantity.value for entry in self.ledger.values() if entry.quantity is not None}
        years = {part for entry in self.ledger.values() for part in entry.cells.get("period", "").split("/")}
        left = [value for value in given if str(value) not in years]
        if left:
            known = [_rounded(value) for value in held]
            scaled = ({_rounded(value * scale) for value in known} for scale in SCALES)
            fits = ([value for value in left if value and _rounded(value) not in each] for each in scaled)
            missing = min(fits, key=len)
        else:
            missing = []
        self.found.total += len(given)
        self.found.known += len(given) - len(missing)
        return [f"{value:g}" for value in missing]

    def _text(self, text: str) -> None:
        """Look for each number of a text in the ledger."""
        lang = self.ledger.project.lang
        for number in untied(text, lang, literal=True):
            self.found.total += 1
            if self._is_said(number.text):
                self.found.known += 1
            elif self.required.asks(self.page, number.text, lang):
                self._say(
                    f"the chart says “{number.text}”, in “{text[:60]}”, which no entry of the ledger says"
                )

    def _is_said(self, text: str) -> bool:
        lang = self.ledger.project.lang
        for entry in self.ledger.values():
            if entry.quantity is not None and numerals.says(text, entry.quantity, lang, bare=True):
                return True
            if any(text in str(cell) for cell in entry.cells.values()):
                return True
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rounded(value: Decimal, digits: int = 10) -> Decimal:
    """Return a number to the digits that floats carry surely; fewer for what is rounded already."""
    return Context(prec=digits).create_decimal(value).normalize()


def _is_scale(ratio: Decimal) -> bool:
    """Whether a value may be drawn so many times as large: in thousands, percent, minutes, days."""
    return any(_rounded(ratio * part, 8).as_tuple().digits == (1,) for part in PARTS)


def _rows(chart: Mapping[str, Any]) -> Iterator[Sequence[Mapping[str, Any]]]:
    datasets = chart.get("datasets")
    for rows in datasets.values() if isinstance(datasets, Mapping) else ():
        yield [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    for node in _nodes(chart):
        values = node.get("values") if "encoding" not in node else None
        if isinstance(values, list) and node is not chart:
            yield [row for row in values if isinstance(row, Mapping)]


def _nodes(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
        for key, value in node.items():
            if key not in ("datasets", "config", "usermeta"):
                yield from _nodes(value)
    elif isinstance(node, list):
        for item in node:
            yield from _nodes(item)


def _measured(chart: Mapping[str, Any]) -> set[str]:
    """Return the fields that are drawn against an axis or as text, where readers take numbers off."""
    names = set()
    for node in _nodes(chart):
        channels = node.get("encoding")
        for channel, drawn in channels.items() if isinstance(channels, Mapping) else ():
            if isinstance(drawn, Mapping) and isinstance(drawn.get("field"), str):
                hidden = "axis" in drawn and drawn["axis"] is None
                if channel in ("x", "y", "text", "theta", "size") and not hidden:
                    names.add(drawn["field"])
    return names


def _texts(chart: Mapping[str, Any]) -> Iterator[str]:
    """Give the words of titles, axes and legends."""
    for node in _nodes(chart):
        for key in SAID:
            given = node.get(key)
            for text in given if isinstance(given, list) else [given]:
                if isinstance(text, str):
                    yield text
