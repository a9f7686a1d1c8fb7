"""The project as an object: what `_quarto.yml` says of it, of its chapters and its formats.

The same file configures both engines; whatever of it has no meaning here is named once, with its line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.machine import Limits, inside
from tieout.machine.steps import Steps
from tieout.machine.store import FOLDER, NOTHING, Store
from tieout.problems import InputError, Problem
from tieout.project.chapters import (
    SUFFIXES,
    Chapter,
    ChapterKind,
    Listed,
    foreign,
    listed,
)
from tieout.project.configuration import CONFIG, Configuration, Key, is_strict
from tieout.project.document import configuration, is_document, only, project_of
from tieout.project.editions import Edition
from tieout.project.files import Files
from tieout.project.frontmatter import read_header
from tieout.project.given import (
    Author,
    authors,
    formats,
    iso_date,
    limits,
    named_files,
    output_dir,
    output_file,
    own_bibliographies,
    pdf_stem,
    text,
    texts,
    unknown_trust,
)  # fmt: skip
from tieout.project.kinds import BOOK, DOCUMENT, WEBSITE, Kind, kind_of, unknown_kind
from tieout.project.pages import Item, pages
from tieout.project.profiles import editions, read
from tieout.project.require import Require, project_require

# What commands read and write without being told a name.
WORK = (".tieout", ".tieout/executed", ".tieout/store", ".tieout/ledger.json")
OWN = (CONFIG, "_variables.yml", "_extensions", "data", "figures", *WORK)

__all__ = ["CONFIG", "Author", "Chapter", "ChapterKind", "Project"]


@dataclass(frozen=True)
class Project:
    """A book, a website, a folder of documents or one document. Read it with `Project.load`."""

    root: Path
    title: str
    subtitle: str | None
    authors: tuple[Author, ...]
    date: str | None
    lang: str
    description: str | None
    output_dir: str
    output_file: str
    chapters: tuple[Chapter, ...]
    bibliography: tuple[PurePosixPath, ...]
    csl: PurePosixPath | None
    formats: Mapping[str, Mapping[str, Any]]
    pre_render: tuple[str, ...]
    post_render: tuple[str, ...]
    resources: tuple[str, ...]
    configuration: Configuration = field(repr=False)
    files: Files = field(repr=False, compare=False)
    limits: Limits = field(default_factory=Limits)
    problems: tuple[Problem, ...] = ()
    require: Require | None = None
    kind: Kind = BOOK
    menu: tuple[Item, ...] = ()
    edition: str = ""
    beside: tuple[Edition, ...] = ()
    steps: Steps = field(default_factory=lambda: Steps(NOTHING), repr=False, compare=False)

    @cached_property
    def listing(self) -> str:
        """The paths of its chapters, in one text."""
        return "\0".join(str(chapter.path) for chapter in self.chapters)

    @classmethod
    def load(cls, root: Path, files: Files | None = None, profile: str | None = None) -> Project:
        """Read the project in a folder, or the document that stands for itself.

        Parameters
        ----------
        root
            The folder with `_quarto.yml`, or a file: `.ipynb`, `.qmd`, `.md`.
        files
            Its files, where they are read already.
        profile
            Its active profiles; what QUARTO_PROFILE says where it is None.

        Raises
        ------
        InputError
            `_quarto.yml` is missing or malformed, or there is nothing to show. A strict project (`tieout:
            require:`) also refuses values of a wrong type and each chapter that cannot be shown; elsewhere
            these are among its problems, and the others are read.
        """
        root = Path(root).resolve()
        if not is_document(root):
            return cls._of_folder(root, files or Files(root), profile)._with_editions()
        folder = project_of(root)
        if folder is None:
            return cls._of_document(root, files or Files(root.parent))
        project = cls._of_folder(folder, files or Files(folder), profile)
        if project.chapter_at(root.relative_to(folder).as_posix()) is None:
            what = f"is no page of the project in {folder}"
            hint = "list it in _quarto.yml, or move it out of the project's folder"
            raise InputError(what, hint, path=root.name, rule="config")
        return project

    @classmethod
    def _of_document(cls, path: Path, files: Files) -> Project:
        name = PurePosixPath(path.name)
        config = configuration(files, name)
        return cls._made(files, config, DOCUMENT, only(files, name), ())

    @classmethod
    def _of_folder(cls, root: Path, files: Files, profile: str | None) -> Project:
        for name in OWN:
            inside(root, name, path=name)
        if not files.exists(CONFIG):
            hint = "go to the folder of the report, or name it with --project"
            documents = [path.name for path in sorted(root.glob("*")) if is_document(path)]
            if documents:
                hint = f"to build one document, name it: `tieout build {documents[0]}`"
            raise InputError(f"{root} has no {CONFIG}", hint, rule="config")
        config = read(files, profile)
        kind = kind_of(config)
        if kind.is_book:
            found = listed(files, config)
            if not found.chapters:
                raise InputError(found.problems)
            return cls._made(files, config, kind, found, ())
        output = str(config.get("project", "output-dir", default=kind.output_dir))
        found_pages, menu = pages(files, config, output)
        if not found_pages.chapters:
            problems = [each for each in found_pages.problems if each.severity == "error"]
            what = f"the project has no page to show ({', '.join(SUFFIXES)})"
            raise InputError(problems) if problems else config.error(what, "write one", "project")
        if config.is_strict and found_pages.problems:
            raise InputError(found_pages.problems)
        return cls._made(files, config, kind, found_pages, menu)

    def _with_editions(self) -> Project:
        """Return the project with its editions, or, where it is one, with the others."""
        names = editions(self.files, self.configuration)
        if not names:
            return self
        own = next((name for name in self.configuration.profiles if name in names), "")
        loaded = {name: self._of_folder(self.root, self.files, name) for name in ("", *names) if name != own}
        loaded[own] = self
        main = loaded[""].output_dir
        places = {
            name: f"{main}/{name}" if name and each.output_dir == main else each.output_dir
            for name, each in loaded.items()
        }
        others = tuple(
            Edition.of(name, loaded[name].lang, (places[name], places[own]), loaded[name].chapters)
            for name in ("", *names)
            if name != own
        )
        return replace(self, edition=own, beside=others, output_dir=places[own])

    @classmethod
    def _made(
        cls, files: Files, config: Configuration, kind: Kind, found: Listed, menu: tuple[Item, ...]
    ) -> Project:
        root, chapters = files.root, found.chapters
        said: list[Problem] = []
        title = kind.about(config, "title")
        if title is None:
            title = (chapters[0].title if kind is DOCUMENT else None) or root.name
            if kind.is_book:
                what, hint = "the book has no title", "write `title:` under `book:`"
                if config.is_strict:
                    raise config.error(what, hint, "book")
                said.append(config.warning(what, f"{hint}; the folder's name stands in", "book"))
        about = {key: text(kind.about(config, key)) for key in ("subtitle", "date", "description")}
        headers = [read_header(files, each.path)[0] for each in chapters] if kind is not DOCUMENT else []
        beside = [
            (chapter.path.parent, header.get("bibliography"))
            for chapter, header in zip(chapters, headers, strict=False)
        ]
        listed_works = named_files(root, config, "bibliography", said)
        bibliography = dict.fromkeys([*listed_works, *own_bibliographies(files, beside, chapters, said)])
        csl = list(named_files(root, config, "csl", said))
        named = kind.about(config, "output-file")
        return cls(
            root=root,
            kind=kind,
            title=str(title),
            subtitle=about["subtitle"],
            authors=tuple(authors(config, kind, said)),
            date=iso_date(about["date"]),
            lang=str(config.get("lang", default="en")),
            description=about["description"],
            output_dir=output_dir(root, config, kind, chapters),
            output_file=output_file(root, config, named, pdf_stem(kind, str(title), chapters)),
            chapters=chapters,
            bibliography=tuple(bibliography),
            csl=csl[0] if csl else None,
            formats=formats(config),
            pre_render=texts(config.get("project", "pre-render")),
            post_render=texts(config.get("project", "post-render")),
            resources=texts(config.get("project", "resources")),
            configuration=config,
            limits=limits(config),
            files=files,
            problems=(
                *config.problems, *unknown_kind(config), *found.problems, *said,
                *foreign(chapters), *unknown_trust(config, chapters),
            ),
            require=project_require(config),
            menu=menu,
            steps=Steps(Store(root / FOLDER)),
        )  # fmt: skip

    def without(self, paths: Collection[str]) -> Project:
        """Return the project without some chapters, the others numbered as they are."""
        left = tuple(chapter for chapter in self.chapters if str(chapter.path) not in paths)
        return replace(self, chapters=left)

    def about(self, key: str, default: Any = None) -> Any:
        """Return what the project says of itself: `book.title`, `website.title`, or a header's `title`."""
        return self.kind.about(self.configuration, key, default)

    def place_about(self, key: str) -> tuple[str, int]:
        """Return the file and the line of what `about` returns."""
        keys = self.kind.place(self.configuration, key)
        return self.file_of(*keys), self.line_of(*keys)

    def is_strict(self, path: PurePosixPath | str | None = None) -> bool:
        """Whether a missing reference, picture or work is an error: `tieout: require:` asks for ties."""
        chapter = self.chapter_at(path) if path else None
        return is_strict((chapter and chapter.require) or self.require)

    def numbers_sections(self, form: str, chapter: Chapter) -> bool:
        """Whether the headings of a chapter are numbered: those of books are, unless told otherwise.

        A format that the project does not name is as the one that it names: a PDF as its pages.
        """
        named = form if form in self.formats else next(iter(self.formats), form)
        usual = self.option(named, "number-sections", self.kind.is_book) is True
        return usual if chapter.numbered is None else chapter.numbered

    @property
    def name(self) -> str:
        """What messages call the file that says all this: `_quarto.yml`, or the document."""
        return self.configuration.name

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions that are published with it; an edition by itself has none."""
        return () if self.edition else tuple(each.name for each in self.beside)

    @property
    def apart(self) -> frozenset[str]:
        """The folders of its site that hold other editions."""
        return frozenset(each.folder for each in self.beside if each.folder)

    @property
    def work(self) -> Path:
        """The folder of its ledger and its charts' scripts: `.tieout`, for an edition a folder in it."""
        return self.root / ".tieout" / self.edition

    @property
    def figures(self) -> Path:
        """The folder of its figures: `figures`, for an edition a folder in it."""
        return self.root / "figures" / self.edition

    @property
    def store(self) -> Store:
        """What steps of earlier commands gave."""
        return self.steps.store

    def over(self, files: Files) -> Project:
        """Return the project over its files as they are read anew."""
        return replace(self, files=files)

    @property
    def notebooks(self) -> tuple[PurePosixPath, ...]:
        """The notebooks among the chapters, in reading order."""
        return tuple(chapter.path for chapter in self.chapters if chapter.path.suffix == ".ipynb")

    @property
    def targets(self) -> tuple[str, ...]:
        """What is made where nothing is asked for: pages, and a PDF of what is one text."""
        named = {"typst", "pdf"} & self.formats.keys()
        has_pdf = self.kind.is_book or self.kind is DOCUMENT
        return ("html", "pdf") if has_pdf or (named and self.kind is not WEBSITE) else ("html",)

    @property
    def is_ours(self) -> bool:
        """Whether there is anything of Tieout's in it: its filter, its key, or a data package."""
        given = self.configuration.get("filters", default=[])
        filters = [item.get("path") if isinstance(item, Mapping) else item for item in _listed(given)]
        asked = self.configuration.get("tieout") is not None
        return asked or "tieout" in filters or self.files.exists("data/datapackage.json")

    @property
    def output(self) -> Path:
        """The folder that the site goes to."""
        return self.root / self.output_dir

    @property
    def execute(self) -> Mapping[str, Any]:
        """The project's execution options (``echo``, ``warning``, …)."""
        value = self.configuration.get("execute", default={})
        return value if isinstance(value, Mapping) else {}

    @property
    def crossref(self) -> Mapping[str, Any]:
        """The project's options of cross-references."""
        value = self.configuration.get("crossref", default={})
        return value if isinstance(value, Mapping) else {}

    def trusts(self, path: PurePosixPath | str) -> bool:
        """Whether `tieout: trust:` says that the raw HTML of a chapter is published as it is."""
        given = self.configuration.get("tieout", "trust", default=[])
        return given is True or str(path) in texts(given)

    def href(self, chapter: Chapter) -> str:
        """Return the address of a chapter's page, relative to the site."""
        return chapter.href

    def chapter_at(self, path: PurePosixPath | str) -> Chapter | None:
        """Return the chapter of a file, or None where the file is none."""
        wanted = PurePosixPath(path)
        return next((chapter for chapter in self.chapters if chapter.path == wanted), None)

    def option(self, form: str, name: str, default: Any = None) -> Any:
        """Return an option of a format (``html``, ``typst``), as set for it or for all."""
        value = self.formats.get(form, {}).get(name)
        return default if value is None else value

    def line_of(self, *keys: Key) -> int:
        """Return the line with a key of the configuration, given as a path: ``line_of("book", "title")``."""
        return self.configuration.line(*keys)

    def file_of(self, *keys: Key) -> str:
        """Return the file with a key of the configuration: `_quarto.yml`, or that of a profile."""
        return self.configuration.file(*keys)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
