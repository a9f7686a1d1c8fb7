"""What variables hold, as a kernel says it: in full, with the types of labels, and no data."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tieout.notebooks.held import ROWS, say


def said(capsys: pytest.CaptureFixture[str], **variables: Any) -> dict[str, Any]:
    say(variables, [*variables, "missing"])
    return dict(json.loads(capsys.readouterr().out))


class Odd:
    """An object that cannot be shown."""

    def __repr__(self) -> str:
        raise RuntimeError


Odd.__module__ = "pandas.odd"


def test_numbers_and_short_lists_of_them_are_said_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = said(
        capsys, n=3, share=np.float64(0.5), price=Decimal("2.50"), ends=(1.5, 2.5), by={"a": 1}, odd=Odd(),
        is_on=True, was_on=np.bool_(True), name="3", names=["a"], many=[1] * 41, nothing=None, made=len,
    )  # fmt: skip
    texts = {"n": "3", "share": "np.float64(0.5)", "price": "Decimal('2.50')", "ends": "(1.5, 2.5)"}
    assert {name: each["text"] for name, each in found.items()} == {**texts, "by": "{'a': 1}"}


def test_tables_are_said_in_full_with_the_types_of_their_labels(capsys: pytest.CaptureFixture[str]) -> None:
    sales = pd.DataFrame({2022: [1234567.25, 2.0], "change_pct": [1 / 3, 50.0]}, index=["2021", "north"])
    days = pd.Series([1.5, 2.5], index=pd.to_datetime(["2024-01-01", "2024-01-02"]))
    quarters = pd.Series([1.5], index=pd.PeriodIndex(["2024Q3"], freq="Q"))
    found = said(capsys, sales=sales, days=days, quarters=quarters, words=pd.Series(["a"]))
    assert [*found] == ["sales", "days", "quarters"]
    assert found["quarters"]["rows"] == [{"2024Q3": "date"}]
    assert "1234567.25" in found["sales"]["html"] and "0.333333333333" in found["sales"]["html"]
    assert found["sales"]["rows"] == [{"2021": "str", "north": "str"}]
    assert found["sales"]["columns"] == [{"2022": "int", "change_pct": "str"}]
    assert found["days"]["rows"] == [{"2024-01-01": "date", "2024-01-02": "date"}]


def test_of_data_the_length_alone_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    rows = pd.DataFrame({"mass": range(13)})
    named = rows.set_index(pd.Index(range(13), name="day"))
    long = pd.DataFrame({"mass": range(ROWS + 1)}, index=[f"r{each}" for each in range(ROWS + 1)])
    found = said(capsys, rows=rows, few=rows.head(12), named=named, long=long, column=rows.mass)
    assert found["rows"] == {"length": 13} and found["long"] == {"length": ROWS + 1}
    assert "html" in found["few"] and "html" in found["named"] and "column" not in found
