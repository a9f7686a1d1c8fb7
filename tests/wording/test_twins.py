"""Numbers that were got from a cell of a table: the others of the table stand beside them too."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import tieout as t
tumour = pd.DataFrame(
    {"malignant": [17.463, 115.365, 978.376], "benign": [12.147, 78.075, 462.79]},
    index=["mean radius", "mean perimeter", "mean area"],
)
t.table(tumour, ids="tumour.{index}.{column}")
t.record("study.malignant.mean-radius", 17.46283, "Malignant, study, mean radius")
t.record("study.benign.mean-radius", 12.1465, "Benign, study, mean radius")
t.record("study.width", 17.46283, "Width of them")
"""
MALIGNANT = "[17.46](tie:study.malignant.mean-radius)"
BENIGN = "[12.15](tie:study.benign.mean-radius)"
TRUE = [
    f"Malignant tumours had a mean radius of {MALIGNANT}.", f"They had a mean of {MALIGNANT}.",
    f"Unlike their perimeter it came to {MALIGNANT}.",
    f"At the same perimeter malignant ones had {MALIGNANT}.",
    f"Their perimeter says so, and the radius of {MALIGNANT} too.", f"Benign ones had {BENIGN}.",
    "They had a perimeter of [17.46](tie:study.width).",
]  # fmt: skip
FALSE = [
    f"Malignant tumours had a mean perimeter of {MALIGNANT}.", f"In area they came to {BENIGN}.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("twins"), [*TRUE, *FALSE], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_a_number_called_as_its_cell_is_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_a_number_called_as_another_cell_of_its_table_is_named(
    text: str, found: dict[str, list[str]]
) -> None:
    assert found[text] == ["meant"]
