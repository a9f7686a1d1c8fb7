"""What a number is by the words around it: the middle, an end of a scale, an effect of a model, a fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suggest.test_combined import project
from tests.suggest.test_computed import suggested
from tests.support import analyses
from tieout import update
from tieout.prose import Untied
from tieout.suggest.meanings import is_half_within, is_of_scale

READ = analyses.READ
MODEL = """\
class Fit:
    rsquared = 0.2541048


fit = Fit()
fit.rsquared"""


def number(sentence: str, text: str) -> Untied:
    """Return a number of a sentence: of several like it the first."""
    return Untied(0, len(text), text, "number", sentence, sentence.index(text))


def likely(root: Path) -> dict[str, str | None]:
    found: dict[str, update.Suggestion] = suggested(root)
    return {text: each.likely and each.likely.evidence.expression for text, each in found.items()}


def test_what_half_of_all_are_within_is_the_middle_of_all(tmp_path: Path) -> None:
    prose = "Penguins weigh 4,031 g on average, and half of them are within 3,800 g."
    by = 'penguins.groupby("sex").mass.agg(["mean", "median"])'
    root = project(tmp_path, prose, READ, "penguins.mass.describe()", by, "float(penguins.mass.iloc[1])")
    assert likely(root)["3,800 g"] == 'penguins.mass.describe().loc["50%"]'


def test_what_half_of_all_are_within_is_no_mean(tmp_path: Path) -> None:
    prose = "Of the penguins, half of them weigh less than 3,705 g."
    root = project(tmp_path, prose, READ, 'penguins.groupby("species").mass.mean()')
    assert likely(root)["3,705 g"] is None


def test_words_before_brackets_that_say_the_same_are_of_the_same(tmp_path: Path) -> None:
    """No fit of a model, of a quarter too, is what a share in brackets says more finely."""
    prose = "About a quarter of the penguins (28.6%) are male, a share of the sexes."
    made = "(penguins.sex == 'male').mean()"
    found = likely(project(tmp_path, prose, READ, made, MODEL))
    assert found["a quarter"] is None or "sex" in found["a quarter"]


def test_a_share_is_no_fit_of_a_model_where_no_word_says_so(tmp_path: Path) -> None:
    prose = "Of the penguins 25% swim.\n\nThe model explains 25.4% of the variance."
    found = likely(project(tmp_path, prose, READ, MODEL))
    assert found["25%"] is None
    assert found["25.4%"] == "fit.rsquared"


def test_an_effect_of_a_model_is_no_change_of_raw_means(tmp_path: Path) -> None:
    made = (
        'a = penguins[penguins.sex == "male"].mass\nb = penguins[penguins.sex == "female"].mass\n'
        "(a.mean() / b.mean() - 1) * 100"
    )
    raw = "Males weigh 17% more than females, by mean mass."
    prose = f"{raw}\n\nIn a model with species, {raw[0].lower()}{raw[1:].replace('17', '16.7')}"
    found = likely(project(tmp_path, prose, READ, made))
    assert found["17%"] is not None and found["16.7%"] is None


@pytest.mark.parametrize(
    ("sentence", "text", "is_end"),
    [
        ("Of the patients 863 left a rating from 1 to 10.", "1", True),
        ("Of the patients 863 left a rating from 1 to 10.", "10", True),
        ("They rated it on a scale of 1 to 5.", "5", True),
        ("They rated it on a scale from 1 to 7 twice.", "7", True),
        ("Scores, from 0 to 100, were high.", "100", True),
        ("The number of visits rose from 1 to 10.", "10", False),
        ("Ratings ranged from 1 to 10.", "1", False),
        ("Mean ratings differ from 1 to 10.", "1", False),
        ("They scored 10 of 12.", "10", False),
        ("It took 1 to 10 days.", "1", False),
    ],
)
def test_ends_of_a_scale_count_nothing(sentence: str, text: str, is_end: bool) -> None:
    at = sentence.rindex(text) if text != "1" else sentence.index(text)
    found = Untied(0, len(text), text, "number", sentence, at)
    assert is_of_scale(found) == is_end


def test_an_end_of_a_scale_is_waived_as_one(tmp_path: Path) -> None:
    prose = "Each of the penguins has a rating from 1 to 10."
    root = project(tmp_path, prose, READ, "penguins.mass.notna().mean()")
    found = suggested(root)
    assert found["1"].likely is None and found["10"].likely is None
    assert '[10]{.waived reason="a scale"}' in str(found["10"])


@pytest.mark.parametrize(
    ("sentence", "is_half"),
    [
        ("Half of them were called within 25 minutes.", True),
        ("For half of the patients it took less than 25 minutes.", True),
        ("Half of the patients were 25 minutes late.", False),
        ("Half the patients left; the others were called within 25 minutes.", False),
    ],
)
def test_half_of_all_are_within_it(sentence: str, is_half: bool) -> None:
    assert is_half_within(number(sentence, "25 minutes")) == is_half
