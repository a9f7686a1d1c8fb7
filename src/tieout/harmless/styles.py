"""Styles: properties that only say how text and shapes look, with values that load nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

PROPERTIES = re.compile(
    r"-inkscape-[\w-]+|align(ment)?-[\w-]+|background(-color)?|baseline-shift|border(-[\w-]+)?|box-sizing"
    r"|break-[\w-]+|caption-side|clear|clip(-path|-rule)?|color(-[\w-]+)?|column(s|-[\w-]+)?|counter-reset|direction|display"
    r"|dominant-baseline|empty-cells|enable-background|fill(-opacity|-rule)?|filter|flex(-[\w-]+)?|float"
    r"|flood-[\w-]+|font(-[\w-]+)?|gap|grid(-[\w-]+)?|(min-|max-)?(height|width)|hyphens|image-rendering"
    r"|isolation|justify-[\w-]+|letter-spacing|lighting-color|line-height|list-style(-[\w-]+)?|margin(-[\w-]+)?"
    r"|marker(-[\w-]+)?|mask|mask-type|mix-blend-mode|opacity|order|orphans|overflow(-[xy]|-wrap)?|padding(-[\w-]+)?"
    r"|page-break-[\w-]+|paint-order|place-[\w-]+|row-gap|shape-[\w-]+|solid-(color|opacity)|stop-(color|opacity)"
    r"|stroke(-[\w-]+)?|tab-size|table-layout|text-[\w-]+|transform(-origin|-box)?|unicode-bidi|vector-effect"
    r"|vertical-align|visibility|white-space|widows|word-(break|spacing|wrap)|writing-mode",
    re.IGNORECASE,
)
# A backslash may spell any of the names anew; `url(#…)` stays inside the drawing.
HARMFUL = re.compile(
    r"\\|@|<|/\*|expression|javascript|binding|behaviou?r|\b(?:url|src|image|image-set)\s*\((?!\s*[\"']?#)",
    re.I,
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")


def declarations(text: str) -> str | None:
    """Return the harmless declarations of a `style` attribute: itself where all are, None where none is."""
    parts = [part for part in text.split(";") if part.strip()]
    kept = [part for part in parts if _is_harmless(part)]
    if len(kept) == len(parts):
        return text
    return ";".join(kept) or None


def sheet(text: str) -> str:
    """Return a drawing's style sheet with the harmless declarations of its plain rules, and nothing else."""
    bare = COMMENT.sub("", text)
    whole = "".join(RULE.sub("", bare).split()) == ""
    rules = list(_rules(bare))
    if whole and all(kept == body and not HARMFUL.search(head) for head, body, kept in rules):
        return text
    return "".join(f"{head}{{{kept}}}" for head, _, kept in rules if kept and not HARMFUL.search(head))


def _rules(text: str) -> Iterator[tuple[str, str, str]]:
    for head, body in RULE.findall(text):
        yield head, body, (declarations(body) or "") if body.strip() else body


def _is_harmless(declaration: str) -> bool:
    name, colon, value = declaration.partition(":")
    return bool(colon and PROPERTIES.fullmatch(name.strip()) and not HARMFUL.search(value))
