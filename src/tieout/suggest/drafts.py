"""Lines that record outputs as a number of the prose shows them: one output, two together, an interval."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import replace

from tieout import numerals
from tieout.numerals import Shown
from tieout.prose import Passage, Untied
from tieout.suggest import clauses, fitted, inside
from tieout.suggest.combined import Combination, are_shares, in_points
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import NAMES_OF_STATISTICS
from tieout.suggest.ids import Ids, bases
from tieout.suggest.labels import area_of, id_of, label_of, made_of, root_name, slug
from tieout.suggest.outputs import Outputs, counted_noun
from tieout.suggest.pairs import Pair
from tieout.suggest.proposal import COUNTED, NEEDED, Proposal, quoted
from tieout.suggest.wholes import Whole

_IS_INTERVAL = re.compile(r"(?:conf(?:idence)? ?)?(?:ci|int|interval|limits|lims|bounds?)\d*|[a-z]")


class Drafts:
    """Proposals made of outputs: their ids, their lines, and how much speaks for them.

    Parameters
    ----------
    ids
        The ids that exist and those that are proposed.
    """

    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    def of(self, passage: Passage, number: Untied, outputs: Outputs, found: Evidence, unit: str) -> Proposal:
        """Return the proposal of one output, in a unit of the prose; empty for a plain number."""
        shared, support, fits = outputs.judged(found, number, clauses.paragraph(passage, number))
        noun = counted_noun(found, number)
        if noun and not found.label:
            found = replace(found, label=f"Number of {noun}")
        id = self._ids.of(passage.path, found, outputs, noun)
        holds = fitted.holds(found, number, unit, passage.lang)
        by_chance = re.fullmatch(r"\d", number.text) is not None and not (support or found.is_exact)
        doubtful = by_chance or outputs.is_level(found)
        doubtful = doubtful or outputs.is_doubtful(found, number, clauses.meant_before(passage, number))
        of_all = not found.rows or found.rows <= NAMES_OF_STATISTICS  # *50%* of ``x.describe()``
        doubtful = doubtful or (found.part is None and of_all and clauses.is_of_a_group(number))
        fits = fits and holds and not doubtful
        like = (
            fitted.plain(number, passage.lang) if number.kind == "formula" else " ".join(number.text.split())
        )
        is_digits = any(map(str.isdigit, like)) and not re.search(r"[^\W\d]\s+in\s", like)
        like = like if is_digits else ""  # *one in 6*, *a quarter* say no digits
        like = like.removeprefix(numerals.name_before(like, found.in_unit(unit)))
        name = outputs.name
        code = ""
        if found.turn is not None:
            prefix = self._ids.prefix(passage.path, found, found.turn)
            said = inside.template(found.turn, prefix, slug(found.inside) or "value")
            label = inside.labelled(found.turn, found.label or found.inside)
            of_unit = f", unit={quoted(unit)}" if unit else ""
            code = f"{name}.record({said}, {found.inside}, {label}{of_unit})"
        one = Proposal(found, id, unit, like, name, support, shared, fits, holds=holds, doubtful=doubtful)
        return replace(one, code=code, is_recorded=found in outputs.recorded.values())

    def overall(
        self, passage: Passage, one: Proposal, whole: Whole, told: Sequence[numerals.Told]
    ) -> Proposal:
        """Return the F of a model with its degrees of freedom, each a line of its own."""
        base = id_of(area_of(passage.path), ast.parse(whole.model, mode="eval").body)
        said = label_of(ast.parse(whole.model, mode="eval").body)

        def line(slug: str, code: str, what: str) -> Proposal:
            id = self._ids.part(passage.path, whole.main, f"{base}.{slug}")
            label = f"{said[:1].upper()}{said[1:]}, {what}"
            text = f"{one.name}.record({quoted(id)}, {code}, {quoted(label)})"
            return replace(one, id=id, code=text, more=())

        more = tuple(line(*part) for part in whole.parts(told))
        return replace(line("f", f"{whole.model}.fvalue", "F"), more=more)

    def compared(
        self, passage: Passage, number: Untied, outputs: Outputs, pair: Combination, alone: bool
    ) -> Proposal:
        """Return the proposal of what two outputs are compared by; sure only where it is the only one."""
        one = self.of(passage, number, outputs, pair.first, "")
        base = one.id.rpartition(".")[0] if pair.first.row or pair.first.rows else one.id
        id = self._ids.free(passage.path, f"{base}.{pair.kind}", pair)
        given = [quoted(id), pair.expression, quoted(pair.label)]
        given += [f"unit={quoted(pair.unit)}"] if pair.unit else []
        is_part = not pair.unit and are_shares(pair.first, pair.second)
        like = in_points(number.text) if is_part else number.text
        given += [f"like={quoted(like)}"] if any(map(str.isdigit, like)) else []
        late = max(pair.first, pair.second, *pair.more, key=lambda each: each.place)
        code = f"{outputs.name}.record({', '.join(given)})"
        fits = alone and pair.is_alike
        one = replace(one, evidence=late, id=id, code=code, fits=fits, support=NEEDED[1], holds=True)
        one = replace(one, like=in_points(one.like) if is_part else one.like)
        return replace(one, value=pair.value, unit=pair.unit, ends=(pair.first, pair.second))

    def interval(
        self, passage: Passage, shown: Shown, pair: Pair, one: Proposal, other: Proposal
    ) -> Proposal:
        """Return an interval whose limits are two cells of a row of results."""
        node = (pair.of or one.evidence).node
        row = (
            node.slice.elts[0]
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple)
            else None
        )
        called = ", ".join(each for each in one.evidence.row.split(", ") if each != pair.low)
        what = called or (ast.unparse(row).strip("'") if row else "")
        if row is None and isinstance(node, ast.Attribute):
            what = root_name(node)
        of = pair.of or one.evidence
        what = "" if _IS_INTERVAL.fullmatch(what) else what
        what = (pair.of.label.lower() if pair.of else "") or what or ", ".join(made_of(of.made))
        if (turn := pair.first.turn) is not None:
            prefix = self._ids.prefix(passage.path, pair.first, turn)
            ends = f"{pair.first.inside}, {pair.second.inside}"
            label = inside.labelled(turn, "Confidence interval")
            given = f"{inside.template(turn, prefix, 'ci')}, {ends}, {label}"
            code = f"{one.name}.interval({given}, level={float(shown.level or 0):g})"
            id = f"{prefix}.{inside.part_of(turn)}.ci"
            return replace(
                one,
                evidence=pair.second,
                id=id,
                code=code,
                fits=one.fits or other.fits,
                holds=True,
                support=one.support + COUNTED,
            )
        base = id_of(area_of(passage.path), node, called)
        if of.made is not None:  # its variable is given other values too
            base = bases(area_of(passage.path), of)[-1]
            base = base.removesuffix(f".{slug(of.expression)}") if of.is_unpacked else base
        ends = rf"{slug(pair.low)}|confidence-interval" + ("|low|lower|ci" if not what else "")
        base = re.sub(rf"[.](?:{ends})(?=[.]|$)", "", base)
        id = self._ids.free(passage.path, f"{base}.ci", pair)
        label = f"Confidence interval of {what.replace('_', ' ')}" if what else "Confidence interval"
        ends = f"{pair.first.expression}, {pair.second.expression}"
        level = f"{float(shown.level or 0):g}"
        unit = f"unit={quoted(shown.unit)}, " if shown.unit else ""
        code = f"{one.name}.interval({quoted(id)}, {ends}, {quoted(label)}, {unit}level={level})"
        one = replace(one, fits=one.fits or other.fits, holds=True, support=one.support + COUNTED)
        return replace(one, evidence=pair.second, id=id, code=code, value=pair.limits(shown))

    def shared(self, passage: Passage, number: Untied, outputs: Outputs, pair: Pair) -> Proposal:
        """Return the proposal of one count as a part of another."""
        one, other = (self.of(passage, number, outputs, each, "") for each in (pair.first, pair.second))
        return self.of_both(passage, pair, one, other)

    def of_both(self, passage: Passage, pair: Pair, one: Proposal, other: Proposal) -> Proposal:
        """Return the proposal of two outputs that are recorded in one line."""
        late = max(one, other, key=lambda each: each.evidence.place)
        fits = one.fits if pair.kind == "share" else True
        weight = one.support + (other.support if pair.kind == "share" else COUNTED)
        id, code = self._ids.joined(passage.path, pair, one, other)
        one = replace(one, evidence=late.evidence, support=weight, fits=fits, id=id, code=code, holds=True)
        one = replace(one, value=pair.share if pair.kind == "share" else None)
        if pair.kind != "share":
            return replace(one, counts=None)
        rows = pair.first.rows - NAMES_OF_STATISTICS
        unnamed = bool(rows) and rows.isdisjoint(one.shared)  # a count of *town*, of which nothing is said
        return replace(one, counts=(pair.first.number, pair.second.number), doubtful=one.doubtful or unnamed)
