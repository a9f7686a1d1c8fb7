"""Brings the data package's hashes and version up to date after a deliberate change; touches nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath

from tieout.data.datapackage import FILE, FOLDER, Package, Resource, digest
from tieout.machine import write
from tieout.problems import InputError
from tieout.project import Files


def refresh(root: Path) -> list[str]:
    """Write hashes and sizes anew after a deliberate change, and raise the version's last number.

    Nothing else in the descriptor changes, not even its spacing.

    Returns
    -------
    What changed, in words; empty where nothing did, and then nothing is written.

    Raises
    ------
    InputError
        The descriptor or a table cannot be read or written.
    """
    package = Package.load(Files(root))
    text, changed = package.text, []
    for resource in package.resources:
        data = package.read(resource)
        if package.known(resource, data) is None:
            continue
        text = _rewritten(text, resource, data)
        changed.append(f"{resource.path}: hash and size written")
    if not changed:
        return []
    version = _next(package.version)
    pattern = rf'("version"\s*:\s*"){re.escape(package.version)}(")'
    text, count = re.subn(pattern, rf"\g<1>{version}\g<2>", text, count=1)
    if count:
        changed.append(f"{FILE}: version {package.version} → {version}")
    write(root / FILE, text.encode("utf-8"), FILE)
    return changed


def _rewritten(text: str, resource: Resource, data: bytes) -> str:
    """Change hash and size inside the object that holds the resource's path, and nowhere else."""
    name = PurePosixPath(resource.path).relative_to(FOLDER)
    at = re.search(rf'"path"\s*:\s*{re.escape(json.dumps(str(name)))}', text)
    if at is None:
        hint = "write the path as plain text"
        raise InputError(f"the path {name} cannot be found again", hint, path=FILE, rule="package")
    start, end = _object_around(text, at.start())
    body = text[start:end]
    for key, value in (("hash", f'"{digest(data)}"'), ("bytes", str(len(data)))):
        body, count = re.subn(rf'("{key}"\s*:\s*)("[^"]*"|\d+)', rf"\g<1>{value}", body, count=1)
        if not count:
            body = body.replace("{", f'{{"{key}": {value}, ', 1)
    return text[:start] + body + text[end:]


def _object_around(text: str, position: int) -> tuple[int, int]:
    """Return the ends of the innermost JSON object around a position outside of texts."""
    stack: list[int] = []
    for token in re.finditer(r'"(?:\\.|[^"\\])*"|[{}]', text):
        if token[0] == "{":
            stack.append(token.start())
        elif token[0] == "}":
            start = stack.pop()
            if start <= position < token.end():
                return start, token.end()
    return 0, len(text)


def _next(version: str) -> str:
    match = re.fullmatch(r"(\d+\.\d+\.)(\d+)(.*)", version)
    if not match:
        hint = 'write it like "0.1.0"'
        raise InputError(f"the version {version!r} has not three numbers", hint, path=FILE, rule="version")
    return f"{match[1]}{int(match[2]) + 1}"
