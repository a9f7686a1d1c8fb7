"""Which term of a model a number in brackets is of: that of the estimate right before them.

*A pump adds 26.6 thousand euros, and each square metre adds 3.81 thousand (p < 0.001)*: the p-value is of the
square metre, though the sentence names the pump too.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal, InvalidOperation

from tieout.prose import Untied
from tieout.suggest import clauses
from tieout.suggest.evidence import Evidence

_LEAST = 2  # digits that an estimate shows, for one of another term not to be it by chance
_BEFORE = re.compile(r"(?P<digits>\d[\d,]*(?:\.\d+)?)[^\d.;:()]{0,40}?\([^()]*$")


def terms_before(number: Untied, evidence: Collection[Evidence]) -> frozenset[tuple[str, str]]:
    """Return the terms whose estimates stand right before the brackets of a number; empty for none."""
    found = _BEFORE.search(clauses.around(number)[0])
    if found is None:
        return frozenset()
    try:
        said = Decimal(found["digits"].replace(",", ""))
    except InvalidOperation:
        return frozenset()
    places = said.as_tuple().exponent
    if not isinstance(places, int) or sum(map(str.isdigit, found["digits"])) < _LEAST:
        return frozenset()
    return frozenset(
        (each.expression, each.term)
        for each in evidence
        if each.term is not None and each.part == "" and round(abs(each.number), -places) == said
    )
