"""The lines ``#| …`` that a code cell begins with: options as YAML, and words alone, as nbdev's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPTION = re.compile(r"#[ \t]*\|[ \t]?(.*)")
WORDS = re.compile(r"[A-Za-z_][^:]*")
CLOSE = re.compile(r"^([a-z][a-z-]*):([\w-]+)\s*$")  # an option as nbdev reads it, without the blank of YAML


@dataclass(frozen=True)
class Head:
    """The head of a cell.

    Parameters
    ----------
    yaml
        Its options, a line for each of its own; those with words alone are empty.
    words
        The lines that are no options, such as nbdev's ``#| export``, by their number from 0.
    count
        How many lines it has.
    """

    yaml: str
    words: dict[int, str]
    count: int

    @classmethod
    def of(cls, source: str) -> Head:
        """Read the head of a cell.

        Examples
        --------
        >>> Head.of("#| hide\\n#| echo: false\\n1 + 1")
        Head(yaml='\\necho: false', words={0: 'hide'}, count=2)
        """
        lines = list(_lines(source))
        words = {number: line.strip() for number, line in enumerate(lines) if WORDS.fullmatch(line)}
        options = ["" if number in words else line for number, line in enumerate(lines)]
        yaml = "\n".join(CLOSE.sub(r"\1: \2", line) for line in options)
        return cls(yaml, words, len(lines))

    @property
    def tags(self) -> tuple[str, ...]:
        """The first words of the lines that are no options: some say what tags say."""
        return tuple(words.split()[0] for words in self.words.values())


def _lines(source: str) -> Iterator[str]:
    for line in source.split("\n"):
        found = OPTION.fullmatch(line.rstrip("\r"))
        if not found:
            return
        yield found[1]
