"""The cells of a notebook as Markdown: code, stored outputs and their captions, in the form of Quarto's divs.

Only stored outputs are read; nothing runs. Of HTML, tables are taken; its scripts and styles are not, and
outputs that carry `application/vnd.tieout.*` are for the ledger, not for readers.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from tieout.harmless import clean_page
from tieout.notebooks import NARROW, SVG, Head, joined, tagged
from tieout.notebooks.heads import OPTION
from tieout.notebooks.outputs import HTML, LATEX, LEFT, OWN, PICTURES, chosen, text_of, unbroken, written
from tieout.notebooks.tags import NBDEV
from tieout.notebooks.vega import UNDRAWN, holds_chart
from tieout.problems import InputError, Problem
from tieout.project import lines_of as split_lines
from tieout.project import parse_yaml

COLOURS = re.compile(r"\x1b\[[0-9;]*[1-9][0-9;]*m")
ESCAPE = "\ue7ff"  # stands for the sign that colours begin with, which texts cannot hold
# Signs for a terminal: colours, moves of the cursor, addresses of links (OSC 8); the words of a link stay.
ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)")
ECHO = re.compile(r"^#\|\s*echo\s*:")
NAME = re.compile(r"[A-Za-z][\w.:-]*")
SEALED = "tieout-sealed"
COLOURED = "tieout-ansi"
PLOTLY = "application/vnd.plotly"
TABLES = "tieout-html"
FLOATS = ("fig", "tbl", "lst")
KNOWN_OPTIONS = """
label fig-cap fig-alt fig-subcap fig-align fig-link fig-width fig-height fig-dpi fig-format fig-cap-location
tbl-cap tbl-subcap tbl-colwidths tbl-cap-location lst-cap lst-label cap cap-location echo output include
warning error eval code-fold code-summary code-overflow code-line-numbers column fig-column tbl-column
classes lightbox layout layout-ncol layout-nrow layout-align layout-valign panel tags id export volatile
"""
OPTIONS = frozenset(KNOWN_OPTIONS.split())


@dataclass
class Cells:
    """Writes the code cells of one notebook.

    Parameters
    ----------
    path
        The notebook, relative to the project.
    language
        The language of its kernel.
    defaults
        The options of the project and the chapter that cells inherit.
    sealed
        Whether what outputs say is kept apart from the chapter's own text, which is trusted.
    """

    path: str
    language: str
    defaults: Mapping[str, Any]
    sealed: bool = False
    left_out: int = 0
    media: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def options(
        self, source: str, tags: list[str], line_of: Callable[[int], int]
    ) -> tuple[dict[str, Any], str]:
        """Return a cell's options and its code without them."""
        head = Head.of(source)
        options = tagged(tags) | tagged(head.tags)
        for number, word in zip(head.words, head.tags, strict=True):
            if not tagged([word]) and word not in NBDEV:
                hint = "it has no effect; an option is `#| key: value`"
                self._warn(f"`#| {word}` is no option", hint, line_of(number), "cell-option")
        if head.yaml.strip():
            values, places = parse_yaml(head.yaml, self.path, line_of(0))
            if not isinstance(values, dict):
                what = "the options of the cell are not `key: value` lines"
                raise InputError(what, path=self.path, line=line_of(0), rule="cell-option")
            for key in values:
                if key not in OPTIONS:
                    line = line_of(places.get((key,), line_of(0)) - line_of(0))
                    self._warn(f"unknown cell option `{key}`", "it has no effect", line, "cell-option")
            options.update(values)
        return options, "\n".join(split_lines(source)[head.count :]).strip("\n")

    def code(self, index: int, cell: Mapping[str, Any], line_of: Callable[[int], int]) -> str:
        """Return a code cell as Markdown; empty for one that shows nothing."""
        tags = cell.get("metadata", {}).get("tags", [])
        own, code = self.options(joined(cell.get("source", "")), tags, line_of)
        options = {**self.defaults, **own}
        if options.get("include") is False:
            return ""
        label = str(own.get("label", "")).lstrip("#")
        name = label or f"cell-{index + 1}"
        parts = []
        if options.get("echo", True) and code:
            written = joined(cell.get("source", "")) if options.get("echo") == "fenced" else ""
            parts.append(self._source(code, options, written))
        if options.get("output", True) is not False:
            outputs = [item for item in self._outputs(cell, options, name, line_of(0)) if item]
            if outputs and options.get("output") == "asis":
                text = "\n\n".join([*parts, *(text for text, _ in outputs)])
                around = " ".join([".cell", *_classes(own)])
                return f"::::::: {{{around}}}\n\n{text}\n\n:::::::\n" if own.get("panel") else f"{text}\n"
            parts += self._displays(outputs, own, label)
        if not parts:
            return ""
        named = [f"#{label}"] if NAME.fullmatch(label) and label.split("-")[0] not in FLOATS else []
        classes = [*named, ".cell", *_classes(own)]
        return f"::::::: {{{' '.join(classes)}}}\n\n" + "\n\n".join(parts) + "\n\n:::::::\n"

    def _source(self, code: str, options: Mapping[str, Any], written: str) -> str:
        attributes = [f".{self.language}", ".cell-code"]
        if options.get("lst-label"):
            attributes.insert(0, "#" + str(options["lst-label"]).lstrip("#"))
        for key in ("code-fold", "code-summary", "lst-cap", "code-overflow", "code-line-numbers"):
            if options.get(key) is not None:
                attributes.append(f"{key}={quoted(options[key])}")
        ticks = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
        if options.get("echo") == "fenced":
            lines = [line for line in split_lines(written) if OPTION.match(line) and not ECHO.match(line)]
            said = "".join(f"{line}\n" for line in lines)
            code, ticks = f"```{{{self.language}}}\n{said}{code}\n```", ticks + "`"
        return f"{ticks} {{{' '.join(attributes)}}}\n{code}\n{ticks}"

    def _outputs(
        self, cell: Mapping[str, Any], options: Mapping[str, Any], name: str, line: int
    ) -> Iterator[tuple[str, str]]:
        """Give (Markdown, kind) for each output that readers see; kind is the class after `cell-output-`."""
        alts = options.get("fig-alt")
        own_warning = options.get("warning")
        pictures = 0
        for order, output in enumerate(unbroken(cell.get("outputs", [])), start=1):
            kind = output.get("output_type")
            if kind == "stream":
                stream = output.get("name", "stdout")
                if stream == "stderr" and own_warning is not True:
                    self.left_out += 1
                    continue
                text = written(_joined(output.get("text", ""))).strip("\n")
                if LEFT in output:
                    what = f"the cell prints {output[LEFT]:,} characters more than a page can hold"
                    self._warn(what, "its beginning is shown; print less: what matters", line, "output")
                if text.strip() and stream == "stdout" and options.get("output") == "asis":
                    yield self._sealed(text), "markdown"
                elif text.strip():
                    yield _verbatim(text), str(stream)
            elif kind == "error":
                yield _verbatim(error_text(output)), "error"
            elif kind in ("display_data", "execute_result"):
                data = output.get("data", {})
                alt = alts[pictures] if isinstance(alts, list) and pictures < len(alts) else alts
                sizes = output.get("metadata") or {}
                text, shown = self._display(data, f"{name}-{order}", alt, {**options, "sizes": sizes}, line)
                pictures += shown == "picture"
                if text:
                    yield text, "display"

    def _display(
        self, data: Mapping[str, Any], name: str, alt: Any, options: Mapping[str, Any], line: int
    ) -> tuple[str, str]:
        mime = chosen(data)
        if mime is None:
            self._missed(data, line)
            return "", "none"
        if mime in PICTURES:
            return self._picture(data, mime, f"{name}.{PICTURES[mime]}", alt, options, line), "picture"
        text = text_of(data, mime)
        if mime == "text/plain":
            return _verbatim(text), "plain"
        if mime == HTML:
            return _verbatim(clean_page(text).html, f"{{.{TABLES}}}"), "html"
        if mime == LATEX:
            text = text.strip()
            return self._sealed(text if text.startswith("$") else f"$$\n{text}\n$$"), "latex"
        return self._sealed(text.strip("\n")), "markdown"

    def _missed(self, data: Mapping[str, Any], line: int) -> None:
        """Name what an output has for readers that pages and PDF cannot show."""
        if not data or any(mime.startswith(OWN) for mime in data) or set(data) == {"text/plain"}:
            return  # nothing, or what Python calls an object
        if holds_chart(data):
            why = data.get(UNDRAWN, "it has no specification")
            hint = 'show a picture of it: `chart.save("chart.svg")`, and `![](chart.svg)` in the text'
            what = f"a chart of the cell is left out: {why}"
            self.problems.append(Problem(what, hint, self.path, line, rule="output", severity="warning"))
            return
        what = f"an output of the cell has only {', '.join(sorted(data))}"
        hint = "it is left out; show a picture of it, a table, or text/markdown"
        if any(mime.startswith(PLOTLY) for mime in data):
            hint = (
                'it is left out; end the cell with `fig.show("svg")`, or `"png"`: a picture (needs `kaleido`)'
            )
        self._warn(what, hint, line, "output")

    def _sealed(self, text: str) -> str:
        """Return an output's text in a block that the filter `trusted` reads by itself."""
        return _verbatim(text, f"{{.{SEALED}}}") if self.sealed else text

    def _picture(
        self, data: Mapping[str, Any], mime: str, name: str, alt: Any, options: Mapping[str, Any], line: int
    ) -> str:
        folder = PurePosixPath("media") / PurePosixPath(self.path).with_suffix("")
        self.media[str(folder / name)] = picture_bytes(data[mime], mime, self.path, line)
        attributes = []
        if alt is not None:
            attributes.append(f"fig-alt={quoted(alt)}")
        for key in ("fig-align", "fig-width"):
            if options.get(key) is not None and key != "fig-width":
                attributes.append(f"{key}={quoted(options[key])}")
        size = options.get("sizes", {}).get(mime)
        if isinstance(size, Mapping):
            attributes += [
                f"{key}={size[key]}" for key in ("width", "height") if isinstance(size.get(key), int)
            ]
        for kind, spec in data.items():
            if kind.startswith("application/vnd.vegalite.") and isinstance(spec, dict):
                chart = str(folder / PurePosixPath(name).with_suffix(".json"))
                text = json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
                self.media[chart] = text.encode()
                attributes.append(f"data-chart={quoted('/' + chart)}")
        if NARROW in data:
            narrow = str(folder / f"{PurePosixPath(name).stem}-narrow.svg")
            self.media[narrow] = picture_bytes(data[NARROW], SVG, self.path, line)
            attributes.append(f"data-narrow={quoted('/' + narrow)}")
        lightbox = options.get("lightbox")
        if lightbox:
            attributes.append(".lightbox")
        if isinstance(lightbox, Mapping) and lightbox.get("group"):
            attributes.append(f"group={quoted(lightbox['group'])}")
        image = f"![](/{folder / name})"
        if options.get("fig-link"):
            return f"[{image}{{{' '.join(attributes)}}}]({options['fig-link']})"
        return image + (f"{{{' '.join(attributes)}}}" if attributes else "")

    def _displays(self, outputs: list[tuple[str, str]], own: Mapping[str, Any], label: str) -> list[str]:
        """Return the outputs in their divs, the labelled ones as a float with its caption."""
        kind = label.split("-")[0] if label.split("-")[0] in FLOATS else ""
        cap = own.get(f"{kind}-cap") if kind else own.get("fig-cap", own.get("tbl-cap"))
        subcaps = own.get(f"{kind or 'fig'}-subcap") or []
        if not isinstance(subcaps, list):
            subcaps = [] if subcaps is True else [subcaps]
        floats = [text for text, shown in outputs if shown == "display"]
        layout = [f"{key}={quoted(own[key])}" for key in own if key.startswith("layout")]
        blocks = [_output(text, shown) for text, shown in outputs if shown != "display"]
        if not (kind or cap or layout):
            return [_output(text, shown) for text, shown in outputs]
        caps = [str(item) for item in cap] if isinstance(cap, list) else []
        if caps and not kind:
            parts = [
                text + (f"\n\n{_caption(caps[n])}" if n < len(caps) else "") for n, text in enumerate(floats)
            ]
            return blocks + [_output(part, "display", ".float") for part in parts]
        if len(floats) > 1 and (kind or subcaps):
            inner = []
            for n, text in enumerate(floats):
                below = f"\n\n{_caption(str(subcaps[n]))}" if n < len(subcaps) else ""
                inner.append(
                    _output(text + below, "display", f"#{label or 'cell'}-{n + 1}" if kind else ".float")
                )
            body = "\n\n".join(inner)
        elif layout:
            body = "\n\n".join(_output(text, "display") for text in floats)
        else:
            body = "\n\n".join(floats)
        if not body:
            if kind:
                blocks.append(f"[]{{#{label} .float-without-output}}")
            return blocks
        extra = [
            f"{key}={quoted(own[key])}" for key in ("tbl-colwidths", f"{kind}-cap-location") if key in own
        ]
        attributes = [
            f"#{label}" if kind else ".float",
            ".cell-output",
            ".cell-output-display",
            *layout,
            *extra,
        ]
        if cap is not None and not isinstance(cap, list):
            body += f"\n\n{_caption(str(cap))}"
        elif not kind and layout:
            attributes[0] = ".layout-only"
        return [*blocks, f":::::: {{{' '.join(attributes)}}}\n\n{body}\n\n::::::"]

    def _warn(self, what: str, hint: str, line: int, rule: str) -> None:
        if not any(problem.what == what for problem in self.problems):
            self.problems.append(
                Problem(what, hint, path=self.path, line=line, rule=rule, severity="warning")
            )


def picture_bytes(stored: Any, mime: str, path: str, line: int) -> bytes:
    """Return a picture as a file has it, from what a notebook stores: text for SVG, base64 for others."""
    content = _joined(stored)
    if mime == "image/svg+xml":
        return content.encode()
    try:
        return base64.b64decode("".join(content.split()), validate=True)
    except (binascii.Error, ValueError):
        what, hint = f"a stored {mime} is damaged", "run the notebook again, or attach the picture anew"
        raise InputError(what, hint, path=path, line=line, rule="output") from None


def quoted(value: Any) -> str:
    """Return a value as a quoted attribute of pandoc's Markdown."""
    if isinstance(value, bool):
        value = "true" if value else "false"
    elif isinstance(value, list | dict):
        value = json.dumps(value)
    text = " ".join(str(value).split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _classes(own: Mapping[str, Any]) -> Iterator[str]:
    classes = own.get("classes", [])
    for name in classes if isinstance(classes, list) else str(classes).split():
        yield "." + str(name).lstrip(".")
    if own.get("column"):
        yield f".column-{own['column']}"
    if own.get("panel"):
        yield f".panel-{own['panel']}"


def _joined(text: Any) -> str:
    return "".join(str(part) for part in text) if isinstance(text, list) else str(text)


def error_text(output: Mapping[str, Any]) -> str:
    """Return what a failed cell has written: its traceback, else the error's name and words."""
    lines = output.get("traceback")
    if isinstance(lines, list) and lines:
        return "\n".join(map(str, lines))
    return f"{output.get('ename')}: {output.get('evalue')}"


def _verbatim(text: str, attributes: str = "") -> str:
    """Return a text as a block of code; colours of a terminal are left to the filter `outputs`."""
    if not attributes and COLOURS.search(text):
        attributes, text = (
            f"{{.{COLOURED}}}",
            ANSI.sub(lambda found: found[0] if found[0][-1] == "m" else "", text),
        )
        text = text.replace("\x1b", ESCAPE).rstrip("\n")
    else:
        text = ANSI.sub("", text).rstrip("\n")
    ticks = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{ticks}{attributes}\n{text}\n{ticks}"


def _output(text: str, kind: str, extra: str = "") -> str:
    classes = " ".join(filter(None, (extra, ".cell-output", f".cell-output-{kind}")))
    return f"::::: {{{classes}}}\n\n{text}\n\n:::::"


def _caption(text: str) -> str:
    return f"::: {{.float-caption}}\n{' '.join(text.split())}\n:::"
