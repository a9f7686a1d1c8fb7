"""Pages are HTML as the standard has it: those of the report in both editions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.html import mistakes

PAGE = "<!DOCTYPE html><html lang='en'><head><title>T</title></head><body>{}</body></html>"


def of_site(site: Path) -> dict[str, list[str]]:
    """Return the mistakes of every page that has one."""
    pages = sorted(site.rglob("*.html"))
    assert pages
    found = {page.relative_to(site).as_posix(): mistakes(page.read_text(encoding="utf-8")) for page in pages}
    return {href: said for href, said in found.items() if said}


def test_every_page_of_the_report_in_both_editions(built: Path) -> None:
    assert of_site(built / "_site") == {}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>A <div>block</div></p>", "line 1: Unexpected end tag (p). Ignored."),
        ("<p id='a'></p><p id='a'></p>", "id a stands 2 times"),
        ("<p id='a b'></p>", "id 'a b' is empty or has a space"),
        ("<span><ul><li>x</li></ul></span>", "<ul> in <span>"),
        ("<ul><b>x</b></ul>", "<b> in <ul>"),
        ("<button><a href='x'>y</a></button>", "<a> in <a> or <button>: y"),
        ("<label for='q'>x</label>", "<label for> names q, which is not there"),
        ("<img src='x.png'>", "<img> without alt"),
        ("<td align='right'>1</td>", "line 1: Unexpected start tag td. Ignored."),
        ("<table><tbody><tr><td align='right'>1</td></tr></tbody></table>", "<td align> is obsolete"),
    ],
)
def test_a_mistake_is_found(body: str, said: str) -> None:
    assert said in mistakes(PAGE.format(body))
    assert mistakes(PAGE.format("<p>As it should be.</p>")) == []
