"""Words of a change against the numbers that it lies between: *fell from 213 to 166, an increase of 47*.

They stand beside it in its clause, or are of two years in its code: *€4.18 less than a year earlier*; or its
code says that it is a change: *fell by 8.7%* of what rose.
"""

from __future__ import annotations

import ast
import re
from fractions import Fraction

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numbers import PERCENT, PURE
from tieout.numerals import DOWN, LARGER, SMALLER, UP, Context, is_denied, is_other_way, readings, turn
from tieout.numerals.calendar import MONTH, MONTHS
from tieout.wording.keys import picked
from tieout.wording.meant import own_words, tokens
from tieout.wording.timed import times
from tieout.wording.traced import coefficient, core, functions, made_of

_NUMBER = r"[−-]?[$€£]?\d[\d.,]*\d|[−-]?[$€£]?\d"
_BETWEEN = r"(?:(?!\bfrom\b|\bto\b)[^.;:()]|(?<=\d)[.](?=\d)){0,40}?"
_ABOUT = r"(?:about |around |nearly |almost |over |more than )?"
_SCALE = r"\s?(?:thousand|million|billion|trillion|tn|bn|mn?|k)\b"
_WAY = rf"(?:(?P<up>{LARGER})|(?P<down>{SMALLER}))"
_FROM_TO = lazily(
    rf"\bfrom {_ABOUT}(?P<one>{_NUMBER}){_BETWEEN} to {_ABOUT}(?P<two>{_NUMBER})"
    rf"{_BETWEEN}, (?:(?:or|that is|i\.e\.),? )?(?:an? |by )?(?:[a-z]+ )?"
    r"(?:(?P<up>increase|rise|growth|jump)|(?P<down>decrease|drop|fall|decline|reduction))"
    rf" of {_ABOUT}$",
    re.IGNORECASE,
)
# *We took 2,511 orders, up from*
_UP_FROM = lazily(
    rf"(?<![\d.,])(?P<one>(?:{_NUMBER})(?:{_SCALE})?)"
    rf"(?:[^\d.;:()]{{0,40}}?),? (?:(?P<up>up)|(?P<down>down)) from {_ABOUT}$",
    re.I,
)
# *185.8 minutes on average, 113.7 minutes longer than those who stayed (72.1*
_BEFORE_IT = lazily(rf"(?<![\d.,])(?P<one>{_NUMBER})[^\d;()]{{0,60}}?, (?:i\.e\. |or )?{_ABOUT}$")
_THAN = lazily(rf"^(?: [\w%]+){{0,2}}? {_WAY} than [^\d.;:()]{{1,60}}\((?P<two>{_NUMBER})", re.IGNORECASE)
# *8.5% compared with 5.7% of the old, 2.8 points more*
_COMPARED = lazily(
    rf"(?<![\d.,])(?P<one>{_NUMBER})[^\d;()]{{0,40}}?"
    r" (?:compared (?:with|to)|against|versus|vs\.?|rather than)"
    rf" (?P<two>{_NUMBER})[^\d;()]{{0,40}}?, (?:i\.e\. |or )?{_ABOUT}$",
    re.IGNORECASE,
)
_MORE = lazily(rf"^(?: [\w%]+){{0,2}}? {_WAY}\b(?! (?:than|or|and))", re.IGNORECASE)
# *Rose from 20.1% to*
_MOVES = lazily(
    r"\b(?:(?P<up>rose|grew|increased|climbed|jumped|went up)"
    r"|(?P<down>fell|dropped|declined|decreased|sank|shrank|went down))"
    rf" (?:[a-z]+ly )?from {_ABOUT}(?P<one>{_NUMBER})(?P<unit>%|(?: (?!in\b|to\b)[a-z]+){{0,2}})"
    rf"(?: in [12]\d{{3}})? to {_ABOUT}$"
)
# *Widened from 19.8% in 2023 to*, where the second number has no tie.
_MOVES_ON = lazily(
    r"\b(?:(?P<up>rose|grew|increased|climbed|jumped|went up|widened)"
    r"|(?P<down>fell|dropped|declined|decreased|sank|shrank|went down|narrowed))"
    rf" (?:[a-z]+ly )?from {_ABOUT}$"
)
_ON_TO = lazily(
    rf"^(?P<percent> ?%)?(?: in [12]\d{{3}})? to {_ABOUT}(?P<two>{_NUMBER})(?P<unit>%?)(?![\d.,]*\d|%)"
)
_PLACES = lazily(r"\b(?:rank\w*|places?|positions?|table|league|chart)\b", re.I)  # less is higher there
_UNIT = lazily(r"[\d.,−-]")
_LOSS = lazily(
    rf"\ba (?:net |small |slight )?(?P<word>loss|deficit|drop|fall|decline|decrease|reduction) of {_ABOUT}$"
)
_CHANGES = frozenset(("change", "gain", "growth", "profit", "surplus", "increase", "rise"))
_LOSSES = frozenset(("loss", "losses", "decline", "decrease", "drop", "fall", "reduction", "abs", "absolute"))
_YEAR_BEFORE = lazily(
    r"\bthan (?:in )?(?:(?:a|one|the) year (?:earlier|before|ago)|the (?:previous|preceding|prior) year"
    r"|last year)\b"
)
_YEAR = lazily(r"(?<!\d)[12]\d{3}(?!\d)")
# *26,988 fewer pieces than in 2023*
_MORE_THAN_IN = lazily(
    rf"^ (?:(?P<up>{LARGER})|(?P<down>{SMALLER}))(?: (?!than\b)[a-z]+){{1,3}} than"
    r" (?:in [12]\d{3}|(?:a|the) year (?:before|earlier)|before|last year)\b",
    re.IGNORECASE,
)
# What was before, or what is not named: *72 mm less than the wetter* may be of either year.
_THAN_BEFORE = lazily(
    rf"\bthan\b(?:[^.;:,]*\b(?:[12]\d{{3}}|years?|quarters?|months?|weeks?|days?|seasons?|before|earlier"
    rf"|previous(?:ly)?|prior|preceding|last|ago|then|had|used to|was|were|{MONTH})\b|(?= ?[.;:,]|\s*$))",
    re.IGNORECASE,
)
# *Enterprise gained 8.6 points*, *85% above that of 2023*
_GAINED = lazily(rf"\b(?:(?P<up>gained)|(?P<down>lost)) {_ABOUT}$")
_ABOVE = lazily(r"^(?: [a-z]+)? (?:(?P<up>above)|(?P<down>below)) (?:that|those|the|its|what)\b")
_ABOVE_MONTH = lazily(
    rf"^%?(?: [a-z]+)? (?:(?P<up>above|(?:{LARGER}) than)|(?P<down>below|(?:{SMALLER}) than))"
    rf"(?: in| that of| those of| the)* (?P<month>{MONTH})(?!\w)",
    re.IGNORECASE,
)
_BEFORE_NOW = frozenset(("prev", "previous", "ago", "prior"))
_GROWING = frozenset(("yoy", "qoq", "mom"))
# Numbers that nothing moves to: the base of a rate, *3.16 mites per 100 bees*, and a year, *3.16 in 2023,*.
_ASIDE = lazily(
    r"(?<![\w-])(?:(?P<base>per|every|each|out of)"
    r" \d(?:[\d.,]*\d)?(?: \d{3})*(?: thousand| million)?(?![\w.,]*\d)"
    r"|(?:in|since|until|after|before) (?:[A-Z]\w+ )?[12]\d{3}(?=,| (?:up|down|and)\b))",
    re.IGNORECASE,
)
_ROOM = Fraction(12, 10)  # how far a difference of rounded numbers may be off, in their last digits


def mismoved(entry: Entry, shown: str, context: Context) -> str:
    """Return in words why a change is said the wrong way round; empty where it may be right."""
    if entry.quantity is None or is_denied(Context(own_words(context))):
        return ""
    before = _moving(context.clause[0])
    return (
        _between(before)
        or _from(shown, before)
        or _moves(shown, before, context)
        or _moves_on(shown, before, context)
        or _apart(shown, before, context)
        or _lost(entry, context)
        or _of_years(entry, context)
        or _over_time(entry, context)
        or _set_above(entry, context)
        or _grown(entry, context)
        or _estimated(entry, context)
    )


def _moving(before: str) -> str:
    """Return the words before a number in single spaces, without the numbers that nothing moves to."""
    return _ASIDE.sub(lambda found: found["base"] or "then", re.sub(r"\s+", " ", before))


def _between(before: str) -> str:
    """*From 213 in April to 166 in June, an increase of*."""
    found = _FROM_TO.search(before)
    return _wrong(found, found["one"], found["two"]) if found else ""


def _from(shown: str, before: str) -> str:
    """*2,511 orders, down from 2,279*."""
    found = _UP_FROM.search(before)
    scales = [re.findall(_SCALE, text) for text in (found["one"], shown)] if found else []
    return _wrong(found, shown, found["one"]) if found and scales[0] == scales[1] else ""


def _moves(shown: str, before: str, context: Context) -> str:
    """*Rose from 20.1% to 13.1%*, where the first number has no tie."""
    found = _MOVES.search(before)
    if (
        found is None
        or _PLACES.search(" ".join(context.clause))
        or any(found["one"] in near.text for near in context.near if near.side == "before")
    ):
        return ""  # of two ties the numbers themselves are compared
    units = [_UNIT.sub("", text).strip() for text in (found["one"] + found["unit"], shown)]
    return _wrong(found, found["one"], shown) if units[0] == units[1] else ""


def _moves_on(shown: str, before: str, context: Context) -> str:
    """*Widened from 25.3% to 19.8%*, where the second number has no tie."""
    said, after = _MOVES_ON.search(before), " ".join(f"|{context.clause[1]}".split())[1:]
    found = _ON_TO.match(after) if said and not _PLACES.search(" ".join(context.clause)) else None
    if said is None or found is None or any(found["two"] in near.text for near in context.near):
        return ""
    is_alike = "%" in f"{shown}{found['percent']}" and found["unit"] == "%"
    return _wrong(said, shown, found["two"]) if is_alike else ""


def _lost(entry: Entry, context: Context) -> str:
    """*A loss of 9* of what is recorded as a change, and is above zero."""
    quantity, said = entry.quantity, _LOSS.search(re.sub(r"\s+", " ", context.clause[0]))
    if said is None or quantity is None or quantity.value <= 0 or quantity.is_range:
        return ""
    made = core(made_of(entry))
    labels = made.slice.elts if isinstance(made, ast.Subscript) and isinstance(made.slice, ast.Tuple) else []
    last = str(labels[-1].value) if labels and isinstance(labels[-1], ast.Constant) else ""
    called = {*tokens(last), *(tokens(entry.label)[:1])}
    if called.isdisjoint(_CHANGES) or not called.isdisjoint(_LOSSES):
        return ""
    return f"is said as {said['word']}, and the entry is called “{entry.label}” and above zero"


def _wrong(found: re.Match[str], one: str, two: str) -> str:
    first, second = _value(one), _value(two)
    if first is None or second is None or first == second or (second > first) == bool(found["up"]):
        return ""
    way = "up" if second > first else "down"
    return f"is said as “{found['up'] or found['down']}”, and it went from {one} to {two}, {way}"


def _apart(shown: str, before: str, context: Context) -> str:
    """*185.8 minutes, 113.7 minutes shorter than those who stayed (72.1)*: of what lies so far apart."""
    after = re.sub(r"\s+", " ", context.clause[1])
    compared, ahead = _COMPARED.search(before), _BEFORE_IT.search(before)
    said = _MORE.match(after) if compared else _THAN.match(after)
    if said is None or not (compared or ahead):
        return ""
    one = _value((compared or ahead)["one"])  # type: ignore[index]
    two = _value(compared["two"] if compared else said["two"])
    far = _value(shown)
    if one is None or two is None or far is None or one == two:
        return ""
    if "%" in shown and one and two:  # *4,584 GWh, 21% more than in the rest (3,774 GWh)*
        is_far = all(
            abs(abs(share) * 100 - abs(far)) > _grain(shown) for share in (one / two - 1, 1 - two / one)
        )
    else:
        is_far = abs(abs(one - two) - abs(far)) > _ROOM * max(map(_grain, (shown, (compared or said)["two"])))
    if is_far:
        return ""
    word = said["up"] or said["down"]
    way = "more" if one > two else "less"
    return "" if (one > two) == bool(said["up"]) else f"is said as {word}, and the first of the two is {way}"


def _grain(text: str) -> Fraction:
    forms = readings(text)
    return forms[0].figures[0].grain if forms else Fraction(0)


def _value(text: str) -> Fraction | None:
    forms = readings(text)
    return forms[0].ends[0] if forms and not forms[0].is_range else None


def _of_years(entry: Entry, context: Context) -> str:
    """*€4.18 less than a year earlier* of what 2025 is above 2024."""
    said, made = turn(context), core(made_of(entry))
    if said is None or not _YEAR_BEFORE.search(" ".join(context.clause[1].split())):
        return ""
    if not (isinstance(made, ast.BinOp) and isinstance(made.op, ast.Sub)) or entry.quantity is None:
        return ""
    years = [set(_YEAR.findall(ast.unparse(side))) for side in (made.left, made.right)]
    if any(len(each) != 1 for each in years) or years[0] == years[1]:
        return ""
    rises = (entry.quantity.value > 0) == (min(years[0]) > min(years[1]))
    if not entry.quantity.value or rises == (said.way == UP):
        return ""
    own = "above" if rises else "below"
    return f"is said as {said.word}, and the entry is of a year that lies {own} the one before"


def _over_time(entry: Entry, context: Context) -> str:
    """*5.0% less than in the third quarter* of ``last / prev - 1``; *lost 8.6 points* of 2024 less 2021."""
    quantity, way = entry.quantity, _way_said(context)
    later = _later(entry) if way and quantity is not None and quantity.value and not quantity.is_range else 0
    if way is None or quantity is None or not later or (quantity.value < 0 and way[0] == UP):
        return ""
    rises = (quantity.value > 0) == (later > 0)
    years = set(_YEAR.findall(ast.unparse(made_of(entry) or ast.Constant(0))))
    said = set(_YEAR.findall(context.clause[1]))
    if rises == (way[0] == UP) or (len(years) > 1 and max(years) in said):
        return ""  # *4.18 below that of 2025*
    own = "above" if quantity.value > 0 else "below"
    what = "later less what was before" if later > 0 else "before less what came later"
    return f"is said as {way[1]}, and the entry is {own} zero: what was {what}"


def _set_above(entry: Entry, context: Context) -> str:
    """*29% below August* of what December is above August."""
    found = _ABOVE_MONTH.match(" ".join(f"|{context.clause[1]}".split())[1:])
    made, quantity = _set_against(entry), entry.quantity
    if found is None or made is None or quantity is None or not quantity.value or quantity.is_range:
        return ""
    months = [_months(entry, side) for side in (made.left, made.right)]
    said = {each for each in MONTHS if each[:3] == found["month"][:3]}
    if any(len(each) != 1 for each in months) or months[0] == months[1] or said not in months:
        return ""
    is_up = (quantity.value > 0) == (said == months[1])
    if is_up == bool(found["up"]):
        return ""
    own = "above" if quantity.value > 0 else "below"
    return f"is said as {found['up'] or found['down']}, and {min(months[0])} is {own} {min(months[1])}"


def _months(entry: Entry, side: ast.expr) -> set[str]:
    """Return the months by which one side of a difference is picked."""
    return {name for key in picked(entry, side) for kind, name in times(key) if kind == "month"}


def _way_said(context: Context) -> tuple[int, str] | None:
    before, after = own_words(context), " ".join(context.clause[1].split())
    found = _GAINED.search(before) or _ABOVE.match(f" {after}") or _MORE_THAN_IN.match(f" {after}")
    if found:
        return (UP if found["up"] else DOWN), found["up"] or found["down"]
    said = turn(context)
    is_told = said is not None and said.place == "than" and _THAN_BEFORE.search(f" {after}") is not None
    return (said.way, said.word) if said is not None and is_told else None


def _set_against(entry: Entry) -> ast.BinOp | None:
    """Return the sides of a difference, ``a - b``, or of a change, ``a / b - 1``; None of anything else."""
    made = core(made_of(entry))
    operator: type[ast.operator] = ast.Sub
    if isinstance(made, ast.BinOp) and isinstance(made.right, ast.Constant) and made.right.value == 1:
        made = core(made.left) if isinstance(made.op, ast.Sub) else None
        operator = ast.Div
    return made if isinstance(made, ast.BinOp) and isinstance(made.op, operator) else None


def _later(entry: Entry) -> int:
    """Return 1 where the first side of a difference or a change is of the later time, −1 of the earlier."""
    made = _set_against(entry)
    if made is None:
        return 0
    texts = [ast.unparse(side) for side in (made.left, made.right)]
    years = [set(_YEAR.findall(text)) for text in texts]
    if all(len(each) == 1 for each in years) and years[0] != years[1]:
        return 1 if max(years[0]) > max(years[1]) else -1
    earlier = [not _BEFORE_NOW.isdisjoint(tokens(text)) for text in texts]
    return 1 if earlier == [False, True] else 0


def _grown(entry: Entry, context: Context) -> str:
    """*Fell by 8.7%* of what ``pct_change`` gave above zero."""
    said, quantity = turn(context), entry.quantity
    if said is None or quantity is None or quantity.value <= 0 or said.way == UP or quantity.is_range:
        return ""
    grows = not _GROWING.isdisjoint((*tokens(entry.id), *tokens(entry.label)))
    grows = grows or any(name == "pct_change" for name, _ in functions(entry))
    if (
        not grows
        or quantity.unit not in (PURE, PERCENT)
        or is_other_way(own_words(context).rpartition(said.word)[0])
    ):
        return ""
    return f"is said as {said.word}, and the entry is a change above zero"


def _estimated(entry: Entry, context: Context) -> str:
    """*Lowers it by 1.38* of a coefficient above zero."""
    said, quantity = turn(context), entry.quantity
    if said is None or quantity is None or quantity.value <= 0 or said.way == UP or said.place != "by":
        return ""
    if is_other_way(own_words(context).rpartition(said.word)[0]) or not coefficient(entry):
        return ""
    return f"is said as {said.word}, and the entry is a coefficient above zero"
