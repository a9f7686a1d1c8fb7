"""Typst in a process of its own, which can be ended when it takes too much.

The parent calls `typeset`; the child is this module run as a program, with a task as JSON on its input. It
sees the fonts that Tieout ships and no others, has no packages, and reaches no network.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tieout.machine import Limits, TooMuch, run
from tieout.problems import InputError
from tieout.render import fonts

RAISE = "raise `tieout: limits:` in _quarto.yml"
WRONG = 3  # the child's status where the document is wrong
NOWHERE = "http://127.0.0.1:9"  # the port of RFC 863, where nothing answers


class Refused(Exception):
    """What Typst says against a document: its message, and its whole diagnostic."""


def typeset(source: Path, root: Path, timestamp: int, limits: Limits) -> bytes:
    """Return the PDF of a Typst document.

    Raises
    ------
    Refused
        Typst cannot make a document of it.
    InputError
        It takes too much.
    """
    target = root / "book.pdf"
    task = {
        "source": str(source),
        "root": str(root),
        "timestamp": timestamp,
        "target": str(target),
        "fonts": [str(path) for path in fonts.folders()],
    }
    try:
        status, out = _child(task, limits)
    except TooMuch as error:
        what, hint = f"Typst {error} for the PDF", f"split the book, or {RAISE}"
        raise InputError(what, hint, path="_quarto.yml", rule="limit") from None
    if status:
        said = json.loads(out)
        raise Refused(said["message"], said["diagnostic"])
    return target.read_bytes()


def _child(task: Mapping[str, Any], limits: Limits) -> tuple[int, bytes]:
    names = [name for way in ("http", "https", "all") for name in (f"{way}_proxy", f"{way.upper()}_PROXY")]
    offline = {**os.environ, **dict.fromkeys(names, NOWHERE), "no_proxy": "", "NO_PROXY": ""}
    command = [sys.executable, "-m", "tieout.render.setting"]
    ran = run(command, data=json.dumps(task).encode(), environment=offline, limits=limits)
    if ran.status not in (0, WRONG):
        words = ran.err.decode(errors="replace").split("\n")
        said = next((line.strip() for line in reversed(words) if line.strip()), f"exit status {ran.status}")
        raise InputError(f"what makes the PDF ended: {said}", "run again", rule="pdf")
    return ran.status, ran.out


# The child


def _typeset(task: Mapping[str, Any]) -> dict[str, str] | None:
    import typst

    packages = str(
        Path(task["root"]) / ".packages"
    )  # there are none: what a machine holds is not the project's
    compiler = typst.Compiler(
        task["source"],
        root=task["root"],
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=task["fonts"]),
        package_path=packages,
        package_cache_path=packages,
    )
    try:
        data = compiler.compile(format="pdf", timestamp=task["timestamp"])
    except (typst.TypstError, RuntimeError) as error:
        said = " ".join(str(getattr(error, "diagnostic", "") or error).split())
        return {"message": str(getattr(error, "message", "")), "diagnostic": said}
    assert isinstance(data, bytes)
    Path(task["target"]).write_bytes(data)
    return None


def main() -> int:
    """Do the task on the input; say what is wrong as JSON."""
    task = json.load(sys.stdin)
    wrong = _typeset(task)
    if wrong is None:
        return 0
    json.dump(wrong, sys.stdout)
    return WRONG


if __name__ == "__main__":
    sys.exit(main())
