"""Plain charts of Altair are drawn on pages and in the PDF, and the audit knows them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pypdf
import pytest

from tests.support import notebooks, projects
from tieout import check, publish
from tieout.notebooks import SVG, VEGALITE
from tieout.notebooks.vega import UNDRAWN
from tieout.project import Project
from tieout.project.charts import charted
from tieout.workspace import Workspace

FRAME = pd.DataFrame(
    {"day": pd.date_range("2024-03-30", periods=4), "size": [1, 3, 2, 4], "kind": list("abab")}
)
BARS = alt.Chart(FRAME).mark_bar(clip=True).encode(x="size", y="kind")
LINE = alt.Chart(FRAME).mark_line().encode(x="day", y="size")
CHARTS = {
    "bars": BARS,
    "layered": LINE + LINE.mark_point(),
    "beside": LINE | BARS,
    "faceted": BARS.facet("kind"),
    "selected": BARS.add_params(alt.selection_interval(name="brush")),
}
BROKEN = {**BARS.to_dict(), "mark": "nonsense"}
HOSTILE = {**BARS.to_dict(), "title": "</script><script>alert(1)</script>", "usermeta": {"label": "../x"}}
NAMED = {"data": {"url": "https://example.org/x.csv"}, "mark": "bar"}
CONFIG = "project: {type: book}\nbook: {title: Charts, author: A, chapters: [index.ipynb]}\n"
SOURCE = """\
import altair as alt
import pandas as pd
alt.Chart(pd.DataFrame({"kind": ["a", "b"], "size": [1, 2]})).mark_bar().encode(x="size", y="kind")
"""


def stored(chart: Any) -> dict[str, Any]:
    """An output as a front end stores it: of a chart HTML, of a specification JSON."""
    plain = {"text/plain": "alt.Chart(...)"}
    if isinstance(chart, dict):
        return {"application/vnd.vegalite.v5+json": chart, **plain}
    return {**chart._repr_mimebundle_(), **plain}


def book(root: Path, *charts: Any, more: str = "") -> Path:
    """A book with a chart in each cell."""
    cells = [projects.code(f"chart({place})", stored(each)) for place, each in enumerate(charts)]
    root.mkdir(parents=True, exist_ok=True)
    (root / "_quarto.yml").write_text(CONFIG + more, "utf-8")
    (root / "index.ipynb").write_text(projects.run(root, "#:# Charts\n\nText.", *cells), "utf-8")
    return root


def outputs(root: Path) -> list[dict[str, Any]]:
    """What the cells of a book give readers."""
    notebook = charted(Project.load(root), "index.ipynb")
    raw = [each["data"] for cell in notebook.data["cells"] for each in cell.get("outputs", [])]
    assert [each["data"] for cell in notebook.cells for each in cell.outputs] == raw
    return raw


def test_charts_are_drawn_once_and_the_same_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = book(tmp_path / "one", *CHARTS.values())
    drawn = outputs(root)
    for data, chart in zip(drawn, CHARTS.values(), strict=True):
        assert data[SVG].startswith('<svg role="img" ')
        assert data[VEGALITE] == json.loads(json.dumps(chart.to_dict()))
    names = [part.partition('"')[0] for data in drawn for part in data[SVG].split(' id="')[1:]]
    assert names and len(set(names)) == len(names), "an id stands in two drawings"
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert [data[SVG] for data in outputs(book(tmp_path / "two", *CHARTS.values()))] == [
        data[SVG] for data in drawn
    ]
    monkeypatch.setattr("tieout.project.charts.run", lambda *_, **__: pytest.fail("drawn twice"))
    assert outputs(root) == drawn


def test_a_chart_that_cannot_be_drawn_harms_no_other(tmp_path: Path) -> None:
    drawn = outputs(book(tmp_path, BARS, BROKEN, LINE, NAMED))
    assert [SVG in data for data in drawn] == [True, False, True, False]
    assert drawn[3][UNDRAWN] == "it loads its data from `https://example.org/x.csv`"
    assert drawn[1][UNDRAWN].startswith("TypeError: ") and " at " not in drawn[1][UNDRAWN]


def test_what_has_a_picture_stays_as_it_is(tmp_path: Path) -> None:
    book(tmp_path)
    data = {**stored(BARS.to_dict()), "image/png": "iVBORw0KGgo="}
    (tmp_path / "index.ipynb").write_text(projects.run(tmp_path, projects.code("1", data)), "utf-8")
    assert outputs(tmp_path) == [data]


def test_too_much_is_said_and_not_kept(tmp_path: Path) -> None:
    root = book(tmp_path, BARS, more="tieout: {limits: {memory: 1 MB}}\n")
    assert "needed more than 1 MB of memory" in outputs(root)[0][UNDRAWN]
    assert SVG in outputs(book(tmp_path, BARS))[0]


def test_plain_charts_are_published_and_audited(tmp_path: Path) -> None:
    """Pages and PDF show them, the audit passes on both, and what cannot be drawn is one warning."""
    root = book(tmp_path, *CHARTS.values(), HOSTILE, NAMED, BROKEN)
    (root / "more.ipynb").write_text(projects.run(root, projects.code("1", stored(LINE))), "utf-8")
    notebook = json.loads((root / "index.ipynb").read_text("utf-8"))
    embed = {"cell_type": "markdown", "id": "e", "metadata": {}, "source": "{{< embed more.ipynb >}}"}
    notebook["cells"].append(embed)
    (root / "index.ipynb").write_text(json.dumps(notebook), "utf-8")
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    problems = [problem for report in result.reports for problem in report.problems]
    assert result.site, problems
    left_out = [each for each in problems if each.rule == "output"]
    assert len(left_out) == 2 and all("chart.save(" in each.hint for each in left_out)
    assert not [each for each in problems if each.rule in ("chart", "copy", "stray")]
    page = (result.site / "index.html").read_text("utf-8")
    assert "alt.Chart(" not in page and "<script>alert" not in page
    assert page.count("data-chart=") == len(CHARTS) + 2
    pdf = next(path for path in result.files if path.suffix == ".pdf")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    assert "alt.Chart(" not in text and text.count("kind") > 3
    (report,) = check.run(Workspace.load(root), ["site"], execute=False)
    assert report.ok and "chart" not in {each.rule for each in report.problems}
    drawing = next((result.site / "media").rglob("*.svg"))
    changed = drawing.read_text("utf-8").replace("translate(", "translate(1", 1)
    drawing.write_text(changed, "utf-8")
    (report,) = check.run(Workspace.load(root), ["site"], execute=False)
    assert "chart" in {each.rule for each in report.problems}, "a drawing that was changed passes"


def test_a_notebook_run_again_gives_the_same(tmp_path: Path) -> None:
    """Altair gives each chart a random id; neither a run nor the comparison with one minds."""
    book(tmp_path, more="tieout: {require: none}\n")
    notebooks.write(tmp_path / "index.ipynb", "#:# Charts\n", SOURCE)
    workspace = Workspace.load(tmp_path)
    publish.run(workspace)
    once = (tmp_path / "index.ipynb").read_bytes()
    publish.run(Workspace.load(tmp_path), force=True)
    assert (tmp_path / "index.ipynb").read_bytes() == once
    assert b"altair-viz-" in once
    reports = check.run(Workspace.load(tmp_path), ["outputs"])
    assert all(each.ok for each in reports), reports
