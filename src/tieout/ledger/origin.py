"""Says in words where a number is from: the text that states it, the place there, and the work it cites."""

from __future__ import annotations

from tieout.data import Facts
from tieout.data.sourcetext import place
from tieout.ledger.entries import Entry


def origin(entry: Entry, facts: Facts) -> str:
    """Return where an entry is stated; empty for what no source states.

    Where the data package names the text that its locators are places of, that text states the number, and
    may cite another work for it: ``stated in the article, section 2, paragraph 1, which cites Frost &
    Sullivan (2024)``. Else the places are those of the work itself.
    """
    if not entry.source:
        return ""
    document = facts.package.document
    work = facts.bibliography.get(entry.source)
    cited = work.citation if work else entry.source
    own = not document.key or document.key == entry.source
    name = document.name if document.key else cited
    places = "; ".join(place(locator) for locator in dict.fromkeys(entry.locators))
    said = f"stated in {', '.join(part for part in (name, places) if part)}"
    return said if own else f"{said}, which cites {cited}"
