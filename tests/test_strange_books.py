"""What books of strangers hold that no page or PDF has a place for: said, and the rest is published."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pypdf
import pytest
from lxml import html

from tests.support import notebooks, ordinary_books
from tieout import check, publish
from tieout.problems import Problem
from tieout.workspace import Workspace

# A font of two signs, `第` and `一`, both drawn as a square.
HAN = base64.b64decode(
    "AAEAAAAKAIAAAwAgT1MvMpNCydwAAAEoAAAAYGNtYXCoayEwAAABkAAAADxnbHlmBGecKwAAAdQAAABOaGVhZDFe3iQAAACs"
    "AAAANmhoZWEHbgOGAAAA5AAAACRobXR4BEwAyAAAAYgAAAAIbG9jYQAaADQAAAHMAAAACG1heHAABQAGAAABCAAAACBuYW1l"
    "KeooYAAAAiQAAAClcG9zdG0EbeoAAALMAAAANAABAAAAAQAAfSCbHF8PPPUAAwPoAAAAAOcwTRIAAAAA5zBNEgBkAAADhAMg"
    "AAAAAwACAAAAAAAAAAEAAAOE/zgAAAPoAGQAZAOEAAEAAAAAAAAAAAAAAAAAAAABAAEAAAADAAQAAQAAAAAAAgAAAAAAAAAA"
    "AAAAAAAAAAAAAwPoAZAABQAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAPz8/PwAA"
    "TgB7LAOEAAAAAAOEAMgAAAAAAAAAAAAAAAAAAAAgAAAD6ABkAGQAZAAAAAIAAAADAAAAFAADAAEAAAAUAAQAKAAAAAYABAAB"
    "AAJOAHss//8AAE4Aeyz//7IChNUAAQAAAAAAAAAAAA0AGgAnAAEAZAAAA4QDIAADAAAzESERZAMgAyD84AAAAQBkAAADhAMg"
    "AAMAADMRIRFkAyADIPzgAAABAGQAAAOEAyAAAwAAMxEhEWQDIAMg/OAAAAAAAAAIAGYAAQAAAAAAAQADAAAAAQAAAAAAAgAH"
    "AAMAAQAAAAAABAADAAAAAQAAAAAABgALAAoAAwABBAkAAQAGABUAAwABBAkAAgAOABsAAwABBAkABAAGABUAAwABBAkABgAW"
    "AClIYW5SZWd1bGFySGFuLVJlZ3VsYXIASABhAG4AUgBlAGcAdQBsAGEAcgBIAGEAbgAtAFIAZQBnAHUAbABhAHIAAAAAAgAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADAAABAgEDBXU3QjJDBXU0RTAw"
)


def built(root: Path, *formats: str) -> list[Problem]:
    result = publish.build(Workspace.load(root), "pandoc", formats or ("html",), execute=False)
    assert result.site is not None
    return [each for report in result.reports for each in report.problems]


def test_a_text_in_the_place_of_a_picture_is_a_link_and_its_source_stays_at_home(tmp_path: Path) -> None:
    chapters = {
        "a.md": "# A\n\nSee ![](b.md#fig-x).\n\n![Words](b.md)\n",
        "b.md": "# B\n\n```{figure} pictures/bars.png\n:name: fig-x\nCap\n```\n",
    }
    root = ordinary_books.write(tmp_path, chapters, {"pictures/bars.png": ordinary_books.PICTURE})
    said = [each for each in built(root) if each.path == "a.md"]
    assert [(each.line, each.severity, each.rule) for each in said] == [(3, "warning", "directive")]
    links = html.parse(str(root / "_book" / "a.html")).xpath("//article//p//a/@href")
    assert links == ["b.html#fig-x", "b.html"]
    assert not list((root / "_book").rglob("*.md"))


def test_html_of_a_cell_finds_the_picture_that_is_attached_to_it(tmp_path: Path) -> None:
    notebook = json.loads(notebooks.text("#:# A\n\n<div>\n<img src='attachment:dot.png'/>\n</div>"))
    content = base64.b64encode(ordinary_books.PICTURE).decode()
    notebook["cells"][0]["attachments"] = {"dot.png": {"image/png": content}}
    root = ordinary_books.write(tmp_path, {"parts/a.ipynb": json.dumps(notebook)}, {})
    assert not built(root)
    page = root / "_book" / "parts" / "a.html"
    (address,) = html.parse(str(page)).xpath("//article//img/@src")
    assert (page.parent / address).read_bytes() == ordinary_books.PICTURE


def test_a_table_without_columns_stops_no_pdf(tmp_path: Path) -> None:
    table = "<table><thead><tr>\n</tr></thead><tbody></tbody></table>"
    output = {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": {"text/html": table, "text/plain": "Table()"},
    }
    code = {"cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": [output], "source": ["t"]}
    root = ordinary_books.write(tmp_path, {"a.ipynb": notebooks.text("#:# A\n\nWords", code)}, {})
    assert not [each for each in built(root, "html", "pdf") if each.rule == "typst"]


@pytest.mark.parametrize("before", ["", "#### Deep\n\n"], ids=["accessible", "skips a heading"])
def test_a_sign_without_a_font_is_named_and_a_font_of_the_project_sets_it(
    tmp_path: Path, before: str
) -> None:
    root = ordinary_books.write(tmp_path, {"a.md": f"# A\n\n{before}第一\n"}, {})
    (said,) = [each for each in built(root, "html", "pdf") if "no font" in each.what]
    assert (said.path, said.where, said.severity) == ("Ordinary.pdf", "page 2", "warning")
    assert "`一` among them" in said.what
    (root / "fonts").mkdir()
    (root / "fonts" / "han.ttf").write_bytes(HAN)
    assert not [each for each in built(root, "html", "pdf") if "no font" in each.what]
    (pdf,) = (root / "_book").glob("*.pdf")
    assert any("第一" in page.extract_text() for page in pypdf.PdfReader(pdf).pages)


def test_a_long_run_of_blanks_is_an_output_like_others(tmp_path: Path) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": [" " * 200_000 + "end\n"]}
    code = {"cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": [output], "source": ["t"]}
    root = ordinary_books.write(tmp_path, {"a.ipynb": notebooks.text("#:# A\n\nWords", code)}, {})
    with (root / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("tieout: {limits: {seconds: 60}}\n")
    assert not [each for each in built(root) if each.rule == "limit"]


def test_a_chapter_that_a_build_leaves_out_fails_the_check_too(tmp_path: Path) -> None:
    root = ordinary_books.write(tmp_path, {"a.md": "# A\n\nText.\n", "broken.ipynb": "{"}, {})
    failed = [each for each in built(root) if each.severity == "error"]
    reports = {each.check: each for each in check.run(Workspace.load(root), execute=False)}
    assert [each.path for each in failed] == ["broken.ipynb"]
    assert reports["project"].errors == failed and reports["site"].ok


def test_headings_of_html_are_no_chapters_and_in_no_outline(tmp_path: Path) -> None:
    text = notebooks.text(
        "#:<h1>Contents</h1>\n<div><ul><li>1 Sums</li></ul></div>",
        "#:# Sums\n\nWords 7.",
        '#:## More\n\n<h1 class="title">Inside</h1>\n\n### Deep\n\n<h2>Raw</h2>',
    )
    root = ordinary_books.write(tmp_path, {"a.ipynb": text}, {})
    assert not [each for each in built(root, "html", "pdf") if str(each.path).endswith(".pdf")]
