"""What a chart draws and says is in the ledger: points, labels, titles, literal data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support import projects
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.problems import Problem

AXES = {"x": {"field": "value", "type": "quantitative", "title": "Devices"}}
POINT = {"id": "devices.count", "value": 162.0, "text": "162"}


def problems(folder: Path, rows: list[dict[str, Any]], **more: Any) -> list[Problem]:
    from tieout.notebooks import VEGALITE as mime

    chart = {
        "datasets": {"data-1": rows},
        "data": {"name": "data-1"},
        "encoding": AXES,
        "mark": "bar",
        **more,
    }
    output = {"image/svg+xml": "<svg/>", mime: chart}
    cells = ["#:# Home\n\nOf [162](tie:devices.count).", projects.code("x", output)]
    return list(prose.check(Ledger.load(projects.create(folder, {"index.ipynb": cells}))).problems)


def test_a_chart_of_the_ledger_passes(tmp_path: Path) -> None:
    assert problems(tmp_path, [POINT], title="162 devices") == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({**POINT, "value": 163.0}, "a point of devices.count is drawn at 163"),
        ({**POINT, "text": "163"}, "a point of devices.count is labelled `163`"),
    ],
)
def test_a_point_is_its_entrys(tmp_path: Path, row: dict[str, Any], words: str) -> None:
    (found,) = problems(tmp_path, [row])
    assert words in found.what and found.severity == "error" and found.where == "cell 2 (given)"


def test_points_of_one_unit_share_one_scale(tmp_path: Path) -> None:
    rows = [POINT, POINT | {"label": "again"}, {**POINT, "value": 1620.0}]
    (found,) = problems(tmp_path, rows)
    assert "is drawn at 1620" in found.what


@pytest.mark.parametrize(
    "more",
    [
        {"title": "99% of hospitals"},
        {"title": {"text": ["Devices", "in 99% of hospitals"]}},
        {"encoding": {**AXES, "y": {"field": "value", "axis": {"title": "of 99% of hospitals"}}}},
        {"encoding": {**AXES, "color": {"field": "name", "scale": {"domain": ["99% of hospitals"]}}}},
    ],
)
def test_a_number_that_a_chart_says_is_in_the_ledger(tmp_path: Path, more: dict[str, Any]) -> None:
    (found,) = problems(tmp_path, [POINT], **more)
    assert "the chart says “99%”" in found.what and found.severity == "error"


def test_literal_data_are_found(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, [{"value": 1200}, {"value": 162}])
    assert "draws 1200, which no entry" in found.what.replace("1.2e+03", "1200")
    assert found.severity == "warning"


@pytest.mark.parametrize("part", [60, 3600, 24, 1440, 86400, 7, 12, 365])
def test_a_point_may_be_drawn_in_a_part_or_a_multiple_of_its_time(tmp_path: Path, part: int) -> None:
    for place, value in enumerate((162.0 * part, 162.0 / part)):
        assert problems(tmp_path / str(place), [{"id": "devices.count", "value": value}]) == []
    assert problems(tmp_path / "off", [{"id": "devices.count", "value": 162.0 * (part + 1)}])
