"""Walks pandoc's tree of a chapter's source and collects what its page, or its part of the PDF, must show."""

from __future__ import annotations

import base64
import re
import urllib.parse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from os.path import normpath
from pathlib import PurePosixPath
from typing import Any

from tieout.audit import fragments
from tieout.audit.assembled import TABLES, Assembled
from tieout.audit.dom import SPOKEN, published
from tieout.audit.flow import NOTE, Flow, Item, clip, plain, simple, straight, without_notes
from tieout.audit.syntax import (
    SPACE,
    Display,
    Node,
    captions_first,
    closing,
    formulas,
    labels,
    notes_apart,
    stringify,
    uncited,
    unescape,
    without_attributes,
)
from tieout.markdown.conditions import is_shown

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
# Code that shows how code is written.
SHOWN_FENCE = re.compile(r"^(\s*`{3,}\s*)\{(\{+\s*[A-Za-z].*?\}+)\}[ \t]*$", re.MULTILINE)
CODE = re.compile(r"(?<!`)(`+) ?([^`]+?) ?\1(?!`)")  # its words are in an alternative text
MARGIN = frozenset(("aside", "margin-aside", "column-margin"))


class Reader:
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
        self.headings: list[str] = []
        self.linked = False

    # Blocks

    def block(self, node: Node) -> None:
        """Take in one block."""
        kind, content = node["t"], node.get("c")
        handler = getattr(self, f"_{kind.lower()}", None)
        if handler:
            handler(content)

    def blocks(self, nodes: Sequence[Node]) -> None:
        """Take in blocks."""
        for node in captions_first(nodes):
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
        self.headings.append(plain(stringify(notes_apart(content[2], []))))
        self._plain(notes_apart(content[2], notes))
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
        self._code([None, SHOWN_FENCE.sub(r"\1\2", without_notes(text))])
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
            " ".join(stringify(uncited(block["c"])) for block in caption[1] if "c" in block),
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
        if {"tieout-cell", "tieout-output"} & set(names):
            self.style = replace(self.style, source=attributes.get("source", ""))
        if "tieout-caption" in names:
            self.style = replace(style, nature="prose", where="caption")
            self.caption = " ".join(stringify(uncited(block["c"])) for block in blocks if "c" in block)
        if attributes.get("title") and any(each.startswith("callout") for each in names):
            self._plain_text(attributes["title"])
        if attributes.get("name") and (re.match(r"[a-z]{3}-", name) or PROOFS & set(names)):
            self._plain_text(attributes["name"])
        said = next(
            (attributes[key] for key in ("fig-cap", "tbl-cap", "lst-cap") if attributes.get(key)), None
        )
        is_float = re.match(r"(fig|tbl|lst)-", name) is not None
        if "list-table" in names:
            blocks = [without_attributes(block) for block in blocks]
        if is_float and said:
            self._plain_text(said)
            self.caption = said
        elif (is_float or "list-table" in names) and len(blocks) > 1 and blocks[-1]["t"] == "Para":
            blocks = [blocks[-1], *blocks[:-1]]
            self.caption = stringify(uncited(blocks[0]["c"]))
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
            end = closing(node, rest)
            if end is None:
                self._inline(node)
            else:  # keys and samples are code, as on pages
                self._code([None, stringify(rest[:end])])
                del rest[: end + 1]

    def _without_label(self, nodes: list[Node]) -> list[Node]:
        """Return what follows a formula without its label; words for those who cannot see it are heard."""
        first = 1 if nodes and nodes[0]["t"] in ("Space", "SoftBreak") else 0
        for end in range(first + 1, len(nodes) + 1):
            text = stringify(nodes[first:end])
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
        self.flow.add(replace(self.style, kind="math", text=simple(LOGO.sub(r"\\text{\1}", content[1]))))

    def _rawinline(self, content: list[Any]) -> None:
        form, text = content
        if form == "typst":
            self.raw.append(text)
        image = fragments.picture(text) if form == "html" and self.form != "html" else None
        if image is not None:  # which paper has too
            self._picture(image.get("src"), image.get("alt") or "")
            return
        linked = fragments.from_web(text) if form == "html" and not self._shows() else None
        if linked is not None:
            self.flow.text(linked.get("alt") or linked.get("src"), self.style)
            return
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
        shown = is_shown(names, pairs, self.form, metadata)
        if not shown and content is not None:
            self.hidden.update(labels(content))
        return shown

    def _hear(self, attributes: Mapping[str, str]) -> None:
        said = [text for name in SPOKEN if (text := attributes.get(name))]
        self.spoken += [*said, *(PLAIN_TIE.sub(self._without_tie, text) for text in said if "tie:" in text)]

    def _without_tie(self, found: re.Match[str]) -> str:
        """Return what a tie shows in a text without links."""
        return unescape(found[1]) or self.display(found[2].removeprefix("tie:"))

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
                stringify(part)
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
        if "numref" in content[0][1]:  # a section, called by its number
            self.flow.add(replace(self.style, kind="reference", key=target.rpartition("#")[2]))
            return
        if not target.startswith("tie:"):
            outer, self.linked = self.linked, True
            self._inlines(content[1])
            self.linked = outer
            return
        name = target.removeprefix("tie:")
        shown = plain(stringify(content[1])) or plain(self.display(name))
        found = tuple(formulas(content[1]))
        self.flow.add(replace(self.style, kind="tie", key=name, text=shown, formulas=found))

    def _image(self, content: list[Any]) -> None:
        (_, _, pairs), inlines, (address, title) = content
        attributes = dict(pairs)
        self.spoken.append(title)
        if VIDEO.search(address):
            self._hear(attributes)
            return
        alt = attributes.get("fig-alt") or attributes.get("alt")
        if WEB.match(address) and not self._shows():  # a link: pages load nothing from elsewhere
            own = unescape(alt) if alt else stringify(uncited(inlines))
            captioned = not alt and not self.linked and plain(own) == plain(self.caption)
            self.flow.text((not captioned and own) or address, self.style)
            return
        optional = False
        nested = Reader(self.source, self.display, self.keys, self.lang)
        nested.style = replace(self.style, nature="prose", where="alternative text")
        if self.alt is not None:
            nested._alternative([inline for block in self.alt for inline in (*block.get("c", []), SPACE)])
            self.alt = None
        elif alt:
            nested._plain_text(CODE.sub(r"\2", alt))
        elif inlines:
            nested._alternative(inlines)
            nested.shown = stringify(uncited(inlines), self.display)
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

    def _shows(self) -> bool:
        """Whether a page has a picture from the web: one of a trusted chapter's own text."""
        own = self.form == "html" and self.style.nature != "output"
        return own and self.source.project.trusts(self.source.chapter.path)

    shown = ""

    def _alternative(self, inlines: list[Node]) -> None:
        """Take in a text that a page holds as an attribute: ties are plain text there."""
        self._inlines(inlines)
        self.shown = stringify(inlines, self.display)

    def _plain_text(self, text: str) -> None:
        """Take in Markdown that stands in an attribute."""
        self.flow.end()
        rest = 0
        shown = ""
        for found in PLAIN_TIE.finditer(text):
            before = unescape(text[rest : found.start()])
            name = found[2].removeprefix("tie:")
            tied = unescape(found[1]) or self.display(name)
            self.flow.text(before, self.style)
            self.flow.add(replace(self.style, kind="tie", key=name, text=plain(tied)))
            shown += before + tied
            rest = found.end()
        tail = unescape(text[rest:])
        self.flow.text(tail, self.style)
        self.shown = shown + tail
        self.flow.end()

    def _fingerprint(self, address: str) -> str:
        if WEB.match(address):
            return f"missing {address}"
        if address.startswith("tieout:"):
            return address.removeprefix("tieout:")
        inline = DATA.match(address)
        if inline:
            content = urllib.parse.unquote_to_bytes(inline[2])
            return published(base64.b64decode(content) if inline[1] else content)
        address = urllib.parse.unquote(re.split("[?#]", address, maxsplit=1)[0])
        folder = PurePosixPath(".") if address.startswith("/") else self.source.folder
        files, name = self.source.project.files, PurePosixPath(normpath(folder / address.lstrip("/")))
        if ".." in name.parts:  # what lies outside the project is not published
            return f"missing {address}"
        if name.name and not name.suffix:
            endings = (name.with_name(name.name + end) for end in (".png", ".svg", ".jpg", ".jpeg", ".webp"))
            name = next((each for each in endings if files.exists(each)), name)
        return (
            published((files.root / name).read_bytes())
            if name.name and files.exists(name)
            else f"missing {address}"
        )

    def _note(self, blocks: list[Node]) -> None:
        nested, outer, style = Flow(self.lang), self.flow, self.style
        self.flow, self.style = nested, replace(style, where=NOTE)
        self.blocks(blocks)
        nested.end()
        self.flow, self.style = outer, style
        self.flow.add(*nested.items)

    def _span(self, content: list[Any]) -> None:
        (_, names, pairs), inlines = content
        attributes = dict(pairs)
        self._hear(attributes)
        if not self._holds(names, pairs):
            return
        if "kbd" in names:
            self._code([None, stringify(inlines)])
            return
        style = self.style
        if "waived" in names:
            self.style = replace(style, waived=attributes.get("reason") or "no reason")
        self._inlines(inlines)
        self.style = style
