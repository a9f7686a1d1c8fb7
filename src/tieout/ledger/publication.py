"""The ledger as files for machines: `ledger.json`, its JSON Schema, and JSON-LD in standard vocabularies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tieout.authoring import number
from tieout.ledger import naming, ukrainian
from tieout.ledger.cells import code_of
from tieout.ledger.entries import PERIOD, Entry
from tieout.ledger.origin import origin
from tieout.ledger.sharpness import precision_of
from tieout.markdown import typographic, without_ties
from tieout.numbers import (
    Interval,
    Operand,
    Quantity,
    formula,
    inputs,
    to_json,
)
from tieout.numerals import primary
from tieout.problems import InputError
from tieout.prose import FINDINGS, LEDGER, page_with

if TYPE_CHECKING:
    from tieout.ledger.ledger import Ledger

VERSION = "1"
SCHEMA = Path(__file__).parent / "ledger.schema.json"


def ledger_json(ledger: Ledger) -> dict[str, Any]:
    """Return the ledger as `ledger.json` holds it; `ledger.schema.json` says what each key means."""
    package = ledger.facts.package
    printed = ledger.project.steps.take("formulas", [ledger.fingerprint], lambda: _formulas(ledger))
    if primary(ledger.project.lang) == "uk":
        printed = {id: _in_ukrainian(each) for id, each in printed.items()}
    return {
        "version": VERSION,
        "title": ledger.project.title,
        "lang": ledger.project.lang,
        "data": {"name": package.name, "version": package.version},
        "document": {"key": package.document.key, "name": package.document.name},
        "ledger_page": page_with(ledger.sources, LEDGER),
        "findings_page": page_with(ledger.sources, FINDINGS),
        "units": _units(ledger),
        "columns": _columns(package.text),
        "entries": [_entry(entry, ledger, printed.get(entry.id, _NO_FORMULA)) for entry in ledger.values()],
        "findings": [_finding(finding.to_json()) for finding in ledger.findings],
    }


def _units(ledger: Ledger) -> dict[str, str]:
    """Return what each unit of the ledger is called by itself."""
    units = dict.fromkeys(entry.quantity.unit for entry in ledger.values() if entry.quantity is not None)
    named = {unit: naming.named(unit, ledger.project.lang) for unit in units}
    return {unit: name for unit, name in named.items() if name}


def _columns(descriptor: str) -> dict[str, str]:
    """Return the titles that a data package has for columns of its tables."""
    given = json.loads(descriptor) if descriptor.strip() else {}
    schemas = [resource.get("schema") for resource in given.get("resources", ())]
    fields = [field for schema in schemas if isinstance(schema, dict) for field in schema.get("fields", ())]
    return {field["name"]: field["title"] for field in reversed(fields) if field.get("title")}


def files(ledger: Ledger) -> dict[str, str]:
    """Return the files that are published of a ledger, by name; of one ledger they are made once."""
    made: tuple[Ledger, dict[str, str]] = ledger.project.files.memory.made(
        ("published", id(ledger)),  # which is held: no other has its identity then
        lambda: (ledger, _files(ledger)),
    )
    return made[1]


def _files(ledger: Ledger) -> dict[str, str]:
    document = ledger_json(ledger)
    return {
        "ledger.json": _text(document),
        "ledger.schema.json": SCHEMA.read_text(encoding="utf-8"),
        "ledger.jsonld": _text(linked_data(ledger, document)),
    }


# What the panel of a number shows of its entry.
IN_PANEL = (
    "label", "kind", "value", "number", "unit", "unit_name", "interval", "precision", "qualifier", "formula",
    "operands", "source", "origin", "quotation", "code", "row", "cells", "display", "note", "defined", "used",
    "findings",
)  # fmt: skip


def panels(document: Mapping[str, Any]) -> str:
    """Return the script that gives pages what the ledger says of each number, and the findings.

    Parameters
    ----------
    document
        The ledger as in `ledger.json`; empty where there is none.
    """
    entries = {
        entry["id"]: {key: entry[key] for key in IN_PANEL if entry.get(key) not in (None, "", [], {})}
        for entry in document.get("entries", [])
    }
    findings = {
        each["id"]: {key: each.get(key, "") for key in ("id", "title", "text")}
        for each in document.get("findings", [])
    }
    pages = {key: document.get(key) or "" for key in ("ledger_page", "findings_page")}
    named = {key: document.get(key, {}) for key in ("units", "columns")}
    return script("tieoutLedger", {**pages, **named, "entries": entries, "findings": findings})


def found_by(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what a search finds an entry by, and where it leads: to its first place, with its panel open."""
    page = document.get("ledger_page") or ""
    found = []
    for entry in document.get("entries", []):
        place = next((use["page"] for use in entry["used"] if use["anchor"]), "")
        href = f"{place}#tie={entry['id']}" if place else f"{page}#{entry['id']}"
        shown = {
            "label": entry["label"],
            "shown": entry["display"] or entry["value"],
            "number": entry["number"],
        }
        found.append({"id": entry["id"], **shown, "href": href})
    return found


def script(name: str, value: Any) -> str:
    """Return a script that sets a global variable: pages that are opened from a disk may fetch nothing."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"window.{name} = {text};\n".replace("</", "<\\/")


def _text(value: Mapping[str, Any]) -> str:
    """Return JSON with a line for each entry: such lines compare, and Python's own layout is slow."""
    keys = ",\n".join(f"{_line(key)}: {_lines(each)}" for key, each in value.items())
    return f"{{\n{keys}\n}}\n"


def _lines(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _line(value)
    items = ",\n".join(map(_line, value))
    return f"[\n{items}\n]"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _entry(entry: Entry, ledger: Ledger, printed: Mapping[str, Any]) -> dict[str, Any]:
    quantity = entry.quantity
    works = ledger.facts.bibliography
    lang = primary(ledger.project.lang)
    return {
        "id": entry.id,
        "label": typographic(entry.label),
        "kind": entry.kind,
        "value": entry.text if quantity is None else number(quantity.value),
        "number": None if quantity is None else _json_number(quantity.value),
        "unit": entry.unit if quantity is None else quantity.unit,
        "unit_name": "" if quantity is None else naming.beside(quantity, entry.display, ledger.project.lang),
        "interval": None if quantity is None else _interval(quantity.interval),
        "level": None if quantity is None or quantity.level is None else _json_number(quantity.level),
        "precision": precision_of(entry, ledger, ledger.project.lang),
        "significant": _significant(quantity),
        "qualifier": "" if quantity is None else quantity.qualifier,
        **printed,
        "expression": to_json(entry.formula),
        "inputs": list(inputs(entry.formula)),
        "source": {
            "key": entry.source,
            "citation": works[entry.source].citation if entry.source in works else "",
        },
        "locators": list(entry.locators),
        "stated": list(entry.stated),
        "origin": origin(entry, ledger),
        "quotation": entry.quotation,
        "code": code_of(entry.code, entry.id),
        "reads": [
            {"path": each.path, "sha256": each.sha256, "bytes": each.bytes, "rows": each.rows}
            for each in entry.reads
        ],
        "row": _row(entry, lang),
        "cells": dict(entry.cells),
        "period": entry.cells.get(PERIOD, ""),
        "display": typographic(entry.display),
        "note": typographic(entry.note),
        "defined": {"path": entry.path, "line": entry.line, "cell": entry.cell},
        "used": [
            {"page": use.page, "anchor": use.anchor, "shown": use.shown or _filled(entry, use.column)}
            for use in entry.used
        ],
        "findings": list(entry.findings),
    }


def _row(entry: Entry, lang: str) -> dict[str, str]:
    if entry.kind != "stated":
        return {}
    return {"value": entry.text, "unit": entry.unit, "unit_name": naming.of_data(entry.unit, lang)}


def _filled(entry: Entry, column: str | None) -> str:
    cell = entry.column(column)
    return cell.text if cell else ""


_NO_FORMULA: Mapping[str, Any] = {"formula": None, "operands": []}


def _formulas(ledger: Ledger) -> dict[str, Mapping[str, Any]]:
    """Return how each number that was computed is printed, and from what."""
    made: dict[str, Mapping[str, Any]] = {}
    for entry in ledger.values():
        if entry.formula is not None:
            # `checks.ledger` says what is wrong with one that cannot be printed.
            with suppress(InputError, ValueError, ArithmeticError, TypeError):
                printed = formula(entry.formula, ledger.lookup)
                operands = [_operand(each) for each in printed.operands]
                made[entry.id] = {"formula": printed.text or None, "operands": operands}
    return made


def _finding(made: dict[str, Any]) -> dict[str, Any]:
    return {**made, **{key: typographic(made[key]) for key in ("title", "text", "reason") if made.get(key)}}


def _operand(operand: Operand) -> dict[str, Any]:
    made = operand.to_json()
    return {**made, "label": typographic(made["label"])}


def _in_ukrainian(printed: Mapping[str, Any]) -> Mapping[str, Any]:
    told = ukrainian.formula_in
    operands = [{**each, "amount": told(each["amount"])} for each in printed["operands"]]
    return {"formula": printed["formula"] and told(printed["formula"]), "operands": operands}


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _significant(quantity: Quantity | None) -> int | float | None:
    """Return what one of a number's last significant digit is worth; null where nothing says so."""
    return None if quantity is None or quantity.precision is None else _json_number(quantity.precision)


def _interval(interval: Interval) -> list[int | float | None]:
    return [None if end is None else _json_number(end) for end in (interval.low, interval.high)]


# JSON-LD: schema.org for what is said, PROV for what it follows from

CONTEXT: Mapping[str, Any] = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "generatedBy": {"@id": "prov:wasGeneratedBy"},
}


def linked_data(ledger: Ledger, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ledger as JSON-LD: an ``Observation`` an entry with a number, a ``Claim`` a finding."""
    page = document["ledger_page"] or "ledger.json"
    findings = document["findings_page"] or "ledger.json"
    graph = [_observation(entry, page, ledger) for entry in document["entries"]]
    graph += [_claim(finding, page, findings) for finding in document["findings"]]
    return {"@context": dict(CONTEXT), "@graph": graph}


def _observation(entry: Mapping[str, Any], page: str, ledger: Ledger) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@id": f"{page}#{entry['id']}",
        "@type": ["Observation", "prov:Entity"] if entry["number"] is not None else ["Claim", "prov:Entity"],
        "identifier": entry["id"],
        "name": entry["label"],
    }
    if entry["number"] is None:
        node["text"] = entry["value"]
    else:
        low, high = entry["interval"]
        value = {"@type": "QuantitativeValue", "value": entry["number"], "unitText": entry["unit"]}
        value |= {key: end for key, end in (("minValue", low), ("maxValue", high)) if end is not None}
        node["value"] = value
    if entry["period"]:
        node["temporalCoverage"] = entry["period"]
    if entry["source"]["key"]:
        work = ledger.facts.bibliography.get(entry["source"]["key"])
        citation: dict[str, Any] = {"@type": "CreativeWork", "name": work.title if work else ""}
        if work and work.doi:
            citation["@id"] = f"https://doi.org/{work.doi}"
        node["citation"] = citation
    if entry["inputs"]:
        node["derivedFrom"] = [f"{page}#{each}" for each in entry["inputs"]]
        node["generatedBy"] = {"@type": "prov:Activity", "description": entry["formula"] or ""}
    return node


def _claim(finding: Mapping[str, Any], page: str, findings: str) -> dict[str, Any]:
    return {
        "@id": f"{findings}#{finding['id']}",
        "@type": "Claim",
        "name": finding["title"],
        "text": without_ties(finding["text"]),
        "about": [{"@id": f"{page}#{each}"} for each in finding["entries"]],
    }
