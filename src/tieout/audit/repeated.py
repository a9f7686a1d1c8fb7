"""What machines read of a number that a link says again, in a table of contents say: the value of its tie."""

from __future__ import annotations

from collections.abc import Iterator

from tieout.audit.dom import text_of
from tieout.audit.face import repeated
from tieout.audit.page import Page
from tieout.audit.pages import Site
from tieout.problems import Problem


def said_again(site: Site, page: Page) -> Iterator[Problem]:
    """Give each value in a link, itself no tie, that no tie of the page behind it has with these words."""
    for node, path in repeated(page):
        there = site.faces.get(path)
        said = node.get("value"), text_of(node)
        if there is not None and all(said != (*each,) for each in there.said):
            what = f"`data value` is {said[0]} of `{said[1]}`, and no tie of {path} says so"
            yield Problem(what, "build the site anew", path=page.href, line=node.sourceline, rule="value")
