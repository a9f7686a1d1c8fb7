"""Lines across a page, `---`, that pandoc takes for the beginning of metadata: what follows would be lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tieout.machine.reading import Unreadable, read_yaml

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
RULE = re.compile(r"-{3}[ \t]*")
END = re.compile(r"(?:---|\.\.\.)[ \t]*")


def across(text: str) -> str:
    r"""Return a text whose lines across are `***`, where what stands right below is no metadata.

    Examples
    --------
    >>> across("Text\n\n---\n## Aims: two\n\n---\n")
    'Text\n\n***\n## Aims: two\n\n---\n'
    >>> across("Text\n\n---\nauthor: Ada\n---\n")
    'Text\n\n---\nauthor: Ada\n---\n'
    """
    if "\n---" not in f"\n{text}":
        return text
    lines, ends = text.split("\n"), -1
    for index, line in outside_code(lines):
        if index > ends and is_rule(lines, index):
            ends = _metadata(lines, index + 1)
            lines[index] = line if ends > index else "***"
    return "\n".join(lines)


def outside_code(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Give the lines that stand in no block of code, with their places."""
    fence = ""
    for index, line in enumerate(lines):
        marker = FENCE.match(line)
        if fence:
            fence = "" if marker and marker[1].startswith(fence) and not line.strip(" `~") else fence
        elif marker:
            fence = marker[1]
        else:
            yield index, line


def is_rule(lines: Sequence[str], index: int) -> bool:
    """Whether a line is `---` alone, with nothing above and text right below."""
    above, below = "".join(lines[max(0, index - 1) : index]), "".join(lines[index + 1 : index + 2])
    return bool(RULE.fullmatch(lines[index]) and not above.strip() and below.strip())


def _metadata(lines: Sequence[str], first: int) -> int:
    """Return the line that metadata from a line on end with; -1 if it is none."""
    for index in range(first, len(lines)):
        if END.fullmatch(lines[index]):
            try:
                values = read_yaml("\n".join(lines[first:index]))
            except Unreadable as error:
                # What it says of aliases and depth is for authors of metadata.
                return index if "alias" in error.what or "nested" in error.what else -1
            return index if isinstance(values, Mapping) else -1
    return -1
