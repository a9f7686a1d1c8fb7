"""Two pages of statistical writing: every tie in them agrees, and nothing else is taken for a number."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tieout import numerals
from tieout.ledger import differs
from tieout.markdown import scan
from tieout.numbers import Quantity, span
from tieout.prose import surroundings, untied

PAGES = Path(__file__).with_name("statistics.md").read_text(encoding="utf-8").split("\n\n")
NUMBERS = {
    "trial.n": "1234", "trial.count": "617", "score.mean": "3.4187", "score.sd": "0.9123",
    "score.median": "3", "score.q1": "2", "score.q3": "5", "effect": "2.5", "effect.se": "0.321",
    "effect.low": "1.86", "effect.high": "3.14", "effect.statistic": "7.7882", "effect.df": "78",
    "effect.p": "2.5e-11", "effect.n": "80", "effect.r2": "0.8712", "anova.statistic": "5.2134",
    "anova.df": "1", "anova.df2": "28", "anova.p": "0.03023", "table.statistic": "4.1", "table.df": "2",
    "table.n": "88", "table.p": "0.1287", "smoking": "1.45", "smoking.low": "1.21", "smoking.high": "1.79",
    "smoking.p": "0.0000313", "link": "0.4512", "link.df": "57", "link.p": "0.00033", "odds": "3.04",
    "rare": "0.25", "rank": "3", "level": "95", "none.p": "0.6213", "size": "0.4512", "smokers.total": "48",
    "smokers.count": "12",
}  # fmt: skip
UNITS = {"wait": ("42", "minute"), "hour": ("1", "hour"), "trial.share": ("50", "percent"),
         "smokers.share": ("25", "percent")}  # fmt: skip
START = "2024-03-12T09:05:00"
HEADS = {"anova": "anova.statistic", "table": "table.statistic"}


def entries() -> dict[str, Quantity]:
    found = {id: Quantity.computed(Decimal(text), exact=True).named(id) for id, text in NUMBERS.items()}
    found |= {
        id: Quantity.computed(Decimal(text), unit, exact=True).named(id) for id, (text, unit) in UNITS.items()
    }
    found["effect.ci"] = replace(
        span(found["effect.low"], found["effect.high"]).named("effect.ci"), level=Decimal(95)
    )
    found["score.iqr"] = span(found["score.q1"], found["score.q3"]).named("score.iqr")
    return found


ENTRIES = entries()


def family(id: str) -> dict[str, Quantity]:
    base = id if any(name.startswith(f"{id}.") for name in ENTRIES) else id.rpartition(".")[0]
    own = {"": ENTRIES[base]} if base in ENTRIES else {}
    return own | {
        name.removeprefix(f"{base}."): each for name, each in ENTRIES.items() if name.startswith(f"{base}.")
    }


@pytest.mark.parametrize("page", PAGES)
def test_statistical_prose_raises_no_alarm(page: str) -> None:
    found = scan(page)
    for tie in found.ties:
        around = surroundings(found, tie)
        if tie.id == "start":
            assert not differs(tie.shown, START), tie.shown
            continue
        quantity = ENTRIES[HEADS.get(tie.id, tie.id)]
        wrong = numerals.agrees(tie.shown, quantity, "en", around, family(HEADS.get(tie.id, tie.id)))
        assert wrong is None, (tie.shown, wrong)
        assert not numerals.reversed_by(quantity, around, ENTRIES.get), tie.shown
    bare = [each.text for each in untied(page)]
    assert bare == ([".05"] if "None of the other" in page else []), bare
