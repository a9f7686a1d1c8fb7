"""Outputs that explain a number together: families of a model, pairs of cells, shares of two counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tieout import numerals
from tieout.numerals import Shown
from tieout.prose import Passage, Untied
from tieout.suggest import clauses, fitted
from tieout.suggest.drafts import Drafts
from tieout.suggest.evidence import Evidence
from tieout.suggest.outputs import Outputs
from tieout.suggest.pairs import ROOM, counts, is_error, nearest, pairs, portions, shares
from tieout.suggest.proposal import COUNTED, RARE, Proposal

FEWEST = 2  # numbers of an expression
_WHOLE = ("expression", "formula")


def families(drafts: Drafts, passage: Passage, number: Untied, outputs: Outputs) -> Iterator[Proposal]:
    """Give the families that all numbers of an expression agree with."""
    parts = numerals.expression(number.text, passage.lang)
    shown = numerals.parse(number.text, passage.lang) if number.kind == "range" else None
    if shown is not None and shown.form != ROOM:
        return
    if shown is None and (number.kind not in _WHOLE or len(parts) < FEWEST):
        return
    for whole in outputs.wholes:
        told = numerals.told(number.text, whole.own, whole.family, passage.lang)
        if told and numerals.says(number.text, whole.own, passage.lang, family=whole.family):
            one = drafts.of(passage, number, outputs, whole.main, "")
            one = replace(one, like="", fits=True, holds=True, support=one.support + COUNTED)
            yield drafts.overall(passage, one, whole, told) if whole.model else one
    for pair in counts(number.text, parts, outputs.evidence, passage.lang):
        yield drafts.shared(passage, number, outputs, pair)


def paired(
    drafts: Drafts, passage: Passage, number: Untied, shown: Shown, outputs: Outputs
) -> Iterator[Proposal]:
    """Give what two outputs together explain: both are recorded."""

    def agrees(text: str, found: Evidence, unit: str) -> bool:
        return fitted.agrees(text, found, unit, passage.lang)

    if shown.is_range and shown.level is None and (level := clauses.level_before(number)) is not None:
        shown = replace(shown, level=Fraction(level))
    beside = shares(number, shown, clauses.around(number), outputs.evidence, passage.lang)
    for pair in (*nearest(pairs(number, shown, outputs.evidence, agrees)), *beside):
        one, other = (
            replace(drafts.of(passage, number, outputs, each, pair.unit), like=text)
            for each, text in zip((pair.first, pair.second), pair.texts, strict=True)
        )
        if pair.kind == "limits":
            yield replace(one, evidence=replace(one.evidence, part=""), like="", holds=True)
            continue
        if pair.kind == "interval":
            yield drafts.interval(passage, shown, pair, one, other)
            continue
        if pair.kind == "room":
            id = f"{one.id.removesuffix('.mean')}.{'se' if is_error(pair.second) else 'sd'}"
            yield replace(one, more=(replace(other, id=id),), holds=True)
            continue
        yield drafts.of_both(passage, pair, one, other)


def counted(
    drafts: Drafts, passage: Passage, number: Untied, shown: Shown, outputs: Outputs
) -> Iterator[Proposal]:
    """Give the shares of counts against which nothing in the sentence speaks."""
    paragraph = clauses.paragraph(passage, number)
    for pair in portions(number, shown, clauses.around(number)[1], outputs.evidence, passage.lang):
        shared, support, fits = outputs.judged(pair.first, number, paragraph)
        if fits and support >= RARE and (not pair.first.rows or pair.first.rows & shared):
            one = drafts.shared(passage, number, outputs, pair)
            yield replace(one, fits=False, doubtful=not pair.texts[1])
