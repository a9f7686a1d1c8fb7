"""Options in the braces of a chunk, as R Markdown has them: `{r setup, include = FALSE}`."""

from __future__ import annotations

import re

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
