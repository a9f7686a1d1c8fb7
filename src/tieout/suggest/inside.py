"""What can be recorded within a loop alone: its ids and labels say the turn, ``f"draft.{name}.ci"``."""

from __future__ import annotations

import re

from tieout.suggest.unrolled import Turn

_ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_LOWERED = "{key}.lower().replace(' ', '-')"
_TRUTH = frozenset(("True", "False"))  # of which the items are no text


def slugged(turn: Turn) -> str:
    """Return the code that makes an id's part of a turn's item; empty where none does of all the items.

    Examples
    --------
    >>> slugged(Turn("v", "bmi", ("bmi", "hdl"), 1, 2, 4, {}))
    'v'
    >>> slugged(Turn("v", "a/b", ("a/b", "c"), 1, 2, 4, {}))
    ''
    >>> slugged(Turn("v", "New York", ("New York", "Ohio"), 1, 2, 4, {}))
    "v.lower().replace(' ', '-')"
    >>> slugged(Turn("v", "True", ("True", "False"), 1, 2, 4, {}))
    'str(v).lower()'
    """
    if _TRUTH.issuperset(turn.keys):
        return f"str({turn.key}).lower()"
    if all(map(_ID.fullmatch, turn.keys)):
        return turn.key
    plain = [_plain(each) for each in turn.keys]
    fits = all(map(_ID.fullmatch, plain)) and len(set(plain)) == len(plain)
    return _LOWERED.format(key=turn.key) if fits else ""


def part_of(turn: Turn, item: str | None = None) -> str:
    """Return the part of an id that says a turn."""
    said = turn.item if item is None else item
    return said if slugged(turn) == turn.key else _plain(said)


def _plain(item: str) -> str:
    return item.lower().replace(" ", "-")


def template(turn: Turn, prefix: str, ending: str) -> str:
    """Return the id of a turn as code: ``f"draft.{name}.ci"``."""
    return f'f"{prefix}.{{{slugged(turn)}}}.{ending}"'


def prefix_in(source: str, turn: Turn) -> str:
    """Return what the ids begin with that a cell records by turns already; empty for none."""
    found = re.search(rf'f"([^"{{}}]+)\.\{{{re.escape(slugged(turn))}\}}\.', source)
    return found[1] if found else ""


def labelled(turn: Turn, label: str) -> str:
    """Return a label that says the turn, as code."""
    plain = re.sub(r"[\"\\{}]", "", label)
    return f'f"{plain[:1].upper()}{plain[1:]}, {{{turn.key}}}"'
