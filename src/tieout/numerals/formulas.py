"""Reads the numbers that a formula states: the 999 of `$n = 999$`, the .001 of `$p < .001$`.

What stands alone on its side of a relation is a number that readers take for a result. Exponents, indices,
arguments and the constants of an expression (`$x^2 + 12$`) are mathematics.
"""

from __future__ import annotations

import re

_SIGNS = {
    r"\leq": "≤", r"\geq": "≥", r"\le": "≤", r"\ge": "≥", r"\lt": "<", r"\gt": ">", r"\approx": "≈",
    r"\sim": "~", r"\times": "×", r"\cdot": "·", r"\%": "%", r"\$": "$", r"\,": "", r"\;": "", r"\ ": "",
    r"\quad": "", r"\pm": "±",
}  # fmt: skip
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)))
_RELATION = re.compile(r"[=<>≤≥≈~]")
_OTHER = re.compile(r"(?<![\w^_{.])[0-9]+(?![\w^_])")
_SPLIT = re.compile(r"[=<>≤≥≈]|(?<![0-9])~|,(?![0-9]{3}(?![0-9]))|;|&|\\\\|\\text\{[^{}]*\}")
_SIDE = re.compile(
    r"\s*(?P<number>[+−-]?\s*(?:[0-9][0-9,.]*|\.[0-9]+)(?:\s*[×·]\s*10\^\{?[−-]?[0-9]+\}?)?\s*%?)\s*"
    r"(?:±\s*(?P<room>[0-9.]+)\s*)?"
)


def plain_tex(text: str) -> str:
    """Return a formula with its signs as characters, every character where it was."""
    return _SIGN.sub(lambda found: _SIGNS[found[0]].rjust(len(found[0])), text)


def stated_start(text: str) -> int | None:
    """Return where the number begins that a formula states by itself, its sign of comparison included.

    Examples
    --------
    >>> stated_start("n = 999"), stated_start("p < .001"), stated_start("x + 1"), stated_start("a = b = 2")
    (4, 2, None, 8)
    """
    relations = list(_RELATION.finditer(text))
    if not relations or not re.search(r"[^\W\d_]", text[: relations[-1].start()]):
        return None
    last = relations[-1]
    if _OTHER.search(text, 0, last.start()):
        return None  # it states another number too: `M = 3.42, SD = 0.91`
    start = last.start() if last[0] in "<>≤≥≈~" else last.end()
    return start + len(text[start:]) - len(text[start:].lstrip())


def numbers_stated(tex: str) -> tuple[tuple[int, int], ...]:
    """Return where a formula states numbers.

    Examples
    --------
    >>> tex = r"t(48) = 2.1, p < .001"
    >>> [tex[slice(*each)] for each in numbers_stated(tex)], numbers_stated("x^2 + 12")
    (['2.1', '.001'], ())
    """
    plain = plain_tex(tex)
    found = []
    at = 0
    alone = not _RELATION.search(plain)
    for end in [*(mark.start() for mark in _SPLIT.finditer(plain)), len(plain)]:
        side = _SIDE.fullmatch(plain, at, end)
        if side and (not alone or "," not in plain[:at]):
            found += [side.span(group) for group in ("number", "room") if side[group]]
        mark = _SPLIT.match(plain, end)
        at = mark.end() if mark else end
    return tuple((start, start + len(plain[start:end].rstrip())) for start, end in found)
