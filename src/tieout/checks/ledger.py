"""The ledger check: every recorded quantity follows from its formula, is stored once, and is used."""

from __future__ import annotations

from tieout.ledger import Ledger
from tieout.problems import Count, Problem, Report


def check(ledger: Ledger) -> Report:
    """Compute what notebooks recorded anew, and look for entries that nothing uses."""
    unused = []
    for entry in ledger.values():
        if entry.kind != "stated" and not entry.used and not ledger.dependents[entry.id]:
            what = f"nothing uses {entry.id}"
            hint = f"tie a number to it, as [{entry.display}](tie:{entry.id}), or do not record it"
            unused.append(Problem(what, hint, entry.path, entry.line, entry.id, "unused", severity="warning"))
    facts = [entry for entry in ledger.values() if entry.kind == "stated"]
    used = [entry for entry in facts if entry.used or ledger.dependents[entry.id]]
    recorded = len(ledger.recorded)
    wrong = len({problem.id for problem in ledger.problems if problem.rule == "recomputed"})
    counts = [Count("facts used", len(used), len(facts))]
    if recorded:
        counts += [
            Count("recorded quantities follow from their formulas", recorded - wrong, recorded),
            Count("recorded quantities used", recorded - len(unused), recorded),
        ]
    idle = [entry.id for entry in facts if entry not in used]
    notes = [f"no chapter shows {', '.join(idle)}"] if idle else []
    return Report("ledger", counts, [*ledger.problems, *unused], notes)
