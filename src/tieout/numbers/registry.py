"""Pint's registry of units, parsed once an environment: its definitions take half a second to read.

What was parsed lies beside pint's own compiled code, as that does: it belongs to the environment, never to a
project, and where the environment cannot be written each process reads the definitions itself.
"""

from __future__ import annotations

import pickle
import shutil
import sys
import tempfile
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import pint

PLACE = Path(pint.__file__).parent / "__pycache__"
Number = TypeVar("Number", Decimal, Fraction)
BROKEN = (OSError, EOFError, pickle.PickleError, ValueError, AttributeError, ImportError, KeyError, TypeError)


def registry(of: type[Number], place: Path = PLACE) -> pint.UnitRegistry[Number]:
    """Return a new registry.

    Parameters
    ----------
    of
        The type of its numbers: `Decimal`, or `Fraction`.
    place
        The folder that holds what was parsed; whatever is wrong with it only costs the time again.
    """
    folder = place / f"units-{of.__name__}-{pint.__version__}.{sys.implementation.cache_tag}"
    with suppress(*BROKEN):
        if not folder.is_dir():
            _prepare(of, folder)
        return pint.UnitRegistry(non_int_type=of, cache_folder=folder)
    return pint.UnitRegistry(non_int_type=of)


def _prepare(of: type[Number], folder: Path) -> None:
    """Parse the definitions into a folder that appears whole, or not at all."""
    folder.parent.mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=folder.name, dir=folder.parent))
    try:
        pint.UnitRegistry(non_int_type=of, cache_folder=made)
        made.chmod(0o755)
        with suppress(OSError):  # another process was faster
            made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
