"""The outputs that explain a number of the prose: by value, as rounded there, and by the words beside it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tieout import numerals
from tieout.numbers import PERCENT, POINT
from tieout.prose import Passage, Untied
from tieout.suggest import clauses, fitted
from tieout.suggest.combined import (
    COMPARING,
    called_by,
    compares,
    is_mere_share,
    lies_apart,
    may_lie_between,
)
from tieout.suggest.drafts import Drafts
from tieout.suggest.estimates import terms_before
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import NAMES_OF_STATISTICS
from tieout.suggest.meanings import is_half_within, is_median, is_raw_beside_model, may_be_fit
from tieout.suggest.naming import heads, in_table
from tieout.suggest.outputs import Outputs
from tieout.suggest.preferred import preferred
from tieout.suggest.proposal import (
    BESIDE,
    COUNTED,
    FEW,
    RARE,
    Proposal,
    digits_of,
    in_form,
    ranked,
)
from tieout.suggest.remainders import PLAIN, remainders
from tieout.suggest.rivals import (
    is_beside_its_row,
    is_percentage,
    of_its_row,
    of_named_column,
    of_named_test,
    told_apart,
)
from tieout.suggest.saidunits import converted
from tieout.suggest.settling import settled_by_value
from tieout.suggest.titles import titled
from tieout.suggest.together import counted, families, paired
from tieout.suggest.toldin import in_scale

FEWEST = 2  # digits that say something
_NUMBERS = ("number", "year", "range", "word", "formula")


def explained(
    drafts: Drafts,
    known: Collection[str],
    passage: Passage,
    number: Untied,
    beside: Collection[str],
    outputs: Outputs,
    others: bool = False,
) -> tuple[Proposal, ...]:
    """Return the outputs that a number agrees with, those that nothing says to be something else, best first.

    Parameters
    ----------
    drafts
        Makes proposals of outputs.
    known
        The ids that exist.
    passage, number
        The number, and where it stands.
    beside
        The ids of families that other numbers of its sentence surely belong to.
    outputs
        What its notebook shows, or holds.
    others
        Whether those are returned that something says to be something else.
    """
    headings = heads(passage, number)
    number = in_table(passage, number)
    whole = tuple(families(drafts, passage, number, outputs))
    if whole or number.kind not in _NUMBERS:
        return whole
    shown = numerals.parse(number.text, passage.lang)
    if shown is None:
        return ()
    found = list(paired(drafts, passage, number, shown, outputs))
    if found or shown.is_range:
        return ranked(found)
    per = shown.figures[0].per
    units = ["", shown.unit] if shown.unit else ["", f"per {per:,}"] if per > 1 else [""]
    units += outputs.units.scaled(shown)
    full = outputs.units.in_full(shown) if digits_of(number) >= FEW else []
    wide = fitted.rated(number, passage.lang)
    units = [wide.unit or "", *units] if wide else units
    guessed = outputs.units.guessed_scales(shown) if digits_of(number) > FEW else []
    is_compared, is_apart = compares(number, passage.lang), lies_apart(number)
    around = numerals.Context(*clauses.around(number))
    called = called_by(number)
    is_half, is_long = is_half_within(number), digits_of(number) >= FEW
    hedged = fitted.hedged(number, shown, passage.lang)
    clause = clauses.clause(*clauses.around(number)) - PLAIN
    held = {each.known_as for id, each in outputs.recorded.items() if id in known}
    terms = terms_before(number, outputs.evidence)
    is_tens = wide is None and f"{per}".strip("0") == "1"
    for each in outputs.evidence:
        if is_tens and fitted.is_far(number, shown, each):
            continue
        if terms and each.term is not None and (each.expression, each.term) not in terms:
            continue
        is_middle = is_half and is_median(each)
        is_other = not is_middle and outputs.is_other(each, number, passage.lang)
        if is_other is not others or each.known_as in held:
            continue
        if clauses.names_another_test(number, each.test) or (is_apart and not may_lie_between(each)):
            continue
        own = converted(each, shown) if wide is None else ""
        given = (*units[::-1], *guessed) if not each.number else (*units, *guessed)
        given = (*given, *(() if each.is_exact else full))
        if own:
            given = (*units, own) if shown.unit is None else (own,)
        for unit in filter(lambda unit: unit is not None, given):  # 0.0 is a hundred times itself
            if not outputs.units.may_be_in(each, unit or ""):
                continue
            is_said = each.words & (COMPARING | called) or is_percentage(each)
            is_said = is_said or (outputs.is_whole and is_long)
            if is_compared and not is_said and each.rows:
                continue  # *81% more* is no cost of 81.0
            if is_compared and shown.unit == PERCENT and is_mere_share(each):
                continue
            if unit in guessed and not outputs.is_named(each, number):
                continue
            if unit == PERCENT and shown.unit is None and not is_percentage(each):
                continue  # *three in ten* of 30.0, in a column of percentages
            if unit == POINT and not clauses.in_percent(number, each.words):
                continue
            part = "statistic" if each.is_measure else each.part
            if not clauses.may_be(number, shown, each.words, part) or not may_be_fit(number, each.words):
                continue
            is_p = clauses.is_probability(each.words, each.part)
            if is_p and each.part is None and _is_of_interval(each, number, outputs):
                continue  # it is of what the interval is of, which many small p-values would fit
            if is_p and each.term is not None and clauses.is_of_correlation(number):
                continue
            texts = [clauses.bounded(number) if is_p else number.text]
            texts += [hedged] if hedged and each.words & clause else []
            if each.number < 0:
                named = replace(each.in_unit(), label=titled(each))
                falls = clauses.is_lowered(number) or numerals.is_fall(named, around)
                texts += [f"-{number.text}"] if falls else []
            is_rate = wide is not None and unit == wide.unit
            texts = [wide.text] if wide and is_rate else texts
            agrees = any(fitted.may_agree(text, each, unit or "", passage.lang) for text in texts)
            if agrees or fitted.is_bound(number, shown, each, unit or "", passage.lang):
                one = drafts.of(passage, number, outputs, each, unit or "")
                one = in_form(one, wide.text) if wide and is_rate else one
                one = in_form(one, clauses.bounded(number)) if is_p else one
                is_of_term = each.term is not None and bool(terms)
                more = BESIDE if is_of_term or (one.id in beside and each.part is not None) else 0.0
                one = replace(one, fits=one.holds and not one.doubtful) if is_of_term else one
                one = replace(one, support=one.support + more + (COUNTED if is_middle else 0.0))
                if is_compared and is_raw_beside_model(number, each):
                    one = replace(one, fits=False, doubtful=True)
                if own and unit == own and digits_of(number) < FEWEST:
                    one = replace(one, fits=False, doubtful=True)  # *2 hours* of 95 minutes
                if (unit and unit in guessed) or fitted.is_rough(shown, each, unit or ""):
                    one = replace(one, fits=False, doubtful=one.doubtful or unit not in guessed)
                if is_p and each.part is None and clauses.is_beside_interval(number):
                    one = replace(one, doubtful=False)  # what else its row shows stands beside it
                other = "" if is_p else fitted.left_open(texts[0], each, unit or "", passage.lang)
                if not agrees:
                    like = numerals.format(each.in_unit(unit or ""), number.text, passage.lang)
                    one = replace(one, fits=False, like=like)  # *over 2,470* may be said of much
                elif other:  # was 48.5 a little less, or more?
                    unnamed = not one.shared - NAMES_OF_STATISTICS
                    doubtful = one.doubtful or unnamed or each.is_coarse
                    one = replace(one, fits=False, doubtful=doubtful, other=other)
                found.append(one)
                break
    if not any(each.evidence.words & clause for each in found):
        left = list(remainders(number, shown, outputs.evidence, passage.lang))
        if left:  # *18% did not survive* is no other share of 18%
            return tuple(drafts.compared(passage, number, outputs, each, False) for each in left)
    found = told_apart(of_named_test(found, number, outputs.tests), number)
    found = of_its_row(found, *headings) if headings is not None else of_named_column(found, number)
    found = in_scale(preferred(found, number, shown, outputs.known_as), shown)
    elsewhere = {each.evidence.number for each in found if each.evidence.turn is None}
    found = [each for each in found if each.evidence.turn is None or each.evidence.number not in elsewhere]
    if not any(each.fits for each in found):
        found += counted(drafts, passage, number, shown, outputs)
    if not all(each.code for each in found):
        found = [each for each in found if not (each.counts and each.doubtful)]
    if outputs.is_whole and passage.cell is not None:
        found = settled_by_value(found, number, passage.cell)
    elif digits_of(number) < FEW and not fitted.is_only_count(number, found):
        # It agrees with something in each notebook.
        found = [each for each in found if each.support + RARE * each.evidence.is_alone >= RARE]
    return ranked(found)


def _is_of_interval(found: Evidence, number: Untied, outputs: Outputs) -> bool:
    """Whether a p-value stands beside an interval, and beside no other number of this output's row."""
    beside = clauses.is_beside_interval(number)
    return beside and not is_beside_its_row(found, number, outputs.evidence)
