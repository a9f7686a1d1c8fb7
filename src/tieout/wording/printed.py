"""The frames and Series that code prints, as pandas aligns them: each line a label and its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tieout.machine.patterns import lazily

Printed = tuple[tuple[str, ...], tuple[tuple[str, ...], ...], str]

_GAP = lazily(r"\s{2,}")
_TRAILER = lazily(r"^(?:Name: |Length: |Freq: |dtype: )")
_VALUE = lazily(r"[-−]?\d[\d,]*(?:\.\d+)?(?:e[+-]\d+)?%?|NaN|None|True|False|<NA>")
_PART = lazily(r"[-−]?\d+\.\d+")  # a cell, and no year that a column is called by
_CUT = frozenset(("...", ".."))
_LEAST = 2  # rows of a table


def printed(text: str) -> Iterator[Printed]:
    """Give the tables of a text: what heads their columns, rows with their labels, what those are called.

    What has cut rows, or two rows or columns of one name, is none.

    Examples
    --------
    >>> list(printed("      size   rate\\nward\\nA        3    0.5\\nB       12    1.5\\n"))
    [(('size', 'rate'), (('A', '3', '0.5'), ('B', '12', '1.5')), 'ward')]
    >>> list(printed("ward\\nA     3\\nB    12\\nName: size, dtype: int64\\n7.2"))
    [(('',), (('A', '3'), ('B', '12')), 'ward')]
    """
    lines = [line.rstrip() for line in text.split("\n")]
    begun: Printed | None = None  # whose columns go on below
    at = 0
    while at < len(lines):
        found, after = _series(lines, at) or _frame(lines, at) or (None, at + 1)
        if found is None:
            at = after
            continue
        goes_on = lines[at].endswith("\\")
        if begun is not None and [row[0] for row in begun[1]] == [row[0] for row in found[1]]:
            rows = tuple((*one, *two[1:]) for one, two in zip(begun[1], found[1], strict=True))
            found = (begun[0] + found[0], rows, found[2])
        begun = found if goes_on else None
        if not goes_on and not _is_cut(found):
            yield found
        at = after


def _series(lines: Sequence[str], at: int) -> tuple[Printed, int] | None:
    index, first = ("", at)
    if lines[at].isidentifier():
        index, first = lines[at], at + 1
    end, rows = _rows(lines, first, 1)
    if len(rows) < _LEAST or end >= len(lines) or not _TRAILER.match(lines[end]):
        return None
    return (("",), rows, index), end + 1


def _frame(lines: Sequence[str], at: int) -> tuple[Printed, int] | None:
    heads = [each for each in _GAP.split(lines[at].removesuffix("\\").strip()) if each]
    if not heads or at + 1 >= len(lines) or any(_PART.fullmatch(each) for each in heads):
        return None
    is_named = len(_GAP.split(lines[at + 1].strip())) == 1 and not _VALUE.fullmatch(lines[at + 1].strip())
    first = at + 1 + is_named
    sizes = [len(heads) - 1] if not lines[at].startswith(" ") else [len(heads)]
    for size in filter(None, sizes):
        end, rows = _rows(lines, first, size)
        is_whole = end >= len(lines) or not lines[end].startswith(" ")
        if len(rows) >= _LEAST and is_whole:
            index = lines[at + 1].strip() if is_named else ""
            return (tuple(heads[-size:]), rows, index), end
    return None


def _rows(lines: Sequence[str], first: int, size: int) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """Return the place behind rows of as many cells, and them; each has a number."""
    rows, at = [], first
    while at < len(lines):
        parts = _GAP.split(lines[at].strip())
        has_number = any(_VALUE.fullmatch(part) for part in parts[1:])
        if len(parts) != size + 1 or not has_number or _TRAILER.match(lines[at]):
            break
        rows.append(tuple(parts))
        at += 1
    return at, tuple(rows)


def _is_cut(found: Printed) -> bool:
    labels = [row[0] for row in found[1]]
    return not _CUT.isdisjoint(labels) or any(len(set(each)) < len(each) for each in (labels, found[0]))
