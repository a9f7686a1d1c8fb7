"""Tree diagrams: every node is there, bound to its id, and no box covers another."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest

import tieout as t
from tieout.authoring import chart, diagram
from tieout.problems import InputError


@pytest.fixture
def facts(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(root / "chapters")
    return t.facts()


def nodes(facts: Any) -> dict[Any, Any]:
    share = [fact for fact in facts.rows("regions") if fact.quantity is not None]
    return {
        "Cities named in the source, with a line that is too long for one": share[:4],
        "Others": {"Coast": {"North": None, "South": None}, "Inland": []},
        facts["market.rank"]: None,
    }


def test_every_node_is_drawn_and_tied(facts: Any) -> None:
    boxes = diagram._place("Market", nodes(facts), 720, 26)
    picture = chart.draw(
        "fig-a", chart.specification("fig-a", diagram._draw(boxes, diagram._across(boxes), 720))
    )
    words = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture))
    for text in ("Market", "Others", "Coast", "North", "South", "Inland", "19.3%"):
        assert text in words
    assert {box.id for box in boxes} >= {"regions.beijing.share", "market.rank"}


def test_no_box_covers_another_and_no_line_leaves_its_box(facts: Any) -> None:
    boxes = diagram._place(["Market", "of all"], nodes(facts), 720, 26)
    for index, one in enumerate(boxes):
        assert all(len(line) * diagram.CHARACTER <= one.width for line in one.text)
        for other in boxes[index + 1 :]:
            apart_x = one.x + one.width < other.x or other.x + other.width < one.x
            apart_y = abs(one.y - other.y) >= (one.height + other.height) / 2
            assert apart_x or apart_y, (one, other)
        assert one.y - one.height / 2 >= 0


def test_parents_stand_left_of_their_children_and_at_their_middle(facts: Any) -> None:
    boxes = diagram._place("Market", ["a", "b", "c"], 720, 26)
    root, first, second, third = boxes
    assert root.x + root.width < first.x == second.x == third.x
    assert root.y == second.y and first.y < second.y < third.y


def test_a_bare_number_and_an_empty_tree_are_refused(facts: Any) -> None:
    with pytest.raises(InputError, match="untied"):
        t.tree("fig-a", "Market", [7])
    with pytest.raises(InputError, match="no branches"):
        t.tree("fig-a", "Market", [])


def test_on_narrow_screens_every_node_stands_below_the_one_before_and_fits(facts: Any) -> None:
    boxes = diagram._outline("Market", nodes(facts))
    assert boxes[0].text == ("Market",)
    assert all(box.x + box.width <= diagram.NARROW for box in boxes)
    edges = [(box.y - box.height / 2, box.y + box.height / 2) for box in boxes]
    assert all(below[0] > above[1] for above, below in itertools.pairwise(edges))
    picture = chart.draw("fig-a", chart.specification("fig-a", diagram._draw(boxes, diagram._down(boxes), 0)))
    width = chart.WIDTH.search(picture)
    assert width and float(width[1]) <= chart.NARROWEST
