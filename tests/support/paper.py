"""Pages of a PDF as readers see them: where chapters begin, and how full each page is."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pypdfium2

TOP, FOOT = 80, 74  # points of a page that running heads and page numbers take


def starts(reader: pypdf.PdfReader) -> list[int]:
    """Return the pages that chapters begin on, from 0."""
    return [
        number
        for each in reader.outline
        if not isinstance(each, list) and (number := reader.get_destination_page_number(each)) is not None
    ]


def thin_pages(path: Path) -> list[tuple[int, float]]:
    """Return the pages, from 1, that are less than half full and not the last of a chapter, and how full."""
    first = starts(pypdf.PdfReader(path))
    last = {number - 1 for number in first}
    document = pypdfium2.PdfDocument(path)
    thin = []
    for number in range(first[0], len(document) - 1):
        page = document[number]
        bottoms = [low for each in page.get_objects() if (low := each.get_bounds()[1]) > FOOT]
        room = page.get_height() - TOP - FOOT
        filled = (page.get_height() - TOP - min(bottoms)) / room
        if filled < 0.5 and number not in last:
            thin.append((number + 1, filled))
    return thin
