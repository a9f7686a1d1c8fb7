"""Roles of MyST within a line, `{math}`x``, `{cite}`key``, as Quarto writes what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

ROLE = re.compile(r"(?<![`\\])\{(?P<name>[A-Za-z][\w:-]*)\}(?P<ticks>`+)(?P<text>[^`]+)(?P=ticks)(?!`)")
EMPTY = re.compile(r"\[\]\(#([^()\s]+)\)")  # a link that says what it leads to
DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)"
)  # MyST asks the web what work it is
WIKI = re.compile(r"(?<=\]\()wiki:([^()\s]+(?:\([^()\s]*\))?)(?=\))")
TARGET = re.compile(r"(?P<words>.*?)\s*<(?P<target>[^<>]+)>\s*")
KINDS = (
    "fig-",
    "tbl-",
    "eq-",
    "sec-",
    "lst-",
    "thm-",
    "exr-",
    "lem-",
    "cor-",
    "def-",
    "prp-",
    "cnj-",
    "exm-",
    "alg-",
)
VERBATIM = frozenset(("code", "file", "command", "kbd", "program", "guilabel", "menuselection", "literal"))
WORDS = frozenset(("term", "abbr", "doc", "any", "index", "underline", "u"))


def identifier(name: str) -> str:
    """Return a name of MyST's as an identifier: without blanks and other signs."""
    return re.sub(r"[^\w:.-]+", "-", name.strip()).strip("-:.")


def numbered(name: str, kind: str) -> str:
    """Return the identifier of a figure, a table or an equation, as Quarto numbers it: `fig-…`.

    Examples
    --------
    >>> numbered("my plot", "fig"), numbered("tbl-sizes", "fig"), numbered("eq:line", "eq")
    ('fig-my-plot', 'tbl-sizes', 'eq-line')
    """
    own = identifier(name).replace(":", "-")
    return own if own.startswith(KINDS) else f"{kind}-{own}"


def cited(text: str) -> Iterator[tuple[int, str]]:
    """Give each key that roles of a text cite, with the place of its role.

    Examples
    --------
    >>> list(cited("see {cite:p}`a, b`"))
    [(4, 'a'), (4, 'b')]
    """
    for found in ROLE.finditer(text):
        if found["name"].lower().partition(":")[0] == "cite":
            keys = (key.strip() for key in found["text"].split(","))
            yield from ((found.start(), key) for key in keys if key and not DOI.fullmatch(key))


def with_roles(line: str, titles: Mapping[str, str], numbers: Mapping[str, str]) -> str:
    """Return a line of Markdown with its roles as Quarto has them; others stay as they are.

    Parameters
    ----------
    titles
        The headings of the text that have names, by these.
    numbers
        What is numbered in the text, by the name that MyST knows it by.

    Examples
    --------
    >>> with_roles("{math}`x^2` of {cite:t}`a,b`, {ref}`Start <start>`, {sub}`i j`", {"start": "S"}, {})
    '$x^2$ of @a; @b, [Start](#start), ~i\\\\ j~'
    """
    if "[](#" in line:
        known = {*titles, *numbers}
        line = EMPTY.sub(
            lambda found: _written("ref", found[1], titles, numbers) if found[1] in known else found[0], line
        )
    if "](wiki:" in line:
        line = WIKI.sub(r"https://en.wikipedia.org/wiki/\1", line)
    if "}`" not in line:
        return line

    def written(found: re.Match[str]) -> str:
        return _written(found["name"].lower(), found["text"].strip(), titles, numbers) or found[0]

    return ROLE.sub(written, line)


def _written(name: str, text: str, titles: Mapping[str, str], numbers: Mapping[str, str]) -> str:
    pair = TARGET.fullmatch(text)
    words, target = (pair["words"], pair["target"].strip()) if pair else ("", text)
    if name == "math":
        return f"${text}$"
    if name.partition(":")[0] == "cite":
        if given := DOI.fullmatch(text):
            return f"<https://doi.org/{given[1]}>"
        keys = "; ".join(f"@{key.strip()}" for key in text.split(",") if key.strip())
        return keys if name in ("cite:t", "cite:ct") else f"[{keys}]"
    if name == "eq":
        return f"@{numbered(target, 'eq')}"
    if name == "numref" and target in titles and target not in numbers:
        name = "ref"  # a section, whose title says which
    if name in ("numref", "prf:ref"):
        return f"@{numbers.get(target) or numbered(target, 'fig')}"
    if name == "ref":
        if target in numbers or target.startswith(KINDS):
            return f"@{numbers.get(target, target)}"
        shown = words or titles.get(target) or target
        return f"[{shown}](#{identifier(target)})" if target in titles else shown
    if name in ("sub", "sup"):
        sign = "~" if name == "sub" else "^"
        return sign + re.sub(r"(\s)", r"\\\1", text) + sign
    if name == "download" and pair:
        return f"[{words}]({target})"
    if name in VERBATIM:
        return f"`{text}`"
    return (words or text) if name in WORDS else ""
