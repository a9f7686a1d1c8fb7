"""What the page of a chapter must show: the flow of its source, from its Markdown and stored outputs.

Pandoc's reader parses the Markdown, because both engines read with it; nothing of how an engine writes
pages is used here, so that an error in the writing cannot hide itself.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import lxml.etree

from tieout.audit.assembled import Assembled
from tieout.audit.chapter import Reader
from tieout.audit.dom import publishable
from tieout.audit.flow import Flow, Item, numbers_in, plain
from tieout.audit.lazily import Lazily
from tieout.audit.syntax import Display
from tieout.machine import TooMuch, run
from tieout.machine.asked import digest
from tieout.machine.pandoc import command
from tieout.machine.store import key_of, version
from tieout.problems import InputError
from tieout.project import Chapter, Project

LABELLED = re.compile(r"([a-z]{3}|eq)-.")


@dataclass(frozen=True)
class Drawn:
    """What the cells of a chapter draw.

    Parameters
    ----------
    path
        The chapter's file.
    figures
        The label of each picture that has one, with its fingerprint.
    published
        The hashes of all pictures, as a site has them.
    """

    path: str
    figures: Sequence[tuple[str, str]]
    published: Sequence[str]


@dataclass(frozen=True)
class Expected:
    """The flow of one chapter's source.

    Parameters
    ----------
    path
        The chapter's file, relative to the project.
    items
        Its flow.
    pictures
        How many numbers each picture shows that its cells store, by its fingerprint.
    published
        The hashes of these pictures, as a site has them.
    markdown
        The chapter as one Markdown text, outputs included.
    paper
        The flow of its source as the PDF shows it, which parts for one format only make another.
    spoken
        The texts of its attributes: titles of links and pictures, what raw HTML says beside its text.
    markers
        The numbers of its lists, which pages leave to the browser and the PDF writes.
    raw
        What is written in the PDF's own language; how it is shown is not known.
    lists_works
        Whether the list of references stands in it.
    shifted
        The kinds of labels (`fig`) of which some stand in one format only: the two count them apart.
    headings
        The headings that paper alone has.
    unprinted
        The headings that pages alone have.
    asked
        The files of the project that it follows from.
    """

    path: str
    items: tuple[Item, ...]
    pictures: Mapping[str, int] = field(default_factory=dict)
    published: tuple[str, ...] = ()
    markdown: str = field(default="", repr=False)
    paper: tuple[Item, ...] = ()
    spoken: frozenset[str] = frozenset()
    markers: tuple[int, ...] = ()
    raw: tuple[str, ...] = ()
    lists_works: bool = False
    shifted: frozenset[str] = frozenset()
    headings: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()
    asked: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def drawn(self) -> Drawn:
        """What its cells draw."""
        shown = [each for each in self.items if each.kind == "picture" and each.key in self.pictures]
        figures = [(each.where, each.key) for each in shown if each.where]
        return Drawn(self.path, figures, self.published)


def expect(
    project: Project, display: Display, keys: Iterable[str], paper: str = "typst", lifts: bool = False
) -> Mapping[str, Expected]:
    """Return what the page of every chapter must show, by its address in the site, each when it is asked for.

    Parameters
    ----------
    project
        The book.
    display
        Gives the text that fills an empty tie, by the tie's target.
    keys
        The keys of the works that can be cited.
    paper
        The format of the PDF, of `tieout.markdown.conditions`.
    lifts
        Whether the engine sets a chapter's title above text that stands before it.

    Raises
    ------
    InputError
        When it is asked for a chapter that cannot be read.
    """
    works = frozenset(keys)
    chapters = {chapter.href: chapter for chapter in project.chapters}
    return Lazily(
        chapters, lambda href: expect_chapter(project, chapters[href], display, works, paper, lifts)
    )


def expect_chapter(
    project: Project,
    chapter: Chapter,
    display: Display,
    keys: frozenset[str],
    paper: str = "typst",
    lifts: bool = False,
) -> Expected:
    """Return what the page of one chapter must show."""
    with project.files.asking() as asked:
        expected = _expected(project, chapter, display, keys, paper, lifts)
    return replace(expected, asked=frozenset(asked))


def _expected(
    project: Project, chapter: Chapter, display: Display, keys: frozenset[str], paper: str, lifts: bool
) -> Expected:
    source = Assembled(project, chapter)
    markdown = source.markdown()
    blocks = _parse(markdown, str(chapter.path), project)["blocks"]
    if lifts and project.kind.is_book:
        title = next((each for each in blocks if each["t"] == "Header"), None)
        blocks.sort(key=lambda each: each is not title)
    read = {form: Reader(source, display, keys, project.lang, form) for form in ("html", paper)}
    for reader in read.values():
        reader.blocks(blocks)
        reader.flow.end()
    hidden = next(_headings(blocks), None)
    for form, reader in read.items() if lifts else ():
        if hidden and not reader.headings:  # the title stands in another format alone, and over both
            read[form] = Reader(source, display, keys, project.lang, form)
            read[form].blocks([hidden, *blocks])
            read[form].flow.end()
    page, printed = read["html"], read[paper]
    named = _named(chapter, project.lang) if all(each["t"] != "Header" for each in blocks) else []
    return Expected(
        str(chapter.path),
        tuple(_placed(source.text, [*named, *page.flow.items])),
        {name: _numbers_in(data) for name, data in source.pictures.items()},
        tuple(digest(publishable(data)) for data in source.pictures.values()),
        markdown,
        tuple(_placed(source.text, [*named, *printed.flow.items])),
        frozenset(map(plain, page.spoken)),
        tuple(printed.markers),
        tuple(printed.raw),
        page.lists_works,
        frozenset(found[1] for name in page.hidden ^ printed.hidden if (found := LABELLED.match(name))),
        tuple((Counter(printed.headings) - Counter(page.headings)).elements()),
        tuple((Counter(page.headings) - Counter(printed.headings)).elements()),
    )


def _headings(blocks: Any) -> Iterator[Any]:
    """Give the headings of a chapter, those in divs too."""
    for block in blocks:
        if block["t"] == "Header":
            yield block
        elif block["t"] == "Div":
            yield from _headings(block["c"][1])


def _named(chapter: Chapter, lang: str) -> list[Item]:
    """Return what the name of a file says that stands in for a chapter's title, where an engine does that."""
    flow = Flow(lang)
    flow.text(chapter.path.stem, Item("text", "", "", optional=True))
    flow.end()
    return flow.items


def _parse(markdown: str, name: str, project: Project) -> Any:
    key = key_of("audit", version("pypandoc_binary"), markdown)
    known = project.steps.recall("audit", key)
    if known is not None:
        return json.loads(known)
    try:
        done = run(
            [*command(), "-f", "markdown", "-t", "json"],
            data=markdown.encode(),
            limits=project.limits,
        )
    except TooMuch as error:
        hint = "split the chapter, or raise `tieout: limits:` in _quarto.yml"
        raise InputError(f"pandoc {error} with it", hint, path=name, rule="limit") from None
    if done.status:
        said = plain(done.err.decode(errors="replace"))
        raise InputError(
            f"pandoc cannot read it: {said}", "correct its Markdown", path=name, line=1, rule="pandoc"
        )
    project.steps.keep("audit", key, done.out, name, parts={"its text": markdown})
    return json.loads(done.out)


def _placed(text: str, items: Sequence[Item]) -> Iterator[Item]:
    """Give each item its line in the file: ties by their targets in order, others near the last tie."""
    lines = text.splitlines()
    line = 1
    counts: dict[str, int] = {}
    places: dict[str, list[int]] = {}
    for number, content in enumerate(lines, start=1):
        for target in re.findall(r"\(tie:([^)\s]+?)\)", content):
            places.setdefault(target, []).append(number)
    for item in items:
        if item.kind == "tie":
            at = counts.get(item.key, 0)
            counts[item.key] = at + 1
            known = places.get(item.key, [])
            line = known[min(at, len(known) - 1)] if known else line
        yield replace(item, line=line)


def _numbers_in(data: bytes) -> int:
    """Return how many numbers a drawing shows, as text; none in a picture of dots."""
    if b"<svg" not in data[:400]:
        return 0
    try:
        tree = lxml.etree.fromstring(data, lxml.etree.XMLParser(resolve_entities=False, no_network=True))
    except lxml.etree.XMLSyntaxError:
        return 0
    spoken = [node for node in tree.iter() if str(node.tag).rpartition("}")[2] in ("text", "title", "desc")]
    return sum(numbers_in("".join(map(str, node.itertext()))) for node in spoken)
