"""What is proposed for all numbers of a report: no tie that a check refuses, and one unit a column.

A proposal is made for one number. What it records serves others too, and the text is judged with all ties in
place: as `check prose` will judge it, once the lines are run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tieout import numerals
from tieout.ledger import Cell, Ledger
from tieout.markdown import scan
from tieout.numbers import Quantity, units
from tieout.prose import Passage, surroundings
from tieout.suggest.proposal import Proposal, finest, quoted
from tieout.suggest.rivals import column_of
from tieout.suggest.suggestion import Suggestion
from tieout.suggest.titles import titled
from tieout.suggest.toldin import SCALES, recorded_units
from tieout.suggest.tying import tie_up

Refused = frozenset[int]


def settled(found: Sequence[Suggestion], ledger: Ledger) -> list[Suggestion]:
    """Return suggestions whose proposals the prose check accepts, in the units of their columns.

    A proposal that it refuses is left out; what else agrees with the number is then for the author to choose.
    """
    found = _in_units_of_columns(found, ledger)
    refused = _refused(found, ledger)
    return [_without_best(each) if place in refused else each for place, each in enumerate(found)]


def _without_best(found: Suggestion) -> Suggestion:
    if found.candidates:
        return replace(found, candidates=found.candidates[1:], has_rival=True)
    rest = tuple(replace(each, fits=False, doubtful=True) for each in found.outputs[1:])
    return replace(found, outputs=rest)


def _chosen(found: Suggestion, likely: bool) -> Proposal | None:
    return found.likely if likely else found.records


def _refused(found: Sequence[Suggestion], ledger: Ledger) -> Refused:
    """Return the places of suggestions that are refused, written with those that are certain or with all."""
    return frozenset(place for likely in (False, True) for place in _refused_of(found, ledger, likely))


def _refused_of(found: Sequence[Suggestion], ledger: Ledger, likely: bool) -> Iterator[int]:
    passages: dict[Passage, list[int]] = defaultdict(list)
    chosen = {place: _chosen(each, likely) for place, each in enumerate(found)}
    forms = _forms(found, chosen)
    for place, each in enumerate(found):
        if (each.unambiguous or chosen[place]) and each.passage.editable:
            passages[each.passage].append(place)
    for passage, places in passages.items():
        text, starts = passage.markdown, dict[int, int]()
        for place in sorted(places, key=lambda place: -found[place].number.start):
            output = chosen[place]
            key = output.key if output else found[place].keys[0]
            tied = tie_up(text, found[place].number, key, passage.literal)
            if tied is None:
                continue
            first, last, said = tied
            text = text[:first] + said + text[last:]
            starts = {other: at + len(said) - (last - first) for other, at in starts.items()} | {place: first}
        whole = scan(text, passage.literal)
        at = {tie.start: tie for tie in whole.ties}
        for place, start in starts.items():
            cell = _entered(found[place], chosen[place], forms, ledger)
            if cell is None or cell.quantity is None or start not in at:
                continue
            recorded = output.code if (output := chosen[place]) else ""
            around = surroundings(whole, at[start])
            shown, around = numerals.points_in_full(at[start].shown, around, recorded)
            if numerals.judged(shown, cell.quantity, passage.lang, around, cell.family):
                yield place


def _forms(
    found: Sequence[Suggestion], chosen: Mapping[int, Proposal | None]
) -> Mapping[tuple[str, str], str]:
    """Return the form in which each output is recorded that is chosen: that of the most digits."""
    held: dict[tuple[str, str, str], list[Proposal]] = defaultdict(list)
    for place, output in chosen.items():
        if output is not None:
            passage = found[place].passage
            held[passage.path, output.id, passage.lang].append(output)
    return {(path, id): finest(each, lang).like for (path, id, lang), each in held.items()}


def _entered(
    found: Suggestion, output: Proposal | None, forms: Mapping[tuple[str, str], str], ledger: Ledger
) -> Cell | None:
    """Return what a number is tied to once the lines are run; None where only running them can tell."""
    if output is None:
        id, _, column = found.keys[0].partition(":")
        return ledger.resolve(id, column or None)
    if output.key in ledger:
        return ledger.resolve(output.key, None)
    if output.more or (output.value is None and (output.code or output.evidence.part is not None)):
        return None
    quantity = output.value or output.evidence.in_unit(output.unit)
    quantity = replace(quantity, id=output.key, label=titled(output.evidence))
    form = forms.get((found.passage.path, output.id), "")
    return Cell(output.key, _known_to(quantity, form, found.passage.lang), numerals.ALONE)


def _known_to(quantity: Quantity, form: str, lang: str) -> Quantity:
    """Return a computed number, known to as many digits as its form shows."""
    shown = numerals.parse(form, lang) if form else None
    if shown is None or shown.is_range or quantity.is_range or quantity.qualifier == "exact":
        return quantity
    if any(word in (numerals.MOST, numerals.UNDER) for word, _ in shown.qualifiers):
        return quantity
    grain = numerals.grain_in(shown, quantity)
    return quantity.known_to(grain) if grain is not None else quantity


def _in_units_of_columns(found: Sequence[Suggestion], ledger: Ledger) -> list[Suggestion]:
    """Return suggestions in which a column has one unit, where some of its numbers say it and none another.

    *36.0 minutes at Old Town and 27.4 at Northside* are both of minutes. A number keeps to itself where its
    text would be refused with the unit, and where the code records it already.
    """
    said: dict[tuple[str, ...], set[str]] = defaultdict(set)
    bare: dict[int, tuple[str, ...]] = {}
    for place, each in enumerate(found):
        output = each.likely
        is_scale = output is not None and output.unit in SCALES  # *127.1 thousand more*, of a column in euros
        if output is None or (output.code and not (is_scale and output.ends)) or output.evidence.turn:
            continue
        if output.evidence.part is not None:
            continue
        column = column_of(output.evidence) or ("", output.key)
        if output.unit and not is_scale:
            said[each.passage.path, *column].add(output.unit)
        elif is_scale or (_is_bare(each) and not _is_recorded(each, output, ledger)):
            bare[place] = (each.passage.path, *column)
    known = {
        place: unit
        for place, key in bare.items()
        if len(said[key]) == 1 and _is_kin(found[place], unit := next(iter(said[key])))
    }
    tried = [_in_unit(each, known[place]) if place in known else each for place, each in enumerate(found)]
    refused = _refused(tried, ledger) if known else frozenset()
    kept = {output.key for place in known if place in refused and (output := found[place].likely)}
    return [
        each if place not in known or (own := each.likely) is None or own.key in kept else tried[place]
        for place, each in enumerate(found)
    ]


def _is_bare(found: Suggestion) -> bool:
    shown = numerals.parse(found.number.text, found.passage.lang)
    return shown is not None and shown.unit is None and any(map(str.isdigit, found.number.text))


def _is_recorded(found: Suggestion, output: Proposal, ledger: Ledger) -> bool:
    return output.key in recorded_units(ledger.sources.notebooks[found.passage.path])


def _is_kin(found: Suggestion, unit: str) -> bool:
    """Whether a unit is that of a number, or of its scale: *thousand EUR* of *127.1 thousand*."""
    own = found.likely.unit if found.likely else ""
    return not own or unit.startswith(f"{own} ")


def _in_unit(found: Suggestion, unit: str) -> Suggestion:
    first, *others = found.outputs
    code, value = first.code, first.value
    if first.unit:
        code = code.replace(f"unit={quoted(first.unit)}", f"unit={quoted(unit)}")
        value = value and replace(value, unit=units.canonical(unit)[1])
    return replace(found, outputs=(replace(first, unit=unit, code=code, value=value), *others))
