"""What is written into pages that Quarto has made: the way to other editions, the direction of the text."""

from __future__ import annotations

from pathlib import Path

from tests.support import editions
from tests.support.rendered_books import write_book
from tieout.project import Project
from tieout.render.counterparts import with_counterparts

PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head>\n<title>T</title>\n</head>\n<body>\n'
    '<main class="content" id="quarto-document-content">\n<p>Text.</p>\n</main>\n</body></html>\n'
)


def test_the_way_to_other_editions_is_written_once_however_often_a_page_is_made(tmp_path: Path) -> None:
    project = Project.load(editions.create(tmp_path))
    chapter = next(each for each in project.chapters if each.href == "chapters/market.html")
    page = with_counterparts(project, chapter, PAGE)
    assert page.count('href="../uk/chapters/uk/market.html"') == 2
    assert (
        page.index("site-edition") > page.index("<main") and 'hreflang="uk" lang="uk">Українська</a>' in page
    )
    assert with_counterparts(project, chapter, page) == page


def test_a_page_says_its_direction_where_it_does_not_say_it_already(tmp_path: Path) -> None:
    arabic = "---\nlang: ar\n---\n\n# A\n"
    root = write_book(
        tmp_path, {"index.qmd": arabic, "b.qmd": "# B\n", "c.qmd": "---\ndir: rtl\n---\n\n# C\n"}
    )
    project = Project.load(root)
    made = {each.href: with_counterparts(project, each, PAGE) for each in project.chapters}
    assert (
        '<html lang="en" dir="rtl">' in made["index.html"] and '<html lang="en" dir="rtl">' in made["c.html"]
    )
    assert made["b.html"] == PAGE
    said = PAGE.replace("<html ", '<html dir="rtl" ')
    assert with_counterparts(project, project.chapters[0], said) == said
