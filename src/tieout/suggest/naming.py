"""Small numbers that name something and count nothing, *cultivar 0*; those that count; cells of tables."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from tieout import numerals
from tieout.prose import Passage, Untied
from tieout.suggest.clauses import around, named, opening
from tieout.suggest.clauses import clause as clause_of
from tieout.suggest.expressions import split_words, statistics, told

# What is told apart by numbers, in the singular, beside what needs no tie at all behind its name.
_NAMED = frozenset(re.findall(r"\w+", """
band batch block case code condition day dimension fold hypothesis item layer level line module node option
participant patient person round row run segment session site species specimen state stratum subject subtype
team topic treatment trial unit version visit week
"""))  # fmt: skip
_VERBS_TOO = frozenset(("run", "state", "visit", "team", "treat"))  # names of things, and what people do
_LISTED = re.compile(
    r"([^\W\d_]+)[ \u00a0](?:[0-9]{1,2}, )*(?:[0-9]{1,2},? (?:and|or|to|&) |[0-9]{1,2}[–/-])?$"
)
_GOES_ON = re.compile(r"(?:, [0-9]{1,2})*,? (?:and|or|to|&) [0-9]{1,2}(?![\d.,]*\d)|[–/-][0-9]{1,2}(?!\d)")
_MARKS = re.compile(r"\]\([^()]*\)|\]\{[^{}]*\}|[*_`\[]")
_REACH = 60
_NUMBERED, _LEVEL = re.compile(r"[0-9]{1,2}"), re.compile(r"[0-9]{3,4}")
_WHOLE = re.compile(r"[0-9]{1,3}(?:,?[0-9]{3})*")
_PLURALS = frozenset(("people", "men", "women", "children", "mice", "feet", "geese", "data", "criteria"))
_NO_PLURALS = re.compile(r".*(?:ss|us|is)$|(?:was|has|its|this|as|does|times|less|plus)$")
_ENDING = frozenset(re.findall(r"\w+", """
a an and are as at between but by compared during for from had has have he if in into is it less more no nor
not of off on or over per she so than that the their then there these they this those to under until up versus
vs was we were when where which while who with without
"""))  # fmt: skip
_PLAIN = frozenset(("mean", "median", "std", "sem", "corr", "quantile"))  # words that compare nothing
_FREEDOM = re.compile(r"(?:\b[A-Za-z]|[χΧ]²?|\bchi2)\((?:[0-9.]+, ?)?$")
_OF_FREEDOM = frozenset(("df", "dof", "ddof", "freedom", "nob"))
# What is no name of a statistic: *which means that*, *a spread of 5 points between groups*.
_VERBS = re.compile(
    r"\b(?:(?:which|this|that|it|these|those|they|would|could|to|not|does|did) means?|means? that|spread)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(\d[\d.,\u00a0\u202f]*\d(?:\s(?:thousand|million|billion))?)\stimes")
_AS = re.compile(
    r"\s*(?:as|the|that|those|what|its|their|more|less|fewer|great|high|low|larg|small|fast|slow|long|short|over)",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:r[io]se|risen|gr[eo]w\w*|f[ae]ll\w*|(?:in|de)creas\w*|multipl\w*|factor|by|up|down|than)\b"
    r"[^,;]*$"
)
_HELD = re.compile(r"\([^()]*\)")
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")


def is_name(passage: Passage, number: Untied, known: Collection[str] = ()) -> bool:
    """Whether a small number is the name of what a table of the notebook has a row for, or the like.

    Parameters
    ----------
    passage, number
        The number, and where it stands.
    known
        What rows are called in the tables that the notebook shows: *cultivar 1*.
    """
    is_small = bool(_NUMBERED.fullmatch(number.text))
    if not is_small and not _LEVEL.fullmatch(number.text):
        return False
    headings = _headings(passage, number)
    if headings is not None:
        heading, first, _ = headings
        if heading == first and any(f"{word} {number.text}" in known for word in heading.casefold().split()):
            return True  # a row of *Nitrogen (kg/ha)*, as of the table
        said = f"{heading} {number.text}"
        is_label = any(token.kind == "label" for token in numerals.find(said, passage.lang))
        named = is_label or _names(heading.rpartition(" ")[2], number.text, known)
        return is_small and heading == first and named
    if not is_small:
        return False
    text = passage.markdown
    before = _MARKS.sub("", text[max(0, number.start - _REACH) : number.start])
    found = _LISTED.search(before)
    if found is None:
        return False
    word, given = found[1].casefold(), found[0]
    if word in _VERBS_TOO and counted(number, passage.lang):
        return False  # *we run 18 sites*
    listed = bool(re.search(r"\d", given)) or bool(_GOES_ON.match(text, number.end))
    if re.search(r"\d", given) and not word.endswith("s"):
        return False  # *in class 1, 71 wines*
    if re.search(r"\d, $", given) and not _GOES_ON.match(text, number.end):
        return False  # *in classes 0 and 1, 71*
    return _names(word, number.text, known, listed)


def _names(word: str, text: str, known: Collection[str], listed: bool = False) -> bool:
    word = word.casefold()
    plural = (re.sub(r"(?:es|s)$", "", word), re.sub(r"s$", "", word), re.sub(r"ies$", "y", word))
    singular = (word, *plural) if listed or word in _NAMED else (word,)
    return any(each in _NAMED or f"{each} {text}" in known for each in singular)


def counted(number: Untied, lang: str = "en") -> frozenset[str]:
    """Return the words of what a whole number counts: *chemical measurements* of *13 chemical measurements*.

    Empty where it counts nothing, or has a unit; English alone is known.
    """
    if not _WHOLE.fullmatch(number.text) or not lang.startswith("en"):
        return frozenset()
    phrase = re.match(r"(?:\s+[^\W\d_][\w'’-]*){1,3}", around(number)[1])
    said = phrase[0].casefold().split() if phrase else []
    for place, word in enumerate(said):
        if word in _ENDING:
            break
        if number.text == "1" or word in _PLURALS or (word.endswith("s") and not _NO_PLURALS.fullmatch(word)):
            return frozenset(said[: place + 1])
    return frozenset()


def counted_times(number: Untied) -> Untied:
    """Return a number of times that something was done as what it counts; a ratio as it is.

    *clicked 34,085 times* counts, *rose 34 times* and *34 times as many* compare.
    """
    before, after = around(number)
    found = _TIMES.fullmatch(number.text)
    if number.kind != "number" or not found or _AS.match(after) or _MOVED.search(before):
        return number
    return replace(number, text=found[1], end=number.start + len(found[1]))


def is_freedom(number: Untied) -> bool:
    """Whether a number is how many degrees of freedom a test has: *χ²(2)*."""
    return bool(_FREEDOM.search(around(number)[0]))


def is_other(
    number: Untied, words: frozenset[str], things: frozenset[str], is_whole: bool, lang: str
) -> bool:
    """Whether a number is surely not what an output or entry is.

    Its clause names another statistic, *averaged 3.2%* for a median; it counts things that a value with
    decimals does not name, *13 measurements*; or it is how many degrees of freedom a test has, *χ²(2)*.

    Parameters
    ----------
    words, things
        What the output or entry is called, and what of it tells it from others.
    is_whole
        Whether it is a whole number, or has a unit.
    """
    about, own = _about(number, lang), statistics(words)
    if about.is_freedom and not words & _OF_FREEDOM:
        return True
    said = about.inner or (about.outer if own <= _PLAIN else frozenset())
    if said and own and not said & own:
        return True
    may_count = is_whole and not own & _PLAIN  # *3 surveys* is no median
    return bool(about.counts) and not may_count and not said & own and not things & about.counts


@dataclass(frozen=True)
class _About:
    """What the words around a number say of it.

    Parameters
    ----------
    inner, outer
        The statistics that its clause names, or else its sentence before it.
    counts
        The words of what it counts.
    is_freedom
        Whether it is a number of degrees of freedom.
    """

    inner: frozenset[str]
    outer: frozenset[str]
    counts: frozenset[str]
    is_freedom: bool


@lru_cache(maxsize=256)
def _about(number: Untied, lang: str) -> _About:
    before, after = (_VERBS.sub(" ", numerals.without_limits(text)) for text in around(number))
    clause = told(clause_of(before, after))
    outer: frozenset[str] = frozenset()
    if not clause and opening(before) < 0:  # *On average, it is 3.2%*, and not *4.1 (SD 1.2) against 3.2*
        outer = told(frozenset(split_words(_HELD.sub(" ", before)))) & _PLAIN
    counts = frozenset(split_words(" ".join(counted(number, lang))))
    return _About(told(named(number)) & _PLAIN or clause & _PLAIN, outer, counts, is_freedom(number))


def in_table(passage: Passage, number: Untied) -> Untied:
    """Return a number of a table with what heads its column and row for a sentence, and its column's unit.

    Any other number stays as it is.
    """
    headings = _headings(passage, number)
    if headings is None:
        return number
    heading, first, row = headings
    unit = next(
        (unit for each in (heading, row, numerals.corner(heading, first, row))
         if (unit := numerals.heading_unit(each, passage.lang))), "",
    )  # fmt: skip
    shown = numerals.parse(number.text, passage.lang)
    text = number.text
    if unit and shown is not None and not shown.is_range and shown.unit is None:
        wide = numerals.parse(text + unit, passage.lang)
        text = text + unit if wide is not None and wide.unit is not None else text
    where = f" in {first} {row}" if heading != first else ""
    return replace(number, text=text, sentence=f"{heading}: {text}{where}", at=len(heading) + 2)


def heads(passage: Passage, number: Untied) -> tuple[str, str] | None:
    """Return what heads the column and the row of a cell of a table; None outside of tables."""
    found = _headings(passage, number)
    return (found[0], found[2]) if found else None


def _headings(passage: Passage, number: Untied) -> tuple[str, str, str] | None:
    """Return what heads the column of a number, what heads the rows, and its row; None outside of tables."""
    text = passage.markdown
    start = text.rfind("\n", 0, number.start) + 1
    lines = text[:start].split("\n")[:-1]
    end = text.find("\n", number.end)
    own = text[start : end if end >= 0 else len(text)]
    if "|" not in own:
        return None
    for place in range(len(lines) - 1, 0, -1):
        if "|" not in lines[place]:
            return None
        if _RULE.fullmatch(lines[place]):
            heads, cells = _cells(lines[place - 1]), _cells(own)
            column = len(_cells(text[start : number.start] + "x")) - 1
            if "|" in lines[place - 1] and column < len(heads):
                return heads[column], heads[0], cells[0]
    return None


def _cells(line: str) -> list[str]:
    plain = _MARKS.sub("", line.replace("\\|", "/")).strip()
    return [cell.strip() for cell in plain.removeprefix("|").removesuffix("|").split("|")]
