"""Ukrainian numbers in words, in every case: *двадцять один*, *двох*, *п’ятьмастами*; babel has none."""

from __future__ import annotations

import re
from fractions import Fraction

from tieout.machine.patterns import lazily

_APOSTROPHES = "’ʼ'"
# The first form is the one that is written.
_FORMS = {
    0: "нуль нуля нулю нулем нулі",
    1: "один одна одне одного однієї одної одному одній одну одним однією одною",
    2: "два дві двох двом двома", 3: "три трьох трьом трьома", 4: "чотири чотирьох чотирьом чотирма",
    5: "п’ять п’яти п’ятьох п’ятьом п’ятьма", 6: "шість шести шістьох шістьом шістьма",
    7: "сім семи сімох сімом сьома", 8: "вісім восьми вісьмох вісьмом вісьма",
    9: "дев’ять дев’яти дев’ятьох дев’ятьом дев’ятьма", 10: "десять десяти десятьох десятьом десятьма",
    11: "одинадцять", 12: "дванадцять", 13: "тринадцять", 14: "чотирнадцять", 15: "п’ятнадцять",
    16: "шістнадцять", 17: "сімнадцять", 18: "вісімнадцять", 19: "дев’ятнадцять", 20: "двадцять",
    30: "тридцять", 40: "сорок сорока", 50: "п’ятдесят п’ятдесяти", 60: "шістдесят шістдесяти",
    70: "сімдесят сімдесяти", 80: "вісімдесят вісімдесяти", 90: "дев’яносто дев’яноста", 100: "сто ста",
    200: "двісті двохсот двомстам двомастами", 300: "триста трьохсот трьомстам трьомастами",
    400: "чотириста чотирьохсот чотирьомстам чотирмастами", 500: "п’ятсот п’ятисот п’ятистам п’ятьмастами",
    600: "шістсот шестисот шестистам шістьмастами", 700: "сімсот семисот семистам сьомастами",
    800: "вісімсот восьмисот восьмистам вісьмастами", 900: "дев’ятсот дев’ятисот дев’ятистам дев’ятьмастами",
}  # fmt: skip


def _all(value: int) -> list[str]:
    forms = _FORMS[value].split()
    return [*forms, forms[0][:-1] + "и"] if value in range(11, 31) else forms


_VALUES = {form: value for value in _FORMS for form in _all(value)}
_WRITTEN = {value: forms.split()[0] for value, forms in _FORMS.items()}
_FEMININE = {1: "одна", 2: "дві"}
ONES = frozenset(_FORMS[1].split())
STARTS = frozenset(re.split("’", form)[0] for form in _VALUES)


def _group(values: range | list[int]) -> str:
    forms = sorted((form for value in values for form in _all(value)), key=len, reverse=True)
    return "|".join(forms).replace("’", f"[{_APOSTROPHES}]")


_SPACE = "[ \u00a0\n]"
_HUNDREDS = rf"(?:{_group(list(range(100, 901, 100)))})(?!\w)"
_TENS = rf"(?:{_group(list(range(20, 91, 10)))})(?!\w)"
_UNITS, _SMALL = (rf"(?:{_group(values)})(?!\w)" for values in (range(1, 10), range(20)))
_BELOW = rf"(?:{_TENS}(?:{_SPACE}{_UNITS})?|{_SMALL})"
_NUMBER = lazily(rf"{_HUNDREDS}(?:{_SPACE}{_BELOW})?|{_BELOW}", re.IGNORECASE)


def read(text: str, at: int = 0) -> tuple[int, Fraction] | None:
    """Read a number in words below a thousand: where it ends, and its value.

    Examples
    --------
    >>> read("двадцять одного пристрою"), read("двісті п'ять"), read("немає")
    ((15, Fraction(21, 1)), (12, Fraction(205, 1)), None)
    """
    found = _NUMBER.match(text, at)
    if not found:
        return None
    words = re.sub(f"[{_APOSTROPHES}]", "’", found[0].lower()).split()
    return found.end(), Fraction(sum(_VALUES[word] for word in words))


_PARTS = {
    2: "половина половини половині половину половиною",
    3: "третина третини третині третину третиною третин",
    4: "чверть чверті чвертю чвертей",
}
_PART = lazily(
    rf"(?:(?P<top>{_group([1, 2, 3])}){_SPACE})?"
    rf"(?P<part>{'|'.join(sorted(' '.join(_PARTS.values()).split(), key=len, reverse=True))})(?!\w)",
    re.IGNORECASE,
)


def read_part(text: str, at: int = 0) -> tuple[int, Fraction] | None:
    """Read a fraction in words, in any case: where it ends, and its value.

    Examples
    --------
    >>> read_part("третину ринку"), read_part("дві третини"), read_part("чверть"), read_part("третя")
    ((7, Fraction(1, 3)), (11, Fraction(2, 3)), (6, Fraction(1, 4)), None)
    """
    found = _PART.match(text, at)
    if not found:
        return None
    below = next(part for part, forms in _PARTS.items() if found["part"].lower() in forms.split())
    top = _VALUES[found["top"].lower()] if found["top"] else 1
    return (found.end(), Fraction(top, below)) if top < below else None


def write(value: int, like: str = "", feminine: bool = False) -> str:
    """Write a number below a thousand in words, in the nominative.

    Parameters
    ----------
    value
        The number.
    like
        An example of it: its own value is written as it is, and so are its gender and its apostrophe.
    feminine
        Whether it counts something feminine, as *тисяча* is.

    Examples
    --------
    >>> write(205), write(42, feminine=True), write(5, "дев'ять")
    ('двісті п’ять', 'сорок дві', "п'ять")
    """
    own = read(like)
    if own and own[1] == value:
        return like
    feminine = feminine or like.lower().split()[-1:] in ([_FEMININE[1]], [_FEMININE[2]])
    parts = [value // 100 * 100, value % 100 if value % 100 < 20 else value % 100 // 10 * 10]
    parts.append(0 if value % 100 < 20 else value % 10)
    words = [(_FEMININE if feminine else {}).get(part, _WRITTEN[part]) for part in parts if part]
    text = " ".join(words) or _WRITTEN[0]
    apostrophe = next((sign for sign in _APOSTROPHES if sign in like), "’")
    return text.replace("’", apostrophe)
