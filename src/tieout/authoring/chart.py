"""Charts: one theme, points that know their ledger ids, and pictures that are the same bytes on every run."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import altair as alt

from tieout.authoring.display import emit, shown
from tieout.authoring.language import project_root, spoken
from tieout.authoring.locale import locale_of, say_dates
from tieout.authoring.marks import PARTS, addressed, speaking, stands_for_entries
from tieout.data import Fact
from tieout.data.fact import NOTE, PRECISION, QUOTATION
from tieout.notebooks import NARROW, PLAIN, SVG, VEGALITE, pretty
from tieout.numbers import Quantity, canonical
from tieout.problems import InputError
from tieout.project import say
from tieout.project.plotting import plotted, reason

if TYPE_CHECKING:
    import pandas as pd

FONT = "Tieout Sans, IBM Plex Sans, Liberation Sans, Arial, Helvetica, sans-serif"
INK, QUIET, FAINT, PAPER = "#1f2a37", "#5b6673", "#d9dee4", "#ffffff"
PALETTE = ("#1f5f8b", "#d0701c", "#3f937c", "#8a5a9e", "#b3423f", "#7c848d")
FIGURES = "TIEOUT_FIGURES"

NARROWEST = 320  # pixels
SUFFIX = "-narrow"  # of the label, for the picture that phones show

WIDTH = re.compile(r'<svg\b[^>]*? width="([\d.]+)"')
_LABEL = re.compile(r"fig-[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTED = re.compile(r"\b(param|view|layer|concat)_(\d+)\b")


@alt.theme.register("tieout", enable=False)
def theme() -> alt.theme.ThemeConfig:
    """Return Tieout's theme: calm, safe for colour-blind readers, in a font that the renderer brings."""
    label = {"labelColor": INK, "labelFontSize": 13, "titleColor": QUIET, "titleFontSize": 13}
    bold = {"titleFontWeight": "normal"}
    config = {
        "background": PAPER,
        "font": FONT,
        "padding": 6,
        "view": {"continuousWidth": 600, "continuousHeight": 300, "discreteWidth": 600, "stroke": None},
        "axis": {
            **label,
            **bold,
            "domainColor": QUIET,
            "tickColor": QUIET,
            "gridColor": FAINT,
            "labelPadding": 4,
            "titlePadding": 8,
            "labelLimit": 320,
        },
        "axisX": {"labelAngle": 0},
        "axisXQuantitative": {"tickCount": 6},
        "axisYQuantitative": {"tickCount": 5, "domain": False, "ticks": False},
        "axisYDiscrete": {"grid": False, "ticks": False, "domain": False},
        "legend": {**label, **bold, "orient": "top", "symbolType": "circle"},
        "header": {**label, **bold},
        "title": {"color": INK, "fontSize": 14, "fontWeight": "bold", "anchor": "start", "offset": 10},
        "range": {"category": list(PALETTE), "ordinal": {"scheme": "blues"}, "ramp": {"scheme": "blues"}},
        "mark": {"color": PALETTE[0]},
        "bar": {"color": PALETTE[0]},
        "line": {"strokeWidth": 2.5},
        "point": {"filled": True, "size": 70, "opacity": 1},
        "circle": {"size": 70, "opacity": 1},
        "rule": {"color": QUIET},
        "text": {"color": INK, "fontSize": 13},
    }
    return alt.theme.ThemeConfig(config=config)  # type: ignore[typeddict-item]


def points(
    rows: Iterable[Fact | Quantity],
    unit: str | None = None,
    like: str | None = None,
    **columns: Sequence[Any],
) -> pd.DataFrame:
    """Return facts and recorded quantities as the data of a chart.

    Parameters
    ----------
    rows
        What each point stands for.
    unit
        The unit of the chart's numbers, a scale word included: ``"billion USD"``. By default each value in
        the base unit of its quantity.
    like
        The form of the ``text`` column, as in ``t.cell``.
    columns
        Further columns of one's own, one value a row.

    Returns
    -------
    pandas.DataFrame
        The columns ``id``, ``label``, ``value``, ``low`` and ``high`` (floats, for drawing only; an open end
        is missing), ``text`` (the value as readers see it, for direct labels), ``period``, and the facts'
        own.

    Raises
    ------
    InputError
        A row has no number or no id, or does not fit the unit.
    """
    import pandas as pd

    records = [_point(x, unit, like) for x in rows]
    frame = pd.DataFrame.from_records(records)
    for name, values in columns.items():
        if len(values) != len(records):
            raise InputError(
                f"the column {name!r} has {len(values)} values for {len(records)} points", "one each"
            )
        frame[name] = list(values)
    return frame


def _point(x: Fact | Quantity, unit: str | None, like: str | None) -> dict[str, Any]:
    quantity = x.quantity if isinstance(x, Fact) else x
    if not isinstance(quantity, Quantity) or not x.id:
        raise InputError(f"{x!r} cannot be drawn: it is no number with an id", "record it with t.record(…)")
    scale = Decimal(1)
    if unit is not None:
        scale = canonical(unit)[0]
        try:
            quantity = quantity.to(str(unit))
        except ValueError as error:
            raise InputError(f"{x.id} cannot be drawn in {unit}: {error}", id=x.id) from error
    low, high = (
        None if end is None else float(end / scale) for end in (quantity.interval.low, quantity.interval.high)
    )
    cells = x.cells if isinstance(x, Fact) else {}
    own = {name: text for name, text in cells.items() if name not in (NOTE, PRECISION, QUOTATION)}
    return {
        **own,
        "id": x.id,
        "label": x.label or x.id,
        "value": float(quantity.value / scale),
        "low": low,
        "high": high,
        "text": shown(x, like, spoken().lang),
        "period": x.period.replace("/", "–") if isinstance(x, Fact) and x.period else None,
    }


def figure(label: str, chart: Any, narrow: Any = None) -> None:
    """Show a chart, and write it to ``figures/<label>.svg`` and ``figures/<label>.json``.

    Parameters
    ----------
    label
        The figure's cross-reference, the same as in the cell's ``#| label:`` (``fig-market-path``).
    chart
        An Altair chart.
    narrow
        The same chart as a phone shows it, at most 320 pixels wide: ``figures/<label>-narrow.svg``.

    Raises
    ------
    InputError
        The label is not one, Vega-Lite cannot draw the chart, or the narrow one is too wide.
    """
    if not _LABEL.fullmatch(label):
        raise InputError(
            f"{label!r} is not the label of a figure", "write fig- and lower-case words: fig-market-path"
        )
    spec = specification(label, chart)
    pictures = {SVG: draw(label, spec)}
    names = {SVG: label, NARROW: f"{label}{SUFFIX}"}
    if narrow is not None:
        small = specification(label, narrow)
        pictures[NARROW] = draw(names[NARROW], small)
        spec["usermeta"]["narrow"] = small
        width = WIDTH.search(pictures[NARROW])
        if width and float(width[1]) > NARROWEST:
            what = f"{label}: the narrow chart is {width[1]} pixels wide, and a phone shows {NARROWEST}"
            raise InputError(what, "make it narrower: chart.properties(width=…)")
    folder = _folder()
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for mime, picture in pictures.items():
            _write(folder / f"{names[mime]}.svg", picture)
        _write(folder / f"{label}.json", pretty(spec))
    emit({**pictures, VEGALITE: spec, PLAIN: f"chart {label}"})


def specification(label: str, chart: Any) -> dict[str, Any]:
    """Return a chart's Vega-Lite specification: themed, self-contained, with no counter in its names."""
    if not isinstance(chart, alt.TopLevelMixin):
        raise InputError(f"{label}: {type(chart).__name__} is not an Altair chart", "give alt.Chart(…)")
    try:
        with alt.theme.enable("tieout"), alt.data_transformers.enable("default", max_rows=None):
            spec = chart.to_dict()
    except Exception as error:  # Altair raises many types, some with pages of text
        reason = " ".join(str(error).split("\n\n")[0].split())[:300]
        raise InputError(f"{label}: Altair cannot express the chart: {reason}") from error
    seen: dict[str, str] = {}

    def renumber(match: re.Match[str]) -> str:
        count = sum(name.startswith(match[1]) for name in seen)
        return seen.setdefault(match[0], f"{match[1]}_{count + 1}")

    text = _COUNTED.sub(renumber, json.dumps({key: spec[key] for key in spec if key != "datasets"}))
    result: dict[str, Any] = json.loads(text)
    if "datasets" in spec:
        result["datasets"] = json.loads(json.dumps(spec["datasets"]))
    locale = locale_of(spoken().lang)
    if locale is not None:
        result.setdefault("config", {}).setdefault("locale", locale)
        say_dates(result, spoken().lang)
    result["usermeta"] = {"label": label}
    _add_tooltips(result, None, result.get("datasets", {}))
    if re.search(r'"url":', text):
        raise InputError(
            f"{label}: the chart loads its data from an address", "give the data themselves: t.points(…)"
        )
    return result


def _add_tooltips(view: dict[str, Any], name: str | None, datasets: Mapping[str, Any]) -> None:
    """Let the tooltip of every mark drawn from ledger entries name them."""
    name = (view.get("data") or {}).get("name", name)
    rows = datasets.get(name or "") or [{}]
    for key in PARTS:
        for part in view.get(key, []):
            _add_tooltips(part, name, datasets)
    if isinstance(view.get("spec"), dict):
        _add_tooltips(view["spec"], name, datasets)
    if not stands_for_entries(view, rows):
        return
    encoding = view.setdefault("encoding", {})
    own = encoding.get("tooltip")
    fields = {"label": "What", "text": "Value", "id": "Ledger id"}
    if own is None:
        wanted = [field for field in fields if field in rows[0]]
    else:
        own = own if isinstance(own, list) else [own]
        wanted = [] if any(channel.get("field") == "id" for channel in own) else ["id"]
    lang = spoken().lang
    added = [{"field": field, "title": say(lang, fields[field]), "type": "nominal"} for field in wanted]
    encoding["tooltip"] = [*(own or []), *added]


def draw(label: str, spec: Mapping[str, Any]) -> str:
    """Return a specification drawn as SVG: the same bytes on every run, and ids that no other figure has."""
    try:
        return addressed(plotted(speaking(spec), label))
    except ValueError as error:
        raise InputError(f"{label}: Vega-Lite cannot draw the chart: {reason(error)}") from error


def _folder() -> Path | None:
    """Return where pictures are written: nowhere outside a project, elsewhere while a check runs."""
    if os.environ.get(FIGURES):
        return Path(os.environ[FIGURES])
    try:
        return project_root() / "figures" / spoken().edition
    except InputError:
        return None


def _write(path: Path, text: str) -> None:
    """Write a file unless it holds just that."""
    data = text.encode("utf-8")
    if not path.is_file() or path.read_bytes() != data:
        path.write_bytes(data)
