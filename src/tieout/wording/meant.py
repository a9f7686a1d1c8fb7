"""Words beside numbers of other statistics: *the mean is 13.05* of a median, *p = .52* of an R².

What an entry is called says which statistic it is. Where the clause of a tie says another one, and its own
nowhere, a person has to look.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, expression, tells, without_limits

_STATISTICS = {
    "mean": (
        r"M(?= ?=)|(?i:(?<!it )(?<!this )(?<!that )(?<!which )means?|averag(?:es?|ed|ing)"
        r"|Mittelwerte?|Durchschnitt\w*|середн\w+)"
    ),
    "median": r"Mdn|(?i:medians?|Mediane|медіан\w*)",
    "standard deviation": r"SD|(?i:standard deviations?|Standardabweichung(?:en)?)",
    "standard error": r"SEM?|(?i:standard errors?|Standardfehler)",
    "variance": r"(?i:(?<!of )(?<!of the )(?<!explained )variances?(?! explained| inflation))",
    "maximum": r"(?i:maxim(?:um|a))",
    "minimum": r"(?i:minim(?:um|a))",
}
# What columns are called that hold a statistic.
_IN_CODE = {
    "mean": frozenset(("mean", "means", "avg", "average", "averages")),
    "median": frozenset(("median", "medians", "med")),
    "standard deviation": frozenset(("std", "sd", "deviation")),
    "standard error": frozenset(("sem", "se", "error")),
    "variance": frozenset(("var", "variance")),
    "maximum": frozenset(("max", "maximum", "maxima", "highest")),
    "minimum": frozenset(("min", "minimum", "minima", "lowest")),
}
# Where the largest, the least or all of something is said, it may be that of means.
_MOST = lazily(
    r"\b(?:[a-z]{2,}est|most|least|top|peak\w*|record|up to|down to|as (?:many|much|few|low|high)|range\w*"
    r"|ran|best|worst|total\w*|sums?|all|altogether|together|overall|combined|whole|add(?:s|ed)?)\b",
    re.IGNORECASE,
)
_ENDS = frozenset(("maximum", "minimum"))
_ANY = lazily(
    r"\b(?:" + "|".join(f"(?P<s{at}>{words})" for at, words in enumerate(_STATISTICS.values())) + r")\b"
)
_NAMES = tuple(_STATISTICS)
# *The mean age at entry was*
_SAID_OF_IT = lazily(
    rf"\b(?:{_ANY.pattern})(?:(?: [^\W\d_]+){{0,4}} (?:is|was|are|were|stood at|came to))? ?$"
)
# *The standard error of the later mean* is no mean.
_OF = lazily(rf"({_ANY.pattern})(\s+of(?:\s+[^\W\d_]+){{0,3}}\s+)(?:means?|averages?)\b")
_BEGINS = lazily(r"\s*(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) ([^\W\d_]+) [^.;:,()\d]*\b(?:is|was|were|are) $")
_HALF = lazily(r"\bhalf\b", re.IGNORECASE)
_STORY = lazily(
    r"\s*The (?:means|medians|averages) (?:tell|show|say|give|have|draw|paint|follow)"
    r" (?:much |almost |nearly )?(?:the|a) (?:same|similar|like) (?:story|picture|pattern|thing|order|tale):"
)
_TOKEN = lazily(r"[^\W_]+")
_SYMBOL = lazily(r"(?<![^\W\d_])((?:adjusted )?[^\W\d_]{1,3}²?)\s?[=<>≤≥]\s?$")
_COLUMN = lazily(r"(?:(?P<error>se|bse|sem)|sd|std), ", re.IGNORECASE)
_SPREAD = lazily(r"\b(?:SD|SEM?)(?: ?=| of|:)? ?$")
_OVER = lazily(r"[,;(]")  # what follows is of another number
_HELD = lazily(r"\([^()]*\)")
_NEXT = lazily(r"(?<=[.?!])\s+(?=[A-ZÀ-Þ])|\n\s*\n")
_YEAR = lazily(r"[12]\d{3}")
_NEAR = 8


def miscalled(label: str, context: Context, made: str = "", code: Set[str] = frozenset()) -> str:
    """Return in words why a number is called by another statistic than its entry; empty where it is not.

    Parameters
    ----------
    made
        Which statistic its code takes, where its label does not say.
    code
        The words of that code: of a column that is called a median, the median is said.

    Examples
    --------
    >>> label = "Median of alcohol"
    >>> miscalled(label, Context("the mean is ", " per cent")), miscalled(label, Context("the median is "))
    ('is called “Median of alcohol”, and its clause says mean', '')
    """
    labelled = _statistics(label) or _of_column(label)
    own = labelled or ({made} if made else set())
    before, after = near(context)
    before, after = map(without_limits, (_HELD.sub(" ", before), after))  # *44.6 (SD 10.8) against*
    ahead = _statistics(_OVER.split(after)[0])
    if (spread := _SPREAD.search(before)) and len(own) == 1:
        before = spread[0]  # *15.7 days on average (SE 9.9)*
    said = _statistics(before) or ahead or _statistics(context.heading) or _subject(context)
    said = said or _announced(context)
    if len(own) != 1 or len(said) != 1 or own & (said | ahead):
        return ""
    if said <= _ENDS and not own <= _ENDS:
        return ""  # *the maximum temperature was 23.1 °C* may be a mean of it
    if own == {"median"} and _HALF.search(before):
        return ""  # *the means mislead: half waited 23 minutes*
    if not labelled and not (_IN_CODE[min(said)].isdisjoint(code) and _is_certain(made, context)):
        return ""
    called = f"called “{label}”" if labelled else f"the {made} in its code"
    return f"is {called}, and its clause says {min(said)}"


def _is_certain(made: str, context: Context) -> bool:
    """Whether a clause says a statistic of a number itself, of which code takes the largest, least or sum."""
    if made not in (*_ENDS, "total"):
        return True
    clause = _ANY.sub("", " ".join(context.clause))
    return _SAID_OF_IT.search(own_words(context)) is not None and not _MOST.search(clause)


def _of_column(label: str) -> set[str]:
    """Return the statistic that a column says for short: *Se, coef, goals*."""
    found = _COLUMN.match(label)
    return {"standard error" if found["error"] else "standard deviation"} if found else set()


def _subject(context: Context) -> set[str]:
    """Return the statistic that a clause is about: *the mean change on the month of the year before was*."""
    begins = _BEGINS.match(own_words(context))
    return _statistics(begins[1]) if begins and len(_statistics(context.clause[0])) == 1 else set()


def _announced(context: Context) -> set[str]:
    """Return the statistic of a story told before a colon: *The means tell the same story: 30.5 there*."""
    found = _STORY.match(context.clause[0])
    return _statistics(found[0]) if found else set()


def misnamed(entry: Entry, shown: str, context: Context) -> str:
    """Return in words why a number has another symbol than its entry: *p = .52* of an R²; empty where not.

    Parameters
    ----------
    shown
        What the tie shows, with its symbol or without.
    """
    own = _particular(entry.label) or _particular(entry.id.rpartition(".")[2])
    parts = expression(shown)
    before = _SYMBOL.search(context.clause[0])
    name = (parts[0].name if len(parts) == 1 else "") or (before[1] if before and not parts else "")
    said = _particular(name)
    if not own or not said or own & said:
        return ""
    return f"is called “{entry.label}”, and stands as {name}"


def _particular(name: str) -> frozenset[str]:
    return frozenset(tells(name)) - {"estimate"}


def _statistics(text: str) -> set[str]:
    plain = _OF.sub(r"\1", " ".join(text.split()))
    return {_NAMES[int(str(found.lastgroup)[1:])] for found in _ANY.finditer(plain)}


def own_words(context: Context) -> str:
    """Return what of the clause stands before a number, from the tie before it on, in single spaces."""
    before = context.clause[0]
    last = max((each.end for each in context.near if each.side == "before"), default=0)
    before = before[max(0, len(before) - (len(context.before) - last)) :]
    return " ".join(before.split()) + " " * before[-1:].isspace()


def sentence_before(context: Context) -> str:
    """Return the sentence before that of a number, in single spaces; empty where it is the first."""
    text = context.before[: len(context.before) - len(context.clause[0])]
    return " ".join(_NEXT.split(text.strip())[-1].split())


def near(context: Context) -> tuple[str, str]:
    """Return the words right before a number and right after it, up to the numbers beside it."""
    after = context.clause[1]
    ahead = min((each.start for each in context.near if each.side == "after"), default=len(after))
    return " ".join(own_words(context).split()[-_NEAR:]), " ".join(after[:ahead].split()[:_NEAR])


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text, in small letters."""
    return tuple(token.casefold() for token in _TOKEN.findall(text))


def initials(said: tuple[str, ...]) -> frozenset[str]:
    """Return what two to four words beside each other are called for short.

    Examples
    --------
    >>> sorted(initials(("average", "order", "value")))
    ['ao', 'aov', 'ov']
    """
    firsts = "".join(word[0] for word in said)
    return frozenset(firsts[at : at + size] for size in (2, 3, 4) for at in range(len(firsts) - size + 1))


def is_name(token: str) -> bool:
    """Whether a word of a label can tell one entry from another: no statistic and no year."""
    return not _YEAR.fullmatch(token) and not _ANY.fullmatch(token) and (token.isdigit() or len(token) > 2)
