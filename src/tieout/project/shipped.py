"""What Tieout brings along for every project: the Quarto extension, the theme's files, Vega as one script."""

from __future__ import annotations

import functools
from pathlib import Path

import vl_convert

EXTENSION = Path("_extensions") / "tieout"
PACKAGE = Path(__file__).parents[1]
THEME = PACKAGE / "render" / "theme"


def extension() -> Path:
    """Return the folder of the extension as this installation has it."""
    folders = (PACKAGE / "extension", PACKAGE.parents[1] / EXTENSION)
    return next(folder for folder in folders if (folder / "tieout.lua").is_file())


@functools.cache
def assets() -> dict[str, bytes]:
    """Return the files that every site of our engine has in `site_libs/`, by name."""
    paths = [path for path in THEME.iterdir() if path.suffix in (".css", ".js")]
    return {path.name: path.read_bytes() for path in sorted([*paths, extension() / "ties.js"])}


@functools.cache
def vega() -> bytes:
    """Return Vega, Vega-Lite and vega-embed as one script that needs nothing else."""
    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")).encode("utf-8")


@functools.cache
def page_template() -> str:
    """Return the theme's template of a page."""
    return (THEME / "page.html").read_text(encoding="utf-8")
