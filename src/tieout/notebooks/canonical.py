"""The canonical form of a notebook: the same content is the same bytes, whichever front end last saved it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_VOLATILE = frozenset(
    ("execution", "ExecuteTime", "collapsed", "scrolled", "trusted", "pycharm", "vscode", "colab", "outputId")
)
_KEPT = frozenset(("kernelspec", "language_info"))
_DROPPED = frozenset(("widgets", "toc", "varInspector", "vscode", "interpreter", "colab"))


def joined(text: Any) -> Any:
    """Return a notebook's multi-line text as one string; other values as they are."""
    if isinstance(text, list) and all(isinstance(line, str) for line in text):
        return "".join(text)
    return text


def canonical(data: Mapping[str, Any]) -> str:
    """Return a notebook's text in canonical form: the same content gives the same bytes on every machine.

    It is written by nbformat; what a front end or a run leaves behind (timestamps, the interpreter's version,
    widget state, folded cells) is left out; ids are stable.
    """
    from nbformat import v4  # needed only where a notebook is written, and slow to load

    cells = []
    taken = {cell.get("id") for cell in data["cells"]}
    for index, cell in enumerate(data["cells"]):
        kept: dict[str, Any] = {
            "cell_type": cell["cell_type"],
            "id": cell.get("id") or _fresh(index, taken),
            "metadata": {k: v for k, v in cell.get("metadata", {}).items() if k not in _VOLATILE},
            "source": cell.get("source", ""),
        }
        if cell.get("attachments"):
            kept["attachments"] = cell["attachments"]
        if cell["cell_type"] == "code":
            kept["execution_count"] = cell.get("execution_count")
            kept["outputs"] = [
                {k: v for k, v in output.items() if k != "transient"} for output in cell.get("outputs", [])
            ]
        cells.append(kept)
    metadata = {k: v for k, v in data.get("metadata", {}).items() if k not in _KEPT | _DROPPED}
    metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata["language_info"] = {"name": "python"}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    text: str = v4.writes(v4.to_notebook_json(notebook))  # type: ignore[no-untyped-call]
    return text + "\n"


def _fresh(index: int, taken: set[Any]) -> str:
    name = f"cell-{index + 1}"
    while name in taken:
        name += "x"
    taken.add(name)
    return name


def is_json(mime: str) -> bool:
    """Say whether outputs of a MIME type are stored as JSON values rather than as lines of text."""
    return mime == "application/json" or (mime.startswith("application/") and mime.endswith("+json"))
