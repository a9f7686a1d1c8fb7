"""What a site holds as copies of the project's files: `resources:` and the styles of its pages."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.machine import inside, stays
from tieout.problems import InputError, Problem
from tieout.project.configuration import Key
from tieout.project.project import Project

PATTERN = "*?[!"
LEFT_OUT = ("__pycache__",)


@dataclass(frozen=True)
class Resources:
    """The files that are copied, in order, and a warning for each link that leads out of the project."""

    files: tuple[PurePosixPath, ...]
    problems: tuple[Problem, ...]


def resources(project: Project) -> Resources:
    """Return what a project lists as resources, and its styles; folders are walked once a command.

    Raises
    ------
    InputError
        A name leaves the project, or names nothing.
    """
    what = f"resources {project.output} {project.resources} {project.option('html', 'css')}"
    return project.files.found(what, lambda: _walked(project))


def _walked(project: Project) -> Resources:
    files: dict[PurePosixPath, None] = {}
    problems: dict[Problem, None] = {}
    css = project.option("html", "css") or []
    styles = [css] if isinstance(css, str) else css
    given: list[tuple[str, tuple[Key, ...]]] = [
        *((name, ("project", "resources", index)) for index, name in enumerate(project.resources)),
        *((str(name), ("format", "html", "css")) for name in styles),
    ]
    walk = _Walk(project)
    for name, keys in given:
        file, line = project.file_of(*keys), project.line_of(*keys)
        for path in walk.found(name, file, line):
            leads = walk.leads(project.root / path)
            if not leads:
                files[path] = None
            else:
                what = f"`{path}` is a link that {leads}, and is left out"
                hint = "put the file itself there"
                problems[Problem(what, hint, path=file, line=line, rule="outside", severity="warning")] = None
    return Resources(tuple(files), tuple(problems))


class _Walk:
    """Finds the files that names and patterns stand for, and goes round no circle of links."""

    def __init__(self, project: Project) -> None:
        self.root = project.root
        output = project.output
        building = output.parent.glob(f"{glob.escape(output.name)}.new-*")
        self.made = (output, project.root / ".tieout", *building)
        self.real = self.root.resolve()
        self.real_made = frozenset(each.resolve() for each in self.made)

    def leads(self, path: Path) -> str:
        """Return where a link goes that no resource may be; empty for what may."""
        if path.is_symlink() and not path.exists():
            return "leads nowhere"
        if not stays(self.root, path):
            return "leaves the project"
        real = path.resolve()
        if any(part.startswith(".") for part in real.relative_to(self.real).parts) and not self._is_hidden(
            path
        ):
            return "leads to what is hidden"
        return ""

    def _is_hidden(self, path: Path) -> bool:
        return any(part.startswith(".") for part in path.relative_to(self.root).parts)

    def found(self, name: str, file: str, line: int) -> Iterator[PurePosixPath]:
        """Give the files of a name or pattern; one that starts with a slash is at the root."""
        place: dict[str, Any] = {"path": file, "line": line}
        plain = inside(self.root, name.lstrip("/") if name.startswith("/") else name, **place)
        try:
            if any("**" in part and part != "**" for part in plain.parts):  # newer Pythons take it for one
                raise ValueError
            found = [self.root] if str(plain) == "." else sorted(self.root.glob(str(plain)))
        except (ValueError, NotImplementedError):
            hint = "write `**` alone between slashes, or name a folder"
            raise InputError(f"the resource `{name}` is no pattern", hint, rule="config", **place) from None
        if not found and not any(sign in name for sign in PATTERN):
            what = f"the resource `{name}` does not exist"
            raise InputError(what, "correct the name, or make the file", rule="config", **place)
        for path in found:
            if path == self.root / plain or not path.name.startswith("."):
                yield from self._below(path, ())

    def _below(self, path: Path, above: tuple[Path, ...]) -> Iterator[PurePosixPath]:
        if path in self.made or path.name in LEFT_OUT or (path.exists() and path.resolve() in self.real_made):
            return
        if self.leads(path):
            yield PurePosixPath(path.relative_to(self.root).as_posix())
        elif path.is_dir():
            real = path.resolve()
            for each in () if real in above else sorted(path.iterdir()):
                if not each.name.startswith("."):
                    yield from self._below(each, (*above, real))
        elif path.is_file():
            yield PurePosixPath(path.relative_to(self.root).as_posix())
