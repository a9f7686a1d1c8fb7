"""Ties that hold formulas: on the page and in the PDF each number is that of the source."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support import projects
from tests.support.shared import once
from tieout.audit import site
from tieout.audit.pieces import Piece
from tieout.audit.typeset import are_set, run_together, signs, tex_signs
from tieout.ledger import Ledger

RECORDED = """import tieout as t
t.record("n", {n}, label="Devices")
t.record("x", 3.42, label="Mean", like="3.42")
t.record("r", 0.87, label="Variance", like="0.87")
t.record("small", 0.00512, label="p", like="0.00512")
t.record("share", t.share(12, 48), label="Share")
t.record("effect", 2.5, label="Effect", like="2.50")
t.record("effect.statistic", 3.42, label="t", like="3.42")
t.record("effect.df", 57, label="df")
t.record("effect.p", 0.00116, label="p")
"""
PROSE = r"""#:# Formulas

We had [$n = {n}$](tie:n) devices, a mean of [$\bar{x} = 3.42$](tie:x), and [$R^2 = 0.87$](tie:r).
It was [$t(57) = 3.42$, $p < .01$](tie:effect), and [$t_{57} = 3.42$](tie:effect.statistic) again; plain
$\bar{y} = 7$ stands beside [$R^2_{\text{adj}} = 0.87$](tie:r), [$p = 5.12 \times 10^{-3}$](tie:small) and
[$\frac{12}{48} = 25\%$](tie:share), [**$\mathit{n} = {n}$**](tie:n), [$n={n}$](tie:n).
A line so long that the formula at its end has to break:
[$\mathrm{mean} = \bar{x}_{\mathrm{all}} = 3.42$](tie:x).
"""  # fmt: skip


def write(folder: Path, n: int = 162) -> None:
    cells = [PROSE.replace("{n}", str(n)), RECORDED.format(n=n)]
    projects.published(folder, {"index.ipynb": cells})


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "formulas-in-ties", write)


def test_a_book_with_formulas_in_ties_is_published(book: Path) -> None:
    report = site.check(Ledger.load(book))
    assert report.ok
    counts = {each.label: (each.passed, each.total) for each in report.counts}
    assert counts["PDF ties as on the pages"] == (11, 11)


def test_a_digit_changed_in_a_formula_of_a_page_is_found(book: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(book, tmp_path / "copy"))
    page = project / "_site" / "index.html"
    text = page.read_text("utf-8")
    assert text.count("<mn>162</mn>") >= 3
    page.write_text(text.replace("<mn>162</mn>", "<mn>163</mn>", 1), encoding="utf-8")
    problems = site.check(Ledger.load(project)).errors
    assert any("the formula shows `n = 163` for `n = 162`" in str(each) for each in problems)


def test_a_digit_changed_in_a_formula_of_the_pdf_is_found(
    book: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = once(tmp_path_factory, "formulas-in-ties-163", lambda folder: write(folder, 163))
    project = Path(shutil.copytree(book, tmp_path / "copy"))
    shutil.copy(other / "_site" / "small.pdf", project / "_site" / "small.pdf")
    problems = [str(each) for each in site.check(Ledger.load(project)).errors if each.rule == "pdf"]
    assert any("has the tie `n = 162` to n" in each for each in problems), problems


def pieces(*texts: tuple[str, float]) -> list[Piece]:
    return [Piece(0, 10.0 * at, y, 1.0, text) for at, (text, y) in enumerate(texts)]


def test_lines_of_a_formula_keep_their_order_and_lose_no_sign() -> None:
    shown = pieces(("𝑝 ", 10), ("= ", 10), ("5.1", 10), ("×", 10), ("1", 10), ("0", 10), ("−", 14), ("3", 14))
    assert are_set(shown, "p = 5.1 × 10 − 3")
    assert not are_set(shown, "p = 5.1 × 10 3"), "a lost sign"
    assert not are_set(shown, "p = 1.5 × 10 − 3"), "digits exchanged"
    assert not are_set(shown[:-1], "p = 5.1 × 10 − 3")
    assert signs(tex_signs(r"\tilde{x} \leq 1{,}234\,\%")) == "≤1,234%"


def test_links_with_text_between_them_are_two_ties() -> None:
    text = pieces(("𝑛", 10), ("=", 10), ("5", 10), (" and ", 10), ("𝑛", 10), ("=", 10), ("5", 10))
    boxes = [lambda piece, at=at: piece.x == 10.0 * at for at in (0, 2, 1, 4, 6, 5)]
    count, held = run_together(boxes, text)
    assert (count, [each.text for each in held]) == (3, ["𝑛", "=", "5"])
