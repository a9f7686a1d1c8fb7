"""What the check of the prose says of sentences, each by itself, which stand in one book over one ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.support import projects
from tieout.checks import prose
from tieout.ledger import Ledger


def rules_of(folder: Path, sentences: Sequence[str], code: str) -> dict[str, list[str]]:
    """Return the rules under which each sentence is named, but for numbers without a tie.

    Parameters
    ----------
    folder
        Where to write the book.
    code
        What records the numbers.
    """
    cells = ["#:# A", *(f"#:{each}" for each in sentences), code]
    root = projects.create(folder / "book", {"index.ipynb": cells})
    rules: dict[str, list[str]] = {text: [] for text in sentences}
    for each in prose.check(Ledger.load(root)).problems:
        if each.rule != "untied":
            rules[sentences[int(each.where.split()[1]) - 2]].append(each.rule)
    return rules
