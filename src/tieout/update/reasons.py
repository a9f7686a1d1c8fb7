"""Why a number of the prose moves: the entry itself, or which inputs of its formula, from what to what.

What an entry was before is taken from the tie that is rewritten, from tables that cells have stored, and from
the ledger that the last build left.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from tieout import numerals
from tieout.ledger import Ledger
from tieout.ledger.built import last_built
from tieout.numbers import Expr, Quantity, leaves


class Reasons:
    """What moved, and how that explains each change."""

    def __init__(self, ledger: Ledger, shown: Mapping[str, str], now: Mapping[str, Quantity]) -> None:
        self.ledger = ledger
        built, self.still = _built(ledger)
        self.known = {**built, **_stored(ledger)}
        self.moved = {**self.known, **shown}
        self.now = now

    def why(self, key: str) -> str:
        """Return in words why what is tied to a key moves."""
        name = key.partition(":")[0]
        formula = self.ledger[name].formula
        beside = {each.id for each in self.ledger.families.of(name).values()} & self.known.keys() - {name}
        if key in self.still and beside and formula is None:
            return f"{', '.join(f'{each} is {self.known[each]}' for each in sorted(filter(None, beside)))}"
        if key in self.still and not (formula and name in self.now and self._is_stale(name)):
            return f"{key} has not moved since the last build; the text said something else"
        below = sorted(_inputs(formula, self.ledger)) if formula is not None else []
        if not below:
            if key != name or key in self.known:
                return f"{key} is {self.known.get(key, self.moved[key])}"
            return f"the text did not agree with {key}"
        known = [f"{each} {self.moved[each]}" for each in below if each in self.moved]
        if known:
            return f"computed from {', '.join(known)}"
        held = [f"{each} (now {_form(self.now.get(each) or self.ledger.lookup(each))})" for each in below]
        return f"computed from {', '.join(held)}; nothing tells which of them was another before"

    def _is_stale(self, name: str) -> bool:
        """Whether what is stored of an entry is not what its formula gives now."""
        return self.now[name].value != self.ledger.lookup(name).value


def _form(quantity: Quantity) -> str:
    try:
        return numerals.format(quantity)
    except ValueError:
        return f"{quantity.value:f} {quantity.unit}"


def _inputs(formula: Expr, ledger: Ledger) -> set[str]:
    """Return what a formula rests on, through the formulas of its inputs too."""
    found: set[str] = set()
    waiting = [formula]
    while waiting:
        for leaf in leaves(waiting.pop()):
            entry = ledger.entries.get(leaf.id)
            if leaf.id not in found and entry is not None and entry.formula is not None:
                waiting.append(entry.formula)
            found.add(leaf.id)
    return found


def _stored(ledger: Ledger) -> dict[str, str]:
    """Return what the tables that cells have stored show otherwise than the data have it now."""
    found: dict[str, str] = {}
    for passage in ledger.sources.passages:
        for tie in passage.scan.ties if passage.output is not None else ():
            entry = ledger.entries.get(tie.id)
            if (
                entry is None
                or entry.quantity is None
                or entry.formula is not None
                or tie.column
                or not tie.shown
            ):
                continue
            if numerals.agrees(tie.shown, entry.quantity, passage.lang) is not None:
                found.setdefault(tie.id, f"{tie.shown} → {_like(entry.quantity, tie.shown, passage.lang)}")
    return found


def _like(quantity: Quantity, shown: str, lang: str) -> str:
    try:
        return numerals.format(quantity, shown, lang)
    except ValueError:
        return _form(quantity)


def _built(ledger: Ledger) -> tuple[dict[str, str], set[str]]:
    """Return which numbers without a formula the last build had otherwise, and which of any it had so."""
    found: dict[str, str] = {}
    still: set[str] = set()
    for entry in last_built(ledger):
        now = ledger.entries.get(str(entry.get("id")))
        if now is None or now.quantity is None or entry.get("unit") != now.quantity.unit:
            continue
        try:
            before = Decimal(str(entry.get("value")))
        except InvalidOperation:
            continue
        if before == now.quantity.value:
            still.add(now.id)
        elif now.formula is None:
            found[now.id] = f"{entry.get('display') or before} → {now.display}"
    return found, still
