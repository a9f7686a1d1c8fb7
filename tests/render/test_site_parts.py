"""Websites as Quarto has them: bar, sidebars, listings, metadata of folders; and what the audit says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import html

from tests.support.rendered_books import BOOKS, select, text, write_book
from tieout import publish
from tieout.render import menus
from tieout.workspace import Workspace

SITE: Mapping[str, str] = {
    "_quarto.yml": """
project: {type: website, output-dir: _site}
website:
  title: A site
  navbar:
    left:
      - {text: Start, href: index.qmd}
      - text: More
        menu:
          - {text: Talks of 2019, href: posts/one.qmd}
          - {text: Away, href: "https://example.org"}
  sidebar:
    - {id: posts, title: Posts, contents: [posts/one.qmd, posts/two.qmd]}
    - {id: rest, title: Rest, contents: [about.qmd]}
""",
    "index.qmd": "---\ntitle: Start\nlisting: {contents: posts, sort: date desc}\n---\n\nWelcome.\n",
    "about.qmd": "---\ntitle: About\n---\n\nUs.\n",
    "posts/_metadata.yml": "author: Ada One\nformat: {html: {toc: false}}\n",
    "posts/one.qmd": "---\ntitle: One of 1990\ndate: 2020-01-02\n---\n\n## Part\n\nText.\n",
    "posts/two.qmd": "---\ntitle: Two\ndate: 2021-01-02\nauthor: Ben Two\n---\n\nText.\n",
}


def published(folder: Path) -> tuple[dict[str, html.HtmlElement], list[str]]:
    """Build the site; return its pages by address, and what is said of them."""
    for name, content in SITE.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    result = publish.build(Workspace.load(folder), "pandoc", execute=False)
    assert result.site is not None
    found = {
        path.relative_to(result.site).as_posix(): html.parse(path).getroot()
        for path in result.site.rglob("*.html")
    }
    return found, [f"{each.path}: {each.what}" for report in result.reports for each in report.problems]


def test_a_website_has_its_menus_listings_and_metadata_of_folders(tmp_path: Path) -> None:
    pages, said = published(tmp_path)
    one = pages["posts/one.html"]
    assert [text(each) for each in select(one, "nav.site-bar > ul > li > a")] == ["Start"]
    assert [each.get("href") for each in select(one, "nav.site-bar details a")] == [
        "../posts/one.html",
        "https://example.org",
    ]
    assert [text(each) for each in select(one, "nav.chapters li")] == ["Posts", "One of 1990", "Two"]
    assert [text(each) for each in select(pages["about.html"], "nav.chapters li")] == ["Rest", "About"]
    assert text(select(one, ".quarto-title-meta-contents p")[0]) == "Ada One"
    assert text(select(pages["posts/two.html"], ".quarto-title-meta-contents p")[0]) == "Ben Two"
    assert not select(one, "nav.on-page")
    listed = select(pages["index.html"], ".quarto-listing a")
    assert [(text(each), each.get("href")) for each in listed] == [
        ("Two", "posts/two.html"),
        ("One of 1990", "posts/one.html"),
    ]
    assert said == []


def test_a_float_of_one_format_only_is_no_alarm(tmp_path: Path) -> None:
    only = '::: {.content-visible when-format="typst"}\n![Paper](box.svg){#fig-paper}\n:::\n\n'
    chapters = {
        "index.qmd": "# Home {.unnumbered}\n\nText.\n",
        "one.qmd": f"# One\n\n{only}![Both](box.svg){{#fig-both}}\n\nSee @fig-both.\n",
        "two.qmd": "# Two\n\nSee @fig-both again.\n",
    }
    box = (BOOKS / "layout" / "box.svg").read_text(encoding="utf-8")
    root = write_book(tmp_path, chapters, **{"box.svg": box})
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    assert result.site is not None
    assert [each.what for report in result.reports for each in report.problems] == []


def test_beside_a_page_of_a_long_book_stand_those_around_it_and_a_few_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (("MOST", 10), ("NEAR", 1), ("STEPS", 3)):
        monkeypatch.setattr(menus, name, most)
    chapters = {f"c{number}.md": f"# Chapter {number}\n\nText.\n" for number in range(1, 13)}
    root = write_book(tmp_path, {"index.md": "# Home {.unnumbered}\n", **chapters})
    config = root / "_quarto.yml"
    config.write_text(
        config.read_text("utf-8").replace("    - c12.md\n", "  appendices: [c12.md]\n"), "utf-8"
    )
    result = publish.build(Workspace.load(root), "pandoc", ("html",))
    assert result.site is not None and not [each for report in result.reports for each in report.errors]

    def listed(name: str) -> list[str]:
        page = html.fromstring((result.site or root).joinpath(name).read_bytes())
        return [link.get("href").removeprefix("./") for link in select(page, "nav.chapters a")]

    assert listed("index.html") == ["index.html", *(f"c{number}.html" for number in range(1, 13))]
    around = ["c6.html", "c7.html", "c8.html"]
    assert listed("c7.html") == ["index.html", "c1.html", "c5.html", *around, "c10.html", "c12.html"]
