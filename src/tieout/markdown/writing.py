"""Plain text as Markdown that shows it, and what a reader sees of a line of Markdown."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>$|~^@#]")
_LINK = re.compile(r"!?\[((?:\\.|\[[^\[\]]*\]|[^\[\]\\])*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\{[^}]*\})")
_MARKUP = re.compile(r"\\([!-/:-@\[-`{-~])|(\*\*?|`|(?<!\w)_|_(?!\w))")


def escape(text: str) -> str:
    """Return plain text as Markdown that shows it, with nothing read as markup or maths."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def visible(markdown: str) -> str:
    """Return what a reader sees of a line of Markdown, roughly: links by their text, no marks, no escapes."""
    for _ in range(3):
        markdown = _LINK.sub(r"\1", markdown)
    return _MARKUP.sub(lambda match: match[1] or "", markdown)
