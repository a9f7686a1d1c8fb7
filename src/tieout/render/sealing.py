"""HTML in Quarto's pages: what chapters and outputs say is taken out, and put back without what is harmful.

Two filters run with Quarto's own: harmless tags stay, the rest is kept aside under a sign that no text can
know. What then stands in a page is Quarto's or the project's; its scripts run, and the policy lets no other.
"""

from __future__ import annotations

import html
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html

from tieout.harmless import clean_drawing, clean_page, follows, listed
from tieout.harmless.addresses import DATA
from tieout.markdown.shortcodes import Arguments
from tieout.markdown.videos import player
from tieout.notebooks import joined
from tieout.notebooks.outputs import HTML, LATEX
from tieout.problems import InputError, Problem
from tieout.project import DOCUMENT, Chapter, Project, leading, parse_yaml, resources
from tieout.render.pandoc import FILTERS, filters
from tieout.render.policy import policy
from tieout.render.shortcodes import SHORTCODE

FOLDER = "TIEOUT_SEAL"
SIGN = re.compile(r'<i data-seal="\w+-(\w+)"></i>')
LIBRARY = "site_libs"
HEAD = re.compile(r"<head>\s*(?:<meta charset=[^>]*>)?", re.IGNORECASE)
SETTINGS = re.compile(r"^---[ \t]*\n(?![ \t]*\n)(.*?)\n(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^([\t >]*`{3,})[^`\n]*\n[\W\w]*?\n\1\s*$", re.MULTILINE)  # as Quarto tells code
# What of a chapter's settings Quarto writes into the page as it is.
INCLUDED = frozenset(("include-in-header", "include-before-body", "include-after-body", "comments"))
# Settings whose text goes through pandoc, like the chapter's own.
TEXTS = frozenset(
    (
        "title", "subtitle", "abstract", "description", "author", "authors", "date", "keywords", "categories",
        "thanks", "affiliation", "affiliations", "institute", "fig-cap", "tbl-cap",
    )
)  # fmt: skip
RUNS = re.compile(r"<\s*/?[a-z!]|\bjavascript\s*:|[\"'][^\"']*\bon[a-z]+\s*=", re.IGNORECASE)
BLANK = '<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head>\n<body>\n{}\n</body></html>\n'
# Quarto writes every attribute in double quotes.
PIECE = re.compile(
    r'<!--.*?-->|(?P<start><(?P<element>script|style)\b(?:[^">]|"[^"]*")*>)(?P<text>.*?)</(?P=element)\s*>'
    r'|<(?P<name>[a-zA-Z][^\s/>]*)(?:[^">]|"[^"]*")*>',
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r'\s(?P<name>[^\s=>"/]+)(?:="(?P<value>[^"]*)")?')
SOURCE = re.compile(r"\ssrc=")
SHOWING = re.compile(
    r'<(?:img|video|audio|source|track|iframe)\b(?:[^">]|"[^"]*")*?\ssrc="([^"]+)"', re.IGNORECASE
)
DRAWING = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
NOWHERE = re.compile(r"<a(?=[\s>])((?:(?!href=)[^<>])*)>(.*?)</a\s*>", re.DOTALL | re.IGNORECASE)
REFRESH = re.compile(r'http-equiv="?refresh', re.IGNORECASE)
FRAMES = frozenset(("applet", "base", "embed", "form", "frame", "frameset", "iframe", "object"))
HINT = "write it in Markdown, or name the chapter under `tieout: trust:` if it is your own HTML"


@dataclass(frozen=True)
class Seal:
    """What one render keeps aside.

    Parameters
    ----------
    project
        The book.
    folder
        Where it is kept, outside what Quarto renders.
    token
        The word that makes a sign ours.
    copy
        The folder that Quarto renders.
    """

    project: Project
    folder: Path
    token: str
    copy: Path

    @classmethod
    def of(cls, project: Project, folder: Path, copy: Path) -> Seal:
        """Prepare a render.

        Raises
        ------
        InputError
            A chapter's settings would write HTML into its page that no filter sees.
        """
        problems = list(_included(project))
        if problems:
            raise InputError(problems)
        folder.mkdir()
        seal = cls(project, folder, secrets.token_hex(16), copy)
        configuration = [path.read_text("utf-8", "replace") for path in project.root.glob("_quarto*.yml")]
        trusted = {}
        for chapter in project.chapters:
            if project.trusts(chapter.path):
                texts = _texts(project, chapter)
                trusted[f"{copy}/{chapter.path}"] = {**texts, "players": [*_players(texts["own"])]}
        settings = {"token": seal.token, "configuration": "\n".join(configuration), "trusted": trusted}
        (folder / "settings.json").write_text(json.dumps({**settings, **listed()}), encoding="utf-8")
        before: dict[str, Any] = {"filters": [{"path": str(FILTERS / "quarto-before.lua"), "at": "pre-ast"}]}
        if project.option("html", "html-math-method") is None:
            before["html-math-method"] = "mathml"  # what Quarto takes else is loaded from elsewhere
        (folder / "before.yml").write_text(json.dumps(before), encoding="utf-8")
        return seal

    @property
    def arguments(self) -> list[str]:
        """What Quarto is called with."""
        after = [each.replace("-L", "--lua-filter") for each in filters("quarto-after")]
        return ["--metadata-file", str(self.folder / "before.yml"), *after]

    @property
    def environment(self) -> dict[str, str]:
        """What the filters are told."""
        return {FOLDER: str(self.folder)}

    def opened(self, site: Path) -> list[Problem]:
        """Put into the pages of a site what is harmless; return warnings about what is left out."""
        copied = {str(name) for name in resources(self.project).files}
        left_out = dict.fromkeys(self._noted())  # the titles of others, which every page has, are said once
        strangers = "\n".join(self._strangers())
        drawings: list[Problem] = []
        leads = leading(self.project)
        trusted = {
            each.href: _texts(self.project, each)["own"]
            for each in self.project.chapters
            if self.project.trusts(each.path)
        }
        for path in sorted(site.rglob("*")):
            name = path.relative_to(site).as_posix()
            if name.startswith(f"{LIBRARY}/") or name in copied or not path.is_file():
                continue
            if name in leads:
                path.write_text(leads[name], encoding="utf-8", newline="\n")
            elif path.suffix == ".html":
                text = self._page(path.read_text("utf-8"), strangers, trusted.get(name))
                path.write_text(text, encoding="utf-8", newline="\n")
            elif path.suffix == ".svg":
                drawing = clean_drawing(path.read_bytes())
                path.write_bytes(drawing.data or b"")
                if drawing.removed:
                    drawings.append(_drawn(name, drawing.removed))
        return [*drawings, *(found for each in left_out if (found := self._warning(*each)))]

    def _page(self, text: str, strangers: str, own: str | None) -> str:
        page = f'<i data-seal="{self.token}-page"></i>'
        if page not in text:  # no filter has seen it: it only leads to another, or shows a notebook
            cleaned = clean_page(lxml.html.tostring(_body(text), encoding="unicode")).html
            text = BLANK.format(cleaned)
        text = SIGN.sub(self._restored, text.replace(page, "")).replace(self.token, "")
        tame = _Tame(" ".join(strangers.split()), own is not None)
        text = DRAWING.sub(_grouped, PIECE.sub(tame, text))
        rules = policy(
            "", _named(text, own or ""), scripts=tame.scripts, handlers=tame.handlers, fonts=" data:"
        )
        rules = rules.replace("&", "&amp;").replace('"', "&quot;")
        meta = f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
        return HEAD.sub(lambda head: f"{head[0]}\n{meta}", text, count=1)

    def _restored(self, sign: re.Match[str]) -> str:
        kept = self.folder / f"{sign[1]}.html"
        return clean_page(kept.read_text("utf-8", "replace")).html if kept.is_file() else ""

    def _noted(self) -> Iterator[tuple[str, str]]:
        """Give each thing that is left out, with the chapter that has it."""
        file = self.folder / "noted"
        for line in file.read_text("utf-8", "replace").splitlines() if file.is_file() else ():
            path, said = json.loads(line)
            name = str(path).removeprefix(f"{self.copy}/")
            kept = self.folder / f"{said}.html"
            if kept.is_file():
                for part in clean_page(kept.read_text("utf-8", "replace")).removed:
                    yield name, part
            else:
                yield name, said

    def _strangers(self) -> Iterator[str]:
        for chapter in self.project.chapters:
            texts = _texts(self.project, chapter)
            yield texts["outputs"] if self.project.trusts(chapter.path) else "\n".join(texts.values())

    def _warning(self, name: str, part: str) -> Problem | None:
        chapter = self.project.chapter_at(name)
        line = _line(self.project, name, part.split(" of ")[0].strip("<>")) if chapter else 1
        if not line:
            return None
        return Problem(f"{part} is left out", HINT, path=name, line=line, rule="harmful", severity="warning")


def _drawn(name: str, parts: Iterable[str]) -> Problem:
    what, hint = f"{', '.join(parts)} in the drawing `{name}` is left out", "save it without them"
    return Problem(what, hint, path=name, rule="harmful", severity="warning")


class _Tame:
    """Takes from a page what a chapter had Quarto say outside its text, such as a title in the menu.

    Parameters
    ----------
    strangers
        What chapters and outputs say, each white space one space: no script of the page's may be of theirs.
    frames
        Whether the page may have frames.
    """

    def __init__(self, strangers: str, frames: bool) -> None:
        self.strangers, self.frames = strangers, frames
        self.scripts: list[str] = []
        self.handlers: list[str] = []

    def __call__(self, piece: re.Match[str]) -> str:
        """Return a tag, or a script, as it may stand."""
        name = (piece["name"] or piece["element"] or "").lower()
        if name == "script" and not SOURCE.search(piece["start"]):
            script = piece["text"]
            if not self._is_own(script):
                return ""
            self.scripts.append(script)
        if (name in FRAMES and not (self.frames and name == "iframe")) or (
            name == "meta" and REFRESH.search(piece[0])
        ):
            return ""
        return ATTRIBUTE.sub(self._attribute, piece[0]) if piece["name"] else piece[0]

    def _attribute(self, found: re.Match[str]) -> str:
        name, value = found["name"].lower(), html.unescape(found["value"] or "")
        if name.startswith("on"):
            if not self._is_own(value):
                return ""
            self.handlers.append(value)
        harmful = name in ("srcdoc", "ping") or (name in ("href", "xlink:href", "src") and not follows(value))
        return "" if harmful and not DATA.match(value) else found[0]

    def _is_own(self, script: str) -> bool:
        said = " ".join(script.split())
        return not said or said not in self.strangers


def _grouped(drawing: re.Match[str]) -> str:
    """Return a drawing whose links without an address are groups: at one Quarto's script fails."""
    return NOWHERE.sub(r"<g\1>\2</g>", drawing[0])


def _body(text: str) -> Any:
    tree = lxml.html.document_fromstring(text or "<p></p>")
    found = tree.find("body")
    return tree if found is None else found


def _texts(project: Project, chapter: Chapter) -> dict[str, str]:
    """Return what a chapter's file says itself, and what the outputs in it say."""
    if chapter.path.suffix != ".ipynb":
        return {"own": project.files.text(chapter.path), "outputs": ""}
    cells = project.files.notebook(chapter.path).cells
    own = "\n\n".join(cell.source for cell in cells if cell.kind != "code")
    return {"own": own, "outputs": "\n\n".join(said for cell in cells for said in _said(cell.outputs))}


def _said(outputs: Any) -> Iterator[str]:
    for output in outputs:
        yield str(joined(output.get("text", "")))
        for value in output.get("data", {}).values():
            yield str(joined(value)) if isinstance(value, str | list) else ""


def _players(own: str) -> Iterator[str]:
    """Give the addresses of the players of the web videos that a text asks for."""
    for found in SHORTCODE.finditer(own):
        if found[1] == "video":
            given = Arguments.of(found[2])
            address = (given.values or (given.named.get("src", ""),))[0]
            yield player(address, given.named.get("start", ""))


def _named(page: str, own: str) -> list[str]:
    """Return the elements of a page that show what a trusted chapter's own text names elsewhere."""
    known = {*_players(own)}
    shown = ((found[0], html.unescape(found[1])) for found in SHOWING.finditer(page))
    return [element for element, address in shown if address in known or address in own]


def _included(project: Project) -> Iterator[Problem]:
    """Give the settings by which chapters and outputs have Quarto write HTML into pages past all filters."""
    if project.kind is DOCUMENT:
        return  # its header is the configuration
    for chapter in project.chapters:
        for text in _read_by_quarto(project, chapter):
            for found in SETTINGS.finditer(FENCED.sub("", text)):
                for key in _harmful(_settings(found[1])):
                    what = f"`{key}` in the chapter's settings would put HTML of its own into Quarto's page"
                    hint = (
                        "say it in _quarto.yml, or name the chapter under `tieout: trust:` if it is your own"
                    )
                    path = str(chapter.path)
                    yield Problem(what, hint, path=path, line=_line(project, path, key), rule="harmful")


def _read_by_quarto(project: Project, chapter: Chapter) -> Iterator[str]:
    """Give the Markdown that may hold settings: a chapter's own unless it is trusted, and its outputs'."""
    if not project.trusts(chapter.path):
        yield _texts(project, chapter)["own"]
    if chapter.path.suffix == ".ipynb":
        for cell in project.files.notebook(chapter.path).cells:
            for output in cell.outputs:
                data = output.get("data", {})
                yield from (
                    str(joined(data[mime])) for mime in ("text/markdown", HTML, LATEX) if mime in data
                )
                if "text" in output and "asis" in cell.source:
                    yield str(joined(output["text"]))


def _settings(text: str) -> Any:
    try:
        return parse_yaml(text, "")[0]
    except InputError:
        return {key: "" for key in INCLUDED if key in text}


def _harmful(settings: Any, above: str = "") -> Iterator[str]:
    if isinstance(settings, Mapping):
        for key, value in settings.items():
            if key in INCLUDED and value not in (None, False):
                yield str(key)
            elif key not in TEXTS:
                yield from _harmful(value, str(key))
    elif isinstance(settings, list):
        for value in settings:
            yield from _harmful(value, above)
    elif isinstance(settings, str) and above and RUNS.search(settings):
        yield above


def _line(project: Project, path: str, key: str) -> int | None:
    lines = project.files.text(path).split("\n")
    return next((number for number, line in enumerate(lines, start=1) if key.lower() in line.lower()), None)
