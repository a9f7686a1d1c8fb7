"""The words that stand before numbers (`Figure 2.1`, `see Table 3`) and over callouts, by language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# By Quarto's prefixes of labels, with Quarto's English words.
ENGLISH = {
    "fig": "Figure",
    "tbl": "Table",
    "lst": "Listing",
    "eq": "Equation",
    "sec": "Section",
    "ch": "Chapter",
    "apx": "Appendix",
    "thm": "Theorem",
    "lem": "Lemma",
    "cor": "Corollary",
    "prp": "Proposition",
    "cnj": "Conjecture",
    "def": "Definition",
    "exm": "Example",
    "exr": "Exercise",
    "rem": "Remark",
    "sol": "Solution",
    "nte": "Note",
    "tip": "Tip",
    "wrn": "Warning",
    "imp": "Important",
    "cau": "Caution",
}
UKRAINIAN = {
    "fig": "Рисунок",
    "tbl": "Таблиця",
    "lst": "Лістинг",
    "eq": "Рівняння",
    "sec": "Розділ",
    "ch": "Глава",
    "apx": "Додаток",
    "nte": "Примітка",
    "tip": "Порада",
    "wrn": "Увага",
    "imp": "Важливо",
    "cau": "Обережно",
}
CALLOUTS = {"note": "nte", "tip": "tip", "warning": "wrn", "important": "imp", "caution": "cau"}
CODE = {"en": "Code", "uk": "Код"}


def names(lang: str, crossref: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of a language, those that `crossref` sets over them.

    For a kind ``k`` there is ``k-title`` (in captions) and ``k-prefix`` (in references); for callouts their
    type, ``note``.
    """
    base = lang.split("-")[0].lower()
    words = {**ENGLISH, **(UKRAINIAN if base == "uk" else {})}
    found = {"title-delim": ":", "code-summary": CODE.get(base, CODE["en"])}
    for kind, word in words.items():
        found[f"{kind}-title"] = found[f"{kind}-prefix"] = word
    found |= {name: words[kind] for name, kind in CALLOUTS.items()}
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
