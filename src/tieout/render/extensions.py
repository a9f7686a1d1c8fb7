"""The Lua filters that run beside the engine's own: the project's, and the one that resolves ties."""

from __future__ import annotations

from tieout.machine import inside
from tieout.problems import Problem
from tieout.project import EXTENSION, Project, extension


def user_filters(project: Project) -> tuple[list[str], list[Problem]]:
    """Return the project's own Lua filters as options of pandoc, and a warning for each that is not run."""
    given = project.configuration.get("filters", default=[])
    arguments: list[str] = []
    problems: list[Problem] = []
    for index, item in enumerate(given if isinstance(given, list) else [given]):
        name = str(item.get("path", "")) if isinstance(item, dict) else str(item)
        if name in ("tieout", "quarto", "citeproc"):
            continue
        line = project.line_of("filters", index)
        path = project.root / inside(project.root, name, path=project.name, line=line)
        if name.endswith(".lua") and path.is_file():
            arguments += ["-L", str(path)]
            continue
        what = f"the filter `{name}` is not run by the pandoc engine"
        hint = "Lua filters that are files of the project are"
        problems.append(
            Problem(what, hint, path=project.name, line=line, rule="unknown-filter", severity="warning")
        )
    return arguments, problems


def extension_filter(project: Project) -> list[str]:
    """Return the filter that resolves ties: the project's own copy, else the one that Tieout brings along."""
    own = project.root / EXTENSION / "tieout.lua"
    return ["-L", str(own if own.is_file() else extension() / "tieout.lua")]
