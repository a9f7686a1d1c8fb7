"""Proposes for a number of the prose the output that explains it, and the line that records it.

A wrong tie is worse than none. A proposal is sure only where exactly one output fits: by value, as rounded in
the prose; by words, none of which speaks for another output; and by place, in the same notebook.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tieout import numerals
from tieout.notebooks import Notebook
from tieout.numbers import PERCENT, POINT
from tieout.numerals import Shown
from tieout.prose import Passage, Untied
from tieout.update import clauses, fitted, inside
from tieout.update.across import rows_compared, told_before
from tieout.update.cells import is_python
from tieout.update.combined import (
    COMPARING,
    Combination,
    combined,
    compares,
    is_mere_share,
    lies_apart,
    may_lie_between,
)
from tieout.update.evidence import Evidence
from tieout.update.expressions import NAMES_OF_STATISTICS
from tieout.update.further import of_year_before, per_one, rows_added
from tieout.update.ids import Ids, bases
from tieout.update.labels import area_of, id_of, label_of, made_of, root_name, slug
from tieout.update.meanings import is_half_within, is_median, is_raw_beside_model, may_be_fit
from tieout.update.naming import heads, in_table, is_name
from tieout.update.outputs import Outputs, counted_noun
from tieout.update.pairs import ROOM, Pair, counts, is_error, nearest, pairs, portions, shares
from tieout.update.preferred import preferred
from tieout.update.proposal import (
    BESIDE,
    COUNTED,
    FEW,
    NEEDED,
    RARE,
    Proposal,
    digits_of,
    in_form,
    quoted,
    ranked,
)
from tieout.update.remainders import PLAIN, remainders
from tieout.update.rivals import (
    column_of,
    is_beside_its_row,
    is_percentage,
    of_its_row,
    of_named_column,
    of_named_test,
    told_apart,
)
from tieout.update.saidunits import converted
from tieout.update.toldin import in_scale
from tieout.update.wholes import Whole

FEWEST = 2  # numbers of an expression, and rows of a column that is told by its other row
_IS_INTERVAL = re.compile(r"(?:conf(?:idence)? ?)?(?:ci|int|interval|limits|lims|bounds?)\d*|[a-z]")
_WHOLE = ("expression", "formula")
_NUMBERS = ("number", "year", "range", "word", "formula")


class Computed:
    """The outputs of a report's notebooks, as explanations of its prose.

    Parameters
    ----------
    notebooks
        The notebooks by name.
    taken
        The ids that exist.
    """

    def __init__(self, notebooks: Mapping[str, Notebook], taken: frozenset[str]) -> None:
        self._notebooks = notebooks
        self._held = taken
        self._known: dict[str, Outputs] = {}
        self._ids = Ids(notebooks, taken)

    def proposals(
        self, passage: Passage, number: Untied, beside: Collection[str] = ()
    ) -> tuple[Proposal, ...]:
        """Return the outputs of its notebook that a number agrees with, best first.

        ``beside`` are the ids of families that other numbers of the sentence surely belong to.
        """
        outputs = self._outputs(passage.path)
        if outputs is None or passage.output is not None:
            return ()
        headings = heads(passage, number)
        number = in_table(passage, number)
        whole = tuple(self._whole(passage, number, outputs))
        if whole or number.kind not in _NUMBERS:
            return whole
        shown = numerals.parse(number.text, passage.lang)
        if shown is None:
            return ()
        found = list(self._paired(passage, number, shown, outputs))
        if found or shown.is_range:
            return ranked(found)
        per = shown.figures[0].per
        units = ["", shown.unit] if shown.unit else ["", f"per {per:,}"] if per > 1 else [""]
        units += outputs.units.scaled(shown)
        wide = fitted.rated(number, passage.lang)
        units = [wide.unit or "", *units] if wide else units
        guessed = outputs.units.guessed_scales(shown) if digits_of(number) > FEW else []
        is_compared, is_apart = compares(number, passage.lang), lies_apart(number)
        around = numerals.Context(*clauses.around(number))
        is_half = is_half_within(number)
        hedged = fitted.hedged(number, shown, passage.lang)
        clause = clauses.clause(*clauses.around(number)) - PLAIN
        held = {each.known_as for id, each in outputs.recorded.items() if id in self._held}
        for each in outputs.evidence:
            is_middle = is_half and is_median(each)
            is_other = not is_middle and outputs.is_other(each, number, passage.lang)
            if is_other or each.known_as in held:
                continue
            if clauses.names_another_test(number, each.test) or (is_apart and not may_lie_between(each)):
                continue
            own = converted(each, shown) if wide is None else ""
            given = (*units[::-1], *guessed) if not each.number else (*units, *guessed)
            if own:
                given = (*units, own) if shown.unit is None else (own,)
            for unit in filter(lambda unit: unit is not None, given):  # 0.0 is a hundred times itself
                if not outputs.units.may_be_in(each, unit or ""):
                    continue
                if is_compared and not (each.words & COMPARING or is_percentage(each)) and each.rows:
                    continue  # *81% more* is no cost of 81.0
                if is_compared and shown.unit == PERCENT and is_mere_share(each):
                    continue
                if unit in guessed and not outputs.is_named(each, number):
                    continue
                if unit == PERCENT and shown.unit is None and not is_percentage(each):
                    continue  # *three in ten* of 30.0, in a column of percentages
                if unit == POINT and not clauses.in_percent(number, each.words):
                    continue
                part = "statistic" if each.is_measure else each.part
                if not clauses.may_be(number, shown, each.words, part) or not may_be_fit(number, each.words):
                    continue
                is_p = clauses.is_probability(each.words, each.part)
                if is_p and each.part is None and self._is_of_interval(each, number, outputs):
                    continue  # it is of what the interval is of, which many small p-values would fit
                if is_p and each.term is not None and clauses.is_of_correlation(number):
                    continue
                texts = [clauses.bounded(number) if is_p else number.text]
                falls = clauses.is_lowered(number) or numerals.is_fall(each.in_unit(), around)
                texts += [hedged] if hedged and each.words & clause else []
                texts += [f"-{number.text}"] if each.number < 0 and falls else []
                is_rate = wide is not None and unit == wide.unit
                texts = [wide.text] if wide and is_rate else texts
                if any(fitted.agrees(text, each, unit or "", passage.lang) for text in texts):
                    one = self._proposal(passage, number, outputs, each, unit or "")
                    one = in_form(one, wide.text) if wide and is_rate else one
                    one = in_form(one, clauses.bounded(number)) if is_p else one
                    more = BESIDE if one.id in beside and each.part is not None else 0.0
                    one = replace(one, support=one.support + more + (COUNTED if is_middle else 0.0))
                    if is_compared and is_raw_beside_model(number, each):
                        one = replace(one, fits=False, doubtful=True)
                    if own and unit == own and digits_of(number) < FEWEST:
                        one = replace(one, fits=False, doubtful=True)  # *2 hours* of 95 minutes
                    if (unit and unit in guessed) or fitted.is_rough(shown, each, unit or ""):
                        one = replace(one, fits=False, doubtful=one.doubtful or unit not in guessed)
                    if is_p and each.part is None and clauses.is_beside_interval(number):
                        one = replace(one, doubtful=False)  # what else its row shows stands beside it
                    named = one.shared - NAMES_OF_STATISTICS
                    if (
                        each.is_cut
                        and not named
                        and fitted.is_halfway(number.text, each, unit or "", passage.lang)
                    ):
                        one = replace(one, fits=False, doubtful=True)  # was 48.5 a little less, or more?
                    found.append(one)
                    break
        if not any(each.evidence.words & clause for each in found):
            left = list(remainders(number, shown, outputs.evidence, passage.lang))
            if left:  # *18% did not survive* is no other share of 18%
                return tuple(self._compared(passage, number, outputs, each, False) for each in left)
        found = told_apart(of_named_test(found, number, outputs.tests), number)
        found = of_its_row(found, *headings) if headings is not None else of_named_column(found, number)
        found = in_scale(preferred(found, number, shown, outputs.known_as), shown)
        known = {each.evidence.number for each in found if each.evidence.turn is None}
        found = [each for each in found if each.evidence.turn is None or each.evidence.number not in known]
        if not any(each.fits for each in found):
            found += self._portions(passage, number, shown, outputs)
        if not all(each.code for each in found):
            found = [each for each in found if not (each.counts and each.doubtful)]
        if digits_of(number) < FEW and not fitted.is_only_count(
            number, found
        ):  # it agrees with something in each
            found = [each for each in found if each.support + RARE * each.evidence.is_alone >= RARE]
        return ranked(found)

    def _is_of_interval(self, found: Evidence, number: Untied, outputs: Outputs) -> bool:
        """Whether a p-value stands beside an interval, and beside no other number of this output's row."""
        beside = clauses.is_beside_interval(number)
        return beside and not is_beside_its_row(found, number, outputs.evidence)

    def explains(self, passage: Passage, number: Untied) -> bool:
        """Whether an expression of several numbers tells of one family that its notebook shows."""
        outputs = self._outputs(passage.path)
        return outputs is not None and passage.output is None and any(self._whole(passage, number, outputs))

    def _whole(self, passage: Passage, number: Untied, outputs: Outputs) -> Iterator[Proposal]:
        """Give the families that all numbers of an expression agree with."""
        parts = numerals.expression(number.text, passage.lang)
        shown = numerals.parse(number.text, passage.lang) if number.kind == "range" else None
        if shown is not None and shown.form != ROOM:
            return
        if shown is None and (number.kind not in _WHOLE or len(parts) < FEWEST):
            return
        for whole in outputs.wholes:
            told = numerals.told(number.text, whole.own, whole.family, passage.lang)
            if told and numerals.says(number.text, whole.own, passage.lang, family=whole.family):
                one = self._proposal(passage, number, outputs, whole.main, "")
                one = replace(one, like="", fits=True, holds=True, support=one.support + COUNTED)
                yield self._overall(passage, one, whole, told) if whole.model else one
        for pair in counts(number.text, parts, outputs.evidence, passage.lang):
            yield self._shared(passage, number, outputs, pair)

    def _overall(
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

    def combined(self, passage: Passage, number: Untied, beside: Sequence[Evidence]) -> tuple[Proposal, ...]:
        """Return the pairs of outputs that a number compares, of those that its sentence shows."""
        outputs = self._outputs(passage.path)
        shown = numerals.parse(number.text, passage.lang)
        if outputs is None or shown is None or passage.output is not None:
            return ()
        found = list(combined(number, shown, beside, passage.lang, outputs.units.scaled(shown)))
        found = found or list(of_year_before(number, shown, beside, outputs.evidence, passage.lang))
        found = found or list(per_one(number, shown, beside, passage.lang))
        return tuple(self._compared(passage, number, outputs, each, len(found) == 1) for each in found)

    def across(self, passage: Passage, number: Untied, beside: Sequence[Evidence]) -> tuple[Proposal, ...]:
        """Return the pairs of outputs that a number compares, and that its own sentence does not state.

        ``beside`` are the outputs that its paragraph states. None of them is sure.
        """
        outputs = self._outputs(passage.path)
        shown = numerals.parse(number.text, passage.lang)
        if outputs is None or shown is None or passage.output is not None:
            return ()
        scales = outputs.units.scaled(shown)
        found = list(told_before(number, shown, beside, passage.lang, scales))
        found = found or list(rows_added(number, shown, outputs.evidence))
        found = found or list(rows_compared(number, shown, outputs.evidence, passage.lang, scales))
        made = (self._compared(passage, number, outputs, each, False) for each in found)
        return tuple(replace(each, doubtful=len(found) > 1) for each in made)

    def _compared(
        self, passage: Passage, number: Untied, outputs: Outputs, pair: Combination, alone: bool
    ) -> Proposal:
        one = self._proposal(passage, number, outputs, pair.first, "")
        base = one.id.rpartition(".")[0] if pair.first.row or pair.first.rows else one.id
        id = self._ids.free(passage.path, f"{base}.{pair.kind}", pair)
        given = [quoted(id), pair.expression, quoted(pair.label)]
        given += [f"unit={quoted(pair.unit)}"] if pair.unit else []
        given += [f"like={quoted(number.text)}"] if any(map(str.isdigit, number.text)) else []
        late = max(pair.first, pair.second, *pair.more, key=lambda each: each.place)
        code = f"{outputs.name}.record({', '.join(given)})"
        fits = alone and pair.is_alike
        one = replace(one, evidence=late, id=id, code=code, fits=fits, support=NEEDED[1], holds=True)
        return replace(one, value=pair.value, unit=pair.unit)

    def in_code(self, passage: Passage, number: Untied) -> tuple[str, str] | None:
        """Return what a number is in the code, and that code; None where it is not in it."""
        outputs = self._outputs(passage.path)
        shown = numerals.parse(number.text, passage.lang) if number.kind == "number" else None
        if outputs is None or shown is None or shown.is_range:
            return None
        said = Fraction(shown.figures[0].number) * Fraction(shown.figures[0].scale)
        return next(((why, code) for value, why, code in outputs.constants if value == said), None)

    def beside(self, passage: Passage, number: Untied, other: Proposal) -> tuple[Proposal, ...]:
        """Return what a number shows of the column of another one; nothing where two of its rows agree.

        A row that its sentence does not name is told only where there are two.
        """
        outputs, column = self._outputs(passage.path), column_of(other.evidence)
        if outputs is None or column is None or other.code:
            return ()
        rows = [
            each
            for each in outputs.evidence
            if column_of(each) == column and not each.is_apart(other.evidence) and each.part is None
        ]
        shown = numerals.parse(number.text, passage.lang)
        units = dict.fromkeys((other.unit, "") if shown is not None and shown.unit is None else (other.unit,))
        found = [
            self._proposal(passage, number, outputs, each, unit)
            for each in rows
            if each.rows != other.evidence.rows
            and (unit := next((u for u in units if fitted.agrees(number.text, each, u, passage.lang)), None))
            is not None
        ]
        if len(found) != 1 or (len(rows) > FEWEST and not found[0].evidence.rows & found[0].shared):
            return ()
        return (replace(found[0], fits=False),)

    def shown_by(self, passage: Passage, id: str) -> Evidence | None:
        """Return the output that a notebook's code records under an id."""
        outputs = self._outputs(passage.path)
        return outputs.recorded.get(id) if outputs is not None else None

    def again(self, passage: Passage, number: Untied, id: str) -> Proposal | None:
        """Return an output that the code records already, as what another number says too."""
        outputs, found = self._outputs(passage.path), self.shown_by(passage, id)
        if outputs is None or found is None:
            return None
        one = self._proposal(passage, number, outputs, found, "")
        return replace(one, id=id, fits=True, holds=True, doubtful=False)

    def _paired(self, passage: Passage, number: Untied, shown: Shown, outputs: Outputs) -> Iterator[Proposal]:
        """Give what two outputs together explain: both are recorded."""

        def agrees(text: str, found: Evidence, unit: str) -> bool:
            return fitted.agrees(text, found, unit, passage.lang)

        if shown.is_range and shown.level is None and (level := clauses.level_before(number)) is not None:
            shown = replace(shown, level=Fraction(level))
        beside = shares(number, shown, clauses.around(number), outputs.evidence, passage.lang)
        for pair in (*nearest(pairs(number, shown, outputs.evidence, agrees)), *beside):
            one, other = (
                replace(self._proposal(passage, number, outputs, each, pair.unit), like=text)
                for each, text in zip((pair.first, pair.second), pair.texts, strict=True)
            )
            if pair.kind == "limits":
                yield replace(one, evidence=replace(one.evidence, part=""), like="", holds=True)
                continue
            if pair.kind == "interval":
                yield self._interval(passage, shown, pair, one, other)
                continue
            if pair.kind == "room":
                id = f"{one.id.removesuffix('.mean')}.{'se' if is_error(pair.second) else 'sd'}"
                yield replace(one, more=(replace(other, id=id),), holds=True)
                continue
            yield self._of_both(passage, pair, one, other)

    def _interval(
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

    def _portions(
        self, passage: Passage, number: Untied, shown: Shown, outputs: Outputs
    ) -> Iterator[Proposal]:
        """Give the shares of counts against which nothing in the sentence speaks."""
        paragraph = clauses.paragraph(passage, number)
        for pair in portions(number, shown, clauses.around(number)[1], outputs.evidence, passage.lang):
            shared, support, fits = outputs.judged(pair.first, number, paragraph)
            if fits and support >= RARE and (not pair.first.rows or pair.first.rows & shared):
                one = self._shared(passage, number, outputs, pair)
                yield replace(one, fits=False, doubtful=not pair.texts[1])

    def _shared(self, passage: Passage, number: Untied, outputs: Outputs, pair: Pair) -> Proposal:
        one, other = (
            self._proposal(passage, number, outputs, each, "") for each in (pair.first, pair.second)
        )
        return self._of_both(passage, pair, one, other)

    def _of_both(self, passage: Passage, pair: Pair, one: Proposal, other: Proposal) -> Proposal:
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

    def _proposal(
        self, passage: Passage, number: Untied, outputs: Outputs, found: Evidence, unit: str
    ) -> Proposal:
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

    def is_name(self, passage: Passage, number: Untied) -> bool:
        """Whether a small number is the name of a row of a table that its notebook shows, or the like."""
        outputs = self._outputs(passage.path)
        return is_name(passage, number, outputs.rows if outputs is not None else ())

    def _outputs(self, path: str) -> Outputs | None:
        notebook = self._notebooks.get(path)
        if notebook is None or not is_python(notebook):
            return None
        if path not in self._known:
            self._known[path] = Outputs.of(notebook)
            self._ids.taken.update(each.id for each in self._known[path].records)
        return self._known[path]
