"""Where single pieces of inline markup end, by pandoc's rules: code, maths, attributes, addresses."""

from __future__ import annotations

import re

KEY = re.compile(r"@(?:\{[^}\s]*\}|\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*)")
LOCATOR = re.compile(
    r",?\s*(?:\{[^}]*\}|(?:(?:(?:pp?|chaps?|ch|secs?|vols?|figs?|tables?|paras?|pages?|chapters?|sections?|nos?"
    r"|eqs?|cols?|lines?|vv?|bks?|fols?|ops?|parts?|notes?|s\.\s?v)\.?\s+)|§+\s*|¶+\s*)?\d[\d\s,–-]*(?=[\];]|$))"
)
TAG = re.compile(r"</?[A-Za-z][\w-]*(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*\s*/?>")
RAW = re.compile(r"<(script|style|pre|textarea)\b", re.I)
AUTOLINK = re.compile(r"<(?:[A-Za-z][\w+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>")
SHORTCODE = re.compile(r"\{\{<.*?>\}\}", re.S)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")

_VALUE = r"(?:\"(?P<double>(?:\\.|[^\"\\])*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s}\"']+))"
ATTRIBUTE = re.compile(rf"(?P<key>[\w:-]+)\s*=\s*{_VALUE}", re.S)
_PART = r"#[\w:.-]+|\.[^\W\d_][\w:.-]*|-(?=[\s}])|=\w+|[\w:-]+\s*=\s*" + re.sub(r"\?P<\w+>", "?:", _VALUE)
_ATTRIBUTES = re.compile(rf"\{{\s*(?:(?>{_PART})\s*+)*+\}}", re.S)
_CLASS = re.compile(r"(?<![\w=])\.([\w-]+)")
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')
_TICKS = re.compile(r"`+")
_ADDRESS = re.compile(r"\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>(?:\\.|\([^()\s]*\)|[^\s()\\])*))")
_TITLE = re.compile(r"(?:\s+(?:\"(?P<double>(?:\\.|[^\"\\])*)\"|'(?P<single>[^']*)'))?\s*\)")


def code_end(text: str, position: int, end: int) -> int | None:
    """Return the end of the code span that opens here; None where its ticks never close."""
    opening = _TICKS.match(text, position, end)
    assert opening
    for closing in _TICKS.finditer(text, opening.end(), end):
        if len(closing.group()) == len(opening.group()):
            return closing.end()
    return None


def ticks(text: str, position: int, end: int) -> int:
    """Return how many backticks stand here."""
    opening = _TICKS.match(text, position, end)
    return len(opening.group()) if opening else 0


def math_end(text: str, position: int, end: int) -> int | None:
    """Return the end of the maths that opens here; None where the dollar sign is one of money."""
    if text.startswith("$$", position):
        close = text.find("$$", position + 2, end)
        return close + 2 if close >= 0 else None
    if position + 1 >= end or text[position + 1].isspace():
        return None
    close = position
    while (close := text.find("$", close + 1, end)) >= 0:
        if text[close - 1] == "\\":
            continue
        inside = close > position + 1 and not text[close - 1].isspace()
        if inside and not text[close + 1 : close + 2].isdigit():
            return close + 1
    return None


def attributes_end(text: str, position: int, end: int) -> int | None:
    """Return the end of the attributes ``{#id .class key=value}`` that open here, or None."""
    match = _ATTRIBUTES.match(text, position, end)
    return match.end() if match else None


def classes(attributes: str) -> list[str]:
    """Return the classes among attributes."""
    return _CLASS.findall(_QUOTED.sub('""', attributes))


def destination(text: str, position: int, end: int) -> tuple[str, int, tuple[int, int] | None] | None:
    """Read ``(address "title")``: the address, where it ends, and the span of the title."""
    match = _ADDRESS.match(text, position, end)
    rest = _TITLE.match(text, match.end(), end) if match else None
    if not match or not rest:
        return None
    title = rest.span(rest.lastgroup) if rest.lastgroup else None
    address = match["angle"] if match["angle"] is not None else match["plain"]
    return re.sub(r"\\([^\w\s])", r"\1", address), rest.end(), title
