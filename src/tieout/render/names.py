"""The words that stand before numbers (`Figure 2.1`, `see Table 3`) and over callouts, by language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tieout.project.languages import words

# Keys of Quarto's `language:`: `callout-tip-title`, `crossref-fig-prefix`.
OWN_WORDS = re.compile(r"callout-(?P<callout>[a-z]+)-title|crossref-(?P<kind>[a-z]+)-(?P<part>title|prefix)")
# What can be referred to; other words of a language are for the page around.
KINDS = (
    *("fig", "tbl", "lst", "eq", "sec", "ch", "apx", "nte", "tip", "wrn", "imp", "cau"),
    *("thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "rem", "sol", "alg"),
)
CALLOUTS = {"note": "nte", "tip": "tip", "warning": "wrn", "important": "imp", "caution": "cau"}


def names(lang: str, crossref: Mapping[str, Any], own: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Return the words of a language, those that `language:` and `crossref:` set over them.

    For a kind ``k`` there is ``k-title`` (in captions) and ``k-prefix`` (in references); for callouts their
    type, ``note``.
    """
    said = words(lang)
    found = {"title-delim": ":", "code-summary": said["code"]}
    found["prf-title"] = said["prf"]
    for kind in KINDS:
        found[f"{kind}-title"] = found[f"{kind}-prefix"] = said[kind]
    found |= {name: said[kind] for name, kind in CALLOUTS.items()}
    for key, value in (own or {}).items():
        part = OWN_WORDS.fullmatch(str(key))
        if part and isinstance(value, str):
            found[part["callout"] or f"{part['kind']}-{part['part']}"] = value
        elif key == "code-summary":
            found["code-summary"] = str(value)
    for kind, item in custom_floats(crossref).items():
        found[f"{kind}-prefix"] = str(item.get("reference-prefix", kind))
        found[f"{kind}-title"] = str(item.get("caption-prefix", found[f"{kind}-prefix"]))
    for key, value in crossref.items():
        if key.endswith(("-title", "-prefix", "-delim")) and not isinstance(value, dict | list):
            found[str(key)] = str(value)
    return found


def custom_floats(crossref: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the author's own kinds of floats (`crossref: custom:`) by their key."""
    given = crossref.get("custom", [])
    items = given if isinstance(given, list) else [given]
    return {
        str(item["key"]): item
        for item in items
        if isinstance(item, Mapping) and item.get("kind", "float") == "float" and item.get("key")
    }
