"""Small notebooks and projects for tests, written as an author's editor would write them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tieout.machine import Limits
from tieout.project import Files
from tieout.workspace import Workspace


def text(*cells: str | dict[str, Any], kernel: str = "python3") -> str:
    """Return a notebook that was never run; a cell that starts with ``#:`` is Markdown."""
    made = []
    for index, cell in enumerate(cells):
        if isinstance(cell, dict):
            made.append(cell)
            continue
        markdown = cell.startswith("#:")
        source = cell.removeprefix("#:").splitlines(keepends=True)
        own = {"cell_type": "markdown" if markdown else "code", "id": f"part-{index}", "metadata": {}}
        made.append({**own, "source": source} if markdown else {**own, **NEVER, "source": source})
    language = "python" if kernel.startswith("python") else kernel
    spec = {"display_name": kernel, "language": language, "name": kernel}
    book = {"cells": made, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


NEVER: dict[str, Any] = {"execution_count": None, "outputs": []}


def write(path: Path, *cells: str | dict[str, Any], kernel: str = "python3") -> Path:
    """Write a notebook that was never run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(*cells, kernel=kernel), encoding="utf-8")
    return path


def workspace(root: Path, paths: Iterable[Path]) -> Workspace:
    """A workspace of notebooks alone, as far as the check of their outputs asks it."""
    chapters = tuple(path.relative_to(root) for path in paths)
    project: Any = SimpleNamespace(
        root=root, notebooks=chapters, files=Files(root), bibliography=(), limits=Limits(), is_ours=True,
        figures=root / "figures", is_strict=lambda _path: True,
    )  # fmt: skip
    return Workspace(project)
