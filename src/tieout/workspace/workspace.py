"""The workspace: what a command reads of a project, each file once, and handed down from then on.

The project itself is read at once; the rest when somebody first asks for it, so that a command pays for what
it uses, and a file that only one check needs fails that check alone.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import RLock

from tieout.data import Bibliography, Facts, Package, bibliography
from tieout.data.facts import Examined, examine, in_words, validated
from tieout.data.words import Words
from tieout.notebooks import Notebook
from tieout.problems import InputError, Problem
from tieout.project import Project, read_front
from tieout.prose import Sources
from tieout.workspace.once import Once

IMPORT = re.compile(r"^\s*(?:import|from)\s+tieout\b", re.MULTILINE)


def _imports(notebook: Notebook) -> bool:
    return any(IMPORT.search(cell.source) for cell in notebook.code)


class _AnyKey:
    """Stands for the keys of a bibliography that cannot be read: none of them is wrong."""

    def __contains__(self, key: object) -> bool:
        return True


class Workspace:
    """A project as one command sees it. Read one with `Workspace.load`.

    Parameters
    ----------
    project
        The project; its files are read through it.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        made, works = project.files.made, project.bibliography
        self._making = RLock()
        self._package = Once(self._described)
        self._bibliography = Once(self._works)
        self._examined = Once(self._tables)
        self._facts = Once(lambda: made(("facts", works, project.edition), self._told))
        self._words = Once(lambda: Words.load(project.files, project.edition or project.lang))
        self._sources = Once(lambda: Sources.of(project))
        self._editions = Once(self._beside)

    @classmethod
    def load(cls, root: Path, before: Workspace | None = None, profile: str | None = None) -> Workspace:
        """Read the project in a folder.

        Parameters
        ----------
        before
            The project as an earlier command of this process saw it.
        profile
            The active profiles; what QUARTO_PROFILE says where it is None.

        Raises
        ------
        InputError
            `_quarto.yml` or the head of a chapter cannot be read.
        """
        return cls(Project.load(root, None if before is None else before.project.files.again(), profile))

    def renewed(self, changed: Iterable[Path]) -> Workspace:
        """Return the workspace after some files have changed: these are read anew, and nothing else is."""
        names = [path.relative_to(self.root).as_posix() for path in changed]
        return Workspace(self.project.over(self.project.files.without(names))) if names else self

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.project.root

    @property
    def package(self) -> Package:
        """The data package; one without tables where the project has none."""
        return self._package()

    @property
    def has_facts(self) -> bool:
        """Whether there is a data package for facts: one that lists nothing else but data is none."""
        try:
            tables = self.package.resources
            return bool(self.package.text) and (not tables or any(each.facts for each in tables))
        except InputError:
            return True

    @property
    def bibliography(self) -> Bibliography:
        """The works that the report cites."""
        return self._bibliography()

    @property
    def bibliography_problems(self) -> tuple[Problem, ...]:
        """Why the bibliography cannot be read; empty where it can."""
        try:
            self._bibliography()
        except InputError as error:
            return error.problems
        return ()

    @property
    def examined(self) -> Examined:
        """The tables of the data package, with what is wrong in them."""
        return self._examined()

    @property
    def words(self) -> Words:
        """What the edition says in place of the data's own texts; in the main one, of findings alone."""
        return self._words()

    @property
    def facts(self) -> Facts:
        """The facts; an error where any row is wrong."""
        return self._facts()

    @property
    def notebooks(self) -> tuple[Notebook, ...]:
        """The notebooks among the chapters, in reading order."""
        return tuple(self.project.files.notebook(path) for path in self.project.notebooks)

    @property
    def running(self) -> tuple[Notebook, ...]:
        """The notebooks that a build runs: those in Python of a project of Tieout's, or that import it.

        All others are shown as they are stored, as Quarto shows them unless `execute: enabled: true` is said.
        """
        asked = self.project.is_ours or self.project.execute.get("enabled") is True
        return tuple(
            notebook
            for notebook in self._readable()
            if notebook.is_python
            and not notebook.is_older
            and (asked or _imports(notebook) or self._asks(notebook))
        )

    def _asks(self, notebook: Notebook) -> bool:
        """Whether a notebook's own header says `execute: enabled: true`."""
        given = read_front(self.project.files, notebook.shown(self.root)).metadata.get("execute")
        return isinstance(given, Mapping) and given.get("enabled") is True

    @property
    def foreign(self) -> tuple[Notebook, ...]:
        """The notebooks in a language that is not run here."""
        return tuple(notebook for notebook in self._readable() if notebook.code and not notebook.is_python)

    @property
    def older(self) -> tuple[Notebook, ...]:
        """The notebooks of format 3, which are shown as they are stored."""
        return tuple(notebook for notebook in self._readable() if notebook.is_older)

    def _readable(self) -> Iterator[Notebook]:
        """Give the notebooks that can be read; what is wrong with others is for checks to say."""
        for path in self.project.notebooks:
            with contextlib.suppress(InputError):
                yield self.project.files.notebook(path)

    @property
    def editions(self) -> tuple[Workspace, ...]:
        """The other editions of the book, over the same files, to be published with it."""
        return self._editions()

    def _beside(self) -> tuple[Workspace, ...]:
        project = self.project
        loaded = (Project.load(project.root, project.files, each) for each in project.editions)
        return tuple(Workspace(each) for each in loaded)

    def without(self, paths: Collection[str]) -> Workspace:
        """Return the workspace without some chapters."""
        return Workspace(self.project.without(paths))

    @property
    def sources(self) -> Sources:
        """The text that readers see, by chapter."""
        return self._sources()

    def validate(self) -> None:
        """Read the data, and raise what is wrong with them."""
        self._facts()

    # What these make follows from the files they ask for. They ask each other, not what this workspace holds,
    # so that a command after this one knows all that has to be as it was. One thread makes each.

    def _described(self) -> Package:
        files = self.project.files
        with self._making:
            kept: Package = files.made(("package",), lambda: Package.load(files, needed=False))
        return replace(kept, files=files)  # the tables are those of now

    def _works(self) -> Bibliography:
        files, works = self.project.files, self.project.bibliography
        with self._making:
            return files.made(("works", works), lambda: bibliography.load(files, works))

    def _tables(self) -> Examined:
        with self._making:
            return self.project.files.made(("examined", self.project.bibliography), self._examine)

    def _told(self) -> Facts:
        words = Words.load(self.project.files, self.project.edition)
        return in_words(validated(self._tables(), self._works()), words)

    def _examine(self) -> Examined:
        keys: Container[str]
        try:
            keys = self._works()
        except InputError:
            keys = _AnyKey()
            for name in self.project.bibliography:
                self.project.files.exists(name)  # until it changes
        return examine(self._described(), keys)
