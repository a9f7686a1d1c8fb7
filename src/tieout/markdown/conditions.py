"""Which parts of a text a format shows: divs and spans may be for some formats, metadata or profiles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tieout.markdown import Scan
from tieout.markdown.spans import ATTRIBUTE, classes

# The names of each format. In Quarto `pdf` is LaTeX's, and here it is what makes the PDF.
FORMS = {
    "html": {"html", "html4", "html5", "html:js"},
    "typst": {"typst", "pdf"},
    "typst alone": {"typst"},
}


def is_shown(
    names: Sequence[str], pairs: Sequence[Sequence[str]], form: str, metadata: Mapping[str, Any]
) -> bool:
    """Whether a part that is for some formats or some metadata only is shown here.

    Of several values of one key any will do; several keys have to hold together.
    """
    visible, hidden = "content-visible" in names, "content-hidden" in names
    if not (visible or hidden):
        return True
    found: dict[str, bool] = {}
    for key, value in pairs:
        word, _, what = key.partition("-")
        if word in ("when", "unless") and what in ("format", "meta", "profile"):
            fits = what == "format" and bool(FORMS[form] & set(re.split(r"[\s,]+", value)))
            fits = fits or (what == "meta" and _has(metadata, value))
            fits = fits or (what == "profile" and value in (metadata.get("profile") or ()))
            found[key] = found.get(key, False) or fits
    holds = all(fits == key.startswith("when") for key, fits in found.items())
    return holds if visible else not holds


def _has(metadata: Mapping[str, Any], path: str) -> bool:
    value: Any = metadata
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value not in (None, False, "false")


def hidden(
    texts: Sequence[Scan], form: str, metadata: Mapping[str, Any]
) -> Iterator[tuple[tuple[int, int], ...]]:
    """Give for each of a chapter's texts the stretches of it that a format does not show.

    They are read one after the other, since a div may hold several cells of a notebook.

    Examples
    --------
    >>> from tieout.markdown import scan
    >>> text = "On [pages]{.content-visible when-format=html} or [paper]{.content-visible when-format=pdf}."
    >>> [text[start:end] for start, end in next(hidden([scan(text)], "html", {}))]
    ['paper']
    """
    opened: list[bool] = []  # of each div that is open, whether it is shown
    for text in texts:
        found = []
        start = None if all(opened) else 0
        for place, said in text.divs:
            if said:
                opened.append(_shows(said, form, metadata))
            elif opened:
                opened.pop()
            if start is None and not all(opened):
                start = place
            elif start is not None and all(opened):
                found.append((start, place))
                start = None
        if start is not None:
            found.append((start, len(text.source)))
        found += [(start, end) for start, end, said in text.spans if not _shows(said, form, metadata)]
        yield tuple(found)


def _shows(said: str, form: str, metadata: Mapping[str, Any]) -> bool:
    """Whether what is said of a div or a span, attributes or a class, lets a format show it."""
    if "content-" not in said:
        return True
    if not said.startswith("{"):
        return is_shown([said], (), form, metadata)
    pairs = [(found["key"], found[str(found.lastgroup)]) for found in ATTRIBUTE.finditer(said)]
    return is_shown(classes(said), pairs, form, metadata)
