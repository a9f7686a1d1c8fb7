"""Plain text as Markdown that shows it, and what a reader sees of a line of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>$|~^@#]")
_LINK = re.compile(r"!?\[((?:\\.|\[[^\[\]]*\]|[^\[\]\\])*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\{[^}]*\})")
_TIE = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(tie:([^)\s:]+)(?::([^)\s]+))?\)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_MARKUP = re.compile(r"\\([!-/:-@\[-`{-~])|(\*\*?|`|(?<!\w)_|_(?!\w))")


def escape(text: str) -> str:
    """Return plain text as Markdown that shows it, with nothing read as markup or maths."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def tied(markdown: str, id: str, column: str = "") -> str:
    """Return Markdown of a line as a tie.

    Examples
    --------
    >>> tied("42.5%", "market.cagr"), tied("2024", "market.2024", "year")
    ('[42.5%](tie:market.cagr)', '[2024](tie:market.2024:year)')
    """
    return f"[{markdown}](tie:{id}{':' if column else ''}{column})"


def without_ties(
    markdown: str, but: Callable[[str, str, str | None], bool] = lambda shown, id, column: False
) -> str:
    """Return Markdown with the texts of its ties in their places.

    Parameters
    ----------
    but
        Which ties stay: by what a reader sees of one, and by its id and column.

    Examples
    --------
    >>> without_ties(r"[\\$2.5 billion](tie:market.2024) in [2024](tie:market.2024:year)")
    '\\\\$2.5 billion in 2024'
    """
    return _TIE.sub(lambda tie: tie[0] if but(visible(tie[1]), tie[2], tie[3]) else tie[1], markdown)


def visible(markdown: str) -> str:
    """Return what a reader sees of a line of Markdown, roughly: links by their text, no marks, no escapes."""
    for _ in range(3):
        markdown = _LINK.sub(r"\1", markdown)
    return _MARKUP.sub(lambda match: match[1] or "", markdown)


def typographic(text: str) -> str:
    """Return words with the apostrophes of a printed page, for what no engine sets as Markdown.

    Examples
    --------
    >>> typographic("China's growth, 'as stated'")
    "China’s growth, 'as stated'"
    """
    return _APOSTROPHE.sub("’", text)
