"""A tree of operations written as a formula: every operation, and brackets only where they are needed."""

from __future__ import annotations

import pytest

from tieout.numbers.lineage import Const, Expr, Leaf, Op, written

A, B, C = Leaf("a"), Leaf("b"), Leaf("c")
LESS = Const("-2")


@pytest.mark.parametrize(
    ("tree", "wanted"),
    [
        (Op("pow", (A, B)), "a^b"),
        (Op("pow", (Op("add", (A, B)), Op("div", (A, C)))), "(a + b)^(a ÷ c)"),
        (Op("pow", (Op("pow", (A, B)), C)), "(a^b)^c"),
        (Op("neg", (Op("pow", (A, B)),)), "−a^b"),
        (Op("pow", (Op("neg", (A,)), B)), "(−a)^b"),
        (Op("pow", (LESS, B)), "(−2)^b"),
        (Op("growth_rate", (A, B, C)), "(b ÷ a)^(1/c) − 1"),
        (Op("growth_periods", (A, B, C)), "ln (b ÷ a) ÷ ln (1 + c)"),
        (Op("growth_rate", (A, B, Op("sub", (C, A)))), "(b ÷ a)^(1/(c − a)) − 1"),
        (Op("growth_rate", (Op("mul", (A, C)), B, C)), "(b ÷ (a × c))^(1/c) − 1"),
        (Op("sub", (A, Op("sub", (B, C)))), "a − (b − c)"),
        (Op("sub", (Op("sub", (A, B)), C)), "a − b − c"),
        (Op("sub", (A, LESS)), "a − (−2)"),
        (Op("add", (A, LESS)), "a + (−2)"),
        (Op("add", (LESS, A)), "−2 + a"),
        (Op("add", (A, Op("neg", (B,)))), "a + (−b)"),
        (Op("mul", (Op("add", (A, B)), C)), "(a + b) × c"),
        (Op("mul", (Op("div", (A, B)), C)), "a ÷ b × c"),
        (Op("share", (A, Op("mul", (B, C)))), "a ÷ (b × c)"),
        (Op("ratio", (A, Op("ratio", (B, C)))), "a ÷ (b ÷ c)"),
        (Op("neg", (Op("add", (A, B)),)), "−(a + b)"),
        (Op("to", (Op("add", (A, B)), Const("day"))), "a + b"),
        (Op("span", (A, B, Const("rounded"))), "from a to b"),
        (Op("mean", (A, Op("add", (B, C)))), "mean of (a, b + c)"),
        (Op("sum", (Op("sum", (A, B)), C)), "a + b + c"),
    ],
)
def test_a_tree_is_written_as_a_formula(tree: Expr, wanted: str) -> None:
    assert written(tree) == wanted


@pytest.mark.parametrize(("name", "sign"), [("sum", " + "), ("mean", ", ")])
def test_of_many_parts_the_middle_is_left_out(name: str, sign: str) -> None:
    eight = tuple(Leaf(each) for each in "abcdefgh")
    assert sign.join("abcdefgh") in written(Op(name, eight))
    assert sign.join([*"abcdef", "…", "i"]) in written(Op(name, (*eight, Leaf("i"))))
