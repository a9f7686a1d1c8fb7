"""Says in Ukrainian what the ledger says of a number in English: how precise it is, and its unit.

The English phrases have few forms, all of them made by `publication.precision` and `numbers.wording`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tieout import numerals
from tieout.numbers import Quantity, unit_words

NO_BREAK = "\u00a0"
_PHRASES = {
    "an end of a range": "край діапазону", "percentage points": "в. п.", "percentage point": "в. п.",
    "given to": "з точністю до", "at least": "щонайменше", "at most": "щонайбільше", "exactly": "точно",
    "anywhere": "будь-де", "about": "приблизно", "between": "між", "and": "і", "to": "до",
    "approx": "приблизно", "rounded": "округлено", "exact": "точно", "projected": "прогноз", "target": "ціль",
    "thousand": "тис.", "million": "млн", "billion": "млрд", "trillion": "трлн", "interval": "інтервал",
}  # fmt: skip
# One, a few, many, and parts of a unit.
_UNITS = {
    "person": "особа особи осіб особи", "device": "пристрій пристрої пристроїв пристрою",
    "hospital": "лікарня лікарні лікарень лікарні", "doctor": "лікар лікарі лікарів лікаря",
    "specialty": "спеціальність спеціальності спеціальностей спеціальності",
    "consultation": "консультація консультації консультацій консультації",
    "case": "випадок випадки випадків випадку", "use_case": "сценарій сценарії сценаріїв сценарію",
    "condition": "хвороба хвороби хвороб хвороби", "system": "система системи систем системи",
    "product": "продукт продукти продуктів продукту",
    "radiologist": "рентгенолог рентгенологи рентгенологів рентгенолога",
    "visit": "звернення звернення звернень звернення", "patient": "пацієнт пацієнти пацієнтів пацієнта",
    "year": "рік роки років року", "day": "день дні днів дня", "hour": "година години годин години",
    "minute": "хвилина хвилини хвилин хвилини", "second": "секунда секунди секунд секунди",
    "ten_thousand_people": "десять\u00a0тисяч\u00a0осіб " * 4, "square_metre": "м² " * 4,
    "meter ** 2": "м² " * 4, "percent": "% " * 4, "percentage_point": "в.\u00a0п. " * 4,
}  # fmt: skip
_FORMS = ("one", "few", "many", "other")
_NUMBER = re.compile(r"(?<![\w.])(\d[\d,]*)(?:\.(\d+))?(?=%?(?![\w.]*\w))")
_WORD = re.compile("|".join(sorted(map(re.escape, _PHRASES), key=len, reverse=True)))


def unit_in(quantity: Quantity) -> str:
    """Return the unit of a number as it stands beside it: *42 лікарі*; in English where it is not known.

    Examples
    --------
    >>> unit_in(Quantity.stated("a", text="42", unit="doctor", qualifier="exact"))
    'лікарі'
    """
    return _unit(quantity.unit, quantity.value) or unit_words(quantity.unit)


def _unit(unit: str, count: Decimal) -> str:
    over, *under = unit.split(" / ")
    if not all(part in _UNITS for part in (over, *under)):
        return ""
    number = numerals.grammatical_number(count, "uk")
    first = _UNITS[over].split()[_FORMS.index(number) if number in _FORMS else 2]
    return " на ".join([first, *(_UNITS[part].split()[0] for part in under)]).replace("_", " ")


def precision_in(english: str, quantity: Quantity) -> str:
    """Return in words how sharp a number is, as `publication.precision` says it in English.

    Examples
    --------
    >>> precision_in("between $1.5 and $2.5 billion", Quantity.stated("a", text="2", unit="billion USD"))
    'між $1,5 і $2,5\xa0млрд'
    """
    unit = _unit(quantity.unit, Decimal(5))
    if unit:
        for number in ("2", "1"):
            words = unit_words(quantity.unit, number)
            english = (
                re.sub(rf"(?<=[\d\w]) {re.escape(words)}(?!\w)", f" {unit}", english) if words else english
            )
    said = re.sub(r"[A-Za-z][A-Za-z ]*[A-Za-z]|[A-Za-z]", lambda found: _WORD.sub(_phrase, found[0]), english)
    said = _NUMBER.sub(_digits, said)
    said = re.sub(r"(?<=\d)%", f"{NO_BREAK}%", said)
    return re.sub(r"(?<=\d) (?=тис|млн|млрд|трлн|в\.)", NO_BREAK, said).replace("в. п.", f"в.{NO_BREAK}п.")


def _phrase(found: re.Match[str]) -> str:
    start, end = found.span()
    before, after = found.string[start - 1 : start], found.string[end : end + 1]
    return found[0] if before.isalpha() or after.isalpha() else _PHRASES[found[0]]


def _digits(found: re.Match[str]) -> str:
    whole = found[1].replace(",", NO_BREAK)
    return f"{whole},{found[2]}" if found[2] else whole
