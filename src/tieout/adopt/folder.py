"""The notebooks and documents of a folder, of which a report can be made, and which are copies of others."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from tieout.notebooks import Notebook
from tieout.problems import InputError
from tieout.project import CONFIG

LEFT_OUT = frozenset(("node_modules", "_site", "_book", "_build", "_extensions", "__pycache__", "data"))
MOST = 200  # chapters: more is somebody's home, not a report
KNITR = (
    "for its text, and its code without what that gives, list the files under `book: chapters:` of a "
    "_quarto.yml, `{first}` first; for results too, make notebooks of them (`quarto convert {first}`) and "
    "run these with R's kernel, IRkernel"
)
# What people and JupyterLab call a copy of a notebook: `a.orig.ipynb`, `a-Copy1.ipynb`, `a_backup.ipynb`.
COPY = re.compile(r"(?P<of>.+?)[-_. ](?:orig|backup|bak|copy)\d*", re.IGNORECASE)


def documents(root: Path) -> Iterator[str]:
    """Give the notebooks and Quarto documents of a folder, in the order of their names as people count."""
    found: dict[str, str] = {}
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = [
            name
            for name in folders
            if name not in LEFT_OUT
            and not name.startswith((".", "_"))
            and not (here / name / "pyvenv.cfg").exists()
            and not (here / name / CONFIG).exists()
        ]
        for name in files:
            path = PurePosixPath((here / name).relative_to(root).as_posix())
            if path.suffix in (".ipynb", ".qmd") and not name.startswith((".", "_")):
                page = str(path.with_suffix("")).casefold()
                if path.suffix == ".ipynb" or page not in found:  # a pair of jupytext's is one page
                    found[page] = str(path)
    if len(found) > MOST:
        hint = "name the folder of one report"
        raise InputError(f"{len(found)} notebooks lie here", hint, path=str(root), rule="adopt")
    yield from sorted(found.values(), key=_counted)


def prose(root: Path, names: Sequence[str]) -> str:
    """Return what the notebooks and documents of a folder say in words; of what cannot be read nothing."""
    texts = []
    for name in names:
        with suppress(InputError, OSError):
            if name.endswith(".ipynb"):
                cells = Notebook.load(root / name, root).cells
                texts += [cell.source for cell in cells if cell.kind == "markdown"]
            else:
                texts.append((root / name).read_text(encoding="utf-8", errors="replace"))
    return "\n".join(texts)


def nothing(root: Path) -> tuple[str, str]:
    """Return what is said of a folder without a notebook, and what to do: R Markdown may lie there."""
    names = [path.name for path in root.glob("*.[Rr]md") if not path.name.startswith((".", "_"))]
    if not names:
        return "no notebook lies here", "go to the folder with your notebooks, or name it"
    first, *others = sorted(names, key=lambda name: (not name.startswith("index."), _counted(name)))
    more = f" and {len(others)} more files" if others else ""
    what = f"no notebook lies here, but R Markdown, {first}{more}, which knitr runs and Tieout does not"
    return what, KNITR.format(first=first)


def _counted(name: str) -> list[tuple[int, int, str]]:
    parts = re.split(r"(\d+)", name.casefold())
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]


def copies(names: Sequence[str]) -> dict[str, str]:
    """Return those names that are of copies of others, each with the name of what it is a copy of.

    Examples
    --------
    >>> copies(["a.ipynb", "a.orig.ipynb", "a-Copy1.ipynb", "b_backup.ipynb"])
    {'a.orig.ipynb': 'a.ipynb', 'a-Copy1.ipynb': 'a.ipynb'}
    """
    found = {}
    for name in names:
        path = PurePosixPath(name)
        copy = COPY.fullmatch(path.stem)
        of = str(path.with_name(f"{copy['of']}{path.suffix}")) if copy else ""
        if of in names:
            found[name] = of
    return found
