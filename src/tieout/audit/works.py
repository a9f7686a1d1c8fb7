"""Compares citations and lists of references, as pages show them, with the bibliography, token by token."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tieout.audit.flow import digits
from tieout.data.biblatex import WHEN
from tieout.workspace import Workspace

YEAR = re.compile(r"(?<!\d)([12]\d{3})(?!\d)")
LETTERED = re.compile(r"\s*[12]\d{3}[a-z]?\s*")
NUMERIC_STYLE = re.compile(r'citation-format="numeric"')


@dataclass(frozen=True)
class Works:
    """The works of a bibliography.

    Parameters
    ----------
    fields
        The fields of each work, by key.
    numeric
        Whether the style cites by number.
    """

    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    numeric: bool = False

    @classmethod
    def of(cls, workspace: Workspace) -> Works:
        """Return the works of a project, as its bibliography and its citation style say.

        Raises
        ------
        InputError
            The bibliography cannot be read.
        """
        project = workspace.project
        style = project.files.text(project.csl) if project.csl and project.files.exists(project.csl) else ""
        fields = {key: work.fields for key, work in workspace.bibliography.items()}
        return cls(fields, bool(NUMERIC_STYLE.search(style)))

    def year(self, key: str) -> str:
        """Return a work's year, empty where it has none, or one that citeproc does not read: `2010--2015`."""
        work = self.fields.get(key, {})
        given = work.get("year") or work.get("date") or ""
        found = YEAR.search(given)
        return found[1] if found and (WHEN.fullmatch(given.strip()) or LETTERED.fullmatch(given)) else ""

    def disagreement(self, keys: Sequence[str], shown: str, extra: str = "") -> str | None:
        """Return in words what a citation shows otherwise than the bibliography; None where they agree.

        ``extra`` is what the author wrote beside the keys: pages, chapters.
        """
        unknown = [key for key in keys if key not in self.fields]
        if unknown:
            return f"the citation `{shown}` has the key `{unknown[0]}`, which no work has"
        if self.numeric:
            return None
        found = Counter(YEAR.findall(shown))
        wanted = Counter(year for year in map(self.year, keys) if year)
        lacking = wanted - found
        if lacking:
            return f"the citation `{shown}` lacks the year {min(lacking)} of {', '.join(keys)}"
        names = [text for key in keys for text in (*self._names(key), self.fields[key].get("title"))]
        rest = Counter(digits(shown)) - Counter(digits(*wanted.elements())) - Counter(digits(*names))
        rest -= Counter(digits(extra, *(self.fields[key].get("origdate") for key in keys))) + _shortened(
            extra
        )
        return f"the citation `{shown}` shows {min(rest)}, which {', '.join(keys)} has not" if rest else None

    def _names(self, key: str) -> list[str | None]:
        return [self.fields[key].get(role) for role in ("author", "editor", "institution", "organization")]

    def difference(self, key: str, shown: str) -> str | None:
        """Return in words what an entry of the list shows otherwise than the bibliography."""
        work = self.fields.get(key)
        if work is None:
            return f"the list of references has `{key}`, which is no key of the bibliography"
        held = Counter(digits(*work.values()))
        held += _shortened(work.get("pages", ""))
        address = work.get("doi") or ""
        held += Counter(digits(address)) if address and shown.count(address) > 1 else Counter()
        rest = Counter(digits(shown)) - held
        if rest:
            return f"the entry of {key} shows {min(rest)}, which the bibliography has not"
        for name in ("year", "volume", "doi") if digits(shown) else ():
            given = self.year(key) if name == "year" and work.get(name) else work.get(name)
            lacking = Counter(digits(given)) - Counter(digits(shown))
            if lacking:
                return f"the entry of {key} lacks {min(lacking)} of its {name}"
        return None


def _shortened(pages: str) -> Counter[str]:
    """Return what styles may write of the last of some pages: of `101--103` also `3` and `03`."""
    found = re.findall(r"(\d+)\s*[-–]+\s*(\d+)", pages)
    return Counter(
        digits(last[index:])[0]
        for first, last in found
        for index in range(1, len(last))
        if first[:index] == last[:index]
    )
