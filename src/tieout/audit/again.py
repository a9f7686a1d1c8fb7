"""All that the audit of a site follows from, as one key: what was audited need not be audited again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tieout.audit.assembled import Assembled
from tieout.audit.dom import published
from tieout.audit.files import copied
from tieout.ledger import Ledger
from tieout.machine.asked import hash_of
from tieout.machine.steps import SOURCE
from tieout.machine.store import code_hash, file_hash, installed, key_of
from tieout.project import EXTENSION, MARK

BESIDE = ("figures", str(EXTENSION))


def audited(ledger: Ledger, folder: Path) -> str:
    """Return the key: the site's files, their originals, the sources of its pages, the ledger.

    Raises
    ------
    InputError
        A chapter cannot be read.
    """
    project = ledger.project
    found = ((path.relative_to(folder), path) for path in _files(folder))
    # The mark lists what another edition adds later, and is no page's.
    apart = {*project.apart, MARK}
    site = {name.as_posix(): file_hash(path) for name, path in found if name.parts[0] not in apart}
    originals = {str(path) for _, path in copied(project)}
    originals |= {str(project.root / name) for name in site}
    originals |= {str(path) for name in BESIDE for path in _files(project.root / name)}
    held = [[name, file_hash(Path(name))] for name in sorted(originals) if Path(name).is_file()]
    names = [
        *project.configuration.files,
        *(str(path) for path in project.bibliography),
        *([str(project.csl)] if project.csl else []),
    ]
    read = [[name, project.files.text(name)] for name in names if project.files.exists(name)]
    placed = [[str(Path(name).relative_to(project.root)), digest] for name, digest in held]
    return key_of(
        "site", code_hash(SOURCE), installed(), ledger.fingerprint, site, placed, read, _sources(ledger)
    )


def _sources(ledger: Ledger) -> list[Any]:
    """Return what the chapters hold, included texts, variables and pictures in place."""
    project = ledger.project
    found: list[Any] = []
    for chapter in project.chapters:
        source = Assembled(project, chapter)
        texts = [hash_of(text) for text in (source.markdown(), source.text)]
        found.append([str(chapter), *texts, sorted(map(published, source.pictures.values()))])
    for key in ("include-in-header", "include-before-body", "include-after-body"):
        given = project.option("html", key)
        for item in given if isinstance(given, list) else [given]:
            name = str(item.get("file") if isinstance(item, dict) else item)
            found.append(project.files.text(name) if item and project.files.exists(name) else "")
    return found


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
