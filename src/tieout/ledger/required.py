"""Which numbers of a report need a tie: all, those that say what the ledger says, or none.

`tieout: require:` says so in `_quarto.yml`, or in the header of a chapter. Where nothing does, a project asks
for no tie until it has one, and then for all that its prose says; years, *per 100,000 people*, and what
cells show of themselves, frames and summaries, need none unless `all` is written down.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tieout import numerals
from tieout.ledger.ledger import Ledger
from tieout.project import ALL, NONE, Require

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[–—/-](?:(?:1[5-9]|20)\d\d|\d\d))?")  # *1935–1954*, *2023/24* too
FEW = 2  # fewer digits than these agree with too much by chance


@dataclass(frozen=True)
class Required:
    """The rule for every page of a report.

    Parameters
    ----------
    ledger
        The ledger, whose entries are results.
    pages
        The rule of a chapter by the address of its page.
    said
        The pages for which a rule is written down that asks for ties.
    """

    ledger: Ledger
    pages: Mapping[str, Require]
    said: frozenset[str] = frozenset()
    _results: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, ledger: Ledger) -> Required:
        """Read the rule of each chapter."""
        project = ledger.project
        tied = any(passage.scan.ties for passage in ledger.sources.passages)
        usual = project.require or (ALL if tied else NONE)
        written = {each.href: each.require or project.require for each in project.chapters}
        said = frozenset(page for page, rule in written.items() if rule not in (None, NONE))
        return cls(ledger, {page: rule or usual for page, rule in written.items()}, said)

    def asks(
        self, page: str, text: str, lang: str = "en", *, output: bool = False, base: bool = False
    ) -> bool:
        """Whether a number that a page shows without a tie should have one.

        Parameters
        ----------
        output
            Whether a cell shows it: a table of a hundred numbers agrees with many entries by chance, and only
            ``all`` asks for ties there.
        base
            Whether it says for how many a rate is stated: *per 100,000 people*.
        """
        rule = self.pages.get(page, ALL)
        if not self.is_strict(page) and (output or self._is_free(text, base)):
            return False
        return rule == ALL or (rule != NONE and not output and self._is_result(text, lang))

    def spares(self, page: str, text: str, lang: str = "en", *, base: bool = False) -> bool:
        """Whether a number of a page's prose needs no tie for what it is: a year, none of the results.

        Where no tie is asked for at all, others count as numbers that have none yet.
        """
        if self.pages.get(page, ALL) == NONE:
            return self._is_free(text, base)
        return not self.asks(page, text, lang, base=base)

    @staticmethod
    def _is_free(text: str, base: bool) -> bool:
        return base or _YEAR.fullmatch(text) is not None

    def is_strict(self, page: str) -> bool:
        """Whether a rule is written down that asks for ties on a page: for years too, and what cells show."""
        return page not in self.pages or page in self.said

    def _is_result(self, text: str, lang: str) -> bool:
        """Whether a number says what an entry says."""
        key = text, lang
        if key not in self._results:
            telling = sum(map(str.isdigit, text)) >= FEW and numerals.parse(text, lang) is not None
            self._results[key] = telling and any(
                entry.quantity is not None and numerals.says(text, entry.quantity, lang)
                for entry in self.ledger.values()
            )
        return self._results[key]
