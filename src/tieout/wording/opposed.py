"""Words that exclude what an entry is called: *BIC* of an AIC, *survived* of deaths, *five or more* of ten.

Each set holds words of which a number is only one. Where a label or an id tells one of a set, and what stands
beside the number another, and the own one nowhere in the clause, a person has to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numbers import units
from tieout.numerals import Context, is_denied
from tieout.wording.meant import near, tokens

# By the name of each: what prose calls it, and by which part of an id it goes.
_SETS: tuple[Mapping[str, tuple[str, frozenset[str]]], ...] = (
    {
        "AIC": (r"AICc?|Akaike\w*", frozenset(("aic",))),
        "BIC": (r"BIC|Schwarz|Bayesian information", frozenset(("bic",))),
    },
    {
        "Pearson": (r"Pearson\w*", frozenset(("pearson", "pearsonr"))),
        "Spearman": (r"Spearman\w*", frozenset(("spearman", "spearmanr"))),
        "Kendall": (r"Kendall\w*", frozenset(("kendall", "kendalltau"))),
    },
    {
        "MAE": (r"MAE|[Mm]ean absolute error", frozenset(("mae",))),
        "RMSE": (r"RMSE|[Rr]oot[- ]mean[- ]squared?[- ]error", frozenset(("rmse",))),
        "MSE": (r"MSE|(?<!oot[- ])[Mm]ean[- ]squared?[- ]error", frozenset(("mse",))),
    },
    {
        "range": (r"(?<!quartile )[Rr]ange(?! from| between)", frozenset(("range",))),
        "interquartile range": (r"IQR|[Ii]nterquartile range", frozenset(("iqr",))),
    },
    {
        "odds": (r"a?OR(?![a-z])|[Oo]dds", frozenset(("or", "odds"))),
        "hazard": (r"a?HR|[Hh]azards?", frozenset(("hr", "hazard"))),
        "risk or rate": (r"a?RR|IRR|[Rr]isk ratio|[Rr]elative risk|[Rr]ate ratio", frozenset(("rr", "irr"))),
    },
    {
        "women": (r"[Ww]om[ae]n|[Ff]emales?|[Gg]irls?", frozenset(("women", "female", "females", "girls"))),
        "men": (r"[Mm][ae]n|[Mm]ales?|[Bb]oys?", frozenset(("men", "male", "males", "boys"))),
    },
    {
        "never": (r"[Nn]ever", frozenset(("never",))),
        "always": (r"[Aa]lways", frozenset(("always",))),
    },
    {
        "died": (
            r"[Dd]ied|[Dd]ies|[Dd]eaths?|[Dd]ead|[Dd]eceased|[Mm]ortality|[Kk]illed",
            frozenset(("deaths",)),
        ),
        "survived": (r"[Ss]urviv(?:ed|es?|al|ors?)|[Aa]live", frozenset(("survival", "alive"))),
    },
)  # fmt: skip
_OPEN = frozenset(("died", "survived"))  # of a time both are said: *half had died by the median survival*
_SYMBOL = lazily(r"(?<![\w.’'])(t|F|z|U|H|W|χ²)(?!\w)")
_SIGN = lazily(r"(?<![\w.])(t|F|z|U|H|W|χ²)(?:\([^()]{0,12}\))? ?= ?$")
_PERCENTILE = lazily(r"\b(\d{1,2})(?:st|nd|rd|th)[ -]percentile\b", re.IGNORECASE)
_NUMBERS = dict(zip(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    map(str, range(1, 13)), strict=True,
))  # fmt: skip
_N = rf"(?P<n>\d[\d,]*(?:\.\d+)?|{'|'.join(_NUMBERS)})"
_BOUNDS = tuple(
    (kind, lazily(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("at least", rf"\bat least {_N}\b"),
        ("at least", rf"\b{_N}(?: [a-z]+)? or (?:more|over|older|above)\b"),
        ("at most", rf"\bat most {_N}\b"),
        ("at most", rf"\b{_N}(?: [a-z]+)? or (?:less|fewer|under|younger|below)\b"),
        ("over", rf"\b(?:more than|greater than|older than|over|above) (?:pH )?{_N}\b"),
        ("under", rf"\b(?:less than|fewer than|younger than|under|below) (?:pH )?{_N}\b"),
    )
)  # fmt: skip
_UPWARD = frozenset(("at least", "over"))
_PERIOD = lazily(
    r"\b(?:an?|per|each|every) (?P<unit>(?:person-?)?(?:hour|day|week|month|year|decade))s?\b"
    r"|\b(?P<ly>hourly|daily|weekly|monthly|yearly|annual)(?:ly)?\b",
    re.IGNORECASE,
)
_LY = dict(zip(("hourly", "daily", "weekly", "monthly", "yearly", "annual"),
    ("hour", "day", "week", "month", "year", "year"), strict=True,
))  # fmt: skip
_OF_LY = {"hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}
_AGAINST = lazily(
    r"\b(?:than|instead|against|compared|versus|vs|from|unlike|rather|times|sav(?:e[sd]?|ing))\b"
)
_WITH = lazily(r"\b(with|without) (?:an? |the |any )?(\w+)", re.IGNORECASE)
_SAVED = lazily(r"^(?:mean |yearly |annual )?savings?\b", re.IGNORECASE)
_COST = lazily(r"\bcosts? (?:(?!and\b|or\b|by\b|of\b|in\b)[a-z]+ ){0,2}$")
_STEM = 5
_WORD, _CLOSE = lazily(r" ?-?(?!or\b)([^\W\d_]+)"), 4
_HEAD = lazily(r"^(?: [a-z]+)? (per (?:patient|person|head|capita))\b(?![- ](?:year|and))")
_PER = lazily(
    r"^(?: (?!in|at|of|on|for|and|or|than|to|from)[a-z]+)?"
    r" (?P<said>(?:an?|per|each|every) (?P<unit>(?:person-)?(?:hour|day|week|month|year|decade)))\b"
    r"(?! (?:ago|later|earlier|before|after))"
)


def opposed(entry: Entry, shown: str, context: Context) -> str:
    """Return in words why a number is called what excludes its own name; empty where it is not."""
    found = next((each for each in _found(entry, shown, context)), None)
    return f"is called “{entry.label}”, and its clause says “{found}”" if found else ""


def _found(entry: Entry, shown: str, context: Context) -> Iterator[str]:
    before, after = near(context)
    beside, clause = f"{before} {shown} {re.split('[,;(]', after)[0]}", f"{' '.join(context.clause)} {shown}"
    for words, own in zip(_SETS, _named(entry.id, entry.label), strict=True):
        if len(own) != 1:
            continue
        direct = {name for name in words if _stands(words[name][0], before)}
        said = direct or {name for name in words if _says(words[name][0], beside)}
        if len(said) != 1 or own & said:
            continue
        around = f"{before} {after}" if "died" in words else clause
        if _says(words[min(own)][0], around) and not direct:
            continue
        if "women" in words and not _is_part(entry, shown, clause):
            continue
        if not _OPEN.isdisjoint(own) and (_is_time(entry) or is_denied(context)):
            continue
        if "never" in words and is_denied(Context(beside.replace("never", ""))):
            continue
        yield next(found[0] for found in re.finditer(rf"\b(?:{words[min(said)][0]})\b", beside))
    yield from _symbol(entry, before, shown)
    own_ones, said_ones = set(_PERCENTILE.findall(entry.label)), set(_PERCENTILE.findall(beside))
    if len(own_ones) == 1 and said_ones and not own_ones & set(_PERCENTILE.findall(clause)):
        yield f"{min(said_ones)}th percentile"
    yield from _bound(entry, f"{before} {shown} {after}")
    yield from _without(entry, f"{before} {re.split('[,;(]', after)[0]}", clause)
    if _SAVED.search(entry.label) and (cost := _COST.search(before + " ")):
        yield cost[0].strip()
    yield from _period(entry, context)


@lru_cache(maxsize=4096)
def _named(id: str, label: str) -> tuple[frozenset[str], ...]:
    """Return which of each set a label tells; where it tells none, the id."""
    parts = {*id.split("."), *tokens(id.rpartition(".")[2])}
    found = []
    for words in _SETS:
        told = {name for name, (said, _) in words.items() if _says(said, label)}
        by_id = {name for name, (_, slugs) in words.items() if not slugs.isdisjoint(parts)}
        found.append(frozenset(told or by_id))
    return tuple(found)


def _is_part(entry: Entry, shown: str, clause: str) -> bool:
    """Whether a number is how many of a group there are, or their share, and nothing is compared."""
    quantity = entry.quantity
    is_count = quantity is not None and quantity.value == int(quantity.value) and quantity.value > 1
    is_share = "%" in shown and re.search(r"\b(?:share|proportion|percentage)\b", entry.label, re.I)
    return bool(is_count or is_share) and not re.search(r"\bthan\b|\bgap\b|\bper\b", clause)


def _says(words: str, text: str) -> bool:
    return re.search(rf"\b(?:{words})\b", text) is not None


def _stands(words: str, before: str) -> bool:
    """Whether a name stands right before a number, as its own: *(RR =*."""
    return re.search(rf"[(,;] ?(?:{words})(?: ?[=:]| of)? ?$", before) is not None


def _symbol(entry: Entry, before: str, shown: str) -> Iterator[str]:
    """*Welch F =* of a t."""
    own = {found[1] for found in _SYMBOL.finditer(entry.label)}
    said = _SIGN.search(before + " ") or _SIGN.search(shown.rpartition("=")[0] + "=")
    if len(own) == 1 and said and said[1] not in own:
        yield said[0].strip()


def _bound(entry: Entry, clause: str) -> Iterator[str]:
    """*Five or more* of ten or more; *over 1,000* of under 1,000."""
    own, said = list(_bounds(entry.label)), list(_bounds(clause))
    if not own and len(said) == 1:  # *fewer than 3,000* of ``days-over-3000``
        held = [each for part in entry.id.split(".") for each in _bounds(part.replace("-", " "))]
        other, another, words, _ = said[0]
        if len(held) == 1 and held[0][1] == another and (held[0][0] in _UPWARD) != (other in _UPWARD):
            yield words
    if len(own) == len(said) == 1:
        (kind, number, _, unit), (other, another, words, theirs) = own[0], said[0]
        if unit and theirs and unit[:_CLOSE] != theirs[:_CLOSE]:
            return  # *more than three weeks* of more than 21 days
        turned = (kind in _UPWARD) != (other in _UPWARD)
        if (number != another) if kind == other else (number == another and turned):
            yield words


def _without(entry: Entry, beside: str, clause: str) -> Iterator[str]:
    """*Homes without solar panels* of what is called *Mean consumption with solar panels*."""
    own = _WITH.findall(entry.label)
    if len(own) == 1:
        stem = own[0][1][:_STEM]
        said = [found[0] for found in _WITH.finditer(beside) if found[2][:_STEM] == stem]
        is_else = own[0][0].lower() in tokens(clause) or _AGAINST.search(clause)
        if said and not is_else:  # *those without* is said of it too
            yield said[0]


def _bounds(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Give the bounds that a text names: of which kind, by which number, in which words, of what unit."""
    for kind, pattern in _BOUNDS:
        for found in pattern.finditer(text):
            number = found["n"].lower().replace(",", "")
            unit = _WORD.match(text, found.end("n"))
            yield kind, _NUMBERS.get(number, number), found[0], unit[1].casefold() if unit else ""


def _period(entry: Entry, context: Context) -> Iterator[str]:
    """*A month* of what is called a year's."""
    own = {each["unit"] or _LY[each["ly"].lower()] for each in _PERIOD.finditer(entry.label)}
    own = own or _periods(entry)
    after = re.sub(r"\s+", " ", context.clause[1])
    said = _PER.match(after)
    if re.search(r"\bperson[- ]years?\b", entry.label, re.IGNORECASE) and (head := _HEAD.match(after)):
        yield head[1]
    if len(own) == 1 and said and said["unit"] != min(own).lower():
        clause = " ".join(context.clause)
        if not re.search(rf"\b(?:{min(own)}|{_OF_LY.get(min(own), min(own))})", clause, re.IGNORECASE):
            yield said["said"]


def _periods(entry: Entry) -> set[str]:
    """Return what a number is per, by its unit or its id: *hour* of GBP / hour, *day* of ``daily-mean``."""
    unit = entry.quantity.unit.partition(" / ")[2] if entry.quantity else ""
    if unit:
        return {unit} & {*_LY.values()}
    return {_LY[word] for word in tokens(entry.id) if word in _LY}


def _is_time(entry: Entry) -> bool:
    unit = entry.quantity.unit if entry.quantity else ""
    return [dimension for dimension, _ in units.root(unit)[1]] == ["[time]"]
