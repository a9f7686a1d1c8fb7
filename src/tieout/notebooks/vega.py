"""Charts of Vega-Lite that a notebook stored without a picture: as JSON, or in the HTML of Altair."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tieout.machine.reading import Unreadable, read_json
from tieout.notebooks.canonical import joined

JSON = "application/vnd.vega"  # of Vega-Lite and Vega, of all versions
LITE = "application/vnd.vegalite."
HTML = "text/html"
UNDRAWN = "application/x-tieout-undrawn"  # why a chart has no drawing, in words

ID = re.compile(r"\baltair-viz-[0-9a-f]{32}")  # of the element that a chart is drawn in
MOST = 8  # places of a script that are tried

_DECODER = json.JSONDecoder()
_SCRIPT = re.compile(r"\bvegaEmbed\s*\(")
# What stands before a chart: `…})({…}, {"mode": …})` in notebooks, `var spec = {…}` in pages of Altair.
_BEFORE = re.compile(r"\}\s*\)\s*\(\s*(?=\{)|\b(?:var|let|const)\s+\w*[sS]pec\s*=\s*(?=\{)")


@dataclass(frozen=True)
class Chart:
    """A chart that an output holds; its specification, or why there is none that can be drawn."""

    spec: Mapping[str, Any] | None
    reason: str = ""


def holds_chart(data: Mapping[str, Any]) -> bool:
    """Whether an output holds a chart of Vega, one that can be drawn or none."""
    return any(mime.startswith(JSON) for mime in data) or bool(_SCRIPT.search(_html(data)))


def chart_of(data: Mapping[str, Any]) -> Chart | None:
    """Return the chart that an output holds; None where it holds none."""
    for mime, value in data.items():
        if mime.startswith(JSON):
            return _checked(value) if mime.startswith(LITE) else Chart(None, "it is Vega, not Vega-Lite")
    html = _html(data)
    if not _SCRIPT.search(html):
        return None
    for found in islice(_BEFORE.finditer(html), MOST):
        value = _json_at(html, found.end())
        if isinstance(value, Mapping) and "$schema" in value:
            return _checked(value)
    return Chart(None, "its specification is not found in the HTML")


def steady(html: str) -> str:
    """Return HTML of Altair with an id that follows from the chart, where each run would give another."""
    bare = ID.sub("", html)
    name = hashlib.sha256(bare.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return html if bare == html else ID.sub(f"altair-viz-{name}", html)


def _html(data: Mapping[str, Any]) -> str:
    text = joined(data.get(HTML, ""))
    return text if isinstance(text, str) else ""


def _json_at(text: str, start: int) -> Any:
    """Return the JSON object that begins at a place of a script; None where there is none."""
    try:
        _, end = _DECODER.raw_decode(text, start)
        return read_json(text[start:end])
    except (Unreadable, ValueError, RecursionError):
        return None


def _checked(spec: Any) -> Chart:
    if not isinstance(spec, Mapping):
        return Chart(None, "it is no specification of Vega-Lite")
    if "vega-lite" not in str(spec.get("$schema", "vega-lite")):
        return Chart(None, "it is Vega, not Vega-Lite")
    address = next(_addresses(spec), None)
    if address is not None:
        return Chart(None, f"it loads its data from `{address[:80]}`")
    return Chart(spec)


def _addresses(node: Any) -> Iterator[str]:
    """Give the addresses that a chart loads data from."""
    if isinstance(node, list):
        for item in node:
            yield from _addresses(item)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if key == "data" and isinstance(value, Mapping) and "url" in value:
                yield str(value["url"])
            elif key not in ("values", "datasets"):
                yield from _addresses(value)
