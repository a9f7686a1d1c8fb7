"""HTML of strangers: what runs, loads or leads elsewhere goes and is named; what is ordinary stays."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile import HTML
from tieout.harmless import clean_page, follows, is_kept

PIECES = [
    "<",
    ">",
    "/",
    "=",
    "'",
    '"',
    " ",
    "svg",
    "math",
    "script",
    "style",
    "title",
    "img",
    "a",
    "mtext",
    "!--",
    "-->",
]
PIECES += [
    "onload",
    "href",
    "src",
    "javascript:",
    "x",
    "&lt;",
    "mglyph",
    "foreignObject",
    "table",
    "p",
    "url(//x)",
]


@pytest.mark.parametrize("kind", HTML)
def test_nothing_that_runs_or_loads_is_left(kind: str) -> None:
    cleaned = clean_page(HTML[kind]).html
    for node in lxml.html.fragment_fromstring(cleaned, create_parent="div").iter("*"):
        assert node.tag not in {
            "script",
            "style",
            "iframe",
            "meta",
            "base",
            "form",
            "object",
            "embed",
            "link",
        }
        assert not [name for name in node.attrib if name.startswith("on") or name in ("srcset", "ping")]
        assert not [value for value in node.attrib.values() if "elsewhere.invalid" in value]


@pytest.mark.parametrize(
    "html",
    [
        '<table class="t"><tbody><tr><td colspan="2" style="text-align: left;">1</td></tr></tbody></table>',
        '<details open=""><summary>More</summary><p>Text<br>x</p></details>',
        '<p>H<sub>2</sub>O, <kbd>F1</kbd>, <mark>x</mark> <a href="b.html#c" title="t">y</a></p>',
        '<figure id="fig-a"><img src="media/a.png" alt="A" width="9"><figcaption>A</figcaption></figure>',
        '<math display="block"><mfrac><mi>a</mi><mn>2</mn></mfrac></math>',
        '<svg viewBox="0 0 9 9"><defs><linearGradient id="g"><stop offset="1"></stop></linearGradient></defs>'
        '<path d="M0 0" fill="url(#g)"></path></svg>',
        '<div style="display: grid; gap: 1rem; grid-template-columns: 1fr 2fr">x</div>',
        '<ul class="task-list"><li><label><input type="checkbox" checked="">x</label></li></ul>',
        '<img src="data:image/png;base64,AAAA" alt="">',
    ],
)
def test_ordinary_html_stays_as_it_is(html: str) -> None:
    cleaned = clean_page(html)
    assert cleaned.html == html
    assert cleaned.removed == ()


def test_what_goes_is_named() -> None:
    cleaned = clean_page(
        "<p onclick='a()' style='color: red; background: url(//x/y)'>x</p><script>b()</script>"
    )
    assert cleaned.html == '<p style="color: red">x</p>'
    assert cleaned.removed == ("onclick of <p>", "<script>", "style of <p>")


def test_a_chart_is_one_of_the_books_own() -> None:
    html = '<img src="a.svg" data-chart="media/a.js">'
    assert clean_page(html, {"media/a.js"}).html == html
    assert "data-chart" not in clean_page(html).html


def test_a_picture_has_a_variant_for_narrow_screens_from_the_book_alone() -> None:
    html = '<picture><source media="(max-width: 36rem)" srcset="a-narrow.svg"><img src="a.svg"></picture>'
    assert clean_page(html).html == html
    for address in ("https://x/a.svg", "a.svg, //x/b.svg 2x", "javascript:x"):
        assert "srcset" not in clean_page(html.replace("a-narrow.svg", address)).html


@pytest.mark.parametrize(
    "address", ["JaVaScRiPt:x", "java\nscript:x", "\x01javascript:x", "vbscript:x", "data:text/html,x"]
)
def test_no_link_runs_anything(address: str) -> None:
    assert not follows(address)
    assert "href" not in clean_page(f'<a href="{address}">x</a>').html


@pytest.mark.parametrize(
    "address", ["https://x/a.png", "//x/a.png", "\\\\x/a.png", "/\\x/a.png", "ht\ntp://x"]
)
def test_no_picture_comes_from_elsewhere(address: str) -> None:
    assert not is_kept(address)
    assert "src" not in clean_page(f'<img src="{address}">').html


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_what_is_clean_stays_clean(html: str) -> None:
    """Reading the result once more finds nothing new in it: no text turns into an element."""
    once = clean_page(html).html
    assert clean_page(once).html == once


def test_what_an_element_had_is_not_named_beside_it() -> None:
    html = '<iframe src="x" title="y" width="3"></iframe><p onclick="a()">x</p><p title="y">z</p>'
    assert clean_page(html).removed == ("<iframe>", "onclick of <p>")
    assert clean_page('<b id="c" onclick="a()">x</b><script src="y"></script>').removed == (
        "onclick of <b>",
        "<script>",
    )
