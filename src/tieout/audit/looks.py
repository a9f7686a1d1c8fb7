"""What is found on each page: a page that is as it was, with its source as it was, is not looked at again.

What a result follows from besides the bytes of its page is either in the name that it is kept under (the
ledger, the configuration, what the other pages show to this one), or asked once more before it is taken: the
files that its source was read from, and the pictures that it shows.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from tieout.audit.against import Audit
from tieout.audit.audited import PageAudit, audit_page
from tieout.audit.expected import Drawn
from tieout.audit.face import USE, Face
from tieout.audit.lazily import Lazily
from tieout.audit.sheet import Sheet
from tieout.machine.asked import digest
from tieout.machine.steps import SOURCE
from tieout.machine.store import code_hash, file_hash, installed, key_of
from tieout.machine.workers import workers
from tieout.problems import Problem
from tieout.project import described

Asked = dict[str, str | None]  # files by name, with the hash of what they hold, None where there is none


@dataclass(frozen=True)
class Look:
    """What was found on one page.

    Parameters
    ----------
    found
        Its audit.
    ties
        How many ties its source has.
    drawn
        What the cells of its chapter draw.
    name
        The name of all that it followed from.
    """

    found: PageAudit
    ties: int
    drawn: Drawn
    name: str = ""

    @classmethod
    def at(cls, audit: Audit, href: str) -> Look:
        """Look at a page."""
        expected = audit.expected[href]
        ties = sum(item.kind == "tie" for item in expected.items)
        return cls(audit_page(audit, audit.site.pages[href]), ties, expected.drawn)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Look:
        """Read what `asdict` made plain data of."""
        found = data["found"]
        problems = [Problem(**each) for each in found["problems"]]
        drawn = Drawn(**data["drawn"])
        return cls(PageAudit(**{**found, "problems": problems}), data["ties"], drawn, data["name"])


def looks(audit: Audit) -> dict[str, Look]:
    """Return what is found on each page of a site, by its address; what is known is taken.

    Raises
    ------
    InputError
        A page or a chapter cannot be read.
    """
    return _Looks(audit).all()


def sheets(audit: Audit, found: Mapping[str, Look]) -> Mapping[str, Sheet]:
    """Return what of each page the PDF is compared with, as it was kept of a page that is as it was."""

    def sheet(href: str) -> Sheet:
        site, steps = audit.site, audit.site.project.steps

        def of() -> dict[str, Any]:
            return Sheet.of(site.pages[href], audit.expected.get(href), site).written()

        key = [found[href].name]
        return Sheet.read(steps.take("sheet", key, of, href, {"its page or what it follows from": key}))

    return Lazily(found, sheet)


class _Looks:
    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.project, self.site = audit.site.project, audit.site
        self.files: Asked = {}
        self.pictures: Asked = {}

    def all(self) -> dict[str, Look]:
        keys = {href: self._key(href, face) for href, face in self.site.faces.items()}
        known = {href: look for href, key in keys.items() if (look := self._known(key))}
        fresh = [href for href in keys if href not in known]
        with ThreadPoolExecutor(workers()) as pool:  # which mostly waits for pandoc
            list(pool.map(self.audit.expected.__getitem__, fresh))
        for href in fresh:
            known[href] = self._anew(href, keys[href])
        return {href: known[href] for href in keys}

    def _key(self, href: str, face: Face) -> str:
        """Return the name that a look is kept under.

        Only a page that leads to places of ties, as the ledger's does, follows from what stands around them.
        """
        faces = self.site.faces
        repeated = [faces[path].said for path in face.repeats if path in faces]
        leads = any(f"#{USE}" in address for _, address, *_ in face.named)
        around = [[path, other.labels] for path, other in faces.items()] if leads else []
        return key_of(self._common, href, self._page(href), repeated, around)

    def _page(self, href: str) -> str:
        return digest((self.audit.folder / href).read_bytes())

    @cached_property
    def _common(self) -> str:
        """What the looks at all pages follow from."""
        audit, project, ledger = self.audit, self.project, self.audit.ledger
        shown = [
            [href, face.heading, [each for each in face.labels.items() if each[0] not in face.uses]]
            for href, face in self.site.faces.items()
        ]
        style = project.files.digest(project.csl) if project.csl else None
        said = [audit.around, style, described.citation(project), described.edition(project)]
        published = [sorted(audit.names), audit.published.get("ledger_page")]
        rules = [[*audit.required.pages.items()], sorted(audit.required.said)]
        chapters = [repr(chapter) for chapter in project.chapters]
        code = [code_hash(SOURCE), installed(), self.site.engine.name, project.lang, project.edition]
        return key_of("look", code, ledger.fingerprint, chapters, said, published, rules, shown)

    def _known(self, key: str) -> Look | None:
        """Return a look that was kept, where the files that it followed from are as they were."""
        steps = self.project.steps
        kept = steps.store.recall(key)
        data = json.loads(kept) if kept is not None else None
        if data is None or any(self._file(name) != held for name, held in data["files"].items()):
            return None
        if any(self._picture(name) != held for name, held in data["pictures"].items()):
            return None
        steps.taken["look"] += 1
        return Look.read(data["look"])

    def _anew(self, href: str, key: str) -> Look:
        began = time.perf_counter()
        expected, page = self.audit.expected[href], self.site.pages[href]
        with self.project.files.asking() as asked:
            look = Look.at(self.audit, href)
        files = {name: self._file(name) for name in sorted({*asked, *expected.asked})}
        look = replace(look, name=key_of("sheet", key, files))
        kept = {
            "look": asdict(look),
            "files": files,
            "pictures": {name: self._picture(name) for name in sorted(page.pictures)},
        }
        data = json.dumps(kept, ensure_ascii=False).encode()
        parts = {"its page": self._page(href), "what all pages share": self._common, **files}
        self.project.steps.keep("look", key, data, href, began, parts)
        return look

    def _file(self, name: str) -> str | None:
        return _once(self.files, name, lambda: self.project.files.digest(name))

    def _picture(self, name: str) -> str | None:
        path = self.audit.folder / name
        return _once(self.pictures, name, lambda: file_hash(path) if path.is_file() else None)


def _once(held: Asked, name: str, make: Callable[[], str | None]) -> str | None:
    if name not in held:
        held[name] = make()
    return held[name]
