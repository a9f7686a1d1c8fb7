"""Checks relations and references: what contradicts itself must be known, and what is known still be so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tieout.findings.wording import distance
from tieout.ledger import Ledger
from tieout.problems import Count, Problem, Report, Severity
from tieout.relations import Outcome

NAME = "relations"


def check(ledger: Ledger) -> Report:
    """Evaluate every relation, look at every work, and compare the findings with data/findings.csv.

    A relation that fails is a finding, and a finding fails the check only where nobody has acknowledged it.

    """
    known = [finding for finding in ledger.findings if finding.status == "expected"]
    computed = [outcome for outcome in ledger.outcomes if outcome.left is not None]
    counts = [
        Count("relations evaluated", len(computed), len(ledger.outcomes)),
        Count("works compared with what is attributed to them", *[len(ledger.facts.bibliography)] * 2),
        Count("findings acknowledged", len(known), len(ledger.findings)),
    ]
    problems = [*ledger.finding_problems, *_undecided(ledger.outcomes)]
    return Report(NAME, counts, problems, list(_notes(ledger.outcomes)))


def _undecided(outcomes: Sequence[Outcome]) -> Iterator[Problem]:
    """Give the declared relations that say nothing: an author meant them to."""
    for outcome in outcomes:
        relation = outcome.relation
        if outcome.status != "undecided" or relation.kind != "declared":
            continue
        broken = bool(outcome.problems)
        what = f"the relation {relation.id} cannot be decided: {outcome.reason}"
        hint = (
            "correct it and run `tieout execute`"
            if broken
            else "compare numbers that are bounded, or drop it"
        )
        where = f"cell {relation.cell}" if relation.cell else ""
        severity: Severity = "error" if broken else "warning"
        rule = "unknown-id" if broken else "undecided"
        yield Problem(what, hint, relation.path, relation.line, relation.id, rule, where, severity)


def _notes(outcomes: Sequence[Outcome]) -> Iterator[str]:
    status = Counter(outcome.status for outcome in outcomes)
    holds, fails, undecided = (status[name] for name in ("holds", "fails", "undecided"))
    yield f"{holds} hold, {fails} {'does' if fails == 1 else 'do'} not, {undecided} cannot be decided"
    for outcome in outcomes:
        relation = outcome.relation
        if outcome.gap is not None and outcome.left is not None:
            gap = distance(outcome.gap, outcome.left.unit)
            nearest = "; ".join(outcome.reconciled)
            would = f"; it would with {nearest}" if nearest else ""
            yield f"{relation.id} does not hold, by {gap}{would}"
        elif outcome.status == "undecided" and relation.kind != "declared":
            yield f"{relation.id} cannot be decided: {outcome.reason}"
