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
from tieout.prose import Passage, Untied
from tieout.suggest import columns, fitted
from tieout.suggest.across import rows_compared, told_before
from tieout.suggest.cells import is_python
from tieout.suggest.combined import (
    combined,
)
from tieout.suggest.drafts import Drafts
from tieout.suggest.evidence import Evidence
from tieout.suggest.explained import explained
from tieout.suggest.further import of_year_before, per_one, rows_added
from tieout.suggest.holding import Held
from tieout.suggest.ids import Ids
from tieout.suggest.lined import lined
from tieout.suggest.naming import is_name
from tieout.suggest.nearmiss import nearest
from tieout.suggest.outputs import Outputs
from tieout.suggest.proposal import (
    FEW,
    NEEDED,
    Proposal,
    digits_of,
    in_form,
)
from tieout.suggest.together import families
from tieout.suggest.ways import is_named, lines_of

FEWEST = 2  # rows of a column that is told by its other row, and digits that say something


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
        found = explained(self._drafts, self._held, passage, number, beside, outputs)
        if outputs.is_whole and digits_of(number) >= FEWEST and not any(each.fits for each in found):
            others = explained(self._drafts, self._held, passage, number, beside, outputs, others=True)
            if digits_of(number) < FEW:
                others = tuple(each for each in others if each.evidence.is_exact)
            found = others if not found or any(each.fits for each in others) else found
        is_choice = outputs.is_whole and self.in_code(passage, number) is not None
        if is_choice and not any(each.evidence.is_exact for each in found):
            return ()  # *days with more than 3,000 rides* are of no mean of 3,043
        return found

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

    def lined(self, passage: Passage, number: Untied, beside: Sequence[Evidence]) -> tuple[Proposal, ...]:
        """Return the only pair of cells of one line of a table that a number compares, by words and value.

        ``beside`` are the outputs that its sentence surely states.
        """
        outputs = self._outputs(passage.path)
        shown = numerals.parse(number.text, passage.lang)
        if outputs is None or shown is None or passage.output is not None or not outputs.is_whole:
            return ()
        scales = outputs.units.scaled(shown)
        found = lined(number, shown, outputs.lines, beside, passage.lang, scales)
        return (self._drafts.compared(passage, number, outputs, found[0], True),) if len(found) == 1 else ()

    def of_columns(self, passage: Passage, number: Untied) -> tuple[Proposal, ...]:
        """Return the only statistic of a column, or share of its sum, that a number and its words say."""
        outputs = self._outputs(passage.path)
        shown = numerals.parse(number.text, passage.lang)
        if outputs is None or shown is None or passage.output is not None or not outputs.is_whole:
            return ()
        parts = columns.shares(number, shown, outputs.lines, passage.lang)
        if len(parts) == 1:
            return (self._drafts.compared(passage, number, outputs, parts[0], True),)
        middles = [] if parts else columns.middles(number, shown, outputs.lines, passage.lang)
        return (self._of_column(passage, number, outputs, middles[0]),) if len(middles) == 1 else ()

    def range_of(self, passage: Passage, low: Untied, high: Untied) -> tuple[Proposal, Proposal] | None:
        """Return the least and the largest value of the only named column whose range two numbers are."""
        outputs = self._outputs(passage.path)
        ends = [(each, numerals.parse(each.text, passage.lang)) for each in (low, high)]
        if outputs is None or passage.output is not None or not outputs.is_whole:
            return None
        first, last = (
            list(columns.extremes(each, shown, outputs.lines, passage.lang, which)) if shown else []
            for (each, shown), which in zip(ends, ("min", "max"), strict=True)
        )
        pairs = [(one, other) for one in first for other in last if one.column is other.column]
        if len(pairs) != 1:
            return None
        one, other = pairs[0]
        return (
            self._of_column(passage, low, outputs, one),
            self._of_column(passage, high, outputs, other),
        )

    def _of_column(self, passage: Passage, number: Untied, outputs: Outputs, of: columns.Told) -> Proposal:
        one = in_form(self._drafts.of(passage, number, outputs, of.output, of.unit), of.like)
        return replace(one, fits=True, holds=True, doubtful=False, support=max(one.support, NEEDED[1]))

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
        outputs = self._outputs(passage.path)
        if outputs is None or other.code:
            return ()
        shown = numerals.parse(number.text, passage.lang)
        units = dict.fromkeys((other.unit, "") if shown is not None and shown.unit is None else (other.unit,))
        for line in lines_of(other.evidence, outputs.evidence):
            told = [
                (each, [unit for unit in units if fitted.agrees(number.text, each, unit, passage.lang)])
                for each in line
            ]
            found = [self._drafts.of(passage, number, outputs, each, own[0]) for each, own in told if own]
            if len(found) == 1 and (len(line) < FEWEST or is_named(found[0], other)):
                return (replace(found[0], fits=False, holds=True),)
        return ()

    def others_in_line(self, passage: Passage, one: Evidence, other: Evidence) -> int:
        """Return how many cells stand beside one in the line that it shares with another; 0 for no line."""
        outputs = self._outputs(passage.path)
        lines = lines_of(one, outputs.evidence) if outputs is not None else ()
        return next((len(line) for line in lines if other in line), 0)

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
