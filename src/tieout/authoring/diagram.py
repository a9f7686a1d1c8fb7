"""Tree diagrams from facts: drawn left to right as an Altair chart, and as an outline on phones."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

from tieout.authoring.chart import INK, PALETTE, QUIET, figure
from tieout.authoring.display import Tied, cell
from tieout.data import Fact
from tieout.numbers import Quantity
from tieout.problems import InputError

if TYPE_CHECKING:
    import pandas as pd

LINE = 17
PADDING = 9
GAP = 12
CHARACTER = 7.2
ACROSS = 48
NARROW, INDENT, BETWEEN = 296, 18, 8
EDGE = "#aab6c2"


@dataclass(frozen=True)
class _Box:
    """A node that has its place: its left edge, its middle, its size, its lines of text."""

    text: tuple[str, ...]
    id: str
    level: int
    x: float
    y: float
    width: float
    height: float
    parent: int | None


def tree(
    label: str,
    root: Any,
    nodes: Mapping[Any, Any] | Iterable[Any],
    width: int = 720,
    wrap: int = 26,
) -> None:
    """Show a tree diagram, drawn from left to right; on narrow screens, from top to bottom.

    Parameters
    ----------
    label
        The figure's cross-reference, as in `figure`.
    root
        What the tree is about: text, a fact or a quantity (shown as ``label: value``), ``t.cell(…)``, or a
        list of these, set one below the other.
    nodes
        Its branches: an iterable of nodes, or a mapping from a node to the nodes under it, to any depth.
    width
        Width in pixels that the boxes are spread over.
    wrap
        Characters after which a line in a box is broken.

    Raises
    ------
    InputError
        The tree has no branches, or a node is a bare number.
    """
    boxes, outline = _place(root, nodes, width, wrap), _outline(root, nodes)
    figure(label, _draw(boxes, _across(boxes), width), narrow=_draw(outline, _down(outline), 0))


def _children(nodes: Any) -> list[tuple[Any, Any]]:
    if nodes is None:
        return []
    if isinstance(nodes, Mapping):
        return list(nodes.items())
    if isinstance(nodes, str | Fact | Quantity | Tied):
        return [(nodes, None)]
    pairs: list[tuple[Any, Any]] = []
    for node in nodes:
        pairs.extend(node.items() if isinstance(node, Mapping) else [(node, None)])
    return pairs


def _text(node: Any, wrap: int) -> tuple[tuple[str, ...], str]:
    """Return the lines of a node, and the ids of the ledger entries in it."""
    if isinstance(node, list | tuple):
        parts = [_text(part, wrap) for part in node]
        lines = tuple(line for part, _ in parts for line in part)
        return lines, ", ".join(id for _, id in parts if id)
    if isinstance(node, Tied):
        return tuple(textwrap.wrap(node.text, wrap) or [""]), node.target
    if isinstance(node, Fact | Quantity):
        tied = cell(node)
        text = tied.text if isinstance(node, Fact) and node.quantity is None else f"{node.label}: {tied.text}"
        return tuple(textwrap.wrap(text, wrap)), tied.target
    if isinstance(node, str):
        return tuple(line for part in node.splitlines() for line in textwrap.wrap(part, wrap)), ""
    hint = "give text, a fact, a recorded quantity or t.cell(…)"
    raise InputError(f"the node {node!r} of a diagram is untied", hint, rule="untied")


def _place(root: Any, nodes: Any, width: int, wrap: int) -> list[_Box]:
    """Give every node its place: leaves from top to bottom, parents in the middle of their children."""
    measured: list[tuple[tuple[str, ...], str, int, int | None]] = []
    children: dict[int, list[int]] = {}

    def measure(node: Any, below: Any, level: int, parent: int | None) -> int:
        index = len(measured)
        measured.append((*_text(node, wrap), level, parent))
        children[index] = [measure(child, under, level + 1, index) for child, under in _children(below)]
        return index

    measure(root, nodes, 0, None)
    if not children[0]:
        raise InputError("the tree has no branches", "give nodes=")
    levels = 1 + max(level for _, _, level, _ in measured)
    sizes = [
        max(CHARACTER * len(line) for text, _, own, _ in measured if own == level for line in text)
        + 2 * PADDING
        for level in range(levels)
    ]
    across = max(ACROSS / 2, (width - sum(sizes)) / max(levels - 1, 1))
    lefts = [sum(sizes[:level]) + across * level for level in range(levels)]
    heights = [LINE * len(text) + 2 * PADDING - 4 for text, _, _, _ in measured]
    middles: dict[int, float] = {}
    bottom = 0.0

    def settle(index: int) -> None:
        nonlocal bottom
        start = bottom
        for child in children[index]:
            settle(child)
        if children[index]:
            middles[index] = (middles[children[index][0]] + middles[children[index][-1]]) / 2
            missing = start + heights[index] / 2 - middles[index]
            if missing > 0:
                shift(index, missing)
            bottom = max(bottom, middles[index] + heights[index] / 2 + GAP)
        else:
            middles[index] = bottom + heights[index] / 2
            bottom += heights[index] + GAP

    def shift(index: int, by: float) -> None:
        middles[index] += by
        for child in children[index]:
            shift(child, by)

    settle(0)
    return [
        _Box(text, id, level, lefts[level], middles[index], sizes[level], heights[index], parent)
        for index, (text, id, level, parent) in enumerate(measured)
    ]


def _outline(root: Any, nodes: Any) -> list[_Box]:
    """Give every node its place on a narrow screen: one below the other, children set in."""
    boxes: list[_Box] = []

    def put(node: Any, below: Any, level: int, parent: int | None, top: float) -> float:
        left = INDENT * level
        text, id = _text(node, int((NARROW - left - 2 * PADDING) / CHARACTER))
        width = CHARACTER * max(map(len, text), default=0) + 2 * PADDING
        height = LINE * len(text) + 2 * PADDING - 4
        index = len(boxes)
        boxes.append(_Box(text, id, level, left, top + height / 2, width, height, parent))
        top += height + BETWEEN
        for child, under in _children(below):
            top = put(child, under, level + 1, index, top)
        return top

    put(root, nodes, 0, None, 0.0)
    return boxes


def _families(boxes: list[_Box]) -> Iterator[tuple[_Box, list[_Box]]]:
    """Give each node that has nodes under it, with these."""
    for index, above in enumerate(boxes):
        below = [box for box in boxes if box.parent == index]
        if below:
            yield above, below


def _across(boxes: list[_Box]) -> list[dict[str, float]]:
    """Return the lines of a tree that is drawn from left to right."""
    links = []
    for above, below in _families(boxes):
        start, end = above.x + above.width, below[0].x
        middle = (start + end) / 2
        ends = [above.y, *(box.y for box in below)]
        links.append({"x": start, "y": above.y, "x2": middle, "y2": above.y})
        links.append({"x": middle, "y": min(ends), "x2": middle, "y2": max(ends)})
        links += [{"x": middle, "y": box.y, "x2": end, "y2": box.y} for box in below]
    return links


def _down(boxes: list[_Box]) -> list[dict[str, float]]:
    """Return the lines of a tree that is drawn as an outline."""
    links = []
    for above, below in _families(boxes):
        at = above.x + INDENT / 2
        links.append({"x": at, "y": above.y + above.height / 2, "x2": at, "y2": below[-1].y})
        links += [{"x": at, "y": box.y, "x2": box.x, "y2": box.y} for box in below]
    return links


def _rows(values: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame.from_records(values)


def _draw(boxes: list[_Box], links: list[dict[str, float]], width: int) -> alt.TopLevelMixin:
    right = max(width, max(box.x + box.width for box in boxes))
    bottom = max(box.y + box.height / 2 for box in boxes)
    axis: dict[str, Any] = {"axis": None}
    x_scale = alt.Scale(domain=[0, right], nice=False, zero=False)
    y_scale = alt.Scale(domain=[0, bottom], reverse=True, nice=False, zero=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=x_scale, **axis)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=y_scale, **axis)

    rects = [
        {
            "x": box.x,
            "x2": box.x + box.width,
            "y": box.y - box.height / 2,
            "y2": box.y + box.height / 2,
            "fill": (PALETTE[0], "#e6eef4", "#ffffff")[min(box.level, 2)],
            "label": " ".join(box.text),
            "id": box.id,
        }
        for box in boxes
    ]
    texts = [
        {
            "x": box.x + PADDING,
            "y": box.y + LINE * (place - (len(box.text) - 1) / 2),
            "line": line,
            "ink": "#ffffff" if box.level == 0 else INK,
        }
        for box in boxes
        for place, line in enumerate(box.text)
    ]
    rules = (
        alt.Chart(_rows(links))
        .mark_rule(color=QUIET, strokeWidth=1.2)
        .encode(x=x("x"), y=y("y"), x2="x2:Q", y2="y2:Q")
    )
    frames = (
        alt.Chart(_rows(rects))
        .mark_rect(stroke=EDGE, strokeWidth=1, cornerRadius=4)
        .encode(
            x=x("x"),
            y=y("y"),
            x2="x2:Q",
            y2="y2:Q",
            fill=alt.Fill("fill:N", scale=None, legend=None),
            tooltip=[alt.Tooltip("label:N", title="What"), alt.Tooltip("id:N", title="Ledger id")],
        )
    )
    words = (
        alt.Chart(_rows(texts))
        .mark_text(align="left", baseline="middle")
        .encode(x=x("x"), y=y("y"), text="line:N", color=alt.Color("ink:N", scale=None, legend=None))
    )
    return alt.layer(rules, frames, words).properties(width=right, height=bottom)
