"""What readers are told of the cell that computed a number: the section it stands in, and its own code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import projects
from tieout.ledger import Ledger
from tieout.ledger.cells import Place, code_of, place_of
from tieout.ledger.publication import ledger_json

N = 't.record("a.n", n, label="N")'
MANY = f"""\
%matplotlib inline
n = len(rows)
{N}
t.record(
    "a.m",
    n + 1,  # one more
    label="M",
)
# the ends
ends = t.interval("a.ci", 1, 2, label="Ends")
half = t.record("a.half", n / 2, label="Half")
print(half)"""


def test_the_code_of_a_number_has_no_other_records() -> None:
    half = 'half = t.record("a.half", n / 2, label="Half")\nprint(half)'
    assert code_of(MANY, "a.n") == f"%matplotlib inline\nn = len(rows)\n{N}\n# the ends\n{half}"
    assert N not in code_of(MANY, "a.m") and "n + 1,  # one more" in code_of(MANY, "a.m")
    assert 't.interval("a.ci"' in code_of(MANY, "a.ci.low")


@pytest.mark.parametrize(
    "code",
    [
        f"{N}; print(n)",
        f"for n in range(3):\n    {N}",
        't.record(f"a.{n}", n, label="N")',
        f"if n:\n    {N}",
        "n = (",
        'a = t.record("a.n", n, label="N")\nb = t.record("a.b", a * 2, label="B")\nprint(b)',
    ],
)
def test_code_that_more_than_records_stays_whole(code: str) -> None:
    assert code_of(code, "a.other") == code


def test_what_only_another_record_takes_goes_with_it() -> None:
    code = 'a = t.record("a.n", n, label="N")\nb = t.record("a.b", a * 2, label="B")\nn'
    assert code_of(code, "a.n") == 'a = t.record("a.n", n, label="N")\nn'
    assert code_of(code, "a.b") == code


def placed(tmp_path: Path, *cells: str) -> dict[str, Place]:
    """Return where readers find the cell of each entry of a notebook that shows no code."""
    root = projects.create(tmp_path / "report", {"index.ipynb": ["#:# A title"]})
    (root / "index.ipynb").write_text(projects.run(root, *cells), encoding="utf-8")
    ledger = Ledger.load(root)
    assert not ledger.problems
    for entry in ledger_json(ledger)["entries"]:
        if entry["kind"] == "computed":
            assert ("that shows nothing" in entry["origin"]) is not place_of(
                ledger[entry["id"]], ledger
            ).is_shown
    return {id: place_of(entry, ledger) for id, entry in ledger.items() if entry.kind == "computed"}


def recorded(id: str, after: str = "", options: str = "") -> str:
    return f'{options}import tieout as t\n{after}t.record("{id}", 3, label="Three")'


def test_a_cell_is_told_by_its_section_and_by_whether_it_shows_anything(tmp_path: Path) -> None:
    found = placed(
        tmp_path,
        "#:# A title",
        recorded("first"),
        "#:## Masses {#sec-masses}\n\nText.\n\n### Of [2024](tie:first)",
        recorded("second", 'from tieout.authoring.display import emit\nemit({"text/plain": "3"})\n'),
        recorded("third", options="#| echo: true\n"),
        recorded("fourth", 'emit({"text/plain": "3"})\n', options="#| output: false\n"),
    )
    assert found == {
        "first": Place("", is_shown=False),
        "second": Place("Of 2024"),
        "third": Place("Of 2024"),
        "fourth": Place("Of 2024", is_shown=False),
    }


def test_the_section_is_told_in_the_origin(tmp_path: Path) -> None:
    root = projects.create(tmp_path / "report", {"index.ipynb": ["#:# A title"]})
    cells = ("#:# A title", "#:## Masses", recorded("a.n", options="#| echo: true\n"))
    (root / "index.ipynb").write_text(projects.run(root, *cells), encoding="utf-8")
    (entry,) = [each for each in ledger_json(Ledger.load(root))["entries"] if each["id"] == "a.n"]
    assert entry["origin"] == "computed by a cell of “Masses” in “A title”"
