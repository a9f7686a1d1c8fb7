"""Builds the fixture books of `tests/books` and shows what readers would get: DOM, Typst text, PDF text."""

from __future__ import annotations

import functools
import io
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pypdf
import typst
from lxml import html

from tieout.problems import Problem
from tieout.project import Project
from tieout.render import pandoc
from tieout.render.document import Book, BookChapter, assemble

BOOKS = Path(__file__).parents[1] / "books"


@dataclass(frozen=True)
class Rendered:
    """A book, with each chapter as a page and the whole as a PDF."""

    book: Book

    def chapter(self, href: str = "index.html") -> BookChapter:
        return next(chapter for chapter in self.book.chapters if chapter.href == href)

    def page(self, href: str = "index.html") -> html.HtmlElement:
        tree = self.chapter(href).trees["html"]
        text, _ = pandoc.run(["-f", "json", "-t", "html5", "--mathml", "--wrap=none"], tree, href)
        return html.fromstring(f"<main>{text}</main>")

    def typst(self, href: str = "index.html") -> str:
        tree = self.chapter(href).trees["typst"]
        text, _ = pandoc.run(["-f", "json", "-t", "typst-smart", "--wrap=none"], tree, href)
        return text

    @functools.cached_property
    def pdf(self) -> str:
        """The text of the PDF; writing it also shows that every link in it leads somewhere."""
        source = "\n\n".join([self.book.typst, *(self.typst(chapter.href) for chapter in self.book.chapters)])
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name, data in self.book.media.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_bytes(data)
            for name in self.book.files:
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_bytes((self.book.project.root / name).read_bytes())
            (root / "book.typ").write_text(source, encoding="utf-8")
            data = typst.compile(root / "book.typ", root=root)
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())

    def said(self, severity: str) -> list[Problem]:
        return [problem for problem in self.book.problems if problem.severity == severity]


@functools.cache
def render(name: str) -> Rendered:
    """Render a fixture book, once."""
    root = BOOKS / name
    return Rendered(assemble(Project.load(root), root / ".tieout" / "ledger.json"))


def write_book(root: Path, chapters: dict[str, str], **more: str) -> Path:
    """Write a small book: chapters by file name, other files by name; returns its folder."""
    listed = "".join(f"    - {name}\n" for name in chapters)
    config = (
        f"project: {{type: book, output-dir: _site}}\nbook:\n  title: T\n  author: A\n  chapters:\n{listed}"
    )
    files = {"_quarto.yml": config, **chapters, **more}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def text(node: html.HtmlElement) -> str:
    """A node's text with plain, single spaces."""
    return " ".join(node.text_content().replace("\xa0", " ").split())


STEP = re.compile(r"([.#])?([\w-]+)|\[([\w-]+)(?:='([^']*)')?\]|([*])")


def select(node: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """The elements below a node by a CSS selector of tags, classes, identifiers and attributes."""
    found: list[html.HtmlElement] = []
    for alternative in selector.split(","):
        path, axis = ".", "//"
        for step in alternative.split():
            if step == ">":
                axis = "/"
                continue
            path += axis + _xpath(step)
            axis = "//"
        found += [element for element in node.xpath(path) if element not in found]
    return found


def _xpath(step: str) -> str:
    tag, tests = "*", ""
    for sign, name, attribute, value, _ in STEP.findall(step):
        if sign == ".":
            tests += f"[contains(concat(' ', @class, ' '), ' {name} ')]"
        elif sign == "#":
            tests += f"[@id='{name}']"
        elif attribute:
            tests += f"[@{attribute}='{value}']" if value else f"[@{attribute}]"
        elif name:
            tag = name
    return tag + tests
