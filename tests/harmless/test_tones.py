"""Charts carry their colours for dark pages; other drawings, and what a file says, stay as they are."""

from __future__ import annotations

import re

import pytest

from tieout.harmless import clean_drawing, toned, untoned
from tieout.harmless.tones import TONES
from tieout.project import extension

CHART = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
    b'<rect width="20" height="20" fill="#ffffff"/>'
    b'<line x2="9" stroke="#d9dee4" stroke-width="1"/><text fill="#1f2a37">42.5%</text></svg>\n'
)


def test_a_chart_says_its_colours_for_dark_pages_and_is_otherwise_the_same() -> None:
    made = toned(CHART)
    assert b'[fill="#ffffff"]{fill:light-dark(#ffffff,#14181d)}' in made
    assert b'[stroke="#d9dee4"]{stroke:light-dark(#d9dee4,#39424e)}' in made
    assert untoned(made) == CHART
    assert clean_drawing(made).removed == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"#1f2a37", b"#123456"),
        (b"#1f2a37", b"black"),
        (b' fill="#1f2a37"', b""),
        (b"<rect ", b'<rect style="fill: red" '),
        (b"<rect ", b"<style>rect { fill: red }</style><rect "),
        (b"<svg", b"<png"),
    ],
)
def test_a_drawing_with_colours_of_its_own_stays_as_it_is(old: bytes, new: bytes) -> None:
    drawing = CHART.replace(old, new)
    assert drawing != CHART and toned(drawing) == drawing == untoned(drawing)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"#14181d", b"#ffffff"), (b"}</style>", b"}text{display:none}</style>"), (b"42.5%", b"42.5%<style/>")],
)
def test_another_style_is_no_style_of_ours(old: bytes, new: bytes) -> None:
    changed = toned(CHART).replace(old, new)
    assert changed != toned(CHART) and untoned(changed) == changed


def test_pictures_and_drawn_charts_have_the_same_colours() -> None:
    style = (extension() / "ties.css").read_text("utf-8")
    rule = re.compile(
        r'^\.chart \[(fill|stroke)="(#\w+)"\] \{ \1: light-dark\(\2, (#\w+)\); \}$', re.MULTILINE
    )
    found = [(tone, dark) for _, tone, dark in rule.findall(style)]
    assert sorted(found) == sorted([*TONES.items()] * 2)
