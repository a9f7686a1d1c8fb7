"""The tags by which Jupyter's tools hide code, outputs and whole cells, as options of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

TAGS: Mapping[str, Mapping[str, Any]] = {
    "hide": {"include": False},
    "hide-cell": {"include": False},
    "remove-cell": {"include": False},
    "hide-code": {"echo": False},
    "show-code": {"echo": True},
    "remove-input": {"echo": False},
    "hide-input": {"code-fold": True},
    "hide-output": {"output": False},
    "remove-output": {"output": False},
    "show-output": {"output": True},
    "hide-warnings": {"warning": False},
    "show-warnings": {"warning": True},
}

# What nbdev has in the place of options, for what it makes of notebooks: nothing of it concerns readers.
NBDEV = frozenset(
    ("default_exp", "default_cls_lvl", "export", "exports", "exporti", "export_exported", "exec_doc")
) | frozenset(("filter_stream", "hide_line", "slow"))


def tagged(tags: Iterable[Any]) -> dict[str, Any]:
    """Return what the tags of a cell say as its options; nbconvert's own have an underscore."""
    options: dict[str, Any] = {}
    for tag in tags if isinstance(tags, list | tuple) else ():
        options.update(TAGS.get(str(tag).replace("_", "-"), {}))
    return options
