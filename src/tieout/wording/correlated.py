"""Correlations against the others of their table: which is the strongest, and whose it is.

*The weakest correlation (r = 0.59)* of the strongest of five; *glucose (r = 0.44)* where the table has
another number for glucose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.wording.extremes import Extremes
from tieout.wording.meant import own_words, tokens

_CALLED = frozenset(("r", "rho", "tau", "correlation", "correlations", "pearson", "spearman", "kendall"))
_SIGN = r"\((?:(?:Pearson|Spearman|Kendall)[’']s )?(?:r|ρ|τ|rho|tau) ?= ?$"
_FAR = rf"\b[^.;:\d(]{{0,50}}{_SIGN}"
_PATTERNS = (
    lazily(
        r"\bthe (?:(?P<up>strongest|closest|highest|largest)|(?P<down>weakest|lowest|smallest))"
        rf" (?:correlation|association|relation(?:ship)?|link){_FAR}",
        re.IGNORECASE,
    ),
    lazily(rf"\bcorrelat\w+ (?:the )?(?:(?P<up>most|best)|(?P<down>least)){_FAR}", re.IGNORECASE),
    lazily(
        r"\b(?:(?P<up>найсильніш\w+|найтісніш\w+)|(?P<down>найслабш\w+))"
        rf" (?:кореля\w+|зв[’']яз\w+){_FAR}",
        re.IGNORECASE,
    ),
)
_OTHER = lazily(
    r"\b(?:second|third|fourth|next|among|but|except|than|if|negative|positive|inverse|друг\w+|трет\w+|крім)\b",
    re.IGNORECASE,
)
_NAMED = lazily(rf"(?P<ahead>\b[^\W\d_]+ )?\b(?P<name>[^\W\d_]+) {_SIGN}")
# What follows these is not what the number is of: *in patients with high glucose (r = …)*.
_ASIDE = frozenset((
    "but", "except", "unlike", "before", "after", "beyond", "over", "with", "without", "high", "low", "in",
    "of", "for", "to", "than", "and", "or", "at", "on", "між", "з", "із", "для", "від", "у", "в", "і", "та",
))  # fmt: skip
_LEAST = 3


def misrelated(entry: Entry, context: Context, extremes: Extremes) -> str:
    """Return in words why a correlation is not what is said of it; empty where it may be."""
    before = own_words(context)
    if not re.search(_SIGN, before) or is_denied(Context(before)):
        return ""
    return next(
        (wrong for ids in _groups(entry, extremes) if (wrong := _wrong(entry, context, ids, extremes))), ""
    )


def _groups(entry: Entry, extremes: Extremes) -> Iterator[tuple[str, ...]]:
    """Give the groups of correlations that an entry stands in, or the cell of a table that it is."""
    for ids in (*extremes.groups.get(entry.id, ()), *extremes.twins(entry)):
        called = (frozenset((*tokens(id), *tokens(extremes.ledger[id].label))) for id in ids)
        small = all(abs(extremes.ledger.lookup(id).value) <= 1 for id in ids)
        if len(ids) >= _LEAST and small and frozenset.intersection(*called) & _CALLED:
            yield ids


def _wrong(entry: Entry, context: Context, ids: tuple[str, ...], extremes: Extremes) -> str:
    before, own = own_words(context), extremes.same(entry, ids)
    sizes = {id: abs(extremes.ledger.lookup(id).value) for id in ids}
    found = next((each for pattern in _PATTERNS if (each := pattern.search(before))), None)
    others = [size for id, size in sizes.items() if id != own]
    if found and not _OTHER.search(before):
        worse = all(sizes[own] < size for size in others)
        better = all(sizes[own] > size for size in others)
        if worse if found["up"] else better:
            said, first = found["up"] or found["down"], "weakest" if worse else "strongest"
            return f"“{said}” is said of it, and among {len(ids)} of its kind it is the {first}"
    named = _NAMED.search(before)
    if named is None or (named["ahead"] or "").strip().casefold() in _ASIDE:
        return ""
    parts, name = _apart(ids), named["name"].casefold()
    clause = tokens(" ".join(context.clause))
    other = next((id for id, part in parts.items() if part == name and id != own), None)
    if other is None or parts[own] in clause or sizes[other] == sizes[own]:
        return ""
    return f"is called “{entry.label}”, and its clause names {name}, as {other} is called"


def _apart(ids: tuple[str, ...]) -> dict[str, str]:
    """Return by each id the part in which it differs from the others."""
    parts = {id: id.split(".") for id in ids}
    place = next(at for at, each in enumerate(zip(*parts.values(), strict=True)) if len(set(each)) > 1)
    return {id: each[place].casefold() for id, each in parts.items()}
