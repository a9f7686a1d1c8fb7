"""What authors wait for: a build of everything, of nothing, after an edit of prose; a check."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.measured import Measured, measure, median, tieout

Row = tuple[str, Measured]


def rows(root: Path, page: Path, executes: bool) -> Iterator[Row]:
    """Give how long each command takes in a project.

    Parameters
    ----------
    root
        A project that was never built.
    page
        A chapter whose prose is edited.
    executes
        Whether its notebooks can be run; else stored outputs are taken as they are.
    """
    stored = ("build", "--engine", "pandoc", "--no-execute")
    built = stored[:-1] if executes else stored
    if executes:
        yield "everything, notebooks run", measure(tieout(*built), root)
        shutil.rmtree(root / ".tieout")
    yield "everything, from stored outputs", measure(tieout(*stored), root)
    if executes:  # which is remembered again
        measure(tieout(*built), root)
    yield "nothing to do", median(tieout(*built), root)
    said = (0, 1)  # what a check finds in a generated book does not matter here
    yield "check after a build", median(tieout("check", "--no-execute"), root, statuses=said)
    edit = edits(page)
    yield "prose of a chapter edited", median(tieout(*built), root, before=edit)
    yield "the same, pages alone", median(tieout(*built, "--to", "html"), root, before=edit)
    shutil.rmtree(root / ".tieout" / "store")
    yield "check from nothing", measure(tieout("check", "--no-execute"), root, said)


def edits(page: Path) -> Callable[[int], None]:
    """Return what adds a sentence to the first paragraph of a chapter, another one each time."""
    state = {"count": 0}

    def edit(_run: int) -> None:
        state["count"] += 1
        text = page.read_text("utf-8")
        sentence = f"A sentence that says {'very ' * state['count']}little."
        if page.suffix == ".ipynb":
            book = json.loads(text)
            cell = next(each for each in book["cells"] if each["cell_type"] == "markdown")
            source = "".join(cell["source"])
            source = re.sub(r"(\A#.*?\n\n)", rf"\1{sentence} ", source, count=1)
            cell["source"] = source.splitlines(keepends=True)
            text = json.dumps(book, indent=1, ensure_ascii=False) + "\n"
        else:
            text += f"\n{sentence}\n"
        page.write_text(text, "utf-8")

    return edit
