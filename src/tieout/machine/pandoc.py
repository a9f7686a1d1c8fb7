"""Where pandoc is: the wheel's own, else the one on PATH; and how it is called."""

from __future__ import annotations

import functools
import shutil
from importlib.util import find_spec
from pathlib import Path

from tieout.problems import InputError

# Its runtime makes room for 64 MB and touches all of it. What is new lies in 64 MB here too, of which 2 MB
# at a time are touched; what is old is swept only where there is much of it.
FRUGAL = ("+RTS", "-A64m", "-n2m", "-O64m", "-V0", "-RTS")


def command() -> tuple[str, ...]:
    """Return how pandoc is called: it reads what its options name and nothing else, and asks no network.

    Raises
    ------
    InputError
        There is none.
    """
    program = executable()
    # Others are often built to know no options of the runtime.
    return (program, *(FRUGAL if program == _bundled() else ()), "--sandbox")


def executable() -> str:
    """Return the path of pandoc.

    Raises
    ------
    InputError
        There is none.
    """
    program = _bundled() or shutil.which("pandoc")
    if program is None:
        hint = "install the package pypandoc-binary, which brings it"
        raise InputError("there is no pandoc", hint, rule="pandoc")
    return program


@functools.cache
def _bundled() -> str | None:
    """Return the wheel's own, without importing its package, which loads what speaks to the network."""
    package = find_spec("pypandoc")
    if package is None or package.origin is None:
        return None
    bundled = Path(package.origin).parent / "files" / "pandoc"
    return next((str(each) for each in (bundled, bundled.with_suffix(".exe")) if each.is_file()), None)
