"""Formulas with blanks inside their dollar signs, `$ x $`: JupyterLab sets them, pandoc and Quarto do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tieout.markdown.across import outside_code

TOKEN = re.compile(
    r"(?P<code>(?<!`)`+(?!`)).*?(?<!`)(?P=code)(?!`)"
    r"|\$\$.*?\$\$"
    r"|(?<!\\)\$(?=\S)(?:\\.|[^$\\])*(?<=\S)\$(?!\d)"
    r"|(?<!\\)(?P<spaced>\$(?P<body>(?:\\.|[^$`\\])+)\$(?!\d))"
)
TEX = re.compile(r"\\[A-Za-z]+|[\^_=]")
WORD = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{4,}")  # prose between two sums of money


def spaced(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Give each formula that blanks keep from being one, with the place of its line; of code none.

    Examples
    --------
    >>> list(spaced(["In $ x $ and $y_1$, for $ 5 and $ 6 a day, `$ z $`"]))
    [(0, '$ x $')]
    """
    display = False
    for place, line in outside_code(lines):
        odd = line.count("$$") % 2 == 1
        if "$" in line and not display and not odd:
            for found in TOKEN.finditer(line):
                if found["spaced"] and _is_formula(found["body"].strip()):
                    yield place, found["spaced"]
        display ^= odd


def _is_formula(body: str) -> bool:
    if re.fullmatch(r"[A-Za-z]'?", body):
        return True
    return bool(TEX.search(body)) and not body[0].isdigit() and not WORD.search(body)
