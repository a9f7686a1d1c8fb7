"""Words that set one tied number against the next: *A is above B*, *rose from A to B*, *A, twice the B*.

What they say is weighed only where they stand between two numbers that can be compared, and nothing denies
it; what cannot be read for certain is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from tieout.machine.patterns import lazily
from tieout.numbers import Quantity
from tieout.numerals.context import Context, Near
from tieout.numerals.direction import is_denied
from tieout.numerals.multiplying import MULTIPLE, as_many, factor, multiplied
from tieout.numerals.pairs import AGAINST, IS, SLACK, THINGS, TIMES, WHOSE, Pair, in_one_unit, plain
from tieout.numerals.reading import readings
from tieout.numerals.turns import ADVERBS, DOWN, FALL, RISE, UP, opposite

Lookup = Callable[[str], Quantity | None]
_UPWARD = "larger|greater|higher|more|bigger|longer|older|heavier|wider|warmer|taller"
_DOWNWARD = "smaller|lower|less|fewer|shorter|younger|lighter|narrower|cooler"
_MORE = rf"(?P<up>{_UPWARD}|above)"
_LESS = rf"(?P<down>{_DOWNWARD}|below|short of)"
_SOME = (
    r"(?:(?:much|far|slightly|still|clearly|well|just|even|somewhat|considerably|markedly|significantly) )*"
)
# *11.4%, higher in Support (15.9%)*: what is higher is the second number.
_NO_PLACE = r"(?! (?:still )?(?:in|at|on|for|among|with|under|during|after|before|by|when|where|again)\b)"
_AMOUNT = (
    r"(?:(?:an? (?:few|couple of|good) (?:[a-z]+ ){1,2}"
    r"|some way |a long way |an? (?:bit|shade|touch|little) ))?"
)
_COMPARED = (
    lazily(
        rf"{THINGS},? (?:{IS}|sits?|sat) {_AMOUNT}{_SOME}(?:{_MORE}|{_LESS}){_NO_PLACE}{WHOSE} \(?",
        re.IGNORECASE,
    ),
    lazily(rf"{THINGS}, {_SOME}(?:{_MORE}|{_LESS}){_NO_PLACE}{WHOSE} \(?", re.IGNORECASE),
    lazily(
        rf"{THINGS},? (?:(?P<up>exceed(?:s|ed|ing)|surpass(?:es|ed|ing)|outweigh(?:s|ed|ing)"
        r"|outnumber(?:s|ed|ing)|beat(?:s|ing)?|overtook|overtak(?:es|ing))"
        rf"|(?P<down>trail(?:s|ed|ing)|lag(?:s|ged|ging) behind|f(?:alls|ell|alling) short of)){WHOSE} \(?",
        re.IGNORECASE,
    ),
)
# *A, a shade under the mean of B*.
_A_LITTLE = (
    r"(?:just|slightly|marginally|somewhat|well|far|a (?:little|shade|touch|bit|hair|fraction|good deal))"
)
_BARELY = lazily(
    rf"{THINGS}, {_A_LITTLE} (?:(?P<up>over|above|more than|higher than|longer than)"
    r"|(?P<down>under|below|less than|lower than|shorter than|short of))"
    rf"{_NO_PLACE}{WHOSE} \(?",
    re.IGNORECASE,
)
_UP_FROM = lazily(
    rf"{THINGS},? \(?(?:(?P<up>up)|(?P<down>down)) (?:sharply |slightly |steeply )?from {ADVERBS}",
    re.IGNORECASE,
)
# *Eased back from A to B*: between two numbers it is plain which way these go too.
_BIT = "(?:edg|tick|inch|nudg|mov)ed|crept|came|went|shot|was|were"
_ROSE = rf"{RISE}|(?:{_BIT}) up(?:wards?)?|lengthened|widened|swelled|mounted|up"
_SANK = (
    rf"{FALL}|(?:{_BIT}) down(?:wards?)?|eased(?: back| off)?|dipped|softened|slipped|receded|ebbed"
    r"|contracted|shortened|narrowed|dwindled|retreated|down"
)
# Behind these begins what goes another way: *fell in May and recovered from A to B*.
_ANEW = (
    r"\b(?:and|but|then|as|while|whereas|because|so|since|when|where|after|before|though|although|whose|which|that"
    r"|if|until|once)\b"
)
_LEVEL = r"(?:an? (?:mean|median|average|level|share|rate|total) of )?"
_FROM = lazily(
    rf"\b(?:(?P<up>{_ROSE})|(?P<down>{_SANK}))\b(?:(?!{_ANEW})[^.;:,]){{0,40}}?,? ?\bfrom {ADVERBS}{_LEVEL}$",
    re.IGNORECASE,
)
_BARE_FROM = lazily(rf"\bfrom {ADVERBS}$", re.IGNORECASE)
_TO = lazily(
    r"\)?(?: (?:in|of|during|at|before|after|under|with|without|among|on) [^.;,]{1,25}?)?,? to"
    rf" (?:(?:reach|stand at|end at) )?{ADVERBS}",
    re.IGNORECASE,
)
_LATER = lazily(rf"\)?[^.;:]{{0,40}}?\b(?:(?P<up>{RISE})|(?P<down>{FALL})) to {ADVERBS}", re.IGNORECASE)
_NAMED = lazily(
    r"\)?,? an? (?:\w+ )?(?:(?P<up>rise|increase|gain|jump|growth)"
    r"|(?P<down>fall|drop|decline|decrease|reduction|cut|loss))\b",
    re.IGNORECASE,
)
_VERB_TO = lazily(
    rf"\b(?:(?P<up>{RISE})|(?P<down>{FALL}))\b(?:(?!{_ANEW})[^.;:]){{0,30}}?\bto {ADVERBS}$", re.IGNORECASE
)
_OUT_OF = lazily(rf"\)?,?(?: (?:in|during) [^.;,]{{1,20}}?)? from {ADVERBS}", re.IGNORECASE)
_COMPARATIVE = lazily(rf"\b(?:(?P<up>{_UPWARD})|(?P<down>{_DOWNWARD}))\b(?! than)", re.IGNORECASE)
_THAN = lazily(r"\)?(?: [a-z’'-]+){0,3} than(?: [a-z’'-]+){0,5} \(?", re.IGNORECASE)
# *Four see fewer than six*: what is done so often bounds that, and is set against nothing.
_DO = (
    r"(?:see|have|earn|spend|sell|take|make|get|need|pay|cost|wait|lose|reach|give|use|hold|show|score|run|count)s?\b"
    r"|(?:saw|has|had|earned|spent|sold|took|made|got|needed|paid|waited|lost|reached|gave|used|held|showed|scored"
    r"|ran|counted)\b"
)
_BY_SO_MUCH = lazily(
    rf"(?: (?!to|in|at|of|from|by|for|with|and|or|but|every|{_DO})[a-z-]+){{0,2}} "
    rf"(?:{_UPWARD}|{_DOWNWARD}) than(?: the| in| at)? ",
    re.IGNORECASE,
)
_LED = lazily(
    rf"\b(?:(?P<up>{_UPWARD})|(?P<down>{_DOWNWARD}))(?: (?!than)[a-z-]+){{0,3}}(?::|,| \()\s?$", re.IGNORECASE
)
_OF_OTHERS = lazily(r"\bthan\b[^.;:,]*$")  # *more than those who smoke less (A against B)*
_OPENED = lazily(
    rf"(?: [a-z]+){{0,2}}?(?: (?:(?P<up>{_UPWARD})|(?P<down>{_DOWNWARD})))?(?: on average)?(?: \(|: |, )",
    re.IGNORECASE,
)
_BY_THEM = lazily(rf"\b(?:(?P<up>{_UPWARD})|(?P<down>{_DOWNWARD})) by {ADVERBS}$", re.IGNORECASE)
_NEAR = Fraction(1, 20)
_REACH = 50  # characters from a comparative to its number: *more common among women with children (39%)*
_LYING = lazily(r"\b(?:lies?|lay|lying|is|are|was|were|rang(?:es?|ed|ing)) (?:somewhere )?between $")
# What is said of a number in brackets or between commas: *(11.2, SD 7.2, against 8.0)*.
_ASIDE = lazily(
    r"(?:[,;]? \(?(?:SD|SE|SEM|[nN]|p)|(?:[,;])? ?\((?:[Mm]edian|[Mm]ean|Mdn|IQR))(?: ?[=<>] ?| of | )$"
)
# How many times as much it is of the next number: *A, more than twice the B*, where *twice* is tied too.
_A_MULTIPLE = lazily(
    r"(?:twice|thrice|double|triple|half|(?:[\d.]+|\w+)(?: times|[ -]?fold|×))\b", re.IGNORECASE
)


def reversed_by(quantity: Quantity, context: Context, lookup: Lookup) -> str:
    """Return in words why a comparison with the next tied number is the wrong way round, or nothing."""
    if _ASIDE.search(context.before):
        return ""
    context = _without_asides(context)
    wrong = factor(quantity, context) or _apart(quantity, context, lookup)
    if wrong:
        return "" if is_denied(context) else wrong
    pair = _pair(quantity, context, lookup)
    if pair is None or is_denied(Context(pair.before, f"{pair.between} {pair.name}")):
        return ""
    return next(filter(None, (rule(pair) for rule in _RULES)), "")


def is_compared(text: str, context: Context, lang: str) -> bool:
    """Whether the words before a number set another tie against it: *A is more than B* bounds nothing.

    *12 people, more than 10* does so too, unless it lists things of different kinds.
    """
    held = [near for near in context.near if near.side == "before"]
    if not held:
        return False
    last = max(held, key=lambda near: near.end)
    between = plain(context.before[last.end :])
    if any(each.fullmatch(between) for each in (_COMPARED[0], _COMPARED[2], MULTIPLE)):
        return True
    found = _COMPARED[1].fullmatch(between)
    if not found and not _BY_SO_MUCH.fullmatch(between):
        return False
    one, other = readings(last.text, lang), readings(text, lang)
    kinds = {each[0].kind for each in (one, other) if each}
    if not one or not other or one[0].unit != other[0].unit or "year" in kinds:
        return False
    return not found or (one[0].ends[0] - other[0].ends[0]) * _said(found) > 0


def _pair(quantity: Quantity, context: Context, lookup: Lookup) -> Pair | None:
    """Return this number and the next, where they can be compared and stand in one sentence."""
    for near in _following(context):
        other = lookup(near.key)
        if other is None or _A_MULTIPLE.match(near.text):
            continue
        between = context.after[: near.start]
        if _closes_pair(context, between):
            return None
        shared = any(each.fullmatch(plain(between)) for each in (AGAINST, _TO, _OUT_OF))
        sizes = in_one_unit(quantity, other, shared)
        if sizes is not None and "%" in near.text and sizes[1] <= 1 < sizes[0]:
            return None  # a count and its share
        if sizes is None or quantity.is_range or other.is_range or re.search(r"[.;?!]\s|\|", between):
            return None
        after = context.after[near.end :]
        return Pair(*sizes, plain(context.clause[0]), plain(between), plain(after), near.text)
    return None


def _closes_pair(context: Context, between: str) -> bool:
    """Whether brackets that hold another number too end behind this one: *3 to 1 (44 to 15), down from 4*."""
    opens = context.before.rfind("(")
    is_open = opens > context.before.rfind(")") and between.lstrip().startswith(")")
    return is_open and any(each.side == "before" and each.start > opens for each in context.near)


def _without_asides(context: Context) -> Context:
    """Return what stands around a number without what is said of numbers behind it: their SD, their n."""
    after, kept, start, gone = context.after, [], 0, 0
    parts = []
    for near in _following(context):
        aside = _ASIDE.search(after, start, near.start)
        if aside is None:
            kept.append(replace(near, start=near.start - gone, end=near.end - gone))
            continue
        opened = "(" in aside[0]
        end = near.end + (opened and after[near.end : near.end + 1] == ")")
        parts.append(after[start : aside.start()])
        gone, start = gone + end - aside.start(), end
    others = (each for each in context.near if each.side != "after")
    return replace(context, after="".join((*parts, after[start:])), near=(*others, *kept))


def _following(context: Context) -> Iterator[Near]:
    yield from sorted((each for each in context.near if each.side == "after"), key=lambda each: each.start)


def _said(found: re.Match[str]) -> int:
    return UP if found["up"] else DOWN


def _word(found: re.Match[str]) -> str:
    return (found["up"] or found["down"]).lower()


def _grown(pair: Pair) -> str:
    """*Rose from A to B*, *from A … halved to B*, *from A to B, a fall*."""
    verb = _FROM.search(pair.before)
    if verb and _TO.fullmatch(pair.between):
        return _moved(pair.first, pair.second, verb, pair.name)
    if _BARE_FROM.search(pair.before) and not verb:
        verb = _LATER.fullmatch(pair.between)
        if verb:
            return _moved(pair.first, pair.second, verb, pair.name)
        verb = _NAMED.match(pair.after) if _TO.fullmatch(pair.between) else None
        if verb:
            return _moved(pair.first, pair.second, verb, pair.name)
    return ""


def _moved(old: Fraction, new: Fraction, verb: re.Match[str], name: str) -> str:
    word = _word(verb)
    times = next((size for stem, size in TIMES.items() if word.startswith(stem)), None)
    if times and old and not SLACK[0] <= new / old / times <= SLACK[1]:
        return f"to {name} has not {word}"
    if (new - old) * _said(verb) < 0:
        return f"to {name} is {'a fall' if verb['up'] else 'a rise'}, and the word is “{word}”"
    return ""


def _come(pair: Pair) -> str:
    """*Fell to A from B*, *A, up from B*."""
    verb = _VERB_TO.search(pair.before) if _OUT_OF.fullmatch(pair.between) else None
    verb = verb or _UP_FROM.fullmatch(pair.between)
    if verb is None:
        return ""
    wrong = _moved(pair.second, pair.first, verb, pair.name)
    return wrong.replace("to ", "from ", 1) if wrong else ""


def _set_against(pair: Pair) -> str:
    """*A is above B*, *A, below B*, *A exceeds B*, *more men (A) than women (B)*."""
    found = next((each for rule in (*_COMPARED, _BARELY) if (each := rule.fullmatch(pair.between))), None)
    if (
        found is None
        and _THAN.fullmatch(pair.between)
        and not re.search(r"\b(?:rather|other) than", pair.between)
    ):
        near = list(_COMPARATIVE.finditer(pair.before, max(0, len(pair.before) - _REACH)))
        found = near[-1] if near and not _COMPARATIVE.search(pair.between) else None
    if found is None and AGAINST.fullmatch(pair.between):
        found = _LED.search(pair.before)
        found = None if found and _OF_OTHERS.search(pair.before[: found.start()]) else found
    if found and (pair.first - pair.second) * _said(found) < 0:
        way = "less" if found["up"] else "more"
        return f"is {way} than {pair.name}, and the word is “{_word(found)}”"
    return ""


def _ordered(pair: Pair) -> str:
    """*Lies between A and B*."""
    turned = pair.between == " and " and _LYING.search(pair.before) and pair.first > pair.second
    return f"stands before {pair.name}, which is less" if turned else ""


def _apart(quantity: Quantity, context: Context, lookup: Lookup) -> str:
    """*2 years older (30 against 28)*: the first of the two is the one that the sentence is about."""
    following = list(_following(context))[:2]
    if len(following) < 2 or quantity.is_range:
        return ""
    one, other = following
    first, second = lookup(one.key), lookup(other.key)
    opened = _OPENED.fullmatch(plain(context.after[: one.start]))
    against = AGAINST.fullmatch(plain(context.after[one.end : other.start]))
    if not opened or not against or first is None or second is None or first.is_range or second.is_range:
        return ""
    found = opened if opened["up"] or opened["down"] else _BY_THEM.search(plain(context.clause[0]))
    sizes, own = in_one_unit(first, second, True), in_one_unit(first, quantity, True)
    if not found or sizes is None or own is None:
        return ""
    gap = sizes[0] - sizes[1]
    if not gap or abs(abs(own[1] / gap) - 1) > _NEAR or gap * _said(found) > 0:
        return ""
    word = _word(found)
    write = f"; write “{opposite(word)}”" if opposite(word) else ""
    return f"is said as {word}, and {one.text} is {'more' if gap > 0 else 'less'} than {other.text}{write}"


_RULES = (_grown, _come, _set_against, multiplied, as_many, _ordered)
