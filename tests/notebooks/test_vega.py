"""The chart in a stored output is found, in each form that Altair has stored it in."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import pytest

from tieout.notebooks.outputs import chosen, settled, steady
from tieout.notebooks.vega import chart_of

CHART = (
    alt.Chart(pd.DataFrame({"kind": ["a", "</b>"], "size": [1, 2.5]})).mark_bar().encode(x="size", y="kind")
)
SPEC = CHART.to_dict()
LITE, VEGA = "application/vnd.vegalite.v5+json", "application/vnd.vega.v6+json"
OTHER = {**SPEC, "$schema": "https://vega.github.io/schema/vega/v6.json"}
LOST = "its specification is not found in the HTML"
BOLD = {"data": {"text/html": "<b>1</b>"}, "name": "x"}
NAMED = {"data": {"url": "data/sizes.csv"}, "mark": "bar"}


def in_notebook() -> str:
    """The chart as a notebook stores it, under a random id."""
    return str(CHART._repr_mimebundle_()["text/html"])


@pytest.mark.parametrize(
    "data",
    [
        {"text/html": in_notebook()},
        {"text/html": in_notebook().splitlines(keepends=True)},
        {"text/html": CHART.to_html()},
        {LITE: SPEC},
        {LITE: SPEC, "text/html": "<div></div>"},
    ],
)
def test_a_chart_is_found_in_each_form(data: dict[str, Any]) -> None:
    found = chart_of(data)
    assert found is not None and found.spec == SPEC


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({VEGA: {"marks": []}}, "it is Vega, not Vega-Lite"),
        ({LITE: [1]}, "it is no specification of Vega-Lite"),
        (
            {LITE: OTHER},
            "it is Vega, not Vega-Lite",
        ),
        ({LITE: NAMED}, "it loads its data from `data/sizes.csv`"),
        ({LITE: {"layer": [{"transform": [{"from": NAMED}]}]}}, "it loads its data from `data/sizes.csv`"),
        ({"text/html": "<script>vegaEmbed('#a', fetched)</script>"}, LOST),
        ({"text/html": "<script>var spec = {;vegaEmbed(x)</script>"}, LOST),
        ({"text/html": "<script>})({'vegaEmbed(" * 99}, LOST),
    ],
)
def test_a_chart_that_cannot_be_drawn_says_why(data: dict[str, Any], reason: str) -> None:
    found = chart_of(data)
    assert found is not None and (found.spec, found.reason) == (None, reason)


def test_rows_named_url_are_data() -> None:
    rows = {"data": {"values": [{"data": {"url": "x"}}]}, "mark": "bar"}
    found = chart_of({LITE: rows})
    assert found is not None and found.spec == rows


@pytest.mark.parametrize(
    "data", [{}, {"text/html": "<b>vegaEmbed</b>"}, {"text/html": 5}, {"text/plain": "x"}]
)
def test_other_outputs_hold_none(data: dict[str, Any]) -> None:
    assert chart_of(data) is None


@pytest.mark.parametrize("data", [{"text/html": in_notebook()}, {LITE: SPEC}, {VEGA: {}}, {LITE: None}])
def test_the_name_of_a_chart_is_never_shown(data: dict[str, Any]) -> None:
    assert chosen({**data, "text/plain": "alt.Chart(...)"}) is None


def test_each_run_stores_the_same_html() -> None:
    one, other = in_notebook(), in_notebook()
    assert one != other and settled(one) == settled(other)
    stored = [steady({"data": {"text/html": html}}) for html in (one, other)]
    assert stored[0] == stored[1]
    assert "altair-viz-" in stored[0]["data"]["text/html"]
    assert steady(BOLD) == BOLD
    assert steady({"text": "1"}) == {"text": "1"}
