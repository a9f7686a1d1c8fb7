"""What the last build left of the ledger: each edition has its own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support import projects
from tieout.ledger.built import last_built
from tieout.project import Project


@pytest.mark.parametrize(("edition", "ids"), [("", ["main"]), ("uk", ["other"]), ("de", [])])
def test_an_edition_is_compared_with_its_own_last_build(tmp_path: Path, edition: str, ids: list[str]) -> None:
    project = Project.load(projects.create(tmp_path / "book", {"index.md": "# A\n"}))
    for folder, id in (("", "main"), ("uk", "other")):
        path = project.root / ".tieout" / folder / "ledger.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"entries": [{"id": id}]}), encoding="utf-8")
    ledger: Any = SimpleNamespace(project=replace(project, edition=edition))
    assert [each["id"] for each in last_built(ledger)] == ids
