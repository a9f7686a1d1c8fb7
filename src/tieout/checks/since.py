"""Which files have changed since the last build, and how many numbers of the prose moved with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tieout.checks.remedies import UPDATE
from tieout.ledger import Ledger
from tieout.ledger.built import last_built
from tieout.numbers import leaves
from tieout.problems import Problem

MANY = 2  # numbers that moved; one is said by its own line
_MOVED = ("disagrees", "qualifier", "pretends")


def since(ledger: Ledger, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Give one warning ahead of many: the files that changed, and how many of these problems follow.

    What was built before is only named: it decides nothing of what is wrong.
    """
    wrong = [each for each in problems if each.id in ledger and each.rule in _MOVED]
    if len(wrong) < MANY:
        return
    changed = _changed(ledger)
    moved = [each for each in wrong if each.id and not changed.isdisjoint(_reads(ledger, each.id))]
    if len(moved) < MANY:
        return
    first, *more = sorted(changed)
    others = f", and so have {len(more)} more" if more[1:] else f", and so has {more[0]}" if more else ""
    itself = sum(each.hint.startswith(UPDATE) for each in moved)
    share = "them" if itself == len(moved) else f"{itself} of them"
    what = f"has changed since the last build{others}: {len(moved)} numbers moved"
    hint = f"`tieout update` rewrites {share}" if itself else "correct them by hand"
    yield Problem(what, hint, first, rule="moved", severity="warning")


def _changed(ledger: Ledger) -> set[str]:
    """Return the files that entries were computed from, and that are others than at the last build."""
    before = {
        each["path"]: each.get("sha256")
        for entry in last_built(ledger)
        for each in entry.get("reads") or ()
        if isinstance(each, dict) and "path" in each
    }
    now = {each.path: each.sha256 for entry in ledger.values() for each in entry.reads}
    return {path for path, sha256 in now.items() if before.get(path, sha256) != sha256}


def _reads(ledger: Ledger, id: str, above: tuple[str, ...] = ()) -> set[str]:
    """Return the files that an entry was computed from, or its inputs were."""
    entry = ledger[id]
    own = {each.path for each in entry.reads}
    for leaf in leaves(entry.formula) if entry.formula is not None and id not in above else ():
        own |= _reads(ledger, leaf.id, (*above, id)) if leaf.id in ledger else set()
    return own
