"""The Lua that runs beside the engine's own: a project's filters and shortcodes, and the filter for ties."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.machine import inside
from tieout.markdown.shortcodes import QUARTO
from tieout.problems import InputError, Problem
from tieout.project import EXTENSION, Chapter, Project, extension, parse_yaml

FILTERS = Path(__file__).parent / "filters"
FOLDER = "_extensions"
MANIFESTS = ("_extension.yml", "_extension.yaml")
BUILT_IN = ("tieout", "quarto", "citeproc")
LATE = ("post-quarto", "pre-render", "post-render", "pre-finalize", "post-finalize")


@dataclass(frozen=True)
class Own:
    """Lua files of a project that run on its chapters.

    Parameters
    ----------
    early
        The filters that see a chapter as it is written.
    late
        Those that see it as it is published: after `quarto` in the list, or `at: post-quarto` and later.
    """

    early: tuple[Path, ...] = ()
    late: tuple[Path, ...] = ()

    def __add__(self, other: Own) -> Own:
        return Own((*self.early, *other.early), (*self.late, *other.late))


def user_filters(project: Project) -> tuple[Own, list[Problem]]:
    """Return the project's own Lua filters, and a warning for each that is not run."""
    given = project.configuration.get("filters", default=[])
    return _filters(
        project, given, PurePosixPath(), project.name, lambda index: project.line_of("filters", index)
    )


def chapter_filters(
    project: Project, chapter: Chapter, metadata: Mapping[str, Any]
) -> tuple[Own, list[Problem]]:
    """Return the filters that a chapter's header names, and a warning for each that is not run."""
    given = metadata.get("filters") or []
    return _filters(project, given, chapter.path.parent, str(chapter.path), lambda _index: 1)


def handlers(project: Project) -> tuple[Path, ...]:
    """Return the Lua files in which extensions of the project, or the project itself, bring shortcodes."""
    found = [
        path
        for _, folder, given in _extensions(project)
        for path in _files(project, folder, given.get("shortcodes"))
    ]
    return (*found, *_files(project, PurePosixPath(), project.configuration.get("shortcodes")))


def runs_own(project: Project) -> bool:
    """Whether Lua of the project's own makes its pages, which may then come out otherwise each time."""
    own, _ = user_filters(project)
    named = any("filters:" in project.files.text(str(chapter.path)) for chapter in project.chapters)
    return bool(own.early or own.late or named or handlers(project))


def loader(target: Path, script: Path, about: Mapping[str, Any]) -> list[str]:
    """Write a filter that loads Quarto's functions and then a script; returns the options that run it.

    Parameters
    ----------
    target
        The file to write.
    script
        The filter.
    about
        What Quarto's functions say of the chapter: see ``filters/quarto.lua``.
    """
    told = json.dumps({**about, "version": QUARTO, "filters": str(FILTERS)}, default=str)
    lines = [
        f"TIEOUT = pandoc.json.decode({_lua(told)}, false)",
        f"package.path = {_lua(f'{script.parent}/?.lua;')} .. package.path",
        f"PANDOC_SCRIPT_FILE = {_lua(str(script))}",
        f"dofile({_lua(str(FILTERS / 'quarto.lua'))})",
        f"return dofile({_lua(str(script))})",
    ]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ["-L", str(target)]


def extension_filter() -> list[str]:
    """Return the filter that resolves ties, of this version: a project's copy of it is for Quarto alone."""
    return ["-L", str(extension() / "tieout.lua")]


def _filters(
    project: Project, given: Any, folder: PurePosixPath, name: str, line_of: Any
) -> tuple[Own, list[Problem]]:
    if not given:
        return Own(), []
    known = {
        title: _files(project, place, given.get("filters")) for title, place, given in _extensions(project)
    }
    early: list[Path] = []
    late: list[Path] = []
    problems: list[Problem] = []
    after = False
    for index, item in enumerate(given if isinstance(given, list) else [given]):
        at = str(item.get("at", "")) if isinstance(item, Mapping) else ""
        written = str(item.get("path", "")) if isinstance(item, Mapping) else str(item)
        after = after or written == "quarto"
        if written in BUILT_IN:
            continue
        base = PurePosixPath() if written.startswith("/") else folder
        inside(project.root, base / written.lstrip("/"), path=name, line=line_of(index))
        own = (
            _files(project, folder, [written])
            if written.endswith(".lua")
            else known.get(written.split("/")[-1], ())
        )
        (late if at in LATE or (after and not at) else early).extend(own)
        if not own:
            what = f"the filter `{written}` is not run by the pandoc engine"
            hint = "Lua filters that are files of the project, or extensions in it, are"
            place = {"path": name, "line": line_of(index)}
            problems.append(Problem(what, hint, **place, rule="unknown-filter", severity="warning"))
    return Own(tuple(early), tuple(late)), problems


def _extensions(project: Project) -> Iterator[tuple[str, PurePosixPath, Mapping[str, Any]]]:
    """Give the name, the folder and the contributions of each extension of a project but Tieout's."""
    root = project.root / FOLDER
    places = (
        [*sorted(root.glob("*/_extension.y*ml")), *sorted(root.glob("*/*/_extension.y*ml"))]
        if root.is_dir()
        else []
    )
    for path in places:
        folder = path.parent.relative_to(project.root)
        if path.name not in MANIFESTS or folder == EXTENSION:
            continue
        try:
            file = inside(project.root, folder / path.name)
            values, _ = parse_yaml(project.files.text(str(file)), str(file))
        except InputError:
            continue
        given = values.get("contributes") if isinstance(values, Mapping) else None
        if isinstance(given, Mapping):
            yield folder.name, PurePosixPath(folder), given


def _files(project: Project, folder: PurePosixPath, given: Any) -> tuple[Path, ...]:
    """Return those of the named Lua files that are in the project."""
    found = []
    for item in given if isinstance(given, Sequence) and not isinstance(given, str) else [given]:
        name = item.get("path") if isinstance(item, Mapping) else item
        if isinstance(name, str) and name.endswith(".lua"):
            base = PurePosixPath() if name.startswith("/") else folder
            try:
                path = project.root / inside(project.root, base / name.lstrip("/"))
            except InputError:
                continue
            found += [path] if path.is_file() else []
    return tuple(found)


def _lua(text: str) -> str:
    """Return a text as a literal of Lua."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
