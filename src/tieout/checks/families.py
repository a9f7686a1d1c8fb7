"""Families must agree inside: limits hold the estimate, p follows from the statistic, parts make a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tieout.authoring import contradiction, improbable
from tieout.ledger import Entry, Ledger
from tieout.numbers import PERCENT, PURE, Quantity, units
from tieout.numerals import MEMBERS, SLUGS
from tieout.problems import Count, Problem, Severity

RULE = "family"
SHARES = ("share", "percent")
REST = ("other", "others", "rest", "remaining", "missing", "excluded", "unknown")
# What the rules of a family call its members, and what ids do.
NAMES = {
    "": "estimate", "se": "error", "low": "low", "high": "high", "statistic": "statistic", "df": "df",
    "df2": "second df", "p": "p", "n": "n", "count": "count", "share": "share",
}  # fmt: skip


def disagreeing(ledger: Ledger) -> tuple[Count, list[Problem]]:
    """Return how many families agree inside, and what is wrong with the others.

    A contradiction is an error where the report computed the numbers. What a source states is a warning, and
    so is a p-value, for there are more tests than are known here.
    """
    families = [
        {slug: ledger[id] for slug, id in ledger.families.members(base).items()} for base in ledger.families
    ]
    families = [each for each in families if len(_parts(each)) > 1 or not each.keys().isdisjoint(REST)]
    problems = [problem for members in families for problem in _problems(members)]
    return Count("families agree inside", len(families) - len(problems), len(families)), problems


def _problems(members: Mapping[str, Entry]) -> Iterator[Problem]:
    parts = _parts(members)
    wrong = contradiction(parts) or _unlike_total(members)
    doubted = None if wrong else improbable(parts)
    if wrong or doubted:
        entry = _last(members)
        sure = wrong and any(each.kind != "stated" for each in members.values())
        severity: Severity = "error" if sure else "warning"
        hint = "look at what was fitted, and record the family in one cell"
        if entry.kind == "stated":
            hint = "compare it with the source; where that says so, say it in the text"
        elif doubted:
            hint = "say in a note which test it is, where it is another one"
        yield Problem(f"{wrong or doubted}", hint, entry.path, entry.line, entry.id, RULE, severity=severity)


def _last(members: Mapping[str, Entry]) -> Entry:
    return max(members.values(), key=lambda entry: (entry.path, entry.line))


def _parts(members: Mapping[str, Entry]) -> dict[str, tuple[float, float]]:
    found = {}
    for name, member in NAMES.items():
        called = SHARES if name == "share" else MEMBERS[member]
        slug = next((slug for slug in called if slug in members), None)
        quantity = members[slug].quantity if slug is not None else None
        if quantity is None or quantity.is_range or (name == "count" and slug == "n"):
            continue
        if name == "share" and quantity.unit == PERCENT:
            quantity = quantity.to(PURE)
        low, high = quantity.interval.low, quantity.interval.high
        if low is not None and high is not None:
            found[name] = (float(low), float(high))
    return found


def _unlike_total(members: Mapping[str, Entry]) -> str | None:
    """Return in words why parts, one of them the rest, do not make the total of their family."""
    whole = next((members[slug].quantity for slug in ("n", "total") if slug in members), None)
    parts: list[Quantity] = [
        entry.quantity
        for slug, entry in members.items()
        if slug and slug not in SLUGS and entry.quantity is not None and entry.quantity.interval.is_point
    ]
    if whole is None or not whole.interval.is_point or not any(slug in REST for slug in members):
        return None
    if len(parts) < 2 or any(units.root(part.unit) != units.root(whole.unit) for part in parts):
        return None
    total = sum(part.value for part in parts)
    if total == whole.value:
        return None
    return f"its {len(parts)} parts add up to {total:f}, and its total is {whole.value:f}"
