"""The digits that readers see of an entry, so that two places which show it can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tieout.numbers import Quantity
from tieout.numerals.context import NOTHING, Context
from tieout.numerals.fitting import conversion, in_degrees
from tieout.numerals.locales import APPROX, NEARLY, words
from tieout.numerals.matching import mismatch
from tieout.numerals.rounding import rounded
from tieout.numerals.seeing import seen
from tieout.numerals.shown import Shown
from tieout.numerals.spread import is_open
from tieout.numerals.statement import BOUNDS


@dataclass(frozen=True)
class Digits:
    """The value that a place shows of an entry, or both ends of a range, in the entry's unit.

    Parameters
    ----------
    grain
        What one in the last digit stands for.
    """

    values: tuple[Fraction, ...]
    grain: Fraction

    def fits(self, other: Digits) -> bool:
        """Whether a reader who sees both takes them for one number: the coarser is the finer, rounded."""
        fine, coarse = sorted((self, other), key=lambda each: each.grain)
        return tuple(rounded(value, coarse.grain) for value in fine.values) == coarse.values


def values_shown(
    text: str, quantity: Quantity, lang: str = "en", context: Context = NOTHING
) -> Digits | None:
    """Return the value that is shown of an entry, or both ends of a range, in the entry's unit.

    None for what claims something else than its digits: a bound, a fraction in words, an ordinal, a hedged
    round number where the entry is a sharp one; and for what does not agree with the entry.

    Examples
    --------
    >>> market = Quantity.stated("market", text="2.5", unit="billion USD")
    >>> fine, coarse = values_shown("$2.5B", market), values_shown("$3 billion", market)
    >>> fine.values == values_shown("$2,500 million", market).values, fine.fits(coarse)
    (True, True)
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


def _values(shown: Shown, quantity: Quantity) -> Digits | None:
    factor = conversion(shown, quantity)
    if isinstance(factor, str) or in_degrees(quantity, shown) is not quantity:
        return None
    return Digits(tuple(end / factor for end in shown.ends), abs(shown.figures[-1].grain / factor))
