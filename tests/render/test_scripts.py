"""Books in other languages and scripts are published by the same rules, from right to left where read so."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from tests.support import projects
from tieout.project.shipped import extension
from tieout.publish import build
from tieout.workspace import Workspace

THEME = Path(__file__).parents[2] / "src" / "tieout" / "render" / "theme" / "css"
ARABIC = """\
# مقدمة

بلغ السوق [\\$2.5 billion](tie:market.2024) في [2024](tie:market.2024:year)،
وعدد الأجهزة [162](tie:devices.count).

- واحد
- اثنان
"""
HEBREW = "# מבוא\n\nהשוק הגיע אל [\\$2.5 billion](tie:market.2024), ויש [162](tie:devices.count) מכשירים.\n"
GERMAN = "# Einleitung\n\nDer Markt: [2,5 Mrd. \\$](tie:market.2024), mit [162](tie:devices.count) Geräten.\n"


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [("ar", ARABIC, ' dir="rtl"'), ("he", HEBREW, ' dir="rtl"'), ("de", GERMAN, "")],
)
def test_a_book_in_another_script_is_published(tmp_path: Path, lang: str, text: str, said: str) -> None:
    root = projects.create(tmp_path / "book", {"index.md": text}, lang=lang)
    result = build(Workspace.load(root), "pandoc", execute=False)
    assert result.site, [str(each) for report in result.reports for each in report.errors]
    pages = [path.read_text("utf-8") for path in result.site.glob("*.html")]
    assert len(pages) == 6  # four chapters, that for what is not found, downloads
    assert all(f'<html lang="{lang}"{said}>' in page for page in pages)
    assert (result.site / "small.pdf").is_file()


@pytest.mark.parametrize(("lang", "place"), [("he", "השוק ירד {} השנה."), ("fa", "بازار {} شد.")])
def test_a_sign_stands_before_its_number_on_paper(tmp_path: Path, lang: str, place: str) -> None:
    facts = projects.FACTS + "change,Change of the market,-12,percent,rounded,2024,agency2026,1:p2,−12%\n"
    text = f"# x\n\n{place.format('[−12%](tie:change)')}\n"
    root = projects.create(tmp_path / "book", {"index.md": text}, facts=facts, lang=lang)
    result = build(Workspace.load(root), "pandoc", execute=False)
    assert result.site, [str(each) for report in result.reports for each in report.errors]
    document = pypdfium2.PdfDocument(result.site / "small.pdf")
    seen = 0
    for page in document:
        words = page.get_textpage()
        letters = [(words.get_text_range(at, 1), words.get_charbox(at)) for at in range(words.count_chars())]
        for (sign, left), (_, beside) in pairwise(each for each in letters if each[0] in "−12"):
            if sign == "−":
                seen += 1
                assert left[0] < beside[0]
    assert seen


def test_a_page_says_its_direction_itself(tmp_path: Path) -> None:
    chapters = {"index.md": "# Home\n\nText.\n", "other.md": "---\ndir: rtl\n---\n\n# Other\n\nText.\n"}
    root = projects.create(tmp_path / "book", chapters)
    site = build(Workspace.load(root), "pandoc", ("html",), execute=False).site
    assert site is not None
    assert '<html lang="en" dir="rtl">' in (site / "other.html").read_text("utf-8")
    assert '<html lang="en">' in (site / "index.html").read_text("utf-8")


# Sides that have no direction: alignments that authors ask for, and the axis of a range.
PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right)\b|^\s*(?:left|right):|text-align: (?:left|right)", re.M
)
MEANT = (".align-left", ".align-right", "figure-left", "figure-right", ".tie-dot")


def test_the_theme_turns_with_the_script() -> None:
    for path in (*THEME.glob("*.css"), extension() / "ties.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
        for rule in re.finditer(r"([^{}]+)\{([^{}]*)\}", text):
            found = PHYSICAL.search(rule[2])
            assert not found or any(name in rule[1] for name in MEANT), (path.name, rule[1].strip(), found[0])
