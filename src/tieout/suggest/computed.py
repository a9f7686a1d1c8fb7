"""Proposes for a number of the prose the output that explains it, and the line that records it.

A wrong tie is worse than none. A proposal is sure only where exactly one output fits: by value, as rounded in
the prose; by words, none of which speaks for another output; and by place, in the same notebook.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tieout import numerals
from tieout.notebooks import Notebook
from tieout.numbers import PERCENT, POINT
from tieout.prose import Passage, Untied
from tieout.suggest import clauses, fitted
from tieout.suggest.across import rows_compared, told_before
from tieout.suggest.cells import is_python
from tieout.suggest.combined import (
    COMPARING,
    combined,
    compares,
    is_mere_share,
    lies_apart,
    may_lie_between,
)
from tieout.suggest.drafts import Drafts
from tieout.suggest.estimates import terms_before
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import NAMES_OF_STATISTICS
from tieout.suggest.further import of_year_before, per_one, rows_added
from tieout.suggest.holding import Held
from tieout.suggest.ids import Ids
from tieout.suggest.meanings import is_half_within, is_median, is_raw_beside_model, may_be_fit
from tieout.suggest.naming import heads, in_table, is_name
from tieout.suggest.nearmiss import nearest
from tieout.suggest.outputs import Outputs
from tieout.suggest.preferred import preferred
from tieout.suggest.proposal import (
    BESIDE,
    COUNTED,
    FEW,
    RARE,
    Proposal,
    digits_of,
    in_form,
    ranked,
)
from tieout.suggest.remainders import PLAIN, remainders
from tieout.suggest.rivals import (
    column_of,
    is_beside_its_row,
    is_percentage,
    of_its_row,
    of_named_column,
    of_named_test,
    told_apart,
)
from tieout.suggest.saidunits import converted
from tieout.suggest.settling import settled_by_value
from tieout.suggest.titles import titled
from tieout.suggest.together import counted, families, paired
from tieout.suggest.toldin import in_scale

FEWEST = 2  # rows of a column that is told by its other row, and digits that say something
_NUMBERS = ("number", "year", "range", "word", "formula")


class Computed:
    """The outputs of a report's notebooks, as explanations of its prose.

    Parameters
    ----------
    notebooks
        The notebooks by name.
    taken
        The ids that exist.
    held
        What their variables hold, where that is known; see `tieout.suggest.holding`.
    """

    def __init__(
        self,
        notebooks: Mapping[str, Notebook],
        taken: frozenset[str],
        held: Mapping[str, Mapping[int, Held]] = {},
    ) -> None:
        self._notebooks = notebooks
        self._holding = held
        self._held = taken
        self._known: dict[str, Outputs] = {}
        self._ids = Ids(notebooks, taken)
        self._drafts = Drafts(self._ids)
        self._found: dict[tuple[Passage, Untied, frozenset[str]], tuple[Proposal, ...]] = {}

    def proposals(
        self, passage: Passage, number: Untied, beside: Collection[str] = ()
    ) -> tuple[Proposal, ...]:
        """Return the outputs of its notebook that a number agrees with, best first.

        ``beside`` are the ids of families that other numbers of the sentence surely belong to.
        """
        key = passage, number, frozenset(beside)
        if key not in self._found:
            self._found[key] = self._proposed(passage, number, beside)
        return self._found[key]

    def _proposed(self, passage: Passage, number: Untied, beside: Collection[str]) -> tuple[Proposal, ...]:
        outputs = self._outputs(passage.path)
        if outputs is None or passage.output is not None:
            return ()
        found = self._proposals(passage, number, beside, outputs)
        if outputs.is_whole and digits_of(number) >= FEWEST and not any(each.fits for each in found):
            others = self._proposals(passage, number, beside, outputs, others=True)
            if digits_of(number) < FEW:
                others = tuple(each for each in others if each.evidence.is_exact)
            found = others if not found or any(each.fits for each in others) else found
        is_choice = outputs.is_whole and self.in_code(passage, number) is not None
        if is_choice and not any(each.evidence.is_exact for each in found):
            return ()  # *days with more than 3,000 rides* are of no mean of 3,043
        return found

    def _proposals(
        self,
        passage: Passage,
        number: Untied,
        beside: Collection[str],
        outputs: Outputs,
        others: bool = False,
    ) -> tuple[Proposal, ...]:
        """Return those that nothing says to be something else, or with ``others`` the others."""
        headings = heads(passage, number)
        number = in_table(passage, number)
        whole = tuple(families(self._drafts, passage, number, outputs))
        if whole or number.kind not in _NUMBERS:
            return whole
        shown = numerals.parse(number.text, passage.lang)
        if shown is None:
            return ()
        found = list(paired(self._drafts, passage, number, shown, outputs))
        if found or shown.is_range:
            return ranked(found)
        per = shown.figures[0].per
        units = ["", shown.unit] if shown.unit else ["", f"per {per:,}"] if per > 1 else [""]
        units += outputs.units.scaled(shown)
        full = outputs.units.in_full(shown) if digits_of(number) >= FEW else []
        wide = fitted.rated(number, passage.lang)
        units = [wide.unit or "", *units] if wide else units
        guessed = outputs.units.guessed_scales(shown) if digits_of(number) > FEW else []
        is_compared, is_apart = compares(number, passage.lang), lies_apart(number)
        around = numerals.Context(*clauses.around(number))
        is_half, is_long = is_half_within(number), digits_of(number) >= FEW
        hedged = fitted.hedged(number, shown, passage.lang)
        clause = clauses.clause(*clauses.around(number)) - PLAIN
        held = {each.known_as for id, each in outputs.recorded.items() if id in self._held}
        terms = terms_before(number, outputs.evidence)
        is_tens = wide is None and f"{per}".strip("0") == "1"
        for each in outputs.evidence:
            if is_tens and fitted.is_far(number, shown, each):
                continue
            if terms and each.term is not None and (each.expression, each.term) not in terms:
                continue
            is_middle = is_half and is_median(each)
            is_other = not is_middle and outputs.is_other(each, number, passage.lang)
            if is_other is not others or each.known_as in held:
                continue
            if clauses.names_another_test(number, each.test) or (is_apart and not may_lie_between(each)):
                continue
            own = converted(each, shown) if wide is None else ""
            given = (*units[::-1], *guessed) if not each.number else (*units, *guessed)
            given = (*given, *(() if each.is_exact else full))
            if own:
                given = (*units, own) if shown.unit is None else (own,)
            for unit in filter(lambda unit: unit is not None, given):  # 0.0 is a hundred times itself
                if not outputs.units.may_be_in(each, unit or ""):
                    continue
                is_said = each.words & COMPARING or is_percentage(each) or (outputs.is_whole and is_long)
                if is_compared and not is_said and each.rows:
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
                texts += [hedged] if hedged and each.words & clause else []
                if each.number < 0:
                    named = replace(each.in_unit(), label=titled(each))
                    falls = clauses.is_lowered(number) or numerals.is_fall(named, around)
                    texts += [f"-{number.text}"] if falls else []
                is_rate = wide is not None and unit == wide.unit
                texts = [wide.text] if wide and is_rate else texts
                agrees = any(fitted.may_agree(text, each, unit or "", passage.lang) for text in texts)
                if agrees or fitted.is_bound(number, shown, each, unit or "", passage.lang):
                    one = self._drafts.of(passage, number, outputs, each, unit or "")
                    one = in_form(one, wide.text) if wide and is_rate else one
                    one = in_form(one, clauses.bounded(number)) if is_p else one
                    is_of_term = each.term is not None and bool(terms)
                    more = BESIDE if is_of_term or (one.id in beside and each.part is not None) else 0.0
                    one = replace(one, fits=one.holds and not one.doubtful) if is_of_term else one
                    one = replace(one, support=one.support + more + (COUNTED if is_middle else 0.0))
                    if is_compared and is_raw_beside_model(number, each):
                        one = replace(one, fits=False, doubtful=True)
                    if own and unit == own and digits_of(number) < FEWEST:
                        one = replace(one, fits=False, doubtful=True)  # *2 hours* of 95 minutes
                    if (unit and unit in guessed) or fitted.is_rough(shown, each, unit or ""):
                        one = replace(one, fits=False, doubtful=one.doubtful or unit not in guessed)
                    if is_p and each.part is None and clauses.is_beside_interval(number):
                        one = replace(one, doubtful=False)  # what else its row shows stands beside it
                    other = "" if is_p else fitted.left_open(texts[0], each, unit or "", passage.lang)
                    if not agrees:
                        like = numerals.format(each.in_unit(unit or ""), number.text, passage.lang)
                        one = replace(one, fits=False, like=like)  # *over 2,470* may be said of much
                    elif other:  # was 48.5 a little less, or more?
                        unnamed = not one.shared - NAMES_OF_STATISTICS
                        doubtful = one.doubtful or unnamed or each.is_coarse
                        one = replace(one, fits=False, doubtful=doubtful, other=other)
                    found.append(one)
                    break
        if not any(each.evidence.words & clause for each in found):
            left = list(remainders(number, shown, outputs.evidence, passage.lang))
            if left:  # *18% did not survive* is no other share of 18%
                return tuple(self._drafts.compared(passage, number, outputs, each, False) for each in left)
        found = told_apart(of_named_test(found, number, outputs.tests), number)
        found = of_its_row(found, *headings) if headings is not None else of_named_column(found, number)
        found = in_scale(preferred(found, number, shown, outputs.known_as), shown)
        known = {each.evidence.number for each in found if each.evidence.turn is None}
        found = [each for each in found if each.evidence.turn is None or each.evidence.number not in known]
        if not any(each.fits for each in found):
            found += counted(self._drafts, passage, number, shown, outputs)
        if not all(each.code for each in found):
            found = [each for each in found if not (each.counts and each.doubtful)]
        if outputs.is_whole and passage.cell is not None:
            found = settled_by_value(found, number, passage.cell)
        elif digits_of(number) < FEW and not fitted.is_only_count(number, found):
            # It agrees with something in each notebook.
            found = [each for each in found if each.support + RARE * each.evidence.is_alone >= RARE]
        return ranked(found)

    def _is_of_interval(self, found: Evidence, number: Untied, outputs: Outputs) -> bool:
        """Whether a p-value stands beside an interval, and beside no other number of this output's row."""
        beside = clauses.is_beside_interval(number)
        return beside and not is_beside_its_row(found, number, outputs.evidence)

    def explains(self, passage: Passage, number: Untied) -> bool:
        """Whether an expression of several numbers tells of one family that its notebook shows."""
        outputs = self._outputs(passage.path)
        return (
            outputs is not None
            and passage.output is None
            and any(families(self._drafts, passage, number, outputs))
        )

    def is_whole(self, passage: Passage) -> bool:
        """Whether all is known that the variables of its notebook hold."""
        outputs = self._outputs(passage.path)
        return outputs is not None and outputs.is_whole

    def combined(self, passage: Passage, number: Untied, beside: Sequence[Evidence]) -> tuple[Proposal, ...]:
        """Return the pairs of outputs that a number compares, of those that its sentence shows."""
        outputs = self._outputs(passage.path)
        shown = numerals.parse(number.text, passage.lang)
        if outputs is None or shown is None or passage.output is not None:
            return ()
        found = list(combined(number, shown, beside, passage.lang, outputs.units.scaled(shown)))
        found = found or list(of_year_before(number, shown, beside, outputs.evidence, passage.lang))
        found = found or list(per_one(number, shown, beside, passage.lang))
        return tuple(self._drafts.compared(passage, number, outputs, each, len(found) == 1) for each in found)

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
        made = (self._drafts.compared(passage, number, outputs, each, False) for each in found)
        return tuple(replace(each, doubtful=len(found) > 1) for each in made)

    def in_code(self, passage: Passage, number: Untied) -> tuple[str, str] | None:
        """Return what a number is in the code, and that code; None where it is not in it."""
        outputs = self._outputs(passage.path)
        shown = numerals.parse(number.text, passage.lang) if number.kind == "number" else None
        if outputs is None or shown is None or shown.is_range:
            return None
        said = Fraction(shown.figures[0].number) * Fraction(shown.figures[0].scale)
        return next(((why, code) for value, why, code in outputs.constants if value == said), None)

    def nearly(self, passage: Passage, number: Untied) -> str:
        """Return in words which output a number that nothing explains nearly says; empty for none."""
        outputs = self._outputs(passage.path)
        return nearest(outputs, number, passage.lang) if outputs and passage.output is None else ""

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
            self._drafts.of(passage, number, outputs, each, unit)
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
        one = self._drafts.of(passage, number, outputs, found, "")
        return replace(one, id=id, fits=True, holds=True, doubtful=False)

    def is_name(self, passage: Passage, number: Untied) -> bool:
        """Whether a small number is the name of a row of a table that its notebook shows, or the like."""
        outputs = self._outputs(passage.path)
        return is_name(passage, number, outputs.rows if outputs is not None else ())

    def _outputs(self, path: str) -> Outputs | None:
        notebook = self._notebooks.get(path)
        if notebook is None or not is_python(notebook):
            return None
        if path not in self._known:
            self._known[path] = Outputs.of(notebook, self._holding.get(path))
            self._ids.taken.update(each.id for each in self._known[path].records)
        return self._known[path]
