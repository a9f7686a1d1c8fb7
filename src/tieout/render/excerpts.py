"""What a chapter needs of the ledger: the filter of ties would read the whole, which may be large."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tieout.render.draft import Setting

PLAIN = re.compile(r"[\w.-]+", re.ASCII)


@dataclass(frozen=True)
class Excerpts:
    """Writes a ledger for each chapter, with the entries whose ids its text has, and everything else.

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
        entries = [entry for id, entry in self.entries.items() if f"tie:{id}" in text]
        path = self.setting.folder / f"{name.replace('/', '-')}-ledger.json"
        path.write_text(json.dumps({**self.ledger, "entries": entries}), encoding="utf-8")
        return path
