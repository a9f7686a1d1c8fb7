"""The plan that ties the numbers of prose and records what they are tied to; nothing else changes."""

from __future__ import annotations

from collections.abc import Sequence

from tieout.problems import InputError, Problem
from tieout.prose import Edit
from tieout.suggest.imports import Import
from tieout.suggest.proposal import unlike_units
from tieout.suggest.recordings import recordings
from tieout.suggest.suggestion import Suggestion
from tieout.suggest.toldin import recorded_units
from tieout.suggest.tying import tie_up
from tieout.update.changes import Change, Plan
from tieout.workspace import Workspace


def plan_suggestions(
    workspace: Workspace,
    suggestions: Sequence[Suggestion],
    imported: Sequence[Import] = (),
    likely: bool = False,
) -> Plan:
    """Return the plan that ties every unambiguous number; what readers see stays the same.

    Numbers that an output surely explains are tied too, and the line that records it is put beside it; what
    is imported from other tools becomes a tie and such a line.

    Parameters
    ----------
    likely
        Whether the only output that agrees with a number is enough, whatever the words say.

    Raises
    ------
    InputError
        A file has changed since the suggestions were made.
    """
    known = set(workspace.sources.passages)
    found: list[tuple[Change, Edit]] = []
    problems: list[Problem] = []
    records = []
    chosen = [(each, each.likely if likely else each.records) for each in suggestions]
    unlike = unlike_units([output for _, output in chosen if output])
    units = {path: recorded_units(each) for path, each in workspace.sources.notebooks.items()}
    for each, output in chosen:
        if not each.unambiguous and output is None:
            continue
        has_unit = output is not None and output.evidence.part is None and not output.code
        has_unit = has_unit and any(map(str.isdigit, each.number.text))  # *a quarter* is of any
        own = units.get(each.passage.path, {}).get(output.key) if output and has_unit else None
        if output is not None and ((output.key, output.unit) in unlike or own not in (None, output.unit)):
            what = f"“{each.number.text}” is not in the unit that {output.key} has elsewhere"
            hint = f"if it is that number, say its unit and tie it to {output.key}; else record what it is"
            place = (each.passage.path, each.line, output.key, "untied", each.passage.where)
            problems.append(Problem(what, hint, *place, "warning"))
            continue
        passage, number = each.passage, each.number
        key = output.key if output else each.keys[0]
        if passage not in known:
            raise InputError("has changed since", "run the command again", path=passage.path, rule="changed")
        tied = tie_up(passage.markdown, number, key, passage.literal) if passage.editable else None
        if tied is None or (passage.string is not None and passage.string.breaks(tied[0], tied[2])):
            hint = "tie it in the code of its cell, with t.cell(…)" if passage.output is not None else ""
            what = f"“{number.text}” has to be tied to {key} by hand"
            place = (passage.path, each.line, key, "untied", passage.where)
            problems.append(Problem(what, hint or "put the whole text in quotes first", *place, "warning"))
            continue
        change = Change(passage.path, each.line, key, number.text, number.text)
        found.append((change, passage.edit(*tied)))
        if output:
            records.append((passage, output))
    for one in imported:
        passage, inline = one.passage, one.inline
        change = Change(passage.path, passage.line(inline.start), one.id, inline.text, one.tie)
        found.append((change, passage.edit(inline.start, one.end, one.tie)))
    lines = recordings(workspace.sources, records, imported)
    return Plan.of(workspace.sources, [*found, *lines], problems)
