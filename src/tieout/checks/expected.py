"""What the page of a chapter must show: the flow of its source, read from its Markdown and its stored outputs.

Pandoc's reader parses the Markdown, because both engines read with it; nothing of how an engine writes pages is
used here, so that an error in the writing cannot hide itself.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

import lxml.html
import pypandoc

from tieout.checks.flow import Flow, Item, clip, plain, straight
from tieout.checks.page import fingerprint
from tieout.configuration import parse_yaml, read_text
from tieout.frontmatter import load_notebook, source_of, split
from tieout.problems import InputError
from tieout.project import Chapter, Project

EQUATION_LABEL = re.compile(r"^\{#eq-[^ }]+\}")
PLAIN_TIE = re.compile(r"\[((?:\\.|[^\]\\])*)\]\((tie:[^)\s]+)\)")
PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")
OPTION = re.compile(r"^#\|\s?(.*)$")
SHORTCODE = re.compile(r"(?<!\{)\{\{<\s*(\w+)\s+([^<>]*?)\s*>\}\}(?!\})")
ESCAPED = re.compile(r"\{(\{\{<.*?>\}\})\}")
ENGINE = re.compile(
    r"^(`{3,})\s*\{\s*([A-Za-z]\w*)\b(?!=)[^}\n]*\}\s*?\n(.*?)^\1`*[ \t]*$", re.MULTILINE | re.DOTALL
)
VERBATIM = re.compile(r"^(`{3,})[^\n]*shortcodes=\"?false.*?^\1`*[ \t]*$", re.MULTILINE | re.DOTALL)
FENCE = ":" * 12
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
    """

    path: str
    items: tuple[Item, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)


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
    with ThreadPoolExecutor() as pool:
        found = pool.map(lambda chapter: expect_chapter(project, chapter, display, works), project.chapters)
        return {chapter.href: each for chapter, each in zip(project.chapters, found, strict=True)}


def expect_chapter(project: Project, chapter: Chapter, display: Display, keys: frozenset[str]) -> Expected:
    """Return what the page of one chapter must show."""
    source = _Source(project, chapter)
    markdown = source.markdown()
    reader = _Reader(source, display, keys, project.lang)
    for block in _parse(markdown, str(chapter.path))["blocks"]:
        reader.block(block)
    reader.flow.end()
    return Expected(str(chapter.path), tuple(source.place(reader.flow.items)), source.pictures)


def _parse(markdown: str, name: str) -> Any:
    bundled = Path(pypandoc.__file__).parent / "files" / "pandoc"
    program = str(bundled) if bundled.is_file() else str(pypandoc.get_pandoc_path())
    done = subprocess.run(
        [program, "-f", "markdown", "-t", "json"], input=markdown.encode(), capture_output=True, check=False
    )
    if done.returncode:
        said = plain(done.stderr.decode(errors="replace"))
        raise InputError(
            f"pandoc cannot read it: {said}", "correct its Markdown", path=name, line=1, rule="pandoc"
        )
    return json.loads(done.stdout)


class _Source:
    """A chapter's file as one Markdown text, outputs and captions in place."""

    def __init__(self, project: Project, chapter: Chapter) -> None:
        self.project, self.chapter = project, chapter
        self.name = str(chapter.path)
        self.folder = chapter.path.parent
        self.text = read_text(project.root / chapter.path, self.name)
        self.pictures: dict[str, bytes] = {}
        self.metadata: dict[str, Any] = {}

    def markdown(self) -> str:
        """Return the chapter as Markdown."""
        if self.chapter.path.suffix == ".ipynb":
            parts = list(self._notebook())
        else:
            self.metadata, rest, _ = split(self.text, self.name)
            parts = [ENGINE.sub(self._block, self._resolve(rest, self.folder, ()))]
        title = self.metadata.get("title")
        head = [f"# {title}"] if title is not None else []
        return "\n\n".join([*head, *parts]) + "\n"

    def _notebook(self) -> Iterator[str]:
        cells = load_notebook(self.project.root / self.chapter.path, self.name)["cells"]
        header = False
        for cell in cells:
            source, kind = source_of(cell), cell.get("cell_type")
            if kind == "code":
                yield from self._code(cell, source)
            elif kind in ("markdown", "raw"):
                if not header:
                    metadata, rest, _ = split(source, self.name)
                    if metadata:
                        header, self.metadata, source = True, metadata, rest
                mime = cell.get("metadata", {}).get("raw_mimetype") or cell.get("metadata", {}).get("format")
                if kind == "raw" and mime == "text/html":
                    yield f"```{{=html}}\n{source}\n```"
                elif kind == "markdown" or mime is None:
                    yield self._resolve(source, self.folder, ())

    def _default(self, name: str) -> Any:
        for scope in (self.metadata, self.project.formats.get("html", {}), self.project.configuration.values):
            execute = scope.get("execute")
            if isinstance(execute, Mapping) and name in execute:
                return execute[name]
        return None

    def _options(self, source: str) -> tuple[dict[str, Any], str]:
        """Return a cell's options and its code without them."""
        lines = source.splitlines()
        head = 0
        while head < len(lines) and OPTION.match(lines[head]):
            head += 1
        yaml = "\n".join(OPTION.sub(r"\1", line) for line in lines[:head])
        options = parse_yaml(yaml, self.name)[0] if yaml.strip() else {}
        return options if isinstance(options, dict) else {}, "\n".join(lines[head:]).strip("\n")

    def _option(self, options: Mapping[str, Any], name: str, default: Any) -> Any:
        own = options.get(name, self._default(name))
        return default if own is None else own

    def _code(self, cell: Mapping[str, Any], source: str) -> Iterator[str]:
        options, code = self._options(source)
        tags = cell.get("metadata", {}).get("tags", [])

        def option(name: str, default: Any) -> Any:
            return self._option(options, name, default)

        if option("include", True) is False or {"hide-cell", "remove-cell"} & set(tags):
            return
        if option("echo", True) is not False and code and "hide-code" not in tags:
            yield _verbatim(f"```{{python}}\n{code}\n```" if option("echo", True) == "fenced" else code)
        if option("output", True) is False or "hide-output" in tags:
            return
        parts = list(self._outputs(cell, options, option("warning", True) is not False))
        if not parts:
            return
        label = str(options.get("label", "")).lstrip("#")
        captions = [options.get(key) for key in ("fig-cap", "tbl-cap", "lst-cap", "cap")]
        above = [_div("tieout-caption", text) for caption in captions for text in _texts(caption)[:1]]
        subcaptions = _texts(options.get("fig-subcap") or options.get("tbl-subcap"))
        for number, text in enumerate(subcaptions[: len(parts)]):
            parts[number] = _div("tieout-caption", text) + "\n\n" + parts[number]
        yield _div("tieout-cell", "\n\n".join([*above, *parts]), f'data-label="{label}"')

    def _outputs(self, cell: Mapping[str, Any], options: Mapping[str, Any], warning: bool) -> Iterator[str]:
        alts = _texts(options.get("fig-alt"))
        count = 0
        for output in cell.get("outputs", []):
            kind = output.get("output_type")
            if kind == "stream":
                if output.get("name") != "stderr" or warning:
                    yield _verbatim(_joined(output.get("text")).rstrip("\n"))
            elif kind == "error":
                yield _verbatim(f"{output.get('ename')}: {output.get('evalue')}")
            elif kind in ("display_data", "execute_result"):
                data = output.get("data", {})
                if any(mime.startswith("application/vnd.tieout.") for mime in data):
                    continue
                picture = next((mime for mime in PICTURES if mime in data), None)
                if "text/markdown" in data:
                    yield _joined(data["text/markdown"]).strip("\n")
                elif picture:
                    alt = alts[count] if count < len(alts) else ""
                    count += 1
                    yield (_div("tieout-alt", alt) + "\n\n" if alt else "") + self._picture(
                        data[picture], picture
                    )
                elif "text/latex" in data:
                    latex = _joined(data["text/latex"]).strip()
                    yield latex if latex.startswith("$") else f"$$\n{latex}\n$$"
                elif "text/plain" in data:
                    yield _verbatim(_joined(data["text/plain"]).rstrip("\n"))

    def _picture(self, content: Any, mime: str) -> str:
        text = _joined(content)
        if mime == "image/svg+xml":
            data = text.encode()
        else:
            import base64
            import binascii

            try:
                data = base64.b64decode(text)
            except binascii.Error:
                data = text.encode()
        name = fingerprint(data)
        self.pictures[name] = data
        return f"![](tieout:{name})"

    def _resolve(self, text: str, folder: PurePosixPath, stack: tuple[str, ...]) -> str:
        """Put included files and variables in place."""

        def shortcode(found: re.Match[str]) -> str:
            name, rest = found[1], found[2].strip().strip("\"'")
            if name == "include":
                path = PurePosixPath(rest.lstrip("/")) if rest.startswith("/") else folder / rest
                full = self.project.root / path
                if str(path) in stack or not full.is_file():
                    return ""
                return self._resolve(read_text(full, str(path)), path.parent, (*stack, str(path)))
            if name in ("var", "meta"):
                return self._value(name, rest)
            return "" if name == "pagebreak" else found[0]

        done, parts = 0, []
        for verbatim in VERBATIM.finditer(text):
            parts += [SHORTCODE.sub(shortcode, text[done : verbatim.start()]), verbatim[0]]
            done = verbatim.end()
        return ESCAPED.sub(r"\1", "".join([*parts, SHORTCODE.sub(shortcode, text[done:])]))

    def _block(self, found: re.Match[str]) -> str:
        """Return a block of code of a Markdown chapter as pages show it: nothing runs there."""
        options, code = self._options(found[3])
        if self._option(options, "echo", True) is False or self._option(options, "include", True) is False:
            return ""
        return _verbatim(code)

    def _value(self, name: str, key: str) -> str:
        values: Any = {**self.project.configuration.values, **self.metadata}
        if name == "var":
            path = self.project.root / "_variables.yml"
            values = parse_yaml(read_text(path, path.name), path.name)[0] if path.is_file() else {}
        book = values.get("book") if isinstance(values, Mapping) else None
        if name == "meta" and isinstance(book, Mapping):
            values = {**book, **values}
        for part in key.split("."):
            values = values.get(part) if isinstance(values, Mapping) else None
        return "" if values is None else str(values)

    def place(self, items: Sequence[Item]) -> Iterator[Item]:
        """Give each item its line in the file: ties by their targets in order, others near the last tie."""
        lines = self.text.splitlines()
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


class _Reader:
    """Walks pandoc's tree of a chapter and collects its flow."""

    def __init__(self, source: _Source, display: Display, keys: frozenset[str], lang: str) -> None:
        self.source, self.display, self.keys, self.lang = source, display, keys, lang
        self.flow = Flow(lang)
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

    def _blocks(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            self.block(node)

    def _plain(self, inlines: list[Node]) -> None:
        self.flow.end()
        self._inlines(inlines)
        self.flow.end()

    _para = _plain

    def _lineblock(self, lines: list[list[Node]]) -> None:
        for line in lines:
            self._inlines(line)
            self.flow.text(" ", self.style)
        self.flow.end()

    def _header(self, content: list[Any]) -> None:
        self._plain(content[2])

    def _blockquote(self, blocks: list[Node]) -> None:
        self._blocks(blocks)

    def _bulletlist(self, items: list[list[Node]]) -> None:
        for item in items:
            self._blocks(item)

    def _orderedlist(self, content: list[Any]) -> None:
        self._bulletlist(content[1])

    def _definitionlist(self, items: list[Any]) -> None:
        for term, definitions in items:
            self._plain(term)
            self._bulletlist(definitions)

    def _codeblock(self, content: list[Any]) -> None:
        self.flow.end()
        attributes = dict(content[0][2])
        if attributes.get("lst-cap"):
            self._plain_text(attributes["lst-cap"])
        self._code(content)
        self.flow.end()

    def _rawblock(self, content: list[Any]) -> None:
        self.flow.end()
        self._rawinline(content)
        self.flow.end()

    def _table(self, content: list[Any]) -> None:
        _, caption, _, head, bodies, foot = content
        self._blocks(caption[1])
        rows = [*head[1]]
        for body in bodies:
            rows += [*body[2], *body[3]]
        for row in [*rows, *foot[1]]:
            for cell in row[1]:
                self._blocks(cell[4])

    def _figure(self, content: list[Any]) -> None:
        _, caption, blocks = content
        self._blocks(caption[1])
        outer, self.caption = (
            self.caption,
            " ".join(_stringify(block["c"]) for block in caption[1] if "c" in block),
        )
        self._blocks(blocks)
        self.caption = outer

    def _div(self, content: list[Any]) -> None:
        (name, names, pairs), blocks = content
        attributes = dict(pairs)
        if (
            name == "refs"
            or {"tieout-ledger", "tieout-findings"} & set(names)
            or not _shown(names, attributes)
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
        if re.match(r"(fig|tbl|lst)-", name) and len(blocks) > 1 and blocks[-1]["t"] == "Para":
            blocks = [blocks[-1], *blocks[:-1]]
            self.caption = _stringify(blocks[0]["c"])
        self.flow.end()
        self._blocks(blocks)
        self.flow.end()
        self.style = style
        if "tieout-caption" not in names:
            self.caption = caption

    # Inlines

    def _inlines(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            self._inline(node)

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
        self.flow.add(replace(self.style, kind="math", text=plain(content[1])))

    def _rawinline(self, content: list[Any]) -> None:
        form, text = content
        if form.startswith("html") and plain(text):
            try:
                element = lxml.html.fragment_fromstring(text, create_parent="span")
            except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
                return
            self.flow.text("".join(element.itertext()), self.style)

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
        if not target.startswith("tie:"):
            self._inlines(content[1])
            return
        name = target.removeprefix("tie:")
        shown = plain(_stringify(content[1])) or plain(self.display(name))
        self.flow.add(replace(self.style, kind="tie", key=name, text=shown))

    def _image(self, content: list[Any]) -> None:
        (_, _, pairs), inlines, (address, _) = content
        attributes = dict(pairs)
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
        folder = PurePosixPath(".") if address.startswith("/") else self.source.folder
        path = self.source.project.root / folder / address.lstrip("/")
        return fingerprint(path.read_bytes()) if path.is_file() else f"missing {address}"

    def _note(self, blocks: list[Node]) -> None:
        nested, outer = Flow(self.lang), self.flow
        self.flow = nested
        self._blocks(blocks)
        nested.end()
        self.flow = outer
        self.flow.add(*nested.items)

    def _span(self, content: list[Any]) -> None:
        (_, names, pairs), inlines = content
        attributes = dict(pairs)
        if not _shown(names, attributes):
            return
        style = self.style
        if "waived" in names:
            self.style = replace(style, waived=attributes.get("reason") or "no reason")
        self._inlines(inlines)
        self.style = style


_SPACE = {"t": "Space"}


def _shown(names: Sequence[str], attributes: Mapping[str, str]) -> bool:
    """Whether a part that is for one format only is for pages."""
    visible, hidden = "content-visible" in names, "content-hidden" in names
    if not (visible or hidden):
        return True
    holds = all(
        ("html" in value) == (key == "when-format")
        for key, value in attributes.items()
        if key in ("when-format", "unless-format")
    )
    return holds if visible else not holds


def _stringify(node: Any, display: Display | None = None) -> str:
    """Return the text of a tree, notes left out."""
    if isinstance(node, list):
        return "".join(_stringify(item, display) for item in node)
    if not isinstance(node, dict) or "t" not in node:
        return ""
    kind, content = node["t"], node.get("c")
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


def _texts(value: Any) -> list[str]:
    if value is None or isinstance(value, bool):
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _joined(text: Any) -> str:
    return "".join(str(part) for part in text) if isinstance(text, list) else str(text or "")


def _verbatim(text: str) -> str:
    text = re.sub(r"\x1b\[[0-9;?]*[ -/]*[@-~]", "", text)
    ticks = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{ticks}\n{text}\n{ticks}"


def _div(name: str, text: str, extra: str = "") -> str:
    return f"{FENCE} {{.{name} {extra}}}\n\n{text}\n\n{FENCE}"
