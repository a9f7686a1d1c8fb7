"""What of a page the PDF shows otherwise: parts for one format only, list numbers, mathematics, references.

The two media number, set and leave out some things in their own ways. What is understood of that is said
here, for each page; whatever else differs is a mistake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from tieout.audit.dom import Element, target_of, text_of
from tieout.audit.expected import Expected
from tieout.audit.flow import GAP, NOTE, Item, digits, single_digits
from tieout.audit.labels import shows_title
from tieout.audit.page import Mark, Page, Tie
from tieout.audit.pages import Site
from tieout.audit.typeset import UNSHOWN, tex_signs
from tieout.audit.visible import hidden_by

SHOWN = ("heading", "caption", "subcaption", "reference", "equation", "citation", "code note")
TEXTS = ("tie", "number", "code")


@dataclass(frozen=True)
class Paper:
    """What the PDF shows of a page.

    Parameters
    ----------
    ties
        The ties, in order.
    numbers
        The runs of digits that it must show.
    formulas
        The digits of its mathematics, one by one: where they stand is the typesetter's.
    free
        Runs of digits that it may show, as those of raw Typst.
    missing
        Runs of digits that it need not show.
    headings
        The headings that it alone has, which are numbered there.
    """

    ties: tuple[Tie, ...]
    numbers: Counter[str]
    formulas: Counter[str]
    free: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    headings: tuple[str, ...] = ()


def papers(site: Site, expected: Mapping[str, Expected]) -> dict[str, Paper]:
    """Return what the PDF shows of every page, by its address."""
    pages = list(site.pages.values())
    shifted = {href: each.shifted for href, each in expected.items() if each.shifted}
    at_end = not any(each.lists_works for each in expected.values())
    result = {page.href: _paper(page, expected.get(page.href), site, at_end) for page in pages}
    for page in pages if shifted else ():
        result[page.href] = _counted_apart(page, result[page.href], site, shifted)
    if site.engine.sets_its_own_paper(site.project):
        return {page.href: _in_its_form(page, result[page.href], site) for page in pages}
    if at_end and pages:
        works: dict[str, str] = {}
        for page in pages:
            for entry in _entries(page):
                works.setdefault(entry.get("id") or "", text_of(entry))
        result[pages[-1].href].numbers.update(digits(*works.values()))
    return result


def _paper(page: Page, source: Expected | None, site: Site, at_end: bool) -> Paper:
    numbers = Counter(_shown(page, site, at_end))
    free: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    ties = page.ties
    if source is not None:
        numbers.update(digits(*map(str, source.markers)))
        free.update(digits(*source.raw))
        gone, come = _changes(source.items, source.paper)
        for item in gone:
            numbers.subtract(digits(_words(item)) if item.kind in TEXTS else ())
            missing.update(_numbers_of(item, page, site))
        for item in come:
            numbers.update(digits(_words(item)) if item.kind in TEXTS else ())
            free.update(_numbers_of(item, page, site))
        if gone or come:
            ties = tuple(_ties(page.ties, source.paper))
    if page.href == site.titled:
        free.update(digits(str(site.project.chapters[0].number)))
    if page.told:
        ties = tuple(sorted((*ties, *page.told), key=lambda tie: tie.line))
    return Paper(ties, +numbers, _formulas(page, source), free, missing, source.headings if source else ())


def _counted_apart(page: Page, paper: Paper, site: Site, shifted: Mapping[str, frozenset[str]]) -> Paper:
    """Let numbers of labels differ where some of their kind stand in one format only."""
    numbers, missing, free = Counter(paper.numbers), Counter(paper.missing), Counter(paper.free)
    for mark in page.marks:
        href, label = (
            page.href,
            next((each.get("id") for each in _around(mark.element) if each.get("id")), ""),
        )
        if mark.kind == "reference":
            target = target_of(page.href, mark.element.get("href"))
            href, label = target or (href, "")
        elif mark.kind not in ("caption", "equation"):
            continue
        kind = label.partition("-")[0]
        if kind not in shifted.get(href, ()):
            continue
        shown = digits(mark.text)
        numbers.subtract(shown)
        missing.update(shown)
        total = sum(other.kind in ("caption", "equation") for other in site.pages[href].marks)
        free.update({**dict.fromkeys(map(str, range(1, 2 * total + 10)), 9), **dict.fromkeys(shown[:-1], 9)})
    if page.href in shifted:  # what stands on paper alone
        label = site.label(page.href, "")
        free.update(dict.fromkeys(digits(label.number if label else ""), 99))
        free.update(dict.fromkeys(map(str, range(1, 20)), 9))
    return replace(paper, numbers=+numbers, missing=missing, free=free)


def _around(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _in_its_form(page: Page, paper: Paper, site: Site) -> Paper:
    """Leave to Quarto's own form of the PDF what it writes otherwise.

    It cites by number and lists works at the end; floats of a chapter without number are those of chapter 0.
    """
    cited = [mark.text for mark in page.marks if mark.kind == "citation"]
    for kind, element in page.appendices.items():
        if kind == "references":
            cited += [text_of(element)]
        else:
            cited += [text_of(node) for node in element.iter("span") if node.get("data-cites")]
    label = site.label(page.href, "")
    floats = sum(mark.kind in ("caption", "reference", "equation") for mark in page.marks)
    free = Counter({str(number): len(cited) for number in range(1, len(site.works.fields) + 1)})
    free["0"] += 0 if label and label.number else 2 * floats
    return replace(paper, free=paper.free + free, missing=paper.missing + Counter(digits(*cited)))


def _shown(page: Page, site: Site, at_end: bool) -> Iterator[str]:
    """Give the runs of digits that a page shows in its text, and the PDF has in its place."""
    for item in page.items:
        if item.kind in TEXTS:
            yield from digits(_words(item))
    for mark in page.marks:
        if mark.kind == "reference":
            yield from digits(_printed(mark, page, site))
        elif mark.kind in SHOWN:
            yield from digits(mark.text)
    for kind, element in page.appendices.items():
        if kind == "ledger":
            continue  # a table of its own form there
        if kind != "references" or not (at_end or hidden_by(element)):
            yield from digits(text_of(element))


def _printed(mark: Mark, page: Page, site: Site) -> str:
    """Return what paper shows for a cross-reference: a number where the page may show a title instead."""
    target = target_of(page.href, mark.element.get("href"))
    label = site.label(*target) if target and site.engine.names_sections else None
    return label.number if label and label.number and shows_title(mark, label) else mark.text


def _entries(page: Page) -> Iterator[Element]:
    """Give the works that a page lists."""
    for node in page.appendices["references"].iter() if "references" in page.appendices else ():
        if (node.get("id") or "").startswith("ref-"):
            yield node


def _changes(page: Sequence[Item], paper: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Return what of a source pages alone show, and what the PDF alone."""
    left, right = [item.identity for item in page], [item.identity for item in paper]
    gone: list[Item] = []
    come: list[Item] = []
    if left != right:
        for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            if tag != "equal":
                gone += page[a:b]
                come += paper[c:d]
    return gone, come


def _numbers_of(item: Item, page: Page, site: Site) -> Iterator[str]:
    """Give the numbers that an engine may write for a citation or a cross-reference."""
    if item.kind == "citation":
        for key in item.key.split():
            yield from digits(*site.works.fields.get(key, {}).values(), item.context)
    elif item.kind == "reference":
        label = next((label for href in site.pages if (label := site.label(href, item.key))), None)
        yield from digits(label.number, label.words) if label else digits(item.key)


def _ties(ties: Sequence[Tie], paper: Sequence[Item]) -> Iterator[Tie]:
    """Give the ties of a page as the PDF has them: without those for pages only, with its own."""
    wanted = [item for item in paper if item.kind == "tie"]
    left = [(tie.target, tie.shown, tie.noted) for tie in ties]
    right = [(item.key, item.text, item.where == NOTE) for item in wanted]
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ties[a:b]
        else:
            for item in wanted[c:d]:
                printed = " ".join((_words(item), *map(tex_signs, item.formulas))) if item.formulas else None
                yield Tie(item.key, item.text, None, item.line or 1, None, printed, item.where == NOTE)


def _words(item: Item) -> str:
    """Return the text of an item without the formulas in it."""
    text = item.text
    for tex in item.formulas:
        text = text.replace(tex, GAP, 1)
    return text


def _formulas(page: Page, source: Expected | None) -> Counter[str]:
    shown = [mark.text for mark in page.marks if mark.kind == "math"]
    written = [tex for item in page.items for tex in _tex(item)]
    if len(shown) != len(written):  # formulas that a script shows: their TeX is all there is
        shown = [UNSHOWN.sub("", text) for text in written]
    result = Counter(digit for text in shown for digit in single_digits(text))
    if source is not None:
        gone, come = _changes(source.items, source.paper)
        result.subtract(_of_formulas(gone))
        result.update(_of_formulas(come))
    return +result


def _of_formulas(items: Sequence[Item]) -> list[str]:
    return [digit for item in items for tex in _tex(item) for digit in single_digits(UNSHOWN.sub("", tex))]


def _tex(item: Item) -> tuple[str, ...]:
    return (item.text,) if item.kind == "math" else item.formulas
