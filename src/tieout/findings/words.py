"""What numbers that findings make are called, in the languages that findings have words for."""

from __future__ import annotations

from tieout.numerals import primary

AS_STATED = (", as stated", " as stated", ", як наведено")  # a finding says so itself
_UKRAINIAN = {
    "{about}, one form": "{about}, одна форма",
    "{about}, the other form": "{about}, інша форма",
    "{first} and the others": "{first} та решта",
    "{about}, together": "{about}, разом",
    "The whole": "Усе разом",
    "{about}, computed": "{about}, обчислено",
    "{about}, over {count} {periods}": "{about} ({periods}: {count})",
    "{about}, from {first} to {last}": "{about}, {first}–{last}",
    "{about}, number of {periods} that it would need": "{about}, потрібна кількість {periods}",
    "{about}, first number that it would need": "{about}, потрібне перше число",
    "{about}, last number that it would need": "{about}, потрібне останнє число",
    "{about}, gap between the two ranges": "{about}, відстань між двома діапазонами",
    "{about}, with the computed number": "{about}, з обчисленим числом",
    "{about}, number of {periods} computed with": "{about}, кількість {periods} в обчисленні",
    "{about}, number of {periods} tried": "{about}, інша кількість {periods}",
    "One of the parts is all the rest": "Одна з частин — усе інше",
    "How many {periods} there are from {first} to {last}": "Скільки {periods} від {first} до {last}",
    "How many {periods} the computation takes": "Скільки {periods} бере обчислення",
    "Tried in place of the number computed with": "Спробувано замість кількості в обчисленні",
    "year": "рік",
    "years": "років",
    "period": "період",
    "periods": "періодів",
}


def said(lang: str, text: str, **values: str) -> str:
    """Return a text in a language, with values in the place of its braces.

    Examples
    --------
    >>> said("uk", "{about}, computed", about="Темп зростання")
    'Темп зростання, обчислено'
    """
    words = _UKRAINIAN.get(text, text) if primary(lang) == "uk" else text
    return words.format(**values) if values else words


def bare(label: str) -> str:
    """Return a label without the remark that it is as stated."""
    for remark in AS_STATED:
        label = label.removesuffix(remark)
    return label
