"""The parts of a fitted model or a test enter the ledger together, and must not contradict each other."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pint
import pytest

import tieout as t
from tieout.authoring import session
from tieout.authoring.families import family
from tieout.notebooks import ENTRY
from tieout.problems import InputError

TERMS = ["Intercept", "treat"]


def series(*values: float) -> pd.Series:
    return pd.Series(values, index=TERMS)


def model(**other: Any) -> Any:
    """A fitted model, as statsmodels has one."""
    own = {
        "params": series(1.0, 2.5), "bse": series(0.5, 0.321), "tvalues": series(2.0, 2.5 / 0.321),
        "pvalues": series(0.04, 3.13e-105), "conf_int": lambda: pd.DataFrame([[0, 2], [1.86, 3.14]]),
        "nobs": 80.0, "df_resid": 78.0,
    }  # fmt: skip
    return SimpleNamespace(**{**own, **other})


ROW = pd.Series({"coef": 0.5, "exp(coef)": 1.6, "se(coef)": 0.25, "z": 2.0, "p": 0.0455})
PINGOUIN = pd.DataFrame({"T": [-0.2], "dof": [62.5], "p-val": [0.85], "CI95%": [np.array([-0.9, 0.8])]})
WHOLE = {
    "": 2.5, "se": 0.321, "low": 1.86, "high": 3.14, "level": 95,
    "statistic": 2.5 / 0.321, "df": 78, "p": 3.13e-105, "n": 80,
}  # fmt: skip
RESULTS: dict[str, tuple[Any, str | None, dict[str, float]]] = {
    "statsmodels": (
        model(), "treat",
        WHOLE,
    ),
    "linearmodels": (
        model(bse=None, tvalues=None, std_errors=series(0.5, 0.321), tstats=series(2, 2.5 / 0.321)), "treat",
        WHOLE,
    ),
    "pyfixest": (
        SimpleNamespace(
            coef=lambda: series(1, 2), se=lambda: series(1, 0.5), pvalue=lambda: series(1, 0.1), _N=9
        ), "treat", {"": 2, "se": 0.5, "p": 0.1, "n": 9},
    ),
    "a test of SciPy": (
        SimpleNamespace(statistic=3.42, pvalue=0.001, df=57.0), None,
        {"statistic": 3.42, "df": 57, "p": 0.001},
    ),
    "a regression of SciPy": (
        SimpleNamespace(slope=2.0, intercept=1.0, pvalue=0.2, stderr=0.5), None, {"": 2, "se": 0.5, "p": 0.2}
    ),
    "a correlation of SciPy": (
        SimpleNamespace(
            correlation=0.45, statistic=0.45, pvalue=0.03,
            confidence_interval=lambda: SimpleNamespace(low=0.1, high=0.7),
        ), None, {"": 0.45, "statistic": 0.45, "p": 0.03, "low": 0.1, "high": 0.7, "level": 95},
    ),
    "lifelines": (ROW, None, {"": 0.5, "se": 0.25, "statistic": 2.0, "p": 0.0455}),
    "pingouin": (
        PINGOUIN, None,
        {"statistic": -0.2, "df": 62.5, "p": 0.85, "low": -0.9, "high": 0.8, "level": 95},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", RESULTS)
def test_results_of_every_library_are_taken_by_their_parts(kind: str) -> None:
    result, term, parts = RESULTS[kind]
    if kind == "a correlation of SciPy":  # its statistic is the estimate, and nothing is divided
        parts.pop("statistic")
        del result.statistic
    found = family(result, term, "a")
    assert found is not None
    assert {name: float(value) for name, value in found.items()} == pytest.approx(parts)


@pytest.mark.parametrize(
    "plain", [3, 2.5, "x", pd.Series([1.0]), pd.DataFrame({"p": [0.1]}), np.array([1]), None]
)
def test_what_is_no_result_is_no_family(plain: Any) -> None:
    assert family(plain, None, "a") is None


@pytest.mark.parametrize(
    ("result", "term", "words"),
    [
        (model(), None, "the model has 2 terms"),
        (model(), "trat", "no term 'trat'"),
        (SimpleNamespace(statistic=1.0, pvalue=0.5), "x", "has no terms"),
        (model(bse=series(1, 1)), "treat", "is not the statistic"),
        (model(conf_int=lambda: pd.DataFrame([[0, 2], [2.6, 3]])), "treat", "do not hold the estimate"),
        (SimpleNamespace(statistic=1.0, pvalue=1.5), None, "between 0 and 1"),
    ],
)
def test_what_is_unclear_or_contradicts_itself_is_refused(result: Any, term: str | None, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        family(result, term, "a.b")
    assert caught.value.problems[0].hint


def test_each_part_is_an_entry_with_a_name_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(session, "emit", lambda data, metadata=None: shown.append(data[ENTRY]))
    estimate = t.record("effect", model(), "Effect of treatment", term="treat", unit="year")
    assert (estimate.id, estimate.unit, str(estimate.value)) == ("effect", "year", "2.5")
    assert (str(estimate.interval.low), str(estimate.interval.high)) == ("2.495", "2.505"), (
        "two digits of its error"
    )
    entries = {entry["id"]: entry for entry in shown}
    assert list(entries) == [
        f"effect{part}" for part in ("", ".se", ".low", ".high", ".statistic", ".df", ".p", ".n", ".ci")
    ]
    assert entries["effect.ci"]["range"]["level"] == "95" and entries["effect.ci"]["unit"] == "year"
    assert entries["effect.se"]["unit"] == "year" and entries["effect.p"]["unit"] == "1"
    assert entries["effect.n"]["qualifier"] == "exact" and entries["effect.n"]["display"] == "80"
    assert entries["effect.p"]["label"] == "Effect of treatment, p-value"


def test_a_table_of_counts_gives_its_degrees_of_freedom_and_its_total() -> None:
    expected = SimpleNamespace(sum=lambda: 100.00000000000001)
    found = family(SimpleNamespace(statistic=14.3, pvalue=0.00015, dof=1, expected_freq=expected), None, "x")
    assert found == {"statistic": 14.3, "p": 0.00015, "df": 1, "n": 100}


def test_a_standard_error_is_recorded_beside_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that prose may show both: *3.42 ± 0.91*."""
    found: list[Any] = []
    monkeypatch.setattr(session, "emit", lambda data, *_: found.append(data[ENTRY]))
    t.record("slope", 0.62613, "Slope", se=0.0741, unit="gram")
    uncertain = SimpleNamespace(nominal_value=3.5, std_dev=0.2)
    t.record("mass", uncertain, "Mass")
    t.record("plain", 3.5, "Plain")
    assert [each["id"] for each in found] == ["slope", "slope.se", "mass", "mass.se", "plain"]
    assert found[1]["label"] == "Slope, standard error" and "gram" in str(found[1])


@pytest.mark.parametrize(
    ("result", "term", "expected"),
    [
        (  # a contrast of statsmodels: arrays of one cell
            SimpleNamespace(
                effect=np.array([1.0]), sd=np.array([[0.04]]), statistic=np.array([[25.0]]), pvalue=1e-9,
                df_num=None, df_denom=198.0,
            ),
            None, {"": 1.0, "se": 0.04, "statistic": 25.0, "df": 198.0, "p": 1e-9},
        ),
        (
            SimpleNamespace(statistic=703.6, pvalue=1e-9, df_num=1.0, df_denom=198.0),
            None, {"statistic": 703.6, "df": 1.0, "df2": 198.0, "p": 1e-9},
        ),
        (  # a test of lifelines
            SimpleNamespace(test_statistic=0.148, p_value=0.7, degrees_of_freedom=1),
            None, {"statistic": 0.148, "df": 1, "p": 0.7},
        ),
        (  # a model of lifelines lists its terms in a frame
            SimpleNamespace(summary=pd.DataFrame([ROW], index=["dose"])),
            "dose", {"": 0.5, "se": 0.25, "statistic": 2.0, "p": 0.0455},
        ),
        (  # pingouin 0.7
            pd.DataFrame([{"Source": "g", "ddof1": 1, "ddof2": 198, "F": 7.02, "p_unc": 0.0087}]),
            None, {"statistic": 7.02, "df": 1, "df2": 198, "p": 0.0087},
        ),
        (
            pd.DataFrame([{"U_val": 6019.0, "alternative": "two-sided", "p_val": 0.0126, "RBC": -0.2}]),
            None, {"statistic": 6019.0, "p": 0.0126},
        ),
        (  # a row of pyfixest, of R's making
            pd.Series({"Estimate": 1.6, "Std. Error": 0.08, "t value": 20.0, "Pr(>|t|)": 1e-9}),
            None, {"": 1.6, "se": 0.08, "statistic": 20.0, "p": 1e-9},
        ),
        (  # a table of one row, whose columns are called as attributes of models
            pd.DataFrame([{"coef": 0.25, "se": 0.08, "2.5%": 0.09, "97.5%": 0.41, "p": 0.0018}]),
            None, {"": 0.25, "se": 0.08, "p": 0.0018, "low": 0.09, "high": 0.41, "level": 95},
        ),
        (  # a row of an analysis of variance
            pd.Series({"df": 1.0, "sum_sq": 30.0, "mean_sq": 30.0, "F": 7.02, "PR(>F)": 0.0087}),
            None, {"statistic": 7.02, "df": 1.0, "p": 0.0087},
        ),
        (  # fitted to arrays
            SimpleNamespace(
                params=np.array([1.0, 2.5]), bse=np.array([0.5, 0.25]), tvalues=np.array([2.0, 10.0]),
                pvalues=np.array([0.04, 1e-9]), conf_int=lambda: np.array([[0.0, 2.0], [2.0, 3.0]]),
                model=SimpleNamespace(exog_names=["const", "x1"]),
            ),
            "x1", {"": 2.5, "se": 0.25, "statistic": 10.0, "p": 1e-9, "low": 2.0, "high": 3.0, "level": 95},
        ),
    ],
)  # fmt: skip
def test_results_of_each_library_are_families(
    result: Any, term: str | None, expected: dict[str, float]
) -> None:
    assert family(result, term, "x") == expected


def test_a_term_that_a_frame_of_results_has_not_is_named() -> None:
    result = SimpleNamespace(summary=pd.DataFrame([ROW], index=["dose"]))
    assert family(result, "other", "x") is None


@pytest.mark.parametrize(
    ("value", "limits", "level"),
    [
        (0.25312, (0.0932, np.float64(0.4068)), 95),
        (Decimal("0.25312"), [Decimal("0.0932"), 0.4068], "95%"),
        (pd.Series([0.25312]), np.array([0.0932, 0.4068]), Decimal(95)),
        (pint.Quantity(0.25312, "kg"), (0.0932, pint.Quantity(0.4068, "kg")), 95),
    ],
)
def test_limits_of_a_level_are_recorded_beside_their_number(
    value: Any, limits: Any, level: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(session, "emit", lambda data, metadata=None: shown.append(data[ENTRY]))
    unit = None if hasattr(value, "units") else "kg"
    gain = t.record("gain", value, "Gain", interval=limits, level=level, unit=unit)
    assert (gain.value, gain.unit, gain.interval.high) == (Decimal("0.25312"), "kilogram", Decimal("0.25362"))
    assert [each["id"] for each in shown] == ["gain", "gain.low", "gain.high", "gain.ci"]
    assert shown[-1]["range"]["level"] == "95" and shown[-1]["label"] == "Gain, 95% confidence interval"


@pytest.mark.parametrize(
    ("limits", "level", "words"),
    [
        (None, 95, "none is given"),
        ((1, 2, 3), 95, "none is given"),
        ((1, 2), 95, "do not hold 3"),
        ((1, 5), 195, "is no level"),
        ((1, "x"), 95, "x"),
    ],
)
def test_limits_that_cannot_be_are_refused(limits: Any, level: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        t.record("gain", 3, "Gain", interval=limits, level=level)
