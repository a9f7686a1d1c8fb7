"""Where the Quarto extension lies that Tieout brings along: in the wheel, or in the repository."""

from __future__ import annotations

from pathlib import Path

EXTENSION = Path("_extensions") / "tieout"


def extension() -> Path:
    """Return the folder of the extension as this installation has it."""
    package = Path(__file__).parents[1]
    folders = (package / "extension", package.parents[1] / EXTENSION)
    return next(folder for folder in folders if (folder / "tieout.lua").is_file())
