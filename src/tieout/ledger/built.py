"""What the last build left of the ledger: each entry as it was published, or about to be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tieout.ledger.ledger import Ledger

KEPT = "ledger.json"  # in the folder of work, each edition its own


def last_built(ledger: Ledger) -> list[Mapping[str, Any]]:
    """Return the entries of the last build that agreed, as its `ledger.json` has them; none for no build."""
    path = ledger.project.work / KEPT
    try:
        held = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError):
        return []
    entries = held.get("entries") if isinstance(held, Mapping) else None
    return [each for each in entries if isinstance(each, Mapping)] if isinstance(entries, list) else []
