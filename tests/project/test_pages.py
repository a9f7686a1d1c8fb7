"""Websites, folders of documents and single documents are projects too: their pages, titles and menus."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import notebooks
from tieout.problems import InputError
from tieout.project import DEFAULT, DOCUMENT, WEBSITE, Project


def write(root: Path, **files: str) -> Path:
    """Write files by name; two underscores stand for a slash, the last one for the point."""
    for name, text in files.items():
        stem, _, suffix = name.replace("__", "/").rpartition("_")
        path = root / f"{stem}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def site(root: Path, website: str = "  title: A site\n", project: str = "type: website", **more: str) -> Path:
    """Write a website with three pages, and what Quarto would not take for pages."""
    (root / "_quarto.yml").write_text(f"project:\n  {project}\nwebsite:\n{website}", encoding="utf-8")
    pages = {"index_qmd": "# Home\n", "b_qmd": "# B\n", "sub__a_md": "# A\n", **more}
    aside = {"README_md": "no\n", "_draft_qmd": "no\n", "sub___part__x_qmd": "no\n", "_site__old_md": "no\n"}
    return write(root, **pages, **aside)


def paths(project: Project) -> list[str]:
    return [str(chapter.path) for chapter in project.chapters]


def test_the_pages_of_a_website_are_those_that_quarto_renders(tmp_path: Path) -> None:
    project = Project.load(site(tmp_path))
    assert (project.kind, project.title, project.output_dir) == (WEBSITE, "A site", "_site")
    assert paths(project) == ["index.qmd", "b.qmd", "sub/a.md"]
    assert {(chapter.kind, chapter.number) for chapter in project.chapters} == {("page", None)}
    assert project.targets == ("html",)
    assert not project.problems


@pytest.mark.parametrize(
    ("render", "wanted"),
    [
        ('["*.qmd"]', ["index.qmd", "b.qmd"]),
        ('["sub/", index.qmd]', ["index.qmd", "sub/a.md"]),
        ('["**/*.md"]', ["sub/a.md"]),
        ('["!sub/"]', ["index.qmd", "b.qmd"]),
        ("[_draft.qmd, gone.qmd, notes.txt]", ["_draft.qmd"]),
        ("[/b.qmd, sub/a.md]", ["b.qmd", "sub/a.md"]),
    ],
)
def test_a_list_of_what_is_rendered_is_followed(tmp_path: Path, render: str, wanted: list[str]) -> None:
    (tmp_path / "notes.txt").write_text("no\n", encoding="utf-8")
    assert paths(Project.load(site(tmp_path, project=f"type: website\n  render: {render}"))) == wanted


def test_menus_give_the_order_of_pages_their_texts_and_headings(tmp_path: Path) -> None:
    menus = (
        "  navbar:\n    left: [{text: First, href: sub/a.md}]\n"
        "    right: [{icon: github, href: 'https://example.org'}]\n"
        "  sidebar:\n    contents:\n      - section: More\n        contents: [b.qmd, '---', 'none.qmd']\n"
    )
    project = Project.load(site(tmp_path, menus))
    assert paths(project) == ["index.qmd", "sub/a.md", "b.qmd"]
    assert [(item.text, str(item.page or item.href), item.part) for item in project.menu] == [
        ("First", "sub/a.md", None),
        ("https://example.org", "https://example.org", None),
        (None, "b.qmd", "More"),
    ]


def test_auto_stands_for_all_pages(tmp_path: Path) -> None:
    project = Project.load(site(tmp_path, "  sidebar: {contents: auto}\n"))
    assert {str(item.page) for item in project.menu} == {"index.qmd", "b.qmd", "sub/a.md"}


def test_a_folder_of_documents_is_a_project_without_a_title(tmp_path: Path) -> None:
    project = Project.load(site(tmp_path, project="title: Several"))
    assert (project.kind, project.title, paths(project)) == (
        DEFAULT,
        "Several",
        ["index.qmd", "b.qmd", "sub/a.md"],
    )


def test_a_page_that_cannot_be_read_is_an_error_and_the_others_are_pages(tmp_path: Path) -> None:
    root = site(tmp_path, wrong_ipynb='{"cells": [')
    project = Project.load(root)
    assert paths(project) == ["index.qmd", "b.qmd", "sub/a.md"]
    (problem,) = project.problems
    assert (problem.path, problem.line, problem.severity) == ("wrong.ipynb", 1, "error")
    with (root / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("tieout: {require: results}\n")
    with pytest.raises(InputError):
        Project.load(root)


HEADER = """---
title: Of whales
author: [{name: Ada Author}, B. Other]
date: 2024-05-07
bibliography: works.bib
format:
  html: {number-sections: true, toc: false}
---

# One
"""


@pytest.mark.parametrize("name", ["report.qmd", "report.ipynb"])
def test_one_document_says_itself_what_a_project_would(tmp_path: Path, name: str) -> None:
    text = HEADER if name.endswith("qmd") else notebooks.text(f"#:{HEADER}")
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "works.bib").write_text("", encoding="utf-8")
    project = Project.load(tmp_path / name)
    assert (project.kind, project.root, project.name) == (DOCUMENT, tmp_path, name)
    assert (project.title, project.date) == ("Of whales", "2024-05-07")
    assert [author.name for author in project.authors] == ["Ada Author", "B. Other"]
    assert [str(path) for path in project.bibliography] == ["works.bib"]
    assert (project.output_dir, project.output_file) == ("report_site", "report")
    assert project.numbers_sections("html", project.chapters[0])
    assert project.option("html", "toc") is False
    assert project.targets == ("html", "pdf")
    assert not project.problems


def test_a_document_of_a_project_stands_for_the_project(tmp_path: Path) -> None:
    root = site(tmp_path)
    assert len(Project.load(root / "b.qmd").chapters) == 3
    with pytest.raises(InputError, match="is no page of the project"):
        Project.load(root / "_draft.qmd")


def test_a_folder_with_a_document_says_how_to_build_it(tmp_path: Path) -> None:
    write(tmp_path, report_qmd="# R\n")
    with pytest.raises(InputError, match=r"tieout build report\.qmd"):
        Project.load(tmp_path)


def test_a_chapter_has_a_bibliography_of_its_own(tmp_path: Path) -> None:
    root = site(
        tmp_path, sub__c_qmd="---\ntitle: C\nbibliography: [own.bib, none.bib]\n---\n", sub__own_bib=""
    )
    project = Project.load(root)
    assert [str(path) for path in project.bibliography] == ["sub/own.bib"]
    (problem,) = project.problems
    assert (problem.path, problem.severity) == ("sub/c.qmd", "warning")


def test_a_kind_of_project_that_is_not_known_is_read_as_a_website(tmp_path: Path) -> None:
    project = Project.load(site(tmp_path, project="type: posit-docs"))
    assert project.kind is WEBSITE
    assert [problem.rule for problem in project.problems] == ["project-type"]
