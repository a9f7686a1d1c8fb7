"""Whether words beside a number name a group, or set it against what the number is of."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import pairwise

from tieout.machine.patterns import lazily
from tieout.numerals import Context, find
from tieout.wording.kin import (
    WORD,
    Name,
    Sibling,
)
from tieout.wording.meant import tokens

# What is set against a number is not what it is of: *unlike Gentoos they weigh* …
AGAINST = lazily(
    r"\b(?:than|unlike|like|as|vs|versus|against|not|nor|no|without|except|besides|despite|minus|relative to"
    r"|same|equal|similar|given|whatever|per|holding"
    r"|before|after|until|since|regardless of|irrespective of|independent(?:ly)? of"
    r"|instead of|next to|ahead of|behind|above|below"
    r"|(?:beat|pass|overtak|exceed|surpass|replac|outpac)(?:e?s|ed|ing|e)?|overtook|outs(?:old|ells?|trips?|tripped)"
    r"|outperform(?:s|ed|ing)|compared (?:with|to)"
    r"|(?:control|adjust|account|allow|correct)\w* for|all but)"
    r"(?: (?:the|those|these|that|its|their|of|in|all|any|an?|other|for|among))*$"
    r"|\b(?:high|higher|low|lower|raised|elevated)$",
    re.IGNORECASE,
)
_LATER = lazily(r"\b(?:after|before|until|since)(?: the| an?)?$", re.IGNORECASE)
_LEADING = lazily(r"(?:In|Among|For|At|On|With|Under|By|Of) (?:the |all |those )?(?:\w+ ){0,2}?\w+, ")
_BETWEEN = lazily(r", ((?:[^\W\d_]+ )?[^\W\d_]+), ?$")
_PART_OF = lazily(r"\bof(?: the| all| these| those)* $")
_JOINTS = frozenset(("and", "but", "while", "whereas", "in", "for", "at", "on", "the", "by", "with", "of"))
_STEM, _CLOSE = 4, 4
# Names of the same group.
ALIKE = {"women": "female", "woman": "female", "men": "male", "man": "male", "daily": "day", "annual": "year"}


def behind_number(text: str) -> str:
    """Return what of a text stands behind the last number in it that is no name of a thing, and no year."""
    ends = [token.end for token in find(text) if token.kind in ("number", "range", "formula")]
    return text[max(ends, default=0) :]


def part_at(before: str) -> str:
    """Return what of the words before a number stands in one part with it, and in a phrase that leads it.

    It is the name between two commas before it too: *at the worst ward, cardiology, 21%*.
    """
    named = _BETWEEN.search(before)
    if named:
        return named[1]
    at = max(before.rstrip(" (:").rfind(mark) for mark in ",;:(") + 1
    return before if _LEADING.fullmatch(before[:at] + " ") else before[at:]


def before_number(text: str) -> str:
    """Return what of a text stands before the first number in it that is not what the tie is a part of."""
    numbers = (token.start for token in find(text) if token.kind in ("number", "range", "formula"))
    return text[: next((start for start in numbers if not _PART_OF.search(text[:start])), len(text))]


def heads(text: str, sibling: Sibling) -> bool:
    """Whether what heads a row or a column names a sibling; of one that may be any word, nothing else."""
    alone = len(tokens(text)) == len(sibling.name)
    return names_sibling(text, "", sibling) and (alone or sibling.proper or not sibling.coded)


def names_sibling(before: str, after: str, sibling: Sibling) -> bool:
    """Whether the words beside a number name a sibling of its entry, and do not set it against that."""
    for text in (before, after):
        words = list(WORD.finditer(text))
        size = len(sibling.name)
        for at in range(len(words) - size + 1):
            said = tuple(word[0].casefold() for word in words[at : at + size])
            if not all(is_called(a, b, sibling) for a, b in zip(said, sibling.name, strict=True)):
                continue
            gap = at if text is after else len(words) - at - size
            ahead = text[: words[at].start()].rstrip()
            is_against = AGAINST.search(ahead) and not (text is before and _held(text, gap, ahead))
            if is_against or (sibling.alone and gap >= _CLOSE):
                continue
            if text is after and not gap and _is_counted(sibling):
                continue
            idle = not gap or text[words[at].end() :].strip().startswith(("many", "deal", "few", "part"))
            if sibling.alone and idle and text is before and re.search(r"\b[Aa]n?$", ahead):
                continue  # *a good 7,309*
            return True
    return False


def is_right_before(before: str, after: str, sibling: Sibling, context: Context) -> bool:
    """Whether nothing but another name stands between two numbers: *pastry grew 21% and coffee 8.9%*.

    The entry's own name, said before the first of them, is of that one.
    """
    begins = len(context.before) - len(context.clause[0])
    if any(near.side == "before" and near.start >= begins for near in context.near):
        return False  # of two ties that stand crosswise it is said once
    clause = " ".join(context.clause[0].split())
    said = [word for word in tokens(before) if word not in _JOINTS]
    begun = clause.removesuffix(before.strip())
    if len(said) != len(sibling.name) or not any(map(str.isdigit, begun)) or not sibling.firm:
        return False
    named = all(is_called(a, b, sibling) for a, b in zip(said, sibling.name, strict=True))
    return named and not shares(stems(tokens(after)), sibling.own)


def _is_counted(sibling: Sibling) -> bool:
    """*63 patients* of those who were readmitted: they are patients too."""
    return len(sibling.name) == 1 and sibling.name[0].endswith("s") and sibling.own[-1].endswith("ed")


def _held(text: str, gap: int, ahead: str) -> bool:
    """*Least common after pneumonia (7.2%)*: what stands in brackets is of the name before them."""
    return not gap and text.rstrip().endswith("(") and _LATER.search(ahead) is not None


def is_called(word: str, name: str, sibling: Sibling) -> bool:
    """Whether a word of a text is one of a name, however it is declined; a group's, in the plural too."""
    word, name = ALIKE.get(word, word), ALIKE.get(name, name)
    if sibling.proper and not name.isdigit():
        pairs = enumerate(zip(word, name, strict=False))
        same = next((at for at, (one, other) in pairs if one != other), min(len(word), len(name)))
        return word == name or (same >= max(_STEM, len(name) - 2) and len(word) - same < _STEM - 1)
    return word == name or (sibling.firm and _singular(word) == _singular(name))


def stems(*texts: Name) -> frozenset[str]:
    """Return how the words of texts begin, however they are declined."""
    return frozenset(_stem(word) for text in texts for word in text)


def together(said: Name) -> Name:
    """Return words with the number behind them, as columns are called: *per90* of *per 90 minutes*."""
    return tuple(one + two for one, two in pairwise(said) if one.isalpha() and two.isdigit())


def shares(said: Set[str], own: Name) -> bool:
    """Whether texts, by the stems of their words, may name an entry by a word of its own."""
    return any(_stem(word) in said for word in own)


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > _STEM else word.removesuffix("s")


def _stem(token: str) -> str:
    """Return how a word begins, however it is declined."""
    token = ALIKE.get(token, token)
    return token if token.isdigit() else (token.removesuffix("s") if len(token) == _STEM else token)[:_STEM]
