"""The authors' side of the ledger: find the project, take facts from it, and record what a notebook computes.

What is recorded becomes a stored output of the cell; nothing else reaches the ledger.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from tieout import numerals
from tieout.authoring import families, kinship, values, years
from tieout.authoring.display import digits as few
from tieout.authoring.display import emit, shown
from tieout.authoring.ending import Name
from tieout.authoring.language import project_root, spoken
from tieout.authoring.reads import reads
from tieout.authoring.recording import READS, bundle, number, text_bundle
from tieout.data import Fact, Facts
from tieout.data import facts as data
from tieout.machine.opened import OPENED
from tieout.notebooks import PLAIN, RELATION
from tieout.numbers import Const, Quantity, span, to_json
from tieout.problems import InputError

if "IPython" in sys.modules:  # Tieout's own kernels see what is opened from before their first cell
    OPENED.watch()
_ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")


def facts(start: Path | None = None) -> Facts:
    """Return every fact of the project's data package, by id.

    Examples
    --------
    >>> import tieout as t
    >>> facts = t.facts()                                            # doctest: +SKIP
    >>> facts["market.2030"] / facts["market.2024"]                  # doctest: +SKIP

    Raises
    ------
    InputError
        There is no project here, or its data do not pass validation.
    """
    root = project_root(start)
    with OPENED.unseen():
        return _loaded(root, spoken().edition, _stamp(root))


@lru_cache(maxsize=1)
def _loaded(root: Path, edition: str, stamp: tuple[tuple[str, int, int], ...]) -> Facts:
    return data.load(root, edition)


def _stamp(root: Path) -> tuple[tuple[str, int, int], ...]:
    files = sorted((root / "data").glob("*"))
    return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files)


def record(
    id: str,
    value: Any,
    label: str,
    like: str | None = None,
    note: str | None = None,
    *,
    unit: str | None = None,
    digits: int | None = None,
    se: Any = None,
    interval: Sequence[Any] | None = None,
    level: int | Decimal | str | None = None,
    term: str | None = None,
) -> Any:
    """Enter a number, a name, a date or a model's result in the ledger, so that prose can tie to it.

    Parameters
    ----------
    id
        Its ledger id: lower case, dotted, the chapter's area first (``market.multiple``).
    value
        What was computed: a number of Python, NumPy, pandas, pint or uncertainties, a Series, DataFrame
        or array of one cell, a duration, a date, a text; or what arithmetic on facts and recorded numbers
        gave, whose formula readers then see. Of a fitted model or a test (statsmodels, linearmodels,
        pyfixest, SciPy, a row of pingouin or lifelines) a family of entries is recorded: the estimate under
        ``id``, and under ``id.se``, ``id.low``, ``id.high``, ``id.ci``, ``id.statistic``, ``id.df``,
        ``id.df2``, ``id.p`` and ``id.n`` what else it has.
    label
        What it says, for people: ``"Mean life expectancy, 2007"``.
    like
        An example of the form in which tables, charts and empty ties show it: ``"7.6×"``, ``"43.9 years"``.
        A computed number is known to as many digits as that shows; where the interval of a derived one is
        wider than a tenth of the value, a hedge or a range is added to it.
    note
        Anything a reader of the ledger should know.
    unit
        The unit of a plain number (``"gram"``, ``"billion USD"``); what has a unit is converted to it.
    digits
        How many significant digits of a computed number are known.
    se
        The standard error of a computed number, in its unit: two digits of it are known. It is recorded
        under ``id.se``, so that prose may show both: ``3.42 ± 0.91``.
    interval
        Where a computed number lies: lowest and highest, in its unit.
    level
        With how much confidence it lies there, in per cent: ``95``. The limits are then recorded beside it,
        as those of a model are, and two digits of its standard error are known.
    term
        Which term of a fitted model.

    Returns
    -------
    Quantity or str
        The quantity under its id; compute on with this one, so that formulas name it. Of a name or a date,
        its text; of a family, the estimate, or else the statistic.

    Raises
    ------
    InputError
        The id is malformed, the label is empty, or the value is none: missing, many, or of an unknown unit.

    Examples
    --------
    >>> import tieout as t
    >>> t.record("penguins.n", 344, label="Penguins measured").value
    Decimal('344')
    """
    label = _checked(id, label)
    parts = families.family(value, term, id)
    if parts:
        return _record_family(id, label, parts, like, note, unit)
    if level is not None:
        limited = families.limited(value, interval, _level(level, id), id)
        own = str(value.units) if unit is None and hasattr(value, "units") else unit
        return _record_family(id, label, limited, like, note, own)
    recorded = _record(id, value, label, note, unit, values.Sharpness(like, digits, se, interval))
    error = values.error_of(value, se)
    if error is not None:
        said = families.LABELS[kinship.ERROR].format(label)
        _record(f"{id}.{kinship.ERROR}", error, said, note, unit, values.Sharpness())
    return recorded


def _record(
    id: str, value: Any, label: str, note: str | None, unit: str | None, sharpness: values.Sharpness
) -> Any:
    """Record one number, name or date."""
    like = sharpness.like
    taken = values.taken(value, id, unit, sharpness)
    if isinstance(taken, str):
        emit(text_bundle(id, label, taken, note or ""), _follows())
        return Name.of(id, taken)
    if taken.kind == "computed" and years.is_year(taken, id, label):
        like = like or str(int(taken.value))
    if taken.kind == "computed":
        example = values.with_unit(like, taken) if like else None
        return _enter(replace(taken.named(id, label), like=example), example, note, _follows())
    if taken.lineage is None:  # a number of the notebook's own making stands for itself
        taken = replace(taken, lineage=Const(str(number(taken.value))))
    precision = taken.precision if taken.text is None else None
    named = replace(
        taken.named(id, label), kind="derived", text=None, is_range=False, precision=precision, like=like
    )
    return _enter(named, like, note)


def _record_family(
    id: str, label: str, parts: Mapping[str, Any], like: str | None, note: str | None, unit: str | None
) -> Any:
    """Record each part of a family; two digits of the standard error are known of the estimate."""
    recorded = []
    for name, said, value in families.named(id, label, parts):
        own = name == id
        in_unit = unit if own or name.endswith(families.IN_UNIT) else None
        error = families.error(parts, id) if own and like is None else None
        known = values.Sharpness(like if own else None, se=error)
        recorded.append(_record(name, value, said, note, in_unit, known))
    by_id = {quantity.id: quantity for quantity in recorded}
    low, high = (by_id.get(f"{id}.{end}") for end in (kinship.LOW, kinship.HIGH))
    if low is not None and high is not None:
        level = parts.get(families.LEVEL)
        said = f"{label}, {level}% confidence interval" if level else f"{label}, confidence interval"
        interval(f"{id}.{families.INTERVAL}", low, high, said, level=level, note=note)
    return recorded[0]


def assume(
    id: str,
    value: str,
    unit: str,
    label: str,
    why: str,
    qualifier: str = "exact",
    like: str | None = None,
) -> Quantity:
    """Enter an assumption of ours in the ledger; it is marked as ours wherever it is listed.

    Parameters
    ----------
    id, label, like
        As in `record`.
    value
        Its digits as text: ``"0.5"``.
    unit
        Its unit: ``"percent"``, ``"1"``, ``"billion USD"``.
    why
        What speaks for this value.
    qualifier
        How sharp it is meant; ``exact`` unless said otherwise.

    Raises
    ------
    InputError
        The value is not a number, the unit is unknown, or the reason is missing.
    """
    label = _checked(id, label)
    if not why.strip():
        raise InputError(f"the assumption {id} gives no reason", 'say why="…"', id=id)
    if not isinstance(value, str):
        raise InputError(f"give the value of {id} as text: its digits matter", f'"{value}"', id=id)
    try:
        quantity = Quantity.stated(id, text=value, unit=unit, qualifier=qualifier, label=label)
    except ValueError as error:
        raise InputError(f"the assumption {id}: {error}", id=id) from error
    return _enter(replace(quantity, kind="assumed", like=like), like, why)


def interval(
    id: str,
    low: Quantity | Fact | Decimal | int | str,
    high: Quantity | Fact | Decimal | int | str,
    label: str,
    unit: str | None = None,
    level: int | Decimal | str | None = None,
    like: str | None = None,
    note: str | None = None,
) -> Quantity:
    """Enter an interval in the ledger: of confidence, of credibility, or any other range.

    Parameters
    ----------
    id, label, note
        As in `record`.
    low, high
        Its ends: quantities, facts, or digits in quotes (``"-0.3"``), which say how finely it is known.
    unit
        The unit of ends that are mere digits: ``"percent"``, ``"kg"``; none by default.
    level
        With how much confidence it holds the true value, in per cent: ``95``. Prose that says
        ``95% CI [1.2, 3.4]`` is compared with it.
    like
        An example of its default display: ``"[1.2, 3.4]"``, ``"12.3 ± 0.4"``, ``"95% CI 1.2 to 3.4"``.

    Returns
    -------
    Quantity
        The range under its id; `lower` and `upper` give its ends.

    Raises
    ------
    InputError
        The id is malformed, the label is empty, the ends do not fit each other or run downward, or the
        level is no percentage.
    """
    label = _checked(id, label)
    try:
        quantity = span(low, high, unit or "")
    except (TypeError, ValueError) as error:
        raise InputError(f"the interval {id}: {error}", id=id) from error
    known = [_end(each) for each in (low, high)]
    quantity = replace(quantity, text=numerals.span_text(quantity, *known))
    is_raw = not any(known) and not isinstance(low, str) and not isinstance(high, str)
    named = replace(
        quantity.named(id, label), level=_level(level, id), kind="computed" if is_raw else "derived"
    )
    follows = _follows() if is_raw else None
    return _enter(named, like or numerals.as_ends(named, known, spoken().lang), note, follows)


def _end(x: object) -> Quantity | None:
    return x.quantity if isinstance(x, Fact) else x if isinstance(x, Quantity) else None


def _level(level: int | Decimal | str | None, id: str) -> Decimal | None:
    if level is None:
        return None
    try:
        found = Decimal(str(level).strip().removesuffix("%"))
    except InvalidOperation:
        found = Decimal(0)
    if not 0 < found < 100:
        raise InputError(f"the interval {id}: {level!r} is no level", "give it in per cent: level=95", id=id)
    return found


def relate(
    id: str,
    stated: Quantity | Fact,
    implied: Quantity | Fact,
    note: str | None = None,
) -> None:
    """Declare that two quantities should agree; where they do not, the report says so as a finding.

    Parameters
    ----------
    id
        Its id among relations: ``market.cagr.2024-2030``.
    stated
        What a source states.
    implied
        What follows from other numbers of the source.
    note
        What the relation is, in words for the reader.

    Raises
    ------
    InputError
        The id is malformed, or the two measure different things.
    """
    _checked(id, "-")
    left, right = _quantity(stated, id), _quantity(implied, id)
    try:
        right = right.to(left.unit)
    except ValueError as error:
        raise InputError(f"the relation {id} compares unlike quantities: {error}", id=id) from error
    statement = f"{_name(left)} should equal {_name(right)}"
    relation = {
        "id": id,
        "statement": statement,
        "left": _side(left),
        "right": _side(right),
        "note": note or "",
    }
    ends = " and ".join(
        f"{few(q.value)} [{few(q.interval.low)}, {few(q.interval.high)}]" for q in (left, right)
    )
    emit({RELATION: relation, PLAIN: f"tie:relation {id}: {statement}: {ends} {left.unit}"})


def _enter(
    quantity: Quantity, like: str | None, note: str | None, metadata: Mapping[str, Any] | None = None
) -> Quantity:
    lang = spoken().lang
    emit(bundle(quantity, shown(quantity, like, lang), numerals.native(note or "", lang)), metadata)
    return quantity


def _follows() -> dict[str, Any] | None:
    """Return the files that the notebook has read so far, as an output's metadata holds them."""
    try:
        root = project_root()
    except InputError:
        return None
    found = reads(root)
    return {READS: found} if found else None


def _side(quantity: Quantity) -> dict[str, Any]:
    """Return one side of a relation: how it was computed, and what came out."""
    return to_json(quantity.lineage) or {"const": number(quantity.value)}


def _name(quantity: Quantity) -> str:
    return quantity.label or quantity.id or "the computed value"


def _quantity(x: Quantity | Fact, id: str) -> Quantity:
    value = x.quantity if isinstance(x, Fact) else x
    if isinstance(value, Quantity):
        return value
    if isinstance(x, Fact):
        raise InputError(f"{id}: the fact {x.id} is text, not a number", "take another fact", id=id)
    hint = "compute it from facts, or enter it with t.assume(…)"
    raise InputError(f"{id}: {x!r} is not a quantity", hint, id=id)


def _checked(id: str, label: str) -> str:
    """Return a label with its numbers as the language writes them: those of f-strings have a point."""
    if not _ID.fullmatch(id):
        raise InputError(
            f"{id!r} is not an id", "use lower case, digits, dots and hyphens: market.multiple", id=id
        )
    if not label.strip():
        raise InputError(f"{id} has no label", 'say what it is: label="…"', id=id)
    return numerals.native(label, spoken().lang)
