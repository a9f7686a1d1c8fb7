"""Lines across a page that pandoc takes for metadata, or for a table: what follows would be lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, takewhile

from tieout.machine.reading import Unreadable, read_yaml

FENCE = re.compile(r"^ {0,3}(`{3,}(?!.*`)|~{3,})")
RULE = re.compile(r"-{3,}[ \t]*")
COLUMNS = re.compile(r" *-+(?: +-+)+ *")  # of a table, below its heading
END = re.compile(r"(?:---|\.\.\.)[ \t]*")


def across(text: str) -> str:
    r"""Return a text whose lines across are `***`, where what stands right below is no metadata.

    Examples
    --------
    >>> across("Text\n\n---\n## Aims: two\n\n---\n")
    'Text\n\n***\n## Aims: two\n\n---\n'
    >>> across("Text\n\n---\nauthor: Ada\n---\n")
    'Text\n\n---\nauthor: Ada\n---\n'
    >>> across("----\n### Aims\n\n----\nText\n")
    '***\n### Aims\n\n***\nText\n'
    >>> across("-------\n A   B\n--- ---\n 1   2\n-------\n")
    '-------\n A   B\n--- ---\n 1   2\n-------\n'
    """
    if "\n---" not in f"\n{text}":
        return text
    lines, ends = text.split("\n"), -1
    for index, line in outside_code(lines):
        if index > ends and is_rule(lines, index):
            ends = _metadata(lines, index + 1) if END.fullmatch(line) else -1
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
    """Whether a line is dashes alone, with nothing above and text right below that heads no table."""
    above, below = "".join(lines[max(0, index - 1) : index]), "".join(lines[index + 1 : index + 2])
    if not RULE.fullmatch(lines[index]) or above.strip() or not below.strip():
        return False
    return not any(COLUMNS.fullmatch(each) for each in takewhile(str.strip, islice(lines, index + 1, None)))


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
