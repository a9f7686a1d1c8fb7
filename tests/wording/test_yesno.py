"""Two rows exchanged: true and false of a column, one letter each, one before its number and one behind."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import tieout as t
df = pd.DataFrame({"visit_7d": [0, 1], "weekend": [False, True], "back": [22.0, 15.4], "rides": [2286, 1569]})
by_visit, means = df.groupby("visit_7d").back.mean(), df.groupby("weekend").rides.mean()
t.record("rate.visit-7d-0", by_visit.loc[0], "Rate, visit 7d 0", unit="percent")
t.record("rate.visit-7d-1", by_visit.loc[1], "Rate, visit 7d 1", unit="percent")
t.record("ratio", by_visit.loc[0] / by_visit.loc[1], "Ratio", like="1.4 times")
t.record("rides.true", means.loc[True], "Mean of rides, weekend true")
t.record("rides.false", means.loc[False], "Mean of rides, weekend false")
t.record("wet", 59, "Number, wet true")
t.record("dose", 12, "Patients, dose 1")
t.record("by-sex", 15.5, "F", unit="percent")
t.record("by-sex-2", 23, "M", unit="percent")
t.record("gap", 1.3, "C", unit="percent")
t.record("gap-2", 7.3, "D", unit="percent")
t.record("pay.man", 24.11, "Median of Man, 2024", unit="GBP / hour")
t.record("pay.woman", 18.01, "Median of Woman, 2024", unit="GBP")
t.record("rate.copd", 22.7, "Rate, COPD", unit="percent")
t.record("rate.asthma", 15.9, "Rate, asthma", unit="percent")
"""
NONE, SOME, RATIO = "[22%](tie:rate.visit-7d-0)", "[15.4%](tie:rate.visit-7d-1)", "[1.4 times](tie:ratio)"
END, DAY = "[1,569](tie:rides.true)", "[2,286](tie:rides.false)"
F, M, C, D = "[15.5%](tie:by-sex)", "[23%](tie:by-sex-2)", "[1.3%](tie:gap)", "[7.3%](tie:gap-2)"
HE, SHE = "[£24.11](tie:pay.man) an hour", "[£18.01](tie:pay.woman)"
COPD, ASTHMA = "[22.7%](tie:rate.copd)", "[15.9%](tie:rate.asthma)"
RIGHT = [
    f"With a visit it is {SOME}, without one {NONE}.", f"It is {SOME} with a visit and {NONE} without it.",
    f"It was {NONE} without a visit.", f"The risk is {RATIO} as high without a visit as with it.",
    f"The risk is {RATIO} as high with no visit as with one.", f"It is {SOME} with others.",
    f"They took {DAY} on weekdays and {END} on Saturdays and Sundays.",
    f"At weekends it was {END}, less than on weekdays.",
    "There were [12](tie:dose) without dose adjustments.",
    "On [59](tie:wet) wet days it was less.", "Of all, [59](tie:wet) were not dry.",
    f"On weekdays they took {DAY}, compared with {END} at weekends.",
    f"It was {END} against {DAY} on weekdays.",
    f"Women came back less often than men ({F} against {M}).",
    f"Fewer women than men came back ({F} versus {M}).",
    f"The gap is {C} in grade C and {D} in grade D.", f"It is {C} in C, {D} in D.",
    f"The median man earned {HE} and the median woman {SHE}.",
    f"Patients with COPD had {COPD}, compared with {ASTHMA} for asthma.",
    f"Asthma, unlike COPD, had {ASTHMA}, compared with {COPD} for COPD.",
    f"Asthma patients had fewer than COPD, {ASTHMA}, compared with {COPD} there.",
]  # fmt: skip
WRONG = [
    (f"With a visit it is {SOME}, and {NONE} with it.", "meant"),
    (f"It was {SOME} without a visit.", "meant"),
    (f"The risk is {RATIO} as high with a visit.", "meant"),
    (f"They took {DAY} on Saturdays and Sundays and {END} on weekdays.", "meant"),
    ("On [59](tie:wet) dry days it was less.", "meant"),
    (f"Women were readmitted more often than men ({M} against {F}).", "turned"),
    (f"The gap is {C} in grade D and {D} in grade C.", "meant"),
    (f"The median woman earned {HE} and the median man {SHE}.", "meant"),
    (f"Patients with asthma had {COPD}, compared with {ASTHMA} for COPD.", "meant"),
]  # fmt: skip


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    texts = [*RIGHT, *(text for text, _ in WRONG)]
    return rules_of(tmp_path_factory.mktemp("rows"), texts, LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_rows_in_their_own_places_are_left_alone(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == []


@pytest.mark.parametrize(("text", "rule"), WRONG)
def test_rows_in_each_others_places_are_suspicious(text: str, rule: str, rules: dict[str, list[str]]) -> None:
    assert set(rules[text]) == {rule}
