"""What the last commands asked and gave: where every answer is the same, they give it again.

Imports little: a command that has nothing to do says so at once.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tieout.machine.asked import ABSENT, answer, digest, hash_of, project_name
from tieout.machine.opened import OPENED
from tieout.machine.store import code_hash, installed
from tieout.machine.writing import write

# The calls of which something is kept begin with these.
COMMANDS = ("build", "check")
CHECKED = ("check", "--no-execute")
# Variables that change what a build makes; those that notebooks read are questions too.
VARIABLES = ("SOURCE_DATE_EPOCH", "QUARTO_PROFILE")
TEXT = "TIEOUT_SOURCE"  # where the source's text is, which a check reads as well: such a one is not kept
SOURCE = Path(__file__).parents[1]


def unchanged(root: Path, call: Sequence[str]) -> Any:
    """Return what the same call gave last, as plain data, where it would give the same again; else None."""
    try:
        record = json.loads((root / _record(call)).read_text("utf-8"))
        given = record.pop("hash")
        if given != hash_of(record) or record["call"] != list(call) or record["with"] != _environment():
            return None
        if record["site"] != _site(root / record["output"]):
            return None
        for question, known in record["asked"].items():
            if answer(root, question) != known:
                return None
        return record["said"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def said(lines: Iterable[tuple[str, str]], status: int = 0) -> dict[str, Any]:
    """Return what a command gave, as plain data: what it printed in the end, by stream, and how it exited."""
    return {"lines": [*lines], "status": status}


def edited(root: Path) -> list[str]:
    """Return the files that have changed since the site was built; none where that is unknown."""
    try:
        record = json.loads((root / _record(COMMANDS[:1])).read_text("utf-8"))
        if record["site"] != _site(root / record["output"]):
            return []
        questions = ((question.partition(":"), known) for question, known in record["asked"].items())
        return [
            name
            for (kind, _, name), known in questions
            if kind == "file" and answer(root, f"file:{name}") != known
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def keep(
    root: Path,
    output: str,
    said: Mapping[tuple[str, ...], Any],
    *,
    whole: str = "",
    site: Path | None = None,
    apart: Container[str] = (),
) -> None:
    """Keep what a build that has just been published, or a check, asked and gave.

    Where a file has changed since it was read, nothing is kept: the next one has something to do.

    Parameters
    ----------
    root
        The project's folder.
    output
        The output folder, relative to the project's.
    said
        By the arguments of a command what `said` returns: a build has done what a check does that runs no
        notebook. Of a part of a build, which has a name and what else it follows from for
        its arguments, what it gives, as plain data.
    whole
        The output folder that this one is a part of.
    site
        Where the output is until it is published.
    apart
        The files that others have asked for in this process, and that nothing of this follows from.
    """
    asked = _asked(root, whole or output, apart)
    if asked is None:
        for call in said:
            (root / _record(call)).unlink(missing_ok=True)
        return
    common = {"with": _environment(), "asked": asked, "output": output, "site": _site(site or root / output)}
    for call, given in said.items():
        body: dict[str, Any] = {**common, "call": list(call), "said": given}
        text = json.dumps({**body, "hash": hash_of(body)}, ensure_ascii=False)
        write(root / _record(call), text.encode("utf-8"), _record(call))


def _record(call: Sequence[str]) -> Path:
    return Path(".tieout") / f"{call[0]}.json"


def _asked(root: Path, output: str, apart: Container[str] = ()) -> dict[str, str] | None:
    """Return every question of this process with its answer, and for each file what lies beside it.

    None where an answer is another one now than when it was asked.
    """
    questions = set()
    for kind, name in [*OPENED.asked]:
        if kind == "unsettled" or (kind == "input" and not OPENED.is_settled(kind, name)):
            return None
        if kind in ("env", "input"):
            questions.add(f"{'file' if kind == 'input' else kind}:{name}")
            continue
        inside = project_name(root, name) if kind in ("file", "own", "listing") else None
        if inside is None or inside.split("/", 1)[0] == "..":
            continue  # the system's, or Tieout's own: `_environment` has that
        if inside in apart or inside == output or inside.startswith((f"{output}/", f"{output}.")):
            continue
        if not OPENED.is_settled(kind, name):
            return None
        questions.add(f"{'file' if kind == 'own' else kind}:{inside}")
        if kind != "listing":
            questions.add(f"listing:{Path(inside).parent.as_posix()}")
    answers = {question: answer(root, question) for question in sorted(questions)}
    return {question: known for question, known in answers.items() if known != "folder"}


def _environment() -> dict[str, str]:
    """Return what else a build follows from: Tieout itself, its libraries, Quarto's place, variables."""
    return {
        "code": code_hash(SOURCE),
        "python": sys.version,
        "packages": installed(),
        "quarto": shutil.which("quarto") or ABSENT,
        **{name: os.environ.get(name, ABSENT) for name in VARIABLES},
    }


def _site(folder: Path) -> str:
    """Return the hash of everything in the output folder."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return hash_of([[file.relative_to(folder).as_posix(), digest(file.read_bytes())] for file in files])
