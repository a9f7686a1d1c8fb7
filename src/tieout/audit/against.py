"""What a built site is compared with: the ledger, the sources of its pages, what of it is published."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tieout.audit.expected import Expected, expect
from tieout.audit.pages import Site
from tieout.audit.works import Works
from tieout.ledger import Ledger, Required
from tieout.ledger.publication import files
from tieout.problems import InputError

REBUILD = "build the site anew"


@dataclass(frozen=True)
class Audit:
    """What a built site is compared with.

    Parameters
    ----------
    root, folder
        The project and its site.
    site
        The pages.
    expected
        What the sources say, by the address of the page.
    ledger
        The ledger as computed from data and stored outputs.
    ledger_files
        The files of that ledger, by name.
    published
        `ledger.json` as published.
    required
        Which numbers need a tie.
    """

    root: Path
    folder: Path
    site: Site
    expected: Mapping[str, Expected]
    ledger: Ledger
    ledger_files: Mapping[str, str]
    published: Mapping[str, Any]
    required: Required

    @functools.cached_property
    def around(self) -> str:
        """What `_quarto.yml` puts around the text of every page, itself and the files that it names."""
        project = self.site.project
        texts = [project.files.text(name) for name in project.configuration.files]
        for key in ("include-in-header", "include-before-body", "include-after-body"):
            given = project.option("html", key)
            for item in given if isinstance(given, list) else [given]:
                name = item.get("file") if isinstance(item, Mapping) else item
                if name and project.files.exists(str(name)):
                    texts.append(project.files.text(str(name)))
        return "\n".join(texts)

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """The ids that `ledger.json` has."""
        return frozenset(entry["id"] for entry in self.published.get("entries", []))

    @classmethod
    def of(cls, ledger: Ledger, folder: Path | None = None) -> Audit:
        """Find the site that was built from a ledger, in the project's own folder or in another one.

        Raises
        ------
        InputError
            Nothing is built; or, when a page or a chapter is asked for, it cannot be read.
        """
        project = ledger.project
        root = project.root
        folder = folder or project.output
        home = project.chapters[0].href
        if not (folder / home).is_file():
            where = folder.name if folder.parent == root else str(folder)
            raise InputError("there is no site", "run `tieout build`", path=f"{where}/{home}", rule="page")
        works = Works.of(ledger.workspace)
        site = Site.of(project, works, folder)
        engine = site.engine

        expected = expect(
            project, partial(display, ledger), works.fields, engine.paper, lifts=engine.knows_all
        )
        # Where it was not published, which is said once, all else is compared with what it would be.
        made = files(ledger)
        published = _published(folder) or json.loads(made["ledger.json"])
        return cls(root, folder, site, expected, ledger, made, published, Required.of(ledger))


def display(ledger: Ledger, target: str) -> str:
    """Return the text that fills an empty tie."""
    name, _, column = target.partition(":")
    try:
        cell = ledger.resolve(name, column or None)
    except InputError:
        return ""
    entry = ledger[name]
    return cell.text if column else (entry.display or cell.text)


def _published(folder: Path) -> Mapping[str, Any]:
    path = folder / "ledger.json"
    if not path.is_file():
        return {}
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        document = None
    if not isinstance(document, dict) or not isinstance(document.get("entries"), list):
        raise InputError("is not a ledger", REBUILD, path="ledger.json", line=1, rule="page")
    return document
