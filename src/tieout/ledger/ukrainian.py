"""Says in Ukrainian what the ledger says of a number in English: how precise it is, and its unit.

The English phrases have few forms, all of them made by `sharpness` and `numbers.wording`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tieout import numerals
from tieout.machine.patterns import lazily
from tieout.numbers import Quantity, unit_words

NO_BREAK = "\u00a0"
GROUPED = 4  # digits that stand together: 6667, and 10 000
_PHRASES = {
    "an end of a range": "край діапазону", "percentage points": "в. п.", "percentage point": "в. п.",
    "to the nearest": "з точністю до", "at least": "щонайменше", "at most": "щонайбільше", "exactly": "точно",
    "anywhere": "будь-де", "about": "приблизно", "between": "між", "and": "і", "from": "від", "to": "до",
    "approximate": "приблизно", "rounded": "округлено", "exact": "точно", "a projection": "прогноз",
    "a target": "ціль", "a range": "діапазон", "computed as": "обчислено як",
    "stated to": "наведено з точністю до", "stated in full": "наведено повністю",
    "thousand": "тис.", "million": "млн", "billion": "млрд", "trillion": "трлн", "interval": "інтервал",
}  # fmt: skip
# One, a few, many, parts of a unit, and what follows *на*.
_UNITS = {
    "person": "особа особи осіб особи особу", "device": "пристрій пристрої пристроїв пристрою пристрій",
    "hospital": "лікарня лікарні лікарень лікарні лікарню", "doctor": "лікар лікарі лікарів лікаря лікаря",
    "specialty": "спеціальність спеціальності спеціальностей спеціальності спеціальність",
    "consultation": "консультація консультації консультацій консультації консультацію",
    "case": "випадок випадки випадків випадку випадок",
    "use_case": "сценарій сценарії сценаріїв сценарію сценарій",
    "condition": "хвороба хвороби хвороб хвороби хворобу", "system": "система системи систем системи систему",
    "product": "продукт продукти продуктів продукту продукт",
    "radiologist": "рентгенолог рентгенологи рентгенологів рентгенолога рентгенолога",
    "visit": "звернення звернення звернень звернення звернення",
    "patient": "пацієнт пацієнти пацієнтів пацієнта пацієнта",
    "year": "рік роки років року рік", "day": "день дні днів дня день",
    "hour": "година години годин години годину", "minute": "хвилина хвилини хвилин хвилини хвилину",
    "second": "секунда секунди секунд секунди секунду",
    "ten_thousand_people": "10\u00a0000\u00a0осіб " * 5, "square_metre": "м² " * 5,
    "meter ** 2": "м² " * 5, "percent": "% " * 5, "percentage_point": "в.\u00a0п. " * 5,
}  # fmt: skip
_SYMBOLS = {
    "s": "с", "ms": "мс", "min": "хв", "h": "год", "m": "м", "km": "км", "cm": "см", "mm": "мм", "g": "г",
    "kg": "кг", "mg": "мг", "L": "л", "mL": "мл",
}  # fmt: skip
_PARTS = {
    "lower end of": "нижній край", "upper end of": "верхній край", "middle of": "середина",
    "mean of": "середнє з", "smallest of": "найменше з", "largest of": "найбільше з",
    "at least": "щонайменше", "at most": "щонайбільше", "others:": "інших:", "to": "до",
}  # fmt: skip
_FORMS = ("one", "few", "many", "other")
_NUMBER = re.compile(r"(?<![\w.])(\d[\d,]*)(?:\.(\d+))?(?=%?(?![\w.]*\w))")
_WORD = lazily("|".join(sorted(map(re.escape, _PHRASES), key=len, reverse=True)))
_PRINTED = {unit_words(unit, count): unit for unit in _UNITS for count in ("1", "2")} | {
    sign: sign for sign in _SYMBOLS
}
_NAMES = "|".join(sorted(map(re.escape, filter(None, _PRINTED)), key=len, reverse=True))
_AMOUNT = lazily(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<percent>%)?(?: (?P<scale>thousand|million|billion|trillion)\b)?"
    rf"(?: (?P<unit>{_NAMES})(?!\w))?"
    rf"(?P<per> per (?:(?P<size>\d[\d,]*) )?(?P<under>{_NAMES})(?!\w))?"
)
_PART = lazily("|".join(rf"\b{part}(?!\w)" for part in sorted(_PARTS, key=len, reverse=True)))
_SPAN = re.compile(r"(?<=\()([^()]+ до )|^([^()]+ до )(?!.*[()=≈])")


def unit_in(unit: str, count: Decimal) -> str:
    """Return a unit as it stands beside so many of it: *42 лікарі*; in English where it is not known.

    Examples
    --------
    >>> unit_in("doctor", Decimal(42)), unit_in("furlong", Decimal(2))
    ('лікарі', 'furlongs')
    """
    return _unit(unit, count) or unit_words(unit)


def scale_in(scale: str) -> str:
    """Return a scale word as it is written after a number: *млрд*."""
    return _PHRASES.get(scale, scale)


def _unit(unit: str, count: Decimal) -> str:
    over, *under = unit.split(" / ")
    if not all(part in _UNITS for part in (over, *under)):
        return ""
    number = numerals.grammatical_number(count, "uk")
    first = _UNITS[over].split(" ")[_FORMS.index(number) if number in _FORMS else 2]
    return " на ".join([first, *(_UNITS[part].split(" ")[4] for part in under)]).replace("_", " ")


def precision_in(english: str, quantity: Quantity) -> str:
    """Return in words how sharp a number is, as `sharpness.precision` says it in English.

    Examples
    --------
    >>> precision_in("between $1.5 and $2.5 billion", Quantity.stated("a", text="2", unit="billion USD"))
    'між $1,5 і $2,5\xa0млрд'
    """
    least = re.fullmatch(r"at (?:least|most) ([\d,.]+) .*", english)
    unit = _unit(quantity.unit, Decimal(least[1].replace(",", "")) if least else Decimal(5))
    if unit:
        for number in ("2", "1"):
            words = unit_words(quantity.unit, number)
            english = (
                re.sub(rf"(?<=[\d\w]) {re.escape(words)}(?!\w)", f" {unit}", english) if words else english
            )
    return _said(english)


def computed_in(english: str, unit: str) -> str:
    """Return what a number was computed as, and to what it is stated, as `sharpness` says it in English.

    Examples
    --------
    >>> computed_in("computed as ≈ 27.3759 minutes; stated to 0.1 minutes", "minute")
    'обчислено як ≈ 27,3759 хвилини; наведено з точністю до 0,1 хвилини'
    """
    names = "|".join(sorted({re.escape(unit_words(unit, number)) for number in ("1", "2")} - {""}))
    if names and _unit(unit, Decimal(1)):

        def named(found: re.Match[str]) -> str:
            count = Decimal(5) if found["scale"] else Decimal(found["number"].replace(",", ""))
            own = _unit(unit, Decimal("0.5") if count == 1 else count)  # *до 1 хвилини*
            return f"{found['number']}{found['scale']} {own}"

        amount = rf"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<scale>(?: [a-z]+)?) (?:{names})(?!\w)"
        english = re.sub(amount, named, english)
    return _said(english)


def _said(english: str) -> str:
    said = re.sub(r"[A-Za-z][A-Za-z ]*[A-Za-z]|[A-Za-z]", lambda found: _WORD.sub(_phrase, found[0]), english)
    said = _NUMBER.sub(_digits, said)
    said = re.sub(r"(?<=\d)%", f"{NO_BREAK}%", said)
    return re.sub(r"(?<=\d) (?=тис|млн|млрд|трлн|в\.)", NO_BREAK, said).replace("в. п.", f"в.{NO_BREAK}п.")


def _phrase(found: re.Match[str]) -> str:
    start, end = found.span()
    before, after = found.string[start - 1 : start], found.string[end : end + 1]
    return found[0] if before.isalpha() or after.isalpha() else _PHRASES[found[0]]


def _digits(found: re.Match[str]) -> str:
    return _digits_of(found[1]) + (f",{found[2]}" if found[2] else "")


def formula_in(english: str) -> str:
    """Return a printed formula, or an amount of one, with its numbers, units and words in Ukrainian.

    Examples
    --------
    >>> printed = "1.5 doctors per 10,000 people × 1.4 billion people = 210,000 doctors"
    >>> formula_in(printed).replace(NO_BREAK, " ")
    '1,5 лікаря на 10 000 осіб × 1,4 млрд осіб = 210 000 лікарів'
    >>> formula_in("lower end of (30% to 40%) = 30%").replace(NO_BREAK, " ")
    'нижній край (від 30 % до 40 %) = 30 %'
    """
    said = _AMOUNT.sub(_amount, english)
    said = _PART.sub(lambda found: _PARTS[found[0]], said)
    return _SPAN.sub(lambda found: f"від {found[0]}", said)


def _amount(found: re.Match[str]) -> str:
    count = Decimal(found["number"].replace(",", ""))
    said = _digits_of(found["number"])
    if found["percent"]:
        said += f"{NO_BREAK}%"
    if found["scale"]:
        said += f"{NO_BREAK}{_PHRASES[found['scale']]}"
    if found["unit"]:
        said += f"{NO_BREAK}{_named(found['unit'], Decimal(5) if found['scale'] else count)}"
    if found["per"] and found["size"]:
        size = Decimal(found["size"].replace(",", ""))
        said += f" на {_digits_of(found['size'])}{NO_BREAK}{_named(found['under'], size)}"
    elif found["per"]:
        unit = _PRINTED[found["under"]]
        said += f" на {_SYMBOLS.get(unit) or _UNITS[unit].split(' ')[4]}"
    return said


def _named(printed: str, count: Decimal) -> str:
    unit = _PRINTED[printed]
    return _SYMBOLS.get(unit) or _unit(unit, count)


def _digits_of(number: str) -> str:
    whole = number.partition(".")[0].replace(",", "")
    gap = NO_BREAK if len(whole) > GROUPED else ""
    return number.replace(",", gap).replace(".", ",")
