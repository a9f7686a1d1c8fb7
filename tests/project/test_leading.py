"""Pages that only lead to others: where a page was once, and a home page where the first has another name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.test_pages import site, write
from tieout.project import Project
from tieout.project.leading import leading


@pytest.mark.parametrize(
    ("alias", "place", "there"),
    [
        ("old.html", "sub/old.html", "a.html"),
        ("/old.html", "old.html", "sub/a.html"),
        ("/then/now/", "then/now/index.html", "../../sub/a.html"),
        ("../then", "then/index.html", "../sub/a.html"),
        ("old.html#there", "sub/old.html", "a.html"),
    ],
)
def test_an_alias_leads_to_its_page(tmp_path: Path, alias: str, place: str, there: str) -> None:
    root = site(tmp_path, sub__a_md=f"---\naliases: ['{alias}']\n---\n\n# A & B\n")
    pages = leading(Project.load(root))
    assert list(pages) == [place]
    assert f'content="0; url={there}"' in pages[place] and "A &amp; B" in pages[place]


@pytest.mark.parametrize("alias", ["../../away.html", "/index.html", "a.html"])
def test_an_alias_outside_the_site_or_of_a_page_is_none(tmp_path: Path, alias: str) -> None:
    assert leading(Project.load(site(tmp_path, sub__a_md=f"---\naliases: ['{alias}']\n---\n\n# A\n"))) == {}


def test_a_first_page_of_another_name_has_a_home_page_that_leads_to_it(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text(
        "project:\n  type: website\nwebsite:\n  title: A\n", encoding="utf-8"
    )
    pages = leading(Project.load(write(tmp_path, first_qmd="# First\n", second_qmd="# Second\n")))
    assert list(pages) == ["index.html"] and 'href="first.html"' in pages["index.html"]
