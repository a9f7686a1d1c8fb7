"""Says in words where a number is from: the text that states it, the place there, and the work it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tieout.data.sourcetext import place
from tieout.ledger.entries import Entry
from tieout.markdown import visible
from tieout.project import say

if TYPE_CHECKING:
    from tieout.ledger.ledger import Ledger


def origin(entry: Entry, ledger: Ledger) -> str:
    """Return where an entry is stated, or in which cell it was computed from what; empty for all else.

    Where the data package names the text that its locators are places of, that text states the number, and
    may cite another work for it: ``stated in the article, section 2, paragraph 1, which cites Frost &
    Sullivan (2024)``. Else the places are those of the work itself. What code computed is ``computed in
    cell 4 of Penguins from data/penguins.csv (344 rows)``.
    """
    if entry.kind == "computed":
        return _computed(entry, ledger)
    if not entry.source:
        return ""
    facts = ledger.facts
    document = facts.package.document
    work = facts.bibliography.get(entry.source)
    cited = work.citation if work else entry.source
    own = not document.key or document.key == entry.source
    name = document.name if document.key else cited
    lang = ledger.project.lang
    places = "; ".join(place(locator, lang) for locator in dict.fromkeys(entry.locators))
    said = f"{say(lang, 'stated in')} {', '.join(part for part in (name, places) if part)}"
    return said if own else f"{said}{say(lang, ', which cites')} {cited}"


def _computed(entry: Entry, ledger: Ledger) -> str:
    chapters = {str(chapter.path): chapter.title for chapter in ledger.project.chapters}
    title = visible(chapters.get(entry.path) or "") or entry.path
    said = f"computed in cell {entry.cell} of {title}"
    *others, last = [read.words for read in entry.reads] or [""]
    if not last:
        return said
    return f"{said} from {', '.join(others)}{' and ' if others else ''}{last}"
