"""Emoji, of which the fonts of a PDF have few: some are written as signs there, others left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

SIGNS = {
    "✅": "✓",
    "❌": "✗",
    "❎": "✗",
    "❗": "!",
    "❕": "!",
    "❓": "?",
    "❔": "?",
    "➕": "+",
    "➖": "−",
    "➗": "÷",
}
# Pictures that neither the book's fonts nor those of Typst have, and what stands between parts of one.
PICTURES = (
    r"\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u270a\u270b\u2728\u27b0"
    r"\U0001f000-\U0001f0f5\U0001f170-\U0001f1ff\U0001f200-\U0001f265\U0001f300-\U0001f6d0"
    r"\U0001f6d2-\U0001f6fc\U0001f7f0\U0001f900-\U0001faff"
)
PICTURE = re.compile(rf" ?[{PICTURES}][{PICTURES}\ufe0e\ufe0f\u200d]*")
KEYCAP = re.compile(r"([0-9#*])\ufe0f?\u20e3")


def on_paper(text: str) -> str:
    """Return a text as a PDF has it.

    Examples
    --------
    >>> on_paper("1️⃣ First 🚀, ✅ of 👩‍💻")
    '1 First, ✓ of'
    """
    return PICTURE.sub("", KEYCAP.sub(r"\1", _with_signs(text)))


def left_out(text: str) -> list[str]:
    """Return the emoji of a text that a PDF leaves out, each once, in their order."""
    return list(dict.fromkeys(found[0].strip() for found in PICTURE.finditer(_with_signs(text))))


def rules(text: str) -> Iterator[str]:
    """Give the rules that make Typst write a text as `on_paper` does; none for a text without emoji."""
    if KEYCAP.search(text):
        yield f'#show regex("{_typst(KEYCAP.pattern)}"): it => it.text.codepoints().first()'
    if left_out(text):
        yield f'#show regex("{_typst(PICTURE.pattern)}"): ""'
    yield from (f'#show regex("{sign}\\u{{fe0f}}?"): "{new}"' for sign, new in SIGNS.items() if sign in text)


def _with_signs(text: str) -> str:
    for sign, instead in SIGNS.items():
        text = text.replace(f"{sign}\ufe0f", instead).replace(sign, instead)
    return text


def _typst(pattern: str) -> str:
    """Return a pattern as Typst writes its places."""
    return re.sub(r"\\[uU]([0-9a-f]{4,8})", lambda found: f"\\u{{{found[1].lstrip('0')}}}", pattern)
