"""A value that a link says again for machines is that of the tie which it leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import projects
from tieout.audit.pages import Site
from tieout.audit.reading import read_page
from tieout.audit.repeated import said_again
from tieout.audit.works import Works
from tieout.workspace import Workspace

HEAD = (
    '<h2 id="a">Growth: <a href="ledger.html#x" data-tie="x" id="use-x-1">'
    '<data value="{value}">{said}</data></a></h2>'
)


@pytest.mark.parametrize(
    ("value", "said", "to", "right"),
    [
        ("40.0942", "40.1%", "#a", True),
        ("50.0942", "40.1%", "#a", False),
        ("40.0942", "40.2%", "#a", False),
        ("40.0942", "40.1%", "two.html#a", False),
        ("41", "41%", "two.html#a", True),
        ("41", "41%", "https://example.org/two.html", True),
    ],
)
def test_the_contents_have_the_values_of_their_headings(
    tmp_path: Path, value: str, said: str, to: str, right: bool
) -> None:
    workspace = Workspace.load(projects.create(tmp_path, {"index.md": "# Home\n"}))
    again = f'<nav><a href="{to}">Growth: <data value="{value}">{said}</data></a></nav>'
    texts = {
        "index.html": again + HEAD.format(value="40.0942", said="40.1%"),
        "two.html": HEAD.format(value="41", said="41%"),
    }
    pages = {
        href: read_page(f"<html><body><main>{text}</main></body></html>".encode(), href, tmp_path, "en")
        for href, text in texts.items()
    }
    site = Site.read(workspace.project, pages, Works.of(workspace))
    found = list(said_again(site, pages["index.html"]))
    assert [each.path for each in found] == ([] if right else ["index.html"])
    assert right or f"`data value` is {value} of `{said}`" in found[0].what
    assert not list(said_again(site, pages["two.html"]))
