"""What an output is called in the ledger, for people: by its code, its group, and what was printed of it."""

from __future__ import annotations

import ast
import re

from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import is_count, is_p
from tieout.suggest.grouped import label_of_group
from tieout.suggest.labels import TESTS, label_of, label_of_one, made_of, of_term, worded
from tieout.suggest.periods import in_full, minutes

# What a printed text calls a number by a mere sign, or by a word that says nothing of what it is of.
_SIGNS = {
    "t": "t statistic", "f": "F statistic", "z": "z statistic", "u": "U statistic", "w": "W statistic",
    "h": "H statistic", "p": "p-value", "r": "Correlation", "rho": "Rank correlation",
    "tau": "Rank correlation",
}  # fmt: skip
_GENERIC = frozenset(
    ("difference", "diff", "change", "ratio", "share", "rate", "mean", "average", "median", "total", "sum")
)


def titled(found: Evidence) -> str:
    """Return what an output is called, for people."""
    if found.term is not None:
        return _capital(of_term(found.term))
    made = found.made  # where its variable is given other values too
    own = made or _unpacked(found)
    sign = found.label.casefold() in _SIGNS or not found.label
    if own is not None and found.is_unpacked and (sign or made is not None):
        return _capital(label_of_one(own, found.expression))
    if found.label and (test := _of_test(found)):
        return test
    grouped = label_of_group(found.node, found.table) if made is None else ""
    label = grouped or label_of(made or found.node, in_full(found.row), found.statistic)
    if found.label and not is_p(found.node) and (made is None or found.label != found.expression):
        label = _printed(found, label)
    return _capital(label)


def _printed(found: Evidence, label: str) -> str:
    """Return what was printed before an output, or its label where that says more."""
    said = found.label
    if is_count(found.node) and re.match(r"[nN] \w", said):  # *n rated*
        return f"Number of {said[2:]}"
    if said.casefold() in _GENERIC and " of " in label:
        return label
    return said


def _unpacked(found: Evidence) -> ast.expr | None:
    """Return the call whose result a variable is, or has: ``pearsonr(a, b)`` of ``r`` and of ``t.pvalue``."""
    made = ast.parse(found.table, mode="eval").body if found.test and found.table else None
    return made if isinstance(made, ast.Call) else None


def _of_test(found: Evidence) -> str:
    """Return what an attribute of a test's result is, by the sign that was printed before it."""
    sign, test = _SIGNS.get(found.label.casefold(), ""), TESTS.get(found.test, "")
    if not sign or not test or not isinstance(found.node, ast.Attribute):
        return ""
    made = _unpacked(found)
    of = " and ".join(worded(minutes(each)) for each in made_of(made)) if made is not None else ""
    test = f"{test} of {of}" if of else test
    return test if sign in TESTS.values() else f"{test}, {sign}"


def _capital(label: str) -> str:
    is_sign = re.match(r"[a-z](?:[- ](?:statistic|value|test))", label)
    return label if is_sign else label[:1].upper() + label[1:]
