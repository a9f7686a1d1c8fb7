"""The tables of docs/quarto.md, from what the code knows (`python -m tests.support.quarto_table`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tieout.notebooks.tags import TAGS
from tieout.project.quarto_keys import SHAPE, SILENT, Shape, reason_ignored
from tieout.render.cells import OPTIONS
from tieout.render.shortcodes import KNOWN

DOCUMENT = Path(__file__).parents[2] / "docs" / "quarto.md"
OURS = ("tieout",)  # keys that Quarto takes for metadata


def keys() -> Iterator[str]:
    """Give a row for each key of `_quarto.yml`: the key, what Tieout's engine makes of it, what Quarto."""
    yield "| key | pandoc engine | Quarto |"
    yield "|---|---|---|"
    for place in _places(SHAPE, ()):
        if place[:2] == ("format", "typst") or place[:2] == ("format", "tieout-typst"):
            continue  # the same options as those of html
        name = ".".join(place).replace("*", "…")
        reason = reason_ignored(place, None)
        read = f"no effect: {reason}" if reason else "read"
        if place[-1] in SILENT:
            read = "nothing runs: stored outputs are shown"
        yield f"| `{name}` | {read} | {'metadata' if place[0] in OURS else 'read'} |"


def cells() -> Iterator[str]:
    """Give a row for each option of a cell, and for each tag."""
    yield "| of a cell | pandoc engine | Quarto |"
    yield "|---|---|---|"
    for name in sorted(OPTIONS):
        yield f"| `#| {name}:`".replace("#|", "#\\|") + " | read | read |"
    for name in sorted(TAGS):
        yield f"| tag `{name}` | read | by Jupyter's tools only |"


def shortcodes() -> Iterator[str]:
    """Give a row for each shortcode."""
    yield "| shortcode | pandoc engine | Quarto |"
    yield "|---|---|---|"
    for name in KNOWN:
        yield f"| `{{{{< {name} >}}}}` | read | read |"
    yield "| all others | shown as written, with a warning | read |"


def written(text: str) -> str:
    """Return the document with its tables as the code has them."""
    for table in (keys, cells, shortcodes):
        mark, end = f"<!-- {table.__name__} -->\n", "<!-- end -->"
        start = text.index(mark) + len(mark)
        text = text[:start] + "\n".join(table()) + "\n" + text[text.index(end, start) :]
    return text


def _places(shape: Shape, at: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(shape, Mapping):
        for key, below in shape.items():
            yield from _places(below, (*at, key))
    else:
        yield at


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
