"""Which cells of a notebook `{{< embed nb.ipynb#fig-x >}}` asks for, and what the notebook is called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tieout.notebooks.canonical import joined

EMBED = re.compile(r"(?<!\{)\{\{<\s*embed\s+([^\s#<>]+\.ipynb)(?:#(\S+))?((?:\s+[^<>]*?)?)\s*>\}\}(?!\})")
LABEL = re.compile(r"^#\|\s*(?:label|id)\s*:\s*[\"']?([^\s\"']+)", re.M)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*(?:\{[^}]*\})?\s*$")
FENCE = re.compile(r"^\s*(?:```|~~~)")


@dataclass(frozen=True)
class Embedded:
    """What a shortcode asks for: a notebook, the names of its cells (none for all), whether code is shown."""

    notebook: str
    names: tuple[str, ...]
    echo: bool

    @classmethod
    def of(cls, text: str) -> Embedded | None:
        """Read a line that holds nothing but the shortcode; None where it is another line.

        Examples
        --------
        >>> Embedded.of("{{< embed nb.ipynb#fig-a,fig-b echo=true >}}")
        Embedded(notebook='nb.ipynb', names=('fig-a', 'fig-b'), echo=True)
        """
        found = EMBED.fullmatch(text.strip())
        if found is None:
            return None
        names = tuple(filter(None, (found[2] or "").split(",")))
        return cls(found[1], names, re.search(r"echo\s*=\s*[\"']?true", found[3] or "") is not None)

    def cells(self, cells: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Give the cells asked for, with their places."""
        for index, cell in enumerate(cells):
            if not self.names or any(name in _names(cell) for name in self.names):
                yield index, cell


def title_of(cells: list[dict[str, Any]]) -> str | None:
    """Return a notebook's first heading, None where its text has none; code is no text."""
    for cell in cells:
        fenced = False
        for line in (
            joined(cell.get("source", "")).splitlines() if cell.get("cell_type") == "markdown" else ()
        ):
            fenced ^= FENCE.match(line) is not None
            found = None if fenced else HEADING.match(line)
            if found:
                return found[1]
    return None


def _names(cell: Mapping[str, Any]) -> set[str]:
    metadata = cell.get("metadata") or {}
    labels = LABEL.findall(joined(cell.get("source", ""))) if cell.get("cell_type") == "code" else []
    return {str(cell.get("id")), str(metadata.get("id")), *map(str, metadata.get("tags") or []), *labels}
