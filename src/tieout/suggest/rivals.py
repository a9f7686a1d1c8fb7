"""What the other outputs of a table, or of one printed line, say for a proposal or against it."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from tieout.prose import Untied
from tieout.suggest import clauses
from tieout.suggest.evidence import Evidence, parsed
from tieout.suggest.expressions import split_words
from tieout.suggest.proposal import COUNTED, Proposal

_SHARES = frozenset(("share", "proportion"))
LEAST, MANY = 2, 3  # digits that say something, and that hardly agree by chance
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?!\d)")


def tests_of(evidence: Sequence[Evidence]) -> Mapping[str, str]:
    """Return of which test each output is, by ``known_as``: its own, or the only one that its call prints.

    *df_b* of ``f"F({df_b}, {df_w}) = {F:.2f}"`` is of the test that gave *F*.
    """
    groups: dict[str, int] = {}
    tests: dict[int, set[str]] = {}
    for place, each in enumerate(evidence):
        group = groups.get(each.after, place) if each.after else place
        groups.setdefault(each.known_as, group)
        if each.test:
            tests.setdefault(group, set()).add(each.test)
    one = {group: next(iter(found)) for group, found in tests.items() if len(found) == 1}
    own = {each.known_as: each.test for each in evidence if each.test}
    return {name: one[group] for name, group in groups.items() if group in one} | own


def of_named_test(found: Sequence[Proposal], number: Untied, tests: Mapping[str, str]) -> list[Proposal]:
    """Return the proposals that are of the test that a text names; all of them where none is."""
    own = [each for each in found if clauses.names_test(number, tests.get(each.evidence.known_as, ""))]
    return [
        replace(each, support=each.support + COUNTED, doubtful=each.doubtful and bool(each.evidence.rows))
        for each in own
    ] or list(found)


def column_of(found: Evidence) -> tuple[str, str] | None:
    """Return the table and the column that a value is picked of by its labels; None of anything else."""
    return _picked(found.expression) if found.rows else None


@lru_cache(maxsize=8192)
def _picked(expression: str) -> tuple[str, str] | None:
    node = parsed(expression)
    if not (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute)):
        return None
    if node.value.attr != "loc":
        return None
    is_frame = isinstance(node.slice, ast.Tuple) and len(node.slice.elts) == 2
    column = ast.dump(node.slice.elts[1]) if is_frame and isinstance(node.slice, ast.Tuple) else ""
    return ast.dump(node.value.value), column


def cell_of(found: Evidence) -> tuple[str, str, str] | None:
    """Return the table, the row and the column that a value is picked of by its labels, as code."""
    column = column_of(found)
    if column is None or not isinstance(node := found.node, ast.Subscript):
        return None
    is_frame = bool(column[1]) and isinstance(node.slice, ast.Tuple)
    row = node.slice.elts[0] if is_frame and isinstance(node.slice, ast.Tuple) else node.slice
    return column[0], ast.dump(row), column[1]


def heading_of(found: Evidence) -> str:
    """Return what heads the column of a value; empty where nothing does."""
    column = column_of(found)
    node = found.node if column and column[1] else None
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        last = node.slice.elts[1]
        return str(last.value) if isinstance(last, ast.Constant) else ""
    return ""


def is_percentage(found: Evidence) -> bool:
    """Whether a value is one of percent by what it is printed with, or by the heading of its column.

    So is a share above one.
    """
    if found.is_percent or (abs(found.number) > 1 and not _SHARES.isdisjoint(found.words)):
        return True
    return bool(re.search(r"(?<!\d)%|\bper ?cent|\bpct\b", heading_of(found), re.IGNORECASE))


def told_apart(found: Sequence[Proposal], number: Untied) -> list[Proposal]:
    """Return proposals, in doubt where two rows of one column round to the number, and none is named with it.

    *28% flew* may be 27.6 as well as 28.1, whichever of them the rest of the sentence names.
    """
    clause = clauses.clause(*clauses.around(number))
    held = [(each, column_of(each.evidence)) for each in found]

    made = []
    for one, column in held:
        others = [
            each for each, other in held if other == column and each.evidence.number != one.evidence.number
        ]
        if column is not None and others and not one.evidence.rows & clause:
            support = max(each.support for each in (one, *others))  # so that readers are shown both
            one = replace(one, fits=False, doubtful=True, support=support)
        made.append(one)
    return made


def of_named_column(found: Sequence[Proposal], number: Untied) -> list[Proposal]:
    """Return proposals without the cells of a row that show the same in a column that is not named.

    *A margin of 971* is no revenue of 971, though both are of the field without nitrogen.
    """
    clause = clauses.clause(*clauses.around(number))
    named = [each.evidence for each in found if each.evidence.columns & clause]

    def is_beside(one: Evidence) -> bool:
        return not one.columns & clause and any(
            one.columns and other.rows == one.rows and other.row == one.row and other.number == one.number
            and not one.is_apart(other)
            and (column_of(one) or ("",))[0] == (column_of(other) or ("-",))[0]
            for other in named
        )  # fmt: skip

    return [each for each in found if not is_beside(each.evidence)]


def of_its_row(found: Sequence[Proposal], heading: str, row: str) -> list[Proposal]:
    """Return of the proposals for a cell of a table in Markdown those of its row and its very heading."""
    said = frozenset(split_words(row))
    own = [each for each in found if each.evidence.rows and each.evidence.rows <= said] or list(found)
    headed = [each for each in own if heading_of(each.evidence).casefold() == heading.casefold()]
    return headed or own


def is_told(found: Evidence, number: Untied) -> bool:
    """Whether its sentence states an output in another number than the one that is looked at."""
    before, after = clauses.around(number)
    return is_stated(f"{before} {after}", found)


def is_beside_its_row(found: Evidence, number: Untied, evidence: Collection[Evidence]) -> bool:
    """Whether another value of its row stands in the parentheses of a number: *(OR 0.68, p = 0.034)*."""
    column = column_of(found)
    own = clauses.own_text(number)
    return column is not None and any(
        other.rows == found.rows
        and other.expression != found.expression
        and not other.is_apart(found)
        and (column_of(other) or ("",))[0] == column[0]
        and len(other.number.as_tuple().digits) >= MANY
        and is_stated(own, other)
        for other in evidence
    )


def is_stated(text: str, found: Evidence) -> bool:
    """Whether a text states a value, rounded as it may be, in two digits or more."""
    for said in _NUMBER.findall(text):
        try:
            number = Decimal(said.replace(",", ""))
        except InvalidOperation:
            continue
        places = number.as_tuple().exponent
        if not isinstance(places, int) or sum(map(str.isdigit, said)) < 2:
            continue
        if round(abs(found.number), -places) == number:
            return True
    return False
