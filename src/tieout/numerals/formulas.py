"""Reads the numbers that a formula states: the 999 of `$n = 999$`, the .001 of `$p < .001$`.

What stands alone on its side of a relation is a number that readers take for a result. Exponents, indices,
arguments and the constants of an expression (`$x^2 + 12$`) are mathematics.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_SIGNS = {
    r"\leq": "≤", r"\geq": "≥", r"\le": "≤", r"\ge": "≥", r"\lt": "<", r"\gt": ">", r"\approx": "≈",
    r"\sim": "~", r"\times": "×", r"\cdot": "·", r"\%": "%", r"\$": "$", r"\,": "\u00a0", r"\;": " ",
    r"\:": " ", r"\ ": " ", r"\!": "", r"\quad": " ", r"\qquad": " ", r"\pm": "±",
    r"\left": "", r"\right": "",
    "{,}": ",", "{.}": ".", "{:}": ":",
}  # fmt: skip
_SIGN = "|".join(
    re.escape(sign) + ("(?![A-Za-z])" if sign[-1].isalpha() else "")
    for sign in sorted(_SIGNS, key=len, reverse=True)
)
_MARKED = re.compile(
    rf"(?P<sign>{_SIGN})"
    r"|\\(?:text|mathrm|mathit|mathbf|mathsf|textrm|textit|textbf|operatorname|mbox)\s*\{(?P<words>[^{}\\]*)\}"
    r"|\\[td]?frac\s*\{(?P<top>\s*[0-9]+\s*)\}\s*\{(?P<below>\s*[0-9]+\s*)\}"
)
_RELATION = re.compile(r"[=<>≤≥≈~]")
_OTHER = re.compile(r"(?<![\w^_{.])[0-9]+(?![\w^_])")
_SPLIT = re.compile(r"[=<>≤≥≈]|(?<![0-9])~|,(?![0-9]{3}(?![0-9]))|;|&|\\\\|\\text\{[^{}]*\}")
_SIDE = re.compile(
    r"\s*(?P<number>[+−-]?\s*(?:[0-9][0-9,.]*|\.[0-9]+)(?:\s*[×·]\s*10\^\{?[−-]?[0-9]+\}?)?\s*%?)\s*"
    r"(?:±\s*(?P<room>[0-9.]+)\s*)?"
)


def plain_tex(text: str) -> str:
    """Return a formula with its signs as characters and its words as words."""
    return untexed(text)[0]


@lru_cache(maxsize=1024)
def untexed(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    r"""Return a formula as plain text, and where in the formula each of its characters is from, and up to.

    Examples
    --------
    >>> untexed(r"n\leq 1{,}2")
    ('n≤ 1,2', ((0, 1), (1, 5), (5, 6), (6, 7), (7, 10), (10, 11)))
    >>> untexed(r"3.42\,\text{kg}")[0], untexed(r"\frac{12}{48} = 25\%")[0]
    ('3.42\xa0kg', '12/48 = 25%')
    """
    characters: list[str] = []
    at: list[tuple[int, int]] = []

    def add(start: int, said: str) -> None:
        characters.extend(said)
        at.extend((place, place + 1) for place in range(start, start + len(said)))

    here = 0
    for found in _MARKED.finditer(text):
        add(here, text[here : found.start()])
        if found["sign"] is not None:
            characters.extend(_SIGNS[found["sign"]])
            at.extend([found.span()] * len(_SIGNS[found["sign"]]))
        elif found["words"] is not None:
            add(found.start("words"), found["words"])
        else:
            add(found.start("top"), found["top"])
            characters.append("/")
            at.append((found.end("top"), found.start("below")))
            add(found.start("below"), found["below"])
        here = found.end()
    add(here, text[here:])
    return "".join(characters), tuple(at)


def span_in(at: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Return where a span of a formula's plain text stands in the formula."""
    if start == end:
        place = at[start][0] if start < len(at) else at[-1][1] if at else 0
        return place, place
    return at[start][0], at[end - 1][1]


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    r"""Return a text without some words of its plain text; a sign behind a name becomes an equal sign.

    Examples
    --------
    >>> without(r"n \approx 160", [(2, 4)]), without("about 160", [(0, 6)])
    ('n = 160', '160')
    """
    plain, at = untexed(text)
    for first, last in sorted(spans, reverse=True):
        start, end = span_in(at, first, last)
        sign = _RELATION.search(plain[first:last]) and text[:start].strip()
        text = f"{text[:start].rstrip()} = {text[end:].lstrip()}" if sign else text[:start] + text[end:]
    return text.strip()


def as_tex(text: str, written: str) -> str:
    """Return a number of plain text in the manner of a formula's own: `12,340` for `1{,}234`.

    Examples
    --------
    >>> as_tex("12,340", "1{,}234"), as_tex("12/50", "12}{48"), as_tex("12,340", "1,234")
    ('12{,}340', '12}{50', '12,340')
    """
    if "{,}" in written:
        text = text.replace(",", "{,}")
    if "}{" in written:
        text = text.replace("/", "}{")
    for sign, command in (("\u00a0", r"\,"), ("×", r"\times"), ("·", r"\cdot"), ("%", r"\%")):
        if command in written:
            text = text.replace(sign, command)
    return text


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
    plain, places = untexed(tex)
    found = []
    at = 0
    alone = not _RELATION.search(plain)
    for end in [*(mark.start() for mark in _SPLIT.finditer(plain)), len(plain)]:
        side = _SIDE.fullmatch(plain, at, end)
        if side and (not alone or "," not in plain[:at]):
            found += [side.span(group) for group in ("number", "room") if side[group]]
        mark = _SPLIT.match(plain, end)
        at = mark.end() if mark else end
    return tuple(
        span_in(places, start, start + len(plain[start:end].rstrip())) for start, end in found if start < end
    )
