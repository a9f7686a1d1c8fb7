"""What Tieout brings along for every project: the Quarto extension, the theme's files, Vega as one script."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert

from tieout.machine import write
from tieout.numerals import primary
from tieout.problems import InputError

EXTENSION = Path("_extensions") / "tieout"
PACKAGE = Path(__file__).parents[1]
THEME = PACKAGE / "render" / "theme"
BUNDLE = Path(".tieout") / "vega.js"
LIBRARY = "vl-convert-python"
COMPILED = Path(vl_convert.__file__).parent / "__pycache__"
# In the order in which they run: those of ties, which Quarto's pages have too, and those of our pages.
OF_TIES = ("ties", "entry", "panel", "sources", "charts", "downloads", "ledger-table")
SCRIPTS = ("tabs", "code", "folded", "scrolling", "permalinks", "notes", "lightbox", "search", "tools")
SNIPPET = "window.vegaEmbed = vegaEmbed;"
_COMMENTS = {  # behind code only those without a quotation mark: what looks like one may stand in a text
    ".js": re.compile(rb"^[ \t]*//.*\n|(?<=[;{,]) // [^\"'`\n]*$", re.M),
    ".css": re.compile(rb"/\*.*?\*/\n*", re.S),
}


def extension() -> Path:
    """Return the folder of the extension as this installation has it."""
    folders = (PACKAGE / "extension", PACKAGE.parents[1] / EXTENSION)
    return next(folder for folder in folders if (folder / "tieout.lua").is_file())


def outdated(root: Path) -> list[Path]:
    """Return the shipped files of the extension of which a project has a copy that is another one."""
    pairs = ((path, root / EXTENSION / path.name) for path in sorted(extension().iterdir()) if path.is_file())
    return [path for path, copy in pairs if copy.is_file() and copy.read_bytes() != path.read_bytes()]


@functools.cache
def interface(lang: str) -> Mapping[str, Any]:
    """Return what the interface says in a language, by its English text; empty where it has no words.

    They stand in `words-LANG.json` of the extension. A text that counts has a form for each grammatical
    number.
    """
    path = extension() / f"words-{primary(lang)}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def say(lang: str, text: str, **values: str) -> str:
    """Return a text of the interface in a language, with values in the place of its braces.

    Examples
    --------
    >>> say("uk", "Licence:"), say("en", "Data {name}, version {version}", name="a", version="1")
    ('Ліцензія:', 'Data a, version 1')
    """
    return (
        str(interface(lang).get(text, text)).format(**values)
        if values
        else str(interface(lang).get(text, text))
    )


@functools.cache
def assets(lang: str = "en") -> dict[str, bytes]:
    """Return the files that every site of our engine has in `site_libs/`, by name.

    All styles are one file, in the order of their names; so are the scripts that run when a page is there. A
    site in a language that the interface has words for has these beside them. What is said to those who read
    the code, in comments, is not sent to those who read the pages.
    """
    words = json.dumps(interface(lang), ensure_ascii=False, separators=(",", ":"))
    scripts = THEME / "js"
    fonts = {f"fonts/{path.name}": path.read_bytes() for path in sorted((THEME / "fonts").iterdir())}
    return {
        "early.js": _sent(scripts / "early.js"),
        "favicon.svg": (THEME / "favicon.svg").read_bytes(),
        "fold.js": _sent(scripts / "fold.js"),
        **fonts,
        **({"words.js": f"window.tieoutWords = {words};\n".encode()} if interface(lang) else {}),
        "theme.css": b"".join(map(_sent, sorted((THEME / "css").iterdir()))),
        "theme.js": b"".join(_sent(scripts / f"{name}.js") for name in SCRIPTS),
        "ties.css": _sent(extension() / "ties.css"),
        "ties.js": b"".join(_sent(extension() / f"{name}.js") for name in OF_TIES),
    }


def _sent(path: Path) -> bytes:
    """Return a script or a style without its comments."""
    return _COMMENTS[path.suffix].sub(b"", path.read_bytes())


def vega(root: Path, *, keep: bool = False) -> bytes:
    """Return Vega, Vega-Lite and vega-embed as one script that needs nothing else.

    To bundle them takes seconds, so the script is kept, in the project's `.tieout/` and in the environment,
    with the hash of itself and of what made it on its first line: one that was altered, or is of another
    version, is made anew.

    Parameters
    ----------
    root
        The project's folder.
    keep
        Whether it is kept there if it is not yet; a check writes nothing.
    """
    path = root / BUNDLE
    script = _kept(path)
    if script is None:
        script = _bundled()
        if keep:
            _keep(path, script)
    return script


def _kept(path: Path) -> bytes | None:
    """Return a script that was kept, where it is whole and of these versions."""
    with suppress(OSError):
        head, _, script = path.read_bytes().partition(b"\n")
        if head == _sign(script):
            return script
    return None


def _keep(path: Path, script: bytes) -> None:
    with suppress(InputError):  # where nothing can be written, it is made again the next time
        write(path, _sign(script) + b"\n" + script, BUNDLE)


@functools.cache
def _bundled() -> bytes:
    """Return the script as it was made for this environment, and lies beside the library's compiled code."""
    path = COMPILED / BUNDLE.name
    script = _kept(path)
    if script is None:
        script = str(vl_convert.javascript_bundle(SNIPPET)).encode("utf-8")
        _keep(path, script)
    return script


def _sign(script: bytes) -> bytes:
    made_by = f"{version(LIBRARY)} {SNIPPET}\n".encode()
    return b"// " + hashlib.sha256(made_by + script).hexdigest().encode()


@functools.cache
def page_template() -> str:
    """Return the theme's template of a page."""
    return (THEME / "page.html").read_text(encoding="utf-8")
