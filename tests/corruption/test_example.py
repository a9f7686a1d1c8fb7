"""The proof for computed numbers: the example is built, audited, and changed in every sort of place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.corruption import changes, files, pages
from tests.corruption.changes import Change
from tests.corruption.proving import (
    ALL,
    SAMPLE,
    chosen,
    ledger_check,
    problems_of,
    prose_check,
    prove,
    survivors,
)
from tests.support import example
from tests.support.shared import once
from tieout.audit.against import Audit
from tieout.checks import outputs
from tieout.ledger import Ledger
from tieout.workspace import Workspace

pytestmark = example.needs_libraries
Record = Callable[[str, object], None]
TABLE = "data/penguins.csv"
NOTEBOOKS = ("index.ipynb", "size.ipynb", "model.ipynb")
SORTS = 5  # of changes beside the pages, of each kind


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built once for all workers; look, do not touch."""
    return once(tmp_path_factory, "built-example", example.build)


@pytest.fixture(scope="module")
def copy(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the example is made from, to be changed and put back."""
    target = tmp_path_factory.mktemp("example") / "report"
    shutil.copytree(made, target, ignore=shutil.ignore_patterns("_site"))
    return target


@pytest.fixture(scope="module")
def audit(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """A copy of the built example, read; its files can be changed and put back."""
    target = tmp_path_factory.mktemp("example-site") / "report"
    shutil.copytree(made, target)
    return Audit.of(Ledger.load(target))


def test_all_its_numbers_are_tied_and_computed(made: Path) -> None:
    said = (made / "said.txt").read_text(encoding="utf-8")
    warnings = [line for line in said.splitlines() if "warning" in line]
    assert all("runs off the page" in line for line in warnings)
    assert "74 of 74 numbers tied" in said
    ledger = Ledger.load(made)
    assert {entry.kind for entry in ledger.values() if not entry.id.endswith(".ci")} == {"computed"}
    assert {f"effect.flipper.{part}" for part in ("se", "low", "high", "statistic", "df", "p", "n")} <= set(
        ledger
    )
    assert len([id for id in ledger if id.startswith("mean.")]) == 12
    assert (made / "_site" / "penguins.pdf").is_file()


def test_as_it_is_it_has_no_errors(copy: Path, audit: Audit) -> None:
    for check in (prose_check, ledger_check):
        assert [str(problem) for problem in problems_of(check, copy)] == []
    assert pages.caught(audit, None) == []


def test_a_tied_number_changed_in_a_notebook(copy: Path, record_property: Record) -> None:
    tried = chosen((change for name in NOTEBOOKS for change in changes.tied_numbers(copy, name)), SAMPLE * 3)
    prove(record_property, "example: tied numbers", tried, survivors(copy, tried, prose_check))


def test_a_number_changed_in_its_table_of_means(copy: Path, record_property: Record) -> None:
    tried = chosen(changes.table_numbers(copy, "size.ipynb"))
    prove(record_property, "example: numbers in the table", tried, survivors(copy, tried, prose_check))


def test_a_number_changed_in_its_data(copy: Path, record_property: Record) -> None:
    """What a computed number was read from is another file then, and every number of it is in doubt."""
    tried = chosen(changes.cells_of_data(copy, TABLE))[:20]
    left = []
    for change in tried:
        (copy / TABLE).write_text(change.text, encoding="utf-8")
        try:
            said = " ".join(map(str, problems_of(ledger_check, copy)))
        finally:
            (copy / TABLE).write_text(change.base, encoding="utf-8")
        left += [] if all(f"{name}:" in said and TABLE in said for name in NOTEBOOKS) else [change.place]
    prove(record_property, "example: cells of data", tried, left)


def test_a_digit_changed_in_a_stored_quantity(made: Path, tmp_path: Path, record_property: Record) -> None:
    """However far behind the point it stands: what runs again names each cell. One run is shared by all."""
    copy = tmp_path / "report"
    shutil.copytree(made, copy, ignore=shutil.ignore_patterns("_site"))
    config = copy / "_quarto.yml"
    kept = [
        line
        for line in config.read_text().splitlines()
        if "size.ipynb" not in line and "model.ipynb" not in line
    ]
    config.write_text("\n".join(kept) + "\n", encoding="utf-8")
    path = copy / "index.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    changed = [number for number, cell in enumerate(book["cells"], start=1) if _other(cell)]
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    found = " ".join(map(str, outputs.check(Workspace.load(copy), execute=True).errors))
    left = [str(number) for number in changed if f"cell {number} " not in found]
    assert len(changed) == 4
    prove(record_property, "example: stored quantities", changed, left)


def _other(cell: dict[str, Any]) -> bool:
    """Change the last digit of the last number that a cell records; whether there is one."""
    entries = [output["data"].get(changes.ENTRY) for output in cell.get("outputs", [])]
    for entry in reversed([entry for entry in entries if entry and entry["unit"] != "text"]):
        value = entry["value"]
        entry["value"] = value[:-1] + str((int(value[-1]) + 5) % 10)
        return True
    return False


@pytest.mark.parametrize("kind", pages.KINDS, ids=lambda kind: kind.__name__)
def test_a_page_changed_after_it_was_built(
    audit: Audit, kind: Callable[[Audit, str], Iterator[Change]], record_property: Record
) -> None:
    tried = chosen((change for name in sorted(audit.site.pages) for change in kind(audit, name)), SAMPLE * 2)
    if not tried:
        pytest.skip("the pages have none")
    left = [f"{change.path}: {change.place}" for change in tried if not pages.caught(audit, change)]
    prove(record_property, f"example: {kind.__name__} of pages", tried, left)


@pytest.mark.parametrize("kind", files.KINDS, ids=lambda kind: kind.__name__)
def test_a_file_changed_beside_the_pages(
    audit: Audit, kind: Callable[[Path], Iterator[files.Damage]], record_property: Record
) -> None:
    every = list(kind(audit.folder))
    tried = every if ALL else every[:: max(1, len(every) // SORTS)]
    if not tried:
        pytest.skip("the example has none")
    left = [damage.path for damage in tried if not files.caught(audit, damage)]
    record_property("corruption", (f"example: {kind.__name__} of files", len(tried), len(tried) - len(left)))
    assert left == []
