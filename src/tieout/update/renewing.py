"""What a displayed number or name should read where it does not agree with its entry: in its own style."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from tieout import numerals
from tieout.ledger.entries import Cell, differs
from tieout.numbers import PURE, Quantity
from tieout.update.byhand import by_hand

_SIGN = re.compile(r"(?<=\s)=\s*$")
# What is wrong with these is a word, a unit or the id, and no number.
_BY_HAND = (numerals.MEMBER, "direction", "swapped")
_HYPHEN = re.compile(r"(?<![\w)%.])-(?=[.\d])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_YEARS = re.compile(r"(\d{4})(\D+)(\d{4})")


class Unread(ValueError):
    """A number can be written anew, and its sentence has to be read anew: a person does both."""


def rewritten(
    shown: str, cell: Cell, lang: str = "en", context: numerals.Context = numerals.NOTHING
) -> str | None:
    """Return what `tieout update` writes instead of what a tie shows; None where that agrees.

    Raises
    ------
    Unread
        What would stand there agrees, and says what nobody meant.
    ValueError
        As `renewed`.
    """
    new = renewed(shown, cell, lang, context)
    if new is not None and cell.quantity is not None:
        why = by_hand(shown, new, numerals.spoken_with(shown, cell.quantity, lang, context), lang)
        if why:
            raise Unread(why)
    return new


def renewed(
    shown: str, cell: Cell, lang: str = "en", context: numerals.Context = numerals.NOTHING
) -> str | None:
    """Return what a tie should show instead of what it shows where it stands; None where that agrees.

    Raises
    ------
    ValueError
        It shows what is no number, or nothing that can be written agrees; in words.
    """
    if cell.quantity is None:
        return _renamed(shown, cell.text, lang) if differs(shown, cell.text, lang) else None
    said, around = numerals.points_in_full(shown, context, cell.text)
    wrong = numerals.judged(said, cell.quantity, lang, around, cell.family)
    if wrong is None:
        return None
    reason = wrong.why
    if wrong.kind in _BY_HAND:
        raise ValueError(reason)
    inner = numerals.within(shown, lang)
    if inner:
        new = renewed(inner.number, cell, lang, inner.context(context))
        return None if new is None else f"{inner.lead}{new}{inner.tail}"
    told = numerals.parts(shown, cell.quantity, lang, context, cell.family)
    if told:
        if numerals.unclear(cell.quantity, context):
            raise ValueError(_turned(reason, context))
        return _retold(shown, told, cell, lang, reason, context)
    said = numerals.spoken_with(shown, cell.quantity, lang, context)
    words = numerals.claims(said, lang)
    if wrong.kind == "bare" and not words and not numerals.needs_range(cell.quantity):
        opened = numerals.opened(shown, cell.quantity, lang, context.clause[0])
        if numerals.says(opened, cell.quantity, lang, context):
            return opened
    form = numerals.parse(shown, lang)
    is_among = form is not None and form.figures[0].style == "among"
    if form is None or (form.is_fixed and not is_among):
        raise ValueError(reason)
    unsigned = shown.lstrip()[:1] not in ("−", "-", "(") and not any(end < 0 for end in form.ends)
    fallen = unsigned and numerals.is_fall(cell.quantity, context)  # the words say the sign: *fell by*
    quantity = numerals.mirrored(cell.quantity) if fallen else cell.quantity
    for new, whole in _forms(shown, cell.text, quantity, lang, said):
        new = numerals.fitted(new, context.clause[0], lang)
        bare = new.removeprefix("−")
        if unsigned and numerals.says(bare, cell.quantity, lang, context):
            new = bare
        if _is_named(shown, lang) and not _is_named(new, lang):
            continue  # its words are the author's
        now = numerals.parse(new, lang) if is_among else None
        if is_among and (now is None or now.figures[0].style != "among"):
            continue
        true = numerals.says(new, cell.quantity, lang, context)
        if true and words <= numerals.claims(whole, lang) and not numerals.unclear(cell.quantity, context):
            return new
    raise ValueError(_turned(reason, context) if numerals.unclear(cell.quantity, context) else reason)


def _turned(reason: str, context: numerals.Context) -> str:
    """Return a reason with what the words at a number say that it may no longer be."""
    found = numerals.turn(context)
    if found is None:
        return f"{reason}; the words beside it say which way it went, which may be true no longer"
    said = "a rise, or more" if found.way > 0 else "a fall, or less"
    return f"{reason}; the words beside it say {said}, which may be true no longer"


def _retold(
    shown: str, told: Sequence[numerals.Told], cell: Cell, lang: str, reason: str, context: numerals.Context
) -> str:
    """Return an expression with each of its numbers as its entry has it, in the form that it had."""
    new = shown
    for each in reversed(told):
        if each.quantity is None:
            raise ValueError(reason)
        quantity = numerals.as_written(each, each.quantity, lang, context)
        if numerals.says(each.text, quantity, lang):
            continue
        now = numerals.as_probability(each.text, quantity, lang) if each.name in ("p", "P") else None
        now = now or renewed(each.text, Cell("", quantity), lang) or each.text
        if _HYPHEN.search(shown) and "−" not in shown:
            now = now.replace("−", "-")
        if len(_WORD.findall(now)) < len(_WORD.findall(each.text)):
            raise ValueError(reason)  # no form of it keeps its words
        at = new.find(each.text, each.start)
        if at < 0:
            raise ValueError(reason)
        before = _SIGN.sub("", new[:at]) if now[0] in "<>=≤≥" else new[:at]
        new = before + now + new[at + len(each.text) :]
    assert cell.quantity is not None
    if numerals.judged(new, cell.quantity, lang, context, cell.family) is not None:
        raise ValueError(reason)
    return new


def _is_named(text: str, lang: str) -> bool:
    """Whether a text is one number and what it is called: *b = 0.25*, *95% CI 0.09–0.41*."""
    return len(numerals.expression(text, lang)) == 1


def _forms(shown: str, default: str, quantity: Quantity, lang: str, said: str) -> Iterator[tuple[str, str]]:
    """Give forms of a quantity, each for the tie alone and with what stands around it.

    First a bound that is moved, then like what is said, as its entry shows it, and by its own precision.
    """
    before, _, after = said.partition(shown.strip())
    united = numerals.with_unit(shown, quantity, lang)
    for like in dict.fromkeys((said, shown, *([united] if united else ()), default, None)):
        forms = list(_like(like, quantity, lang))
        if forms and like == said:
            forms[:0] = [numerals.rebound(said, quantity, lang) or "", *_as_coarse(said, quantity, lang)]
        for form in filter(None, forms):
            if like not in (said, shown) or (like == shown and said != shown):
                yield form, f"{before}{form}{after}"
            elif form.startswith(before) and form.endswith(after):
                inner = form[len(before) : len(form) - len(after)]  # what stands around the tie stays
                if quantity.value < 0:  # the words may say the sign: *fell by*
                    yield inner.lstrip("−"), form
                yield inner, form


def _like(like: str | None, quantity: Quantity, lang: str) -> Iterator[str]:
    """Give a quantity in the form of an example; an interval without its unit where the example has none.

    It is that of the estimate: *0.25 kg (95% CI 0.09–0.41)*.
    """
    for each in (quantity, replace(quantity, unit=PURE))[: 2 if quantity.is_range and like else 1]:
        with suppress(ValueError):
            yield numerals.format(each, like=like, lang=lang)
            return


def _as_coarse(said: str, quantity: Quantity, lang: str) -> Iterator[str]:
    """Give a number as coarse as what is said: 6,100 where 5,400 stood for 5,366."""
    shown = numerals.parse(said, lang)
    if shown is not None and numerals.is_loose(shown.figures[0]):
        about = "about "
        yield numerals.format(quantity, like=f"{about}{said}", lang=lang).removeprefix(about)


def _renamed(shown: str, text: str, lang: str) -> str:
    """Return a name, date or period in the manner of what is shown: a capital, the words of a span."""
    moment = numerals.rewritten(shown, text, lang)
    if moment is not None:
        return moment
    years, period = _YEARS.fullmatch(shown), _YEARS.fullmatch(text)
    if years and period:
        return period[1] + years[2] + period[3]
    first = shown.lstrip()[:1]
    if first.isupper():
        return text[:1].upper() + text[1:]
    phrase = " " in text and text[1:] == text[1:].lower()
    return text[:1].lower() + text[1:] if first.islower() and phrase else text
