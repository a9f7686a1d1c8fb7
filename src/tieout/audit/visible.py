"""Whether a reader sees an element: a tie that is hidden ties nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

HIDING_CLASSES = frozenset(
    (
        "visually-hidden",
        "visually-hidden-focusable",
        "sr-only",
        "screen-reader-only",
        "d-none",
        "hidden",
        "invisible",
    )
)
HIDING_TAGS = frozenset(("template", "script", "style", "head", "noscript", "datalist"))
ZERO = r"0*\.?0+(?:[a-z%]+)?"
HIDING_STYLES = (
    ("display", re.compile(r"none")),
    ("visibility", re.compile(r"hidden|collapse")),
    ("content-visibility", re.compile(r"hidden")),
    ("opacity", re.compile(rf"{ZERO}|0*\.0\d*")),
    ("font-size", re.compile(rf"{ZERO}|(?:0?\.\d+|1)px")),
    ("width", re.compile(rf"{ZERO}|1px")),
    ("height", re.compile(rf"{ZERO}|1px")),
    ("max-width", re.compile(ZERO)),
    ("max-height", re.compile(ZERO)),
    ("color", re.compile(r"transparent|rgba\(.*,\s*0?\.?0+\)|#[0-9a-f]{6}00|#[0-9a-f]{3}0")),
    ("clip", re.compile(r"rect\(.*")),
    ("clip-path", re.compile(r"inset\((?:[5-9]\d|100)%.*|circle\(0.*|polygon\(0.*")),
    ("transform", re.compile(r".*(?:scale[xy]?\(0\)|translate\w*\(-?\d{4,}.*)")),
    ("zoom", re.compile(ZERO)),
    *(
        (side, re.compile(r"-\d{3,}.*"))
        for side in ("left", "top", "right", "bottom", "text-indent", "margin-left")
    ),
    *((side, re.compile(r"\d{5,}.*")) for side in ("left", "top", "text-indent", "margin-left")),
)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
TIE_SELECTOR = re.compile(
    r"(?:^|[\s>+~,])(?:a|data)?(?:\.tie|\[data-tie[^\]]*\]|data)(?:\s+data|\s*>\s*data)?\s*$"
)


def is_key(element: Any) -> bool:
    """Whether a text is the words for a key that stands before it, for those who hear the page."""
    key = element.getprevious()
    same = key is not None and "".join(key.itertext()) == "".join(element.itertext())
    return bool(same and key.tag == "kbd" and not (key.tail or "").strip())


def hidden_by(element: Any) -> str | None:
    """Return what hides an element or something around or within it, None where a reader sees it.

    A closed `details` hides nothing: readers open it.
    """
    around = [element, *element.iterancestors()]
    within = [node for node in element.iterdescendants() if isinstance(node.tag, str)]
    for node in [*around, *within]:
        reason = _hides(node)
        if reason:
            return f"<{node.tag}> with {reason}" if node is not element else reason
    return None


def hiding_rules(css: str) -> Iterator[str]:
    """Give the selectors of a style sheet that hide ties from readers of the screen."""
    text = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    text = re.sub(r"@media\s+print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)
    for selectors, declarations in RULE.findall(text):
        if _style(declarations):
            for selector in selectors.split(","):
                if TIE_SELECTOR.search(selector.strip()):
                    yield selector.strip()


def _hides(node: Any) -> str | None:
    if node.get("hidden") is not None:
        return "`hidden`"
    if (node.get("aria-hidden") or "").strip().lower() == "true":
        return "`aria-hidden`"
    if node.tag in HIDING_TAGS:
        return f"`<{node.tag}>`"
    names = HIDING_CLASSES.intersection((node.get("class") or "").split())
    if names:
        return f"the class `{min(names)}`"
    return _style(node.get("style") or "")


def _style(text: str) -> str | None:
    for declaration in text.lower().split(";"):
        name, _, value = declaration.partition(":")
        value = value.replace("!important", "").strip()
        for hiding, pattern in HIDING_STYLES:
            if name.strip() == hiding and pattern.fullmatch(value):
                return f"`{hiding}: {value}`"
    return None
