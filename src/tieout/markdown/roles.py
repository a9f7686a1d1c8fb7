"""Roles of MyST within a line, `{math}`x``, `{cite}`key``, as Quarto writes what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieout.markdown.named import NUMBERED, Named, Names, numbered

ROLE = re.compile(r"(?<![`\\])\{(?P<name>[A-Za-z][\w:-]*)\}(?P<ticks>`+)(?P<text>[^`]+)(?P=ticks)(?!`)")
EMPTY = re.compile(r"(?<!!)\[\]\(([^()\s]+)\)")  # a link that says what it leads to
# A picture that is a text, or a place in one: MyST shows there what stands in it.
EMBEDDED = re.compile(
    r"(?<!`)!\[([^\[\]]*)\]\((?=[^()\s])([^()\s#]*\.(?:ipynb|qmd|md|[Rr]md))?(?:#([^()\s]+))?\)(?!\{)"
)
WORK = re.compile(r"\[@(https?://(?:dx\.)?doi\.org/10\.[^\]\s;]+)\]")  # which MyST cites by its address
NAMING = re.compile(r"(?<=\])\(#?([^()\s#]+)\)")
DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)"
)  # MyST asks the web what work it is
WIKI = re.compile(r"(?<=\]\()wiki:([^()\s]+(?:\([^()\s]*\))?)(?=\))")
TARGET = re.compile(r"(?P<words>.*?)\s*<(?P<target>[^<>]+)>\s*")
VERBATIM = frozenset(("code", "file", "command", "kbd", "program", "guilabel", "menuselection", "literal"))
WORDS = frozenset(("term", "abbr", "doc", "any", "index", "underline", "u"))


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


def with_roles(line: str, names: Names) -> str:
    """Return a line of Markdown with its roles as Quarto has them; others stay as they are.

    Examples
    --------
    >>> from tieout.markdown.named import Named
    >>> names = Names({"start": Named("start", "S")})
    >>> with_roles("![](two.md#start), ![](#a), [@https://doi.org/10.5281/1]", names)
    '[S](#start), [`#a`](#a), <https://doi.org/10.5281/1>'
    >>> with_roles("{math}`x^2` of {cite:t}`a,b`, {ref}`Start <start>`, {sub}`i j`", names)
    '$x^2$ of @a; @b, [Start](#start), ~i\\\\ j~'
    """
    if "![" in line:
        line = EMBEDDED.sub(lambda found: _embedded(found[1], found[2] or "", found[3] or "", names), line)
    if "[@http" in line:
        line = WORK.sub(r"<\1>", line)
    if "[](" in line:
        line = EMPTY.sub(lambda found: _leading(found[1], names) or found[0], line)
    if "](" in line and names.named:
        line = NAMING.sub(lambda found: _address(found[1], names) or found[0], line)
    if "](wiki:" in line:
        line = WIKI.sub(r"https://en.wikipedia.org/wiki/\1", line)
    if "}`" not in line:
        return line

    def written(found: re.Match[str]) -> str:
        return _written(found["name"].lower(), found["text"].strip(), names) or found[0]

    return ROLE.sub(written, line)


def _leading(target: str, names: Names) -> str:
    """Return a link without words with those that MyST gives it: a number, or a title."""
    place = names.named.get(target[1:]) if target.startswith("#") else None
    page = names.page(target) if "#" not in target else None
    if page:
        return f"[{page.title}]({page.address})" if page.title else ""
    return _referring("ref", "", target[1:], names) if place else ""


def _embedded(words: str, file: str, name: str, names: Names) -> str:
    """Return a link to what MyST would show in its place."""
    if name in names.named:
        return _referring("ref", words, name, names)
    page = names.page(file)
    words = words or (page.title if page else "") or f"`{file}{name and '#'}{name}`"
    return f"[{words}]({page.address if page and not name else file}{name and '#'}{name})"


def _address(target: str, names: Names) -> str:
    found = names.named.get(target)
    return f"({found.address})" if found else ""


def _written(name: str, text: str, names: Names) -> str:
    pair = TARGET.fullmatch(text)
    words, target = (pair["words"], pair["target"].strip()) if pair else ("", text)
    if name == "math":
        return f"${text}$"
    if name.partition(":")[0] == "cite":
        if given := DOI.fullmatch(text):
            return f"<https://doi.org/{given[1]}>"
        keys = "; ".join(f"@{key.strip()}" for key in text.split(",") if key.strip())
        return keys if name in ("cite:t", "cite:ct") else f"[{keys}]"
    if name in ("eq", "numref", "prf:ref", "ref"):
        return _referring(name, words, target, names)
    if name in ("doc", "any"):
        page = names.page(target)
        if page:
            return f"[{words or page.title or target}]({page.address})"
        if target in names.named:
            return _referring("ref", words, target, names)
    if name in ("sub", "sup"):
        sign = "~" if name == "sub" else "^"
        return sign + re.sub(r"(\s)", r"\\\1", text) + sign
    if name == "download" and pair:
        return f"[{words}]({target})"
    if name in VERBATIM:
        return f"`{text}`"
    return (words or text) if name in WORDS else ""


def _referring(role: str, words: str, target: str, names: Names) -> str:
    """Return a reference, by the number of what is counted and of what `numref` asks for, else by its title.

    `%s` in words stands for the number.
    """
    found = names.named.get(target)
    if found is None and (role != "ref" or target.startswith(NUMBERED)):
        own, kind = target.startswith(NUMBERED), "eq" if role == "eq" else "fig"
        found = Named(target if own else numbered(target, kind))
    if found is None:
        return words or target
    before, number, after = words.replace("{number}", "%s").partition("%s")
    if found.is_counted and (number or not words):
        hidden = "-" if number and not before.strip() else ""
        cited = f"{before.strip()} {hidden}@{found.id}".strip()
        return (f"[{cited}]" if number else cited) + after
    if role == "numref" and found.title and (number or not words):
        said = f' words="{before}%s{after}"'.replace("\\", "") if number else ""
        return f"[{found.title}]({found.address}){{.numref{said}}}"
    return f"[{words or found.title or target}]({found.address})"
