"""Attributes of fenced divs as people write them: `::: {#id key= value}`, which pandoc takes for text."""

from __future__ import annotations

import re

DIV = re.compile(r"^(\s*:{3,}\s*)\{(.*=.*)\}(\s*:*\s*)$")
PART = re.compile(
    r"""(?P<key>[\w.:-]+)\s*=\s*(?P<value>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s"'=]\S*)|(?P<other>\S+)"""
)


def mended(line: str) -> str:
    """Return a line that opens a div with its attributes as pandoc reads them; any other as it is.

    Examples
    --------
    >>> mended("::: {#id key= value}")
    '::: {#id key="value"}'
    >>> mended('::: {#id key="a = b"}')
    '::: {#id key="a = b"}'
    """
    opening = DIV.match(line)
    if opening is None or not re.search(r"\s=|=\s", opening[2]):
        return line
    parts = []
    for found in PART.finditer(opening[2]):
        value = found["value"]
        if found["key"] is None:
            parts.append(found["other"])
        else:
            parts.append(
                f"{found['key']}={value if value[0] in chr(34) + chr(39) else chr(34) + value + chr(34)}"
            )
    return f"{opening[1]}{{{' '.join(parts)}}}{opening[3]}"
