"""What the last build of a project asked and gave: where every answer is the same, there is nothing to do.

Imports little: a build that has nothing to do says so at once.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tieout.machine.asked import ABSENT, answer, digest, hash_of, project_name
from tieout.machine.opened import OPENED
from tieout.machine.store import code_hash, installed
from tieout.machine.writing import write

RECORD = Path(".tieout/built.json")
# Variables that change what a build makes; those that notebooks read are questions of their own.
VARIABLES = ("SOURCE_DATE_EPOCH", "QUARTO_PROFILE")
SOURCE = Path(__file__).parents[1]


def unchanged(root: Path, call: Sequence[str]) -> list[tuple[str, str]] | None:
    """Return what the last build said, by stream, where the same call would make the same; else None."""
    try:
        record = json.loads((root / RECORD).read_text("utf-8"))
        given = record.pop("hash")
        if given != hash_of(record) or record["call"] != list(call) or record["with"] != _environment():
            return None
        if record["site"] != _site(root / record["output"]):
            return None
        for question, known in record["asked"].items():
            if answer(root, question) != known:
                return None
        return [(stream, text) for stream, text in record["said"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep(root: Path, call: Sequence[str], output: str, said: Sequence[tuple[str, str]]) -> None:
    """Keep what a build that has just been published asked and said.

    Where a file has changed since the build read it, nothing is kept: the next one has something to do.

    Parameters
    ----------
    root
        The project's folder.
    call
        The arguments of the command.
    output
        The output folder, relative to the project's.
    said
        What it printed in the end: stream and text.
    """
    asked = _asked(root, output)
    if asked is None:
        (root / RECORD).unlink(missing_ok=True)
        return
    body: dict[str, Any] = {
        "call": list(call),
        "with": _environment(),
        "asked": asked,
        "output": output,
        "site": _site(root / output),
        "said": [list(each) for each in said],
    }
    text = json.dumps({**body, "hash": hash_of(body)}, ensure_ascii=False)
    write(root / RECORD, text.encode("utf-8"), RECORD)


def _asked(root: Path, output: str) -> dict[str, str] | None:
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
        if inside == output or inside.startswith((f"{output}/", f"{output}.")):
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
