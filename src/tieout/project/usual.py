"""What a project and a chapter say of all the cells of a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tieout.project.project import Project


def usual_of_cells(project: Project, header: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of execution that the cells of a chapter inherit: ``echo``, ``output``, …

    Parameters
    ----------
    header
        The chapter's YAML header.
    """
    formats = header.get("format")
    own = formats.get("html") if isinstance(formats, Mapping) else None
    found: dict[str, Any] = {}
    for scope in (project.configuration.values, project.formats.get("html", {}), header, own):
        execute = scope.get("execute") if isinstance(scope, Mapping) else None
        found |= execute if isinstance(execute, Mapping) else {}
    return found
