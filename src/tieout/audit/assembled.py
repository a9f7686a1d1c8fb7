"""A chapter's file as one Markdown text: cells, stored outputs and captions in the order of pages.

Outputs stand in divs of the class `tieout-cell`, HTML of theirs in `tieout-output`, captions before them in
`tieout-caption`, alternative texts before their pictures in `tieout-alt`.
"""

from __future__ import annotations

import base64
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from tieout.audit.dom import published
from tieout.machine import inside
from tieout.markdown.across import across
from tieout.markdown.chunks import chunk_options, float_of
from tieout.markdown.directives import directives
from tieout.markdown.divs import mended
from tieout.markdown.lab import in_lab
from tieout.markdown.shortcodes import expanded
from tieout.notebooks import Head, joined, raw_form, tagged
from tieout.notebooks.embedding import Embedded, title_of
from tieout.notebooks.heads import OPTION
from tieout.notebooks.outputs import HTML, LATEX, PICTURES, chosen, unbroken, without_records, written
from tieout.project import DOCUMENT, Chapter, Project, folder_metadata, for_pages, merged, parse_yaml, split
from tieout.project.charts import charted
from tieout.project.derived import derived
from tieout.project.headers import option_of
from tieout.project.mystnames import names_for

# Tables of HTML that a cell shows, which paper has as well.
TABLES = "html-table"
BETWEEN_ROWS = re.compile(
    r"(<table\b[^>]*>)((?:(?!</?table\b).)*?<(?:tbody|thead)>)\s*(<p>[^<]*</p>)", re.DOTALL | re.IGNORECASE
)
OTHER = re.compile(r"^[ \t]*(?:%%|//|--)[ \t]*\|", re.MULTILINE)  # before options in other languages
ECHO = re.compile(r"^#[ \t]*\|\s*echo\s*:")
SHORTCODE = re.compile(r"(?<!\{)\{\{<\s*([\w./-]+)((?:\s+[^<>]*?)?)\s*>\}\}(?!\})")
ESCAPED = re.compile(r"\{(\{\{<.*?>\}\})\}")
FENCED = re.compile(
    r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)\n(?P<code>.*?)^[ \t]*(?P=fence)[`~]*[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
GIVEN = r"""(?>"[^"\n]*"|'[^'\n]*'|[^}\n])*+"""  # a quote may hold a brace
RUN = re.compile(rf"\s*\{{\s*(?P<language>[A-Za-z]\w*)\b(?!=)(?P<given>{GIVEN})\}}\s*")
SHOWN = re.compile(
    r"\s*\{(?P<info>\{+\s*[A-Za-z].*?\}+)\}\s*"
)  # code that shows how code that runs is written
VERBATIM = re.compile(r"^(`{3,})[^\n]*shortcodes=\"?false.*?^\1`*[ \t]*$", re.MULTILINE | re.DOTALL)
FENCE = ":" * 12
ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)")  # signs for a terminal
CAPTIONED = ("mermaid", "dot")
DRAWN = (*CAPTIONED, "ojs")


@dataclass(frozen=True)
class Source:
    """The cell of a notebook, and the output of it where that is known, that shows something."""

    path: str
    cell: int
    output: int | None = None

    def __str__(self) -> str:
        return f"{quote(self.path)}:{self.cell}" + (f":{self.output}" if self.output is not None else "")

    @classmethod
    def read(cls, text: str) -> Source:
        """Read what `str` wrote."""
        path, cell, *output = text.split(":")
        return cls(unquote(path), int(cell), int(output[0]) if output else None)


def fostered(text: str) -> str:
    """Return HTML with paragraphs that stand between the rows of a table before it, where browsers put them.

    Examples
    --------
    >>> fostered("<table><tbody><p>2 rows</p><tr><td>1</td></tr></tbody></table>")
    '<p>2 rows</p><table><tbody><tr><td>1</td></tr></tbody></table>'
    """
    return BETWEEN_ROWS.sub(r"\3\1\2", text)


class Assembled:
    """A chapter's file as one Markdown text, outputs and captions in place.

    Parameters
    ----------
    project
        The book.
    chapter
        The chapter.
    """

    def __init__(self, project: Project, chapter: Chapter) -> None:
        self.project, self.chapter = project, chapter
        self.name = str(chapter.path)
        self.folder = chapter.path.parent
        self.text = project.files.text(chapter.path)
        self.book = names_for(project, chapter.path)
        self.pictures: dict[str, bytes] = {}
        self.metadata: dict[str, Any] = {}

    def markdown(self) -> str:
        """Return the chapter as Markdown."""
        if self.chapter.path.suffix == ".ipynb":
            parts = list(self._notebook())
        else:
            self.metadata, rest, _ = split(self.text, self.name)
            parts = [FENCED.sub(self._fenced, self._resolve(across(rest), self.folder, ()))]
        self.metadata = merged(folder_metadata(self.project.files, self.name), self.metadata)
        title, subtitle = self.metadata.get("title"), self.metadata.get("subtitle")
        head = [self._resolve(f"# {title}", self.folder, ())] if title is not None else []
        head += [self._resolve(str(subtitle), self.folder, ())] if subtitle is not None else []
        keys = ("abstract",) if self.project.kind is DOCUMENT else ("description", "abstract")
        given = (self.metadata.get(key) for key in keys)
        head += [self._resolve(text, self.folder, ()) for text in given if isinstance(text, str)]
        return "\n\n".join([*head, *parts]) + "\n"

    def _notebook(self) -> Iterator[str]:
        cells = charted(self.project, self.name).data["cells"]
        header = False
        for index, cell in enumerate(cells):
            source, kind = joined(cell["source"]), cell.get("cell_type")
            if kind == "code":
                yield from self._code(cell, source, Source(self.name, index))
            elif kind in ("markdown", "raw"):
                if not header and source.strip():
                    header = True
                    self.metadata, source, _ = split(source, self.name)
                source = in_lab(source) if kind == "markdown" else source
                form = raw_form(cell.get("metadata")) if kind == "raw" else kind
                if form == "html":
                    yield f"```{{=html}}\n{source}\n```"
                elif form == "markdown":
                    text = self._resolve(self._attached(cell, source), self.folder, ())
                    yield FENCED.sub(self._fenced, text)

    def _attached(self, cell: Mapping[str, Any], source: str) -> str:
        """Put pictures that are attached to a cell in place."""
        for file, forms in (cell.get("attachments") or {}).items():
            mime = next((mime for mime in forms if mime in PICTURES), None)
            for address in (f"attachment:{file}", f"attachment:{quote(file)}"):
                if mime and address in source:
                    source = source.replace(address, self._stored(forms[mime], mime))
        return source

    def _default(self, name: str) -> Any:
        for scope in (
            for_pages(self.metadata),
            self.project.formats.get("html", {}),
            self.project.configuration.values,
        ):
            execute = scope.get("execute")
            if isinstance(execute, Mapping) and name in execute:
                return execute[name]
        return None

    def _options(self, source: str) -> tuple[dict[str, Any], str]:
        """Return a cell's options and its code without them."""
        head = Head.of(source)
        options = parse_yaml(head.yaml, self.name)[0] if head.yaml.strip() else {}
        own = options if isinstance(options, dict) else {}
        return tagged(head.tags) | own, "\n".join(source.split("\n")[head.count :]).strip("\n")

    def _option(self, options: Mapping[str, Any], name: str, default: Any) -> Any:
        own = options.get(name, self._default(name))
        return default if own is None else own

    def _of_pages(self, options: Mapping[str, Any], name: str) -> Any:
        """Return what holds on pages: an option of the cell, of the chapter, of the project."""
        usual = self.project.configuration.values.get(name)
        return options.get(name, option_of(self.project, self.metadata, "html", name, usual))

    def _code(self, cell: Mapping[str, Any], source: str, at: Source, echo: bool = True) -> Iterator[str]:
        own, code = self._options(source)
        options = {**tagged(cell.get("metadata", {}).get("tags", [])), **own}

        def option(name: str, default: Any) -> Any:
            return self._option(options, name, default)

        if option("include", True) is False:
            return
        code = without_records(code)
        if option("echo", echo) is not False and code:
            summary = self._of_pages(own, "code-summary")
            if summary and self._of_pages(own, "code-fold") not in (None, False, "false"):
                yield _div("content-visible", str(summary), 'when-format="html"')
            if option("echo", echo) == "fenced":
                code = f"```{{python}}\n{written_options(source)}{code}\n```"
            yield _verbatim(code)
        if option("output", True) is False:
            return
        parts = list(self._outputs(cell, options, option("warning", None) is True, at))
        if not parts:
            return
        label = str(options.get("label", "")).lstrip("#")
        captions = [options.get(key) for key in ("fig-cap", "tbl-cap", "lst-cap", "cap")]
        above = [_div("tieout-caption", text) for caption in captions for text in _texts(caption)[:1]]
        subcaptions = _texts(options.get("fig-subcap") or options.get("tbl-subcap"))
        for number, text in enumerate(subcaptions[: len(parts)]):
            parts[number] = _div("tieout-caption", text) + "\n\n" + parts[number]
        yield _div("tieout-cell", "\n\n".join([*above, *parts]), f'label="{label}" source="{at}"')

    def _outputs(
        self, cell: Mapping[str, Any], options: Mapping[str, Any], warning: bool, at: Source
    ) -> Iterator[str]:
        alts = _texts(options.get("fig-alt"))
        count = 0
        for number, output in enumerate(unbroken(cell.get("outputs", []))):
            kind = output.get("output_type")
            if kind == "stream":
                text = written(_joined(output.get("text"))).strip("\n")
                is_error = output.get("name") == "stderr"
                if text.strip() and not is_error and self._option(options, "output", True) == "asis":
                    yield text
                elif text.strip() and (not is_error or warning):
                    yield _verbatim(text)
            elif kind == "error":
                trace = output.get("traceback")
                lines = "\n".join(map(str, trace)) if isinstance(trace, list) else ""
                yield _verbatim(lines or f"{output.get('ename')}: {output.get('evalue')}")
            elif kind in ("display_data", "execute_result"):
                data = output.get("data", {})
                form = chosen(data)
                if form == "text/markdown":
                    yield _joined(data[form]).strip("\n")
                elif form in PICTURES:
                    alt = alts[count] if count < len(alts) else ""
                    count += 1
                    yield (_div("tieout-alt", alt) + "\n\n" if alt else "") + self._picture(data[form], form)
                elif form == HTML:
                    shown = _verbatim(fostered(_joined(data[form])), f"{{={TABLES}}}")
                    yield _div("tieout-output", shown, f'source="{replace(at, output=number)}"')
                elif form == LATEX:
                    latex = _joined(data[form]).strip()
                    yield latex if latex.startswith("$") else f"$$\n{latex}\n$$"
                elif form is not None:
                    yield _verbatim(_joined(data["text/plain"]).rstrip("\n"))

    def _picture(self, content: Any, mime: str) -> str:
        return f"![]({self._stored(content, mime)})"

    def _stored(self, content: Any, mime: str) -> str:
        """Keep a stored picture, and return the address that stands for it."""
        data = stored_bytes(content, mime)
        name = published(data)
        self.pictures[name] = data
        return f"tieout:{name}"

    def _resolve(self, text: str, folder: PurePosixPath, stack: tuple[str, ...]) -> str:
        """Put included files and variables in place."""

        def shortcode(found: re.Match[str]) -> str:
            if any(start <= found.start() < end for start, end in verbatim):
                return found[0]
            name, rest = found[1], found[2].strip().strip("\"'")
            if name == "include":
                here = stack[-1] if stack else self.name
                path = self.project.files.included(self.name, here, rest)
                if path is None or str(path) in stack:
                    return ""
                if any(start <= found.start() < end for start, end in fences):
                    return self.project.files.text(path).rstrip("\n")
                return self._resolve(self.project.files.text(path), path.parent, (*stack, str(path)))
            asked = Embedded.of(found[0]) if name == "embed" else None
            if asked:
                return self._embedded(asked, folder)
            if name in ("var", "meta"):
                return self._value(name, rest)
            given = expanded(
                name,
                found[2].strip(),
                found.string[: found.start()].endswith("]("),
                self.project.trusts(self.name),
            )
            return found[0] if given is None else given

        text = "\n".join(mended(line) for _, line in directives(text.split("\n"), None, self.book))
        verbatim = [found.span() for found in VERBATIM.finditer(text)]
        fences = [found.span() for found in FENCED.finditer(text)]
        return ESCAPED.sub(r"\1", SHORTCODE.sub(shortcode, text))

    def _embedded(self, asked: Embedded, folder: PurePosixPath) -> str:
        """Return cells of another notebook."""
        given = PurePosixPath(asked.notebook.lstrip("/"))
        path = inside(
            self.project.root, given if asked.notebook.startswith("/") else folder / given, path=self.name
        )
        if not self.project.files.exists(str(path)):
            return ""
        cells = charted(self.project, str(path)).data["cells"]
        parts: list[str] = []
        for index, cell in asked.cells(cells):
            source = joined(cell.get("source", ""))
            if cell.get("cell_type") == "code":
                parts += self._code(cell, source, Source(str(path), index), asked.echo)
            elif cell.get("cell_type") == "markdown":
                parts.append(split(source, str(path))[1] if index == 0 else source)
        return "\n\n".join([*parts, f"Source: {title_of(cells) or path.name}"])

    def _fenced(self, found: re.Match[str]) -> str:
        """Return fenced code as pages show it: nothing of it runs, and what a script would draw is code.

        In a notebook other code that looks as if it ran is shown as it stands.
        """
        if SHOWN.fullmatch(found["info"]):
            text = f"{found['fence']}{found['info']}\n{textwrap.dedent(found['code'])}{found['fence']}"
            return textwrap.indent(_verbatim(text), found["indent"])
        ran = RUN.fullmatch(found["info"]) if found["fence"][0] == "`" else None
        if ran is None or (self.chapter.path.suffix == ".ipynb" and ran["language"] not in DRAWN):
            return found[0]
        options, code = self._options(OTHER.sub("#|", textwrap.dedent(found["code"])))
        options = {**chunk_options(ran["given"]), **options}
        code_shown = _verbatim(code)
        if self._option(options, "include", True) is False:
            return ""
        keys = ("eval", "include", "output")
        label = float_of(ran["given"], options | {key: self._option(options, key, True) for key in keys})
        caption = options.get("fig-cap") or options.get("tbl-cap")
        if self._option(options, "echo", True) is False and ran["language"] not in CAPTIONED:
            if not label:
                return ""
            code_shown = f"`{label}`"
        caption = caption if label or ran["language"] in CAPTIONED else options.get("lst-cap")
        code_shown = "\n\n".join([*_texts(caption)[:1], code_shown])
        return textwrap.indent(code_shown, found["indent"])

    def _value(self, name: str, key: str) -> str:
        values: Any = {**self.project.configuration.values, **self.metadata}
        if name == "var":
            files, path = self.project.files, "_variables.yml"
            values = parse_yaml(files.text(path), path)[0] if files.exists(path) else {}
        book = values.get("book") if isinstance(values, Mapping) else None
        if name == "meta":
            values = derived({**book, **values} if isinstance(book, Mapping) else values)
        for part in re.split(r"(?<!\\)\.", key.replace("\\\\", "\\")):
            name = part.replace("\\.", ".")
            if isinstance(values, list) and name.isdigit():
                values = values[int(name) - 1] if 0 < int(name) <= len(values) else None
            else:
                values = values.get(name) if isinstance(values, Mapping) else None
        return "" if values is None else str(values)


def written_options(source: str) -> str:
    """Return the options of a cell as a block that shows how it is written has them."""
    lines = [line for line in source.splitlines() if OPTION.match(line) and not ECHO.match(line)]
    return "".join(f"{line}\n" for line in lines)


def stored_bytes(content: Any, mime: str) -> bytes:
    """Return a picture that a notebook stores: text for SVG, base64 for others."""
    text = _joined(content)
    if mime == "image/svg+xml":
        return text.encode()
    try:
        return base64.b64decode(text)
    except ValueError:
        return text.encode()


def _texts(value: Any) -> list[str]:
    if value is None or isinstance(value, bool):
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _joined(text: Any) -> str:
    return "".join(str(part) for part in text) if isinstance(text, list) else str(text or "")


def _verbatim(text: str, form: str = "") -> str:
    text = ANSI.sub("", text)
    ticks = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{ticks}{form}\n{text}\n{ticks}"


def _div(name: str, text: str, extra: str = "") -> str:
    return f"{FENCE} {{.{name} {extra}}}\n\n{text}\n\n{FENCE}"
