"""Whose multiple a ratio is: *urgent ones waited twice as long as routine ones* of the other way round."""

from __future__ import annotations

import ast
import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numbers import PURE
from tieout.numerals import LARGER, SMALLER, Context, is_denied
from tieout.wording.groups import Siblings
from tieout.wording.meant import own_words
from tieout.wording.sides import Sides, is_named
from tieout.wording.traced import core, made_of

_AS = lazily(
    rf"\b(?:as [a-z]+(?: [a-z]+){{0,3}}? as|(?:{LARGER}|{SMALLER})(?: [a-z]+){{0,3}}? than"
    r"|(?:that|those) (?:of|in|at))\b"
    r" (?P<object>[^.;:,()\d]{1,40})"
)
_TIMES_MORE = lazily(rf"[^ ]+ times (?:(?P<up>{LARGER})|(?P<down>{SMALLER}))(?: [a-z]+){{0,3}}? than\b", re.I)
_TIMES = lazily(r"\b(?:as|times|twice|half|double|fold)\b|fold\b|\bthat of\b")


def misratioed(entry: Entry, shown: str, context: Context, siblings: Siblings) -> str:
    """Return in words why a ratio is that of two groups the other way round; empty where it may be right."""
    quantity, made = entry.quantity, core(made_of(entry))
    if quantity is None or quantity.unit != PURE or quantity.value in (0, 1) or is_denied(context):
        return ""
    if not (isinstance(made, ast.BinOp) and isinstance(made.op, ast.Div)):
        return ""
    lead = re.split(r"[,;:(]", own_words(context))[-1]
    behind = " ".join(f"{shown}{context.clause[1]}".split())
    found, sides = _AS.search(behind), Sides.of(entry, siblings)
    if (
        found is None
        or not _TIMES.search(behind[: found.end()])
        or re.search(r"[,;:(]", behind[: found.start()])
    ):
        return ""
    subject = is_named(lead, sides.other) and not is_named(lead, sides.one)
    against = is_named(found["object"], sides.one) and not is_named(found["object"], sides.other)
    if not (subject and against):
        return _times_less(entry, found["object"], behind, sides)
    return (
        f"is of {_listed(sides.one)} over {_listed(sides.other)}, and its clause says it the other way round"
    )


def _times_less(entry: Entry, said: str, behind: str, sides: Sides) -> str:
    """*1.9 times less likely than those on placebo*, of what is more there: how many times stays true."""
    found = _TIMES_MORE.match(behind)
    own, other = (is_named(said, names) for names in (sides.one, sides.other))
    if found is None or own == other or entry.quantity is None:
        return ""
    is_more = (entry.quantity.value > 1) == other
    if is_more == bool(found["up"]) or (entry.quantity.value < 1):
        return ""
    word = found["up"] or found["down"]
    return f"is of {_listed(sides.one)} over {_listed(sides.other)}, and {word} is said of it"


def _listed(names: frozenset[str]) -> str:
    return " and ".join(sorted(names))
