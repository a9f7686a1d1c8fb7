"""Which form of an output readers see, and what of it every run has of its own."""

from __future__ import annotations

from typing import Any

import pytest

from tieout.notebooks.outputs import chosen, settled, unbroken, written

TABLE = "<div><style scoped>.a {x: 1}</style><table><tr><td>1</td></tr></table></div>"


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        ({"text/html": TABLE, "text/plain": "   a\n0  1"}, "text/html"),
        ({"text/html": [TABLE], "text/latex": "\\begin{table}", "text/plain": "<Summary>"}, "text/html"),
        ({"text/markdown": "| a |", "text/html": TABLE}, "text/markdown"),
        ({"image/png": "aGk=", "text/html": "<img>", "text/plain": "<Figure size 1x1>"}, "image/png"),
        ({"text/latex": "$x$", "text/plain": "x"}, "text/latex"),
        ({"text/html": "<b>5</b>", "text/plain": "<IPython.core.display.HTML object>"}, "text/html"),
        ({"text/html": "<b>5</b>", "text/plain": "5"}, "text/plain"),
        ({"text/html": "<script>x</script>", "text/plain": "<a.B object at 0x7f4c2d>"}, None),
        ({"text/plain": "[<matplotlib.lines.Line2D at 0x7f4c2d1b>]"}, None),
        ({"text/plain": "<Axes: title={'center': 'a'}, xlabel='b'>"}, "text/plain"),
        ({"text/plain": "<Figure size 640x480 with 1 Axes>"}, None),
        ({"text/plain": "<pandas.io.formats.style.Styler at 0x7f4c2d1b>", "text/html": TABLE}, "text/html"),
        ({"application/vnd.plotly.v1+json": {}, "text/plain": "Figure({\n 'data': [1]})"}, None),
        ({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider(value=3)"}, None),
        ({"application/vnd.tieout.entry+json": {}, "text/plain": "tie:a = 1"}, None),
        ({"text/plain": "42"}, "text/plain"),
        ({}, None),
    ],
)
def test_readers_see_the_best_form(data: dict[str, Any], mime: str | None) -> None:
    assert chosen(data) == mime


def test_a_line_that_was_written_over_is_its_last_state() -> None:
    assert written("a\r b\r\n\r 10%|#\r 100%|##\ndone") == " b\n 100%|##\ndone"


def test_what_each_run_has_of_its_own_does_not_count() -> None:
    one = {
        "text/plain": "<A at 0x7f4c2d1b>",
        "text/html": ['<style>#T_1ab2c td {}</style><td id="T_1ab2c_x">'],
    }
    other = {
        "text/plain": "<A at 0x55aa00ff>",
        "text/html": ['<style>#T_9ff00 td {}</style><td id="T_9ff00_x">'],
    }
    assert settled(one) == settled(other)
    assert settled({"text/plain": "12"}) != settled({"text/plain": "13"})
    warned = "/tmp/ipykernel_{}/123.py:3: UserWarning: careful"
    assert settled(warned.format(17)) == settled(warned.format(99).replace("123", "77"))


def test_how_long_a_timed_cell_took_does_not_count() -> None:
    timed = "12 rows\nCPU times: user {0} ms, sys: 0 ns, total: {0} ms\nWall time: {1} s\n"
    assert settled(timed.format(2.7, "1min 3")) == settled(timed.format(31, 9)) == "12 rows\n"
    assert settled(timed.format(2, 3)) != settled(timed.format(2, 3).replace("12", "13"))
    loops = "{} ms ± 4.5 µs per loop (mean ± std. dev. of 7 runs, 1,000 loops each)"
    assert settled(loops.format(1.23)) == settled(loops.format(8))
    assert settled("Wall time: 3 days ago") != settled("Wall time: 4 days ago")


def test_a_summary_of_a_model_is_the_same_at_any_time() -> None:
    """As statsmodels writes it, in text, in HTML and in LaTeX."""
    text = "Date:      Thu, 26 Nov 2026   Prob (F-statistic):   3.53e-118\nTime:              03:28:36"
    html = "<th>Date:</th> <td>Thu, 26 Nov 2026</td><th>Time:</th> <td>03:28:36</td> <td>0.806</td>"
    latex = r"\textbf{Date:} & Thu, 26 Nov 2026 & 0.806 \\ \textbf{Time:}       &     03:28:36     & 118"
    for one in (text, html, latex):
        other = one.replace("26 Nov", "27 Nov").replace("03:28:36", "04:00:00")
        assert settled(one) == settled(other)
        assert settled(one) != settled(one.replace("118", "119").replace("0.806", "0.807"))


def test_what_only_records_breaks_no_stream() -> None:
    def said(text: str, name: str = "stdout") -> dict[str, Any]:
        return {"output_type": "stream", "name": name, "text": text}

    record = {
        "output_type": "display_data",
        "data": {"application/vnd.tieout.entry+json": {}, "text/plain": "tie"},
    }
    table = {"output_type": "display_data", "data": {"text/plain": "3"}}
    found = unbroken([said("a\n"), record, said("b\n"), table, said("c\n"), record, said("d\n", "stderr")])
    assert [each.get("text") for each in found] == ["a\nb\n", None, "", None, "c\n", None, "d\n"]
    assert unbroken([record, table]) == [record, table]


def test_a_picture_of_a_megabyte_is_read_in_one_go() -> None:
    """Base64 is one long word with slashes: looking for a path from each of its signs would take hours."""
    picture = "iVBORw0KGgo/" * 100_000
    assert settled({"image/png": picture}) == {"image/png": picture}
    assert settled("/tmp/ipykernel_12/345.py:1: '/a/ipykernel_1/2.py'") == "<cell>:1: '<cell>'"
