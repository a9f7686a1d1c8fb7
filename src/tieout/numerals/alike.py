"""The digits that readers see of an entry, so that two places which show it can be compared."""

from __future__ import annotations

from fractions import Fraction

from tieout.numbers import Quantity
from tieout.numerals.context import NOTHING, Context, seen
from tieout.numerals.fitting import conversion, in_degrees
from tieout.numerals.locales import APPROX, NEARLY, words
from tieout.numerals.matching import mismatch
from tieout.numerals.shown import Shown
from tieout.numerals.spread import is_open
from tieout.numerals.statement import BOUNDS


def values_shown(
    text: str, quantity: Quantity, lang: str = "en", context: Context = NOTHING
) -> tuple[Fraction, ...] | None:
    """Return the value that is shown of an entry, or both ends of a range, in the entry's unit.

    None for what claims something else than its digits: a bound, a fraction in words, an ordinal, a hedged
    round number where the entry is a sharp one; and for what does not agree with the entry.

    Examples
    --------
    >>> market = Quantity.stated("market", text="2.5", unit="billion USD")
    >>> values_shown("$2.5B", market) == values_shown("$2,500 million", market)
    True
    """
    around = seen(text, quantity, lang, context)
    found = words(lang).last_qualifier.search(context.clause[0][-40:])
    outside = words(lang).meaning(found[0]) if found else ""
    for shown in around.forms:
        wrong = mismatch(shown, quantity, around.rated)
        if wrong is None or wrong.kind == "bare":
            said = {outside, *(word for word, _ in shown.qualifiers)}
            return _values(shown, quantity) if _is_plain(shown, said, quantity) else None
    return None


def _is_plain(shown: Shown, said: set[str], quantity: Quantity) -> bool:
    if any(figure.is_fraction or figure.style in ("ordinal", "nth", "odds") for figure in shown.figures):
        return False
    hedges = {NEARLY} if is_open(quantity) or "approx" in quantity.qualifier else {APPROX, NEARLY}
    return said.isdisjoint({*BOUNDS, *hedges})


def _values(shown: Shown, quantity: Quantity) -> tuple[Fraction, ...] | None:
    factor = conversion(shown, quantity)
    if isinstance(factor, str) or in_degrees(quantity, shown) is not quantity:
        return None
    return tuple(end / factor for end in shown.ends)
