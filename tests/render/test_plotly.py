"""Charts of Plotly, which a script alone shows: they are left out, and the way to a picture is named."""

from __future__ import annotations

from pathlib import Path

from tests.support import projects
from tieout.project import Project
from tieout.render.build import build

SHOWN = {
    "application/vnd.plotly.v1+json": {"data": [], "layout": {}},
    "text/html": "<div><script>Plotly.newPlot()</script></div>",
    "text/plain": "Figure({'data': []})",
}
CELL = {
    "cell_type": "code",
    "id": "chart",
    "metadata": {},
    "source": "fig",
    "execution_count": 1,
    "outputs": [{"output_type": "execute_result", "data": SHOWN, "metadata": {}, "execution_count": 1}],
}


def test_the_way_to_a_picture_of_a_chart_of_plotly_is_named(tmp_path: Path) -> None:
    root = projects.create(tmp_path / "book", {"index.md": "# Home\n\nText.\n", "a.ipynb": ["#:# A\n", CELL]})
    (said,) = [
        each for each in build(Project.load(root), "pandoc", ("html",)).problems if each.rule == "output"
    ]
    assert "plotly" in said.what and '`fig.show("svg")`' in said.hint and "kaleido" in said.hint
