"""Ties with formulas on paper, where every sign of a formula has a place, and a link, of its own.

Letters and marks of formulas are the typesetter's: their numbers and signs are compared, line by line of what
stands raised, lowered, above and below.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from tieout.audit.eye import letters

if TYPE_CHECKING:  # what reads PDFs is loaded where there is one
    from tieout.audit.pieces import Piece

UNSHOWN = re.compile(
    r"\\(?:label|ref|eqref|tag\*?|[hv]space\*?|[hv]?phantom|color|hskip|kern|mkern|mskip|raisebox|\\)\s*"
    r"(?:\{[^}]*\}|\[[^\]]*\]|-?[\d.]+\s*(?:pt|em|ex|mu|cm|mm|in))|\\rule(?:\[.*?\])?\{.*?\}\{.*?\}"
    r"|\\(?:textcolor|begin)(?:\[.*?\])?\{.*?\}(?:\{\d*\})?"
)
SIGNS = frozenset("<>=≤≥≈~±-+×·/%.,:$€£¥")
_SAME = {"−": "-", "‐": "-", "‑": "-", "∙": "·", "⋅": "·", "∕": "/", "∶": ":", "∼": "~", "…": "..."}
_NAMED = {
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "lt": "<", "gt": ">", "approx": "≈", "sim": "~",
    "times": "×", "cdot": "·", "pm": "±", "dots": "...", "ldots": "...", "cdots": "···",
}  # fmt: skip
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|(.))")
_ACCENT = re.compile(r"\\(?:wide)?tilde\b")


def signs(text: str) -> str:
    """Return the digits of a text and the signs that belong to numbers, as they follow each other.

    Examples
    --------
    >>> signs("𝑝 < .001, 10−3"), signs("R² adj = 0.87")
    ('<.001,10-3', '2=0.87')
    """
    plain = unicodedata.normalize("NFKC", "".join(_SAME.get(char, char) for char in text))
    same = (_SAME.get(char, char) for char in plain)
    return "".join(
        str(unicodedata.digit(char)) if char.isdecimal() else char
        for char in same
        if char.isdecimal() or char in SIGNS
    )


def tex_signs(tex: str) -> str:
    """Return a formula's TeX with its commands as the signs that they show, for `signs`.

    Examples
    --------
    >>> signs(tex_signs(r"p = 5.1 \\times 10^{-3},\\,25\\%"))
    '=5.1×10-3,25%'
    """

    def shown(command: re.Match[str]) -> str:
        return _NAMED.get(command[1] or "", " ") if command[1] else command[2] if command[2] in "%$" else " "

    return _COMMAND.sub(shown, _ACCENT.sub(" ", UNSHOWN.sub("", tex)))


def are_set(pieces: Sequence[Piece], printed: str, ordered: bool = True) -> bool:
    """Whether some runs of text show the numbers of a tie: all of them, and those of each line in order.

    Not ``ordered`` is text from right to left, whose runs a PDF has in the order of the eye.
    """
    wanted = signs(printed)
    lines: dict[tuple[int, int], str] = defaultdict(str)
    for piece in pieces:
        lines[piece.page, round(piece.y)] += signs(piece.text)
    shown = "".join(lines.values())
    if not ordered:
        return letters(shown) == letters(wanted)
    return sorted(shown) == sorted(wanted) and all(_within(line, wanted) for line in lines.values())


def _within(line: str, whole: str) -> bool:
    """Whether the signs of a line follow each other in a whole, others between them perhaps."""
    rest = iter(whole)
    return all(sign in rest for sign in line)


def run_together(
    boxes: Iterable[Callable[[Piece], bool]], pieces: Sequence[Piece]
) -> tuple[int, tuple[Piece, ...]]:
    """Return how many of the links that follow each other are one tie's, and the text that they hold.

    Between the links of one tie no other text stands, but on another page.

    Parameters
    ----------
    boxes
        What each link holds, in order.
    pieces
        The text around them, in order.
    """
    held = [{at for at, piece in enumerate(pieces) if holds(piece)} for holds in boxes]
    own: list[int] = []
    for at in sorted(set().union(*held)):
        between = range(own[-1] + 1, at) if own and pieces[own[-1]].page == pieces[at].page else ()
        if any(pieces[each].text.strip() for each in between):
            break
        own.append(at)
    count = next((number for number, each in enumerate(held) if not each <= set(own)), len(held))
    return count, tuple(pieces[at] for at in own)
