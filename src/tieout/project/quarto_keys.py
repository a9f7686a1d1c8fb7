"""The keys of `_quarto.yml` that a book may have, and what becomes of those that have no effect here."""

from __future__ import annotations

from collections.abc import Mapping

Shape = str | Mapping[str, "Shape"]

# What a value may be: "text", "texts" (one or a list), "flag", "number" (of a depth, a size), "any".
# A mapping has its keys listed; "*" stands for keys that are the author's own.
FORMAT_OPTIONS: dict[str, Shape] = {
    "toc": "flag",
    "toc-depth": "number",
    "toc-title": "text",
    "number-sections": "flag",
    "number-depth": "number",
    "code-fold": "any",
    "code-summary": "text",
    "code-tools": "any",
    "code-copy": "any",
    "code-overflow": "text",
    "code-line-numbers": "flag",
    "syntax-highlighting": "any",
    "highlight-style": "any",
    "html-math-method": "any",
    "theme": "any",
    "css": "texts",
    "papersize": "text",
    "margin": "any",
    "mainfont": "text",
    "sansfont": "text",
    "monofont": "text",
    "mathfont": "text",
    "fontsize": "text",
    "section-numbering": "text",
    "columns": "number",
    "lang": "text",
    "link-citations": "flag",
    "citation-location": "text",
    "reference-location": "text",
    "fig-cap-location": "text",
    "tbl-cap-location": "text",
    "fig-align": "text",
    "fig-width": "any",
    "fig-height": "any",
    "lightbox": "any",
    "anchor-sections": "flag",
    "smooth-scroll": "flag",
    "page-layout": "text",
    "grid": "any",
    "include-in-header": "any",
    "include-before-body": "any",
    "include-after-body": "any",
    "template": "text",
    "template-partials": "texts",
    "embed-resources": "flag",
    "keep-typ": "flag",
    "keep-md": "flag",
}
EXECUTE: dict[str, Shape] = {
    "echo": "any",
    "output": "any",
    "warning": "flag",
    "error": "flag",
    "include": "flag",
    "enabled": "any",
    "freeze": "any",
    "cache": "any",
    "daemon": "any",
}
CROSSREF: dict[str, Shape] = {
    "chapters": "flag",
    "labels": "any",
    "fig-title": "text",
    "tbl-title": "text",
    "lst-title": "text",
    "fig-prefix": "text",
    "tbl-prefix": "text",
    "eq-prefix": "text",
    "lst-prefix": "text",
    "sec-prefix": "text",
    "ch-prefix": "text",
    "apx-prefix": "text",
    "title-delim": "text",
    "ref-hyperlink": "flag",
    "custom": "any",
    **{f"{kind}-{part}": "text" for kind in ("thm", "def") for part in ("title", "prefix")},
}
SHAPE: dict[str, Shape] = {
    "project": {
        "type": "text",
        "title": "text",
        "output-dir": "text",
        "pre-render": "texts",
        "post-render": "texts",
        "resources": "texts",
        "render": "texts",
        "execute-dir": "text",
    },
    "book": {
        "title": "text",
        "subtitle": "text",
        "author": "any",
        "date": "text",
        "date-format": "text",
        "date-modified": "text",
        "description": "text",
        "abstract": "text",
        "keywords": "texts",
        "doi": "text",
        "output-file": "text",
        "chapters": "any",
        "appendices": "any",
        "references": "text",
        "cover-image": "text",
        "cover-image-alt": "text",
        "favicon": "text",
        "site-url": "text",
        "repo-url": "text",
        "repo-branch": "text",
        "repo-subdir": "text",
        "repo-actions": "any",
        "page-footer": "any",
        "page-navigation": "flag",
        "reader-mode": "flag",
        "back-to-top-navigation": "flag",
        "search": "any",
        "sidebar": "any",
        "downloads": "texts",
        "sharing": "texts",
        "open-graph": "any",
        "twitter-card": "any",
        "license": "any",
    },
    "bibliography": "texts",
    "csl": "text",
    "nocite": "text",
    "lang": "text",
    "execute": EXECUTE,
    "filters": "any",
    "shortcodes": "any",
    "crossref": CROSSREF,
    "format": {"html": FORMAT_OPTIONS, "typst": FORMAT_OPTIONS, "tieout-typst": FORMAT_OPTIONS, "*": "any"},
    "callout-appearance": "text",
    "callout-icon": "flag",
    "jupyter": "any",
    "engine": "text",
    "engines": "any",
    "editor": "any",
    "metadata-files": "texts",
    "tieout": {"require": "text", "*": "any"},
    **{key: shape for key, shape in FORMAT_OPTIONS.items() if key != "lang"},
}

# Keys of Quarto that change nothing here, with what happens instead. They are said once, at their line.
IGNORED: dict[tuple[str, ...], str] = {
    ("project", "render"): "the chapters that the book lists are rendered",
    ("project", "execute-dir"): "notebooks run in their own folder",
    ("book", "search"): "the site has the search that its theme brings",
    ("book", "sharing"): "the pages have no sharing links",
    ("book", "open-graph"): "the pages carry title and description only",
    ("book", "twitter-card"): "the pages carry title and description only",
    ("book", "reader-mode"): "the pages have no reader mode",
    ("book", "sidebar"): "every page lists all chapters",
    ("book", "page-navigation"): "every page leads to the one before and the one after",
    ("book", "back-to-top-navigation"): "the pages have no such button",
    ("book", "downloads"): "the site offers the PDF wherever it is made with it",
    ("book", "date-format"): "dates have the form that the theme gives them",
    ("book", "date-modified"): "only `date` is shown",
    ("book", "abstract"): "write `description`, which pages and PDF show",
    ("book", "favicon"): "the pages have none",
    ("book", "cover-image"): "the PDF has a title page of its own",
    ("book", "cover-image-alt"): "the PDF has a title page of its own",
    ("book", "references"): "put `::: {#refs}` into a chapter",
    ("crossref", "chapters"): "numbers carry their chapter's, as in books",
    ("crossref", "labels"): "numbers are arabic",
    ("shortcodes",): "only include, var, meta and pagebreak are known",
    ("metadata-files",): "write those keys into _quarto.yml",
}
# The same for options of formats, wherever they stand.
IGNORED_OPTIONS = {
    "template": "the site and the PDF have their own templates",
    "template-partials": "the site and the PDF have their own templates",
    "code-tools": "the pages have no code menu",
    "code-copy": "the pages have no copy button",
    "embed-resources": "pages stay beside their files",
    "syntax-highlighting": "the theme colours code",
    "highlight-style": "the theme colours code",
    "section-numbering": "`number-sections` turns numbers on and off",
    "columns": "the PDF has one column",
    "sansfont": "only `mainfont`, `monofont` and `mathfont` are used",
    "citation-location": "citations stand in the text",
    "reference-location": "notes stand at the end of a page of the site, and at the foot of the PDF's",
    "fig-cap-location": "captions stand below figures",
    "tbl-cap-location": "captions stand above tables",
    "fig-width": "pictures keep the size they have",
    "fig-height": "pictures keep the size they have",
    "lightbox": "pictures do not open on a click",
    "anchor-sections": "headings have an anchor and show no sign of it",
    "smooth-scroll": "pages jump",
    "page-layout": "the theme lays pages out",
    "grid": "the theme lays pages out",
    "keep-typ": "nothing between sources and results is kept",
    "keep-md": "nothing between sources and results is kept",
}
# They concern Quarto's running of code, or editors; nothing runs when a report is built here.
SILENT = frozenset(
    {"enabled", "freeze", "cache", "daemon", "error", "editor", "jupyter", "engine", "engines"}
)


def reason_ignored(place: tuple[str | int, ...], value: object) -> str | None:
    """Return what happens instead of what a known key asks for, or None where it is followed."""
    names = tuple(str(part) for part in place)
    if names in IGNORED:
        return IGNORED[names]
    if names == ("engine",) and value not in (None, "jupyter", "markdown"):
        return "nothing runs here: stored outputs of notebooks are shown"
    is_option = names[0] == "format" or len(names) == 1
    if is_option and names[-1] == "html-math-method" and value != "mathml":
        return "formulas are MathML, which browsers show without help from elsewhere"
    return IGNORED_OPTIONS.get(names[-1]) if is_option else None
