"""Options in the braces of a chunk, as R Markdown has them: `{r setup, include = FALSE}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PIECE = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:[^()]|\([^()]*\))*\)|[^,"'()])+""")
OPTION = re.compile(r"""\s*([A-Za-z][\w.-]*)\s*=\s*(TRUE|T|FALSE|F|[\d.]+|"[^"]*"|'[^']*')\s*""")
VALUES = {"TRUE": True, "T": True, "FALSE": False, "F": False}


def chunk_options(given: str) -> dict[str, str | bool]:
    """Return the options of a chunk that are plain values, by the names that `#|` has for them.

    Examples
    --------
    >>> chunk_options(" setup, include = FALSE, fig.cap='A, b', dev=c('png', 'pdf'), n = 3")
    {'include': False, 'fig-cap': 'A, b', 'n': '3'}
    """
    options = (OPTION.fullmatch(piece) for piece in PIECE.findall(given))
    return {
        option[1].replace(".", "-"): VALUES.get(option[2], option[2].strip("\"'"))
        for option in options
        if option
    }


def label_of(given: str, options: Mapping[str, Any]) -> str:
    """Return the label of a chunk, from its options or its braces; nothing where it has none.

    Examples
    --------
    >>> label_of("fig-one, echo=FALSE", {}), label_of("", {"label": "#fig-two"})
    ('fig-one', 'fig-two')
    """
    own = str(options.get("label") or "").lstrip("#")
    return own or ("" if "=" in given.split(",")[0] else re.split(r"[\s,]", given.strip())[0])


def float_of(given: str, options: Mapping[str, Any]) -> str:
    """Return the label of the figure or table that a chunk makes where it runs; nothing where it makes none.

    Examples
    --------
    >>> float_of("fig-one", {}), float_of("fig-one", {"eval": False}), float_of("setup", {})
    ('fig-one', '', '')
    """
    label = label_of(given, options)
    shown = all(options.get(key) is not False for key in ("eval", "include", "output"))
    return label if shown and label.startswith(("fig-", "tbl-")) else ""
