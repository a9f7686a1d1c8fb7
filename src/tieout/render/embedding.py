"""Cells of another notebook in a chapter: `{{< embed notebook.ipynb#fig-x >}}`, from its stored outputs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from tieout.machine import inside
from tieout.notebooks import joined
from tieout.notebooks.embedding import Embedded, title_of
from tieout.problems import Problem
from tieout.project import Project, split
from tieout.project.charts import charted
from tieout.render.cells import Cells
from tieout.render.text import Line, lines_at


def embed(
    project: Project,
    lines: list[Line],
    media: dict[str, bytes],
    problems: list[Problem],
    sealed: bool = False,
) -> list[Line]:
    """Return the lines with the cells in place that they ask for.

    Parameters
    ----------
    project
        The project.
    lines
        The chapter.
    media, problems
        Take the pictures of the cells, and what is wrong with them.
    sealed
        Whether the chapter is trusted, and what outputs of the cells say is to be kept apart.
    """
    result: list[Line] = []
    for line in lines:
        asked = Embedded.of(line.text) if "embed" in line.text else None
        result += _cells(project, line, asked, media, problems, sealed) if asked else [line]
    return result


def _cells(
    project: Project,
    line: Line,
    asked: Embedded,
    media: dict[str, bytes],
    problems: list[Problem],
    sealed: bool,
) -> list[Line]:
    def warn(what: str, hint: str) -> None:
        problems.append(Problem(what, hint, line.path, line.number, rule="embed", severity="warning"))

    given = PurePosixPath(asked.notebook.lstrip("/"))
    target = given if asked.notebook.startswith("/") else PurePosixPath(line.path).parent / given
    path = str(inside(project.root, target, path=line.path, line=line.number, rule="embed"))
    if not project.files.exists(path):
        warn(f"there is no notebook `{asked.notebook}`", "correct its name; nothing is shown here")
        return [replace(line, text="")]
    data = charted(project, path).data
    info = (data.get("metadata") or {}).get("language_info") or {}
    writer = Cells(path, str(info.get("name") or "python"), {"echo": asked.echo}, sealed)
    parts = []
    for index, cell in asked.cells(data["cells"]):
        source = joined(cell.get("source", ""))
        if cell.get("cell_type") == "code":
            parts.append(writer.code(index, cell, partial(_always, line.number)))
        elif cell.get("cell_type") == "markdown":
            parts.append(split(source, path)[1] if index == 0 else source)
    if asked.names and not parts:
        warn(f"`{asked.notebook}` has no cell `{', '.join(asked.names)}`", "correct its label")
    media |= writer.media
    problems += writer.problems
    title = title_of(data["cells"]) or PurePosixPath(path).name
    text = "\n\n".join(filter(None, parts))
    said = f"[Source: {title}]{{.quarto-notebook-link}}"
    return lines_at(f"\n:::::::::: {{.quarto-embed-nb-cell}}\n\n{text}\n\n::::::::::\n\n{said}\n", line)


def _always(number: int, _index: int) -> int:
    return number
