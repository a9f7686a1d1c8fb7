"""Writes the page of one chapter: pandoc makes its text and the theme's template what is around it.

Pages that are new are made in few processes; what pandoc made is cleaned, and gets its contents and buttons.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from tieout.harmless import clean_page
from tieout.machine.store import key_of
from tieout.problems import Problem
from tieout.project import say
from tieout.project.headers import option_of
from tieout.render import complaints, pandoc
from tieout.render.book import BookChapter
from tieout.render.buttons import with_buttons
from tieout.render.counterparts import relative_root
from tieout.render.pandoc import Call, Made
from tieout.render.policy import policy
from tieout.render.shell import MARKS, THEME, Shell, escaped
from tieout.render.tree import document, nodes, packed, preceded

OWN = ["trusted", "true"]  # an attribute of pictures, whose address the page may load
OPTIONS = ("-f", "json", "-t", "html5", "--standalone", "--mathml", "--wrap=none", "--section-divs")
Written = tuple[str, list[Problem]]


class Writing:
    """What writes the page of a chapter.

    Parameters
    ----------
    shell
        What all pages have in common.
    index
        The chapter's place in the book.
    folder
        Where a file may lie while pages are written.
    """

    def __init__(self, shell: Shell, index: int, folder: Path) -> None:
        self.shell, self.index, self.folder = shell, index, folder
        self.project = shell.book.project
        self.chapter = shell.book.chapters[index]
        self.page = shell.page(index, relative_root(self.chapter.href))
        self.key = ("page", id(self._text), json.dumps([shell.site, self.page]), shell.charts)
        # Where the chapter's text begins and ends; no text can hold its own hash.
        self.seam = key_of(self.project.title, self._text)[:32]

    @property
    def _text(self) -> str:
        return self.chapter.trees["html"]

    @property
    def is_known(self) -> bool:
        """Whether this process has written it already."""
        return self.project.files.memory.holds(self.key)

    def written(self, ahead: Mapping[str, Made]) -> Written:
        """Return the whole page, and what was left out of it.

        Parameters
        ----------
        ahead
            What pandoc has made for it already, by its key.
        """
        # The text is held with what was made of it: no other has its identity then.
        _, made = self.project.files.memory.made(self.key, lambda: (self._text, self._written(ahead)))
        return made

    @cached_property
    def call(self) -> Call:
        """The run of pandoc that makes it."""
        text, own = self._given
        heading = self.shell.heading(self.index)
        around = "".join([*own, *self.page["head"], *self.page["before"], *self.page["after"]])
        variables = {
            "site": self.shell.site,
            "page": self.page,
            "seam": self.seam,
            "policy": escaped(policy(around, own)),
        }
        defaults = str(self.folder / f"{self.index}.yaml")
        files = {defaults: json.dumps({"variables": _without_empty(variables)})}
        copying = option_of(self.project, self.chapter.metadata, "html", "code-copy", True)
        arguments = [*OPTIONS, "--template", str(THEME / "page.html"), "-L", str(THEME / "html.lua")]
        arguments += ["-d", defaults, "-M", "pagetitle=page", "-M", f"code-copy={str(copying).lower()}"]
        blocks = [{"t": "RawBlock", "c": ["html", heading]}] if heading else []
        also = (self.shell.scripts_in(text), own, self.project.lang)
        name, tree = str(self.chapter.chapter.path), preceded(text, blocks)
        parts = {"its text": tree, "what stands around it": variables, "its settings": also}
        return Call(tuple(arguments), tree, name, None, also, files, parts=parts)

    @cached_property
    def _given(self) -> tuple[str, list[str]]:
        return _without_trusted(self.chapter, self.project.trusts(self.chapter.chapter.path), self.seam)

    def _written(self, ahead: Mapping[str, Made]) -> Written:
        project, chapter = self.project, self.chapter
        made = pandoc.made_of(self.call, self._finished, project.limits, project.steps, "page", ahead)
        return made["text"], list(complaints.placed(made["complaints"], chapter.source, chapter.chapter))

    def _finished(self, out: str, _: Sequence[str]) -> dict[str, Any]:
        """Return what is kept of a page that pandoc has made; see `call` for what it follows from."""
        lang = self.project.lang
        before, body, after = out.split(f"<!-- {self.seam} -->")
        cleaned = clean_page(body, self.shell.charts)
        body = with_buttons(cleaned.html, self.page["words"]["copy"])
        body = _with_contents(body, self.shell.heading(self.index), self.page)
        for number, raw in enumerate(self._given[1]):
            body = body.replace(f'src="{self.seam}-{number};"', raw).replace(f"{self.seam}-{number};", raw)
        text = f"{before}{body}{after}"
        legend = " ".join(say(lang, said) for name, said in MARKS.items() if f'class="{name}"' in text)
        text = text.replace("<!-- marks -->", f'<p class="legend">{legend}</p>' if legend else "")
        return {"text": text, "complaints": complaints.kept(complaints.removed(cleaned.removed))}


def _without_empty(value: Any) -> Any:
    """Return variables without lists and groups that are empty: to the template they are not there."""
    if isinstance(value, dict):
        return {key: _without_empty(each) for key, each in value.items() if each or each not in ([], {}, ())}
    return [_without_empty(each) for each in value] if isinstance(value, list | tuple) else value


def _without_trusted(chapter: BookChapter, trusted: bool, seam: str) -> tuple[str, list[str]]:
    """Return a chapter's tree with a sign in place of each piece of its own raw HTML, and the pieces.

    Of its own pictures from elsewhere, such a piece is the attribute that says where.
    """
    text = chapter.trees["html"]
    if not trusted or ('"html-trusted"' not in text and packed(OWN) not in text):
        return text, []
    tree = chapter.tree("html")
    own: list[str] = []
    for node in nodes(tree["blocks"], "RawBlock", "RawInline", "Image"):
        if node["t"] == "Image" and OWN in node["c"][0][2]:
            node["c"][0][2].remove(OWN)
            own.append(f'src="{escaped(node["c"][2][0])}"')
            node["c"][2][0] = f"{seam}-{len(own) - 1};"
        elif node["t"] != "Image" and node["c"][0] == "html-trusted":
            own.append(node["c"][1])
            node["c"] = ["html", f"{seam}-{len(own) - 1};"]
    return document(packed(tree["blocks"])), own


def _with_contents(body: str, heading: str, page: Mapping[str, Any]) -> str:
    """Return a chapter's text with the contents of its page behind its title, never above it."""
    if not page["toc"]:
        return body
    contents = (
        f'<nav class="on-page" aria-label="{page["toc_title"]}"><details open data-folds="72rem">'
        f"<summary>{page['toc_title']}</summary>{page['toc']}</details>"
        f'<script src="{page["root"]}/site_libs/fold.js"></script></nav>'
    )
    end = body.find("</header>") if heading else -1
    at = end + len("</header>") if end >= 0 else 0
    return body[:at] + "\n" + contents + "\n" + body[at:]
