"""Results for machines say what the text says."""

from __future__ import annotations

import json

import pytest

from tieout import formats
from tieout.problems import Count, Problem, Report

DISAGREES = Problem(
    "7.5 is not 7.56, rounded",
    "run `tieout update`",
    path="chapters/02-market.ipynb",
    line=41,
    id="market.multiple",
    rule="disagrees",
)
UNUSED = Problem("nothing uses it: 100%, all", path="data/market.csv", rule="unused", severity="warning")
REPORTS = [
    Report("prose", [Count("numbers tied", 11, 12)], [DISAGREES]),
    Report("ledger", [Count("entries used", 9, 10)], [UNUSED]),
]


def test_json_carries_counts_and_problems() -> None:
    document = json.loads(formats.as_json(REPORTS))
    assert document["ok"] is False
    prose, ledger = document["checks"]
    assert prose["counts"] == [{"label": "numbers tied", "passed": 11, "total": 12}]
    assert prose["problems"][0]["id"] == "market.multiple"
    assert ledger["ok"] is True


def test_sarif_names_rule_file_and_line() -> None:
    run = json.loads(formats.as_sarif(REPORTS))["runs"][0]
    result = run["results"][0]
    assert result["ruleId"] == "prose/disagrees"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "chapters/02-market.ipynb"
    assert place["region"]["startLine"] == 41
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"prose/disagrees", "ledger/unused"}


def test_github_commands_are_escaped() -> None:
    first, _, second, _ = formats.as_github(REPORTS).splitlines()
    assert first.startswith("::error file=chapters/02-market.ipynb,line=41,title=prose/disagrees::7.5 is not")
    assert second == "::warning file=data/market.csv,title=ledger/unused::nothing uses it: 100%25, all"


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_every_form_ends_in_one_newline(form: str) -> None:
    text = formats.render(REPORTS, form)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_a_pass_over_nothing_is_not_a_pass() -> None:
    assert not Report("prose").ok
    assert not Report("prose", [Count("numbers tied", 0, 0)]).ok
    assert Report("prose", [Count("numbers tied", 1, 1)]).ok
