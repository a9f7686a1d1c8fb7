"""Profiles as Quarto has them: `_quarto-NAME.yml` laid over `_quarto.yml`; and the editions of a book.

The rules are those of `src/project/project-profile.ts` and `src/core/config.ts` in quarto-cli 1.9. What
QUARTO_PROFILE or the call names is active, else `profile: default:`, and one of each `profile: group:`.
Mappings merge, lists are joined without what stands in both, anything else is replaced. The first name counts
most, and `_quarto.yml.local` more than all. Files of `metadata-files` are laid over before them.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from tieout.machine import inside
from tieout.project.configuration import CONFIG, Configuration, Key, held, parsed
from tieout.project.files import Files
from tieout.project.quarto_keys import SHAPE

VARIABLE = "QUARTO_PROFILE"
LOCAL = f"{CONFIG}.local"
NAME = re.compile(r"[A-Za-z0-9][\w-]*")


def read(files: Files, profile: str | None = None) -> Configuration:
    """Read a project's configuration with its active profiles, and check its form.

    Parameters
    ----------
    files
        The project's files.
    profile
        The active profiles, with commas between them; what QUARTO_PROFILE says where it is None.

    Raises
    ------
    InputError
        A file is missing, malformed or not UTF-8, or asks for strictness and has values of a wrong type.
    """
    base = parsed(files, CONFIG)
    active = _active(base, os.environ.get(VARIABLE, "") if profile is None else profile)
    config = held(base, SHAPE)
    for index, given in enumerate(_beside(base)):
        if files.exists(inside(files.root, given, path=CONFIG, line=base.line("metadata-files", index))):
            config = _laid_over(config, held(parsed(files, given), SHAPE))
        else:
            hint = "make the file, or take the line out"
            lacking = base.warning(f"there is no `{given}`", hint, "metadata-files", index)
            config = replace(config, problems=(*config.problems, lacking))
    names = [name for each in reversed(active) if (name := file_of(files, each))]
    for name in [*names, *([LOCAL] if files.exists(LOCAL) else [])]:
        config = _laid_over(config, held(parsed(files, name), SHAPE))
    values = {**config.values, "profile": active} if active else config.values
    return replace(config, values=values, profiles=tuple(active))


def _beside(base: Configuration) -> list[str]:
    """Return the files that `metadata-files:` names: their keys count as those of `_quarto.yml`."""
    given = base.get("metadata-files", default=[])
    return [str(each) for each in (given if isinstance(given, list) else [given])]


def file_of(files: Files, profile: str) -> str | None:
    """Return the file of a profile; None where it has none."""
    if not NAME.fullmatch(profile):
        return None
    names = (f"_quarto-{profile}{ending}" for ending in (".yml", ".yaml"))
    return next((name for name in names if files.exists(name)), None)


def editions(files: Files, config: Configuration) -> tuple[str, ...]:
    """Return the profiles that `tieout: editions:` names: each is an edition of the book, published with it.

    Raises
    ------
    InputError
        A name is none of a profile, or its file is missing.
    """
    given = config.get("tieout", "editions", default=[])
    names = [str(each) for each in (given if isinstance(given, list) else [given])]
    for index, name in enumerate(names):
        if file_of(files, name) is None:
            hint = f"write _quarto-{name}.yml, as for a profile of Quarto" if NAME.fullmatch(name) else ""
            place = ("tieout", "editions", index)
            raise config.error(f"the edition `{name}` has no _quarto-{name}.yml", hint, *place)
    return tuple(dict.fromkeys(names))


def edition_of(files: Files, path: PurePosixPath) -> str:
    """Return the edition that a file belongs to by its place or its name; empty for the main one.

    Such are `chapters/uk/01-introduction.ipynb` and `index.uk.ipynb`, where `tieout: editions:` names ``uk``.
    """
    names = editions(files, parsed(files, CONFIG))
    parts = {*path.parent.parts, *path.name.split(".")[1:]}
    return next((name for name in names if name in parts), "")


def _active(base: Configuration, asked: str) -> list[str]:
    usual = base.get("profile", "default", default=[])
    names = [name for name in re.split(r"[ ,]+", asked) if name]
    names = names or [str(each) for each in (usual if isinstance(usual, list) else [usual])]
    groups = base.get("profile", "group", default=[])
    for group in groups if groups and all(isinstance(each, list) for each in groups) else [groups]:
        if group and not set(map(str, group)) & set(names):
            names.append(str(group[0]))
    return list(dict.fromkeys(names))


@dataclass
class _Merge:
    """Two mappings merged, with the line and the file of every key."""

    below: Configuration
    above: Configuration
    lines: dict[tuple[Key, ...], int] = field(default_factory=dict)
    origins: dict[tuple[Key, ...], str] = field(default_factory=dict)

    def place(self, at: tuple[Key, ...], source: Configuration, there: tuple[Key, ...]) -> None:
        """Note where a value, and all in it, is written."""
        for keys, line in source.lines.items():
            if keys[: len(there)] == there:
                now = (*at, *keys[len(there) :])
                self.lines[now], self.origins[now] = line, source.file(*keys)

    def merged(self, one: Any, other: Any, at: tuple[Key, ...]) -> Any:
        """Return what two values at a place come to."""
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            values = dict(one)
            for key, value in other.items():
                here = (*at, key)
                if key in one:
                    values[key] = self.merged(one[key], value, here)
                else:
                    values[key] = value
                    self.place(here, self.above, here)
            return values
        if (isinstance(one, list) or isinstance(other, list)) and one and other:
            return self._joined(_listed(one), _listed(other), at)
        if other is None:
            return one
        self._forget(at)
        self.place(at, self.above, at)
        return other

    def _joined(self, one: Sequence[Any], other: Sequence[Any], at: tuple[Key, ...]) -> list[Any]:
        self._forget(at)
        found: list[Any] = []
        seen: set[str] = set()
        for source, items in ((self.below, one), (self.above, other)):
            for index, item in enumerate(items):
                if (text := json.dumps(item, sort_keys=True, default=str)) in seen:
                    continue
                seen.add(text)
                here, there = (*at, len(found)), (*at, index)
                self.place(here, source, there if there in source.lines else at)
                found.append(item)
        return found

    def _forget(self, at: tuple[Key, ...]) -> None:
        for keys in [keys for keys in self.lines if len(keys) > len(at) and keys[: len(at)] == at]:
            del self.lines[keys], self.origins[keys]


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def _laid_over(below: Configuration, above: Configuration) -> Configuration:
    merge = _Merge(below, above, dict(below.lines), {keys: below.file(*keys) for keys in below.lines})
    values = merge.merged(below.values, above.values, ())
    problems = (*below.problems, *above.problems)
    return replace(below, values=values, lines=merge.lines, origins=merge.origins, problems=problems)
