"""Words of direction against changes, differences and correlations: *30% fewer* of a change above zero.

What a change or a difference is set against is read from its label, or from the code that recorded it: of a
quotient less one, and of one group less another, it is known which way it points. What compares it the other
way round, or denies it, is left alone.
"""

from __future__ import annotations

import ast
import re

from tieout.checks.groups import AGAINST
from tieout.checks.meant import own_words
from tieout.ledger import Entry
from tieout.numbers import PERCENT, PURE
from tieout.numerals import UP, Context, is_denied, is_other_way, known_direction, turn

_LINK = r"(?:correlat|associat|relat|link)\w*"
_SIGN = re.compile(
    rf"\b(?:(?P<up>positive)|(?P<down>negative))(?:ly)?(?: (?:and|but) \w+)? {_LINK}"
    r"|\b(?:(?P<plus>positive)|(?P<minus>negative)) (?:slope|coefficient|effect)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:expect\w*|than|whether|if|would|hypothes\w*|but|although|though|while|least)\b", re.IGNORECASE
)
_CORRELATION = re.compile(
    r"\b(?:correlations?|rho|tau|pearson\w*|spearman\w*|kendall\w*|slope|coefficient|r)\b|[ρτβ]",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\b([A-ZÀ-ÞА-Я]\w{2,}) (?:and|minus|less|against|vs\.?) ([A-ZÀ-ÞА-Я]\w{2,})")
_LESS = re.compile(r"\b(?:minus|less)\b")
_SUPPOSED = re.compile(
    r"\b(?:would|could|should|must|ha(?:s|ve|d) to|might|may|if|unless|until|down|expect\w*|feared)\b",
    re.IGNORECASE,
)
_STEM = 4


def misturned(entry: Entry, shown: str, context: Context) -> str:
    """Return in words why the direction that is said of a number is not its own; empty where it may be."""
    quantity = entry.quantity
    if quantity is None or quantity.is_range or not quantity.value:
        return ""
    if is_denied(Context(own_words(context), re.split(r"[,;:(]", context.clause[1])[0])):
        return ""
    return _missigned(entry, context) or _misled(entry, shown, context)


def _missigned(entry: Entry, context: Context) -> str:
    """*Negatively correlated (ρ = 0.39)*."""
    assert entry.quantity is not None
    before, value = own_words(context), entry.quantity.value
    found = list(_SIGN.finditer(before))
    if len(found) != 1 or _UNSURE.search(before) or abs(value) > 1:
        return ""
    up = bool(found[0]["up"] or found[0]["plus"])
    if up == (value > 0) or not _CORRELATION.search(f"{entry.label} {before[-12:]}"):
        return ""
    return f"“{found[0][0]}” is said of it, and the entry is {'above' if value > 0 else 'below'} zero"


def _misled(entry: Entry, shown: str, context: Context) -> str:
    """*30% fewer visits* of a change above zero; *Dole voters were younger by 2* of theirs less others'."""
    assert entry.quantity is not None
    said, before = turn(context), own_words(context)
    if said is None or said.place not in ("by", "behind") or entry.quantity.value < 0:
        return ""
    lead = before.rpartition(said.word)[0] if said.place == "by" else before
    if is_other_way(lead) or _SUPPOSED.search(before):
        return ""
    made = made_of(entry)
    one, other = (any(_names(lead, name) for name in side) for side in _groups(entry, made))
    if said.place == "behind" and one != other and _is_difference(entry, made):
        if (said.way == UP) == one:
            return ""
        first = "the first" if one else "the second"
        return f"is said as {said.word}, and the entry is a difference above zero of which that is {first}"
    known = known_direction(entry.quantity)
    if said.way == UP or other or not (entry.quantity.unit in (PURE, PERCENT) and "%" in shown):
        return ""
    if said.place == "behind" and re.search(r"\bthan\b|\b[12]\d{3}\b", context.clause[1]):
        return ""
    if (known == UP and said.place == "behind") or (not known and _is_change(made)):
        return f"is said as {said.word}, and the entry is a change above zero"
    return ""


def made_of(entry: Entry) -> ast.expr | None:
    """Return what the code of an entry records as it, its name looked up in the cell; None where unknown."""
    try:
        body = ast.parse(entry.code)
    except (SyntaxError, ValueError):
        return None
    given = [
        node.args[1]
        for node in ast.walk(body)
        if isinstance(node, ast.Call) and len(node.args) > 1 and _is_id(node.args[0], entry.id)
    ]
    if len(given) != 1:
        return None
    found = given[0]
    if isinstance(found, ast.Name):
        name = found.id
        values = [
            node.value
            for node in ast.walk(body)
            if isinstance(node, ast.Assign)
            and any(isinstance(each, ast.Name) and each.id == name for each in node.targets)
        ]
        return values[0] if len(values) == 1 else None
    return found


def _is_id(node: ast.expr, id: str) -> bool:
    if isinstance(node, ast.JoinedStr):
        parts = (
            re.escape(str(each.value)) if isinstance(each, ast.Constant) else "[^.]+" for each in node.values
        )
        return re.fullmatch("".join(parts), id) is not None
    return isinstance(node, ast.Constant) and node.value == id


def _is_change(made: ast.expr | None) -> bool:
    """Whether an expression is a ratio less one."""
    if not (isinstance(made, ast.BinOp) and isinstance(made.op, ast.Sub)):
        return False
    return isinstance(made.right, ast.Constant) and made.right.value == 1


def _is_difference(entry: Entry, made: ast.expr | None) -> bool:
    """Whether an entry is one number less another."""
    if isinstance(made, ast.BinOp) and isinstance(made.op, ast.Sub):
        return not isinstance(made.right, ast.Constant)
    return made is None and _LESS.search(entry.label) is not None


def _groups(entry: Entry, made: ast.expr | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return what names the two sides of a difference or a quotient: in its code, or else in its label."""
    if _is_change(made):
        made = made.left  # type: ignore[union-attr]
    if isinstance(made, ast.BinOp) and isinstance(made.op, ast.Sub | ast.Div):
        one, other = _words(made.left), _words(made.right)
        if one - other and other - one:
            return one - other, other - one
    pairs = _PAIR.findall(entry.label)
    if len(pairs) != 1:
        return frozenset(), frozenset()
    return frozenset(pairs[0][:1]), frozenset(pairs[0][1:])


def _words(node: ast.expr) -> frozenset[str]:
    """Return the names and the texts in an expression that could name a group."""
    said = (
        each.id if isinstance(each, ast.Name) else each.value if isinstance(each, ast.Constant) else ""
        for each in ast.walk(node)
    )
    return frozenset(word for word in said if isinstance(word, str) and len(word) >= _STEM and word.isalpha())


def _names(text: str, name: str) -> bool:
    """Whether a text names a group, in the plural too, and sets nothing against it."""
    found = re.finditer(rf"\b{re.escape(name)}s?\b", text, re.IGNORECASE)
    return any(not AGAINST.search(text[: each.start()].rstrip()) for each in found)
