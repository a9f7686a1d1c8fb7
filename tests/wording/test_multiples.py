"""Bounds and multiples in words: before a number, behind it, before a ratio in brackets."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
t.record("n", 4812, "Sites")
t.record("share", 19.6, "Share", unit="percent")
t.record("half", 52.04, "Share of the medium group", unit="percent", like="52%")
t.record("high", 204, "Medium")
t.record("ratio", 2.11, "Ratio of winter to summer")
t.record("even", 50.1, "Share of yes", unit="percent")
t.record("odd", 49.9, "Share of no", unit="percent")
t.record("ratio.three", 2.9, "Ratio of these")
t.record("mean", 8.61, "Mean", like="8.61")
t.record("third", 31.2, "Share of a third", unit="percent")
t.record("weeks", 11.8, "Duration", unit="week")
t.record("money", 2497000, "Market", unit="USD")
"""
n, s, h, r = "tie:n", "tie:share", "tie:half", "tie:ratio"
m, th, w, mo = "tie:mean", "tie:third", "tie:weeks", "tie:money"
RIGHT = [
    f"Of all sites [4,812]({n}) were under 18.",
    f"Of all sites [4,812]({n}) children, under 18, were seen.", f"The share was [19.6%]({s}), under 20%.",
    "Just over half ([50.1%](tie:even)) agree.", "Almost half ([49.9%](tie:odd)) agree.",
    f"Summer values were less than half those of winter (ratio [2.11]({r})).",
    f"Twice as many (ratio [2.11]({r})) came.",
    "It almost tripled the odds (ratio [2.9](tie:ratio.three)).",
    "It nearly tripled (ratio [2.9](tie:ratio.three)).",
    "About three times as high (ratio [2.9](tie:ratio.three)).",
    "It was three times as high (ratio [2.9](tie:ratio.three)).",
    "Not twice but three times as high (ratio [2.9](tie:ratio.three)).",
    "Twice a year it was measured (ratio [2.9](tie:ratio.three)).",
    "Less than three times as high (ratio [2.9](tie:ratio.three)).",
    f"It was [8.61]({m}), over 9 in winter.", f"It was [8.61]({m}), more than 8.",
    f"It was [8.61]({m}), under 9.", f"It came to [8.61]({m}), over 9 times the usual.",
    f"It is [19.6%]({s}), just under a fifth.", f"The mean was [8.61]({m}), less than 9, as in the past.",
    f"The summer mean was less than half the winter mean (ratio of winter to summer [2.11]({r})).",
    f"It lasted over [12 weeks]({w}) and nothing happened.",
    f"Twice the mean (ratio of 1.9) and [2.11]({r}) times the median.",
    f"There are just over [4,800]({n}) sites.", f"There are just under [4,900]({n}) sites.",
    f"Nearly [5,000]({n}) sites exist.", f"More than [4,800]({n}) sites exist.",
    f"Fewer than [5,000]({n}) sites exist.", f"Almost [20%]({s}) came.", f"Just under [20%]({s}) came.",
    f"Just under a fifth ([19.6%]({s})) came.", f"Just over half ([52%]({h})) were in it.",
    f"A little over half, [52%]({h}), were in it.", f"More than half of them, [52%]({h}), were in it.",
    f"Slightly more than half ([52%]({h})).",
    f"Winter nitrate was just over twice that of summer (ratio [2.11]({r})).",
    f"It was more than twice as high (ratio [2.11]({r})).", f"It was about twice as high ([2.11]({r})).",
    f"A mean of [8.61]({m}), just under 9.", f"At [8.61]({m}) it is less than 9.",
    f"Just under a third ([31.2%]({th})) stayed.", f"Nearly a third, [31.2%]({th}), stayed.",
    f"It took just under [12 weeks]({w}).", f"It took nearly [12 weeks]({w}).",
    f"The market is worth just under [\\\\$2.5 million]({mo}).",
    f"It is worth almost [\\\\$2.5 million]({mo}).", f"Over [4,800]({n}) sites exist.",
    f"Not quite [5,000]({n}) sites exist.", f"Well over [4,000]({n}) sites exist.",
    f"It more than doubled (ratio [2.11]({r})).", f"It is more than doubled, by [2.11]({r}).",
    f"Less than a fifth ([19.6%]({s})) came.", f"Under [20%]({s}) came.",
]  # fmt: skip
WRONG = [
    f"The share was [19.6%]({s}), over 20%.", "It almost doubled (ratio [2.9](tie:ratio.three)).",
    f"It was [8.61]({m}), less than 8.", f"It was [8.61]({m}), over 9.",
    "It more than tripled (ratio [2.9](tie:ratio.three)).",
    "Less than twice as high (ratio [2.9](tie:ratio.three)).", f"There are just under [4,800]({n}) sites.",
    f"There are just over [4,900]({n}) sites.", f"Nearly [4,800]({n}) sites exist.",
    f"More than [5,000]({n}) sites exist.", f"Fewer than [4,800]({n}) sites exist.",
    f"Just over [20%]({s}) came.", f"Just over a fifth ([19.6%]({s})) came.",
    f"Just under half ([52%]({h})) were in it.", f"Less than half of them, [52%]({h}), were in it.",
    f"Winter nitrate was just under twice that of summer (ratio [2.11]({r})).",
    f"It was less than twice as high (ratio [2.11]({r})).", f"A mean of [8.61]({m}), just over 9.",
    f"At [8.61]({m}) it is more than 9.", f"Just over a third ([31.2%]({th})) stayed.",
    f"It is worth just over [\\\\$2.5 million]({mo}).", f"Almost [19%]({s}) came.",
    f"It was about three times as high (ratio [2.11]({r})).",
    f"Winter values were three times those of summer (ratio [2.11]({r})).",
    f"It nearly doubled (ratio [2.11]({r})).",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("multiples"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_a_bound_that_is_true_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_a_bound_that_is_not_true_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text]
