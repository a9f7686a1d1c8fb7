"""Show: everything about one entry, from its value down to the rows and places that it rests on."""

from __future__ import annotations

import pytest

from tests.support import projects
from tieout.ledger import Ledger
from tieout.ledger.show import show
from tieout.problems import InputError

FACTS = projects.FACTS + 'share.range,"Share, from to",30-40,percent,rounded,2024,agency2026,1:p2,30–40%\n'
CODE = """\
import tieout as t

facts = t.facts()
multiple = t.record(
    "market.multiple", facts["market.2030"] / facts["market.2024"], label="Growth multiple", like="7.6-fold"
)
t.record("market.excess", multiple - 1, label="Growth beyond one", like="6.6", note="One is no growth.")
half = t.assume("scenario.half", "0.5", "percent", label="Prevalence", why="a common one")
t.record("market.sum", multiple + facts["devices.count"] * multiple, label="A sum", like="1,232")
"""
TEXT = """\
#:# Market

Of [\\$2.5 billion](tie:market.2024) in [2024](tie:market.2024:year), [7.6-fold](tie:market.multiple);
[](tie:market.multiple).
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    root = tmp_path_factory.mktemp("show") / "report"
    caption = '#| label: fig-x\n#| fig-cap: "A path"\n#| fig-alt: "To [$2.5 billion](tie:market.2024)"\n1 + 1'
    chapters = {"index.qmd": "# Home\n\nText.\n", "chapters/two.ipynb": [TEXT, CODE, caption]}
    return Ledger.load(projects.create(root, chapters, FACTS))


def test_a_fact_shows_value_interval_source_and_places(ledger: Ledger) -> None:
    lines = show(ledger, "market.2024").split("\n")
    prose, page = "chapters/two.ipynb:10 (cell 1 (part-0))", "chapters/two.html"
    assert lines[0] == "market.2024: Market size, 2024"
    assert [" ".join(line.split()) for line in lines[1:]] == [
        "value $2.5 billion",
        "interval between $2.45 and $2.55 billion",
        "qualifier rounded",
        "kind stated, data/facts.csv:2",
        "from stated in Example Agency (2026), section 1, paragraph 1; table 1, row 1, column 2",
        f"source agency2026: {ledger.facts.bibliography['agency2026'].citation}",
        "stated 1:p1: $2.5 billion",
        "1:t1:r1:c2: $2.5B",
        "columns year 2024",
        "enters market.multiple",
        f"shown {prose} → {page}#use-market.2024-1: “$2.5 billion”",
        f"{prose} → {page}#use-market.2024:year-1: “2024”, its year",
        f"chapters/two.ipynb:{_line(ledger, 'fig-alt')} (cell 3 (part-2), alternative text) "
        "→ chapters/two.html: “$2.5 billion”",
    ]


def test_a_formula_goes_down_to_facts_with_their_rows_and_locators(ledger: Ledger) -> None:
    said = show(ledger, "market.excess")
    lines = said.split("\n")
    tree = lines[lines.index("  formula") + 1 :][:4]
    assert tree == [
        "    Growth beyond one (market.excess): 7.56 − 1 = 6.56, between 6.39 and 6.73",
        "      Growth multiple (market.multiple): $18.9 billion ÷ $2.5 billion = 7.56, between 7.39 and 7.73",
        "        Market size, 2030 (market.2030): $18.9 billion, between $18.85 and $18.95 billion "
        "(data/facts.csv:3; stated in Example Agency (2026), section 1, paragraph 1)",
        "        Market size, 2024 (market.2024): $2.5 billion, between $2.45 and $2.55 billion "
        "(data/facts.csv:2; stated in Example Agency (2026), section 1, paragraph 1; "
        "table 1, row 1, column 2)",
    ]
    assert "qualifier  projected" in said
    assert "note       One is no growth." in said
    assert "shown      nowhere" in said


def test_what_stands_twice_in_a_tree_is_spelt_out_once(ledger: Ledger) -> None:
    said = show(ledger, "market.sum")
    assert said.count("$18.9 billion ÷ $2.5 billion") == 1
    assert "(devices.count): 162 (data/facts.csv:5" in said


def test_names_ranges_and_assumptions_are_shown_as_what_they_are(ledger: Ledger) -> None:
    assert "value      “Beijing”" in show(ledger, "region.first")
    assert "interval   between 25% and 45%" in show(ledger, "share.range")
    assumed = show(ledger, "scenario.half")
    assert "kind       assumed, chapters/two.ipynb:" in assumed and "note       a common one" in assumed


def test_a_column_leads_to_its_row(ledger: Ledger) -> None:
    assert show(ledger, "tie:market.2024:year") == show(ledger, "market.2024")


def test_an_unknown_id_names_the_nearest(ledger: Ledger) -> None:
    with pytest.raises(InputError, match=r"market\.2025.*did you mean market\.2024"):
        show(ledger, "market.2025")


def _line(ledger: Ledger, text: str) -> int:
    lines = (ledger.project.root / "chapters" / "two.ipynb").read_text().split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)
