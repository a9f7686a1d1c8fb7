"""The page around a chapter's text: navigation, title block, contents, footer, metadata.

It gathers what the theme's template shows; all of it is plain data and escaped here, so that the template is
free of logic.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from tieout.machine import inside
from tieout.problems import InputError, Problem
from tieout.project import (
    DEFAULT,
    DOCUMENT,
    WEBSITE,
    Author,
    Project,
    described,
    interface,
    read_text,
    readable,
    resources,
    say,
)  # fmt: skip
from tieout.project.headers import language_of, option_of
from tieout.project.languages import words
from tieout.render import menus, pandoc
from tieout.render.book import Book, BookChapter, TocEntry
from tieout.render.byline import byline, categories, long_date
from tieout.render.counterparts import counterparts, direction

THEME = Path(__file__).parent / "theme"
INCLUDES = ("include-in-header", "include-before-body", "include-after-body")
SCRIPT = ".js"
NAME = re.compile(r"[\w-]*\Z")
ELSEWHERE = re.compile(
    r"""<script\b[^>]*\bsrc\s*=\s*["']?(?P<address>(?:https?:)?//[^\s"'>]+)[^>]*>\s*</script\s*>"""
    r"""|<link\b[^>]*\bhref\s*=\s*["']?(?:https?:)?//[^>]*>""",
    re.IGNORECASE,
)
SAID = {
    "source": "Source",
    "breadcrumb": "Breadcrumb",
    "cite": "Cite as:",
    "licence": "Licence:",
    "ledger": "Ledger",
    "package": "Data package",
    "versions": "Versions of the data",
    "downloads": "All downloads",
}
MARKS = {
    "tie-finding": "† A finding concerns this number.",
    "cite-finding": "‡ A finding concerns this reference.",
    "tie-assumed-mark": "* An assumption of this report, not a fact of its source.",
}


@dataclass(frozen=True)
class Shell:
    """What all pages of a site have in common: ``site`` and ``options`` as the template knows them."""

    book: Book
    site: Mapping[str, Any]
    options: Mapping[str, Any]

    @classmethod
    def of(cls, book: Book, ledger: Mapping[str, Any], pdf: str | None) -> Shell:
        """Gather what the project says of itself."""
        project = book.project
        site = {
            "title": escaped(project.title),
            "subtitle": escaped(project.subtitle),
            "authors": [_author(author) for author in project.authors],
            "date": escaped(project.date),
            "shown_date": escaped(long_date(project.date, project.lang)),
            "doi": escaped(described.doi(project)),
            "schema": described.schema_org(project),
            "cite": escaped(described.citation(project)),
            "licence": escaped(described.licence(project)),
            "edition": escaped(described.edition(project)),
            "ledger": bool(ledger),
            "data": described.PACKAGE in resources(project).files,
            "url": escaped(described.site_url(project)),
            "description": escaped(project.description),
            "repository": escaped(project.about("repo-url")),
            "footer": _footer(project),
            "pdf": quote(pdf or ""),
            "interface": bool(interface(project.lang)),
            "said": {key: escaped(say(project.lang, text)) for key, text in SAID.items()},
            "home": menus.harmless(book.chapters[0].title.html) or escaped(project.title),
        }
        return cls(book, site, project.formats.get("html", {}))

    @functools.cached_property
    def charts(self) -> frozenset[str]:
        """The scripts of the book's charts, as pages name them."""
        return frozenset(
            name.removesuffix(".json") + ".js" for name in self.book.media if name.endswith(".json")
        )

    @functools.cached_property
    def scripts(self) -> Mapping[str, Sequence[str]]:
        """The scripts of charts, by the word that names one, however it is written."""
        named: dict[str, list[str]] = {}
        for name in sorted(self.charts):
            named.setdefault(_word(name.removesuffix(SCRIPT)), []).append(name)
        return named

    def scripts_in(self, text: str) -> list[str]:
        """Return the scripts of charts that a text may name."""
        longest = max(map(len, self.scripts), default=0)
        before = text.split(SCRIPT)[:-1] if longest else []
        words = sorted({_word(each[-longest - 1 :]) for each in before})
        return [name for word in words for name in self.scripts.get(word, ())]

    @functools.cached_property
    def _lists(self) -> menus.Lists:
        return menus.Lists(self.book)

    def heading(self, index: int) -> str:
        """Return a chapter's title and what its header says below, where the page does not say it already.

        A document says what its header says over its page.
        """
        chapter = self.book.chapters[index]
        home = index == 0 and self._has_title_block
        if self._says_title(chapter) or not chapter.title.tied:
            return ""
        own = (
            ""
            if self.book.project.kind is DOCUMENT
            else byline(chapter.metadata, language_of(self.book.project, chapter.metadata))
        )
        return _heading(chapter, "h2" if home else "h1", categories(chapter.metadata), menus.harmless(own))

    def _says_title(self, chapter: BookChapter) -> bool:
        """Whether the title over the page already says the chapter's: on a home page of that name."""
        home = self.book.chapters[0] if self._has_title_block else None
        return chapter is home and chapter.title.plain == self.book.project.title

    @property
    def _has_title_block(self) -> bool:
        """Whether the first page begins with what the project says of itself; those of websites do not."""
        return self.book.project.kind is not WEBSITE and self.book.project.kind is not DEFAULT

    def page(self, index: int, root: str) -> dict[str, Any]:
        """Return what the page of a chapter has of its own: ``page`` as the template knows it."""
        chapter = self.book.chapters[index]
        project = self.book.project
        around = {"previous": index - 1, "next": index + 1}
        said = words(language_of(project, chapter.metadata))
        home = index == 0 and self._has_title_block
        title = project.title if home else chapter.title.plain
        about = str(chapter.metadata.get("description") or "")
        return {
            "title": escaped(title),
            "home": home,
            # Where the title over the page says the chapter's as well, references to the chapter lead to it.
            "id": escaped(chapter.title.id) if self._says_title(chapter) else "",
            "classes": escaped(" ".join(_body_classes(project, chapter, home))),
            "lang": escaped(language_of(project, chapter.metadata)),
            "dir": direction(project, chapter.metadata),
            "words": {key: escaped(word) for key, word in said.items()},
            "root": root,
            "description": escaped(
                chapter.metadata.get("description") or (project.description if index == 0 else "")
            ),
            "meta": [_meta(*each) for each in described.citation_metadata(project) if each[1]],
            "preview": [
                _meta(*each)
                for each in described.preview_metadata(project, title, about, index == 0)
                if each[1]
            ],
            "canonical": menus.address(chapter),
            "chapters": list(self._lists.beside(index, root)),
            "bar": list(menus.bar(self.book, index, root)),
            "toc": menus.harmless(_toc(chapter.toc, self._toc_depth(chapter)))
            if self._has_toc(chapter)
            else "",
            "toc_title": escaped(self.options.get("toc-title") or said["on-page"]),
            "part": menus.marked(chapter.chapter.part),
            "here": _numbered(chapter),
            "self": f"{root}/{menus.address(chapter)}",
            "editions": list(counterparts(project, chapter.chapter, root)),
            "css": [escaped(name) for name in _texts(self.options.get("css"))],
            "head": [*_canonical(project, chapter), *_includes(project, "include-in-header")],
            "before": list(_includes(project, "include-before-body")),
            "after": list(_includes(project, "include-after-body")),
            "actions": [*self._notebook(chapter, root), *_actions(project, chapter)],
            **{
                name: {"href": f"{root}/{menus.address(other)}", "title": _numbered(other)}
                for name, at in around.items()
                if 0 <= at < len(self.book.chapters)
                for other in [self.book.chapters[at]]
            },
        }

    def _notebook(self, chapter: BookChapter, root: str) -> Iterator[dict[str, Any]]:
        """Give the link to a chapter's notebook, where the project lists it among its resources."""
        path = chapter.chapter.path
        if path.suffix == ".ipynb" and path in self.published:
            lang = self.book.project.lang
            read = f"{root}/{quote(readable.address(path))}"
            yield {"text": say(lang, "Read the notebook"), "href": read}
            name = say(lang, "Download this notebook")
            yield {"text": name, "href": f"{root}/{quote(str(path))}", "download": True}

    @functools.cached_property
    def published(self) -> frozenset[PurePosixPath]:
        """What the site has as copies of the project's files."""
        return frozenset(resources(self.book.project).files)

    def _toc_depth(self, chapter: BookChapter) -> int:
        given = option_of(self.book.project, chapter.metadata, "html", "toc-depth", 3)
        return int(given) if str(given).isdigit() else 3

    def _contents(self, chapter: BookChapter) -> str:
        entries = _toc(chapter.toc, self._toc_depth(chapter)) if self._has_toc(chapter) else ""
        return menus.harmless(entries)

    def _has_toc(self, chapter: BookChapter) -> bool:
        wanted = option_of(self.book.project, chapter.metadata, "html", "toc", True)
        return wanted is not False and bool(chapter.toc)


def _word(text: str) -> str:
    """Return the word that a text ends in."""
    found = NAME.search(text)
    return found[0] if found else ""


def _meta(name: str, content: str) -> dict[str, str]:
    return {"name": name, "content": escaped(content)}


def escaped(value: Any) -> str:
    """Return a value as text of HTML; empty for none."""
    return "" if value is None else html.escape(str(value))


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _author(author: Author) -> dict[str, str]:
    orcid = (author.orcid or "").removeprefix("https://orcid.org/")
    return {
        "name": escaped(author.name),
        "orcid": escaped(orcid),
        "url": escaped(author.url),
        "affiliations": escaped("; ".join(author.affiliations)),
    }


def _heading(chapter: BookChapter, tag: str, categories: str, byline: str) -> str:
    """Return a chapter's title; on the home page, whose title is the book's, it is a heading below that."""
    number = (
        f'<span class="header-section-number">{escaped(chapter.title.number)}</span> '
        if chapter.title.number
        else ""
    )
    names = [*(["title"] if chapter.chapter.title else []), *(["chapter-title"] if tag != "h1" else [])]
    own = f' class="{" ".join(names)}"' if names else ""
    title = f'<{tag} id="{escaped(chapter.title.id)}"{own}>{number}{chapter.title.tied}</{tag}>'
    start = '<header id="title-block-header" class="quarto-title-block default">'
    return f'{start}<div class="quarto-title">{title}{categories}</div>{byline}</header>'


def _numbered(chapter: BookChapter) -> str:
    number = (
        f'<span class="chapter-number">{escaped(chapter.title.number)}</span> '
        if chapter.title.number
        else ""
    )
    return number + menus.harmless(chapter.title.html)


def _toc(entries: Sequence[TocEntry], depth: int) -> str:
    items = []
    for entry in entries:
        if entry.level > depth:
            continue
        number = (
            f'<span class="header-section-number">{escaped(entry.number)}</span> ' if entry.number else ""
        )
        below = _toc(entry.children, depth)
        items.append(f'<li><a href="#{escaped(entry.id)}">{number}{entry.html}</a>{below}</li>')
    return "<ul>" + "".join(items) + "</ul>" if items else ""


def _footer(project: Project) -> str:
    given = project.about("page-footer")
    if given is None:
        return ""
    parts = [given] if isinstance(given, str) else [given.get(side) for side in ("left", "center", "right")]
    shown = []
    for part in parts:
        if isinstance(part, list):
            part = " ".join(
                f"[{item.get('text', item.get('href'))}]({item['href']})"
                for item in part
                if isinstance(item, Mapping) and item.get("href")
            )
        if part:
            text, _ = pandoc.run(
                ["-f", "markdown", "-t", "html5"],
                str(part),
                project.name,
                None,
                project.limits,
                project.steps,
                "footer",
            )
            shown.append(menus.harmless(text.strip()))
    return '<div class="site-footer-parts">' + "".join(shown) + "</div>" if shown else ""


def _canonical(project: Project, chapter: BookChapter) -> Iterator[str]:
    """Give the link to where a page stands first, as `canonical-url` in its header says."""
    address = option_of(project, chapter.metadata, "html", "canonical-url")
    if isinstance(address, str):
        yield f'<link rel="canonical" href="{escaped(address)}">'


def _body_classes(project: Project, chapter: BookChapter, home: bool) -> list[str]:
    given = option_of(project, chapter.metadata, "html", "body-classes")
    return [*(["home"] if home else []), *(name for text in _texts(given) for name in text.split())]


def _includes(project: Project, key: str) -> Iterator[str]:
    given = project.option("html", key)
    for item in given if isinstance(given, list) else [given] if given else []:
        if isinstance(item, Mapping) and "text" in item:
            yield ELSEWHERE.sub("", str(item["text"]))
            continue
        name = str(item["file"] if isinstance(item, Mapping) and "file" in item else item)
        line = project.line_of("format", "html", key)
        path = project.root / inside(project.root, name, path=project.name, line=line)
        if not path.is_file():
            hint = "correct the name, or write the text itself under `text:`"
            raise InputError(f"`{name}` does not exist", hint, path=project.name, line=line, rule="config")
        yield ELSEWHERE.sub("", read_text(path, name))


def left_out(project: Project) -> Iterator[Problem]:
    """Give a warning for each key whose HTML would load something from elsewhere: that is left out."""
    for key in INCLUDES:
        given = project.option("html", key)
        for item in given if isinstance(given, list) else [given] if given else []:
            text = str(item.get("text", "")) if isinstance(item, Mapping) else ""
            name = str(item.get("file", "")) if isinstance(item, Mapping) else str(item)
            text = text or (project.files.text(name) if name and project.files.exists(name) else "")
            found = ELSEWHERE.search(text)
            if found:
                what = f"`{(found['address'] or found[0])[:80]}` in `{key}` is left out"
                hint = "pages load nothing from elsewhere: keep a copy in the project, under `resources:`"
                line = project.line_of("format", "html", key)
                yield Problem(what, hint, project.name, line, rule="loaded", severity="warning")


def _actions(project: Project, chapter: BookChapter) -> Iterator[dict[str, str]]:
    repository = str(project.about("repo-url", default="")).rstrip("/")
    if not repository:
        return
    branch = project.about("repo-branch", default="main")
    below = str(project.about("repo-subdir", default="")).strip("/")
    path = quote("/".join(filter(None, (str(branch), below, str(chapter.chapter.path)))))
    known = {
        "edit": ("Edit this page", f"{repository}/edit/{path}"),
        "source": ("View source", f"{repository}/blob/{path}"),
        "issue": ("Report an issue", f"{repository}/issues/new"),
    }
    for name in _texts(project.about("repo-actions")):
        if name in known:
            text, href = known[name]
            yield {"text": say(project.lang, text), "href": escaped(href)}
