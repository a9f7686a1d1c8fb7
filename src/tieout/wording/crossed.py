"""Two numbers that stand crosswise: *Gentoos weigh 3,701 g, Adelies 5,076 g* of ties the other way.

Each of two entries that are called alike but for a name stands right behind the name of the other, or right
before it: *[357] malignant and [212] benign*. Only the plain order is read, name, number, name, number, or
number, name, number, name; what stands in brackets between them is of other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.markdown import Tie
from tieout.numbers import PURE
from tieout.prose import STOPS, Passage
from tieout.wording.groups import Siblings
from tieout.wording.kin import is_part, unit_of
from tieout.wording.meant import is_name, tokens
from tieout.wording.naming import ALIKE
from tieout.wording.yesno import beside

_SEPARATOR = lazily(r"[,;:]|\b(?:and|but|while|whereas|against|versus|vs)\b")
_JOINED = lazily(r",? \b(?:and|but|while|whereas)\b")
_LEADING = frozenset(("of", "in", "for", "by", "than", "from", "with", "as", "to", "at", "among", "on"))
_COMPARED = lazily(r"[,;:]|\b(?:than|as|unlike|behind|after|before|against|over|from|to)\b", re.IGNORECASE)
_WORD = lazily(r"[^\W_]+")
# What is said behind a number and makes it none of the one that is named.
_AWAY = lazily(
    r"[(]|\b(?:over|from|than|not|no|without|less|more|as|beyond|unlike)\b|\bto (?:the )?$", re.IGNORECASE
)
_HEDGE = r"(?: (?:about|around|just|only|some|nearly|almost|over))?"
_FROM = lazily(rf"\b(?:from|between){_HEDGE} ?$", re.IGNORECASE)
_TO = lazily(rf" (?:to|and){_HEDGE} ?$")
_WEEKEND = lazily(r"\bSaturdays? (?:and|or) Sundays?\b")
# What rows are called besides.
_CALLED = {
    "weekday": ("working day",), "lower": ("lowest", "bottom"), "upper": ("highest", "top"),
}  # fmt: skip
# Nouns that a letter is the name of: *grade C*.
_LETTERED = (
    r"(?:grades?|groups?|variants?|class|types?|levels?|arms?|zones?|lines?|sites?|plans?|models?|teams?|tiers?|bands?"
    r"|categor(?:y|ies)|clusters?|sections?|blocks?|regions?|versions?|cohorts?|schools?|plants?|units?|stores?"
    r"|shops?|routes?|wards?)"
)
_SEXES = {"M": "men", "F": "women"}
# *COPD had 22.7%, compared with 15.9% for pneumonia*: the first name before its number, the second behind.
_SET_AGAINST = lazily(
    rf"[^,;:()]{{0,30}}?,? (?:compared (?:with|to)|against|versus|vs\.?){_HEDGE} ?", re.IGNORECASE
)
_ONE, _TWO, _NUMBER = "\x01", "\x02", "\x00"
_ASIDE = lazily(r"\s?\([^()\x01\x02]*\x00[^()\x01\x02]*\)")
_WITH = lazily(r"([\x01\x02])[^()\x01\x02]*\x00[^()\x01\x02]*(?=\))")  # *(3.82, median 4)*
_FAR, _REACH = 5, 6


def crossed(passage: Passage, ledger: Ledger, siblings: Siblings) -> Iterator[tuple[Tie, Entry, Entry]]:
    """Give the first of each two ties of a passage that stand crosswise, with the entries of both.

    Parameters
    ----------
    siblings
        Which groups stand beside one another in the ledger.
    """
    ties = passage.scan.ties
    entries = [ledger.entries.get(tie.id) for tie in ties]
    for place, (one, first) in enumerate(zip(ties, entries, strict=True)):
        for other in islice(range(place + 1, len(ties)), _FAR):
            second = entries[other]
            if first is None or second is None or one.column or ties[other].column:
                continue
            names = _names(first, second, siblings)
            around = _around(passage.markdown, ties, place, other) if names else None
            if names and around and _is_turned(*around, names, first, second):
                yield one, first, second
                break


def _names(one: Entry, other: Entry, siblings: Siblings) -> tuple[str, str] | None:
    """Return what two entries are called that may stand in each other's place; None where not known."""
    if not _are_alike(one, other):
        return None
    return beside(one, other) or apart(one, other) or _of_groups(one, other, siblings) or letters(one, other)


def _around(text: str, ties: Sequence[Tie], one: int, other: int) -> tuple[str, str, str] | None:
    """Return what stands before, between and behind two ties of one sentence, without asides.

    None where another number stands between them.
    """
    start, stop = text.rfind("\n\n", 0, ties[one].start) + 1, text.find("\n\n", ties[other].end)
    text = text if stop < 0 else text[:stop]  # their paragraph
    written, end = "", start
    for place, tie in enumerate(ties):
        if not start <= tie.start < len(text):
            continue
        mark = _ONE if place == one else _TWO if place == other else _NUMBER
        written, end = f"{written}{text[end : tie.start]}{mark}", tie.end
    written = _WEEKEND.sub("weekends", _ASIDE.sub("", written + text[end:]))
    written = _WITH.sub(r"\1", written)
    before, _, rest = written.partition(_ONE)
    between, _, after = rest.partition(_TWO)
    if _NUMBER in between or "|" in between or _first(between) != between:
        return None
    return _last(before.rpartition(_NUMBER)[2]), between, _first(after.partition(_NUMBER)[0])


def apart(one: Entry, other: Entry) -> tuple[str, str] | None:
    """Return the names by which the labels of two entries of one unit differ; None where that is no name."""
    return names_apart(one, other) if _are_alike(one, other) else None


def letters(one: Entry, other: Entry) -> tuple[str, str] | None:
    """Return the names of two entries that are called by one letter each: *men* and *women* of M and F."""
    names = [entry.label for entry in (one, other)]
    if one.path != other.path or names[0] == names[1]:
        return None
    if {*names} == {*_SEXES}:
        return _SEXES[names[0]], _SEXES[names[1]]
    ids = [re.sub(r"-\d+$", "", entry.id) for entry in (one, other)]
    is_like = ids[0] == ids[1] and all(len(name) == 1 and name.isupper() for name in names)
    return (names[0], names[1]) if is_like else None


def _are_alike(one: Entry, other: Entry) -> bool:
    """Whether two entries are of one unit; one that is recorded without may be of any."""
    units = {entry.quantity.unit.partition(" / ")[0] for entry in (one, other) if entry.quantity is not None}
    return len(units - {PURE}) < 2 and one.quantity is not None and other.quantity is not None


def names_apart(one: Entry, other: Entry) -> tuple[str, str] | None:
    """Return the names by which the labels of two entries differ; None where that is no name."""
    if one.id == other.id or one.path != other.path:
        return None
    a, b = tokens(one.label), tokens(other.label)
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    shared = len(tokens(one.label)) - len(a)
    if not (a and b and (shared or is_part(one, other, a, b))) or len(a) > 2 or len(b) > 2:
        return None
    if not all(is_name(token) and token.isalpha() for token in (*a, *b)):
        return None
    return " ".join(a), " ".join(b)


def _of_groups(one: Entry, other: Entry, siblings: Siblings) -> tuple[str, str] | None:
    """Return the groups that two entries are of, by labels, ids or code: *obese*, *overweight*."""
    if one.path != other.path or not _are_alike(one, other):
        return None
    said = [{*tokens(each.label), *tokens(each.id)} for each in (one, other)]
    pairs = [
        (own, theirs)
        for own in said[0] - said[1]
        for theirs in (said[1] - said[0]) & siblings.beside(one.path, own)
    ]
    coded = siblings.exchanged(one.id, other.id) if not pairs else []
    pairs = pairs or [(" ".join(own), " ".join(theirs)) for own, theirs in coded]
    return pairs[0] if len(pairs) == 1 else None


def _is_turned(
    before: str, between: str, after: str, names: tuple[str, str], one: Entry, other: Entry
) -> bool:
    """Whether two numbers stand where their names say the other one does."""
    if _is_exchanged(before, between, after, names):
        return True
    is_one_unit = unit_of(one).partition(" / ")[0] == unit_of(other).partition(" / ")[0]
    return is_one_unit and (
        _is_crosswise(before, between, after, names)
        or _is_mirrored(before, between, after, names)
        or _is_compared(before, between, after, names)
    )


def _is_exchanged(before: str, between: str, after: str, names: tuple[str, str]) -> bool:
    """*From 33.1 at Northside to 27.2 at Old Town*, or *between … and …*, of the other way round."""
    own, others = map(_named, names)
    behind, inside = re.split(r"[,;:(]", after)[0], _TO.sub("", between)
    if not (_FROM.search(before) and _TO.search(between) and len(_WORD.findall(between)) <= _REACH + 2):
        return False
    if own.search(between) or others.search(behind) or _SEPARATOR.search(inside):
        return False
    return _is_of(inside, others, own) and _is_of(behind, own, others)


def _is_crosswise(before: str, between: str, after: str, names: tuple[str, str]) -> bool:
    own, others = map(_named, names)
    if own.search(before) or others.search(between) or own.search(after) or others.search(after):
        return False
    ahead, inside = list(others.finditer(before)), list(own.finditer(between))
    if len(ahead) != 1 or len(inside) != 1 or _COMPARED.search(before[ahead[0].end() :]):
        return False
    parts = _SEPARATOR.split(between[: inside[0].start()])
    leading = _WORD.findall(parts[-1])
    is_like = [*map(str.lower, leading)] == [*map(str.lower, _WORD.findall(before[: ahead[0].start()]))]
    is_apart = len(parts) > 1 and len(leading) < 3
    is_apart = is_apart and (is_like or not _LEADING.intersection(map(str.lower, leading)))
    return is_apart and not _SEPARATOR.search(between[inside[0].end() :])


def _is_mirrored(before: str, between: str, after: str, names: tuple[str, str]) -> bool:
    """Whether two numbers stand right before each other's names: *86% of Democrats but 4% of Republicans*."""
    own, others = map(_named, names)
    if own.search(before) or others.search(before):
        return False
    behind = _SEPARATOR.split(after)[0]
    head, *rest = _SEPARATOR.split(between)
    if rest and own.search(between) is None and _JOINED.search(between):
        # *[99], were obese, and another [155]*
        head, *rest = _JOINED.split(between)
    if not rest or any(name.search(part) for part in rest for name in (own, others)):
        return False
    return _is_of(head, others, own) and _is_of(behind, own, others)


def _is_compared(before: str, between: str, after: str, names: tuple[str, str]) -> bool:
    """*Pneumonia had [22.7%], compared with [15.9%] for COPD* of the other way round."""
    own, others = map(_named, names)
    ahead = list(others.finditer(before))
    if len(ahead) != 1 or own.search(before) or _COMPARED.search(before[ahead[0].end() :]):
        return False
    if own.search(between) or others.search(between) or not _SET_AGAINST.fullmatch(between):
        return False
    return _is_of(re.split(r"[,;:(]", after)[0], own, others)


def _is_of(text: str, name: re.Pattern[str], other: re.Pattern[str]) -> bool:
    """Whether what stands behind a number says of which of two it is."""
    found = list(name.finditer(text))
    if len(found) != 1 or other.search(text):
        return False
    ahead = text[: found[0].start()]
    return len(_WORD.findall(ahead)) <= _REACH and not _AWAY.search(ahead)


def _named(name: str) -> re.Pattern[str]:
    """Return the pattern of a name, in the plural too; of a letter, behind what it is the name of."""
    if len(name) == 1:
        return re.compile(rf"\b{_LETTERED} {name}(?!\w)")
    words = (f"(?:{'|'.join(_forms(word))})" for word in name.split())
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)


def _forms(word: str) -> list[str]:
    """Return the patterns of a word and of those for the same group: *women* of *female*."""
    one = ALIKE.get(word.lower(), word.lower())
    others = [each for each, same in ALIKE.items() if same == one] if one in ALIKE.values() else []
    others += _CALLED.get(one, ())
    return [re.escape(each.removesuffix("s")) + "(?:e?s)?" for each in dict.fromkeys((word, one, *others))]


def _last(text: str) -> str:
    """Return what of a text is of its last sentence."""
    for stop in STOPS:
        text = text.rpartition(stop)[2]
    return text


def _first(text: str) -> str:
    """Return what of a text is of its first sentence."""
    for stop in STOPS:
        text = text.partition(stop)[0]
    return text
