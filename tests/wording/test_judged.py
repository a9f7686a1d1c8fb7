"""The best, the worst, the fastest and the slowest, against the stored table of their number."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of_run

READ = """\
import pandas as pd
import tieout as t

monthly = pd.DataFrame({"mean": [40.4, 33.4, 23.3, 31.7], "sales": [8.1, 9.4, 12.5, 7.7]})
monthly["speed"] = [31, 38, 52, 44]
monthly.index = ["2023-02", "2023-06", "2023-10", "2024-02"]
monthly"""
RECORD = """\
t.record("mean.2023-02", monthly.loc["2023-02", "mean"], "Mean of 2023-02", unit="minute")
t.record("mean.2023-10", monthly.loc["2023-10", "mean"], "Mean of 2023-10", unit="minute")
t.record("sales.2023-10", monthly.loc["2023-10", "sales"], "Sales of 2023-10", like="12.5")
t.record("sales.2024-02", monthly.loc["2024-02", "sales"], "Sales of 2024-02", like="7.7")
t.record("speed.2023-10", monthly.loc["2023-10", "speed"], "Speed of 2023-10")
sites = pd.DataFrame({"wait": [36.0, 27.4, 30.5]}, index=["Old Town", "Northside", "Riverside"])
t.record("wait.old-town", sites.loc["Old Town", "wait"], "Wait, Old Town", unit="minute", like="36.0 minutes")
t.record("wait.northside", sites.loc["Northside", "wait"], "Wait, Northside", unit="minute")
sites"""
WARDS = """\
wards = pd.DataFrame({"n": [257, 133, 170], "cost": [7300, 4100, 5500], "conversion": [0.17, 0.1, 0.12]})
wards.index = ["Surgery", "Oncology", "Cardiology"]
t.record("cost.surgery", wards.loc["Surgery", "cost"], "Mean cost, Surgery", unit="EUR", like="€7,300")
t.record("cost.oncology", wards.loc["Oncology", "cost"], "Mean cost, Oncology", unit="EUR", like="€4,100")
t.record("n.surgery", wards.loc["Surgery", "n"], "Stays, Surgery")
t.record("n.oncology", wards.loc["Oncology", "n"], "Stays, Oncology")
t.record("rate.surgery", wards.loc["Surgery", "conversion"], "Conversion, Surgery", like="17%")
wards"""
feb, october = "[40.4 minutes](tie:mean.2023-02)", "[23.3 minutes](tie:mean.2023-10)"
most, least, speed = "[12.5](tie:sales.2023-10)", "[7.7](tie:sales.2024-02)", "[52](tie:speed.2023-10)"
old, north = "[36.0 minutes](tie:wait.old-town)", "[27.4 minutes](tie:wait.northside)"
TRUE = [
    "Surgery is the most expensive ward. Its stays cost [€7,300](tie:cost.surgery).",
    "Oncology was the cheapest ward, with a mean cost of [€4,100](tie:cost.oncology).",
    "The largest ward was Surgery, with [257](tie:n.surgery) stays.",
    "The smallest ward was Oncology, with [133](tie:n.oncology) stays.",
    "The cheapest ward is not Surgery. Its stays cost [€7,300](tie:cost.surgery).",
    "Surgery healed best, at [17%](tie:rate.surgery).",
    f"The worst month was February 2023, with a mean wait of {feb}.",
    f"The best month was October 2023, with a mean wait of {october}.",
    f"The best month was October 2023, with sales of {most}.",
    f"The worst month was February 2024, with sales of {least}.",
    f"The best month for a visit was not February 2023, with a mean wait of {feb}.",
    f"The second best month was February 2023, with a mean wait of {feb}.",
    f"The best month was February 2023, with a mean of {feb}.",
    f"The fastest month was October 2023, with a speed of {speed}.",
    f"Old Town is the slowest site. Its patients waited {old} on average.",
    f"Northside is the fastest site. Its patients waited {north}.",
    f"Northside is the best site. Its mean wait is {north}.",
    f"Old Town is not the fastest site. Its patients waited {old}.",
    f"Old Town is the best site by the river. Its patients waited {old}, as they like it there.",
]  # fmt: skip
FALSE = [
    "Surgery is the cheapest ward. Its stays cost [€7,300](tie:cost.surgery).",
    "Oncology was the most expensive ward, with a mean cost of [€4,100](tie:cost.oncology).",
    "The smallest ward was Surgery, with [257](tie:n.surgery) stays.",
    "The largest ward was Oncology, with [133](tie:n.oncology) stays.",
    "Surgery converted worst, at [17%](tie:rate.surgery).",
    f"The best month was February 2023, with a mean wait of {feb}.",
    f"The worst month was October 2023, with a mean wait of {october}.",
    f"The worst month was October 2023, with sales of {most}.",
    f"The best month was February 2024, with sales of {least}.",
    f"The slowest month was October 2023, with a speed of {speed}.",
    f"Old Town is the fastest site. Its patients waited {old} on average.",
    f"Northside is the slowest site. Its patients waited {north}.",
    f"Northside is the worst site. Its mean wait is {north}.",
    f"Old Town remains the best site. Its mean wait is {old}.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one notebook."""
    return rules_of_run(tmp_path_factory.mktemp("judged"), [*TRUE, *FALSE], READ, RECORD, WARDS)


@pytest.mark.parametrize("text", TRUE)
def test_a_judgement_that_may_be_true_is_silent(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_the_other_judgement_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["rank"]
