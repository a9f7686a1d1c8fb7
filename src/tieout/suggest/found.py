"""All that `tieout suggest` finds: the proposals, the plan that writes them, what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tieout.ledger import Ledger
from tieout.notebooks import Notebook
from tieout.problems import Problem
from tieout.prose import untied
from tieout.suggest.holding import held_in
from tieout.suggest.imports import Import, imports
from tieout.suggest.listing import following, listing, tally
from tieout.suggest.plan import plan_suggestions
from tieout.suggest.search import suggest
from tieout.suggest.suggestion import Suggestion
from tieout.update.changes import Plan
from tieout.workspace import Workspace


@dataclass(frozen=True)
class Found:
    """What was found for numbers without a tie.

    Parameters
    ----------
    suggestions
        One for each of the numbers.
    imported
        What other tools compute into prose.
    problems
        What cannot be taken over from them, and what has to be tied by hand.
    plan
        What is to be written; None where nothing was asked to be.
    """

    suggestions: Sequence[Suggestion]
    imported: Sequence[Import]
    problems: Sequence[Problem]
    plan: Plan | None

    @classmethod
    def of(
        cls,
        workspace: Workspace,
        write: bool,
        likely: bool,
        may_run: bool = False,
        progress: Callable[[str], None] = lambda _message: None,
    ) -> Found:
        """Look through a report; plan what is certain, and with ``likely`` what is only that.

        Parameters
        ----------
        may_run
            Whether notebooks may be run, to say what their variables hold.
        progress
            Is told which is run.
        """
        ledger = Ledger.of(workspace)
        held = held_in(_untied_in(ledger), workspace.project, may_run, progress)
        suggestions = suggest(ledger, held)
        taken = {each.likely.id for each in suggestions if each.likely}
        imported, problems = imports(workspace.sources, frozenset(ledger) | taken)
        plan = plan_suggestions(workspace, suggestions, imported, likely) if write or likely else None
        return cls(suggestions, imported, (*problems, *(plan.problems if plan else ())), plan)

    @property
    def is_to_write(self) -> bool:
        """Whether anything is to be written."""
        return self.plan is not None and bool(self.plan.changes)

    def __len__(self) -> int:
        """Return how many numbers have no tie."""
        return len(self.suggestions) + len(self.imported)

    def said(self, first: Found, write: bool, likely: bool) -> Iterator[str]:
        """Give in lines what is left, after what was found at first; the last says what comes next."""
        yield from map(str, self.imported)
        yield from listing(self.suggestions, write, likely)
        if not first:
            yield "Every number is tied."
        elif first.plan is not None and not first.is_to_write:
            yield "No tie to change."
        if first:
            tied = len(first) - len(self)
            said = (tally(self.suggestions, write, likely, tied), following(self.suggestions, write, likely))
            yield ". ".join(filter(None, said))


def _untied_in(ledger: Ledger) -> Mapping[str, Notebook]:
    """Return the notebooks that have numbers without a tie."""
    passages = (each for _, passages in ledger.sources.chapters for each in passages)
    named = {each.path for each in passages if untied(each.markdown, each.lang, each.literal)}
    return {name: each for name, each in ledger.sources.notebooks.items() if name in named}
