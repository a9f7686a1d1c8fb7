"""Where pandoc is: the wheel's own, else the one on PATH."""

from __future__ import annotations

import functools
import shutil
from importlib.util import find_spec
from pathlib import Path

from tieout.problems import InputError


@functools.cache
def executable() -> str:
    """Return the path of pandoc, without importing its package, which loads what speaks to the network.

    Raises
    ------
    InputError
        There is none.
    """
    package = find_spec("pypandoc")
    if package is not None and package.origin is not None:
        bundled = Path(package.origin).parent / "files" / "pandoc"
        for candidate in (bundled, bundled.with_suffix(".exe")):
            if candidate.is_file():
                return str(candidate)
    on_path = shutil.which("pandoc")
    if on_path is None:
        hint = "install the package pypandoc-binary, which brings it"
        raise InputError("there is no pandoc", hint, rule="pandoc")
    return on_path
