"""The report on paper, in both editions: one pair of fonts, full pages, contents and ledger of few pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from tests.support.paper import starts, thin_pages

PDFS = {"en": "china-medical-ai.pdf", "uk": "uk/china-medical-ai-uk.pdf"}
PAIR = {
    "TieoutSans-Regular",
    "TieoutSans-Bold",
    "TieoutSerif-Regular",
    "TieoutSerif-Bold",
    "TieoutSerif-Italic",
}
OTHERS = {
    "TieoutSans-Italic",
    "DejaVuSansMono",
    "NewCMMath-Book",
}  # emphasis in captions, code, maths


@pytest.fixture(scope="module", params=PDFS.values(), ids=PDFS)
def paper(request: pytest.FixtureRequest, built: Path) -> Path:
    """The PDF of an edition."""
    path: Path = built / "_site" / request.param
    return path


def embedded(reader: pypdf.PdfReader) -> Iterator[str]:
    """The fonts whose program is in a PDF, one a program."""
    for number in range(1, int(reader.trailer["/Size"])):
        each = reader.get_object(number)
        if isinstance(each, dict) and {"/FontFile", "/FontFile2", "/FontFile3"} & each.keys():
            yield str(each["/FontName"]).partition("+")[2]


def test_text_and_charts_have_one_pair_of_fonts_embedded_once(paper: Path) -> None:
    fonts = list(embedded(pypdf.PdfReader(paper)))
    assert len(fonts) == len(set(fonts))
    assert set(fonts) >= PAIR
    assert set(fonts) <= PAIR | OTHERS


def test_no_page_is_less_than_half_full_but_the_last_of_a_chapter(paper: Path) -> None:
    assert thin_pages(paper) == []


def test_contents_take_one_page_and_the_ledger_ten_at_most(paper: Path) -> None:
    reader = pypdf.PdfReader(paper)
    first = starts(reader)
    assert first[0] == 2  # behind the cover and one page of contents
    assert len(reader.pages) - first[-1] <= 10
