"""How a recorded quantity is stored in a notebook's output, and how it is read back.

Everything in the output follows from the quantity, so that a stored output that was changed by hand differs
from the one written anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from tieout.authoring.display import digits
from tieout.data.tables import ID
from tieout.notebooks import ENTRY, PLAIN
from tieout.numbers import QUALIFIERS, Interval, Leaf, Quantity, figures_of, from_json, is_end, to_json
from tieout.numbers.units import canonical
from tieout.numerals.fitting import YEARS

# Where an output's metadata names the files that the number follows from.
READS = "tieout-reads"
TEXT = "text"
KEYS = ("id", "label", "kind", "value", "unit", "interval", "qualifier", "formula", "display", "note")


def bundle(quantity: Quantity, display: str, note: str = "") -> dict[str, Any]:
    """Return the output of a recorded quantity, by MIME type."""
    low, high = quantity.interval.low, quantity.interval.high
    entry: dict[str, Any] = {
        "id": quantity.id,
        "label": quantity.label,
        "kind": quantity.kind,
        "value": number(quantity.value),
        "unit": quantity.unit,
        "interval": [number(low), number(high)],
        "qualifier": quantity.qualifier,
        "formula": to_json(quantity.formula),
        "display": display,
        "note": note,
    }
    if quantity.precision is not None:
        entry["precision"] = number(quantity.precision)
    if quantity.is_range:
        entry["range"] = _range(quantity)
    return {ENTRY: entry, PLAIN: f"{said(quantity, display)}, shown as {display}"}


def text_bundle(id: str, label: str, text: str, note: str = "") -> dict[str, Any]:
    """Return the output of a recorded name or date, by MIME type."""
    entry = {
        "id": id,
        "label": label,
        "kind": "computed",
        "value": text,
        "unit": TEXT,
        "interval": None,
        "qualifier": "",
        "formula": None,
        "display": text,
        "note": note,
    }
    return {ENTRY: entry, PLAIN: f"tie:{id} = “{text}”"}


def said(quantity: Quantity, display: str = "") -> str:
    """Return a quantity in a line of plain text, as its author reads it below the cell, a year as a year."""
    low, high = quantity.interval.low, quantity.interval.high
    unit = "" if quantity.unit == "1" else f" {quantity.unit}"
    name = f"{quantity.id} = " if quantity.id else " "
    if quantity.is_range:
        level = f", {quantity.level:f}% interval" if quantity.level is not None else ""
        return f"tie:{name}{digits(low)} to {digits(high)}{unit}{level}"
    between = "exactly" if low == high else f"between {digits(low)} and {digits(high)}"
    if quantity.interval.is_point and is_end(quantity):
        between = "an end of a range"
    if quantity.value in YEARS and display == number(quantity.value):
        return f"tie:{name}{display}, {between}"
    return f"tie:{name}{digits(quantity.value)}{unit}, {between}"


def _range(quantity: Quantity) -> dict[str, str | None]:
    """Return what of a range its interval does not say: its digits, its scale, its level."""
    return {"text": quantity.text, "scale": number(quantity.scale), "level": number(quantity.level)}


def read(entry: Any) -> Quantity | None:
    """Return the quantity that an output stores; None where it stores a text.

    Raises
    ------
    ValueError
        It is not what `bundle` writes; in words.
    """
    if not isinstance(entry, Mapping) or any(key not in entry for key in KEYS):
        missing = [key for key in KEYS if not isinstance(entry, Mapping) or key not in entry]
        raise ValueError(f"the stored entry has no {missing[0]}")
    kind = entry["kind"]
    if kind not in ("derived", "computed", "assumed"):
        raise ValueError(f"the kind {kind!r} is neither derived, computed nor assumed")
    name, label = _words(entry)
    if entry["unit"] == TEXT:
        if not isinstance(entry["value"], str) or entry["value"] != entry["display"]:
            raise ValueError("the stored text and its display differ")
        return None
    value = _decimal(entry["value"])
    ends = entry["interval"]
    if value is None or not isinstance(ends, list) or len(ends) != 2:
        raise ValueError("the stored entry has no value or no interval")
    interval = Interval(_decimal(ends[0]), _decimal(ends[1]))
    if not interval.contains(value):
        raise ValueError(f"the interval {ends[0]} to {ends[1]} does not hold the value {entry['value']}")
    qualifier = str(entry["qualifier"])
    for word in qualifier.split("+"):
        if word not in QUALIFIERS:
            raise ValueError(f"the qualifier {word!r} is unknown")
    scale, unit = canonical(str(entry["unit"]))
    if scale != 1:
        raise ValueError(f"the unit {entry['unit']!r} has a scale word")
    formula = None if entry["formula"] is None else from_json(entry["formula"])
    precision = _decimal(entry.get("precision"))
    if precision is not None and precision <= 0:
        raise ValueError(f"the precision {entry['precision']} is not above zero")
    quantity = Quantity(
        value, unit, interval, qualifier, Leaf(name), kind, name, label, formula, precision=precision
    )
    return _spanned(quantity, entry["range"]) if "range" in entry else quantity


def _spanned(quantity: Quantity, held: Any) -> Quantity:
    """Return a range with what `_range` stored of it."""
    text = held.get("text") if isinstance(held, Mapping) else 0
    if not isinstance(held, Mapping) or not (text is None or isinstance(text, str)):
        raise ValueError("the stored range has no text")
    scale = _decimal(held.get("scale"))
    low, high = quantity.interval.low, quantity.interval.high
    if low is None or high is None or scale is None or scale <= 0:
        raise ValueError("the stored range has no ends or no scale")
    if text is not None and len(figures_of(text)) != len((low, high)):
        raise ValueError(f"{text!r} is not a range")
    return replace(quantity, text=text, scale=scale, level=_decimal(held.get("level")), is_range=True)


def _words(entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return id and label of a stored entry, and see that its texts are such."""
    for key in ("id", "label", "display", "note"):
        if not isinstance(entry[key], str):
            raise ValueError(f"the {key} {entry[key]!r} is no text")
    if not ID.fullmatch(entry["id"]):
        raise ValueError(f"{entry['id']!r} is not an id")
    if not entry["label"].strip():
        raise ValueError("the stored entry has no label")
    return entry["id"], entry["label"]


def number(value: Decimal | None) -> str | None:
    """Return a value in plain digits, as outputs and the ledger hold it."""
    return None if value is None else f"{value:f}"


def _decimal(text: Any) -> Decimal | None:
    if text is None:
        return None
    try:
        value = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite():
        raise ValueError(f"{text!r} is not a number in plain digits")
    return value
