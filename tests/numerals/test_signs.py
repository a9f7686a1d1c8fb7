"""Words say the sign of a number below zero, listed or not; a rise, or no direction, does not."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tieout import numerals
from tieout.ledger import Cell
from tieout.numbers import Quantity
from tieout.numerals import Context
from tieout.update import renewed

LABELS = ("Market Square, 2023", "Waste change, 2023")
FALLS = re.split(r"[|\n]", """\
Revenue slid, by [5%].|Output softened by [5%].|Costs were trimmed by [5%].|The rate dwindled, by [5%].
Sales tailed off by [5%].|Revenue contracted by roughly [5%].|Orders dried up by [5%] in May.
The backlog was whittled away by [5%].|They trailed the leaders by [5%].|The patch slimmed the image by [5%].
May was the only month to shrink, by [5%].|Scores slumped by a full [5%].
Prices rose as volumes softened by [5%].
Prices rose in spring and cooled by [5%] in summer.|Attendance was off [5%].|Attendance was off by [5%].
They gave back [5%].|They gave up [5%].|We shaved [5%] off the bill.|He knocked [5%] off his time.
The retrofit cut heating bills [5%].|Revenue eased back [5%].|Canal Side was flat, slipping just [5%].
We are down a little over [5%].|Ice has been vanishing at a rate of [5%] a decade.|They took a hit of [5%].
The rate is [5%] under last year.|It came in [5%] short of the year before.
They ended [5%] adrift of the leaders.
The club ended the year [5%] in the red.|Nights were [5%] colder.|Tickets were closed [5%] sooner.
The year brought a [5%] contraction.|It recorded negative growth of [5%].|It was an improvement of [5%].
Waste fell from £155,000 to £131,000, or by [5%].|Waste fell from 155 to 131: [5%].
It fell from 9 to 8 ([5%]).
It went down from 5.4% to 4.2%, a change of just over [5%].
Memory use fell (by [5%]).|Traffic dropped: [5%].|A fall in demand ([5%]) followed.|The loss averaged [5%].
Prices fell by between 3% and [5%].|It was minus [5%].|It was a saving of [5%].
Rides slid by the same proportion, [5%].""")  # fmt: skip
OTHERS = re.split(r"[|\n]", """\
The change was [5%].|The effect is [5%].|The margin was [5%].|The margin was [5%] under the new rules.
Revenue grew by [5%].|Revenue rose [5%].|Revenue changed by [5%].|Prices moved by [5%].|It was up [5%].
It saw a gain of [5%].|An increase of [5%] followed.|A [5%] rise came.|Demand rebounded by a little over [5%].
Costs ballooned by [5%].|Costs overran by [5%].|Fees crept upwards by [5%].|Prices shot up [5%].
Output rallied in all the regions by [5%].|Rainfall exceeded the norm by [5%].
They fell in May, and in June rose by [5%].
Demand rose from 100 to 105, or by [5%].|They were [5%] ahead of plan.|Sales fell to [5%].""")  # fmt: skip


def read(text: str, value: str = "-5.2", label: str = "") -> tuple[str, Quantity, Context]:
    """Return the number in brackets, its entry, and what stands around it."""
    before, _, rest = text.partition("[")
    shown, _, after = rest.partition("]")
    return shown, Quantity.computed(Decimal(value), "percent").named("x.y", label), Context(before, after)


@pytest.mark.parametrize("label", LABELS)
def test_what_falls_by_so_much_needs_no_sign(label: str) -> None:
    refused = {text: why for text in FALLS if (why := agrees(text, label))}
    assert not refused
    assert all(agrees(text.replace("5%", "6%"), label) for text in FALLS), "and another number is refused"


@pytest.mark.parametrize("label", LABELS)
def test_what_rises_or_says_no_direction_has_to_show_its_sign(label: str) -> None:
    assert [text for text in OTHERS if not agrees(text, label)] == []


def agrees(text: str, label: str) -> str | None:
    shown, quantity, around = read(text, label=label)
    return numerals.agrees(shown, quantity, context=around)


def test_a_saving_below_zero_is_none() -> None:
    assert agrees("It was a saving of [5%].", "Saving of lids")


def test_the_word_for_up_is_down() -> None:
    assert "write “down” for “up”" in (agrees("It was up [5%].", "") or "")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    "text",
    ["Output softened by [5%].", "The list was whittled away by [5%].", "Output was off [5%].",
     "It is [5%] under last year."],
)  # fmt: skip
def test_update_leaves_a_fall_that_has_become_a_rise_to_a_person(text: str, label: str) -> None:
    shown, moved, around = read(text, "-3.1", label)
    assert renewed(shown, Cell("", moved), context=around) == "3%", "a fall of another size keeps its words"
    shown, turned, around = read(text, "3.1", label)
    with pytest.raises(ValueError, match="which may be true no longer"):
        renewed(shown, Cell("", turned), context=around)


@pytest.mark.parametrize("value", ["3.1", "-3.1"])
def test_update_leaves_a_number_under_a_verb_of_no_known_direction_to_a_person(value: str) -> None:
    shown, moved, around = read("Output was nudged by [5%].", value)
    with pytest.raises(ValueError, match="which may be true no longer"):
        renewed(shown, Cell("", moved), context=around)


def test_update_rewrites_what_is_counted_or_shared_or_lost_by_its_name() -> None:
    shown, share, around = read("It is owned by [5%] of farms.", "6.1")
    assert renewed(shown, Cell("", share), context=around) == "6%"
    viewers = Quantity.computed(Decimal(6_100_000), "1").named("x.viewers", "Viewers")
    assert renewed("5.2 million", Cell("", viewers), context=Context("It was watched by ")) == "6.1 million"
    shown, lost, around = read("A hive lost [5%].", "6.1", "Honey lost")
    assert renewed(shown, Cell("", lost), context=around) == "6%"
