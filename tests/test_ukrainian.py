"""The Ukrainian text is tied to the same ledger, and its numbers agree in Ukrainian."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tieout.checks.prose import disagreements
from tieout.ledger import Ledger
from tieout.prose import Passage, untied

ROOT = Path(__file__).parents[1]
TEXTS = sorted((ROOT / "chapters" / "uk").glob("[0-9]*.md"))
LABEL = re.compile(r"\{#(sec-[\w-]+)")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger.load(ROOT)


def passage(ledger: Ledger, path: Path) -> Passage:
    """Return a text as the pages of its language would have it."""
    english = next(each for each in ledger.sources.passages if path.stem in each.path)
    return replace(english, markdown=path.read_text(encoding="utf-8"), lang="uk")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_number_is_tied_and_agrees(ledger: Ledger, path: Path) -> None:
    text = passage(ledger, path)
    assert len(text.scan.ties) > 5
    wrong = [why for tie in text.scan.ties for why in disagreements(tie, text.scan, text, ledger)]
    assert wrong == []
    assert [each.text for each in untied(text.markdown, "uk", text.literal)] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_its_sections_are_those_of_the_english_chapter(ledger: Ledger, path: Path) -> None:
    english = "\n".join(each.markdown for each in ledger.sources.passages if path.stem in each.path)
    assert LABEL.findall(path.read_text(encoding="utf-8")) == LABEL.findall(english)


def test_a_wrong_number_is_named(ledger: Ledger) -> None:
    text = passage(ledger, TEXTS[0])
    wrong = replace(text, markdown=text.markdown.replace("1,4 мільярда", "1,5 мільярда"))
    assert [why for tie in wrong.scan.ties for why in disagreements(tie, wrong.scan, wrong, ledger)]
