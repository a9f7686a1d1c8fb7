"""Quarto's shortcodes, resolved in the text before pandoc reads it: include, var, meta, and those of `STOCK`.

They are resolved here, not on the tree, because they may stand where a tree has no room for them: in the
address of a link, in an attribute, in a code block.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from tieout.machine import inside
from tieout.markdown.named import Names
from tieout.markdown.shortcodes import STOCK, Arguments, expanded
from tieout.problems import InputError, Problem
from tieout.project import FENCE, Files, split
from tieout.render.myst import myst
from tieout.render.text import Line, lines_of

SHORTCODE = re.compile(r"(?<!\{)\{\{<\s*([\w./-]+)((?:\s+[^<>]*?)?)\s*>\}\}(?!\})")
ESCAPED = re.compile(r"\{(\{\{<.*?>\}\})\}|\{\{</\*(.*?)\*/>\}\}")
KNOWN = ("include", "embed", "var", "meta", *STOCK)
ATTRIBUTE = re.compile(r"<\w[^<>]*=\s*[\"'][^\"'<>]*$")
LONGEST = 12  # lines that one shortcode may take


def fence_after(fence: str, line: str) -> str:
    """Return the fence of the code that goes on after a line; empty in text."""
    marker = FENCE.match(line)
    if fence:
        return "" if marker and marker[1].startswith(fence) and not line.strip(" `~") else fence
    return marker[1] if marker else ""


@dataclass
class Shortcodes:
    """Resolves the shortcodes of one chapter.

    Parameters
    ----------
    files
        The project's folder.
    variables
        The contents of `_variables.yml`.
    metadata
        The metadata that `meta` shows: the project's, with the chapter's own over it.
    extended
        Whether extensions of the project bring shortcodes: a mark is left for those that are not known here.
    trusted
        Whether pages show what the chapter names elsewhere.
    book
        Gives what can be named in the book.
    """

    files: Files
    variables: Mapping[str, Any]
    metadata: Mapping[str, Any]
    extended: bool = False
    trusted: bool = False
    book: Callable[[], Names] = Names
    problems: list[Problem] = field(default_factory=list)
    _began: Line | None = None  # the chapter's own line that begins a chain of includes

    def resolve(self, lines: list[Line]) -> list[Line]:
        """Return the lines with included files in place and every known shortcode replaced."""
        resolved: list[Line] = []
        fence, verbatim = "", False
        for line in self._included(joined(lines), ()):
            within, fence = fence, fence_after(fence, line.text)
            if fence and not within:
                verbatim = "shortcodes=false" in line.text.replace('"', "")
            if "{{<" in line.text and not (fence and verbatim):
                # A value of several lines, or paragraphs of dummy text, make several lines of one.
                resolved += [
                    replace(line, text=text) for text in self._line(line, bool(fence)).text.split("\n")
                ]
            else:
                resolved.append(line)
            verbatim = verbatim and bool(fence)
        return resolved

    def _included(self, lines: list[Line], stack: tuple[str, ...]) -> Iterator[Line]:
        fence = ""
        for line in lines:
            match = SHORTCODE.fullmatch(line.text.strip()) if "{{<" in line.text else None
            if match and match[1] == "include":
                yield from self._include(line, match[2].strip().strip("\"'"), stack, bool(fence))
                continue
            fence = fence_after(fence, line.text)
            yield line

    def _include(self, line: Line, name: str, stack: tuple[str, ...], in_code: bool) -> Iterator[Line]:
        """Give the lines of an included file; in code it is shown whole, as it is."""
        around = stack or (line.path,)
        began = self._began = (self._began if stack else None) or line
        place = {"path": began.path, "line": began.number}
        within = f", of {line.path}:{line.number}," if stack else ""
        target = self.files.included(around[0], line.path, name)
        if target is None:
            above = PurePosixPath("" if name.startswith("/") else around[0]).parent / name.lstrip("/")
            inside(self.files.root, above, rule="include", **place)
            hint = f"correct the name; it is relative to {around[0]}"
            raise InputError(f"the included `{name}`{within} does not exist", hint, **place, rule="include")
        # A file included by two names is one file, so that no circle of includes goes by links.
        root = self.files.root.resolve()
        path = (root / target).resolve().relative_to(root).as_posix()
        if path in around:
            cycle = " → ".join((*around[around.index(path) :], path))
            place = {"path": line.path, "line": line.number}
            hint = "take one of these includes out"
            raise InputError(f"files include each other: {cycle}", hint, **place, rule="include")
        if in_code:
            text = lines_of(self.files.text(path).rstrip("\n"), path, 1)
        else:
            _, rest, taken = split(self.files.text(path), path)
            text = myst(lines_of(rest, path, taken + 1), self.problems, self.book)
        yield from self._included(text, (*around, path))
        if not in_code:
            yield replace(line, text="")

    def _line(self, line: Line, in_code: bool) -> Line:
        kept: list[str] = []

        def keep(match: re.Match[str]) -> str:
            kept.append(match[1] or "{{<" + match[2] + ">}}")
            return f"\x00{len(kept) - 1}\x00"

        text = ESCAPED.sub(keep, line.text)
        alone = SHORTCODE.fullmatch(text.strip()) is not None
        text = SHORTCODE.sub(lambda match: self._value(match, line, alone, in_code), text)
        return replace(line, text=re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], text))

    def _value(self, match: re.Match[str], line: Line, alone: bool, in_code: bool) -> str:
        name, rest = match[1], match[2].strip()
        key = rest.strip("\"'")
        handlers: dict[str, Callable[[], str]] = {
            "var": lambda: self._look(self.variables, "var", "_variables.yml", key, line),
            "meta": lambda: self._look(self.metadata, "meta", "the metadata", key, line),
        }
        if name in handlers:
            value = handlers[name]()
            return value if alone else " ".join(value.split())
        given = expanded(
            name, rest, match.string[: match.start()].endswith("]("), self.trusted and not in_code
        )
        if given is not None:
            return given if alone else " ".join(given.split())
        if self.extended and not in_code and name != "include":
            return _mark(name, rest, match[0])
        what = f"unknown shortcode `{name}`"
        if name == "include":
            what = "`include` has to stand on a line of its own"
        hint = f"it is shown as written; {', '.join(KNOWN)} are known"
        if name == "embed":
            what = "`embed` shows stored outputs, of a notebook (.ipynb), on a line of its own"
            hint = "it is shown as written; keep what it names as a notebook"
        self._say(what, hint, line, "shortcode", "warning")
        if ATTRIBUTE.search(match.string, 0, match.start()):  # of an element of HTML, which knows no escapes
            return match[0]
        return match[0].replace("{{<", "\\{\\{\\<").replace(">}}", "\\>\\}\\}")

    def _look(self, values: Mapping[str, Any], code: str, where: str, key: str, line: Line) -> str:
        found: Any = values
        for part in re.split(r"(?<!\\)\.", key.replace("\\\\", "\\")):
            name = part.replace("\\.", ".")
            if isinstance(found, Mapping) and name in found:
                found = found[name]
            elif isinstance(found, list) and name.isdigit() and 0 < int(name) <= len(found):
                found = found[int(name) - 1]
            else:
                self._say(
                    f"`{code} {key}`: {where} has no `{key}`", "add it, or correct the name", line, code
                )
                return f"?{code}:{key}"
        if isinstance(found, Mapping):
            self._say(f"`{code} {key}` is a group of values, not one", "name one of them", line, code)
            return f"?{code}:{key}"
        if isinstance(found, list):
            return ", ".join(_shown(item) for item in found)
        return _shown(found)

    def _say(self, what: str, hint: str, line: Line, rule: str, severity: str = "error") -> None:
        problem = Problem(
            what,
            hint,
            path=line.path,
            line=line.number,
            rule=rule,
            severity="warning" if severity == "warning" else "error",
        )
        if not any(other.what == what and problem.severity == "warning" for other in self.problems):
            self.problems.append(problem)


def _mark(name: str, rest: str, written: str) -> str:
    """Return the mark of a shortcode that the filter `handlers` runs."""
    given = Arguments.of(rest)
    listed: list[dict[str, str]] = [{"value": value} for value in given.values]
    listed += [{"name": key, "value": value} for key, value in given.named.items()]
    call = {"name": name, "arguments": listed, "written": written}
    return f'[]{{.tieout-shortcode call="{quote(json.dumps(call))}"}}'


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "\n".join(" ".join(line.split()) for line in str(value).strip().split("\n"))


def joined(lines: list[Line]) -> list[Line]:
    """Return lines with each shortcode that is written over several of them in one."""
    whole: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        last = index
        while (
            line.text.count("{{<") > line.text.count(">}}")
            and last - index < LONGEST
            and last + 1 < len(lines)
        ):
            last += 1
            line = replace(line, text=f"{line.text} {lines[last].text.strip()}")
        if line.text.count("{{<") > line.text.count(">}}"):
            line, last = lines[index], index
        whole.append(line)
        index = last + 1
    return whole
