"""JSON and YAML of strangers, read so that nothing in them is too deep, too long, or no text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import ScalarNode

DEEPEST = 100  # levels; a chart has twenty
BRACKETS = 5 * DEEPEST  # in a YAML text, where some may stand in captions
DIGITS = 1_000  # of one number
MOST = 100_000  # values of a YAML text, its aliases followed
_SURROGATE = re.compile(r"\\u[dD][89abABcCdDeEfF]")
_ESCAPED = re.compile(r"\\(?:0|x00|u0000|U0{8}|u[dD][89abABcCdDeEfF]|U0000[dD][89abABcCdDeEfF])")  # in YAML
NO_TEXT = re.compile("[\x00\ud800-\udfff]")


class Unreadable(Exception):
    """A text cannot be read: says what is wrong, and the line, from 1."""

    def __init__(self, what: str, line: int = 1) -> None:
        super().__init__(what)
        self.what, self.line = what, line


def read_json(text: str, made_text: Callable[[Any], None] = lambda _value: None) -> Any:
    """Return a JSON text as plain values.

    Parameters
    ----------
    made_text
        Is given the values where a character is in them that no text can hold, to take out those it may.

    Raises
    ------
    Unreadable
        It is malformed, nested too deep, or has a number or a character that nothing can show.
    """
    try:
        value = json.loads(text, parse_int=_integer, parse_float=_decimal)
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not JSON: {error.msg} (column {error.colno})", error.lineno) from None
    except RecursionError:
        raise Unreadable(f"is nested too deeply, more than {DEEPEST} levels", _deepest(text) or 1) from None
    except ValueError as error:
        digits = str(error)
        raise Unreadable(f"has a number of {len(digits):,} digits", _line(text, digits)) from None
    if _depth(value) > DEEPEST:
        raise Unreadable(f"is nested too deeply, more than {DEEPEST} levels", _deepest(text) or 1)
    if "\\u0000" in text or "\x00" in text or _SURROGATE.search(text):
        made_text(value)
        _refuse_no_text(text, _strings(value))
    return value


def as_text(value: Any) -> Any:
    """Return values with signs for characters that no text can hold."""
    if isinstance(value, str):
        return NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return list(map(as_text, value))
    return {key: as_text(held) for key, held in value.items()} if isinstance(value, dict) else value


def read_yaml(text: str, compose: bool = False) -> Any:
    """Return a YAML text as ruamel's mappings and lists, or with ``compose`` as its nodes.

    Raises
    ------
    Unreadable
        It is malformed, nested too deep, has a character that nothing can show, or its aliases stand for too
        many values.
    """
    line = _deepest(text, BRACKETS)  # ruamel would take minutes to find out
    if line:
        raise Unreadable(f"is nested too deeply, more than {DEEPEST} levels", line)
    try:
        value = YAML().compose(StringIO(text)) if compose else YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(str(error.problem or error.context or "cannot be read").split())
        raise Unreadable(what, mark.line + 1 if mark else 1) from None
    except (YAMLError, ValueError) as error:
        what = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Unreadable(what, 1 + text.count("\n", 0, getattr(error, "position", 0))) from None
    except RecursionError:
        raise Unreadable(f"is nested too deeply, more than {DEEPEST} levels") from None
    except Exception as error:  # ruamel lets many types through where a tag does not fit its value
        raise Unreadable(f"a value does not fit its tag ({type(error).__name__})") from None
    children: Callable[[Any], Iterable[Any]] = _below
    if compose:

        def children(node: Any) -> Iterable[Any]:
            held = node.value if isinstance(node.value, list) else []
            return (each for item in held for each in (item if isinstance(item, tuple) else (item,)))

    _weigh(value, children)
    if value is not None and _ESCAPED.search(text):
        _join_pairs(value, children)
        _refuse_no_text(text, _scalars(value, children) if compose else _strings(value))
    return value


def _join_pairs(value: Any, children: Callable[[Any], Iterable[Any]]) -> None:
    """Make one character of each two escapes that spell its halves, as JSON has it, which is YAML."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        waiting += children(each)
        if isinstance(each, ScalarNode):
            each.value = _paired(each.value)
        elif isinstance(each, dict | list):
            for key, held in list(each.items() if isinstance(each, dict) else enumerate(each)):
                if isinstance(held, str) and NO_TEXT.search(held):
                    each[key] = _paired(held)


def _paired(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _refuse_no_text(text: str, values: Iterable[str]) -> None:
    """Refuse values with what an escape sign may spell and no text can hold."""
    for value in values:
        wrong = NO_TEXT.search(value)
        if wrong:
            code = ord(wrong[0])
            signs = (f"\\u{code:04x}", f"\\x{code:02x}", f"\\u{code:08x}", "\\0")
            sign = next((each for each in signs if each in text.lower()), wrong[0])
            raise Unreadable(f"has the character U+{code:04X}, which is no text", _line(text.lower(), sign))


def _scalars(node: Any, children: Callable[[Any], Iterable[Any]]) -> Iterable[str]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each.value, str):
            yield each.value
        waiting += children(each)


def _weigh(value: Any, children: Callable[[Any], Iterable[Any]]) -> None:
    """Count the values of a text as if each alias were written out; what holds itself has no end."""
    weights: dict[int, int] = {}
    inside: set[int] = set()

    def weigh(item: Any) -> int:
        if id(item) in weights:
            return weights[id(item)]
        if id(item) in inside:
            raise Unreadable("an alias stands for what it stands in")
        if len(inside) > DEEPEST:
            raise Unreadable(f"is nested too deeply, more than {DEEPEST} levels")
        inside.add(id(item))
        weight = 1 + sum(weigh(each) for each in children(item))
        inside.discard(id(item))
        weights[id(item)] = weight
        return weight

    if value is not None and weigh(value) > MOST:
        raise Unreadable(f"its aliases stand for more than {MOST:,} values")


def _below(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else ()


def _integer(digits: str) -> int:
    if len(digits) > DIGITS:
        raise ValueError(digits)
    return int(digits)


def _decimal(digits: str) -> float:
    if len(digits) > DIGITS:
        raise ValueError(digits)
    return float(digits)


def _depth(value: Any) -> int:
    """Return how deep a value is nested, as far as it matters."""
    depth, level = 0, [value] if isinstance(value, dict | list) else []
    while level and depth <= DEEPEST:
        depth += 1
        held = (item.values() if isinstance(item, dict) else item for item in level)
        level = [each for items in held for each in items if isinstance(each, dict | list)]
    return depth


def _deepest(text: str, most: int = DEEPEST) -> int:
    """Return the line where brackets are nested too deep, those in strings included; 0 where they are not."""
    depth = 0
    for found in re.finditer(r"[\[{]|[\]}]", text):
        depth += 1 if found[0] in "[{" else -1
        if depth > most:
            return text.count("\n", 0, found.start()) + 1
    return 0


def _strings(value: Any) -> Iterable[str]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            waiting += item


def _line(text: str, needle: str) -> int:
    return text.count("\n", 0, max(text.find(needle), 0)) + 1
