"""What several recorded lines share is named once, and is known again by its name."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.support import analyses
from tieout.notebooks import Notebook
from tieout.suggest.outputs import Outputs
from tieout.suggest.shared import named, names_before

BOTH = [
    't.record("a", df.groupby("kind").mass.mean().loc["a"], label="Mass, a")',
    't.record("b", df.groupby(\'kind\').mass.mean().loc["b"] - df.groupby("kind").mass.mean().loc["a"])',
]


def test_a_frame_that_lines_share_gets_the_name_of_what_it_is_made_by() -> None:
    assert named(BOTH, {}, ["df"]) == [
        'by_kind = df.groupby("kind").mass.mean()',
        't.record("a", by_kind.loc["a"], label="Mass, a")',
        't.record("b", by_kind.loc["b"] - by_kind.loc["a"])',
    ]
    assert named(BOTH, {}, ["by_kind"])[0].startswith("by_kind_2 = ")
    assert named(BOTH[:1], {}, []) == BOTH[:1], "one line that needs it needs no name"


def test_a_name_that_the_cell_has_given_is_used() -> None:
    body = ast.parse('mean = df.groupby("kind").mass.mean()\nmean.loc["a"]').body
    assert named(BOTH[:1], names_before(body, 2), []) == ['t.record("a", mean.loc["a"], label="Mass, a")']
    again = ast.parse('mean = df.groupby("kind").mass.mean()\nmean = 3\nmean').body
    assert not names_before(again, 3), "what is given twice is no name for either"


def test_sums_and_lines_within_loops_stay_whole() -> None:
    times = 't.record("a", (pd.crosstab(df.kind, df.late, normalize="index") * 100).loc["a", 1])'
    assert named([times, times.replace('"a"', '"b"')], {}, []) == [
        'shares = pd.crosstab(df.kind, df.late, normalize="index") * 100',
        't.record("a", shares.loc["a", 1])',
        't.record("b", shares.loc["b", 1])',
    ]
    within = ['    t.record(f"{kind}", part.describe().loc["mean"], f"{kind}")'] * 2
    assert named(within, {}, []) == within


def test_what_a_name_holds_is_known_again(tmp_path: Path) -> None:
    """What has been recorded by a name is the output that it was: nothing proposes it a second time."""
    shown = 'penguins.groupby("species").mass.mean()'
    recorded = f'by_species = {shown}\nt.record("gentoo", by_species.loc["Gentoo"], "Gentoos")\n{shown}'
    root = analyses.project(
        tmp_path / "report", "#:# Birds\n\nGentoos.", analyses.READ, "class t:\n    record = print", recorded
    )
    known = Outputs.of(Notebook.load(root / "penguins.ipynb", root)).recorded
    assert "Gentoo" in known["gentoo"].expression
