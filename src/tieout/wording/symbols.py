"""Symbols of statistics against what was computed: *z = 5.64* of a t, *R² = 0.19* of an η², *F* of a χ².

What a number is, its code says (the function of a test), or its label and the last part of its id.
"""

from __future__ import annotations

import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context
from tieout.wording.meant import tokens
from tieout.wording.traced import functions

_T, _F, _CHI = frozenset("t"), frozenset("F"), frozenset(("χ²",))
_OF_TESTS = {
    "ttest_ind": _T, "ttest_rel": _T, "ttest_1samp": _T, "f_oneway": _F, "chi2_contingency": _CHI,
    "chisquare": _CHI, "mannwhitneyu": frozenset("UW"), "kruskal": frozenset(("H", "χ²")),
    "pearsonr": frozenset("r"),
}  # fmt: skip
# How the last part of an id, or a label of one word, says a statistic.
_OF_NAMES = {
    "t": _T, "z": frozenset("z"), "f": _F, "chi2": _CHI, "u": frozenset("U"), "eta2": frozenset(("η²",)),
    "eta": frozenset(("η²",)), "r2": frozenset(("R²",)), "rsquared": frozenset(("R²",)),
    "prsquared": frozenset(("R²",)), "rho": frozenset(("ρ", "r")),
}  # fmt: skip
_SYMBOLS = r"t|z|F|U|W|H|χ²|χ2|chi2|η²|ω²|R²|R2|ρ|τ|r"
_BEFORE = lazily(rf"(?<![\w.²])(?P<said>{_SYMBOLS})(?:_?[\w²]{{1,3}})?(?:\([^()]{{0,20}}\))? ?= ?$")
_SAME = {"χ2": "χ²", "chi2": "χ²", "R2": "R²"}
_PROBABILITIES = frozenset(("p", "pvalue", "pval", "df", "dof", "df2", "n", "ci", "se", "sd", "low", "high"))
# With these a statistic has been made into another one.
_FURTHER = frozenset(("sqrt", "log", "exp", "norm", "cramer", "cramers", "phi", "effect"))


def missymbolled(entry: Entry, context: Context) -> str:
    """Return in words why a number has the symbol of another statistic; empty where it may have it."""
    found = _BEFORE.search(re.sub(r"\s+", " ", context.clause[0]))
    own = _known(entry) if found else frozenset()
    if found is None or not own:
        return ""
    said = _SAME.get(found["said"], found["said"])
    if said in own or said in entry.label:
        return ""
    return f"is called “{entry.label}”, a value of {' or '.join(sorted(own))}, and stands as {said}"


def _known(entry: Entry) -> frozenset[str]:
    """Return the symbols that a number may have; none where it is not known to be a statistic."""
    last = tokens(entry.id.rpartition(".")[2])
    called = tokens(entry.label)
    if not _PROBABILITIES.isdisjoint((*last, *called)) or "value" in called:
        return frozenset()
    named = [_OF_NAMES[word] for word in last if word in _OF_NAMES] if last[-1:] != ("ratio",) else []
    if len(called) == 1 and called[0] in _OF_NAMES:
        named.append(_OF_NAMES[called[0]])
    if len(set(named)) == 1:
        return named[0]
    calls = {name for name, _ in functions(entry)}
    tests = {_OF_TESTS[name] for name in calls if name in _OF_TESTS}
    is_one = len(tests) == 1 and calls.isdisjoint(_FURTHER) and not named
    return tests.pop() if is_one else frozenset()
