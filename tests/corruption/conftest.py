"""Adds up, over all workers, how many changes were tried and how many were caught."""

from __future__ import annotations

from collections import Counter

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the sums, kind by kind."""
    tried: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", []):
                if name == "corruption" and getattr(report, "when", "") == "call":
                    kind, one, other = value
                    tried[kind] += one
                    caught[kind] += other
    if tried:
        terminalreporter.write_sep("=", "corruption")
        for kind in tried:
            terminalreporter.write_line(f"{caught[kind]:,} of {tried[kind]:,} caught: {kind}")
        survivors = tried.total() - caught.total()
        terminalreporter.write_line(f"{caught.total():,} of {tried.total():,} caught, {survivors} survived")
