"""Directives of MyST around text: exercises, theorems, tabs, cards, lists as tables, quotations."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tieout.markdown.named import KINDS, numbered

ENDS = frozenset(("exercise-end", "solution-end"))
PLAIN = frozenset(
    ("div", "container", "grid", "grid-item", "grid-item-card", "card", "tab-set", "tabs", "topic", "only")
)
MARGIN = frozenset(("margin", "sidebar", "aside"))
# What is set apart under a title, and counts as nothing else does.
NOTED = {
    f"{domain}:{name}": name.capitalize()
    for domain in ("prf", "proof")
    for name in ("remark", "axiom", "assumption", "criterion", "observation", "property")
} | {
    "versionadded": "New in version",
    "versionchanged": "Changed in version",
    "deprecated": "Deprecated since",
}
QUOTES = frozenset(("epigraph", "pull-quote", "blockquote", "highlights"))
Box = tuple[list[str], list[str], bool]


def boxed(name: str, rest: str, options: Mapping[str, str]) -> Box | None:
    """Return the lines before and after a directive's text, and whether that is a quotation; None of others.

    Examples
    --------
    >>> boxed("exercise", "", {"label": "first"})
    (['::: {#exr-first}'], [':::'], False)
    >>> boxed("tab-item", "Python", {})
    (['## Python {.unlisted}', ''], [''], False)
    """
    base = name.removesuffix("-start")
    label = options.get("label") or options.get("name")
    if name in ENDS:
        return [":::"], [], False
    if name in QUOTES:
        return ([rest, ""] if rest else []), [], True
    if base in ("solution", "prf:proof", "proof:proof", "proof"):
        kind = "proof" if base.endswith("proof") else "solution"
        before, after = [f"::: {{.{kind}}}"], [":::"]
        if "dropdown" in options.get("class", ""):
            before = ['::: {.callout-tip title="Solution" collapse="true"}']
    elif base in KINDS and base != "list-table":
        titled = f' name="{_quoted(rest)}"' if rest else ""
        after = [":::"]
        if label:
            before = [f"::: {{#{numbered(label, KINDS[base])}{titled}}}"]
        else:
            title = base.rpartition(":")[2].capitalize() + (f": {_quoted(rest)}" if rest else "")
            before = [f'::: {{.callout-note title="{title}" icon="false"}}']
    elif base in NOTED:
        title = " ".join(filter(None, (NOTED[base], rest)))
        before, after = [f'::: {{.callout-note title="{_quoted(title)}" icon="false"}}'], [":::"]
    elif name == "list-table":
        widths = ",".join(re.findall(r"\d+", options.get("widths", "")))
        said = f' widths="{widths}"' if widths else ""
        own = f"#{numbered(label, 'tbl')} " if label else ""
        before = [f"::: {{{own}.list-table header-rows={options.get('header-rows') or 0}{said}}}"]
        before, after = [*before, *([rest, ""] if rest else [])], [":::"]
    elif name == "tab-item":
        return [f"## {rest or 'Tab'} {{.unlisted}}", ""], [""], False
    elif name in ("tab-set", "tabs"):
        before, after = ["::: {.panel-tabset}"], [":::"]
    elif name in MARGIN or name in PLAIN:
        around = ".column-margin" if name in MARGIN else f".{name}"
        title = f"**{rest}**" if rest and not rest[0].isdigit() and name not in ("div", "only") else ""
        before, after = [f"::: {{{around}}}", *([title, ""] if title else [])], [":::"]
    else:
        return None
    return before, ([] if name.endswith("-start") else after), False


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
