"""What the PDF shows of every page: what of a page it is compared with, and what others mean for that.

Where some floats stand in one format alone, the numbers of others differ; works are listed on their page, or
at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from tieout.audit.flow import digits
from tieout.audit.pages import Site
from tieout.audit.sheet import Sheet


def papers(site: Site, sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """Return the sheet of every page as the whole book has it, by its address."""
    shifted = {href: frozenset(each.shifted) for href, each in sheets.items() if each.shifted}
    at_end = not any(each.lists_works for each in sheets.values())
    result = {href: sheet if at_end else _with_works(sheet) for href, sheet in sheets.items()}
    if shifted:
        result = {href: _counted_apart(href, result, site, shifted) for href in result}
    if at_end and result and not site.engine.sets_its_own_paper(site.project):
        works: dict[str, str] = {}
        for sheet in reversed([*result.values()]):  # of two of one name, the first counts
            works |= sheet.works
        last = [*result][-1]
        numbers = result[last].numbers + Counter(digits(*works.values()))
        result[last] = replace(result[last], numbers=numbers)
    return result


def _with_works(sheet: Sheet) -> Sheet:
    return replace(sheet, numbers=sheet.numbers + Counter(sheet.listing)) if sheet.listing else sheet


def _counted_apart(
    href: str, sheets: Mapping[str, Sheet], site: Site, shifted: Mapping[str, frozenset[str]]
) -> Sheet:
    """Let numbers of labels differ where some of their kind stand in one format only."""
    sheet = sheets[href]
    numbers, missing, free = Counter(sheet.numbers), Counter(sheet.missing), Counter(sheet.free)
    for _, page, kind, shown in sheet.counted:
        if kind not in shifted.get(page, ()):
            continue
        numbers.subtract(shown)
        missing.update(shown)
        total = sum(counts for counts, *_ in sheets[page].counted)
        free.update({**dict.fromkeys(map(str, range(1, 2 * total + 10)), 9), **dict.fromkeys(shown[:-1], 9)})
    if href in shifted:  # what stands on paper alone
        label = site.label(href, "")
        free.update(dict.fromkeys(digits(label.number if label else ""), 99))
        free.update(dict.fromkeys(map(str, range(1, 20)), 9))
    return replace(sheet, numbers=+numbers, missing=missing, free=free)
