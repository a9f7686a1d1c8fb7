"""A family is tied as a whole, suggested as a whole, and a family that contradicts itself is named once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support import projects
from tieout import numerals
from tieout.checks import families, prose
from tieout.checks import ledger as checking
from tieout.ledger import Ledger
from tieout.suggest import plan_suggestions, suggest
from tieout.update import plan

FIT = """\
from types import SimpleNamespace
import pandas as pd
import tieout as t

series = lambda *values: pd.Series(values, index=["Intercept", "treat"])
fit = SimpleNamespace(
    params=series(1.0, 2.5), bse=series(0.5, 0.321), tvalues=series(2.0, 2.5 / 0.321),
    pvalues=series(0.04, 2.417985e-11), conf_int=lambda: pd.DataFrame([[0, 2], [1.86, 3.14]]),
    nobs=80.0, df_resid=78.0,
)
t.record("effect", fit, "Effect of treatment", term="treat")
t.record("smokers", t.share(12, 48), "Smokers")
"""
SAID = (
    "#:# Home\n\nIt rose, [*b* = 2.50, 95% CI 1.86 to 3.14, *t*(78) = 7.79, *p* < .001](tie:effect), and"
    " [12 of 48 (25%)](tie:smokers) smoke."
)
BARE = (
    "#:# Home\n\nIt rose, *b* = 2.50, 95% CI 1.86 to 3.14, *t*(78) = 7.79, *p* < .001, and"
    " 12 of 48 (25%) smoke."
)


def project(root: Path, text: str) -> Ledger:
    return Ledger.load(projects.create(root, {"index.ipynb": [text, FIT]}))


def test_one_tie_holds_a_whole_expression(tmp_path: Path) -> None:
    ledger = project(tmp_path, SAID)
    assert not prose.check(ledger).errors
    report = checking.check(ledger)
    assert not report.problems, "members that another tie shows are used"
    assert "1 of 1 families agree inside" in map(str, report.counts)


@pytest.mark.parametrize(
    ("old", "new"),
    [("7.79", "7.97"), ("(78)", "(77)"), ("3.14", "3.41"), ("95%", "99%"), ("< .001", "> .001"),
     ("of 48", "of 47"), ("25%", "26%"), ("= 2.50", "= −2.50")],
)  # fmt: skip
def test_a_wrong_number_of_it_is_caught_and_brought_up_to_date(tmp_path: Path, old: str, new: str) -> None:
    wrong = SAID.replace(old, new)
    ledger = project(tmp_path, wrong)
    (problem,) = prose.check(ledger).errors
    assert problem.line and problem.id in ("effect", "smokers")
    changes = plan(ledger)
    assert not changes.problems
    changes.write()
    assert not prose.check(Ledger.load(tmp_path)).errors


def test_a_whole_expression_is_suggested_as_one_tie(tmp_path: Path) -> None:
    ledger = project(tmp_path, BARE)
    found = suggest(ledger)
    assert [(each.number.text, each.keys[:1]) for each in found] == [
        ("b = 2.50, 95% CI 1.86 to 3.14, t(78) = 7.79, p < .001", ("effect",)),
        ("12 of 48 (25%)", ("smokers",)),
    ]
    plan_suggestions(ledger.workspace, found).write()
    again = Ledger.load(tmp_path)
    assert not prose.check(again).errors and not suggest(again)


FACTS = """\
id,label,value,unit,qualifier,period,source,locator,stated
trial.estimate,"Effect",2.5,1,rounded,2024,agency2026,1:p1,2.5
trial.se,"Effect, standard error",0.32,1,rounded,2024,agency2026,1:p1,0.32
trial.t,"Effect, t",{t},1,rounded,2024,agency2026,1:p1,{t}
trial.df,"Effect, degrees of freedom",78,1,exact,2024,agency2026,1:p1,78
trial.p,"Effect, p-value",{p},1,rounded,2024,agency2026,1:p1,{p}
trial.low,"Effect, lower limit",1.9,1,rounded,2024,agency2026,1:p1,1.9
trial.high,"Effect, upper limit",{high},1,rounded,2024,agency2026,1:p1,{high}
arms.drug,"Treated",{drug},person,exact,2024,agency2026,1:p1,{drug}
arms.placebo,"Placebo",40,person,exact,2024,agency2026,1:p1,40
arms.missing,"Missing",2,person,exact,2024,agency2026,1:p1,2
arms.n,"All",84,person,exact,2024,agency2026,1:p1,84
"""
RIGHT = {"t": "7.8", "p": "0.000", "high": "3.1", "drug": "42"}


@pytest.mark.parametrize(
    ("wrong", "id", "words"),
    [
        ({}, "", ""),
        ({"t": "8.7"}, "trial", "over its error 0.32 is not the statistic 8.7"),
        ({"p": "0.031"}, "trial", "p = 0.031 does not follow from the statistic 7.8"),
        ({"high": "2.1"}, "trial", "do not hold the estimate 2.5"),
        ({"drug": "43"}, "arms", "its 3 parts add up to 85, and its total is 84"),
    ],
)
def test_a_family_that_contradicts_itself_is_one_problem(
    tmp_path: Path, wrong: dict[str, str], id: str, words: str
) -> None:
    facts = FACTS.format(**{**RIGHT, **wrong})
    root = projects.create(tmp_path, {"index.ipynb": ["#:# Home"]}, facts=facts)
    found = [each for each in checking.check(Ledger.load(root)).problems if each.rule == "family"]
    assert len(found) == bool(wrong)
    for problem in found:
        assert words in problem.what and (problem.id or "").startswith(f"{id}.")
        assert problem.path == "data/facts.csv" and problem.line and problem.hint
        assert problem.severity == "warning", "the source says it; the report repeats it truly"


def test_members_may_have_units_of_their_own(tmp_path: Path) -> None:
    facts = FACTS.format(**RIGHT)
    for name, unit in {"estimate": "percent", "se": "percentage_point", "high": "percent"}.items():
        start = facts.index(f"trial.{name},")
        facts = facts[:start] + facts[start:].replace(",1,rounded", f",{unit},rounded", 1)
    root = projects.create(tmp_path, {"index.ipynb": ["#:# Home"]}, facts=facts)
    assert not [each for each in checking.check(Ledger.load(root)).problems if each.rule == "family"]


def test_a_member_without_an_end_is_no_part_of_what_is_computed() -> None:
    def member(low: Decimal | None, high: Decimal | None) -> Any:
        interval = SimpleNamespace(low=low, high=high)
        return SimpleNamespace(quantity=SimpleNamespace(is_range=False, unit="1", interval=interval))

    open_end = {"estimate": member(Decimal(1), None), "se": member(None, Decimal(1))}
    assert families._parts({**open_end, "statistic": member(Decimal(2), Decimal(3))}) == {
        "statistic": (2.0, 3.0)
    }


NAMES = ("rate", "share", "total", "n", "count", "median", "mean", "se", "p", "max", "low", "age", "ratio")
MANY = FIT + "\n".join(f't.record("m.{name}", fit, "Slope", term="treat")' for name in NAMES)


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger whose estimates are called what parts of families can be called."""
    return Ledger.load(projects.create(tmp_path_factory.mktemp("terms"), {"index.ipynb": ["#:# Home", MANY]}))


@pytest.mark.parametrize("name", NAMES)
def test_an_estimate_is_one_whatever_its_id_ends_in(terms: Ledger, name: str) -> None:
    cell = terms.resolve(f"m.{name}")
    assert cell.quantity is not None

    def agrees(text: str) -> str | None:
        assert cell.quantity is not None
        return numerals.agrees(text, cell.quantity, family=cell.family)

    for true in ("p < .001", "SE 0.32", "n = 80", "2.5", "b = 2.50 (SE 0.321), t(78) = 7.79, p < .001",
                 "2.5 (95% CI 1.86 to 3.14)", "1.86 to 3.14"):  # fmt: skip
        assert agrees(true) is None, true
    for false in ("p > .001", "p = 2.5", "SE 2.5", "n = 2.5", "95% CI 2.5 to 3.14", "2.4", "SD 2.5"):
        assert agrees(false), false


def test_estimates_beside_each_other_are_no_family(terms: Ledger) -> None:
    assert set(terms.families.members("m")) == {"mean", "median"}, "that of a deviation beside it"
    assert not [each for each in checking.check(terms).problems if each.rule == "family"]


def test_a_mean_with_members_of_its_own_still_has_the_deviation_beside_it(tmp_path: Path) -> None:
    code = 'import tieout as t\nt.record("age.mean", 29.1, "Age")\nt.record("age.sd", 6.8, "SD")\n'
    code += 't.record("age.mean.se", 0.09, "SE")\nt.record("age.p", 0.3, "p")\nt.record("age.n", 40, "n")'
    ledger = Ledger.load(projects.create(tmp_path, {"index.ipynb": ["#:# Home", code]}))
    cell = ledger.resolve("age.mean")
    assert cell.quantity is not None
    shown = "M = 29.1 (SD 6.8, SE 0.09, n = 40)"
    assert numerals.agrees(shown, cell.quantity, family=cell.family) is None
    assert numerals.agrees(shown.replace("6.8", "6.9"), cell.quantity, family=cell.family)


def test_a_p_value_that_no_entry_stands_for_is_refused(tmp_path: Path) -> None:
    code = 'import tieout as t\nt.record("q.rate", -0.098, "Slope")\nt.record("q.rate.se", 0.2, "SE")\n'
    text = "#:# Home\n\n[p < 0.001](tie:q.rate) and [SE 0.2](tie:q.rate)."
    ledger = Ledger.load(projects.create(tmp_path, {"index.ipynb": [text, code]}))
    (problem,) = prose.check(ledger).errors
    assert "gives its p, and q.rate has no entry beside it" in problem.what
    assert not plan(ledger).changes
