"""What machines read of a number that a link says again, in a table of contents say: the value of its tie."""

from __future__ import annotations

from collections.abc import Iterator

from tieout.audit.dom import target_of, text_of
from tieout.audit.labels import Site
from tieout.audit.page import Page
from tieout.problems import Problem


def said_again(site: Site, page: Page) -> Iterator[Problem]:
    """Give each value in a link, itself no tie, that no tie of the page behind it has with these words."""
    for node in page.tree.iter("data"):
        link = next(node.iterancestors("a"), None)
        target = target_of(page.href, link.get("href")) if link is not None else None
        there = site.pages.get(target[0]) if target else None
        if link is None or link.get("data-tie") or there is None:
            continue
        said = node.get("value"), text_of(node)
        ties = (each.element.iter("data") for each in (*there.ties, *there.told))
        if all(said != (each.get("value"), text_of(each)) for tie in ties for each in tie):
            what = f"`data value` is {said[0]} of `{said[1]}`, and no tie of {there.href} says so"
            yield Problem(what, "build the site anew", path=page.href, line=node.sourceline, rule="value")
