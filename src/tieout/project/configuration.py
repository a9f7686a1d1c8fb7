"""Reads a file of configuration with its line numbers, and holds what it says against what a book may say.

Only the form is looked at here (types, unknown keys); what the values mean is for `project`.
"""

from __future__ import annotations

import copy
import datetime
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from tieout.machine.reading import Unreadable, read_yaml
from tieout.machine.yamllines import entries
from tieout.problems import InputError, Problem
from tieout.project.files import Files
from tieout.project.quarto_keys import Shape, reason_ignored

CONFIG = "_quarto.yml"
Key = str | int


@dataclass(frozen=True)
class Configuration:
    """What a YAML file says, with the line of every key.

    Parameters
    ----------
    name
        The file's name, as messages give it.
    values
        The values as plain Python.
    lines
        The line, from 1, of every key and list item by its path.
    problems
        Unknown keys, as warnings.
    origins
        The file of every key and list item, where it is another than ``name``.
    profiles
        The active profiles, the first counts most.
    """

    name: str
    values: Mapping[str, Any]
    lines: Mapping[tuple[Key, ...], int]
    problems: tuple[Problem, ...] = field(default=())
    origins: Mapping[tuple[Key, ...], str] = field(default_factory=dict)
    profiles: tuple[str, ...] = ()

    @cached_property
    def said(self) -> str:
        """All that it says, as one text: two configurations with the same are the same."""
        return repr(self.values)

    def get(self, *keys: Key, default: Any = None) -> Any:
        """Return the value at a path of keys, or the default where there is none."""
        here: Any = self.values
        for key in keys:
            try:
                here = here[key]
            except (KeyError, IndexError, TypeError):
                return default
        return default if here is None else here

    def line(self, *keys: Key) -> int:
        """Return the line of a path of keys, or of the nearest key above it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def file(self, *keys: Key) -> str:
        """Return the file with a path of keys: `_quarto.yml`, or that of a profile."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.origins.get(keys, self.name)

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it is read from."""
        return tuple(dict.fromkeys((self.name, *self.origins.values())))

    def error(self, what: str, hint: str, *keys: Key) -> InputError:
        """Return an error about the value at a path of keys."""
        return InputError(what, hint, path=self.file(*keys), line=self.line(*keys), rule="config")

    def warning(self, what: str, hint: str, *keys: Key, rule: str = "config") -> Problem:
        """Return a warning about the value at a path of keys."""
        place = {"path": self.file(*keys), "line": self.line(*keys)}
        return Problem(what, hint, **place, rule=rule, severity="warning")  # type: ignore[arg-type]

    @property
    def is_strict(self) -> bool:
        """Whether it makes an error of what is missing (`tieout: require:`)."""
        return is_strict(self.get("tieout", "require"))


def lines_of(text: str) -> list[str]:
    """Return the lines of a text as editors count them; Python's own count knows more line ends."""
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def parse_yaml(text: str, name: str, first_line: int = 1) -> tuple[Any, dict[tuple[Key, ...], int]]:
    """Return a YAML document as plain values, and the line of each of its keys.

    Raises
    ------
    InputError
        The YAML is malformed; with its line.
    """
    try:
        values, lines = pickle.loads(_as_values(text))
    except Unreadable as error:
        line = first_line + error.line - 1
        hint = "look at this line and the one before, at their indentation and quotes"
        raise InputError(f"malformed YAML: {error.what}", hint, path=name, line=line, rule="yaml") from None
    return values, {keys: first_line + line for keys, line in lines.items()}


@lru_cache(maxsize=4096)
def _as_values(text: str) -> bytes:
    """Return the values, and the lines from 0, of a text that may be read again; each caller has a copy."""
    simple = entries(text)
    if simple is not None:
        values = {each.key: each.text for each in simple}
        return pickle.dumps((values, {(key,): line for line, key in enumerate(values)}))
    lines: dict[tuple[Key, ...], int] = {}
    return pickle.dumps((_plain(read_yaml(text), (), lines, 0), lines))


def _plain(node: Any, at: tuple[Key, ...], lines: dict[tuple[Key, ...], int], first: int) -> Any:
    if isinstance(node, CommentedMap):
        for key in node:
            lines[(*at, str(key))] = first + node.lc.data.get(key, [0])[0]
        return {str(key): _plain(value, (*at, str(key)), lines, first) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        for index in range(len(node)):
            lines[(*at, index)] = first + node.lc.data.get(index, [0])[0]
        return [_plain(value, (*at, index), lines, first) for index, value in enumerate(node)]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    if isinstance(node, float):
        return float(node)
    if isinstance(node, datetime.datetime):
        return node.isoformat(sep=" ")
    if isinstance(node, datetime.date):
        return node.isoformat()
    return str(node)


def parsed(files: Files, name: str) -> Configuration:
    """Read a file of configuration as it stands.

    Raises
    ------
    InputError
        It is missing, malformed or not UTF-8.
    """
    values, lines = parse_yaml(files.text(name), name)
    if not isinstance(values, Mapping):
        raise InputError("is empty or not a mapping", "start with `project:`", path=name, line=1, rule="yaml")
    return Configuration(name, values, lines)


def held(config: Configuration, shape: Mapping[str, Shape]) -> Configuration:
    """Return a configuration without values of a wrong type, and with what is wrong or unknown in it.

    Raises
    ------
    InputError
        It asks for strictness (`tieout: require:`) and has values of a wrong type: all of these at once.
    """
    found = list(_check(config.values, shape, (), config.lines, config.name))
    wrong = [(place, problem) for place, problem in found if problem.severity == "error"]
    if wrong and is_strict(config.get("tieout", "require")):
        raise InputError([problem for _, problem in wrong])
    values = copy.deepcopy(dict(config.values))
    for place, _ in wrong:
        inner: Any = values
        for key in place[:-1]:
            inner = inner[key]
        del inner[place[-1]]
    problems = tuple(
        replace(problem, hint=f"{problem.hint}; it has no effect", severity="warning")
        if problem.severity == "error"
        else problem
        for _, problem in found
    )
    return replace(config, values=values, problems=(*config.problems, *problems))


def is_strict(require: object) -> bool:
    """Whether what `tieout: require:` says makes an error of a missing reference, picture or work."""
    return require in ("all", "results")


WORDS = {
    "text": "text",
    "texts": "text or a list of texts",
    "flag": "true or false",
    "number": "a whole number",
}
EXAMPLES = {
    "text": "one value after the colon, in quotes if it has a colon",
    "texts": "one value after the colon, or a list of them in brackets",
    "flag": "true or false, without quotes",
    "number": "digits, without quotes",
}


def _check(
    value: Any, shape: Shape, at: tuple[Key, ...], lines: Mapping[tuple[Key, ...], int], name: str
) -> Iterator[tuple[tuple[Key, ...], Problem]]:
    line = lines.get(at, 1)
    key = ".".join(str(part) for part in at)
    if isinstance(shape, str):
        if value is not None and not _fits(value, shape):
            what = f"`{key}` should be {WORDS[shape]}, and is {_kind(value)}"
            yield at, Problem(what, f"write {EXAMPLES[shape]}", path=name, line=line, rule="type")
        return
    if value is None or (value in ("default", True, False) and at[:1] == ("format",)):
        return
    if at == ("format",) and isinstance(value, str):
        value = {value: "default"}
    if not isinstance(value, Mapping):
        what = f"`{key}` should be a mapping of keys, and is {_kind(value)}"
        hint = "write `key: value` lines under it, indented"
        yield at, Problem(what, hint, path=name, line=line, rule="type")
        return
    for child, below in value.items():
        place = (*at, child)
        said = partial(Problem, path=name, line=lines.get(place, line), severity="warning")
        inner = shape.get(child, shape.get("*"))
        if inner is None:
            what = f"unknown key `{'.'.join(str(part) for part in place)}`"
            hint = "it has no effect, except as metadata that `meta` can show"
            yield place, said(what, hint, rule="unknown-key")
        elif at == ("format",) and child not in shape:
            what = f"the format `{child}` is not made here"
            typst = "the PDF is made with Typst, whose options stand under `typst:`"
            yield place, said(what, typst if child == "pdf" else "html and typst are", rule="unknown-format")
        else:
            reason = reason_ignored(place, below)
            if reason:
                what = f"`{'.'.join(str(part) for part in place)}` has no effect with the pandoc engine"
                yield place, said(what, reason, rule="ignored-key")
            yield from _check(below, inner, place, lines, name)


def _fits(value: Any, shape: str) -> bool:
    scalar = isinstance(value, str | int | float) and not isinstance(value, bool)
    match shape:
        case "text":
            return scalar
        case "texts":
            return scalar or (isinstance(value, list) and all(_fits(item, "text") for item in value))
        case "flag":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case _:
            return True


def _kind(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "a list"
    return "a number" if isinstance(value, int | float) else "text"
