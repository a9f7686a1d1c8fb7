"""What a page shows to the rest of its site, as plain data: a page that is as it was need not be read for it.

Other pages ask for the labels on a page and for its ties; the audit of the whole site, for what it leads to,
loads and draws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tieout.audit.dom import Element, is_narrow, target_of, text_of, titles_of
from tieout.audit.engines import is_ours
from tieout.audit.labels import Label, label_of
from tieout.audit.page import Page

ELSEWHERE = re.compile(r"\s*(?:[a-zA-Z][\w+.-]*:)?[/\\]{2}")
REFRESH = re.compile(r"[\s\d.,;]*(?:url\s*=\s*)?[\"']?(.*?)[\"']?\s*", re.IGNORECASE | re.DOTALL)
CSS_URL = re.compile(r"""@import\s+["']([^"']+)["']|url\(\s*["']?([^"')]+)["']?\s*\)""")
NAMING = {
    "a": ("href",),
    "audio": ("src",),
    "img": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
LOADING = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src", "srcdoc"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
    "base": ("href",),
    "form": ("action",),
}
SHOWN = frozenset(("img", "source", "iframe", "video", "audio", "track"))
LOADED_LINKS = frozenset(
    (
        "stylesheet",
        "icon",
        "preload",
        "modulepreload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "manifest",
        "mask-icon",
    )
)
USE = "use-"  # what the anchors of ties begin with
Said = Sequence[str | None]  # what machines read of a tie, and its words


@dataclass(frozen=True)
class Face:
    """What a page shows to the rest of its site.

    Parameters
    ----------
    ours
        Whether it loads our theme.
    labels
        The number and the words of what stands at each of its ids; at an empty one, of its title.
    heading
        The id of the heading that names it; empty where it has none.
    uses
        The entry, and the column, of each tie that has an id.
    ties, told
        How many ties it has, and how many of them in findings.
    said
        What its ties say, to machines and in words.
    repeats
        The pages of which its links repeat what ties say.
    named
        The addresses within the site that it names: by what, as written, the line, the file.
    loads
        What it loads: the line, the address, and whether the page shows it from elsewhere.
    charts
        Its interactive charts, by name, each with the address of the picture in its place.
    narrow
        The addresses of its pictures for narrow screens, each with that of the wide one beside it.
    appendices
        What the ledger fills on it.
    """

    ours: bool
    labels: Mapping[str, Sequence[str]]
    heading: str
    uses: Mapping[str, str]
    ties: int
    told: int
    said: Sequence[Said]
    repeats: Sequence[str]
    named: Sequence[tuple[str, str, int, str]]
    loads: Sequence[tuple[int, str, bool]]
    charts: Sequence[tuple[str, str | None]]
    narrow: Sequence[tuple[str, str | None]]
    appendices: Sequence[str]

    @classmethod
    def of(cls, page: Page) -> Face:
        """Return what a page shows to others."""
        tree, found = page.tree, {name: label_of(page, name) for name in ("", *page.ids)}
        heading = [node.get("id") for each in titles_of(tree)[-1:] for node in each.iter() if node.get("id")]
        ties = (*page.ties, *page.told)
        return cls(
            is_ours(tree),
            {name: (label.number, label.words, label.said) for name, label in found.items() if label},
            heading[0] if heading else "",
            {name: node.get("data-tie") for name, node in page.ids.items() if node.get("data-tie")},
            len(ties),
            len(page.told),
            [(node.get("value"), text_of(node)) for tie in ties for node in tie.element.iter("data")],
            sorted({path for _, path in repeated(page)}),
            [*_named(page)],
            [*_loaded(tree)],
            [(name, node.get("src")) for node in tree.iter("img") if (name := node.get("data-chart"))],
            [*_narrow(tree)],
            [*page.appendices],
        )

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Face:
        """Read what `written` returned."""
        return cls(**data)

    def written(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)

    def label(self, anchor: str) -> Label | None:
        """Return what stands at an anchor, None where nothing does; without one, the page's title."""
        found = self.labels.get(anchor)
        return None if found is None else Label(*found)


def repeated(page: Page) -> Iterator[tuple[Element, str]]:
    """Give what a link, itself no tie, says again of a tie of another page, and that page's address."""
    for node in page.tree.iter("data"):
        link = next(node.iterancestors("a"), None)
        target = target_of(page.href, link.get("href")) if link is not None else None
        if link is not None and target and not link.get("data-tie"):
            yield node, target[0]


def _named(page: Page) -> Iterator[tuple[str, str, int, str]]:
    for node in page.tree.iter(*NAMING):
        for name in NAMING[node.tag]:
            address = (node.get(name) or "").strip()
            target = target_of(page.href, address) if address and not address.startswith("#") else None
            if target is not None:
                yield node.tag, address, node.sourceline or 1, target[0]


def _loaded(tree: Element) -> Iterator[tuple[int, str, bool]]:
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        shown = node.tag in SHOWN and ELSEWHERE.match(node.get("src") or "") is not None
        for address in _addresses(node):
            yield node.sourceline or 1, address, shown


def _addresses(node: Element) -> Iterator[str]:
    """Give what one element loads."""
    for name in LOADING.get(node.tag, ()):
        value = node.get(name) or ""
        if name == "srcset":
            yield from (address for part in value.split(",") for address in part.split()[:1])
        elif value:
            yield value.strip()
    if node.tag == "link" and LOADED_LINKS & set((node.get("rel") or "").lower().split()):
        yield (node.get("href") or "").strip()
    if node.tag == "meta" and (node.get("http-equiv") or "").lower() == "refresh":
        found = REFRESH.fullmatch(node.get("content") or "")
        yield found[1] if found else ""
    css = (node.text or "") if node.tag == "style" else node.get("style") or ""
    yield from (first or second for first, second in CSS_URL.findall(css))


def _narrow(tree: Element) -> Iterator[tuple[str, str | None]]:
    for source in tree.iter("source"):
        address, picture = source.get("srcset"), source.getparent()
        if address is not None and picture is not None and is_narrow(address):
            image = picture.find(".//img")
            yield address, image.get("src") if image is not None else None
