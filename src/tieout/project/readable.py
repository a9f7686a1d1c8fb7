"""A notebook as a page to read: text set as text, code, and stored outputs, on a page that runs nothing."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from tieout import numerals
from tieout.harmless import clean_page
from tieout.markdown import visible, without_ties
from tieout.notebooks import MARKDOWN, SVG, Cell
from tieout.project.chapters import Chapter
from tieout.project.charts import charted
from tieout.project.project import Project
from tieout.project.resources import resources
from tieout.project.shipped import say
from tieout.project.taken import drawn, table_rows

POLICY = (  # of a page with no script but the site's own
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)
HEADING = re.compile(r"(</?h)([1-6])(?=>)")
# What pandoc reads and other viewers of notebooks show as it is written.
WRITTEN = re.compile(r"^:{3,}.*\n?|[ \t]+\{[#.][^{}\n]*\}[ \t]*$", re.MULTILINE)
# How a chapter's page leads to a work, a figure or a place that its notebook names by its key.
LEADING = re.compile(
    r'<a href="(?P<to>[^"#]*#(?P<id>[^"]+))"(?P<xref> class="xref)?[^>]*>(?P<said>.*?)</a>', re.DOTALL
)
WORK = "ref-"
TAG = re.compile(r"<[^>]*>")
VERBATIM = re.compile(r"<pre\b.*?</pre>|<code\b.*?</code>|<a\b.*?</a>|<[^>]*>", re.DOTALL)
KEY = re.compile(r"(?<![\w.@])-?@(\w(?:[\w:.-]*\w)?)")
CITED = re.compile(r"\[([^\[\]]*@[^\[\]]*)\]")
PNG = "image/png"
PLAIN = "text/plain"


def readable(project: Project, pages: Mapping[str, str]) -> dict[str, str]:
    """Return the page of each notebook that the site has a copy of, by name.

    Parameters
    ----------
    pages
        The chapters' pages by address: works, figures and places are called what their chapter calls them.
    """
    return {
        name: _kept(project, chapter, _links(chapter.href, pages.get(chapter.href, "")))
        for name, chapter in copied(project).items()
    }


def copied(project: Project) -> dict[str, Chapter]:
    """Return the chapters whose notebooks the site has a copy of, by the names of their pages."""
    published = frozenset(resources(project).files)
    kept = (each for each in project.chapters if each.path in published and each.path.suffix == ".ipynb")
    return {address(chapter.path): chapter for chapter in kept}


def _links(href: str, page: str) -> dict[str, str]:
    """Return the links of a chapter's page to works, figures and places, by the keys that notebooks have."""
    found: dict[str, str] = {}
    here = quote(PurePosixPath(href).name)  # beside it lies the page of its notebook
    for each in LEADING.finditer(page):
        if each["xref"] or each["id"].startswith(WORK):
            to = here + each["to"] if each["to"].startswith("#") else each["to"]
            link = f'<a href="{to}">{TAG.sub("", each["said"])}</a>'
            found.setdefault(each["id"].removeprefix(WORK), link)
    return found


def _kept(project: Project, chapter: Chapter, links: Mapping[str, str]) -> str:
    """Return the page of a notebook; what it was before, where all that it is made from is the same."""
    key: list[Any] = [project.files.text(chapter.path), str(chapter.path), chapter.href, chapter.title]
    key += [project.title, project.lang, sorted(links.items())]
    name = str(chapter.path)
    parts = {"the notebook": key[0], "where its links lead": sorted(links.items()), "its settings": key[1:6]}
    made: str = project.steps.take("notebook", key, lambda: _page(project, chapter, links), name, parts)
    return made


def address(path: PurePosixPath) -> str:
    """Return where the page of a notebook is.

    Examples
    --------
    >>> address(PurePosixPath("chapters/02-market.ipynb"))
    'chapters/02-market.ipynb.html'
    """
    return f"{path}.html"


def _page(project: Project, chapter: Chapter, links: Mapping[str, str]) -> str:
    said, path = partial(say, project.lang), chapter.path
    root = "../" * (len(path.parts) - 1)
    name, lang = html.escape(chapter.title or project.title), html.escape(project.lang)
    back = html.escape(root + chapter.href)
    direction = ' dir="rtl"' if numerals.is_rtl(project.lang) else ""
    told = said("The notebook that this chapter is made from: its text, its code and what the code gave.")
    cells = "".join(f for cell in charted(project, path).cells for f in _cell(cell, said, links))
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{said('Notebook')}: {name}</title>\n"
        f'<script src="{root}site_libs/early.js"></script>\n'
        f'<link rel="icon" href="{root}site_libs/favicon.svg" type="image/svg+xml">\n'
        f'<link rel="stylesheet" href="{root}site_libs/theme.css">\n</head>\n'
        '<body class="missing gathered notebook">\n'
        f'<header class="site-header"><a class="site-title" href="{back}">{name}</a>'
        "</header>\n<main>\n"
        f"<h1>{said('Notebook')}: {html.escape(path.name)}</h1>\n<p>{told} "
        f'<a href="{html.escape(path.name)}" download>{said("Download this notebook")}</a></p>\n'
        f"{cells}</main>\n</body>\n</html>\n"
    )


def _cell(cell: Cell, said: Any, links: Mapping[str, str]) -> Iterator[str]:
    number = cell.index + 1
    if cell.kind != "code":
        if cell.source.strip():
            yield _named(_text(cell, number, said), links)
        return
    code, own = f"<code>{html.escape(cell.source)}</code>", _scrolls(said("Cell {n}", n=str(number)))
    yield f'<pre class="cell-code" id="cell-{number}"{own}>{code}</pre>\n'
    for count, output in enumerate(cell.outputs, start=1):
        name = said("Output {m} of cell {n}", m=str(count), n=str(number))
        yield from (_named(each, links) for each in _output(output, cell, name))


def _named(made: str, links: Mapping[str, str]) -> str:
    """Return a piece of the page with a link for each key of a work, a figure or a place in its text.

    Examples
    --------
    >>> _named("<p>Of [@a2024; @b], not <code>@b</code></p>", {"a2024": "<a>A 2024</a>", "b": "<a>B</a>"})
    '<p>Of (<a>A 2024</a>; <a>B</a>), not <code>@b</code></p>'
    """
    parts, end = [], 0
    for tag in [*VERBATIM.finditer(made), None]:
        text = made[end : tag.start() if tag else None]
        text = CITED.sub(lambda found: f"({found[1]})" if _known(found[1], links) else found[0], text)
        parts += [KEY.sub(lambda found: links.get(found[1], found[0]), text), tag[0] if tag else ""]
        end = tag.end() if tag else end
    return "".join(parts)


def _known(text: str, links: Mapping[str, str]) -> bool:
    return all(key in links for key in KEY.findall(text))


def _scrolls(name: str) -> str:
    """Return the attributes of what may be wider than a screen: a keyboard scrolls it, and it has a name."""
    return f' tabindex="0" role="region" aria-label="{html.escape(name, quote=True)}"'


def _text(cell: Cell, number: int, said: Any) -> str:
    """Return a cell of text as a viewer of notebooks shows it, below the headings of the page."""
    if cell.kind != "markdown":
        return f'<pre class="cell-text" id="cell-{number}">{html.escape(cell.source)}</pre>\n'
    from markdown_it import MarkdownIt  # loaded where a notebook's page is made anew

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    made = clean_page(markdown.render(without_ties(WRITTEN.sub("", cell.source)))).html
    first, *parts = made.split("<pre>")
    for count, part in enumerate(parts, start=1):
        first += f"<pre{_scrolls(said('Text {m} of cell {n}', m=str(count), n=str(number)))}>{part}"
    lowered = HEADING.sub(lambda found: f"{found[1]}{min(int(found[2]) + 1, 6)}", first)
    return f'<div class="cell-text" id="cell-{number}">{lowered}</div>\n'


def _output(output: Mapping[str, Any], cell: Cell, name: str) -> Iterator[str]:
    data = output.get("data") or {}
    if SVG in data:
        yield _picture("image/svg+xml", drawn(data[SVG]), cell)
    elif PNG in data:
        yield _picture(PNG, base64.b64decode(str(data[PNG])), cell)
    elif rows := table_rows(str(data.get(MARKDOWN) or "")):
        yield _table(rows, name)
    else:
        text = data.get(MARKDOWN) or data.get(PLAIN) or output.get("text") or output.get("evalue") or ""
        if str(text).strip():
            yield f'<pre class="cell-output">{html.escape(str(text))}</pre>\n'


def _picture(mime: str, content: bytes, cell: Cell) -> str:
    alt = html.escape(visible(without_ties(str(cell.options.get("fig-alt") or ""))), quote=True)
    return f'<p><img src="data:{mime};base64,{base64.b64encode(content).decode("ascii")}" alt="{alt}"></p>\n'


def _table(rows: list[list[str]], name: str) -> str:
    head, *body = ([html.escape(cell) for cell in row] for row in rows)
    heads = "".join(f'<th scope="col">{cell}</th>' if cell else "<td></td>" for cell in head)
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in body)
    return (
        f'<div class="cell-output table"{_scrolls(name)}><table>\n<tr>{heads}</tr>\n{lines}</table></div>\n'
    )
