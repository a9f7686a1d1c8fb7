"""Marks of a drawn chart say which entries they stand for: a click or a key opens these, without a program.

Vega-Lite puts a description beside each mark; what it says of an entry becomes two attributes of the drawing,
`data-entry` (ids) and `aria-label` (label and value as readers see them).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

PARTS = ("layer", "hconcat", "vconcat", "concat")
LINES = ("line", "area", "trail")  # one mark for many rows
CHANGED = ("aggregate", "bin", "timeUnit")  # what a row is no longer one entry under

SAID = re.compile(r' aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="[^"]*"')
SEAM = "\ue010"  # between ids and label


def stands_for_entries(view: Mapping[str, Any], rows: Any) -> bool:
    """Whether each mark of a view is one row that names its entries."""
    row = rows[0] if isinstance(rows, list) and rows else None
    if "mark" not in view or not isinstance(row, Mapping) or "id" not in row:
        return False
    mark = view["mark"]["type"] if isinstance(view["mark"], dict) else view["mark"]
    channels = [channel for channel in view.get("encoding", {}).values() if isinstance(channel, dict)]
    return mark not in LINES and not any(channel.get(key) for channel in channels for key in CHANGED)


def speaking(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a specification whose marks say their entries, and nothing else says anything."""
    said = copy.deepcopy({key: spec[key] for key in spec if key != "datasets"})
    said["config"] = {**said.get("config", {}), "aria": False}
    _let_speak(said, None, spec.get("datasets", {}))
    return said | ({"datasets": spec["datasets"]} if "datasets" in spec else {})


def _let_speak(view: dict[str, Any], name: str | None, datasets: Mapping[str, Any]) -> None:
    data = view.get("data") or {}
    name = data.get("name", name)
    for key in PARTS:
        for part in view.get(key, []):
            _let_speak(part, name, datasets)
    if isinstance(view.get("spec"), dict):
        _let_speak(view["spec"], name, datasets)
    rows: Any = data.get("values") or datasets.get(name or "")
    if not stands_for_entries(view, rows):
        return
    mark = view["mark"] if isinstance(view["mark"], dict) else {"type": view["mark"]}
    view["mark"] = {**mark, "aria": True}
    parts = [f"datum['{field}']" for field in ("label", "text") if field in rows[0]]
    told = " + ': ' + ".join(parts) or "datum['id']"
    formula = f"datum['id'] ? datum['id'] + '{SEAM}' + {told} : ''"
    view.setdefault("encoding", {})["description"] = {"value": {"expr": formula}}


def addressed(picture: str) -> str:
    """Return a drawing whose marks carry what they said: their entries, and their label and value."""

    def attributes(match: re.Match[str]) -> str:
        ids, seam, told = match[1].partition(SEAM)
        return f' data-entry="{ids}" aria-label="{told}"' if seam else ""

    return SAID.sub(attributes, picture)
