"""The second pass: what refers to other chapters is resolved, ties and citations are run, for one format."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

from tieout.machine.store import file_hash, key_of
from tieout.problems import Problem
from tieout.project.mystnames import names_of
from tieout.render import bibliography, complaints, pandoc
from tieout.render.citing import Citing
from tieout.render.draft import WORD, Draft, Setting, label_table
from tieout.render.excerpts import Excerpts
from tieout.render.extensions import extension_filter
from tieout.render.pictures import Pictures
from tieout.render.together import portions, together
from tieout.render.tree import Node, document, packed, retarget


@dataclass(frozen=True)
class Finished:
    """A chapter after the second pass: its tree as JSON, without metadata, and on pages without its title."""

    draft: Draft
    text: str
    outline: Any
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Plan:
    """What the second pass knows of the whole book."""

    setting: Setting
    citing: Citing
    csl_json: Path
    style: Path
    pictures: Pictures
    labels: Mapping[str, Mapping[str, Any]]
    sections: Mapping[str, Mapping[str, Any]]
    chapters: Mapping[str, Any]
    anchors: Mapping[str, Any]
    ledger: Excerpts
    hidden: Mapping[str, frozenset[str]]
    shared: str

    @classmethod
    def of(cls, setting: Setting, works: bibliography.Works, drafts: Sequence[Draft]) -> Plan:
        """Gather what chapters say of themselves to others."""
        csl_json = setting.folder / "works.json"
        csl_json.write_text(json.dumps(works.items), encoding="utf-8")
        known, style = bibliography.style(setting.project), setting.folder / "style.csl"
        style.write_bytes(
            b"" if known is None else etree.tostring(known, encoding="utf-8", xml_declaration=True)
        )
        pictures = Pictures(setting.project)
        for one in drafts:
            pictures.take(one.chapter, one.source)
        for one in drafts:
            for address in one.pictures:
                pictures.place(address, one.chapter, one.source, one.form)
            if one.form == "html":
                pictures.take_along(one.links, one.chapter)
                pictures.take_along(one.shown, one.chapter, one.source)
        chapters: dict[str, dict[str, Any]] = {}
        for one in drafts:
            entry = chapters.setdefault(
                str(one.chapter.path),
                {"href": one.chapter.href, "id": one.labels[0]["id"], "anchors": {}, "filled": False},
            )
            entry["anchors"] |= dict.fromkeys(one.anchors, True)
            entry["filled"] |= one.is_filled
        anchors = {
            anchor: {"href": one.chapter.href, "chapter": str(one.chapter.path)}
            for one in reversed(drafts)
            for anchor in one.anchors
        }
        forms = {one.form for one in drafts}
        labels = {
            form: label_table([one for one in drafts if one.form == form], setting.words) for form in forms
        }
        named = frozenset(each.id for each in names_of(setting.project).named.values() if each.title)
        sections = {
            form: label_table([one for one in drafts if one.form == form], {}, named) for form in forms
        }
        citing = Citing.of(setting, works, drafts, bibliography.in_order_of_citation(known))
        ledger = Excerpts.of(setting)
        hidden = {
            form: frozenset().union(*(one.hidden for one in drafts if one.form == form)) for form in forms
        }
        shared = key_of(
            csl_json.read_text(encoding="utf-8"),
            [citing.order, citing.in_order, citing.page, citing.last],
            str(setting.project.lang),
            style.read_text(encoding="utf-8"),
            *(file_hash(Path(name)) for name in extension_filter()[1:]),
        )
        files = csl_json, style
        return cls(
            setting, citing, *files, pictures, labels, sections, chapters, anchors, ledger, hidden, shared
        )

    @cached_property
    def stems(self) -> Mapping[str, str]:
        """The word that any link to a chapter has in it, by its path; empty where that is not known."""
        return {path: _stem(path) for path in self.chapters}

    def finish(self, drafts: Sequence[Draft], pool: Executor) -> list[Finished]:
        """Run the second pass over the chapters, those that are new in few processes."""
        setting, project = self.setting, self.setting.project
        made: list[Finished] = []
        for part in portions(drafts):
            passes = list(pool.map(lambda one: _Pass(self, one), part))
            new = [each.call for each in passes if not each.one.own.late and not each.is_known]
            ahead = together(new, setting.folder, project.limits, project.steps, pool, setting.worker)
            made += pool.map(lambda each, ahead=ahead: each.finished(ahead), passes)
        return made

    def state(self, one: Draft) -> dict[str, Any]:
        """Return what the filters of the second pass are told of a chapter."""
        chapter, form, project = one.chapter, one.form, self.setting.project
        said, names = one.words | {""}, one.named
        cited = (
            names | {*self.citing.order} if self.citing.in_order else names
        )  # all chapters cite all works then
        return {
            "format": form,
            "chapter": str(chapter.path),
            "folder": str(chapter.path.parent),
            "offset": "/".join([".."] * (len(chapter.path.parts) - 1)) or ".",
            "labels": _named(self.labels[form] if project.kind.is_book else self._own_labels(one), names),
            "sections": _named(self.sections[form], names),
            "anchors": dict.fromkeys(one.anchors, True),
            "keys": dict.fromkeys(sorted(self.citing.works.keys & cited), True),
            "chapters": {path: about for path, about in self.chapters.items() if self.stems[path] in said},
            "elsewhere": _named(self.anchors, names),
            "number": chapter.number if project.numbers_sections(form, chapter) else None,
            "appendix": chapter.kind == "appendix",
            "hidden": dict.fromkeys(sorted(self.hidden[form] & names), True),
            "names": self.setting.words_of(one.source),
            "caption_places": {
                kind: str(place)
                for kind in ("fig", "tbl", "lst")
                if (place := self.setting.option(one.source, form, f"{kind}-cap-location"))
            },
            "floats": dict.fromkeys(self.setting.floats, True),
            "pictures": self.pictures.placed(chapter, form),
            "fig_align": self.setting.option(one.source, form, "fig-align"),
            "lightbox": _opens(self.setting.option(one.source, form, "lightbox")),
            "trusted": project.trusts(chapter.path),
            "note_place": self.setting.option(one.source, form, "reference-location"),
        }

    def _own_labels(self, one: Draft) -> Mapping[str, Mapping[str, Any]]:
        """Return what a page that is a text for itself can refer to: others may have the same labels."""
        return label_table([one], self.setting.words)

    def aim_at_references(self, ast: Node, href: str, offset: str) -> None:
        """Let the citations of a page lead to the list of works on the page that has it."""
        page = self.citing.page
        if page and page != href:
            address = page if offset == "." else f"{offset}/{page}"
            retarget(ast["blocks"], lambda url, _: address + url if url.startswith("#ref-") else url)


class _Pass:
    """The second pass over a chapter."""

    def __init__(self, plan: Plan, one: Draft) -> None:
        self.plan, self.one = plan, one
        self.state = plan.state(one)
        self.excerpt = None if one.is_filled else plan.ledger.of_texts(one.text, self.state)
        known = self.excerpt or plan.ledger.whole
        self.key = ("finish", id(one), plan.shared, json.dumps(self.state), known)

    @property
    def _is_kept(self) -> bool:
        """Whether what it gives follows from what is known: what the project's own Lua makes may not."""
        return not self.one.own.late

    @property
    def is_known(self) -> bool:
        """Whether this process has it."""
        return self._is_kept and self.plan.setting.project.files.memory.holds(self.key)

    def finished(self, ahead: Mapping[str, pandoc.Made]) -> Finished:
        """Return the chapter, from what was made ahead where it was."""
        if not self._is_kept:
            return self._finish(ahead)
        return self.plan.setting.project.files.memory.made(self.key, lambda: self._finish(ahead))

    @cached_property
    def call(self) -> pandoc.Call:
        """The run of pandoc, without Lua of the project's."""
        one, setting, citing = self.one, self.plan.setting, self.plan.citing
        state, told = setting.handed(self._name, self.state)
        files, ledger = {state: told}, str(setting.ledger)
        if self.excerpt is not None:
            ledger = setting.place(f"{self._name}-ledger.json")
            files[ledger] = self.excerpt
        meta: dict[str, Node] = {
            "tieout-format": {"t": "MetaString", "c": one.form},
            "tieout-offset": {"t": "MetaString", "c": str(self.state["offset"])},
            "lang": {"t": "MetaString", "c": setting.project.lang},
            "link-citations": {"t": "MetaBool", "c": True},
        }
        cites = citing.concerns(one, setting.words)
        before = citing.prepare(meta) if cites else []
        arguments = [
            "-f",
            "json",
            "-t",
            "json",
            "-M",
            f"tieout-state={state}",
            "-M",
            f"tieout-ledger={ledger}",
        ]
        arguments += [*pandoc.filters("references"), *extension_filter()]
        arguments += citing.options(setting, self.plan.csl_json, self.plan.style) if cites else []
        arguments += pandoc.filters("last")
        tree = document(one.text, before, meta)
        also = (self.plan.shared, one.chapter.href, str(self.state["offset"]), one.cited, self._suppresses)
        name, root = str(one.chapter.path), setting.project.root
        return pandoc.Call(tuple(arguments), tree, name, root, also, files, one.form, self._parts)

    @property
    def _parts(self) -> dict[str, Any]:
        """What the chapter follows from, by what people call it."""
        state, ledger = self.state, json.loads(self.excerpt) if self.excerpt else {}
        labels = {f"@{label}": about for label, about in state["labels"].items()}
        sections = {f"#{label}": about for label, about in state["sections"].items()}
        entries = {each["id"]: each for each in ledger.get("entries", [])}
        settings = {key: each for key, each in state.items() if key not in ("labels", "sections", "chapters")}
        return {
            "its text": self.one.text,
            **entries,
            **labels,
            **sections,
            **state["chapters"],
            "the findings": ledger.get("findings"),
            "the ledger": None if self.excerpt else self.plan.ledger.whole,
            "the works or their style": self.plan.shared,
            "its settings": settings,
        }

    @property
    def _suppresses(self) -> bool:
        """Whether the chapter's works are listed nowhere."""
        return self.plan.setting.option(self.one.source, self.one.form, "suppress-bibliography") is True

    @property
    def _name(self) -> str:
        return f"2-{self.one.form}-{self.one.chapter.href}"

    def _finish(self, ahead: Mapping[str, pandoc.Made]) -> Finished:
        one, setting = self.one, self.plan.setting
        late = setting.loaded(f"late-{self._name}", one.chapter, one.form, one.source, one.own.late)
        place = len(self.call.arguments)
        made, failed = setting.made_of(self.call, self._resolved, place, late, "resolve", ahead)
        said = complaints.placed(made["complaints"], one.source, one.chapter)
        return Finished(one, made["text"], made["outline"], (*failed, *said))

    def _resolved(self, out: str, warnings: Sequence[str]) -> dict[str, Any]:
        """Return what is kept of a chapter that pandoc has resolved; see `call` for what it follows from."""
        chapter, form, ast = self.one.chapter, self.one.form, json.loads(out)
        said = [
            *complaints.leading(ast),
            *complaints.found(ast["meta"]),
            *complaints.ties(ast["meta"]),
            *complaints.citations(warnings),
        ]
        self.plan.citing.finish(ast, chapter, form, self.one.cited, self._suppresses)
        if form == "html":
            said += complaints.links(ast)
            self.plan.aim_at_references(ast, chapter.href, str(self.state["offset"]))
        outline = ast["meta"].get("tieout-outline")
        return {"text": _clean(ast, form), "outline": outline, "complaints": complaints.kept(said)}


def _opens(given: Any) -> bool:
    """Whether `lightbox:` makes every picture open on a click; else those of the class do."""
    match = given.get("match", "auto") if isinstance(given, Mapping) else given
    return match is True or match == "auto"


def _named(table: Mapping[str, Any], names: Set[str]) -> dict[str, Any]:
    """Return the part of a table whose keys a chapter names, with a capital or without."""
    known = {*names, *(name[:1].lower() + name[1:] for name in names)} & table.keys()
    return {key: table[key] for key in sorted(known)}


def _stem(path: str) -> str:
    """Return the word that any link to a file has in it, however it is written, its ending left out."""
    words: list[str] = WORD.findall(path.rpartition("/")[2].rpartition(".")[0])
    return max(words, key=len, default="")


def _clean(ast: Node, form: str) -> str:
    """Return the tree without working metadata; the HTML tree without its title."""
    blocks = ast["blocks"]
    if form == "html" and blocks and blocks[0]["t"] == "Header":
        blocks = blocks[1:]
    return document(packed(blocks))
