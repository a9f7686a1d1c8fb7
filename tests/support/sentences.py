"""What the check of the prose says of sentences, each by itself, which stand in one book over one ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.support import analyses, projects
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.notebooks.execute import execute


def rules_of(
    folder: Path, sentences: Sequence[str], code: str, lang: str = "en", before: Sequence[str] = ()
) -> dict[str, list[str]]:
    """Return the rules under which each sentence is named, but for numbers without a tie.

    Parameters
    ----------
    folder
        Where to write the book.
    code
        What records the numbers.
    lang
        The language of the book.
    before
        The code of the cells before that one.
    """
    cells = ["#:# A", *(f"#:{each}" for each in sentences), *before, code]
    return _rules(projects.create(folder / "book", {"index.ipynb": cells}, lang=lang), sentences)


def rules_of_run(folder: Path, sentences: Sequence[str], *code: str) -> dict[str, list[str]]:
    """Return the same where the cells of code are run by a kernel: their tables are stored."""
    root = analyses.project(folder / "report", "#:# A", *(f"#:{each}" for each in sentences), *code)
    execute(root / "penguins.ipynb", root)
    return _rules(root, sentences)


def _rules(root: Path, sentences: Sequence[str]) -> dict[str, list[str]]:
    rules: dict[str, list[str]] = {text: [] for text in sentences}
    for each in prose.check(Ledger.load(root)).problems:
        place = int(each.where.split()[1]) - 2
        if each.rule != "untied" and place < len(sentences):
            rules[sentences[place]].append(each.rule)
    return rules
