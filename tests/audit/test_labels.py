"""What a page's label is shown as: a home page under the book's own title has the number of its chapter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import projects
from tieout.audit.labels import Label
from tieout.audit.pages import Site
from tieout.audit.reading import read_page
from tieout.audit.works import Works
from tieout.workspace import Workspace


@pytest.mark.parametrize(
    ("heading", "title", "number"),
    [("Home", "A small project", "1"), ("Home", "Home", ""), ("Home {.unnumbered}", "A small project", "")],
)
def test_a_home_page_under_the_title_of_the_book_counts(
    tmp_path: Path, heading: str, title: str, number: str
) -> None:
    root = projects.create(tmp_path, {"index.md": f"# {heading}\n", "two.md": "# Two\n"})
    workspace = Workspace.load(root)
    assert workspace.project.title == "A small project"
    shown = (
        f'<html><body><main><header><h1 class="title">{title}</h1></header><p>So.</p></main></body></html>'
    )
    page = read_page(shown.encode(), "index.html", root, "en")
    site = Site.read(workspace.project, {"index.html": page}, Works.of(workspace))
    assert site.label("index.html", "") == Label(number, title, title)
    assert site.titled == ("index.html" if number else "")
