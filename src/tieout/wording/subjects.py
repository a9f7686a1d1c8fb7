"""Sentences about another group than their number is of: *Riverside is the largest site, with 580 patients*.

The group is what the sentence begins with, or the one before it, where this one goes on with *its* or *they*:
*Riverside is the slowest site. Its patients waited 36.0 minutes*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.wording.groups import Siblings
from tieout.wording.kin import WORD, Sibling
from tieout.wording.meant import sentence_before
from tieout.wording.naming import is_called

_LEAD = r"^(?:(?:and|but|so|again|also|here|thus|overall|by contrast|in turn),? )?(?:the )?"
_VERB = (
    r"(?:is|are|was|were|remains?|remained|has|have|had|saw|sees|comes?|came|stands?|stood|leads?|led"
    r"|takes?|took|makes?|made|gets?|got|grows?|grew|weighs?|costs?|lies?|lay|wins?|won|loses?|lost"
    r"|spends?|spent|sells?|sold|needs?|pays?|paid|[a-z]{2,}ed)"
)
# What is said of the subject last, and ends in the number: *…, with 580*, *…: its 580*.
_TAIL = lazily(
    r"(?:,? (?:with|at)|:|,|,? (?:counting|seeing|treating|having))"
    r"(?: (?:an?|the|its|their|some|about|only|just|nearly|almost|over))?(?: [a-z-]+){0,4}?"
    r"(?: (?:of|is|was|were|at))?(?: (?:about|only|just|nearly|almost|some|over))? $|\($",
    re.IGNORECASE,
)
_GOES_ON = lazily(
    r"^(?:Its|Their|It|They|Here,|There,|This (?:site|group|region|species|arm|team|channel|school|ward))\b"
    r"(?! (?:neighbou?rs?|rivals?|competitors?|predecessors?|counterparts?|sisters?|parents?|opposites?"
    r"|peers?|others?|is (?:not|true|clear|likely|possible|because|known)|seems|may|might|could|would)\b)"
)
# What is set against the subject, or says more of something else, may have the number.
_ELSE = lazily(
    r"\b(?:than|unlike|like|as|vs|versus|against|behind|after|before|until|since|except|besides|despite"
    r"|compared|relative|which|who|whose|that|where|while|whereas|although|though|but|and|or|not?|never|neither|nor|without"
    r"|others?|rest|remaining|both|all|each|every|total|overall|together|second|third|next|followed|from|to|if"
    r"|more|less|fewer|above|below|away|ahead|between|among|other)\b|n[’']t\b"
    r"|\b(?:with|of|at|in|by|near|on|for) the (?:[a-z]+est|most|least|best|worst)\b",
    re.IGNORECASE,
)
# *Cakes grew fastest, by 35%, to*: it is the subject's end of a change.
_ENDS = lazily(
    r"(?<=\b)(?:grew|rose|climbed|jumped|fell|dropped|declined|shrank|slid|sank|increased|decreased)\b"
    r"(?P<between>[^.;:()]*?)"
    r"(?P<to>,? (?:up |down )?to (?:about |around |just |only |nearly |almost |some )?)$"
)
_WHOSE = lazily(
    r"(?P<name>\b[^.,;:()\d]{2,40}), (?:whose|which|who)"
    r"(?: (?!(?:than|not?|never|of|other|against|over|behind|above|below|beat|passed|overtook|and|but)\b)"
    r"[a-z]+){1,5} $"
)
_PART = lazily("[,;:(]")
_OTHERS = lazily(r"\b(?:others?|rest|remaining|both|all|each|every|neither|not)\b|n[’']t\b", re.IGNORECASE)


def missubjected(entry: Entry, context: Context, siblings: Siblings) -> str:
    """Return in words why a sentence is about another group than its number; empty where it may not be."""
    others = [each for each in siblings.others.get(entry.id, ()) if each.firm and each.name[0].isalpha()]
    begins = len(context.before) - len(context.clause[0])
    is_first = not any(each.side == "before" and each.end > begins for each in context.near)
    if not others or not is_first or is_denied(context) or "|" in context.before + context.after:
        return ""
    before, after = (" ".join(part.split()) for part in context.clause)
    before = f"{before} " if context.clause[0][-1:].isspace() else before
    for each in others:
        if _relates(before, each):
            return _told(entry, each)
    if any(_is_in(f"{before} {after}", each.own, each) for each in others):
        return ""
    said = _subject(before, others)
    if (ends := _ENDS.search(before)) and not re.search(r"\bfrom\b", ends["between"]):
        before = f"{before[: ends.start('to')]}, at "
    if said is not None:
        tail = _TAIL.search(before)
        ahead = before[: tail.start()] if tail else ""
        if tail is None or _ELSE.search(before) or _count(before, others) != 1 or not ahead:
            return ""
        return _told(entry, said)
    if (
        not _GOES_ON.match(before)
        or _ELSE.search(before)
        or _count(f"{before} {_PART.split(after)[0]}", others)
    ):
        return ""
    previous = sentence_before(context)
    said = _subject(previous, others)
    if said is None or _count(previous, others) != 1 or _OTHERS.search(previous):
        return ""
    if any(_is_in(previous, each.own, each) for each in others) or re.search("[;:]", before):
        return ""
    return _told(entry, said)


def _relates(before: str, other: Sibling) -> bool:
    """*Casual riders, whose rides jumped 11.1%*: what a relative clause says is of the name before it."""
    found = _WHOSE.search(before)
    if found is None or _is_in(found[0], other.own, other):
        return False
    name = WORD.findall(found["name"])[-len(other.name) - 1 :]
    places = range(len(name) - len(other.name) + 1)
    return any(
        all(is_called(a.casefold(), b, other) for a, b in zip(name[at:], other.name, strict=False))
        for at in places
    )


def _told(entry: Entry, said: Sibling) -> str:
    name = " ".join(said.name)
    told = f"as {said.id} is called" if said.id else "another group of its data"
    return f"is called “{entry.label}”, and its sentence is about {name}, {told}"


def _subject(text: str, others: Sequence[Sibling]) -> Sibling | None:
    """Return the group that a sentence begins with, which does something in it; None for none."""
    lead = re.match(_LEAD, text, re.IGNORECASE)
    rest = text[lead.end() if lead else 0 :]
    words = list(WORD.finditer(rest))
    for each in others:
        size = len(each.name)
        said = words[:size]
        if len(said) < size or not all(
            is_called(word[0].casefold(), name, each) for word, name in zip(said, each.name, strict=True)
        ):
            continue
        behind = rest[said[-1].end() :]
        if re.match(rf" (?:(?:again|also|still|thus|now|then|[a-z]+ly) )?{_VERB}\b", behind, re.IGNORECASE):
            return each
    return None


def _is_in(text: str, name: Sequence[str], sibling: Sibling) -> bool:
    """Whether a text says a name, or a word of it."""
    said = [word.casefold() for word in WORD.findall(text)]
    if len(name[-1]) == 1:  # *variant A*
        return any((*pair,) == (*name,) for pair in pairwise(said))
    return any(is_called(word, part, sibling) for word in said for part in name)


def _count(text: str, others: Sequence[Sibling]) -> int:
    """Return how many other groups a text names."""
    return sum(_is_in(text, each.name, each) for each in others)
