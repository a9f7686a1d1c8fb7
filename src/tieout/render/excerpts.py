"""What a chapter needs of the ledger: it does not follow from the rest, which is large and changes often."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tieout.render.draft import Setting

# What the filter of ties reads.
OF_LEDGER = ("version", "lang", "ledger_page", "findings_page")
OF_ENTRY = ("id", "kind", "value", "display", "cells", "findings")
OF_FINDING = ("id", "kind", "works")
PLAIN = re.compile(r"[\w.-]+", re.ASCII)


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

    def file(self, name: str, *texts: Any) -> Path:
        """Return the ledger for a run of the filter: an excerpt under this name, by what the texts tie."""
        if not self.ledger:
            return self.setting.ledger
        text = json.dumps(texts, default=str)
        part = _only(self.ledger, OF_LEDGER)
        part["entries"] = [
            _only(entry, OF_ENTRY) for id, entry in self.entries.items() if f"tie:{id}" in text
        ]
        part["findings"] = [_only(each, OF_FINDING) for each in self.ledger.get("findings", [])]
        path = self.setting.folder / f"{name.replace('/', '-')}-ledger.json"
        path.write_text(json.dumps(part), encoding="utf-8")
        return path


def _only(given: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {key: given[key] for key in keys if key in given}
