"""What is wrong, where, and the way out: the one form in which every part of Tieout says so."""

from __future__ import annotations

import errno
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

Severity = Literal["error", "warning"]
Item = TypeVar("Item")
Thing = TypeVar("Thing")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_ENTRY = (errno.EACCES, errno.EPERM, errno.EROFS)
MOST = 3  # of a kind of warning that are named
PLACES = 6  # of the others of a kind that are named
ONES = re.compile(r"`+[^`]*`+|https?://\S+|\d+(?:[.,]\d+)*")  # in what two warnings of a kind differ
OF_WORKS = frozenset({"unknown-citation", "uncited"})  # their id is a work's, and no entry's


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Parameters
    ----------
    what
        What is wrong, in one sentence for the person who made the mistake.
    hint
        What to do about it.
    path
        File, relative to the project, or as given where it lies outside.
    line
        Line in that file, from 1.
    id
        The ledger id concerned.
    rule
        Short name of the rule, stable across versions: ``untied``, ``disagrees``, ``hash``.
    where
        A finer place than a line, in words: ``cell 4``, ``figure 2.1, alternative text``.
    severity
        An ``error`` fails the check; a ``warning`` is only said.
    """

    what: str
    hint: str = ""
    path: str | None = None
    line: int | None = None
    id: str | None = None
    rule: str = ""
    where: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line) if part is not None)
        what = f"{self.where}: {self.what}" if self.where else self.what
        return (f"{place}: " if place else "") + what + (f"; {self.hint}" if self.hint else "")

    def as_dict(self) -> dict[str, Any]:
        """Return the problem as plain data, without what is empty."""
        return {key: value for key, value in asdict(self).items() if value not in (None, "")}


class InputError(Exception):
    """The input or the call is wrong; nothing was built (exit status 2).

    Raise it with what is wrong, where and what to do, or with several problems at once.
    """

    exit_code = 2

    def __init__(self, what: str | Iterable[Problem], hint: str = "", **place: Any) -> None:
        self.problems: tuple[Problem, ...] = (
            (Problem(what, hint, **place),) if isinstance(what, str) else tuple(what)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


def all_of(make: Callable[[Item], Thing], items: Iterable[Item]) -> list[Thing]:
    """Return what is made of each; where some cannot be made, raise what is wrong with all of these.

    Raises
    ------
    InputError
        One of them raised it.
    """
    made: list[Thing] = []
    problems: list[Problem] = []
    for item in items:
        try:
            made.append(make(item))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(dict.fromkeys(problems))  # one file may be wrong for several
    return made


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems with three of each kind of warning, and one warning that counts its others.

    A kind is what says the same of something else. Errors, and warnings about an entry of the ledger, are
    all kept.
    """
    problems = list(problems)
    kinds: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for each in problems:
        if not _stands_alone(each):
            kinds[_kind(each)].append(each)
    kept: list[Problem] = []
    seen: Counter[tuple[str, str]] = Counter()
    for each in problems:
        kind = _kind(each)
        seen[kind] += not _stands_alone(each)
        if _stands_alone(each) or seen[kind] <= MOST or len(kinds[kind]) == MOST + 1:
            kept.append(each)
        elif seen[kind] == MOST + 1:
            kept.append(_others(kinds[kind][MOST:]))
    return kept


def _stands_alone(problem: Problem) -> bool:
    about_an_entry = problem.id is not None and problem.rule not in OF_WORKS
    return problem.severity == "error" or about_an_entry


def _kind(problem: Problem) -> tuple[str, str]:
    return problem.rule, _alike(problem.what)


def _alike(what: str) -> str:
    """Return what warnings of a kind say, with a mark for what each says of its own."""
    return ONES.sub(lambda found: "`…`" if found[0].startswith("`") else "…", what)


def _others(like: Sequence[Problem]) -> Problem:
    """Return one warning that counts warnings of a kind, and says where the first of them are."""
    places: dict[str, list[str]] = defaultdict(list)
    for each in like[:PLACES]:
        finer, known = each.where if each.line is None else str(each.line), places[each.path or ""]
        known += [finer] if finer not in known else []
    named = "; ".join(_place(path, finer) for path, finer in places.items() if path or finer != [""])
    rest = f" and {len(like) - PLACES} more" if len(like) > PLACES else ""
    what = f"{len(like)} more like these: {_alike(like[0].what)}{f', in {named}{rest}' if named else ''}"
    return Problem(what, rule=like[0].rule, severity="warning")


def _place(path: str, finer: Sequence[str]) -> str:
    """Return a file, and its lines or finer places, in words."""
    inside = ", ".join(each for each in finer if each)
    between = ":" if inside[:1].isdecimal() else ": "
    return f"{path}{between}{inside}" if path and inside else path or inside


def unwritable(error: OSError, path: str | Path) -> InputError:
    """Return what the machine says about a file that cannot be written, and what to do."""
    place = str(path)
    if error.errno in NO_ROOM:
        return InputError("the disk is full", "free space, then run again", path=place, rule="output")
    if error.errno in NO_ENTRY:
        hint = "make the folder writable, or work in another one"
        return InputError("cannot be written", hint, path=place, rule="output")
    reason = error.strerror or str(error)
    return InputError(
        f"cannot be written: {reason}", "correct that, then run again", path=place, rule="output"
    )


@dataclass(frozen=True)
class Count:
    """A denominator: ``passed`` of ``total`` things called ``label`` were in order."""

    label: str
    passed: int
    total: int

    def __str__(self) -> str:
        return f"{self.passed:,} of {self.total:,} {self.label}"


@dataclass(frozen=True)
class Report:
    """What a check found: problems, and how many things it looked at.

    A check over nothing has not passed: a report without a count above zero is not ``ok``.
    """

    check: str
    counts: Sequence[Count] = ()
    problems: Sequence[Problem] = ()
    notes: Sequence[str] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain data, which `from_json` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Report:
        """Return the report that `to_json` wrote."""
        counts = tuple(Count(**each) for each in data["counts"])
        problems = [Problem(**each) for each in data["problems"]]
        return cls(data["check"], counts, problems, data["notes"])

    @property
    def errors(self) -> list[Problem]:
        """The problems that fail the check."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def ok(self) -> bool:
        """Whether the check looked at something and found no error."""
        return not self.errors and any(count.total for count in self.counts)
