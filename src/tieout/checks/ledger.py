"""The ledger check: what notebooks recorded follows from formulas, or from files as they are, and is used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from tieout.checks import families
from tieout.ledger import Entry, Ledger
from tieout.machine import inside
from tieout.problems import Count, Problem, Report

FEW = 3  # entries that are named


def check(ledger: Ledger) -> Report:
    """Compute what notebooks recorded anew, and look for entries that nothing uses."""
    unused = [
        entry
        for entry in ledger.values()
        if entry.kind != "stated"
        and not (entry.used or ledger.dependents[entry.id] or _is_of_a_family_in_use(entry, ledger))
    ]
    stale = list(_stale(ledger))
    agreeing, disagreeing = families.disagreeing(ledger)
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
    if agreeing.total:
        counts.append(agreeing)
    idle = [entry.id for entry in facts if entry not in used]
    notes = [f"no chapter shows {', '.join(idle)}"] if idle else []
    return Report("ledger", counts, [*ledger.problems, *disagreeing, *stale, *_idle(unused)], notes)


def _idle(unused: Sequence[Entry]) -> Iterator[Problem]:
    """Warn of what nothing uses, once where a notebook has much of it: a loop records every turn."""
    for path in dict.fromkeys(entry.path for entry in unused):
        own = [entry for entry in unused if entry.path == path]
        for entry in own if len(own) <= FEW else own[:1]:
            what = f"nothing uses {entry.id}"
            hint = f"tie a number to it, as [{entry.display}](tie:{entry.id}), or do not record it"
            if len(own) > FEW:
                named = ", ".join(each.id for each in own[:FEW])
                what = f"nothing uses {named} and {len(own) - FEW} more"
            yield Problem(what, hint, entry.path, entry.line, entry.id, "unused", severity="warning")


def _is_of_a_family_in_use(entry: Entry, ledger: Ledger) -> bool:
    """Whether another member is shown: a model's parts are recorded together, and one tie can show many."""
    base = ledger.families.base(entry.id)
    members = ledger.families.members(base).values() if base is not None else ()
    return any(ledger[id].used or ledger.dependents[id] for id in members)


def _stale(ledger: Ledger) -> Iterator[Problem]:
    """Give each file of the project that is another one than when a notebook read it."""
    known: dict[str, str | None] = {}
    said = set()
    for entry in ledger.values():
        for read in entry.reads:
            if ": " in read.path or read.path.startswith("../") or (entry.path, read.path) in said:
                continue  # a file of a package, or beside the project: not there for every reader
            if read.path not in known:
                known[read.path] = _digest(ledger, read.path)
            if known[read.path] != read.sha256:
                said.add((entry.path, read.path))
                state = "has changed" if known[read.path] else "is gone"
                what = (
                    f"{read.path} {state} since this notebook read it: {entry.id} may be another number now"
                )
                hint = "run `tieout build`, which runs the notebook again"
                yield Problem(what, hint, entry.path, entry.line, entry.id, "stale")


def _digest(ledger: Ledger, name: str) -> str | None:
    path = ledger.project.root / inside(ledger.project.root, name)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
