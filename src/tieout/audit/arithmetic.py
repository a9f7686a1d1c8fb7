"""A reader of printed arithmetic: ``10 min ÷ 30 s = 600 s ÷ 30 s = 20`` as what it claims, step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from tieout.audit.measures import Dimensions, Measures, combined, raised

_SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₴": "UAH"}
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_WORD = r"°[CF]|[^\W\d_][^\W_]*[²³]?(?:\^\d+(?:\.\d+)?)?"
_TOKEN = re.compile(rf"\s*(?:(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<sign>[^\w\s]))")
_FUNCTIONS = ("mean of", "smallest of", "largest of", "middle of", "lower end of", "upper end of")
_KEYWORDS = frozenset(("per", "to", "others", "at", "of", "mean", "smallest", "largest", "middle", "lower"))
_CONTEXT = Context(prec=80)
_NEAR = Fraction(1, 10**60)


class Misprint(ValueError):
    """A formula that cannot be read, or does not hold as it is printed."""


@dataclass(frozen=True)
class Amount:
    """A number in root units, what it measures, and half a unit of the last digit printed."""

    value: Fraction
    dimensions: Dimensions
    slack: Fraction = Fraction(0)


@dataclass
class Reader:
    """Reads formulas.

    Parameters
    ----------
    measures
        Is asked what units measure.
    in_english
        Returns what is printed in another language as English has it.
    """

    measures: Measures
    in_english: Callable[[str], str] = str

    def formula(self, text: str) -> Amount:
        """Evaluate a chain of sides and return what stands at its end.

        Every side must make the last one, to the digits printed there; what ``=`` joins must be equal.

        Raises
        ------
        Misprint
            It cannot be read, or does not hold; in words.
        """
        parts = re.split(r"([=≈])", self.in_english(text))
        sides = [_Parser(part, self.measures).whole() for part in parts[::2]]
        *before, last = sides
        if not before:
            raise Misprint("it has one side only")
        for side, sign, after in zip(before, parts[1::2], sides[1:], strict=True):
            if side.dimensions != last.dimensions:
                raise Misprint(f"it makes {_units(side)}, and {_units(last)} is printed")
            close = abs(side.value - after.value) <= _NEAR * max(abs(side.value), Fraction(1))
            if sign == "=" and not close:
                raise Misprint(f"{_said(side.value)} is not {_said(after.value)}")
            if abs(side.value - last.value) > last.slack:
                raise Misprint(f"it makes {_said(side.value)}, and {_said(last.value)} is printed")
        return last

    def amount(self, text: str) -> Amount:
        """Read one amount; of a range, ``30% to 40%``, its middle.

        Raises
        ------
        Misprint
            It is none.
        """
        return _Parser(self.in_english(text), self.measures).only_amount()


def _said(value: Fraction) -> str:
    return f"{float(value):.8g}"


def _units(amount: Amount) -> str:
    return " ".join(f"{name}^{power}" for name, power in sorted(amount.dimensions.items())) or "a pure number"


class _Parser:
    """Descends into one side of a formula: sums of products of powers of amounts."""

    def __init__(self, text: str, measures: Measures) -> None:
        self.text, self.measures, self.at, self.words = text.strip(), measures, 0, ""

    # Reading

    def _peek(self) -> re.Match[str] | None:
        return _TOKEN.match(self.text, self.at)

    def _next(self) -> str:
        found = self._peek()
        return found[0].strip() if found else ""

    def _take(self, *wanted: str) -> str:
        token = self._next()
        if token not in wanted or not token:
            return ""
        found = self._peek()
        assert found is not None
        self.at = found.end()
        return token

    def _need(self, token: str) -> None:
        if not self._take(token):
            raise Misprint(f"{token!r} is missing before {self.text[self.at :].strip()[:30]!r}")

    def _follows(self, phrase: str) -> bool:
        found = re.match(rf"\s*{phrase}(?=\W)", self.text[self.at :])
        if found:
            self.at += found.end()
        return bool(found)

    def _ended(self) -> None:
        if self.text[self.at :].strip():
            raise Misprint(f"{self.text[self.at :].strip()[:30]!r} is no part of a formula")

    def whole(self) -> Amount:
        """Read the whole side."""
        result = self._sum()
        self._ended()
        return result

    def only_amount(self) -> Amount:
        """Read the whole text as an amount or a range."""
        first = self._signed()
        if self._take("to"):
            first = _mean([first, self._signed()])
        self._ended()
        return first

    # Arithmetic

    def _sum(self) -> Amount:
        negative = bool(self._take("−"))
        total = self._product()
        if negative:
            total = Amount(-total.value, total.dimensions, total.slack)
        while sign := self._take("+", "−"):
            part = self._product()
            if part.dimensions != total.dimensions:
                raise Misprint(f"{_units(part)} is added to {_units(total)}")
            total = Amount(total.value + (part.value if sign == "+" else -part.value), total.dimensions)
        return total

    def _product(self) -> Amount:
        total = self._power()
        while sign := self._take("×", "÷", "/"):
            part = self._power()
            if sign == "×":
                dimensions = combined(total.dimensions, part.dimensions)
                total = Amount(total.value * part.value, dimensions)
            elif not part.value:
                raise Misprint("it divides by zero")
            else:
                dimensions = combined(total.dimensions, part.dimensions, -1)
                total = Amount(total.value / part.value, dimensions)
        return total

    def _power(self) -> Amount:
        base = self._base()
        if not self._take("^"):
            return base
        exponent = self._base()
        if exponent.dimensions:
            raise Misprint("an exponent has a unit")
        return Amount(_raised(base.value, exponent.value), raised(base.dimensions, exponent.value))

    def _base(self) -> Amount:
        for name in _FUNCTIONS:
            if self._follows(name):
                return self._function(name)
        if self._follows("ln"):
            return self._logarithm()
        if not self._take("("):
            return self._amount()
        others = re.match(rf"\s*{_NUMBER} others: ", self.text[self.at :])
        if others:
            self.at += others.end()
        inner = self._sum()
        self._need(")")
        return Amount(inner.value, inner.dimensions)

    def _function(self, name: str) -> Amount:
        self._need("(")
        if name in ("mean of", "smallest of", "largest of"):
            parts = [self._sum()]
            while self._take(";"):
                parts.append(self._sum())
        else:
            parts = self._span(name)
        self._need(")")
        if any(part.dimensions != parts[0].dimensions for part in parts):
            raise Misprint(f"the {name.removesuffix(' of')} is of amounts that differ in kind")
        if name in ("mean of", "middle of"):
            return _mean(parts)
        pick = min if name in ("smallest of", "lower end of") else max
        return Amount(pick(part.value for part in parts), parts[0].dimensions)

    def _logarithm(self) -> Amount:
        self._need("(")
        of = self._sum()
        self._need(")")
        if of.dimensions or of.value <= 0:
            raise Misprint("it takes the logarithm of what is no number above zero")
        over, under = Decimal(of.value.numerator), Decimal(of.value.denominator)
        return Amount(Fraction(_CONTEXT.ln(_CONTEXT.divide(over, under))), {})

    def _span(self, name: str) -> list[Amount]:
        if self._follows("at (?:least|most)"):
            open_end = "most" if "at most" in self.text[: self.at] else "least"
            if (open_end == "most") == name.startswith("lower"):
                raise Misprint(f"what is open has no {name.removesuffix(' of')}")
            return [self._signed()]
        first = self._signed()
        self._need("to")
        second = self._signed()
        if first.value > second.value:
            raise Misprint("the ends of a range are exchanged")
        return [first, second]

    # Amounts

    def _signed(self) -> Amount:
        negative = bool(self._take("−"))
        amount = self._amount()
        return Amount(-amount.value, amount.dimensions, amount.slack) if negative else amount

    def _amount(self) -> Amount:
        size, dimensions = Fraction(1), dict[str, Fraction]()
        currency = self._take(*_SIGNS)
        if currency:
            size, dimensions = self._times(size, dimensions, _SIGNS[currency], 1)
        begin, self.words = self.at, ""
        digits = self._digits()
        scale = _SCALES.get(self._take(*_SCALES), 1)
        if self._take("%"):
            size /= 100
        if not currency and self._is_word():
            size, dimensions = self._factors(size, dimensions, 1)
        while self._take("per") or self._slash():
            if self._take("("):
                many, has, power = self._counted()
                size, dimensions = size / _raised(many, power), combined(dimensions, raised(has, power), -1)
                continue
            if (found := self._peek()) and found["number"]:
                size /= Fraction(self._digits().replace(",", ""))
            size, dimensions = self._factors(size, dimensions, -1)
        start = self.measures.start(self.words)
        unit = size * scale
        if start and self._is_signed(begin):  # the minus is the number's own, and taken up outside
            start = -start
        places = len(digits.partition(".")[2])
        slack = Fraction(1, 2 * 10**places) * unit
        return Amount(Fraction(digits.replace(",", "")) * unit + start, dimensions, slack)

    def _counted(self) -> tuple[Fraction, dict[str, Fraction], Fraction]:
        """Read a fixed number of something, from its bracket on, and its power: ``(10,000 people)^2``."""
        many = Fraction(self._digits().replace(",", ""))
        many, dimensions = self._factors(many, {}, 1)
        self._need(")")
        self._need("^")
        return many, dimensions, Fraction(self._digits())

    def _is_signed(self, begin: int) -> bool:
        """Whether a minus stands before a number that is none of a difference."""
        return bool(re.search(r"(?:^|\(|;|\bto )\s*−\s*$", self.text[:begin]))

    def _digits(self) -> str:
        found = self._peek()
        if not found or not found["number"]:
            raise Misprint(f"no number stands at {self.text[self.at :].strip()[:30]!r}")
        self.at = found.end()
        return found["number"]

    def _slash(self) -> bool:
        found = re.match(r"/(?=[^\W\d])", self.text[self.at :])
        self.at += 1 if found else 0
        return bool(found)

    def _is_word(self) -> bool:
        found = self._peek()
        return bool(found and found["word"] and found["word"] not in _KEYWORDS)

    def _factors(
        self, size: Fraction, dimensions: dict[str, Fraction], sign: int
    ) -> tuple[Fraction, dict[str, Fraction]]:
        while True:
            words = " ".join(self._words())
            if not words:
                raise Misprint(f"no unit stands at {self.text[self.at :].strip()[:30]!r}")
            size, dimensions = self._times(size, dimensions, words, sign)
            if not self._take("·"):
                return size, dimensions

    def _words(self) -> Iterator[str]:
        while self._is_word():
            found = self._peek()
            assert found is not None
            self.at = found.end()
            yield found["word"]

    def _times(
        self, size: Fraction, dimensions: dict[str, Fraction], words: str, sign: int
    ) -> tuple[Fraction, dict[str, Fraction]]:
        self.words = words
        own, has = self.measures.named(words)
        return size * own**sign, combined(dimensions, has, sign)


def _mean(parts: list[Amount]) -> Amount:
    total = sum((part.value for part in parts), Fraction(0))
    slack = max(part.slack for part in parts)
    return Amount(total / len(parts), parts[0].dimensions, slack)


def _raised(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator == 1 and abs(exponent) < 1000:
        if not base and exponent < 0:
            raise Misprint("it divides by zero")
        return base**exponent.numerator
    if base <= 0:
        if base == 0 and exponent > 0:
            return Fraction(0)
        raise Misprint("it takes a root of a number that is not above zero")
    over, under, power, root = (
        Decimal(each) for each in (base.numerator, base.denominator, exponent.numerator, exponent.denominator)
    )
    return Fraction(_CONTEXT.power(_CONTEXT.divide(over, under), _CONTEXT.divide(power, root)))
