"""What `tieout suggest` prints: what would be written, what needs a decision, what was not found."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tieout.suggest.evidence import cut_short
from tieout.suggest.proposal import Proposal
from tieout.suggest.suggestion import Suggestion, around_of


def listing(suggestions: Sequence[Suggestion], write: bool = False, likely: bool = False) -> Iterator[str]:
    """Give the lines for numbers without a tie, by what is to be done about them.

    Parameters
    ----------
    write, likely
        Whether those that are certain, and those that are likely, are written now: the diff shows them.
    """
    certain = [each for each in suggestions if each.unambiguous or each.records]
    probable = [each for each in suggestions if each.likely and not each.records]
    open_ = [each for each in suggestions if each not in certain and each not in probable]
    choices = [each for each in open_ if each.candidates or each.outputs]
    lost = [each for each in open_ if not (each.candidates or each.outputs)]
    if certain and not (write or likely):
        yield "Certain; --write ties and records:"
        yield from map(_line, certain)
    if probable and not likely:
        yield "Likely, by value and not by words; --perhaps ties and records, then read each:"
        yield from map(_line, probable)
    if choices:
        yield "Yours to decide:"
        yield from (f"  {each}".replace("\n", "\n  ") for each in choices)
    named = [each for each in lost if each.is_name or each.code]
    if len(lost) > len(named):
        yield 'Not found; record it, correct it, or waive it, [12]{.waived reason="…"}:'
        yield from (f"  {each.place}: {around_of(each)}{_nearly(each)}" for each in lost if each not in named)
    if named:
        yield "Names and limits:"
        yield from (f"  {each}" for each in named)


def _line(found: Suggestion) -> str:
    """Return in one line what a number is tied to, and what computes it."""
    text = " ".join(found.number.text.split())
    output: Proposal | None = found.records or found.likely
    if output is None:
        return f"  {found.place}: [{text}](tie:{found.keys[0]})"
    code = cut_short(_recorded(output.code) if output.code else output.evidence.expression)
    cell = output.evidence.place[0] + 1
    open_end = f"; {output.open_end}" if output.open_end else ""
    return f"  {found.place}: [{text}](tie:{output.key}) = {code}, in cell {cell}{open_end}"


def _nearly(found: Suggestion) -> str:
    return f"; {found.nearly}" if found.nearly else ""


def _recorded(line: str) -> str:
    """Return what a line records: ``1 - late`` of ``t.record("late.rest", 1 - late, …)``."""
    call = ast.parse(line, mode="eval").body
    given = call.args[1:] if isinstance(call, ast.Call) else []
    return ast.unparse(given[0]) if given else line


def tally(suggestions: Sequence[Suggestion], write: bool = False, likely: bool = False, tied: int = 0) -> str:
    """Return in words how many numbers have no tie, and how many of them the command can tie, or has tied.

    Parameters
    ----------
    suggestions
        For those that have none.
    write, likely
        Whether it has tied those that are certain, and those that are likely.
    tied
        How many.
    """
    certain = sum(each.unambiguous or each.records is not None for each in suggestions)
    probable = sum(each.likely is not None and each.records is None for each in suggestions)
    found = [
        (0 if write or likely else certain, "certain (--write)"),
        (0 if likely else probable, "likely (--perhaps)"),
    ]
    left = len(suggestions)
    found.append((left - sum(count for count, _ in found), "to look at"))
    parts = ", ".join(f"{count} {what}" for count, what in found if count)
    said = f"{left} number{'' if left == 1 else 's'} without a tie" + (f": {parts}" if parts else "")
    return f"{tied} tied; {said}" if write or likely else said


def following(suggestions: Sequence[Suggestion], write: bool, likely: bool) -> str:
    """Return in words what comes next."""
    if write or likely:
        return f"Next: {'tie or waive what is left, then ' if suggestions else ''}tieout build"
    if any(each.unambiguous or each.records for each in suggestions):
        return "Next: tieout suggest --write"
    if any(each.likely for each in suggestions):
        return "Next: tieout suggest --write --perhaps"
    return ""
