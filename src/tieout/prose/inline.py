"""Code in running text that other tools replace by a value: Quarto's inline expressions, roles of MyST-NB."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_PYTHON = re.compile(r"(?<!`)`\{(?:python|py)\}[ \t]+(?P<code>[^`\n]+?)[ \t]*`(?!`)")
_GLUE = re.compile(r"\{glue(?::(?:text|any))?\}`(?P<code>[^`\n:]+?)(?::(?P<format>[^`\n]+))?`")

Kind = Literal["python", "glue"]
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (("python", _PYTHON), ("glue", _GLUE))


@dataclass(frozen=True)
class Inline:
    """One such place.

    Parameters
    ----------
    start, end
        Where it stands in the Markdown.
    text
        It as written.
    kind
        ``python`` for an expression, ``glue`` for the name of a value that code has glued.
    code
        The expression, or the name.
    format
        How the value is formatted, as Python has it: ``.2f``; empty where nothing says.
    """

    start: int
    end: int
    text: str
    kind: Kind
    code: str
    format: str = ""


def inlines(markdown: str) -> list[Inline]:
    """Return the inline expressions and roles of a text, those in fenced code left out.

    Examples
    --------
    >>> [(each.kind, each.code, each.format) for each in inlines("`{python} len(x)` and {glue:text}`m:.2f`")]
    [('python', 'len(x)', ''), ('glue', 'm', '.2f')]
    """
    fences = [found.span() for found in FENCE.finditer(markdown)]
    found = [
        Inline(*each.span(), each[0], kind, each["code"].strip(), each.groupdict().get("format") or "")
        for kind, pattern in _KINDS
        for each in pattern.finditer(markdown)
        if not any(start <= each.start() < end for start, end in fences)
    ]
    return sorted(found, key=lambda each: each.start)
