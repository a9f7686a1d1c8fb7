"""Books in other scripts: a right PDF passes, whatever its fonts have, and a changed digit never does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import typst

from tests.support import projects
from tests.support.depth import DEEP
from tieout.audit import site
from tieout.ledger import Ledger
from tieout.problems import Problem
from tieout.project.drawings import FONTS
from tieout.publish import build
from tieout.workspace import Workspace

FACTS = projects.FACTS + "p.value,Chance,0.0004,1,exact,2024,agency2026,1:p2,0.0004\n"
BOOKS = {
    "he": ("דוח (ראשון)", "יש [162](tie:devices.count) מכשירים (ראשון), p [< 0.001](tie:p.value)."),
    "ar": ("تقرير (الأول)", "بلغ العدد [162](tie:devices.count) جهازا (الأول)، و[١٦٢](tie:devices.count)."),
    "zh": ("市场（第一）", "市场有[162](tie:devices.count)台，2024年12月。共[162](tie:devices.count)。"),
    "ja": ("市場は（第一）", "台数は[162](tie:devices.count)台、2024年12月です。"),
    "th": ("ตลาด", "มี [๑๖๒](tie:devices.count) เครื่อง และ [162](tie:devices.count)"),
    "ne": ("बजार", "[१६२](tie:devices.count) उपकरण छन्।\n\n#### सबै\n\nअन्त [162](tie:devices.count)"),
}
BOXES = ("zh", "ja", "th")  # no font that comes along has their signs
TURNED_BACK = ("he", "ar")  # whose digits stand in another order in the file than on paper


Published = tuple[str, Path, list[Problem]]


@pytest.fixture(scope="module", params=BOOKS)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The language of a book, the book as it was built, and what the build said; look, do not touch."""
    lang = request.param
    title, text = BOOKS[lang]
    # Of two pages, the second with a running head.
    chapter = f"# {title} [162](tie:devices.count)\n\n{text}\n\n{'word ' * 900}\n\n## {title}\n\n{text}\n"
    chapters = {"index.md": f"# {title} {{.unnumbered}}\n\n{text}\n", "market.md": chapter}
    root = projects.create(tmp_path_factory.mktemp(lang) / "book", chapters, facts=FACTS, lang=lang)
    config = root / "_quarto.yml"
    projects.change(config, "title: A small project", f"title: {json.dumps(title, ensure_ascii=False)}")
    projects.change(config, "typst: default", "typst: {keep-typ: true}")
    projects.change(config, "require: all", "require: none")
    result = build(Workspace.load(root), "pandoc", execute=False)
    said = [problem for report in result.reports for problem in report.problems]
    assert result.site, [str(each) for each in said]
    return lang, root, said


def reprinted(root: Path, old: str, new: str) -> list[str]:
    """Set the PDF anew with a text changed once; return what the audit says of it."""
    source = root / "_site" / "small.typ"
    text = source.read_text("utf-8")
    assert old in text, old
    source.write_text(text.replace(old, new, 1), encoding="utf-8")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    typst.compile(source, output=root / "_site" / "small.pdf", font_paths=fonts)
    source.unlink()
    return [str(each) for each in site.check(Ledger.load(root)).errors if each.rule == "pdf"]


def test_a_right_pdf_passes_and_says_once_what_cannot_be_read(published: Published) -> None:
    lang, _, said = published
    warnings = [each for each in said if each.rule == "no-font"]
    assert len(warnings) == (lang in BOXES)
    assert all("boxes stand there" in each.what and "folder `fonts`" in each.hint for each in warnings)


@pytest.mark.deep
def test_a_changed_digit_of_the_pdf_never_passes(published: Published, tmp_path: Path) -> None:
    lang, right, _ = published
    root = shutil.copytree(right, tmp_path / "book")
    source = (root / "_site" / "small.typ").read_text("utf-8")
    assert not reprinted(root, "162", "162")
    turned = [("162", "126")] if DEEP or lang in TURNED_BACK else []
    for old, new in (("162", "163"), *turned, ("2024年12", "2025年12")):
        if old in source:
            (root / "_site" / "small.typ").write_text(source, encoding="utf-8")
            assert any(new.partition("年")[0] in each for each in reprinted(root, old, new)), (old, new)


TURNED = """# Of 2024

{said} 6 (2024).[^note] It has [162](tie:devices.count).

[^note]: {said} 12.

## 6 {said} $x_6$ `6`

{said} $7$.

## {long}

Text.
"""


@pytest.mark.parametrize(("lang", "said"), [("he", "דוח על השוק"), ("fa", "فصل گزارش بازار")])
def test_notes_formulas_and_long_titles_from_right_to_left_are_read(
    tmp_path: Path, lang: str, said: str
) -> None:
    text = TURNED.format(said=said, long=f"{said} 6 " * 9)
    root = projects.create(tmp_path / "book", {"index.md": text, "market.md": text}, lang=lang)
    projects.change(root / "_quarto.yml", "require: all", "require: none")
    projects.change(root / "_quarto.yml", "author: Ada Author", 'author: Ada Author\n  date: "2024-05-07"')
    result = build(Workspace.load(root), "pandoc", execute=False)
    assert result.site, [str(each) for report in result.reports for each in report.errors]
