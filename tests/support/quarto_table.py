"""The tables of docs/quarto.md, from what the code knows (`python -m tests.support.quarto_table`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tieout.notebooks.tags import TAGS
from tieout.project.quarto_keys import SHAPE, SILENT, Shape, reason_ignored
from tieout.render.cells import OPTIONS
from tieout.render.shortcodes import KNOWN

DOCUMENT = Path(__file__).parents[2] / "docs" / "quarto.md"
OURS = ("tieout",)  # keys that Quarto takes for metadata


def keys() -> Iterator[str]:
    """Give a row for each key of `_quarto.yml`: the key, what Tieout's engine makes of it, what Quarto."""
    yield "| key | pandoc engine | Quarto |"
    yield "|---|---|---|"
    for place in _places(SHAPE, ()):
        if place[:2] == ("format", "typst") or place[:2] == ("format", "tieout-typst"):
            continue  # the same options as those of html
        name = ".".join(place).replace("*", "…")
        reason = reason_ignored(place, None)
        read = f"no effect: {reason}" if reason else "read"
        if place[-1] in SILENT:
            read = "nothing runs: stored outputs are shown"
        yield f"| `{name}` | {read} | {'metadata' if place[0] in OURS else 'read'} |"


def cells() -> Iterator[str]:
    """Give a row for each option of a cell, and for each tag."""
    yield "| of a cell | pandoc engine | Quarto |"
    yield "|---|---|---|"
    for name in sorted(OPTIONS):
        yield f"| `#| {name}:`".replace("#|", "#\\|") + " | read | read |"
    for name in sorted(TAGS):
        yield f"| tag `{name}` | read | by Jupyter's tools only |"


def shortcodes() -> Iterator[str]:
    """Give a row for each shortcode."""
    yield "| shortcode | pandoc engine | Quarto |"
    yield "|---|---|---|"
    for name in KNOWN:
        yield f"| `{{{{< {name} >}}}}` | read | read |"
    yield "| those of extensions in `_extensions` | read: their Lua runs | read |"
    yield "| all others | shown as written, with a warning | read |"


# What people write in chapters beside plain Markdown, and where it is not the same in both engines.
CONSTRUCTS: Mapping[str, str] = {
    '`::: {.content-visible when-format="html"}`, also on spans and code; `when-meta`, `unless-…`': "read",
    '`when-profile="…"`': "read",
    '`::: {#fig-x fig-cap="…"}`, divs within it, captions as its last paragraph': "read",
    "`[![caption](picture){#fig-x}](address)`": "read",
    "`![](plot)` for `plot.png` or `plot.svg`": "read",
    '`` ```{#lst-x .python lst-cap="…" filename="…"} ``': "read",
    "`fig-cap-location`, `tbl-cap-location`, `lst-cap-location`": "read, for pages; `margin` stands below",
    "`layout`, `layout-ncol`, `layout-nrow`": "read",
    '`$$ … $$ {#eq-x alt="…"}`': "read",
    "`::: {.list-table}`": "read",
    "`` ```{=html} `` with a table and nothing else": "a table of both media",
    "`` ```{=pandoc-reader-…} ``": "read",
    "`` ```{{python}} ``": "read",
    "`# <1>` in code and the list below it": "read; the PDF keeps the mark",
    "`::: {.callout-note}`, `collapse`, `icon`, `appearance`, `title`": "read",
    "`::: {.panel-tabset}`, `#\\| panel: tabset`": "read; the PDF has one tab below the other",
    "`::: {#thm-x}` and its kin, `alg-x`; `.proof`, `.remark`, `.solution`": "read",
    "`::: {#id key= value}`": "read",
    "`title`, `subtitle`, `lang`, `language`, `crossref`, `format` in a chapter's header": "read",
    "`author` with affiliations, `date`, `abstract`, `description`, `categories` there": "read, for pages",
    "`from:` with `markdown`, `commonmark_x`, `commonmark`, `gfm` and extensions": "read",
    "`filters` there or in `_quarto.yml`: Lua files, and extensions in `_extensions`": "read",
    "`bibliography` in a chapter's header": "read, for the whole book",
    "`csl` there": "no effect, with a warning: a book has one style",
    "`_metadata.yml` in a folder": "read",
    "`aliases` in a header": "pages that lead to it at once, where it was before",
    "`listing` on a page of a website": "a plain list of links",
    "`execute: enabled: true` in a notebook's header": "read",
    "colours of a terminal in outputs, tracebacks, `output: asis`": "read",
    "width and height that a notebook stores with a picture": "read",
    "pictures and videos from the web, `<iframe>`, `<script>`": (
        "a link, or nothing; shown where `tieout: trust:` names the chapter"
    ),
    "`<a href>` and `<img>` of the project's own files in HTML": "read, in the PDF too",
    "charts of Altair without a picture": "drawn when the book is built",
    "widgets and charts that only a script can draw": (
        'left out, with a warning; Plotly\'s are pictures by `fig.show("svg")`'
    ),
    "emoji": "read; the PDF leaves out those that its fonts do not have, with a warning",
    "scripts of other fonts (Chinese, Japanese, Thai)": (
        "read; the PDF needs a font in the folder `fonts`, or has boxes"
    ),
    "code of `.qmd` and `.md` chapters": "shown as code; its figures and tables have numbers and captions",
    "raw cells for other formats, `text/latex`, `text/restructuredtext`": "left out, with a warning",
    "`mermaid` and `dot` blocks, with caption and label": "shown as code, in their figure",
    "`ojs` blocks": "shown as code",
    "`.column-margin`, `.aside`, `#\\| column: margin`, `reference-location: margin`": (
        "read; the PDF sets what is in the margin apart"
    ),
    "`.lightbox`, `lightbox:`": "read",
    "citation boxes at the end of a page": "not there",
}


def constructs() -> Iterator[str]:
    """Give a row for each construct of a chapter."""
    yield "| in a chapter | pandoc engine | Quarto |"
    yield "|---|---|---|"
    for markup, made in CONSTRUCTS.items():
        yield f"| {markup} | {made} | read |"


def written(text: str) -> str:
    """Return the document with its tables as the code has them."""
    for table in (keys, cells, constructs, shortcodes):
        mark, end = f"<!-- {table.__name__} -->\n", "<!-- end -->"
        start = text.index(mark) + len(mark)
        text = text[:start] + "\n".join(table()) + "\n" + text[text.index(end, start) :]
    return text


def _places(shape: Shape, at: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(shape, Mapping):
        for key, below in shape.items():
            yield from _places(below, (*at, key))
    else:
        yield at


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
