"""Superlatives against the column of their number: *the quietest of the sites, with 868 visits*.

What is said to be the most is refused only where it is the least of three or more, or the other way round,
and neither its row nor another column makes it true. What is denied, or one of few, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Set
from decimal import Decimal
from itertools import pairwise

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context
from tieout.wording.columns import Place
from tieout.wording.meant import own_words, sentence_before, tokens
from tieout.wording.traced import functions

# Of what is good the best is the most.
_GOOD = frozenset(re.findall(r"\w+", """
score scores scored satisfaction rating ratings revenue sales orders profit accuracy r2 conversion conversions
converted converts yield yields survival margin retention
"""))  # fmt: skip
# Of what is bad the best is the least, and what is slowest takes the most time.
_BAD = frozenset(re.findall(r"\w+", """
wait waits waited waiting delay delays error errors loss losses death deaths mortality defect defects
complaint complaints churn failure failures incident incidents infection infections absence absences
emissions
"""))  # fmt: skip
_TIMES = frozenset(re.findall(r"\w+", """
wait waits waited waiting time times duration durations minute minutes hour hours stay stays
"""))  # fmt: skip
_SPEEDS = frozenset(("speed", "speeds", "pace", "velocity", "growth", "rate"))
_JUDGED = frozenset(("best", "worst", "strongest", "weakest"))
_PACE = frozenset(("fastest", "slowest"))
_OFT = r"(?:frequent|common|numerous|popular)"
_SIZES = rf"(?:(?P<up>largest|biggest|busiest|most {_OFT})|(?P<down>smallest|quietest|least {_OFT}|rarest))"
_BEST, _WORST = (
    "highest|longest|best|strongest|oldest|fastest",
    "lowest|shortest|worst|weakest|youngest|slowest",
)
_VALUES = rf"(?:(?P<up>{_BEST})|(?P<down>{_WORST}))"
_OFTEN = r"(?:(?P<up>longest|best|most(?: often)?)|(?P<down>shortest|worst|least(?: often)?))"
_NUMBERS = r"(?:(?P<up>most)|(?P<down>fewest|least)) [a-z]+s"
_ADVERB = r"(?:(?:by far|again|still|also|thus|clearly|always|once more|the) )*"
_STOP = "and|but|while|than|after|before|except|among|because|although|when|where|that|which|who"
_WORDS = rf"(?:(?!(?:{_STOP})\b)[\w’'%-]+,? ){{0,6}}?"
_PLAINLY = rf"(?:(?!(?:{_STOP}|in|by|on)\b)[\w’'%-]+,? ){{0,6}}?"  # *the smallest in area* is no count
_HEDGE = r"(?:(?:only|just|about|some|over|nearly|almost) )?"
_OF = rf"(?:(?:an? )?(?:[a-z]+ ){{1,2}}of {_HEDGE})?"  # *with a mean age of*
_OF_WHAT = rf"(?:(?:an?|the|its) )?(?:(?:[a-z]+ ){{0,3}}of {_HEDGE})?"
_WITH = rf"(?:\(|(?:,? ?with|,? ?at|:) {_HEDGE})$"
_IS = r"\b(?:is|was|are|were|remains?|remained|becomes?|became)"
_NAME = r"(?:[A-Z][\w’'-]* )?[\w’'-]+"
_MEASURED = (
    # *The fourth quarter was again the strongest, with revenue of*
    rf"{_IS} {_ADVERB}{_VALUES} ?{_WORDS}(?:\(|(?:,? ?with|,? ?at) {_HEDGE}{_OF})$",
    # *it had the lowest click rate,*, *the highest mean income (*
    rf"\b(?:with|had|has|have|and|but) the {_VALUES} {_WORDS}"
    rf"(?:\(|[\w-]+, |(?:,? ?with|,? ?at) {_HEDGE}{_OF})$",
    # *Search brought most leads, 2,600*
    rf"\b(?:[a-z]+ed|brought|had|got|sold|saw|won|made|took|gave) (?:the )?{_NUMBERS}, $",
    rf", and {_WORDS}the {_VALUES} \($",  # *…, and train travellers the lowest (*
    # *The worst month was February 2023, with a mean wait of*
    rf"(?:^|[;:(,] |\band )the {_VALUES} [a-z]+(?: (?:for|by) [a-z]+)? (?:is|was) (?:again )?(?:in )?{_NAME}"
    rf"(?:\(|(?:,? with|,? at|:) {_HEDGE}{_OF_WHAT})$",
    # *Old Town is the slowest site. Its patients waited*
    rf"{_IS} {_ADVERB}{_VALUES}(?: (?!in\b|by\b|on\b)[a-z]+){{0,4}}\. (?:Its|Their|They|It)"
    rf" (?!(?:\w+ )*?(?:{_STOP})\b)[^.;:,()\d]{{3,50}}$",
)
_PATTERNS = (
    rf"{_IS} {_ADVERB}{_SIZES}(?: {_PLAINLY})?,? ?{_WITH}",  # *Northgate is the busiest of the sites, with*
    rf"(?:^|[;:(,] |\band )the {_SIZES} [a-z]+ (?:is|was) (?:again )?(?:in )?{_NAME} ?{_WITH}",
)
_PART = rf"{_IS} {_ADVERB}{_SIZES} {_WORDS},? ?{_WITH}"  # *Wind became the largest source in 2024, with*
_IN = r"(?: (?:in|on|at|during|among) (?:the )?[\w’'-]+)?"
_BY = r"(?: by (?:the )?(?:mean|median|average),?)?"
_PRICES = r"(?:(?P<up>dearest|most expensive)|(?P<down>cheapest|least expensive))"
_DOES = r"\b(?!improv|increas|chang|declin|decreas|dropp|climb|differ|vari|matter)[a-z]+ed"
_PLAIN = (
    rf"{_DOES} {_OFTEN}{_IN} ?{_WITH}",  # *its patients waited longest:*, *burned most in March (*
    rf"{_DOES} {_OFTEN}(?:{_BY},?|{_IN},) $",  # *lasted longest by the median, 129*
    rf"\b(?:with|had|has|have) the {_NUMBERS} \($",  # *the month with the most visits (*
    r"\b(?:had|has|have) the (?:(?P<up>most)|(?P<down>fewest|least)),? $",  # *the Centre had the most, 136*
)
_FASTEST = (
    r"\b(?:grew|rose|increased|is growing|has grown) (?:by far )?(?:the )?"
    r"(?:(?P<up>fastest)|(?P<down>slowest))"
    r"[^.;:\d]{0,30}?(?: \(|,? by |,? at |: )$"
)
_GROWN = frozenset(("change", "growth", "pct"))
_COSTLY = (
    rf"{_IS} {_ADVERB}{_PRICES}(?: [a-z]+)?,? ?(?:with|at|\() ?{_HEDGE}{_OF_WHAT}$",
    rf"{_IS} {_ADVERB}{_PRICES}(?: [a-z]+)?\. (?:Its|Their|They|It) [a-z ]{{3,50}}$",
)
_COSTS = rf"\bthe {_PRICES}(?: [a-z]+)? (?:is|was|were) {_WORDS},? ?(?:with|at|\() ?{_HEDGE}$"
_PRICED = frozenset(("price", "prices", "cost", "costs", "fare", "fares", "rent", "fee", "fees"))
_VARYING = r"(?:varied|fluctuated|swung|spread|scattered)"
_VARIED = (
    rf"\b{_VARYING} (?:the )?(?:(?P<up>most)|(?P<down>least))\b{_IN}[^.;:\d]{{0,60}}(?:\d{{4}}[^.;:\d]*)?$"
)
_EFFECTS = (
    r"\b(?:has|had|have|with|is|was) (?:by far )?the (?:(?P<up>largest|greatest|strongest|biggest)"
    r"|(?P<down>smallest|weakest|least))(?: [a-z]+)? (?:effect|influence|impact)s?[^.;:()\d]{0,30}"
    r"\((?:F|χ²|η²|(?:partial )η²)(?: ?\([^()]*\))? ?= ?$"
)
_DEVIATIONS = frozenset(("sd", "std", "var", "variance"))
_PEAKS = (
    r"\b(?:(?P<up>peaked)|(?P<down>bottomed out|troughed))"
    rf"(?: (?:in|on|during) {_WORDS}(?:with|at|\()| at) ?{_HEDGE}$",  # *revenue bottomed out in January at*
)
_NOT = lazily(
    r"\b(?:not?|never|neither|nor|one of|except|ever|would|if|than|second|third(?! quarter)|next|after|behind"
    r"|other|among|excluding|apart|without)\b|n['’]t\b",
    re.IGNORECASE,
)
_ENDING = lazily(r"(?:s|ed|ing)$")
_CARRIED = lazily(r"(?:Its|Their|They|It) ")
_PERIOD = lazily(r"\d")
_LEAST = 2  # others in the column
_SHORTEST, _LONGEST = 3, 5  # letters of a name that is short for words


def upended(entry: Entry, context: Context, cell: Place | None) -> str:
    """Return in words why a superlative is not that of a number, but the other one; empty where it may be.

    Parameters
    ----------
    cell
        The cell of a stored table that the entry repeats; None where it is none.
    """
    if cell is None or (len(cell.beside()) < _LEAST and not _is_share(cell)):
        return ""
    before = own_words(context)
    if min(cell.own, *cell.beside()) < 0:
        return ""
    if _is_share(cell) and (parts := _search((_PART,), before)) and not _NOT.search(before):
        is_up = bool(parts["up"])  # *Wind became the largest source in 2024*, of all sources of that year
        if _is_extreme(cell.own, cell.across(), not is_up) and not _is_extreme(
            cell.own, cell.beside(), is_up
        ):
            rank, said = "smallest" if is_up else "largest", parts["up"] or parts["down"]
            count = len(cell.across()) + 1
            return f"“{said}” is said of it, and of the {count} parts in its row it is the {rank}"
    if _is_growth(entry) and (pace := _search((_FASTEST,), before)) and not _NOT.search(before):
        is_up = bool(pace["up"])  # *Enterprise grew fastest*, of all columns of its year
        is_least = _is_extreme(cell.own, cell.across(), not is_up)
        if is_least and not _is_extreme(cell.own, cell.beside(), is_up) and len(cell.across()) >= _LEAST:
            rank, said = "smallest" if is_up else "largest", pace["up"] or pace["down"]
            return f"“{said}” is said of it, and of the {len(cell.across()) + 1} in its row it is the {rank}"
    if _CARRIED.match(before):
        before = f"{sentence_before(context)} {before}"
    found = _said(before, entry, cell)
    if found is None or len(cell.beside()) < _LEAST or _NOT.search(before) or _is_of_another(before, cell):
        return ""
    said, is_up = (found["up"] or found["down"]).lower(), bool(found["up"])
    called = {*tokens(entry.label), *tokens(cell.name), *tokens(before)}
    is_most = _is_most(said, is_up, called)
    if is_most is None:
        return ""
    is_up = is_most
    if _is_share(cell) and _is_extreme(cell.own, cell.across(), is_up):
        return ""
    is_pivot = all(map(_PERIOD.search, cell.table.heads[:-1])) and len(cell.table.heads) > _LEAST
    if is_pivot and _is_extreme(cell.own, cell.across(), is_up):
        return ""  # of its own row it is true
    if not _is_extreme(cell.own, cell.beside(), not is_up):
        return ""
    rank = "smallest" if is_up else "largest"
    return f"“{said}” is said of it, and of the {len(cell.beside()) + 1} rows of its table it is the {rank}"


def _is_most(said: str, is_up: bool, called: Set[str]) -> bool | None:
    """Whether a superlative says that something is the most; None where it is a judgement of what is unknown.

    Parameters
    ----------
    is_up
        Whether it is of what is good, or fast.
    called
        What the number is called.
    """
    if said in _PACE:
        is_time, is_speed = (not known.isdisjoint(called) for known in (_TIMES, _SPEEDS))
        return None if is_time == is_speed else is_up == is_speed
    if said not in _JUDGED or not _GOOD.isdisjoint(called):
        return is_up
    return not is_up if said in ("best", "worst") and not _BAD.isdisjoint(called) else None


def _is_growth(entry: Entry) -> bool:
    """Whether an entry says by how much something grew."""
    grows = any(name == "pct_change" for name, _ in functions(entry))
    return grows or not _GROWN.isdisjoint((*tokens(entry.id), *tokens(entry.label)))


def _is_share(cell: Place) -> bool:
    """Whether a row holds the parts of one whole: percentages that make a hundred."""
    parts = [cell.own, *cell.across()]
    return len(parts) > _LEAST and abs(sum(parts, Decimal()) - 100) <= Decimal(len(parts)) / 10


def _said(before: str, entry: Entry, cell: Place) -> re.Match[str] | None:
    """Return the superlative that is said of what a column measures."""
    if _PERIOD.search(cell.row) and (found := _search(_PEAKS, before)):
        return found
    if found := _search((_EFFECTS,), before):
        return found
    if found := _search((_VARIED,), before):
        return found if cell.name.casefold() in _DEVIATIONS else None
    if found := _search(_PLAIN, before):
        return found if cell.name.casefold() not in _DEVIATIONS else None
    if found := _search((_COSTS, *_COSTLY), before):
        return found if not _PRICED.isdisjoint((*tokens(cell.name), *tokens(entry.label))) else None
    if found := _search(_PATTERNS, before):
        return found if _is_size(cell) else None
    found = _search(_MEASURED, before)
    measured = {*tokens(entry.label), *tokens(cell.name)} - {*tokens(cell.row)}
    said = tokens(before)
    known = measured.intersection((*said, *(_ENDING.sub("", word) for word in said))) or any(
        _is_short(name, said) for name in tokens(cell.name)
    )
    return found if found and known else None


def _is_short(name: str, said: tuple[str, ...]) -> bool:
    """Whether the name of a column is short for words: *hinc* for *income*, *ctr* for *click rate*.

    Examples
    --------
    >>> _is_short("hinc", ("mean", "income")), _is_short("ctr", ("click", "rate")), _is_short("age", ("a",))
    (True, True, False)
    """
    if not _SHORTEST <= len(name) <= _LONGEST:
        return False
    begins = any(len(word) > len(name) and word[:_SHORTEST] in name for word in said)
    pairs = (one[0] + two[0] for one, two in pairwise(said))
    return begins or any(re.fullmatch(f"{pair[0]}.?{pair[1]}", name) for pair in pairs)


def _search(patterns: Collection[str], text: str) -> re.Match[str] | None:
    return next((found for each in patterns if (found := re.search(each, text, re.IGNORECASE))), None)


def _is_size(cell: Place) -> bool:
    """Whether a column counts, and no other count of the table ranks the row otherwise."""
    columns = [cell.table.column(at) for at in range(len(cell.table.heads))]
    counts = [at for at, column in enumerate(columns) if all(map(_is_whole, column.values()))]
    ranks = set()
    for at in counts:
        own = columns[at].get(cell.row)
        if own is not None:
            ranks.add((_is_extreme(own, cell.beside(at), True), _is_extreme(own, cell.beside(at), False)))
    return cell.at in counts and len(ranks) == 1


def _is_of_another(before: str, cell: Place) -> bool:
    """Whether words before a number name another row: *Dublin has the longest delays, 11.8 being* …."""
    others = (label for label, _ in cell.table.rows if label != cell.row and len(label) > 1)
    return any(re.search(rf"\b{re.escape(label)}\b", before, re.IGNORECASE) for label in others)


def _is_whole(number: Decimal) -> bool:
    """Whether a number is shown without decimals."""
    return int(number.as_tuple().exponent) >= 0


def _is_extreme(own: Decimal, others: Collection[Decimal], most: bool) -> bool:
    return bool(others) and (own > max(others) if most else own < min(others))
