"""What cells show: every number bound to its id, and pictures that are the same bytes on every run."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest

import tieout as t
from tests.support.notebooks import write
from tieout.authoring import chart, display, session
from tieout.authoring.display import visible
from tieout.notebooks import ENTRY, MARKDOWN, NARROW, PLAIN, RELATION, SVG, VEGALITE, Notebook, gate
from tieout.notebooks.execute import execute
from tieout.notebooks.gate import pictures
from tieout.numbers import Quantity
from tieout.problems import InputError
from tieout.project import measured
from tieout.project.drawings import font_folders


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What cells would show, in order."""
    bundles: list[dict[str, Any]] = []
    for module in (display, session, chart):
        monkeypatch.setattr(module, "emit", lambda data, metadata=None: bundles.append(data))
    return bundles


@pytest.fixture
def facts(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(root / "chapters")
    monkeypatch.setenv("TIEOUT_FIGURES", str(tmp_path))
    return t.facts()


def rows(markdown: str) -> list[list[str]]:
    return [[part.strip() for part in re.split(r"(?<!\\)\|", line)[1:-1]] for line in markdown.splitlines()]


def test_a_recorded_quantity_is_an_entry_of_its_own(facts: Any, shown: list[dict[str, Any]]) -> None:
    computed = facts["market.2030"] / facts["market.2024"]
    multiple = t.record("market.multiple", computed, label="Growth", like="7.6×")
    (output,) = shown
    entry = output[ENTRY]
    assert (entry["id"], entry["kind"], entry["unit"]) == ("market.multiple", "derived", "1")
    assert entry["display"] == "7.6×"
    assert entry["value"] == "7.56"
    low, high = entry["interval"]
    assert low.startswith("7.39") and high.startswith("7.73")
    assert entry["formula"] == {"op": "div", "args": [{"id": "market.2030"}, {"id": "market.2024"}]}
    assert output[PLAIN].startswith("tie:market.multiple = 7.56, between 7.3")
    assert multiple.id == "market.multiple"
    t.record("market.double", multiple * 2, label="Twice")
    assert shown[1][ENTRY]["formula"] == {"op": "mul", "args": [{"id": "market.multiple"}, {"const": "2"}]}


def test_an_assumption_is_marked_as_ours_with_its_reason(facts: Any, shown: list[dict[str, Any]]) -> None:
    t.assume("scenario.prevalence", "0.5", "percent", label="Prevalence", why="a low value for screening")
    entry = shown[0][ENTRY]
    assert (entry["kind"], entry["value"], entry["unit"]) == ("assumed", "0.5", "percent")
    assert entry["interval"] == ["0.5", "0.5"]
    assert entry["note"] == "a low value for screening"


def test_a_relation_holds_both_sides(facts: Any, shown: list[dict[str, Any]]) -> None:
    implied = t.growth_rate(facts["market.2024"], facts["market.2030"], 6)
    t.relate("market.cagr.path", stated=facts["market.cagr"], implied=implied, note="why")
    relation = shown[0][RELATION]
    assert relation["left"] == {"id": "market.cagr"}
    assert relation["right"]["op"] == "growth_rate"
    assert relation["statement"] and relation["note"] == "why"
    assert shown[0][PLAIN].startswith("tie:relation market.cagr.path")


def test_every_bundle_is_json_without_floats(facts: Any, shown: list[dict[str, Any]]) -> None:
    t.record("a.b", facts["market.2030"] / facts["market.2024"], label="x")
    t.relate("a.c", stated=facts["market.2030"], implied=facts["market.2024"])
    for output in shown:
        json.loads(json.dumps(output), parse_float=pytest.fail)


def test_numbers_in_tables_are_ties(facts: Any, shown: list[dict[str, Any]]) -> None:
    ratio = t.record("a.b", facts["market.2030"] / facts["market.2024"], label="x", like="7.6×")
    market = facts["market.2024"]
    t.table(
        [
            {"What": "Market | *then*", "Value": market, "Year": t.cell(market, column="year")},
            {"What": "Growth", "Value": t.cell(ratio, like="7.6-fold"), "Year": None},
        ]
    )
    output = shown[-1]
    assert "text/html" not in output
    head, ruler, first, second = rows(output[MARKDOWN])
    assert head == ["What", "Value", "Year"]
    assert first == [
        "Market \\| *then*",
        "[\\$2.5 billion](tie:market.2024)",
        "[2024](tie:market.2024:year)",
    ]
    assert second == ["Growth", "[7.6-fold](tie:a.b)", ""]
    assert [cell.endswith(":") for cell in ruler] == [False, True, True]
    assert output[PLAIN].splitlines()[1].split("  ")[0] == "Market | then"
    assert "$2.5 billion" in output[PLAIN] and "tie:" not in output[PLAIN]


def test_names_in_tables_are_ties_with_their_marks_escaped(facts: Any, shown: list[dict[str, Any]]) -> None:
    share = facts["regions.beijing.share"]
    t.table([{"Region": t.cell(share, column="name"), "Share": share}])
    assert rows(shown[0][MARKDOWN])[2] == [
        "[Beijing](tie:regions.beijing.share:name)",
        "[19.3%](tie:regions.beijing.share)",
    ]


@pytest.mark.parametrize(
    "value", [7, 7.5, True, "7.6×", "$2.5 billion", "2024", pd.Series([3]).iloc[0], "~10%"]
)
def test_an_untied_number_in_a_table_is_refused(value: Any, shown: list[dict[str, Any]]) -> None:
    with pytest.raises(InputError, match=r"row 1, column 'B': the number .* is untied"):
        t.table([{"A": "x", "B": value}])
    assert shown == []


def test_a_bare_number_stands_only_with_a_reason(shown: list[dict[str, Any]]) -> None:
    t.table([{"No.": 1, "What": "x"}], plain={"No.": "row number"})
    assert rows(shown[0][MARKDOWN])[2] == ['[1]{.waived reason="row number"}', "x"]


def test_tables_take_frames_columns_and_alignment(facts: Any, shown: list[dict[str, Any]]) -> None:
    frame = pd.DataFrame({"A": ["x", None], "B": [facts["market.2024"], None], "C": ["y", "z"]})
    t.table(frame, columns=["B", "A"], align="cl", widths=[1, 3])
    head, ruler, _, last = rows(shown[0][MARKDOWN])
    assert head == ["B", "A"] and last == ["", ""]
    assert ruler[0].startswith(":-") and ruler[0].endswith("-:")
    assert len(ruler[1]) == 3 * len(ruler[0])
    for wrong in ({"align": "l"}, {"align": "xx"}, {"columns": ["D"]}, {"widths": [1]}):
        with pytest.raises(InputError):
            t.table(frame, **{"columns": ["A", "B"], **wrong})
    with pytest.raises(InputError, match="at least one row"):
        t.table([])


def test_what_cannot_be_tied_is_refused(facts: Any) -> None:
    with pytest.raises(InputError, match="without an id"):
        t.cell(facts["market.2030"] / facts["market.2024"])
    with pytest.raises(InputError, match="nothing in the column 'colour'"):
        t.cell(facts["market.2024"], column="colour")
    with pytest.raises(InputError, match="neither a fact"):
        t.cell(7)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="not an id"):
        t.record("Market Multiple", facts["market.2024"], label="x")
    with pytest.raises(InputError, match="has no label"):
        t.record("a.b", facts["market.2024"], label=" ")
    with pytest.raises(InputError, match="cannot record a list"):
        t.record("a.b", [7], label="x")
    with pytest.raises(InputError, match="gives no reason"):
        t.assume("a.b", "1", "1", label="x", why="")
    with pytest.raises(InputError, match="unlike quantities"):
        t.relate("a.b", stated=facts["market.2024"], implied=facts["market.cagr"])


def test_visible_text_is_what_a_reader_sees() -> None:
    markdown = '**Up** [\\$2.5 billion](tie:a) of [1]{.waived reason="x"} a\\_b `c`'
    assert visible(markdown) == "Up $2.5 billion of 1 a_b c"


def plot(facts: Any) -> alt.LayerChart:
    data = t.points([facts["market.2020"], facts["market.2024"], facts["market.2030"]], unit="billion USD")
    base = alt.Chart(data).encode(x="period:O", y="value:Q")
    points = base.mark_point().add_params(alt.selection_point())
    return alt.layer(base.mark_line(clip=True), points, base.mark_text(dy=-12).encode(text="text:N"))


def test_points_are_the_facts_as_drawn(facts: Any) -> None:
    data = t.points([facts["market.2024"], facts["market.2030"]], unit="billion USD", place=["left", "right"])
    assert list(data["id"]) == ["market.2024", "market.2030"]
    assert list(data["value"]) == [2.5, 18.9]
    assert list(data["low"]) == [2.45, 18.85]
    assert list(data["text"]) == ["$2.5 billion", "$18.9 billion"]
    assert list(data["period"]) == ["2024", "2030"]
    assert list(data["place"]) == ["left", "right"]
    with pytest.raises(InputError, match="cannot be drawn in"):
        t.points([facts["market.2024"]], unit="person")


def test_a_figure_is_its_picture_and_its_data(
    facts: Any, shown: list[dict[str, Any]], tmp_path: Path
) -> None:
    t.figure("fig-market-path", plot(facts))
    (output,) = shown
    assert set(output) == {SVG, VEGALITE, PLAIN}
    assert (tmp_path / "fig-market-path.svg").read_text(encoding="utf-8") == output[SVG]
    assert json.loads((tmp_path / "fig-market-path.json").read_text(encoding="utf-8")) == output[VEGALITE]
    assert output[SVG].startswith('<svg role="img"')
    outside = re.sub(r'xmlns(:\w+)?="[^"]*"', "", output[SVG])
    assert "http" not in outside and "<script" not in outside
    assert "$18.9 billion" in output[SVG]
    spec = output[VEGALITE]
    assert spec["usermeta"] == {"label": "fig-market-path"}
    (data,) = spec["datasets"].values()
    assert [row["id"] for row in data] == ["market.2020", "market.2024", "market.2030"]
    titles = [channel["field"] for channel in spec["layer"][1]["encoding"]["tooltip"]]
    assert titles == ["label", "text", "id"]


def test_a_narrow_figure_is_stored_beside_the_wide_one_and_fits_a_phone(
    facts: Any, shown: list[dict[str, Any]], tmp_path: Path
) -> None:
    t.figure("fig-path", plot(facts), narrow=plot(facts).properties(width=240))
    (output,) = shown
    assert set(output) == {SVG, NARROW, VEGALITE, PLAIN}
    assert (tmp_path / "fig-path-narrow.svg").read_text(encoding="utf-8") == output[NARROW]
    wide, narrow = (float(chart.WIDTH.search(output[mime])[1]) for mime in (SVG, NARROW))
    assert narrow <= chart.NARROWEST < wide
    assert output[VEGALITE]["usermeta"]["narrow"]["width"] == 240
    assert not set(re.findall(r'\bid="([^"]+)"', output[SVG])) & set(
        re.findall(r'\bid="([^"]+)"', output[NARROW])
    )
    with pytest.raises(InputError, match="a phone shows 320"):
        t.figure("fig-path", plot(facts), narrow=plot(facts).properties(width=400))


def test_pictures_do_not_depend_on_what_was_drawn_before(facts: Any) -> None:
    first = chart.specification("fig-a", plot(facts))
    picture = chart.draw("fig-a", first)
    chart.draw("fig-b", chart.specification("fig-b", plot(facts)))
    again = chart.specification("fig-a", plot(facts))
    assert again == first
    assert chart.draw("fig-a", again) == picture


def test_marks_of_a_drawing_say_their_entries_and_nothing_else_speaks(facts: Any) -> None:
    rows = t.points([facts["market.2024"], facts["market.2030"]])
    bars = alt.Chart(rows).mark_bar().encode(x="value:Q", y="label:N")
    line = alt.Chart(rows).mark_line().encode(x="value:Q", y="label:N")
    mean = alt.Chart(rows).mark_rule().encode(x="mean(value):Q")
    picture = chart.draw("fig-a", chart.specification("fig-a", alt.layer(bars, line, mean)))
    said = re.findall(r'data-entry="([^"]*)" aria-label="([^"]*)"', picture)
    assert [id for id, _ in said] == ["market.2024", "market.2030"]
    assert all(label.count(": ") == 1 for _, label in said)
    assert picture.count("aria-label") == 2
    other = alt.Chart(pd.DataFrame({"id": ["", None], "x": [1, 2]})).mark_point().encode(x="x:Q")
    assert "data-entry" not in chart.draw("fig-b", chart.specification("fig-b", other))


def test_two_figures_on_one_page_share_no_id(facts: Any) -> None:
    names = [
        set(re.findall(r'\bid="([^"]+)"', chart.draw(label, chart.specification(label, plot(facts)))))
        for label in ("fig-a", "fig-b")
    ]
    assert names[0] and not names[0] & names[1]


def test_pictures_follow_from_no_font_of_the_machine_and_no_luck(tmp_path: Path) -> None:
    """Neither where there is none, nor where others stand under the very names that charts ask for."""
    code = (
        "import altair as alt, pandas as pd, tieout as t\n"
        "data = pd.DataFrame({'x': ['Ukraine', 'China'], 'y': [1.5, 3.25]})\n"
        "t.figure('fig-a', alt.Chart(data).mark_bar(clip=True).encode(x='y', y='x', color='x'))\n"
        "other = alt.Chart(data, title='A & B').mark_text().encode(x='y', y='x', text='x')\n"
        "t.figure('fig-b', other.configure_title(font='Impostor, \"I\"').configure_axis(labelFont='Arial'))\n"
    )
    home = tmp_path / "home" / ".fonts"
    home.mkdir(parents=True)
    for path in (path for folder in font_folders() for path in folder.glob("sans-*.ttf")):
        for name in ("Arial", "Tieout Sans"):
            (home / f"{name} {path.name}").write_bytes(measured.named(_widened(path.read_bytes()), name))
    for name, folder in (("none", "/nowhere"), ("others", home)):
        text = f"<fontconfig><dir>{folder}</dir></fontconfig>"
        (tmp_path / f"{name}.conf").write_text(text, encoding="utf-8")
    drawn = set()
    machines: list[dict[str, str]] = [
        {"FONTCONFIG_FILE": str(tmp_path / "none.conf"), "PYTHONHASHSEED": "5"},
        {"FONTCONFIG_FILE": str(tmp_path / "others.conf")},
        {"HOME": str(tmp_path / "home")},
    ]
    for place, extra in enumerate(machines):
        folder = tmp_path / str(place)
        own = {**os.environ, "TIEOUT_FIGURES": str(folder), **extra}
        subprocess.run([sys.executable, "-c", code], env=own, cwd=tmp_path, check=True)
        drawn.add(tuple(file.read_bytes() for file in sorted(folder.iterdir())))
    assert len(drawn) == 1
    names = set(re.findall(rb'font-family="([^"]*)"', b"".join(drawn.pop())))
    assert names == {chart.FONT.encode(), b"Impostor, &quot;I&quot;", b"Arial"}


def _widened(font: bytes) -> bytes:
    """Return a TrueType font with letters of twice the size."""
    data = bytearray(font)
    tables = [struct.unpack_from(">4sIII", data, at) for at in range(12, 12 + 16 * data[5], 16)]
    (head,) = (start for tag, _, start, _ in tables if tag == b"head")
    struct.pack_into(">H", data, head + 18, struct.unpack_from(">H", data, head + 18)[0] // 2)
    return bytes(data)


def test_what_is_no_figure_is_refused(facts: Any) -> None:
    with pytest.raises(InputError, match="not the label of a figure"):
        t.figure("market", plot(facts))
    with pytest.raises(InputError, match="not an Altair chart"):
        t.figure("fig-a", "chart")
    with pytest.raises(InputError, match="from an address"):
        t.figure("fig-a", alt.Chart("https://example.org/data.csv").mark_bar().encode(x="a:Q"))
    with pytest.raises(InputError, match="cannot express the chart"):
        t.figure("fig-a", alt.Chart(pd.DataFrame({"a": [1]})).mark_bar().encode(x="b"))


def test_outside_a_notebook_nothing_is_shown_and_nothing_fails(tmp_path: Path) -> None:
    code = (
        "import altair as alt, pandas as pd, tieout as t\n"
        "a = t.assume('a.b', '2', '1', label='x', why='y')\n"
        "t.relate('a.c', stated=a, implied=a * 1)\n"
        "t.table([{'A': a}])\n"
        "t.figure('fig-a', alt.Chart(t.points([a])).mark_bar().encode(x='value'))\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "" and list(tmp_path.iterdir()) == []


def test_a_notebook_outside_a_project_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"no _quarto\.yml"):
        t.facts()


def test_a_whole_notebook_passes_the_gate_and_stays_as_it_is(starter: Path) -> None:
    code = (
        "import altair as alt\nimport tieout as t\n\nfacts = t.facts()",
        'ratio = facts["sites.2025"] / facts["sites.2020"]\nm = t.record("sites.more", ratio, label="x")',
        't.relate("sites.same", stated=facts["sites.2025"], implied=facts["sites.2020"] * m)',
        '#| label: tbl-a\nt.table([{"A": "sites", "B": facts["sites.2025"]}])',
        '#| label: fig-a\ndata = t.points([facts["sites.2025"], m])\n'
        't.figure("fig-a", alt.Chart(data).mark_bar().encode(x="value", y="id"))',
        '#| label: fig-b\nt.tree("fig-b", "Sites", [facts["sites.2020"], facts["sites.2025"]])',
    )
    path = write(starter / "chapters" / "a.ipynb", "#:# A", *code)
    assert execute(path, starter)
    notebook = Notebook.load(path)
    assert gate(notebook, starter) == []
    before = path.read_bytes()
    assert not execute(path, starter, force=True)
    assert path.read_bytes() == before
    names = {"fig-a.svg", "fig-a.json", "fig-b.svg", "fig-b.json", "fig-b-narrow.svg"}
    assert set(pictures(notebook)) == names
    for name, text in pictures(notebook).items():
        assert (starter / "figures" / name).read_text(encoding="utf-8") == text


def test_the_facade_offers_what_it_says() -> None:
    assert all(getattr(t, name) is not None for name in t.__all__)
    assert callable(t.facts)
    assert t.Quantity is Quantity
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        t.nothing  # noqa: B018
