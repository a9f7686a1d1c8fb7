"""Words of direction against changes, differences and correlations: *30% fewer* of a change above zero.

What a change or a difference is set against is read from its label, or from the code that recorded it: of a
quotient less one, and of one group less another, it is known which way it points. What compares it the other
way round, or denies it, is left alone.
"""

from __future__ import annotations

import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numbers import PERCENT, PURE
from tieout.numerals import (
    DOWN,
    LARGER,
    SMALLER,
    UP,
    Context,
    Turn,
    is_denied,
    is_other_way,
    known_direction,
    turn,
    turned_before,
)
from tieout.wording.groups import Siblings
from tieout.wording.meant import own_words, tokens
from tieout.wording.sides import Sides, is_named
from tieout.wording.traced import level, words

_LINK = r"(?:correlat|associat|relat|link)\w*"
_SIGN = lazily(
    rf"\b(?:(?P<up>positive)|(?P<down>negative))(?:ly)?(?: (?:and|but) \w+)? {_LINK}"
    r"|\b(?:(?P<plus>positive)|(?P<minus>negative)) (?:slope|coefficient|effect)\b"
    rf"|\b{_LINK} (?:\w+ly )?(?:(?:and|but) )?(?:(?P<rising>positively)|(?P<falling>negatively))\b"
    r"|\b(?:correlation|association|relation(?:ship)?|link)s? [^.;:,()\d]{0,60}?\b(?:is|was|are|were)"
    r" (?:\w+ly )?(?:(?P<above>positive)|(?P<below>negative))\b",
    re.IGNORECASE,
)
_UNSURE = lazily(
    r"\b(?:expect\w*|than|whether|if|would|hypothes\w*|but|although|though|while|least)\b", re.IGNORECASE
)
_CORRELATION = lazily(
    r"\b(?:correlations?|rho|tau|pearson\w*|spearman\w*|kendall\w*|slope|coefficient|r)\b|[ρτβ]",
    re.IGNORECASE,
)
_CORRELATED = lazily(r"\b(?:correlation of|rs?(?: ?\(\d+\))? ?(?:=|of|is|was)) $", re.IGNORECASE)
_SIGNS = lazily(r"\b(?:positiv|negativ|invers|opposite)\w*", re.IGNORECASE)
# Numbers that have no sign, or are not the correlation's: *R² =*, *r = −0.36, p =*.
_SIGNLESS = lazily(r"[²|]|\b(?:R2|squared?|abs(?:olute\w*)?|p)\b|\d[.,]\d", re.IGNORECASE)
_SUPPOSED = lazily(
    r"\b(?:would|could|should|must|ha(?:s|ve|d) to|might|may|if|unless|until|down|expect\w*|feared)\b",
    re.IGNORECASE,
)
_REACH = 40
_RISE = lazily(r"(?:increase|rise|growth) (?:in|of)\b", re.IGNORECASE)
# *Down 2.3 percentage points, or*
_FIRST = lazily(
    r"\b(?:(?P<up>up)|(?P<down>down)) (?:by )?[−-]?[$€£]?\d[\d.,]*(?: ?%| [a-z]+){0,2},"
    r" (?:or|that is|i\.e\.),? (?:about |around |some |roughly |nearly )?$"
)
_OUTDOES = lazily(
    r"^(?P<lead>[^.;:()\d]*?) (?:(?P<up>out(?!come|put|let|line|side|look)[a-z]{3,}|beats?|exceed(?:s|ed)"
    r"|led|leads|surpass(?:es|ed)|topp?(?:s|ed)|overtook)"
    r"|(?P<down>trail(?:s|ed)|lag(?:s|ged)(?: behind)?|under(?:sold|sells|yields|yielded|performs|performed)"
    r"|f(?:ell|alls) short of)) (?P<object>[^.;:,()\d]{1,50}?)"
    r" by (?:about |around |some |nearly |almost |just )?$",
    re.IGNORECASE,
)
_AGAIN = lazily(r", (?:or|that is|i\.e\.),? (?:about |around |some |roughly |nearly )?$")
# *Are worth less than defenders (b =*
_SET_APART = lazily(
    rf"(?P<lead>.*)\b(?:(?P<up>{LARGER})|(?P<down>{SMALLER}))(?: [a-z]+)? than"
    r" (?P<object>[^.;:,()\d]{1,40}?)"
    r" \((?:b|β|B|beta|coefficient|estimate|difference)(?: ?=| of|:)? ?$",
    re.DOTALL,
)
# A clause that begins with a group: *the obese thus scored* …
_SUBJECT = lazily(
    r"^\s*(?:(?:and|but|so|thus|while) )?(?:the |all )?(?P<name>[^\W\d_]+)(?: [^\W\d_]+){1,3} $", re.I
)
# *Compost lowered carbon by*
_CAUSED = lazily(
    r"^(?P<lead>[^.;:,()\d]*) (?:(?P<up>(?:rais|increas)(?:es|ed)|(?:lift|boost|lengthen)(?:s|ed))"
    r"|(?P<down>(?:reduc|decreas)(?:es|ed)|(?:lower|shorten)(?:s|ed)|cuts?))"
    r"(?P<what>(?: (?!(?:but|and|or|while)\b)[\w’'-]+){1,6}?) by (?:about |only |just |some |nearly )?$",
    re.IGNORECASE,
)
_LACKING = lazily(
    r"\b(?:deficit|loss(?:es)?|lack|shortfall|gap|decline|drop|fall|reduction)\b", re.IGNORECASE
)
_OBJECT = lazily(r"\b(?:than|as)\b(?P<object>[^.;:,(]*)", re.DOTALL)


def misturned(entry: Entry, shown: str, context: Context, siblings: Siblings) -> str:
    """Return in words why the direction that is said of a number is not its own; empty where it may be."""
    quantity = entry.quantity
    if quantity is None or quantity.is_range or not quantity.value:
        return ""
    if is_denied(Context(own_words(context), re.split(r"[,;:(]", context.clause[1])[0])):
        return ""
    sides = Sides.of(entry, siblings)
    return (
        _missigned(entry, shown, context)
        or _restated(context)
        or _outdone(entry, context, sides)
        or _misled(entry, shown, context, sides)
        or _compared_by(entry, context, sides)
        or _caused(entry, context, sides)
        or _bracketed(entry, context, sides)
        or _miscast(entry, context, sides, siblings)
    )


def _missigned(entry: Entry, shown: str, context: Context) -> str:
    """*Negatively correlated (ρ = 0.39)*."""
    assert entry.quantity is not None
    before, value = own_words(context), entry.quantity.value
    found = list(_SIGN.finditer(before))
    if len(found) != 1 or len(_SIGNS.findall(before)) != 1 or abs(value) > 1:
        return ""
    ahead, behind = before[: found[0].start()], before[found[0].end() :]
    if _UNSURE.search(f"{ahead} | {behind}"):
        return ""
    if _SIGNLESS.search(f"{entry.label} {behind} {shown.rpartition('=')[0]}"):
        return ""
    up = any(found[0][name] for name in ("up", "plus", "rising", "above"))
    is_one = _CORRELATION.search(f"{entry.label} {before[-12:]} {shown}") or _CORRELATED.search(before)
    if up == (value > 0) or not is_one:
        return ""
    return f"“{found[0][0]}” is said of it, and the entry is {'above' if value > 0 else 'below'} zero"


def _restated(context: Context) -> str:
    """*104.1 points higher, or 95% lower*: two numbers for one thing, one up and one down."""
    said, before = turn(context), own_words(context)
    if said is None or said.place not in ("behind", "than") or not _AGAIN.search(before):
        return ""
    first = turned_before(before) or _set_before(before)
    if first is None or first.way == said.way:
        return ""
    return f"is said as {said.word}, and the number before it, which it says again, as {first.word}"


def _set_before(before: str) -> Turn | None:
    """Return what is said of the number right before another one: *down 2.3 points, or*."""
    found = _FIRST.search(before)
    return Turn(UP if found["up"] else DOWN, found["up"] or found["down"], "by") if found else None


def _outdone(entry: Entry, context: Context, sides: Sides) -> str:
    """*December undersold August by 93,114* of December less August, above zero."""
    assert entry.quantity is not None
    found = _OUTDOES.search(own_words(context))
    if found is None or not sides.is_difference or _SUPPOSED.search(found["lead"]):
        return ""
    subject = sides.subject(found["lead"], f" than {found['object']}")
    names = (sides.one, sides.other) if subject > 0 else (sides.other, sides.one)
    if not subject or not is_named(found["lead"], names[0]) or not is_named(found["object"], names[1]):
        return ""
    above = (entry.quantity.value > 0) == (subject > 0)
    if above == bool(found["up"]):
        return ""
    word, way = found["up"] or found["down"], "more" if above else "less"
    return f"is said with “{word}”, and what it is said of is {way}"


def _misled(entry: Entry, shown: str, context: Context, sides: Sides) -> str:
    """*30% fewer visits* of a change above zero; *Dole voters were younger by 2* of theirs less others'."""
    assert entry.quantity is not None
    said, before = turn(context), own_words(context)
    if said is None or said.place == "compared by":
        return ""
    lead = before.rpartition(said.word)[0] if said.place == "by" else before
    if is_other_way(lead) or _SUPPOSED.search(before):
        return ""
    is_share = entry.quantity.unit in (PURE, PERCENT) and "%" in shown
    subject = sides.subject(lead, context.clause[1] if said.place == "than" else "")
    if said.place != "by" and subject and (sides.is_difference or (sides.is_change and is_share)):
        return _against(entry, said, subject)
    if not subject and said.place == "behind" and _is_at_level(entry, context):
        return _against(entry, said, 1)
    known = known_direction(entry.quantity)
    is_rise = _RISE.match(entry.label) is not None and said.place == "behind" and known == UP
    if entry.quantity.value < 0 or said.way == UP or said.place == "than" or subject < 0:
        return ""
    if not (is_share or is_rise):
        return ""
    if said.place == "behind" and re.search(r"\bthan\b|\b[12]\d{3}\b", context.clause[1]):
        return ""
    if (known == UP and said.place == "behind") or (not known and sides.is_change):
        return f"is said as {said.word}, and the entry is a change above zero"
    return ""


def _caused(entry: Entry, context: Context, sides: Sides) -> str:
    """*Compost lowered carbon by 0.7 points*, of compost less what was not treated, above zero."""
    said, before = turn(context), own_words(context)
    if said is None or said.place != "by" or not sides.is_difference or entry.quantity is None:
        return ""
    found = _CAUSED.search(before)
    if (
        found is None
        or is_other_way(found["lead"])
        or _SUPPOSED.search(before)
        or _LACKING.search(found["what"])
    ):
        return ""
    if not is_named(found["lead"], sides.one) or is_named(before, sides.other, against=True):
        return ""
    return "" if bool(found["up"]) == (entry.quantity.value > 0) else _against(entry, said, 1)


def _compared_by(entry: Entry, context: Context, sides: Sides) -> str:
    """*Planned stays were longer than emergencies by 1.1 nights*, of emergencies less planned ones."""
    said, before = turn(context), own_words(context)
    if said is None or said.place != "compared by" or not sides.is_difference:
        return ""
    lead, _, behind = before.rpartition(f"{said.word} ")
    if not re.match(r"(?:[a-z]+ )?than ", behind) or _SUPPOSED.search(before):
        return ""
    if re.search(r"\b(?:less|fewer|lower|lack|without|than)\b", lead, re.IGNORECASE):
        return ""
    subject = sides.subject(lead, f" {behind}")
    return _against(entry, said, subject) if subject else ""


def _bracketed(entry: Entry, context: Context, sides: Sides) -> str:
    """*Midfielders are worth less than defenders (b = 0.210)*, of the coefficient of midfielders."""
    assert entry.quantity is not None
    found = _SET_APART.search(own_words(context)) if level(entry) and sides.is_difference else None
    if found is None or _SUPPOSED.search(found["lead"]):
        return ""
    subject = sides.subject(found["lead"], f"than {found['object']}")
    if not subject or is_named(found["object"], sides.one) == (subject > 0):
        return ""
    way = UP if found["up"] else DOWN
    return _against(entry, Turn(way, found["up"] or found["down"], "than"), subject)


def _is_at_level(entry: Entry, context: Context) -> bool:
    """Whether what follows names the level of a coefficient: *1.38 t/ha higher at 60 kg/ha*."""
    name = level(entry)
    after = " ".join(context.clause[1].split())[:_REACH]
    return (
        bool(name)
        and re.search(rf"\b(?:at|in|for|among|with) (?:the )?{re.escape(name)}\b", after) is not None
    )


def is_of_other_side(entry: Entry, context: Context, siblings: Siblings) -> bool:
    """Whether a comparison is about the second side: *men scored higher* of women less men."""
    said, sides = turn(context), Sides.of(entry, siblings)
    if said is None or not sides.is_difference or said.place not in ("behind", "than", "compared by"):
        return False
    before, after = own_words(context), context.clause[1] if said.place == "than" else ""
    if said.place == "compared by":  # the subject may be called as neither side is
        before, _, after = before.rpartition(f"{said.word} ")
        return sides.subject(before, f" {after}") <= 0
    return sides.subject(before, after) < 0


def _against(entry: Entry, said: Turn, subject: int) -> str:
    """Return in words why the direction is not that of the side which a sentence is about."""
    assert entry.quantity is not None
    above = entry.quantity.value > 0
    if not above and said.way == UP and subject > 0:
        return ""  # the check of the number itself refuses that
    if ((said.way == UP) == above) == (subject > 0):
        return ""
    which, zero = "the first" if subject > 0 else "the second", "above" if above else "below"
    return f"is said as {said.word}, and the entry is a difference {zero} zero of which that is {which}"


def _miscast(entry: Entry, context: Context, sides: Sides, siblings: Siblings) -> str:
    """*The overweight scored 104.1 points higher* of a difference between the obese and others."""
    clause = " ".join(context.clause)
    found = _SUBJECT.search(re.split(r"[,;:(]", own_words(context))[-1])
    if found is None or not (sides.one and sides.other) or is_named(clause, sides.one, against=True):
        return ""
    name, against = found["name"].casefold(), _OBJECT.search(context.clause[1])
    beside = {other for one in sides.one for other in siblings.beside(entry.path, one)}
    is_said = against is not None and is_named(against["object"], sides.other)
    # A group of another kind, and no column: *men scored higher than those of normal weight*.
    is_other = siblings.beside(entry.path, name) and name not in (*words(entry), *tokens(entry.label))
    if name in map(str.casefold, sides.other) or not (name in beside or (is_said and is_other)):
        return ""
    return f"sets {_listed(sides.one)} against {_listed(sides.other)}, and its clause is about {name}"


def _listed(names: frozenset[str]) -> str:
    return " and ".join(sorted(names))
