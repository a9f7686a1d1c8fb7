"""Compares the pictures that narrow screens show with what the cells stored beside the wide ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from tieout.audit.assembled import stored_bytes
from tieout.audit.dom import fingerprint, published
from tieout.audit.face import Face
from tieout.notebooks import NARROW, SVG
from tieout.project import Project


def narrow_charts(project: Project) -> Mapping[str, set[str]]:
    """Return the fingerprints of the narrow pictures of all cells, by that of the wide one beside them."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in project.notebooks:
        for cell in project.files.notebook(name).cells:
            for output in cell.outputs:
                data = output.get("data", {})
                if SVG in data and NARROW in data:
                    wide = published(stored_bytes(data[SVG], SVG))
                    found[wide].add(published(stored_bytes(data[NARROW], SVG)))
    return found


def differing(
    href: str, face: Face, stored: Mapping[str, set[str]], data: Callable[[str, str | None], bytes]
) -> Iterator[tuple[str, str | None]]:
    """Give each narrow picture of a page with what is wrong with it, or None.

    Parameters
    ----------
    href, face
        The page's address, and what it shows.
    stored
        What `narrow_charts` returns.
    data
        Reads the file that an address of a page leads to.
    """
    for address, beside in face.narrow:
        wide = fingerprint(data(href, beside)) if beside is not None else ""
        if not stored.get(wide):
            yield address, f"narrow screens see {address}, which no cell has stored beside the wide one"
        elif fingerprint(data(href, address)) not in stored[wide]:
            yield address, f"{address} differs from the narrow picture that its cell stored"
        else:
            yield address, None
