"""Typst and the converter of drawings in a process of their own, which can be ended when they take too much.

The parent calls `typeset` and `convert`; the child is this module run as a program, with a task as JSON on
its input. Before each drawing the child says its name, so that the one that took too much is known.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tieout.machine import Limits, TooMuch, run
from tieout.problems import InputError

RAISE = "raise `tieout: limits:` in _quarto.yml"
WRONG = 3  # the child's status where the document or a drawing is wrong


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
    task = {"typst": str(source), "root": str(root), "timestamp": timestamp, "target": str(target)}
    try:
        status, out = _child(task, limits)
    except TooMuch as error:
        what, hint = f"Typst {error} for the PDF", f"split the book, or {RAISE}"
        raise InputError(what, hint, path="_quarto.yml", rule="limit") from None
    if status:
        said = json.loads(out)
        raise Refused(said["message"], said["diagnostic"])
    return target.read_bytes()


def convert(drawings: Mapping[str, str], folder: Path, limits: Limits) -> None:
    """Convert SVG drawings to PDF, each beside its place in a folder, with the ending `.pdf`.

    Raises
    ------
    InputError
        A drawing cannot be converted, or takes too much; with its name.
    """
    if not drawings:
        return
    progress = folder / "drawing.txt"
    task = {"drawings": dict(drawings), "folder": str(folder), "progress": str(progress)}
    try:
        status, out = _child(task, limits)
    except TooMuch as error:
        name = progress.read_text(encoding="utf-8") if progress.is_file() else next(iter(drawings))
        hint = f"draw fewer points, or {RAISE}"
        raise InputError(f"the drawing {error}", hint, path=name, rule="limit") from None
    if status:
        said = json.loads(out)
        what, hint = (
            f"the drawing cannot be converted: {said['what']}",
            "make it anew; it should be valid SVG",
        )
        raise InputError(what, hint, path=said["name"], rule="picture")
    progress.unlink(missing_ok=True)


def _child(task: Mapping[str, Any], limits: Limits) -> tuple[int, bytes]:
    ran = run([sys.executable, "-m", "tieout.render.setting"], data=json.dumps(task).encode(), limits=limits)
    if ran.status not in (0, WRONG):
        words = ran.err.decode(errors="replace").split("\n")
        said = next((line.strip() for line in reversed(words) if line.strip()), f"exit status {ran.status}")
        raise InputError(f"what makes the PDF ended: {said}", "run again", rule="pdf")
    return ran.status, ran.out


# The child


def _typeset(task: Mapping[str, Any]) -> dict[str, str] | None:
    import typst

    fonts = typst.Fonts(include_system_fonts=False)
    compiler = typst.Compiler(task["typst"], root=task["root"], font_paths=fonts)
    try:
        data = compiler.compile(format="pdf", timestamp=task["timestamp"])
    except (typst.TypstError, RuntimeError) as error:
        said = " ".join(str(getattr(error, "diagnostic", "") or error).split())
        return {"message": str(getattr(error, "message", "")), "diagnostic": said}
    assert isinstance(data, bytes)
    Path(task["target"]).write_bytes(data)
    return None


def _draw(task: Mapping[str, Any]) -> dict[str, str] | None:
    import vl_convert

    for name, text in task["drawings"].items():
        Path(task["progress"]).write_text(name, encoding="utf-8")
        try:
            drawing = vl_convert.svg_to_pdf(text)
        except (ValueError, RuntimeError) as error:
            return {"name": name, "what": (str(error).splitlines() or ["no reason given"])[0]}
        (Path(task["folder"]) / name).with_suffix(".pdf").write_bytes(drawing)
    return None


def main() -> int:
    """Do the task on the input; say what is wrong as JSON."""
    task = json.load(sys.stdin)
    wrong = _typeset(task) if "typst" in task else _draw(task)
    if wrong is None:
        return 0
    json.dump(wrong, sys.stdout)
    return WRONG


if __name__ == "__main__":
    sys.exit(main())
