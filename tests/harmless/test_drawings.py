"""Drawings of strangers: what runs or loads goes; those of which nothing goes are the same bytes."""

from __future__ import annotations

from pathlib import Path

import lxml.etree
import pytest

from tests.support.hostile import DRAWING
from tieout.harmless import clean_drawing

FIGURES = sorted((Path(__file__).parents[2] / "figures").glob("*.svg"))
PLOTTED = b"""<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="460.8pt" viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">
 <metadata><rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:Work><dc:type
  rdf:resource="http://purl.org/dc/dcmitype/StillImage"/></cc:Work></rdf:RDF></metadata>
 <defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>
 <path id="m0" d="M 0 0" style="stroke: #000000; stroke-width: 0.8"/></defs>
 <g clip-path="url(#p1)"><use xlink:href="#m0" x="1" style="fill: url(#h)"/></g>
 <image xlink:href="data:image/png;base64,AAAA" width="9" height="9"/>
 <!-- 2.5 --><text style="font: 10px 'DejaVu Sans', sans-serif" transform="rotate(-90)">Text</text>
</svg>
"""


@pytest.mark.parametrize("path", FIGURES, ids=[path.stem for path in FIGURES])
def test_charts_of_the_report_are_the_same_bytes(path: Path) -> None:
    data = path.read_bytes()
    assert clean_drawing(data).data == data


def test_a_plot_of_matplotlib_is_the_same_bytes() -> None:
    cleaned = clean_drawing(PLOTTED)
    assert cleaned.removed == ()
    assert cleaned.data == PLOTTED


def test_nothing_hostile_is_left_and_all_of_it_is_named() -> None:
    cleaned = clean_drawing(DRAWING.encode())
    assert cleaned.data is not None
    text = cleaned.data.decode()
    for sign in (
        "script",
        "elsewhere",
        "etc/hostname",
        "onload",
        "onclick",
        "ENTITY",
        "<?",
        "animate",
        "svg+xml",
    ):
        assert sign not in text, sign
    names = {str(lxml.etree.QName(node).localname) for node in lxml.etree.fromstring(cleaned.data).iter("*")}
    assert names == {"svg", "style", "image", "use", "a", "text", "rect"}
    named = {
        "<script>",
        "<foreignObject>",
        "<animate>",
        "onload of <svg>",
        "href of <image>",
        "href of <use>",
    }
    assert named | {"href of <a>", "rules of <style>", "its entities"} <= set(cleaned.removed)


def test_what_is_cleaned_needs_no_more_cleaning() -> None:
    once = clean_drawing(DRAWING.encode()).data
    assert once is not None
    assert clean_drawing(once).data == once


@pytest.mark.parametrize(
    "data", [b"", b"<svg", b"<html/>", b"\x00\xff", b'<!DOCTYPE svg [<!ENTITY a "b">]>&a;']
)
def test_what_is_no_drawing_is_said_to_be_none(data: bytes) -> None:
    assert clean_drawing(data).data is None
