"""Writes a quantity as readers see it: in the form of an example, or in one that fits its unit and precision."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tieout import units
from tieout.agreement import (
    comparing_grain,
    contradiction,
    conversion,
    disagreement,
    ends,
    finest_grain,
    nearest_part,
    needs_unit,
    numerator,
    power_below,
    rounded,
    spoken,
)
from tieout.numberparse import NOUN, NOWHERE, TIME, Figure, Shown, Span, readings
from tieout.numberwords import (
    APPROX,
    FAMILIES,
    LOWERED,
    MINUS,
    MONEY,
    NEARLY,
    POINTS,
    VULGAR,
    WRITTEN_SIGNS,
    Locale,
    locale,
    scale_word,
    suffix,
    write_ordinal,
    write_part,
    write_words,
)
from tieout.quantity import Quantity
from tieout.units import PERCENT, POINT

_SIGNIFICANT = 4
_EXACT_DECIMALS = 6
_LARGE = 10**6
_BETWEEN = re.compile(r"^(?:between|from)\s+", re.IGNORECASE)
_POWER = re.compile(r"(?P<join>\s*[×x·⋅]\s*)?10(?P<hat>\^?)[^\s]+$|(?P<letter>[eE])(?P<plus>\+?)[−-]?[0-9]+$")
_SHORT_UNITS = {"kilowatt_hour": "kWh", "hertz": "Hz"}
_ABBREVIATED = {"pt": "pts", "yr": "yrs", "hr": "hrs", "sec": "secs", "min": "mins"}


def format(quantity: Quantity, like: str | None = None, lang: str = "en") -> str:
    """Return a quantity as readers see it.

    Parameters
    ----------
    quantity
        What to show.
    like
        An example of the form: its scale, decimals, grouping, currency, sign, spaces and words are kept. There
        are never more decimals than in the example, and never more than the quantity supports.
    lang
        The language of the document.

    Raises
    ------
    ValueError
        The example is not a number, or shows a unit that the quantity cannot be shown in.

    Examples
    --------
    >>> market = Quantity.stated("market", text="18.9", unit="billion USD")
    >>> format(market), format(market, "$2.5B"), format(market, "$900 million"), format(market, "about two billion USD")
    ('$18.9 billion', '$18.9B', '$18,900 million', 'about nineteen billion USD')
    """
    if like is None:
        return _default(quantity, lang)
    found = readings(like, lang)
    if not found:
        raise ValueError(f"{like!r} is not one number")
    fitting = [shown for shown in found if not isinstance(conversion(shown, quantity), str)]
    if not fitting:
        raise ValueError(f"{like!r} {conversion(found[0], quantity)}")
    agreeing = (
        [shown for shown in fitting if disagreement(shown, quantity, lang) is None]
        if len(fitting) > 1
        else []
    )
    text = _Restyled(quantity, (agreeing or fitting)[0], lang).text()
    return _without_contradictions(text, quantity, lang)


def _without_contradictions(text: str, quantity: Quantity, lang: str) -> str:
    """Take out the qualifier words of the example that are not true of the quantity."""
    for shown in readings(text, lang):
        if isinstance(conversion(shown, quantity), str):
            continue
        wrong = [span for word, span in shown.qualifiers if contradiction(word, quantity, shown)]
        for start, end in sorted(wrong, reverse=True):
            text = text[:start] + text[end:]
        return text.strip()
    return text


class _Restyled:
    """One quantity in the form of one example."""

    def __init__(self, quantity: Quantity, shown: Shown, lang: str) -> None:
        self.quantity, self.shown, self.lang = quantity, shown, lang
        factor = conversion(shown, quantity)
        assert isinstance(factor, Fraction)
        self.values = [value * factor for value in ends(quantity)]
        finest = finest_grain(quantity)
        self.finest = None if finest is None else finest * factor
        self.stated = quantity.text is not None
        self.hedged = any(word in (APPROX, NEARLY) for word, _ in shown.qualifiers)
        self.edits: list[tuple[int, int, str]] = []

    def text(self) -> str:
        shown = self.shown
        figures = shown.figures
        if shown.is_range and (shown.negative or any(value < 0 for value in self.values)):
            return _default(self.quantity, self.lang)
        if shown.is_range and len(self.values) == 1:
            return self._collapsed()
        written: list[str] = []
        if len(self.values) == 2 and len(figures) == 1:
            figures = (replace(figures[0], style="digits"),)
            figure = self._sized(figures[0], self.values)
            written = [self._digits(figure, abs(value)) for value in self.values]
            self._edit((figure.start, figure.end), "–".join(written))
        else:
            if shown.kind == "year" and shown.is_range:
                figures = (figures[0], replace(figures[1], number=figures[0].number))
            for figure, value in zip(figures, self.values, strict=True):
                sized = self._sized(figure, [value])
                text = self._number(sized, abs(value))
                if text is None:
                    return _default(self.quantity, self.lang)
                self._edit((figure.start, figure.end), self._cased(text, figure))
                written.append(text)
        self._sign(written[0])
        self._plural(written[-1])
        return self._applied()

    def _collapsed(self) -> str:
        """Make the example show one number, and follow that."""
        shown = self.shown
        first, second = shown.figures
        text = shown.text[: first.start] + shown.text[second.start :]
        if first.unit_at[0] >= first.end or first.scale_at[0] >= first.end:
            text = shown.text[: first.start] + shown.text[second.start :]
        text = _BETWEEN.sub("", text)
        return format(self.quantity, text, self.lang)

    def _edit(self, span: Span, text: str) -> None:
        if span != NOWHERE:
            self.edits.append((*span, text))

    def _applied(self) -> str:
        text = self.shown.text
        for start, end, new in sorted(self.edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    # Scale

    def _sized(self, figure: Figure, values: list[Fraction]) -> Figure:
        """Take a smaller scale word, or power of ten, where the example's would leave nothing of the value."""
        largest = max(abs(value) for value in values)
        if figure.exponent:
            return self._powered(figure, largest)
        if (
            not largest
            or figure.scale == 1
            or figure.is_fraction
            or figure.style in ("words", "ordinal", "nth")
        ):
            return figure
        if self._rounded(figure, largest):
            return figure
        fitting = [Decimal(10) ** power for power in (12, 9, 6, 3) if Decimal(10) ** power <= largest]
        scale = fitting[0] if fitting else Decimal(1)
        at = figure.scale_at if figure.scale_at != NOWHERE else NOWHERE
        if at == NOWHERE:
            return figure
        old = self.shown.text[at[0] : at[1]]
        word = old.lstrip(" \t\n\u00a0\u2007\u2009\u200a\u202f-‐‑")
        if scale == 1:
            self._edit(at, "")
        else:
            new = self._scale_word(word, scale)
            self._edit(at, old[: len(old) - len(word)] + new)
        return replace(figure, scale=scale)

    def _scale_word(self, word: str, scale: Decimal) -> str:
        for family in FAMILIES:
            if word in family.values():
                return family[scale]
        return scale_word(scale, self.lang) or str(scale)

    def _powered(self, figure: Figure, largest: Fraction) -> Figure:
        while self.finest is not None and figure.size < self.finest:
            figure = replace(figure, exponent=figure.exponent + 1)
        if largest and not self._rounded(figure, largest):
            place = power_below(largest)
            exponent = len(str(place.numerator)) - len(str(place.denominator))
            figure = replace(figure, exponent=exponent)
        return figure

    def _rounded(self, figure: Figure, value: Fraction) -> Fraction:
        fitted = self._decimals(figure)
        return rounded(value, comparing_grain(fitted, self.finest, self.stated))

    def _decimals(self, figure: Figure) -> Figure:
        """Take away the decimals that the quantity does not support."""
        while figure.decimals and self.finest is not None and figure.grain < self.finest:
            figure = replace(figure, decimals=figure.decimals - 1)
        return figure

    # Numbers

    def _number(self, figure: Figure, value: Fraction) -> str | None:
        """Return the digits or words for a value; None where only another form can show it."""
        if figure.style in ("power", "exponent"):
            return self._power(figure, value)
        if figure.style == "digits":
            return self._digits(figure, value)
        inner = value / figure.size
        words = self._worded(figure, inner)
        if words is not None:
            return words
        if self.shown.unit is None and needs_unit(self.quantity.unit):
            return None
        plain = replace(figure, style="digits", decimals=0)
        places = _own_places(inner, None if self.finest is None else self.finest / figure.size, self.quantity)
        return self._digits(replace(plain, decimals=places), value)

    def _worded(self, figure: Figure, value: Fraction) -> str | None:
        """Return a value in the words or the fraction of the example; None where it has none."""
        if figure.is_fraction:
            part = self._part(figure, value)
            if part is not None:
                return part
            if figure.style == "fraction" or figure.style == "vulgar":
                return None
        whole = rounded(value, Fraction(1))
        if whole != value and not (self.hedged and whole > 0 and figure.style == "words"):
            return None
        count = int(whole)
        if figure.style == "ordinal":
            return f"{count}{suffix(count)}"
        limit = 1000 if figure.number > 100 else 101
        if figure.style == "nth":
            return write_ordinal(count) if 0 < count < 100 else f"{count}{suffix(count)}"
        if count >= limit:
            return None
        own = self.shown.text[figure.start : figure.end]
        return own if own.lower() in ("a", "an") and count == 1 else write_words(count)

    def _part(self, figure: Figure, value: Fraction) -> str | None:
        part = nearest_part(value, figure.number.denominator)
        low, high = self.quantity.interval.low, self.quantity.interval.high
        exact = part == value
        if not exact and not self.hedged:
            if low is None or high is None or not self.values[0]:
                return None
            factor = self.values[0] / Fraction(self.quantity.value) / figure.size
            if not Fraction(low) * factor <= part <= Fraction(high) * factor:
                return None
        own = self.shown.text[figure.start : figure.end]
        if part == figure.number:
            return own
        whole, rest = divmod(part, 1)
        if not rest:
            return None
        if figure.style == "vulgar":
            glyph = next((sign for sign, pair in VULGAR.items() if Fraction(*pair) == rest), None)
            return None if glyph is None else f"{whole or ''}{glyph}"
        if figure.style == "fraction":
            slash = "⁄" if "⁄" in own else "/"
            return f"{whole} " * bool(whole) + f"{rest.numerator}{slash}{rest.denominator}"
        if own.lower().startswith("half ") or whole:
            return None
        try:
            return write_part(rest)
        except ValueError:
            return None

    def _digits(self, figure: Figure, value: Fraction) -> str:
        fitted = self._decimals(figure)
        number = rounded(value, comparing_grain(fitted, self.finest, self.stated)) / figure.size
        own = self.shown.text[figure.start : figure.end]
        place = self.shown.place
        length = len(re.match(r"[0-9]*", own.replace(figure.group, "") if figure.group else own)[0])  # type: ignore[index]
        group = figure.group or ("" if length > 3 or figure.exponent else place.group)
        text = write_digits(number, fitted.decimals, replace(place, group=group))
        bare = own.startswith(place.decimal) and text.startswith("0" + place.decimal)
        return text[1:] if bare else text

    def _power(self, figure: Figure, value: Fraction) -> str:
        own = self.shown.text[figure.start : figure.end]
        found = _POWER.search(own)
        assert found is not None
        mantissa = self._digits(figure, value)
        exponent = str(figure.exponent)
        if found["letter"]:
            return f"{mantissa}{found['letter']}{found['plus'] if figure.exponent >= 0 else ''}{exponent}"
        raised = "^" + exponent if found["hat"] else exponent.translate(LOWERED)
        if found["join"] is None and mantissa == "1":
            return f"10{raised}"
        return f"{mantissa}{found['join'] or '×'}10{raised}"

    def _cased(self, text: str, figure: Figure) -> str:
        own = self.shown.text[figure.start : figure.end]
        if own[:1].isupper() and text[:1].isalpha():
            return text.upper() if own.isupper() and len(own) > 1 else text[0].upper() + text[1:]
        return text

    # Sign and unit

    def _sign(self, written: str) -> None:
        shown = self.shown
        below = self.values[0] < 0 and bool(re.search(r"[1-9]|[^\W\d]", written))
        if below == shown.negative:
            return
        if shown.parentheses:
            first = shown.figures[0]
            opened = shown.text.index("(")
            self._edit((opened, opened + 1), "")
            closed = shown.text.index(")", first.end)
            self._edit((closed, closed + 1), "")
        elif shown.sign_at != NOWHERE:
            self._edit(shown.sign_at, MINUS if below else "")
        else:
            at = shown.figures[0].start
            prefix = shown.figures[0].unit_at
            if shown.mark == MONEY and prefix != NOWHERE and prefix[1] <= at:
                at = prefix[0]
            self.edits.append((at, at, MINUS))

    def _plural(self, written: str) -> None:
        """Fit a noun to its number: *1 year*, *6 years*."""
        figure = self.shown.figures[-1]
        start, end = figure.unit_at
        if (
            self.shown.mark not in (NOUN, TIME, POINTS)
            or figure.scale != 1
            or figure.style in ("ordinal", "nth")
        ):
            return
        text = self.shown.text[start:end]
        if not text[:1].isspace() or not text[-1:].isalpha():
            return
        own = self.shown.text[figure.start : figure.end].lower()
        was_one, is_one = own in ("1", "one", "a", "an"), written.lower() in ("1", "one", "a", "an")
        if self.shown.is_range or was_one == is_one:
            return
        self._edit((start, end), _singular(text) if is_one else _pluralised(text))


def _pluralised(text: str) -> str:
    head, word = re.match(r"(.*?)([^\W\d_]+)$", text, re.DOTALL).groups()  # type: ignore[union-attr]
    if word.lower() == "person":
        return f"{head}people"
    if word in _ABBREVIATED:
        return head + _ABBREVIATED[word]
    if len(word) < 3 or word.endswith("s") or not word.isascii():
        return text
    candidates = [word[:-1] + "ies"] if re.search(r"[^aeiou]y$", word) else [word + "s"]
    for candidate in candidates:
        if word in ("point",) or units.noun((head + candidate).strip()) == units.noun(text.strip()):
            return head + candidate
    return text


def _singular(text: str) -> str:
    head, word = re.match(r"(.*?)([^\W\d_]+)$", text, re.DOTALL).groups()  # type: ignore[union-attr]
    if word.lower() == "people":
        return f"{head}person"
    if word in _ABBREVIATED.values():
        return head + word[:-1]
    own = units.noun(text.strip())
    for candidate in (word.removesuffix("ies") + "y", word.removesuffix("s"), word.removesuffix("es")):
        if candidate != word and (word == "points" or units.noun((head + candidate).strip()) == own):
            return head + candidate
    return text


def write_digits(number: Fraction, places: int, place: Locale) -> str:
    """Write a number that has no more decimals than ``places``, thousands apart as the locale does."""
    scaled = number * 10**places
    digits = str(scaled.numerator // scaled.denominator).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    if place.group and len(whole) > 3:
        head = len(whole) % 3
        groups = [whole[:head]] * bool(head) + [whole[at : at + 3] for at in range(head, len(whole), 3)]
        whole = place.group.join(groups)
    return f"{whole}{place.decimal}{part}" if part else whole


# Without an example


def _own_places(value: Fraction, finest: Fraction | None, quantity: Quantity) -> int:
    """Return how many decimals a value is shown with by its own precision."""
    if finest is None:
        places = next(
            (each for each in range(_EXACT_DECIMALS + 1) if (value * 10**each).denominator == 1), None
        )
        if places is not None:
            return places
        finest = Fraction(0)
    most = _EXACT_DECIMALS * 4 if quantity.text is not None else max(0, _SIGNIFICANT - 1 - _adjusted(value))
    places = 0
    while places < most and Fraction(1, 10 ** (places + 1)) >= finest:
        places += 1
    return places


def _adjusted(value: Fraction) -> int:
    if not value:
        return 0
    place = power_below(abs(value))
    return len(str(place.numerator)) - len(str(place.denominator))


def _default(quantity: Quantity, lang: str) -> str:
    own = quantity.unit
    name = numerator(own)
    place = locale(lang)
    values = list(ends(quantity))
    scale = _default_scale(quantity, name, values)
    finest = finest_grain(quantity)
    scaled = None if finest is None else finest / Fraction(scale)
    stated = quantity.text is not None
    written = []
    for value in values:
        inner = abs(value) / Fraction(scale)
        places = _own_places(inner, scaled, quantity)
        figure = Figure(0, 0, Fraction(0), places, scale=scale)
        number = rounded(abs(value), comparing_grain(figure, finest, stated)) / Fraction(scale)
        written.append(write_digits(number, places, place))
    word = scale_word(scale, lang)
    size = f"{_gap(lang)}{word}" if scale > 1 and word else ""
    minus = MINUS if values[0] < 0 and re.search("[1-9]", written[0]) else ""
    number_text = "–".join(written)
    one = written[-1] == "1" and scale == 1
    if name in units.CURRENCIES:
        sign = WRITTEN_SIGNS.get(name, f"{name}\u00a0")
        if place.decimal == ",":
            return f"{minus}{number_text}{size}\u00a0{WRITTEN_SIGNS.get(name, name)}"
        return f"{minus}{sign}{number_text}{size}"
    if POINT in own:
        return f"{minus}{number_text}{size} percentage point{'' if one else 's'}"
    if PERCENT in own:
        return f"{minus}{number_text}{size}{place.percent}%"
    if not needs_unit(own):
        return f"{minus}{number_text}{size}"
    return f"{minus}{number_text}{size} {_unit_words(name, one)}"


def _gap(lang: str) -> str:
    return " " if locale(lang).decimal == "." else "\u00a0"


def _default_scale(quantity: Quantity, name: str, values: list[Fraction]) -> Decimal:
    largest = max(abs(value) for value in values)
    scale = quantity.scale
    if scale >= 1000 and (quantity.text is not None or largest >= scale):
        return scale
    if quantity.text is not None or largest < _LARGE or name in (PERCENT, POINT):
        return Decimal(1)
    return next((Decimal(10) ** power for power in (12, 9, 6) if Decimal(10) ** power <= largest), Decimal(1))


def _unit_words(name: str, one: bool) -> str:
    """Name a unit beside its number.

    Raises
    ------
    ValueError
        Where no words are known that would be read as this unit.
    """
    area = re.fullmatch(r"(\w+) \*\* ([23])", name)
    words = f"{'square' if area[2] == '2' else 'cubic'} {area[1]}" if area else name.replace("_", " ")
    plural = _pluralised(f" {words}").strip()
    if plural == words and not words.endswith("s"):
        plural = words + "s"
    for candidate in (_SHORT_UNITS.get(name), words if one else plural, words, name):
        if candidate is None:
            continue
        for shown in readings(f"2 {candidate}"):
            if shown.unit is not None and units.root(shown.unit) == units.root(name):
                return candidate
    raise ValueError(f"no words are known for the unit {spoken(name)}; give an example of the form")
