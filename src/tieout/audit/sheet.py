"""What of a page the PDF is compared with, as plain data: a page that is as it was need not be read for it.

The two media number, set and leave out some things in their own ways. What is understood of that is said
here, for each page; whatever else differs is a mistake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from tieout.audit.dom import (
    HEADING_NUMBERS,
    HEADINGS,
    Element,
    classes,
    content_of,
    is_raw,
    is_title,
    is_unsaid,
    target_of,
    text_of,
)
from tieout.audit.expected import Expected
from tieout.audit.flow import GAP, NOTE, Item, digits, single_digits
from tieout.audit.labels import shows_title
from tieout.audit.lazily import Lazily
from tieout.audit.order import ordered
from tieout.audit.page import Mark, Page, Tie
from tieout.audit.pages import Site
from tieout.audit.typeset import UNSHOWN, tex_signs
from tieout.audit.visible import hidden_by
from tieout.audit.wording import CONCERNED, links_under

SHOWN = ("heading", "caption", "subcaption", "reference", "equation", "citation", "code note")
TEXTS = ("tie", "number", "code")
COUNTED = ("caption", "equation", "reference")


@dataclass(frozen=True)
class Sheet:
    """What of a page the PDF is compared with.

    Parameters
    ----------
    ties
        The ties, in order.
    listed
        The numbers that findings list: links to their entries.
    numbers
        The runs of digits that it must show, but for those of a list of works.
    formulas
        The digits of its mathematics, one by one: where they stand is the typesetter's.
    free
        Runs of digits that it may show, as those of raw Typst.
    missing
        Runs of digits that it need not show.
    listing
        The runs of digits of the works that the page lists.
    works
        What it says of these, by their ids.
    counted
        What counts floats and formulas or refers to them: whether it counts, the page and the kind of what
        it counts, its digits.
    order
        The numbers in reading order: of the text, the notes, the captions, cells over rows.
    repeated
        The digits in heads of tables.
    outline
        The number, the words and the level of each heading.
    places
        The words of headings, by their ids.
    addresses
        What links lead to.
    pictures
        The files of its pictures, and what they are said to show.
    lists_works
        Whether its source asks for the list of works.
    shifted
        The kinds of labels of which some stand in one format alone.
    alone, unprinted
        The headings that paper alone has, which are numbered there, and those that it does not have.
    is_apart
        Whether paper has other pictures than the page.
    untold
        How many cross-references have numbers that paper alone has.
    """

    ties: tuple[Tie, ...]
    listed: tuple[Tie, ...]
    numbers: Counter[str]
    formulas: Counter[str]
    free: Counter[str]
    missing: Counter[str]
    listing: Sequence[str]
    works: Mapping[str, str]
    counted: Sequence[tuple[bool, str, str, Sequence[str]]]
    order: Sequence[Sequence[str]]
    repeated: Sequence[str]
    outline: Sequence[tuple[str, str, int]]
    places: Mapping[str, str]
    addresses: Sequence[str]
    pictures: Sequence[tuple[str, str]]
    lists_works: bool = False
    shifted: Sequence[str] = ()
    alone: Sequence[str] = ()
    unprinted: Sequence[str] = ()
    is_apart: bool = False
    untold: int = 0

    @classmethod
    def of(cls, page: Page, source: Expected | None, site: Site) -> Sheet:
        """Return what of a page, and of its source, the PDF is compared with."""
        sheet = cls(
            ties=tuple(_bare(page.ties)),
            listed=tuple(_bare(_listed(page, site))),
            numbers=Counter(_shown(page, site)),
            formulas=_formulas(page, source),
            free=Counter(),
            missing=Counter(),
            listing=[number for node in _lists(page) for number in digits(text_of(node))],
            works={entry.get("id") or "": text_of(entry) for entry in reversed([*_entries(page)])},
            counted=[*_counted(page)],
            order=ordered(page),
            repeated=sorted(set(digits(*(text_of(node) for node in page.tree.iter("th"))))),
            untold=_untold(page, site),
            outline=[*_outline(page, site)],
            places=_places(page, site),
            addresses=sorted({link.get("href") or "" for link in page.tree.iter("a")}),
            pictures=[*_pictures(page)],
        )
        if source is not None:
            sheet = _with_source(sheet, page, source, site)
        if _numbers_apart(page.href, site) == "pages":
            sheet.numbers.subtract(digits(*(number for number, _, _ in sheet.outline)))
            sheet = replace(sheet, outline=[("", words, level) for _, words, level in sheet.outline])
        if page.href == site.titled:
            sheet.free.update(digits(str(site.project.chapters[0].number)))
        if site.engine.sets_its_own_paper(site.project):
            _in_its_form(sheet, page, site)
        sheet = replace(sheet, numbers=+sheet.numbers)
        if not page.told:
            return sheet
        return replace(sheet, ties=tuple(sorted((*sheet.ties, *_bare(page.told)), key=lambda tie: tie.line)))

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Sheet:
        """Read what `written` returned."""
        ties = {name: tuple(Tie(**each) for each in data[name]) for name in ("ties", "listed")}
        counters = {name: Counter(data[name]) for name in ("numbers", "formulas", "free", "missing")}
        return cls(**{**data, **ties, **counters})

    def written(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**vars(self), **{name: [*map(asdict, vars(self)[name])] for name in ("ties", "listed")}}


def sheets(site: Site, expected: Mapping[str, Expected]) -> Mapping[str, Sheet]:
    """Return what of each page the PDF is compared with, by address, each when it is asked for."""
    return Lazily(site.pages, lambda href: Sheet.of(site.pages[href], expected.get(href), site))


def _bare(ties: Iterable[Tie]) -> Iterator[Tie]:
    """Give ties apart from the page that they stand on."""
    return (replace(tie, element=None, hidden=None) for tie in ties)


def _with_source(sheet: Sheet, page: Page, source: Expected, site: Site) -> Sheet:
    numbers, free, missing = sheet.numbers, sheet.free, sheet.missing
    numbers.update(digits(*map(str, source.markers)))
    free.update(digits(*source.raw))
    gone, come = _changes(source.items, source.paper)
    for item in gone:
        numbers.subtract(digits(_words(item)) if item.kind in TEXTS else ())
        missing.update(_numbers_of(item, page, site))
    for item in come:
        numbers.update(digits(_words(item)) if item.kind in TEXTS else ())
        free.update(_numbers_of(item, page, site))
    return replace(
        sheet,
        ties=tuple(_ties(sheet.ties, source.paper)) if gone or come else sheet.ties,
        lists_works=source.lists_works,
        shifted=sorted(source.shifted),
        alone=source.headings,
        unprinted=source.unprinted,
        is_apart=_drawn(source.items) != _drawn(source.paper),
    )


def _drawn(items: Sequence[Item]) -> list[str]:
    return [item.key for item in items if item.kind == "picture"]


def _counted(page: Page) -> Iterator[tuple[bool, str, str, Sequence[str]]]:
    for mark in page.marks:
        if mark.kind not in COUNTED:
            continue
        href, label = page.href, _label_of(mark.element)
        if mark.kind == "reference":
            href, label = target_of(page.href, mark.element.get("href")) or (href, "")
        yield mark.kind != "reference", href, label.partition("-")[0], digits(mark.text)


def _label_of(element: Element) -> str:
    """Return the id of an element, or of the nearest around it that has one."""
    around = (element, *element.iterancestors())
    return next((each.get("id") for each in around if each.get("id")), "")


def _in_its_form(sheet: Sheet, page: Page, site: Site) -> None:
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
    sheet.free.update({str(number): len(cited) for number in range(1, len(site.works.fields) + 1)})
    sheet.free["0"] += 0 if label and label.number else 2 * sum(mark.kind in COUNTED for mark in page.marks)
    sheet.missing.update(digits(*cited))


def _shown(page: Page, site: Site) -> Iterator[str]:
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
        if kind not in ("ledger", "references"):  # the ledger is a table of its own form there
            yield from digits(text_of(element))


def _lists(page: Page) -> Iterator[Element]:
    """Give the list of works where the page shows it."""
    found = page.appendices.get("references")
    if found is not None and not hidden_by(found):
        yield found


def _printed(mark: Mark, page: Page, site: Site) -> str:
    """Return what paper shows for a cross-reference: a number where the page may show a title instead.

    Nothing where paper alone has numbers, which are not known here.
    """
    target = target_of(page.href, mark.element.get("href"))
    label = site.label(*target) if target else None
    if target is None or label is None or not label.words:
        return mark.text
    match _numbers_apart(target[0], site):
        case "paper" if shows_title(mark, label):
            return ""
        case "pages":
            return label.words
    named = site.engine.names_sections and label.number and shows_title(mark, label)
    return label.number if named else mark.text


def _numbers_apart(href: str, site: Site) -> str:
    """Return which medium alone numbers the headings of a chapter, ``pages`` or ``paper``; empty for both."""
    chapter = next((each for each in site.project.chapters if each.href == href), None)
    if chapter is None:
        return ""
    pages, paper = (site.project.numbers_sections(form, chapter) for form in ("html", "typst"))
    return "" if pages == paper else "pages" if pages else "paper"


def _untold(page: Page, site: Site) -> int:
    """Count the cross-references of a page whose numbers paper alone has."""
    marks = [mark for mark in page.marks if mark.kind == "reference"]
    return sum(bool(mark.text) and not _printed(mark, page, site) for mark in marks)


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


def _outline(page: Page, site: Site) -> Iterator[tuple[str, str, int]]:
    """Give the number, the words and the level of each heading of a page's text."""
    nodes = list(content_of(page.tree).iter(*HEADINGS))
    if site.engine.knows_all:
        nodes = [node for node in nodes if not is_raw(node)]
    if not any(map(is_title, nodes)):  # a home page named like the book has that title alone
        nodes = [*page.tree.xpath("//main//h1")[:1], *nodes]
    chapter = site.label(page.href, "")
    own = [node for node in nodes if is_title(node)][-1:]  # a home page may have the book's before it
    ledger = page.appendices.get("ledger")
    inside = frozenset(ledger.iter()) if ledger is not None else frozenset()
    for node in nodes:
        if node in own and chapter is not None:
            yield chapter.number, chapter.said, 1
        elif node.tag != "h1" or site.engine.knows_all:
            number = next((text_of(each) for each in node.iter() if classes(each) & HEADING_NUMBERS), "")
            # The ledger's groups are in no contents: paper has it as a table; nor is what says so itself.
            level = 3 if node in inside or "unlisted" in classes(node) else int(node.tag[1])
            yield number, text_of(node, is_unsaid), level


def _places(page: Page, site: Site) -> dict[str, str]:
    """Return the words of the headings of a page by their ids; those of the ledger's rows are apart."""
    found: dict[str, str] = {}
    rows = page.appendices.get("ledger")
    inside = frozenset(rows.iter()) if rows is not None else frozenset()
    for node in (each for each in content_of(page.tree).iter(*HEADINGS) if each not in inside):
        label = site.label(page.href, "") if is_title(node) else None
        words = label.said if label and not site.engine.knows_all else text_of(node, is_unsaid)
        for name in _ids(node):
            found.setdefault(name, words)
    return found


def _ids(node: Any) -> list[str]:
    own = [node.get("id")] + [each.get("id") for each in node.iter() if each is not node]
    around = node.getparent()
    return [name for name in (*own, around.get("id") if around is not None else None) if name]


def _pictures(page: Page) -> Iterator[tuple[str, str]]:
    for image in page.tree.iter("img"):
        target = target_of(page.href, image.get("src"))
        if target:
            yield target[0], image.get("alt") or ""


def _listed(page: Page, site: Site) -> Iterator[Tie]:
    """Give the numbers that findings list on their page: links to their entries, on paper as well."""
    if "findings" not in page.appendices:
        return
    for finding in page.appendices["findings"].xpath(".//*[@data-finding]"):
        for link in links_under(finding, CONCERNED, site.project.lang):
            target = target_of(page.href, link.get("href"))
            if target:
                yield Tie(target[1], text_of(link), link, link.sourceline or 1, None)
