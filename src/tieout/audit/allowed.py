"""What the pages of Tieout's own engine are made of: whatever else stands on one was not written by it.

An author's own mark-up (raw HTML, attributes in Markdown, files that `_quarto.yml` puts around) is told by
its source, which must have it in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tieout.audit.dom import Element, classes, is_narrow, text_of
from tieout.audit.page import Page
from tieout.audit.visible import HIDING_CLASSES, is_key
from tieout.project import Project, described, page_template

ELEMENTS = """
html head meta link title body header footer nav main article section aside div p span a h1 h2 h3 h4 h5 h6
ul ol li dl dt dd details summary table caption colgroup col thead tbody tfoot tr th td figure figcaption img
em strong i b u s del ins sub sup small code pre kbd samp var mark q cite abbr dfn blockquote br hr wbr
data time math script input label video audio picture source button
"""
MATHEMATICS = """
annotation maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts
mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
"""
ANYWHERE = frozenset(
    ["id", "class", "lang", "role", "title", "aria-label", "aria-labelledby", "style", "xml:lang"]
)
OWN = {
    "html": "xmlns dir",
    "meta": "charset name property content http-equiv",
    "link": "rel href type hreflang",
    "script": "src defer type",
    "a": "href rel download tabindex aria-hidden aria-current aria-describedby target hreflang",
    "img": "src alt width height loading",
    "col": "span width",
    "td": "colspan rowspan",
    "th": "colspan rowspan scope",
    "ol": "type start",
    "details": "open",
    "time": "datetime",
    "data": "value",
    "input": "type disabled checked",
    "video": "src controls width height",
    "audio": "src controls",
    "source": "src type media",
    "q": "cite",
    "blockquote": "cite",
    "div": "tabindex aria-describedby",
    "button": "type hidden",
    "figcaption": "aria-hidden",
    "code": "tabindex",
    "kbd": "aria-hidden",
    "pre": "tabindex",
}
KNOWN = frozenset(ELEMENTS.split())
OWNED = {tag: ANYWHERE.union(names.split()) for tag, names in OWN.items()}
FORMULA = frozenset(MATHEMATICS.split())
STYLES = re.compile(
    r"text-align: (?:left|right|center|justify)|(?:width|height): \d\d+px"
    r"|(?:width|height): \d+(?:\.\d+)?(?:%|in|cm|mm|em|rem|pt)"
    r"|counter-reset: source-line \d+|list-style-type: [a-z-]+|display: (?:grid|flex)|gap: [\d.]+rem"
    r"|grid-template-columns: (?:[\d.]+(?:fr|%) ?)+|align-items: [a-z-]+"
)
# What pandoc's texmath writes on mathematics.
SET = re.compile(
    r"(?:padding|padding-(?:left|right|top|bottom)): [\d.]+(?:em)?|text-align: (?:left|right|center)"
    r"|border-(?:left|right|top|bottom): [\d.]*(?:px|em)? ?solid(?: [a-z]+)?|vertical-align: [\w.-]+"
)
UNSEEN = "href src style hidden"  # of mathematics
BUTTONS = frozenset(("code-annotation-anchor", "code-copy-button"))
BACK = frozenset(("", "↩", "↩︎", "↩\ufe0e"))
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Foreign:
    """Something of a page that neither Tieout nor the author wrote."""

    what: str
    line: int


def foreign(page: Page, source: str, project: Project) -> Iterator[Foreign]:
    """Give what stands on a page and belongs to none.

    Parameters
    ----------
    page
        The page.
    source
        The chapter's own text, its outputs included, and what `_quarto.yml` has put around every page.
    project
        The book.
    """
    known = " ".join(f"{source} {described.schema_org(project)}".split()).casefold()
    template = " ".join(page_template().split())
    for node in page.tree.iter():
        if not isinstance(node.tag, str):
            continue
        line = node.sourceline or 1
        for what in (*_element(node, known, template), *_attributes(node, known, project)):
            yield Foreign(what, line)


def _element(node: Element, known: str, template: str) -> Iterator[str]:
    tag = node.tag
    formula = tag in FORMULA and any(each.tag == "math" for each in node.iterancestors())
    if tag not in KNOWN and not formula and f"<{tag}" not in known:
        yield f"the element <{tag}>"
    text = " ".join((node.text or "").split()) if tag == "script" else ""
    if text and text not in template and text.casefold() not in known:
        yield f"a script, `{text[:40]}`"
    if tag == "input" and node.get("type") != "checkbox" and "<input" not in known:
        yield "a field"
    names = classes(node)
    if ("footnote-back" in names or node.get("role") == "doc-backlink") and text_of(node) not in BACK:
        yield f"the way back from a note says “{text_of(node)}”"
    if tag == "button" and not names & BUTTONS and "<button" not in known:
        yield "a button"
    for name in sorted(names & HIDING_CLASSES):
        if name not in known and not _is_callouts_kind(node) and not is_key(node):
            yield f"the class `{name}`"


def _is_callouts_kind(node: Element) -> bool:
    """Whether an element says to those who do not see a callout's colour of what kind it is."""
    around = node.getparent()
    return (
        around is not None
        and any("callout-title-container" in classes(each) for each in (around, *around.iterancestors()))
        and not any(map(str.isnumeric, text_of(node)))
    )


def _attributes(node: Element, known: str, project: Project) -> Iterator[str]:
    own = OWNED.get(node.tag, ANYWHERE)
    for name, value in node.attrib.items():
        name, value = str(name), str(value)
        if name == "style":
            for each in value.split(";"):
                plain = ": ".join(" ".join(part.split()) for part in each.split(":"))
                set_so = _is_formula(node) and SET.fullmatch(plain)
                if plain and not set_so and not STYLES.fullmatch(plain) and not _has(known, each):
                    yield f"the style `{plain}`"
        elif name in own:
            if name == "datetime" and value != project.date and value not in known:
                yield f"the time `{value}`"
        elif name == "dir" and value in ("ltr", "auto") and node.tag != "bdo":
            continue  # digits stand as they do without it
        elif not _is_technical(node, name, known):
            yield f"the attribute `{name}` of <{node.tag}>"


def _is_formula(node: Element) -> bool:
    return node.tag in FORMULA or node.tag == "math"


def _has(known: str, style: str) -> bool:
    """Whether the author wrote a style, spaces aside."""
    return "".join(style.casefold().split()) in _squeezed(known)


@lru_cache(maxsize=4)
def _squeezed(text: str) -> str:
    return text.replace(" ", "")


def _is_technical(node: Element, name: str, known: str) -> bool:
    """Whether readers see nothing of an attribute, or its author wrote it."""
    if name.startswith("data-") and (node.tag != "img" or name == "data-chart"):
        return True
    if name == "srcset" and node.tag == "source" and is_narrow(node.get(name)):
        return True  # compared with what its cell stored
    if _is_formula(node) and name not in UNSEEN.split():
        return not name.startswith("on")
    own = re.escape(name.removeprefix("data-").casefold())
    return bool(re.search(rf"(?<![\w-]){own}\s*=|<[^<>]*\s{own}[\s>]", known))
