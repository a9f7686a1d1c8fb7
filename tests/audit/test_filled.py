"""What a page shows for a tie without text: the entry's own display, a cell of its row, or nothing."""

from __future__ import annotations

import pytest

from tests.support import projects
from tieout.audit.against import display
from tieout.ledger import Ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return Ledger.load(projects.create(tmp_path_factory.mktemp("filled"), {"index.md": "# Home\n"}))


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("market.2024", "$2.5 billion"),
        ("market.2024:year", "2024"),
        ("market.2024:period", "2024"),
        ("market.gone", ""),
        ("market.2024:gone", ""),
    ],
)
def test_an_empty_tie_is_filled_from_the_ledger(ledger: Ledger, target: str, shown: str) -> None:
    assert display(ledger, target) == shown
