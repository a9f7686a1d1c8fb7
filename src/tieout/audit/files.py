"""What lies in a site beside its pages: every file is what its source gives, and there is none too many.

Copies are compared with their originals, generated files with what data, stored outputs and this installation
give. Where Quarto has made the site, its own libraries are counted and not compared.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.audit.assembled import stored_bytes
from tieout.audit.dom import fingerprint, publishable, published, target_of
from tieout.audit.expected import Drawn
from tieout.audit.narrow import differing, narrow_charts
from tieout.audit.pages import Site
from tieout.audit.referred import named
from tieout.harmless import untoned
from tieout.ledger.publication import panels
from tieout.ledger.searching import search_index
from tieout.machine.asked import digest
from tieout.notebooks import charts_of
from tieout.notebooks.outputs import PICTURES
from tieout.problems import Count, InputError, Problem
from tieout.project import EXTENSION, Project, assets, described, resources, taken, vega
from tieout.project.charts import charted

REBUILD = "build the site anew"
LIBRARY = "site_libs"
MARK = ".tieout"  # what a build leaves in a folder to know it again
EXTENDED = re.compile(rf"{LIBRARY}/quarto-contrib/tieout-[\d.]+/")  # where Quarto puts it
PICTURED = {"wide": ".svg", "narrow": "-narrow.svg"}
CHART = re.compile(r'window\.tieoutCharts\["(?P<name>[^"]*)"\] = (?P<said>[^\n]*);\n')
DRAWN = re.compile(r'window\.tieoutPictures\["(?P<name>[^"]*)"\] = (?P<said>[^\n]*);\n')
SUFFIXES = frozenset((".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"))


@dataclass
class Files:
    """How the files of a site compare with what they should be."""

    counts: list[Count] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def say(self, what: str, path: str, rule: str, id: str | None = None) -> None:
        """Add a problem of a file."""
        self.problems.append(Problem(what, REBUILD, path, id=id, rule=rule))


def compare_files(
    root: Path, folder: Path, site: Site, drawn: Sequence[Drawn], ledger: Mapping[str, str]
) -> Files:
    """Compare every file of a site but its pages and its PDF, which are read elsewhere.

    Parameters
    ----------
    root
        The project.
    folder
        The site.
    site
        Its pages.
    drawn
        What the cells of the chapters draw.
    ledger
        The files of the ledger by name, as data and stored outputs give them.
    """
    return _Comparison(root, folder, site, drawn, ledger).result()


class _Comparison:
    def __init__(
        self, root: Path, folder: Path, site: Site, drawn: Sequence[Drawn], ledger: Mapping[str, str]
    ) -> None:
        self.root, self.folder, self.site, self.drawn = root, folder, site, drawn
        self.project = site.project
        self.found = Files()
        self.ledger = ledger
        self.known: set[str] = set()

    def result(self) -> Files:
        ours = self.site.engine.knows_all
        self._pages()
        self._copies(complete=ours)
        self._ledger(complete=ours or "ledger.json" in self.names)
        self._charts()
        self._narrow()
        self._library()
        if ours:
            self._pictures()
        self.found.problems += figures(self.project, self.drawn, dict(self.stored))
        rest = [name for name in self.names if name not in self.known]
        if ours:
            for name in rest:
                self.found.say("the site has the file, and nothing makes it", name, "stray")
        elif rest:
            self.found.counts.append(Count("files of the engine, not compared", len(rest), len(rest)))
        return self.found

    @functools.cached_property
    def names(self) -> list[str]:
        """All files of the site."""
        paths = (path for path in self.folder.rglob("*") if path.is_file() or path.is_symlink())
        names = sorted(path.relative_to(self.folder).as_posix() for path in paths)
        return [name for name in names if name.partition("/")[0] not in self.project.apart]

    @functools.cached_property
    def document(self) -> Mapping[str, Any]:
        """The ledger, as it should be."""
        return dict(json.loads(self.ledger["ledger.json"]))

    @functools.cached_property
    def copies(self) -> dict[str, Path]:
        """What resources and styles name."""
        return dict(copied(self.project))

    @functools.cached_property
    def stored(self) -> list[tuple[str, Any]]:
        """The charts of all cells, by the fingerprint of their pictures."""
        return list(stored_charts(self.project))

    def _pages(self) -> None:
        """Take what other parts of the audit look at: pages, the PDF and what it was set from."""
        project = self.project
        self.known |= {chapter.href for chapter in project.chapters} | {f"{project.output_file}.pdf"}
        if project.option("typst", "keep-typ"):
            self.known.add(f"{project.output_file}.typ")
        for name in self.names:
            stray_page = name.endswith(".html") and not name.startswith(f"{LIBRARY}/")  # said elsewhere
            if stray_page or name.startswith(MARK):
                self.known.add(name)

    def _same(self, name: str, data: bytes) -> bool | None:
        """Whether a file of the site has these bytes; None where it is missing."""
        path = self.folder / name
        self.known.add(name)
        return path.read_bytes() == data if path.is_file() else None

    def _copies(self, complete: bool) -> None:
        right = total = 0
        for name, original in self.copies.items():
            same = self._same(name, original.read_bytes())
            if same is None and not complete:
                continue
            total += 1
            right += same is True
            if not same:
                what = (
                    "is missing from the site"
                    if same is None
                    else f"is not the same as {name} of the project"
                )
                self.found.say(what, name, "copy")
        if total:
            self.found.counts.append(Count("files equal to what they are copies of", right, total))

    def _ledger(self, complete: bool) -> None:
        for name, text in self.ledger.items():
            same = self._same(name, text.encode("utf-8"))
            # What differs in `ledger.json` is said entry by entry elsewhere.
            if same is False and not (name == "ledger.json" and not self._well_written(name)):
                self.found.say("differs from what data and stored outputs give", name, "ledger")
            elif same is None and complete:
                self.found.say("is missing", name, "ledger")

    def _well_written(self, name: str) -> bool:
        """Whether a file says the same in other bytes: nobody else would say what is wrong with it."""
        try:
            document = json.loads((self.folder / name).read_text(encoding="utf-8"))
        except ValueError:
            return False
        return bool(document == json.loads(self.ledger[name]))

    # Charts

    def _charts(self) -> None:
        """Compare each interactive chart with the one that its picture's cell stored beside it."""
        stored = self.stored
        wanted: dict[str, list[Any]] = {}
        for href, face in self.site.faces.items():
            for name, source in face.charts:
                picture = fingerprint(self._data(href, source))
                wanted.setdefault(name, []).append([chart for key, chart in stored if key == picture])
        names = [name for name in self.names if name.endswith(".js") and not name.startswith(f"{LIBRARY}/")]
        names = [name for name in names if name not in self.copies]
        wrong = 0
        scripts = [name for name in names if name in wanted or self.site.engine.knows_all]
        beside = {_whole(name) for name in wanted if self._said(name, DRAWN) is not None}
        total = len({*scripts, *wanted} - beside)
        for name in sorted({*scripts, *wanted} - beside):
            problem, where = self._chart(name, wanted.get(name))
            self.known.add(name)
            if problem:
                wrong += 1
                self.found.say(problem, where, "chart")
        if total:
            self.found.counts.append(Count("charts equal to what their cells stored", total - wrong, total))

    def _chart(self, name: str, charts: list[Any] | None) -> tuple[str | None, str]:
        """Say what is wrong with a chart, and in which file: that of its pictures, or its own beside it."""
        if charts is None:
            return "no picture of the pages has this chart", name
        pictures = self._said(name, DRAWN)
        if pictures is not None:
            shown = {kind: picture for kind, picture in pictures.items() if (kind, picture) != ("more", True)}
            for kind, picture in shown.items():
                beside = (self.folder / name).with_name(PurePosixPath(name).stem + PICTURED.get(kind, ""))
                if not beside.is_file() or untoned(beside.read_bytes()) != str(picture).encode():
                    return f"the {kind} picture differs from the one that the pages show", name
            name = _whole(name)
            self.known.add(name)
        if not (self.folder / name).is_file():
            return "the interactive chart is missing", name
        chart = self._said(name, CHART)
        if chart is None:
            return "is no chart as the site has them", name
        if not all(chart in each for each in charts):
            return "the chart differs from what its picture's cell stored", name
        return None, name

    def _said(self, name: str, form: re.Pattern[str]) -> Any:
        """Return what a script of one statement hands to its page; None where it is none of this form."""
        path = self.folder / name
        written = form.fullmatch(path.read_text("utf-8", errors="replace")) if path.is_file() else None
        if not written or written["name"] != name:
            return None
        try:
            return json.loads(written["said"].replace("<\\/", "</"))
        except ValueError:
            return None

    def _narrow(self) -> None:
        """Compare each picture for narrow screens with the one that its cell stored."""
        stored = narrow_charts(self.project)
        found = [
            (href, problem)
            for href, face in self.site.faces.items()
            for _, problem in differing(href, face, stored, self._data)
        ]
        for href, problem in found:
            if problem:
                self.found.say(problem, href, "chart")
        if found:
            right = sum(problem is None for _, problem in found)
            self.found.counts.append(
                Count("pictures for narrow screens equal to what cells stored", right, len(found))
            )

    def _data(self, href: str, source: str | None) -> bytes:
        target = target_of(href, source)
        path = self.folder / target[0] if target else None
        return untoned(path.read_bytes()) if path and path.is_file() else b""

    # What the theme and this installation give

    def _library(self) -> None:
        wanted = dict(self._brought())
        if any(face.charts for face in self.site.faces.values()):
            wanted[f"{LIBRARY}/vega.js"] = vega(self.root)
        right = 0
        for name, data in wanted.items():
            same = self._same(name, data)
            right += same is True
            if not same:
                what = "is missing" if same is None else "is not what this version of Tieout brings along"
                self.found.say(what, name, "theme")
        if wanted:
            self.found.counts.append(Count("files of the theme as Tieout brings them", right, len(wanted)))
        if self.site.engine.knows_all or "ledger.json" in self.names:
            self._panels(f"{LIBRARY}/ledger.js")
        if self.site.engine.knows_all:
            self._search(f"{LIBRARY}/search-index.js")
            self._described()

    def _brought(self) -> Iterator[tuple[str, bytes]]:
        """Give the files that Tieout brings along: its theme, or what its extension adds to another."""
        if self.site.engine.knows_all:
            yield from ((f"{LIBRARY}/{name}", data) for name, data in assets(self.project.lang).items())
            return
        for name in self.names:
            original = self.root / EXTENSION / PurePosixPath(name).name
            if EXTENDED.match(name) and original.is_file():
                yield name, original.read_bytes()

    def _panels(self, name: str) -> None:
        """Compare what panels say of numbers with the ledger that data and stored outputs give."""
        same = self._same(name, panels(self.document).encode("utf-8"))
        if not same:
            self.found.say("is missing" if same is None else "differs from the ledger", name, "panel")

    def _search(self, name: str) -> None:
        """Compare the index of the search with what the pages say, and the ledger."""
        project = self.project
        wanted = search_index(self._texts, self.document, project.files.memory, project.steps)
        same = self._same(name, wanted.encode("utf-8"))
        if not same:
            self.found.say("is missing" if same is None else "differs from the pages", name, "search")

    @functools.cached_property
    def _texts(self) -> Mapping[str, str]:
        """The chapters' pages as they lie in the site, by address."""
        paths = {chapter.href: self.folder / chapter.href for chapter in self.project.chapters}
        return {href: path.read_text(encoding="utf-8") for href, path in paths.items() if path.is_file()}

    def _described(self) -> None:
        """Compare what machines are told of the report with what its configuration and its data say."""
        pdf = f"{self.project.output_file}.pdf"
        made = described.files(self.project, pdf if (self.folder / pdf).is_file() else "", self._texts)
        texts = {name: text.encode("utf-8") for name, text in made.items()}
        for name, data in (texts | taken.files(self.project)).items():
            if name in self.copies:
                continue
            same = self._same(name, data)
            if not same:
                what = "is missing" if same is None else "differs from what `_quarto.yml` and the data say"
                self.found.say(what, name, "described")

    # Pictures

    def _pictures(self) -> None:
        """Take the files that pages name, the pictures among them compared there, and those of the PDF."""
        stored = {name for each in self.drawn for name in each.published}
        shown = named(self.site)
        for name in self.names:
            path, original = self.folder / name, self.root / name
            looked_for = path.suffix in SUFFIXES or name in shown
            if name in self.known or not looked_for or path.is_symlink():
                continue
            data = path.read_bytes()
            if original.is_file():
                self.known.add(name)
                if data != publishable(original.read_bytes()):
                    self.found.say(f"is not the same as {name} of the project", name, "copy")
            elif name in shown or (digest(untoned(data)) in stored and name.startswith("media/")):
                self.known.add(name)


def _whole(name: str) -> str:
    """Return the name of the script of a chart itself, beside that of its pictures."""
    return f"{name.removesuffix('.js')}.vl.js"


def copied(project: Project) -> Iterator[tuple[str, Path]]:
    """Give the files that resources and styles name: their place in the site, and the original."""
    for path in resources(project).files:
        yield str(path), project.root / path


def stored_charts(project: Project) -> Iterator[tuple[str, Any]]:
    """Give every chart that a cell has stored, with the fingerprint of the picture beside it.

    Of chapters, and of the notebooks that they show cells of.
    """
    for name in dict.fromkeys((*map(str, project.notebooks), *_embedded(project))):
        for cell in charted(project, name).cells:
            for output in cell.outputs:
                data = output.get("data", {})
                mime = next((mime for mime in PICTURES if mime in data), "")
                for chart in charts_of(data) if mime else ():
                    yield published(stored_bytes(data[mime], mime)), chart


def _embedded(project: Project) -> Iterator[str]:
    """Give the notebooks that were read beside the chapters, and can be."""
    for name in sorted(project.files.names):
        if name.endswith(".ipynb"):
            with suppress(InputError):
                project.files.notebook(name)
                yield name


def figures(project: Project, drawn: Iterable[Drawn], charts: Mapping[str, Any]) -> Iterator[Problem]:
    """Compare figures/<label>.svg and .json with what the cell of that label stored."""
    folder = project.figures.relative_to(project.root).as_posix()
    for chapter in drawn:
        for label, key in chapter.figures:
            path = project.figures / f"{label}.svg"
            what = f"differs from what the cell {label} of {chapter.path} stored"
            if path.is_file() and published(path.read_bytes()) != key:
                yield Problem(what, "run `tieout execute`", f"{folder}/{path.name}", rule="figure")
            data = path.with_suffix(".json")
            if data.is_file() and key in charts and _read(data) != charts[key]:
                yield Problem(what, "run `tieout execute`", f"{folder}/{data.name}", rule="figure")


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
