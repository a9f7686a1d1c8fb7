"""Notebooks of format 3, as IPython wrote them until 2014, read as those of format 4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tieout.notebooks.jsontext import Element

RENEWED = "open and save it in JupyterLab, which brings it to format 4"


def is_older(data: Any) -> bool:
    """Whether what a notebook's JSON says is of format 3, whose cells stand in worksheets."""
    return (
        isinstance(data, Mapping) and data.get("nbformat") == 3 and isinstance(data.get("worksheets"), list)
    )


def upgraded(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notebook of format 3 as one of format 4.

    Raises
    ------
    ValueError
        It is not what that format says.
    """
    from nbformat.notebooknode import from_dict  # slow to load, and seldom needed
    from nbformat.v3.rwbase import rejoin_lines
    from nbformat.v4.convert import upgrade_cell

    cells: list[Any] = []
    for sheet in data["worksheets"]:
        for cell in sheet.get("cells", []) if isinstance(sheet, Mapping) else []:
            try:
                whole = rejoin_lines(from_dict({"worksheets": [{"cells": [cell]}]}))  # type: ignore[no-untyped-call]
                made = upgrade_cell(whole.worksheets[0].cells[0])  # type: ignore[no-untyped-call]
            except Exception as error:  # whatever a stranger's JSON lacks
                raise ValueError(f"cell {len(cells) + 1} is not one of format 3") from error
            made.pop("id", None)  # which is drawn at random
            cells.append(made)
    known = data.get("metadata")
    metadata = (
        {key: value for key, value in known.items() if key != "name"} if isinstance(known, dict) else {}
    )
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}


def placed(root: Element) -> Element:
    """Return the places of a notebook of format 3 under the names that format 4 has for them."""
    sheets = root.nearest("worksheets").items
    found = [sheet.nearest("cells").items for sheet in (sheets if isinstance(sheets, list) else [])]
    cells = [_cell(cell) for held in found if isinstance(held, list) for cell in held]
    held = root.items if isinstance(root.items, dict) else {}
    return replace(root, held={**held, "cells": replace(root, held=cells, raw=None)}, raw=None)


def _cell(cell: Element) -> Element:
    held = cell.items
    if not isinstance(held, dict) or "input" not in held:
        return cell
    return replace(cell, held={**held, "source": held["input"]})
