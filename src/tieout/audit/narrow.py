"""Compares the pictures that narrow screens show with what the cells stored beside the wide ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from tieout.audit.assembled import stored_bytes
from tieout.audit.dom import fingerprint, published
from tieout.audit.page import Page
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


def is_narrow(address: str | None) -> bool:
    """Whether an address is one that Tieout gives to a picture for narrow screens."""
    return (address or "").endswith("-narrow.svg")


def differing(
    page: Page, stored: Mapping[str, set[str]], data: Callable[[Page, str | None], bytes]
) -> Iterator[tuple[str, str | None]]:
    """Give each narrow picture of a page with what is wrong with it, or None.

    Parameters
    ----------
    stored
        What `narrow_charts` returns.
    data
        Reads the file that an address of a page leads to.
    """
    for source in page.tree.iter("source"):
        address = source.get("srcset")
        picture = source.getparent()
        if address is None or picture is None or not is_narrow(address):
            continue
        image = picture.find(".//img")
        wide = fingerprint(data(page, image.get("src"))) if image is not None else ""
        if not stored.get(wide):
            yield address, f"narrow screens see {address}, which no cell has stored beside the wide one"
        elif fingerprint(data(page, address)) not in stored[wide]:
            yield address, f"{address} differs from the narrow picture that its cell stored"
        else:
            yield address, None
