"""Words of a change against the code that made it: *5.0% less than a year before* of `last / prev - 1`."""

from __future__ import annotations

import ast
import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numbers import PERCENT, PURE
from tieout.numerals import DOWN, LARGER, SMALLER, UP, Context, is_other_way, turn
from tieout.numerals.calendar import MONTH, MONTHS
from tieout.wording.keys import picked
from tieout.wording.meant import own_words, tokens
from tieout.wording.timed import times
from tieout.wording.traced import coefficient, core, functions, made_of

_ABOUT = r"(?:about |around |nearly |almost |over |more than )?"
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


def mischanged(entry: Entry, context: Context) -> str:
    """Return in words why a change is not the one that code made; empty where it may be."""
    return (
        _of_years(entry, context)
        or _over_time(entry, context)
        or _set_above(entry, context)
        or _grown(entry, context)
        or _estimated(entry, context)
    )


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
