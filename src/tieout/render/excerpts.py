"""What a chapter needs of the ledger: it does not follow from the rest, which is large and changes often."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tieout.machine.store import file_hash
from tieout.render.draft import Setting

# What the filter of ties reads.
OF_LEDGER = ("version", "lang", "ledger_page", "findings_page")
OF_ENTRY = ("id", "kind", "value", "number", "display", "cells", "findings")
OF_FINDING = ("id", "kind", "works")
PLAIN = re.compile(r"[\w.-]+", re.ASCII)
TIED = re.compile(r"(?<=tie:)[\w.-]+", re.ASCII)


@dataclass(frozen=True)
class Excerpts:
    """Writes a ledger for each chapter, with what it shows of the entries whose ids its text has.

    Parameters
    ----------
    setting
        The book's.
    ledger
        The whole ledger; empty where it cannot be read as one, which the filter then says.
    entries
        Its entries by their ids.
    """

    setting: Setting
    ledger: Mapping[str, Any]
    entries: Mapping[str, Any]

    @classmethod
    def of(cls, setting: Setting) -> Excerpts:
        """Read a book's ledger."""
        try:
            ledger = json.loads(setting.ledger.read_bytes())
            entries = {str(entry["id"]): entry for entry in ledger["entries"]}
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return cls(setting, {}, {})
        # Other ids may stand otherwise in an address, or in JSON.
        plain = all(PLAIN.fullmatch(id) for id in entries)
        return cls(setting, ledger, entries) if plain else cls(setting, {}, {})

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {id: place for place, id in enumerate(self.entries)}

    def _tied(self, text: str) -> set[str]:
        """Return the ids that begin after `tie:` in a text."""
        found = set(TIED.findall(text))
        return {id[:end] for id in found for end in range(1, len(id) + 1)} & self.entries.keys()

    def of_texts(self, text: str, state: Mapping[str, Any]) -> str | None:
        """Return the part of the ledger that a text and a state of filters tie; None for all of it."""
        if not self.ledger:
            return None
        text += json.dumps(state, default=str)
        part = _only(self.ledger, OF_LEDGER)
        part["entries"] = [
            _only(self.entries[id], OF_ENTRY) for id in sorted(self._tied(text), key=self._places.__getitem__)
        ]
        part["findings"] = [_only(each, OF_FINDING) for each in self.ledger.get("findings", [])]
        return json.dumps(part)

    @property
    def whole(self) -> str:
        """The hash of the whole ledger."""
        return file_hash(self.setting.ledger) if self.setting.ledger.is_file() else ""


def _only(given: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {key: given[key] for key in keys if key in given}
