"""Lines across a cell, `---`: pandoc takes one with text right below for the beginning of metadata."""

from __future__ import annotations

import re

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
RULE = re.compile(r"-{3}[ \t]*")


def ruled(text: str) -> str:
    """Return a Markdown cell in which each `---` that JupyterLab shows as a line is one to pandoc.

    Examples
    --------
    >>> ruled("---\\n## Aims: two\\n\\n---\\nnote: one")
    '***\\n## Aims: two\\n\\n***\\nnote: one'
    >>> ruled("Title\\n---\\nText")
    'Title\\n---\\nText'
    """
    if "---" not in text:
        return text
    lines, fence, above = text.split("\n"), "", ""
    for index, line in enumerate(lines):
        marker = FENCE.match(line)
        if fence:
            fence = "" if marker and marker[1].startswith(fence) and not line.strip(" `~") else fence
        elif marker:
            fence = marker[1]
        elif RULE.fullmatch(line) and not above and "".join(lines[index + 1 : index + 2]).strip():
            lines[index] = "***"
        above = line.strip()
    return "\n".join(lines)
