"""Check results for machines: JSON, SARIF 2.1.0 and GitHub workflow annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from tieout import __version__
from tieout.problems import Problem, Report

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(reports: Sequence[Report]) -> str:
    """Return the reports as one JSON object: ``ok`` and, by check, counts, problems and notes."""
    document = {
        "version": "1",
        "ok": all(report.ok for report in reports),
        "checks": [
            {
                "check": report.check,
                "ok": report.ok,
                "counts": [
                    {"label": count.label, "passed": count.passed, "total": count.total}
                    for count in report.counts
                ],
                "problems": [problem.as_dict() for problem in report.problems],
                "notes": list(report.notes),
            }
            for report in reports
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_sarif(reports: Sequence[Report]) -> str:
    """Return the problems as SARIF 2.1.0, one rule for each check and kind of problem."""
    found = [(report, problem) for report in reports for problem in report.problems]
    rules = sorted({_rule(report, problem) for report, problem in found})
    run = {
        "tool": {
            "driver": {"name": "tieout", "version": __version__, "rules": [{"id": rule} for rule in rules]}
        },
        "results": [_sarif_result(report, problem) for report, problem in found],
    }
    document = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_github(reports: Sequence[Report]) -> str:
    """Return the problems as GitHub workflow commands, and a line of counts for each check."""
    lines = []
    for report in reports:
        for problem in report.problems:
            place = {"file": problem.path, "line": problem.line, "title": _rule(report, problem)}
            properties = ",".join(f"{key}={_escape(str(value))}" for key, value in place.items() if value)
            lines.append(f"::{problem.severity} {properties}::{_escape(_message(problem), data=True)}")
        counts = ", ".join(str(count) for count in report.counts) or "looked at nothing"
        lines.append(f"{report.check}: {counts}")
    return "\n".join(lines) + "\n"


def render(reports: Sequence[Report], form: str) -> str:
    """Return the reports in the form asked for: ``json``, ``sarif`` or ``github``."""
    forms: dict[str, Callable[[Sequence[Report]], str]] = {
        "json": as_json,
        "sarif": as_sarif,
        "github": as_github,
    }
    return forms[form](reports)


def _rule(report: Report, problem: Problem) -> str:
    return f"{report.check}/{problem.rule}" if problem.rule else report.check


def _message(problem: Problem) -> str:
    what = f"{problem.where}: {problem.what}" if problem.where else problem.what
    return f"{what}; {problem.hint}" if problem.hint else what


def _sarif_result(report: Report, problem: Problem) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": _rule(report, problem),
        "level": problem.severity,
        "message": {"text": _message(problem)},
    }
    if problem.path:
        location: dict[str, Any] = {"artifactLocation": {"uri": problem.path}}
        if problem.line:
            location["region"] = {"startLine": problem.line}
        result["locations"] = [{"physicalLocation": location}]
    return result


def _escape(text: str, data: bool = False) -> str:
    """Escape a workflow command's text; properties also lose ``:`` and ``,``."""
    escapes = {"%": "%25", "\r": "%0D", "\n": "%0A"} | ({} if data else {":": "%3A", ",": "%2C"})
    return "".join(escapes.get(character, character) for character in text)
