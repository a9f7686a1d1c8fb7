"""What the page of a chapter must show: the flow of its source, from its Markdown and stored outputs.

Pandoc's reader parses the Markdown, because both engines read with it; nothing of how an engine writes
pages is used here, so that an error in the writing cannot hide itself.
"""

from __future__ import annotations

import base64
import json
import re
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from tieout.audit import fragments
from tieout.audit.assembled import TABLES, Assembled
from tieout.audit.dom import SPOKEN, published
from tieout.audit.flow import Flow, Item, clip, plain, straight, without_notes
from tieout.machine import TooMuch, run
from tieout.machine.pandoc import executable
from tieout.machine.store import key_of, version
from tieout.machine.workers import workers
from tieout.problems import InputError
from tieout.project import Chapter, Project

EQUATION_LABEL = re.compile(r"^\{#eq-[^}]*\}")
EQUATION_ALT = re.compile(r"""\salt\s*=\s*["']?(.*?)["']?\s*\}$""", re.DOTALL)
VIDEO = re.compile(r"\.(?:mp4|webm|ogv|mov|m4v)$", re.IGNORECASE)
TABLE = re.compile(r"\s*<table[\s>].*</table>\s*", re.DOTALL | re.IGNORECASE)
MORE = re.compile(r"<(?:img|svg|script|style|input|button|iframe)|data-quarto-disable-processing", re.I)
PROOFS = frozenset(("proof", "remark", "solution"))
PLAIN_TIE = re.compile(r"\[((?:\\.|[^\]\\])*)\]\((tie:[^)\s]+)\)")
LOGO = re.compile(r"\\(LaTeX|TeX)(?![A-Za-z])")  # converters of formulas do not know them
WEB = re.compile(r"https?:|//", re.IGNORECASE)
DATA = re.compile(r"data:[\w/+.-]+(?:;(?!base64)[\w=-]+)*(;base64)?,(.*)", re.DOTALL)
FORMS = {"html": {"html", "html4", "html5", "html:js"}, "typst": {"typst", "pdf"}}
Display = Callable[[str], str]
Node = Any


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
        The data of the pictures that its cells store, by fingerprint.
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
    """

    path: str
    items: tuple[Item, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    markdown: str = field(default="", repr=False)
    paper: tuple[Item, ...] = ()
    spoken: frozenset[str] = frozenset()
    markers: tuple[int, ...] = ()
    raw: tuple[str, ...] = ()
    lists_works: bool = False
    shifted: frozenset[str] = frozenset()


def expect(project: Project, display: Display, keys: Iterable[str]) -> dict[str, Expected]:
    """Return what the page of every chapter must show, by the chapter's address in the site.

    Parameters
    ----------
    project
        The book.
    display
        Gives the text that fills an empty tie, by the tie's target.
    keys
        The keys of the works that can be cited.

    Raises
    ------
    InputError
        A chapter cannot be read.
    """
    works = frozenset(keys)
    with ThreadPoolExecutor(workers()) as pool:
        found = pool.map(lambda chapter: expect_chapter(project, chapter, display, works), project.chapters)
        return {chapter.href: each for chapter, each in zip(project.chapters, found, strict=True)}


def expect_chapter(project: Project, chapter: Chapter, display: Display, keys: frozenset[str]) -> Expected:
    """Return what the page of one chapter must show."""
    source = Assembled(project, chapter)
    markdown = source.markdown()
    blocks = _parse(markdown, str(chapter.path), project)["blocks"]
    readers = {form: _Reader(source, display, keys, project.lang, form) for form in ("html", "typst")}
    for reader in readers.values():
        reader.blocks(blocks)
        reader.flow.end()
    page, paper = readers["html"], readers["typst"]
    return Expected(
        str(chapter.path),
        tuple(_placed(source.text, page.flow.items)),
        source.pictures,
        markdown,
        tuple(_placed(source.text, paper.flow.items)),
        frozenset(map(plain, page.spoken)),
        tuple(paper.markers),
        tuple(paper.raw),
        page.lists_works,
        frozenset(name.partition("-")[0] for name in page.hidden ^ paper.hidden),
    )


def _parse(markdown: str, name: str, project: Project) -> Any:
    key = key_of("audit", version("pypandoc_binary"), markdown)
    known = project.steps.recall("audit", key)
    if known is not None:
        return json.loads(known)
    try:
        done = run(
            [executable(), "--sandbox", "-f", "markdown", "-t", "json"],
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
    project.steps.keep("audit", key, done.out, name)
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


SHOWN_FENCE = re.compile(
    r"^(\s*`{3,}\s*)\{\{(.*?)\}\}[ \t]*$", re.MULTILINE
)  # code that shows how code is written
MARGIN = frozenset(("aside", "margin-aside", "column-margin"))


class _Reader:
    """Walks pandoc's tree of a chapter and collects its flow."""

    def __init__(
        self, source: Assembled, display: Display, keys: frozenset[str], lang: str, form: str = "html"
    ) -> None:
        self.source, self.display, self.keys, self.lang, self.form = source, display, keys, lang, form
        self.flow = Flow(lang)
        self.spoken: list[str] = []
        self.markers: list[int] = []
        self.hidden: set[str] = set()
        self.raw: list[str] = []
        self.lists_works = False
        self.style = Item("text", "", "")
        self.alt: list[Node] | None = None
        self.caption = ""

    # Blocks

    def block(self, node: Node) -> None:
        """Take in one block."""
        kind, content = node["t"], node.get("c")
        handler = getattr(self, f"_{kind.lower()}", None)
        if handler:
            handler(content)

    def blocks(self, nodes: Sequence[Node]) -> None:
        """Take in blocks."""
        for node in _captions_first(nodes):
            self.block(node)

    def _plain(self, inlines: list[Node]) -> None:
        """Take in a paragraph; what it says in the margin is read behind it."""
        asides = [node for node in inlines if node["t"] == "Span" and MARGIN & set(node["c"][0][1])]
        self.flow.end()
        self._inlines([node for node in inlines if node not in asides])
        self.flow.end()
        for node in asides:
            self._inlines(node["c"][1])
            self.flow.end()

    _para = _plain

    def _lineblock(self, lines: list[list[Node]]) -> None:
        for line in lines:
            self._inlines(line)
            self.flow.text(" ", self.style)
        self.flow.end()

    def _header(self, content: list[Any]) -> None:
        """Take in a heading, and what its notes say after it: they stand at the text below."""
        notes: list[Node] = []
        self._plain(_without_notes(content[2], notes))
        for note in notes:
            self._note(note["c"])

    def _blockquote(self, blocks: list[Node]) -> None:
        self.blocks(blocks)

    def _bulletlist(self, items: list[list[Node]]) -> None:
        for item in items:
            self.blocks(item)

    def _orderedlist(self, content: list[Any]) -> None:
        (start, style, _), items = content
        if style["t"] in ("DefaultStyle", "Decimal", "Example"):
            self.markers += range(start, start + len(items))
        self._bulletlist(content[1])

    def _definitionlist(self, items: list[Any]) -> None:
        for term, definitions in items:
            self._plain(term)
            self._bulletlist(definitions)

    def _codeblock(self, content: list[Any]) -> None:
        self.flow.end()
        (_, names, pairs), text = content
        if not self._holds(names, pairs, content):
            return
        attributes = dict(pairs)
        if attributes.get("lst-cap"):
            self._plain_text(attributes["lst-cap"])
        if attributes.get("filename"):
            self._code([None, attributes["filename"]])
        self._code([None, SHOWN_FENCE.sub(r"\1{\2}", without_notes(text))])
        self.flow.end()

    def _rawblock(self, content: list[Any]) -> None:
        self.flow.end()
        self._rawinline(content)
        self.flow.end()

    def _table(self, content: list[Any]) -> None:
        _, caption, _, head, bodies, foot = content
        self.blocks(caption[1])
        rows = [*head[1]]
        for body in bodies:
            rows += [*body[2], *body[3]]
        for row in [*rows, *foot[1]]:
            for cell in row[1]:
                self.blocks(cell[4])

    def _figure(self, content: list[Any]) -> None:
        _, caption, blocks = content
        self.blocks(caption[1])
        outer, self.caption = (
            self.caption,
            " ".join(_stringify(block["c"]) for block in caption[1] if "c" in block),
        )
        self.blocks(blocks)
        self.caption = outer

    def _div(self, content: list[Any]) -> None:
        (name, names, pairs), blocks = content
        attributes = dict(pairs)
        self._hear(attributes)
        if name == "refs":
            self.lists_works = True
        if (
            name == "refs"
            or {"tieout-ledger", "tieout-findings"} & set(names)
            or not self._holds(names, pairs, content)
        ):
            return
        if "tieout-alt" in names:
            self.alt = blocks
            return
        style, caption = self.style, self.caption
        if "tieout-cell" in names:
            self.style = replace(style, nature="output", where=attributes.get("label", ""))
        if "tieout-caption" in names:
            self.style = replace(style, nature="prose", where="caption")
            self.caption = " ".join(_stringify(block["c"]) for block in blocks if "c" in block)
        if attributes.get("title") and any(each.startswith("callout") for each in names):
            self._plain_text(attributes["title"])
        if attributes.get("name") and (re.match(r"[a-z]{3}-", name) or PROOFS & set(names)):
            self._plain_text(attributes["name"])
        said = next(
            (attributes[key] for key in ("fig-cap", "tbl-cap", "lst-cap") if attributes.get(key)), None
        )
        is_float = re.match(r"(fig|tbl|lst)-", name) is not None
        if "list-table" in names:
            blocks = [_without_attributes(block) for block in blocks]
        if is_float and said:
            self._plain_text(said)
            self.caption = said
        elif (is_float or "list-table" in names) and len(blocks) > 1 and blocks[-1]["t"] == "Para":
            blocks = [blocks[-1], *blocks[:-1]]
            self.caption = _stringify(blocks[0]["c"])
        self.flow.end()
        self.blocks(blocks)
        self.flow.end()
        self.style = style
        if "tieout-caption" not in names:
            self.caption = caption

    # Inlines

    def _inlines(self, nodes: Iterable[Node]) -> None:
        rest = list(nodes)
        while rest:
            node = rest.pop(0)
            if node["t"] == "Math" and node["c"][0]["t"] == "DisplayMath":
                rest = self._without_label(rest)
            end = _closing(node, rest)
            if end is None:
                self._inline(node)
            else:  # keys and samples are code, as on pages
                self._code([None, _stringify(rest[:end])])
                del rest[: end + 1]

    def _without_label(self, nodes: list[Node]) -> list[Node]:
        """Return what follows a formula without its label; words for those who cannot see it are heard."""
        first = 1 if nodes and nodes[0]["t"] in ("Space", "SoftBreak") else 0
        for end in range(first + 1, len(nodes) + 1):
            text = _stringify(nodes[first:end])
            if not text.startswith("{#eq-"[: len(text)]):
                return nodes
            label = EQUATION_LABEL.match(text)
            if label:
                words = EQUATION_ALT.search(label[0])
                if words:
                    self.spoken.append(words[1])
                rest = text[label.end() :]
                return [*([{"t": "Str", "c": rest}] if rest else []), *nodes[end:]]
        return nodes

    def _inline(self, node: Node) -> None:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            self.flow.text(EQUATION_LABEL.sub("", content), self.style)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            self.flow.text(" ", self.style)
        elif kind in ("Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"):
            self._inlines(content)
        elif kind == "Quoted":
            marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            self.flow.text(marks[0], self.style)
            self._inlines(content[1])
            self.flow.text(marks[1], self.style)
        else:
            getattr(self, f"_{kind.lower()}")(content)

    def _code(self, content: list[Any]) -> None:
        if any(char.isnumeric() for char in content[1]):
            self.flow.add(replace(self.style, kind="code", text=plain(content[1])))

    def _math(self, content: list[Any]) -> None:
        self.flow.add(replace(self.style, kind="math", text=plain(LOGO.sub(r"\\text{\1}", content[1]))))

    def _rawinline(self, content: list[Any]) -> None:
        form, text = content
        if form == "typst":
            self.raw.append(text)
        tabular = form == TABLES or (form == "html" and self._is_table(text))
        if not form.startswith("html") or not plain(text) or (self.form != "html" and not tabular):
            return
        element = fragments.fragment(text)
        if element is None:
            return
        self.spoken += fragments.spoken(element)
        for part in fragments.shown(element):
            if part == fragments.BREAK and tabular:
                self.flow.end()  # numbers of two cells are two
            elif part == fragments.BREAK:
                self.flow.text(" ", self.style)
            elif isinstance(part, str):
                self.flow.text(part, self.style)
            elif part.tag == "img" and form == TABLES:
                self.flow.text(part.get("alt") or "", self.style)
            elif part.tag == "img":
                self._picture(part.get("src") or "", part.get("alt") or "")
            else:
                self._code([None, "".join(part.itertext())])

    def _is_table(self, html: str) -> bool:
        """Whether raw HTML is a table and nothing else, which both formats then have."""
        trusted = self.source.project.trusts(self.source.chapter.path)
        return TABLE.fullmatch(html) is not None and not MORE.search(html) and not trusted

    def _picture(self, address: str, alt: str) -> None:
        """Take in a picture with an alternative text that holds no markup."""
        nested = Flow(self.lang)
        nested.text(alt, replace(self.style, where="alternative text"))
        nested.end()
        text = straight(alt)
        if text:
            item = replace(self.style, kind="alt", text=text, inner=tuple(nested.items), context=clip(text))
            self.flow.add(item)
        self.flow.add(replace(self.style, kind="picture", key=self._fingerprint(address)))

    def _holds(self, names: Sequence[str], pairs: Sequence[Sequence[str]], content: Any = None) -> bool:
        """Whether something is shown in this format; labels of what is not are hidden."""
        metadata = {**self.source.project.configuration.values, **self.source.metadata}
        shown = _shown(names, pairs, self.form, metadata)
        if not shown and content is not None:
            self.hidden.update(_labels(content))
        return shown

    def _hear(self, attributes: Mapping[str, str]) -> None:
        said = [text for name in SPOKEN if (text := attributes.get(name))]
        self.spoken += [*said, *(PLAIN_TIE.sub(self._without_tie, text) for text in said if "tie:" in text)]

    def _without_tie(self, found: re.Match[str]) -> str:
        """Return what a tie shows in a text without links."""
        return _unescape(found[1]) or self.display(found[2].removeprefix("tie:"))

    def _cite(self, content: list[Any]) -> None:
        works: list[str] = []
        for citation in content[0]:
            name = citation["citationId"]
            if name not in self.keys:
                self.flow.add(replace(self.style, kind="reference", key=name[0].lower() + name[1:]))
                self._suffix(citation["citationSuffix"])
            else:
                works.append(name)
        if works:
            extra = [
                _stringify(part)
                for citation in content[0]
                if citation["citationId"] in works
                for part in (citation["citationPrefix"], citation["citationSuffix"])
            ]
            self.flow.add(
                replace(self.style, kind="citation", key=" ".join(works), context=plain(" ".join(extra)))
            )

    def _suffix(self, inlines: list[Node]) -> None:
        if inlines:
            self._inlines(inlines)

    def _link(self, content: list[Any]) -> None:
        target = content[2][0]
        self.spoken.append(content[2][1])
        if not target.startswith("tie:"):
            self._inlines(content[1])
            return
        name = target.removeprefix("tie:")
        shown = plain(_stringify(content[1])) or plain(self.display(name))
        formulas = tuple(_formulas(content[1]))
        self.flow.add(replace(self.style, kind="tie", key=name, text=shown, formulas=formulas))

    def _image(self, content: list[Any]) -> None:
        (_, _, pairs), inlines, (address, title) = content
        attributes = dict(pairs)
        self.spoken.append(title)
        if VIDEO.search(address):
            self._hear(attributes)
            return
        if WEB.match(address):  # a link stands in its place: pages load nothing from elsewhere
            self.flow.text(_stringify(inlines) or address, self.style)
            return
        alt, optional = attributes.get("fig-alt") or attributes.get("alt"), False
        nested = _Reader(self.source, self.display, self.keys, self.lang)
        nested.style = replace(self.style, nature="prose", where="alternative text")
        if self.alt is not None:
            nested._alternative([inline for block in self.alt for inline in (*block.get("c", []), _SPACE)])
            self.alt = None
        elif alt:
            nested._plain_text(alt)
        elif inlines:
            nested._alternative(inlines)
        else:
            nested._plain_text(self.caption)
            optional = True
        nested.flow.end()
        text = plain(nested.shown)
        if text:
            item = replace(
                nested.style,
                kind="alt",
                text=straight(text),
                optional=optional,
                inner=tuple(nested.flow.items),
            )
            self.flow.add(replace(item, context=clip(text)))
        self.flow.add(replace(self.style, kind="picture", key=self._fingerprint(address)))

    shown = ""

    def _alternative(self, inlines: list[Node]) -> None:
        """Take in a text that a page holds as an attribute: ties are plain text there."""
        self._inlines(inlines)
        self.shown = _stringify(inlines, self.display)

    def _plain_text(self, text: str) -> None:
        """Take in Markdown that stands in an attribute."""
        self.flow.end()
        rest = 0
        shown = ""
        for found in PLAIN_TIE.finditer(text):
            before = _unescape(text[rest : found.start()])
            name = found[2].removeprefix("tie:")
            tied = _unescape(found[1]) or self.display(name)
            self.flow.text(before, self.style)
            self.flow.add(replace(self.style, kind="tie", key=name, text=plain(tied)))
            shown += before + tied
            rest = found.end()
        tail = _unescape(text[rest:])
        self.flow.text(tail, self.style)
        self.shown = shown + tail
        self.flow.end()

    def _fingerprint(self, address: str) -> str:
        if address.startswith("tieout:"):
            return address.removeprefix("tieout:")
        inline = DATA.match(address)
        if inline:
            content = urllib.parse.unquote_to_bytes(inline[2])
            return published(base64.b64decode(content) if inline[1] else content)
        address = urllib.parse.unquote(re.split("[?#]", address, maxsplit=1)[0])
        folder = PurePosixPath(".") if address.startswith("/") else self.source.folder
        path = self.source.project.root / folder / address.lstrip("/")
        if not path.suffix:
            endings = (path.with_name(path.name + end) for end in (".png", ".svg", ".jpg", ".jpeg", ".webp"))
            path = next((each for each in endings if each.is_file()), path)
        return published(path.read_bytes()) if path.is_file() else f"missing {address}"

    def _note(self, blocks: list[Node]) -> None:
        nested, outer = Flow(self.lang), self.flow
        self.flow = nested
        self.blocks(blocks)
        nested.end()
        self.flow = outer
        self.flow.add(*nested.items)

    def _span(self, content: list[Any]) -> None:
        (_, names, pairs), inlines = content
        attributes = dict(pairs)
        self._hear(attributes)
        if not self._holds(names, pairs):
            return
        if "kbd" in names:
            self._code([None, _stringify(inlines)])
            return
        style = self.style
        if "waived" in names:
            self.style = replace(style, waived=attributes.get("reason") or "no reason")
        self._inlines(inlines)
        self.style = style


def _labels(tree: Any) -> Iterator[str]:
    """Give what is labelled in a part of pandoc's tree: `fig-x`, `tbl-x`."""
    if isinstance(tree, dict):
        yield from _labels(tree.get("c"))
    elif isinstance(tree, list):
        if len(tree) == 3 and isinstance(tree[0], str) and re.match(r"[a-z]{2,}-.", tree[0]):
            yield tree[0]
        for item in tree:
            yield from _labels(item)


_SPACE = {"t": "Space"}


def _without_notes(tree: Any, notes: list[Node]) -> Any:
    """Return inlines without their notes, which are put into a list."""
    if isinstance(tree, dict):
        return {key: _without_notes(value, notes) for key, value in tree.items()}
    if not isinstance(tree, list):
        return tree
    kept = []
    for item in tree:
        if isinstance(item, dict) and item.get("t") == "Note":
            notes.append(item)
        else:
            kept.append(_without_notes(item, notes))
    return kept


def _captions_first(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return blocks with the caption of each raw figure before what it holds, as pages are read."""
    raw = [str(node["c"][1]).strip().lower() if node["t"] == "RawBlock" else "" for node in nodes]
    result = list(nodes)
    start = 0
    for at, text in enumerate(raw):
        if text.startswith("<figure"):
            start = at + 1
        elif text.startswith("<figcaption") and start:
            end = next((index for index in range(at, len(raw)) if "</figcaption" in raw[index]), at) + 1
            result[start:end] = [*nodes[at:end], *nodes[start:at]]
    return result


def _without_attributes(block: Node) -> Node:
    """Return the caption of a list that is a table without the attributes in braces at its end."""
    if block["t"] != "Para":
        return block
    first = next(
        (at for at, node in enumerate(block["c"]) if node["t"] == "Str" and node["c"].startswith("{")), None
    )
    ends = first is not None and _stringify(block["c"]).rstrip().endswith("}")
    return {"t": "Para", "c": block["c"][:first]} if ends else block


def _closing(node: Node, rest: Sequence[Node]) -> int | None:
    """Return where the raw element that a node opens is closed, if it is one of keys or code."""
    if node["t"] != "RawInline" or not node["c"][0].startswith("html"):
        return None
    name = fragments.opened(node["c"][1])
    if name not in fragments.CODE:
        return None
    ends = (at for at, each in enumerate(rest) if each["t"] == "RawInline" and f"</{name}>" in each["c"][1])
    return next(ends, None)


def _shown(
    names: Sequence[str], pairs: Sequence[Sequence[str]], form: str, metadata: Mapping[str, Any]
) -> bool:
    """Whether a part that is for some formats or some metadata only is shown here.

    Of several values of one key any will do; several keys have to hold together.
    """
    visible, hidden = "content-visible" in names, "content-hidden" in names
    if not (visible or hidden):
        return True
    found: dict[str, bool] = {}
    for key, value in pairs:
        word, _, what = key.partition("-")
        if word in ("when", "unless") and what in ("format", "meta", "profile"):
            fits = what == "format" and bool(FORMS[form] & set(re.split(r"[\s,]+", value)))
            fits = fits or (what == "meta" and _has(metadata, value))
            fits = fits or (what == "profile" and value in (metadata.get("profile") or ()))
            found[key] = found.get(key, False) or fits
    holds = all(fits == key.startswith("when") for key, fits in found.items())
    return holds if visible else not holds


def _has(metadata: Mapping[str, Any], path: str) -> bool:
    value: Any = metadata
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value not in (None, False, "false")


def _formulas(node: Any) -> Iterator[str]:
    """Give the TeX of the formulas in a tree, in order."""
    if isinstance(node, list):
        for each in node:
            yield from _formulas(each)
    elif isinstance(node, dict) and node.get("t") == "Math":
        yield plain(node["c"][1])
    elif isinstance(node, dict):
        yield from _formulas(node.get("c"))


def _stringify(node: Any, display: Display | None = None) -> str:
    """Return the text of a tree, notes left out."""
    if isinstance(node, list):
        return "".join(_stringify(item, display) for item in node)
    if not isinstance(node, dict) or "t" not in node:
        return ""
    kind = node["t"]
    content: Any = node.get("c")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "Math"):
        return str(content[1])
    if kind == "Quoted":
        marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
        return marks[0] + _stringify(content[1], display) + marks[1]
    if kind in ("Note", "RawInline"):
        return ""
    if kind == "Link" and display and content[2][0].startswith("tie:") and not content[1]:
        return display(content[2][0].removeprefix("tie:"))
    return _stringify(
        [item for item in content if isinstance(item, list | dict)] if isinstance(content, list) else [],
        display,
    )


def _unescape(text: str) -> str:
    return re.sub(
        r"\\([!-/:-@\[-`{-~])", r"\1", re.sub(r"(?<!\\)(\*{1,2}|__?)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    )
