"""Promises of what the numbers of findings are called: each edition has them in its own language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.findings.test_findings import market
from tests.support.some_facts import fact, facts, lookup
from tieout import findings
from tieout.findings import words
from tieout.relations import discover, evaluate

SOURCE = (Path(words.__file__).parent / "made.py").read_text("utf-8")
ENGLISH = re.compile(r"[A-Za-z]{2,}")


def labels(lang: str) -> dict[str, tuple[str, str]]:
    """Return the label and the note of each number that findings of every kind make."""
    shares = [
        fact(f"regions.{name}.share", value, "percent", "rounded", label=label)
        for name, value, label in (("first", "31", "Один"), ("second", "22", "Два"), ("other", "61", "Інші"))
    ]
    twice = fact("a.b", "2.5", "billion USD", label="Ринок", stated="$2.5 billion | $2.9B")
    rows = [*market(), *shares, twice]
    known = facts(rows)
    outcomes = [evaluate(relation, lookup(known)) for relation in discover(known)]
    found, _ = findings.collect(known, outcomes, lambda id: 0, {}, (), lang)
    return {
        str(each.quantity.id): (str(each.quantity.label), each.note) for one in found for each in one.made
    }


def test_a_ukrainian_edition_calls_every_number_of_a_finding_in_ukrainian() -> None:
    english, ukrainian = labels("en"), labels("uk")
    assert {*english} == {*ukrainian}
    own = {"Growth rate", "Growth rate of the world", "Lead over the world"}
    for id, (label, note) in ukrainian.items():
        for name in sorted(own, key=len, reverse=True):
            label = label.replace(name, "")
        assert not ENGLISH.search(label + note), (id, label, note)
        assert label != english[id][0] or label.startswith(tuple(own))


def test_a_number_is_called_by_what_the_relation_is_about() -> None:
    english = labels("en")
    assert english["finding.market-cagr.computed"] == ("Growth rate, computed", "")
    assert english["finding.market-cagr.over-5"][0] == "Growth rate, over 5 years"
    assert english["finding.market-cagr.needed-periods"][0].endswith("number of years that it would need")
    ukrainian = labels("uk")
    assert ukrainian["finding.market-cagr.computed"][0] == "Growth rate, обчислено"
    assert ukrainian["finding.market-cagr.periods-6"][1] == "Скільки років від 2024 до 2030"


@pytest.mark.parametrize("text", re.findall(r'said\(\s*lang, f?"([^"]+)"', SOURCE))
def test_every_text_has_ukrainian_words(text: str) -> None:
    told = [text.replace("{{about}}", "{about}")]
    told = (
        [told[0].replace("{told}", each) for each in ("one form", "the other form")]
        if "{told}" in text
        else told
    )
    told = (
        [told[0].replace("{_ENDS[each.kind]}", each) for each in ("first", "last")]
        if "_ENDS" in text
        else told
    )
    assert all(words.said("uk", each) != each for each in told)
