"""Writes a quantity in the form of an example, so that an author's style outlives a change of the number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tieout.numbers import Interval, Quantity, write_span
from tieout.numerals.bounds import rebound
from tieout.numerals.cldr import MINUSES
from tieout.numerals.context import name_before
from tieout.numerals.defaults import default
from tieout.numerals.fitting import conversion, in_degrees, needs_unit
from tieout.numerals.formulas import as_tex, span_in, untexed, without
from tieout.numerals.hedging import opened
from tieout.numerals.locales import FAMILIES, MONEY, POINTS, SPACES, in_number, scale_word, written_scales
from tieout.numerals.matching import (
    halfway,
    is_bare,
    is_bound,
    is_hedged,
    is_level,
    is_nearly,
    mismatch,
    wanted_values,
)
from tieout.numerals.nouns import many, one
from tieout.numerals.qualifiers import contradiction
from tieout.numerals.reading import readings
from tieout.numerals.rewriting import Writer
from tieout.numerals.rounding import ends, finest_grain, place_of, rounded
from tieout.numerals.shown import NOUN, NOWHERE, TIME, Figure, Shown, Span
from tieout.numerals.spans import LEVEL, releveled
from tieout.numerals.spread import is_open, needs_range, range_ends, range_grain
from tieout.numerals.statement import BOUNDS
from tieout.numerals.tails import HYPHENS

_BETWEEN = re.compile(r"\b(?:between|між)\s+", re.IGNORECASE)
_SINGLE = ("1", "one", "a", "an")


def format(quantity: Quantity, like: str | None = None, lang: str = "en") -> str:
    """Return a quantity as readers see it.

    Parameters
    ----------
    quantity
        What to show.
    like
        An example of the form: its scale, decimals, grouping, currency, sign, spaces and words are kept.
        There are never more decimals than in the example, and never more than the quantity supports.
        Qualifier words that are not true of the quantity go. A bare number gets a hedge, or becomes a range,
        where it would hide that its interval is wider than a tenth of it.
    lang
        The language of the document.

    Raises
    ------
    ValueError
        The example is not a number, or shows a unit that the quantity cannot be shown in.

    Examples
    --------
    >>> market = Quantity.stated("market", text="18.9", unit="billion USD")
    >>> format(market), format(market, "$2.5B"), format(market, "$900 million"), format(market, "about $2 bn")
    ('$18.9 billion', '$18.9B', '$18,900 million', 'about $19 bn')
    """
    if like is None:
        return _default(quantity, lang)
    name = name_before(like, quantity)
    if name:
        return name + format(quantity, like.removeprefix(name), lang)
    found = readings(like, lang)
    if not found:
        raise ValueError(f"{like!r} is not one number")
    if found[0].level is not None and found[0].level != quantity.level:
        return format(quantity, releveled(like, quantity.level), lang)
    fitting = [shown for shown in found if not isinstance(conversion(shown, quantity), str)]
    if not fitting:
        raise ValueError(f"{like!r} {conversion(found[0], quantity)}")
    agreeing = [shown for shown in fitting if mismatch(shown, quantity) is None]
    if any(is_bound(shown) and (is_open(quantity) or is_level(shown)) for shown in agreeing):
        return like.strip()  # a bound that is true of what is open stays, and so does a level: *p < .05*
    if any(halfway(shown, quantity) for shown in agreeing):
        return like.strip()  # both neighbours are true: the author's stays
    text = _Restyled(quantity, (agreeing or fitting)[0], lang, like.strip()).text()
    text = _openly(_without_contradictions(text, quantity, lang), quantity, lang)
    if LEVEL.search(like) and not LEVEL.search(text):
        raise ValueError(f"{like!r} names a level, and the interval cannot be written with its words")
    return text


def as_ends(quantity: Quantity, bounds: Sequence[Quantity | None], lang: str) -> str | None:
    """Return an interval in the form that its ends ask for; None where these are digits that somebody wrote.

    Ends with forms of their own have as many decimals as these; mere numbers two digits of the width.

    Parameters
    ----------
    bounds
        The quantities that its ends are; None for a mere number.
    """
    size = Fraction(quantity.scale)
    low, high = (Fraction(end or 0) / size for end in (quantity.interval.low, quantity.interval.high))
    forms = [readings(each.like, lang)[:1] if each is not None and each.like else () for each in bounds]
    if all(forms):
        places = max(form[0].figures[0].decimals for form in forms)
    elif any(bounds) or low == high:
        return None
    else:
        places = max(1 - place_of(high - low), 0)
    steps = (rounded(end, Fraction(1, 10**places)) * 10**places for end in (low, high))
    digits = (f"{Decimal(int(step)).scaleb(-places):f}" for step in steps)
    return format(replace(quantity, text=write_span(*digits)), lang=lang)


def _openly(text: str, quantity: Quantity, lang: str) -> str:
    """Put a hedge before a number that would pretend to be sharp."""
    found = [mismatch(shown, quantity) for shown in readings(text, lang)]
    if not found or any(each is None or each.kind not in ("bare", "unit") for each in found):
        return text
    said = opened(text, quantity, lang)
    if any(mismatch(shown, quantity) is None for shown in readings(said, lang)):
        return said
    return rebound(said, quantity, lang) or default(quantity, lang)


def _default(quantity: Quantity, lang: str) -> str:
    """Write a quantity by its own precision; the ends of a range below zero with their signs, and *to*."""
    values = ends(quantity)
    if min(values) >= 0 or len(values) == 1:
        return default(quantity, lang)
    low, high = sorted(map(abs, (quantity.interval.low or Decimal(0), quantity.interval.high or Decimal(0))))
    like = default(replace(quantity, interval=Interval(low, high)), lang)
    for shown in readings(like, lang):
        if shown.is_range and not isinstance(conversion(shown, quantity), str):
            text = _Restyled(quantity, shown, lang, like).span()
            if text is not None:
                return text
    raise ValueError("a range below zero has no form of its own; give an example of it")


def _without_contradictions(text: str, quantity: Quantity, lang: str) -> str:
    """Take out the qualifier words that are not true of the quantity."""
    differences = [(shown, mismatch(shown, quantity)) for shown in readings(text, lang)]
    if any(difference is None for _, difference in differences):
        return text
    if any(
        is_hedged(shown) for shown, difference in differences if difference and difference.kind == "value"
    ):
        return _default(quantity, lang)
    if any(difference.kind == "bound" for _, difference in differences if difference is not None):
        moved = rebound(text, quantity, lang)
        if moved is not None:
            return moved
        for shown, _ in differences:
            return without(text, [span for word, span in shown.qualifiers if word in BOUNDS])
    for shown, difference in differences:
        if difference is not None and difference.kind == "qualifier":
            wrong = [span for word, span in shown.qualifiers if contradiction(word, quantity, shown)]
            return without(text, wrong)
    return text


class _Restyled:
    """One quantity in the form of one example."""

    def __init__(self, quantity: Quantity, shown: Shown, lang: str, written: str) -> None:
        self.written = written  # a formula is read with its signs as characters, and written as it is
        quantity = in_degrees(quantity, shown)
        factor = conversion(shown, quantity)
        assert isinstance(factor, Fraction)
        finest, values = finest_grain(quantity), wanted_values(shown, quantity)
        spread = None if quantity.is_range or quantity.text is not None else range_ends(quantity)
        if spread and (shown.is_range or (is_bare(shown) and needs_range(quantity))):
            finest, values = range_grain(quantity), spread
        self.quantity, self.shown, self.lang = quantity, shown, lang
        self.values = [value * factor for value in values]
        finest = None if finest is None else finest * factor
        self.writer = Writer(quantity, factor, finest, shown.place, is_hedged(shown), is_nearly(shown))
        self.edits: list[tuple[int, int, str]] = []

    def text(self) -> str:
        """Return the quantity in the form of the example."""
        shown = self.shown
        spread = len(self.values) > len(shown.figures)
        bare = self._lacks_unit()
        if shown.is_range and len(self.values) == 2 and (self._is_signed() or shown.form):
            text = self.span()
            return _default(self.quantity, self.lang) if text is None else text
        if (spread and (bare or min(self.values) < 0)) or (shown.form and not spread):
            return _default(self.quantity, self.lang)
        if shown.is_range and len(self.values) == 1:
            first, second = shown.figures
            text = shown.text[: first.end] + shown.text[second.end :]
            return format(self.quantity, _BETWEEN.sub("", text), self.lang)
        figures = self._sized(shown.figures)
        written = self._spread(figures[0]) if spread else self._numbers(figures)
        if written is None:
            return _default(self.quantity, self.lang)
        if figures == shown.figures and not spread:
            self._scales(written)
        self._sign(written[0])
        self._noun(written)
        return self._edited()

    def _edited(self) -> str:
        shown, written = self.shown, self.written
        plain, at = untexed(written)
        if plain == shown.text != written:
            for start, end, new in sorted(self.edits, reverse=True):
                first, last = span_in(at, start, end)
                written = written[:first] + as_tex(new, written[first:last]) + written[last:]
            return written
        text = written if len(written) == len(shown.text) else shown.text
        for start, end, new in sorted(self.edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text.translate(shown.place.own_digits)

    def _lacks_unit(self) -> bool:
        """Whether its unit is missing; beside a level, *95% CI 0.09–0.41*, it is that of the estimate."""
        shown = self.shown
        return shown.unit is None and shown.level is None and needs_unit(self.quantity.unit)

    def _is_signed(self) -> bool:
        return min(self.values) < 0 or any(figure.below for figure in self.shown.figures)

    def span(self) -> str | None:
        """Return a range whose ends have their own signs, or in brackets, or with its room; None for none."""
        shown = self.shown
        written: list[str] = []
        for figure, value in zip(shown.figures, self.values, strict=True):
            if figure.style != "digits" or figure.exponent:
                return None
            text = self.writer.digits(figure, self._own(figure), abs(value))
            if shown.form == "digits" and written:
                text = self._room(value, written[0])
                if not text:
                    return None
            self.edits.append((figure.start, figure.end, text))
            at = figure.unit_at[0] if figure.unit_first else figure.start
            plus = int(shown.text[:at].endswith("+") and figure.sign_at == NOWHERE)
            signed = figure.sign_at if figure.sign_at != NOWHERE else (at - plus, at)
            below = value < 0 and bool(re.search("[1-9]", text))
            kept = shown.text[slice(*signed)].strip(MINUSES)
            self.edits.append((*signed, self._minus() if below else kept))
            written.append(text)
        first, second = shown.figures
        until = second.sign_at[0] if second.sign_at != NOWHERE else second.start
        gap = shown.text[first.end : until]
        if self._is_signed() and not shown.form and (dash := re.search(r"\s*[-–‒‑‐]\s*(?=\W?$)", gap)):
            self.edits.append((first.end + dash.start(), first.end + dash.end(), " to "))
        return self._edited()

    def _minus(self) -> str:
        """Return the minus that an end of the example has; the language's where none has one."""
        own = "".join(self.shown.text[slice(*each.sign_at)] for each in self.shown.figures if each.below)
        return "-" if "-" in own else self.shown.place.minus

    def _room(self, room: Fraction, middle: str) -> str:
        """Return the room to either side in units of the last digit before it; empty for nothing."""
        places = (
            len(middle.rpartition(self.shown.place.decimal)[2]) if self.shown.place.decimal in middle else 0
        )
        units = rounded(room, Fraction(1, 10**places)) * 10**places
        return str(int(units)) if places and 1 <= units < 1000 else ""

    def _own(self, figure: Figure) -> str:
        return self.shown.text[figure.start : figure.end]

    def _numbers(self, figures: tuple[Figure, ...]) -> list[str] | None:
        """Write each number where the example has its; None where it has no form for one."""
        written: list[str] = []
        for figure, value in zip(figures, self.values, strict=True):
            own, after = self._own(figure), self.shown.text[figure.end :]
            fold = after.startswith("fold")
            below = value < 0 and figure.style not in ("digits", "power", "exponent")
            if self._lacks_unit():
                # Only a fraction says a percentage without its sign.
                text = None if below else self.writer.part(figure, own, value)
                if text is None:
                    return None
            else:
                text = None if below else self.writer.write(figure, own, abs(value), fold)
            if text is None:
                text = self.writer.plain(figure, abs(value)) + ("-" if fold else "")
            if figure.number >= 1000 and own.isdigit() and len(own) == 2 and text[:2] == written[0][:2]:
                text = text[2:]
            self.edits.append((figure.start, figure.end, text))
            written.append(text)
        return written

    def _spread(self, figure: Figure) -> list[str]:
        """Write a range where the example has one number."""
        if figure.style == "digits":
            written = [self.writer.digits(figure, self._own(figure), abs(value)) for value in self.values]
        else:
            written = [self.writer.plain(replace(figure, exponent=0), abs(value)) for value in self.values]
        self.edits.append((figure.start, figure.end, "–".join(written)))
        return written

    def _sized(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """Take a smaller scale word where the example's would leave nothing of the value."""
        last = figures[-1]
        largest = max(abs(value) for value in self.values)
        spans: set[Span] = {figure.scale_at for figure in figures} - {NOWHERE}
        if not largest or not spans or last.style not in ("digits", "words", "part"):
            return figures
        if largest > last.size / 2 or (last.style != "words" and self.writer.rounded(last, largest)):
            return figures
        if last.style == "part" and largest > last.size / 20:
            return figures
        smaller = {self._smaller(self._bare(span), largest) for span in spans}
        scale = min(scale for scale, _ in smaller)
        for start, end in spans:
            own, word = self.shown.text[start:end], self._bare((start, end))
            new = own.removesuffix(word) + self._smaller(word, Fraction(scale))[1]
            self.edits.append((start, end, new if scale > 1 else ""))
        return tuple(replace(figure, scale=scale) for figure in figures)

    def _bare(self, span: Span) -> str:
        return self.shown.text[slice(*span)].lstrip(SPACES + "\n" + HYPHENS)

    def _smaller(self, word: str, largest: Fraction) -> tuple[Decimal, str]:
        """Return the largest scale up to a value, and its word of the same kind; one and nothing for none."""
        family = next((family for family in FAMILIES if word in family.values()), None)
        known = family or {scale: scale_word(scale, self.lang) or "" for scale in written_scales(self.lang)}
        found = [(scale, each.strip()) for scale, each in known.items() if scale <= largest]
        return max(found, default=(Decimal(1), ""))

    def _scales(self, written: list[str]) -> None:
        """Fit scale words to their numbers: *два мільйони*, *п’ять мільйонів*."""
        for figure, text in zip(self.shown.figures, written, strict=True):
            if figure.scale_at != NOWHERE and figure.style in ("digits", "words"):
                word, now = self._bare(figure.scale_at), readings(text, self.lang)
                count = now[0].figures[0].count if now else figure.count
                new = in_number(word, figure.scale, self.lang, figure.count, count)
                self.edits.append((figure.scale_at[1] - len(word), figure.scale_at[1], new))

    def _sign(self, written: str) -> None:
        shown = self.shown
        below = self.values[0] < 0 and bool(re.search(r"[^\W0]", written))
        if below == shown.negative:
            return
        if shown.parentheses:
            opened = shown.text.index("(")
            closed = shown.text.index(")", shown.figures[0].end)
            self.edits += [(opened, opened + 1, ""), (closed, closed + 1, "")]
        elif shown.sign_at != NOWHERE:
            self.edits.append((*shown.sign_at, shown.place.minus if below else ""))
        else:
            figure = shown.figures[0]
            at = figure.unit_at[0] if figure.unit_first else figure.start
            self.edits.append((at, at, shown.place.minus))

    def _noun(self, written: list[str]) -> None:
        """Fit a noun to its number: *1 year*, *6 years*."""
        figure = self.shown.figures[-1]
        start, end = figure.unit_at
        noun = self.shown.text[max(start, 0) : max(end, 0)]
        spaced = noun[:1].isspace() and start >= figure.end
        if self.shown.mark not in (NOUN, TIME, POINTS, MONEY) or not spaced or figure.scale != 1:
            return
        was_single = not self.shown.is_range and self._own(figure).lower() in _SINGLE
        is_single = len(written) == 1 and written[0].lower() in _SINGLE
        if was_single != is_single:
            self.edits.append((start, end, one(noun) if is_single else many(noun)))
