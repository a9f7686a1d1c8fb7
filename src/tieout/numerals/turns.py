"""The words by which something rises or falls, is more or less, and their opposites, in three languages.

They are read where a number stands right behind them, with *by*, *um* or *на*, or right before them: *lowers
the odds by 12%*, *2.15 years younger*.
"""

from __future__ import annotations

import re

from tieout.machine.patterns import lazily
from tieout.numerals.falls import FALLEN

UP, DOWN = 1, -1
RISE = (
    r"rose|rises?|rising|risen|gr[eo]ws?|grown|growing|increas(?:e|es|ed|ing)|gain(?:s|ed)?|climb(?:s|ed)?"
    r"|jump(?:s|ed)?|surg(?:e|es|ed)|expand(?:s|ed)?|soar(?:s|ed)?|improv(?:e|es|ed)|doubl(?:e|es|ed)|tripl(?:e|es|ed)"
    r"|quadrupl(?:e|es|ed)|rais(?:es|ed|ing)|boost(?:s|ed)|lengthen(?:s|ed)|widen(?:s|ed)|elevat(?:es|ed)"
)
FALL = (
    r"fell|falls?|falling|fallen|dropp?(?:s|ed)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|shr[aiu]nk(?:s|en)?"
    r"|los(?:t|es|ses|s)|reduc(?:e|es|ed|tion|tions)|sank|sinks?|sunk|cuts?|slump(?:s|ed)?|halv(?:e|es|ed)"
    r"|plung(?:e|es|ed)|lower(?:s|ed|ing)|reducing|diminish(?:es|ed)|lessen(?:s|ed)|shorten(?:s|ed)|narrow(?:s|ed)"
    r"|slash(?:es|ed)"
)
# These are verbs before *by* alone: *may lower costs by*.
RISE_BY, FALL_BY = (
    rf"{RISE}|raise|boost|lengthen|widen",
    rf"{FALL}|lower|diminish|lessen|shorten|narrow|slash",
)
LARGER = "more|higher|larger|greater|bigger|longer|older|heavier|taller|wider|warmer|deeper|stronger"
SMALLER = "less|fewer|lower|smaller|shorter|younger|lighter|narrower|cooler|shallower|weaker|cheaper"
NOUN_UP, NOUN_DOWN = "increase|rise|gain|growth", "decrease|reduction|decline|drop|fall|cut|loss"
ADVERBS = (
    r"(?:(?:a (?:little|bit|touch|shade|fraction)|slightly|well|just|far|comfortably|marginally|some way)"
    r" (?:over|under|above|below|more than|less than) |only |just |about |around |roughly |nearly |almost "
    r"|another |a (?:further|full|whole|mere|total of) |an (?:additional|estimated|average of) |some |over "
    r"|under |more than |less than |at least |at most |up to |as (?:much|little) as |no more than "
    r"|no less than |close to |approximately |fully |exactly |between |rund |etwa |fast |nur |приблизно "
    r"|близько |майже |лише |~ ?|≈ ?)*"
)

_UP_DE = r"stieg(?:en)?|steigt|steigen|wuchs(?:en)?|wächst|wachsen|erhöh(?:t|te|ten|en)|Anstieg|Zunahme"
_DOWN_DE = (
    r"sank(?:en)?|sinkt|sinken|fiel(?:en)?|fällt|fallen|senk(?:t|te|ten|en)|verringer(?:t|te|ten|n)"
    r"|reduzier(?:t|te|ten|en)|schrumpf(?:t|te|ten|en)|Rückgang|Abnahme"
)
_UP_UK = (
    r"зріс|зросл[аио]|зростає|зростають|збільшу(?:є|ють)(?:ся)?|збільши(?:в|ла|ло|ли)(?:ся|сь)?"
    r"|підвищу(?:є|ють)(?:ся)?|підвищи(?:в|ла|ло|ли)(?:ся|сь)?"
)
_DOWN_UK = (
    r"впа(?:в|ла|ло|ли)|падає|падають|зменшу(?:є|ють)(?:ся)?|зменши(?:в|ла|ло|ли)(?:ся|сь)?"
    r"|зни(?:жує|жують)(?:ся)?|знизи(?:в|ла|ло|ли)(?:ся|сь)?|скороти(?:в|ла|ло|ли)(?:ся|сь)?"
)
_LARGER_DE = "mehr|höher|größer|länger|älter|schwerer|gestiegen|gewachsen"
_SMALLER_DE = "weniger|niedriger|geringer|kleiner|kürzer|jünger|leichter|gesunken|gefallen"
LARGER_UK = r"більш\w{1,3}|вищ\w{1,3}|довш\w{1,3}|старш\w{1,3}|важч\w{1,3}"
SMALLER_UK = r"менш\w{1,3}|нижч\w{1,3}|коротш\w{1,3}|молодш\w{1,3}|легш\w{1,3}"

_ANY = rf"{RISE_BY}|{FALL_BY}|{FALLEN}|{_UP_DE}|{_DOWN_DE}|{_UP_UK}|{_DOWN_UK}|{LARGER}|{SMALLER}"
# A second verb, whose number is its own: *rose in 2023 and slipped by 1%*.
_SECOND = (
    r"(?:and|or|then|before|after)\s(?:then\s|\w+ly\s)?(?:\w+(?:ed|ing)|slid|crept|shed|beat|overtook)\s"
)
_OBJECT = rf"(?:(?!(?:{_ANY}|by|um|на|while|whereas|but)\b)(?!{_SECOND})\w[\w’'-]*\s){{1,8}}?"
_RAISED, _LOWERED = rf"(?P<up>{RISE_BY})", rf"(?P<down>{FALL_BY})"


def _all(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(lazily(pattern, re.IGNORECASE) for pattern in patterns)


# What ends in a number that something rises or falls by, by the last word of it.
LED = lazily(rf"\b(?P<word>by|of|up|down|to|um|von|на) {ADVERBS}$", re.IGNORECASE)
# *Up by*, and not *gave up* or *dried up by*.
_KEPT = "gave give gives given giving dried dries drying eased let"
UP_BY = "".join(rf"(?<!\b{verb} )" for verb in _KEPT.split()) + "up"
_ENGLISH = _all(
    rf"\b(?:{_RAISED}|{_LOWERED})(?: sharply| slightly| again| steeply)? (?:by|of) {ADVERBS}$",
    rf"\b(?:(?P<up>{RISE})|(?P<down>{FALL})) by [^;]{{1,60}}?(?:,| and| or| but)(?: then)? by {ADVERBS}$",
    rf"\b(?:(?P<up>{UP_BY})|(?P<down>down)) (?:by )?{ADVERBS}$",
    rf"\b(?:{_RAISED}|{_LOWERED}) {_OBJECT}by {ADVERBS}$",
    rf"\b(?:(?P<up>{NOUN_UP})|(?P<down>{NOUN_DOWN})) in"
    rf" (?!\S.*\b(?:{NOUN_UP}|{NOUN_DOWN}) of){_OBJECT}of {ADVERBS}$",
    rf"\b(?:(?P<up>(?!))|(?P<down>deficit|shortfall)) of {ADVERBS}$",
)
# *a decrease of 47 orders or 22%*: the second number says the same change.
APPOSED = lazily(
    rf"\b(?:{_RAISED}|{_LOWERED}) (?:by|of) {ADVERBS}(?:[^\s;]*\d[^\s;]*|an? \w+)"
    rf"(?: [\w-]+){{0,2}},? or {ADVERBS}$",
    re.IGNORECASE,
)
_NEVER = rf"{_ANY}|up|down|by|um|на|and|or|while|whereas|but|if|than|that|which|who"
_FILL = rf"(?:(?!(?:{_NEVER})\b)[\w’'-]+(?: |(?=[,:]))){{1,6}}"
COMPARED_BY = lazily(
    rf"\b(?:(?P<up>{LARGER})|(?P<down>{SMALLER}))"
    r"(?: (?!(?:than|by|in|on|of|since|after|over|during)\b)[a-z]+)?"
    rf"(?:,? | (?:than {_OBJECT}|(?:than|in|since|during|over|after) {_FILL}(?:, )?))by {ADVERBS}$",
    re.IGNORECASE,
)  # *shorter by*, *more cards, by*, *shorter than the first by*, *shorter in 2023, by*
# *Fell over the year, by*; *a rise, in all shops together, of*.
AWAY = _all(
    rf"\b(?:{_RAISED}|{_LOWERED})(?: {_FILL})?(?:, {_FILL})?[,:] by {ADVERBS}$",
    rf"\ban? (?:\w+ )?(?:(?P<up>{NOUN_UP})|(?P<down>{NOUN_DOWN}))(?: in {_FILL})?, {_FILL}, of {ADVERBS}$",
)
SUPPOSED = lazily(r"\b(?:would|could|should|might|may|must|if|unless|had|whether|expect\w*)\b", re.I)
_GERMAN = _all(rf"\b(?:(?P<up>{_UP_DE})|(?P<down>{_DOWN_DE})) (?:{_OBJECT})?(?:um|von) {ADVERBS}$")
_UKRAINIAN = _all(rf"\b(?:(?P<up>{_UP_UK})|(?P<down>{_DOWN_UK})) (?:{_OBJECT})?на {ADVERBS}$")
_EASED = _all(
    rf"\b(?:(?P<up>{NOUN_UP})|(?P<down>{NOUN_DOWN}|contraction|slump|downturn|deficit|shortfall))"
    r" (?:(?:had|has|have) )?(?:eased|slowed|deepened|narrowed|widened|moderated|accelerated|worsened)"
    rf" (?:slightly |further |again )?to {ADVERBS}$"
)
BY = {
    "to": _EASED,  # *the decline had eased to 2.5%*
    **dict.fromkeys(("by", "of", "up", "down"), _ENGLISH),
    **dict.fromkeys(("um", "von"), _GERMAN),
    "на": _UKRAINIAN,
}
# What opens a bracket behind what the odds do, or is done to them: *the odds fell with age (OR *.
_RATIO = r"\((?:a?OR|a?HR|RR|IRR|odds ratio|hazard ratio)(?: ?[=:,])? $"
OF_ODDS = _all(
    r"\b(?:odds|risk|hazard|likelihood) (?:of (?:[\w’'-]+ ){1,4})?(?:[^;]*\) (?:and|but) )?"
    rf"(?:(?P<up>{RISE})|(?P<down>{FALL})) with (?:(?!(?:{LARGER}|{SMALLER})\b)[\w’'-]+ ){{1,6}}{_RATIO}",
    rf"\b(?:{_RAISED}|{_LOWERED}) (?:the|their|his|her|its) (?:odds|risk|hazard|likelihood|chances?)"
    rf"(?: of(?: (?!(?:and|or|but)\b)[\w’'-]+){{1,5}}?)?(?: by [^;()]{{1,20}}?)? {_RATIO}",
)
NOUN_OF = lazily(
    r"\b(?:a|an|the) (?:(?!negative|slower|weaker|smaller|lower|no)\w+ )?"
    rf"(?:(?P<up>{NOUN_UP})|(?P<down>{NOUN_DOWN})) \($",
    re.IGNORECASE,
)
# What rises or falls, as a verb, in the past: *it shrank (36%)*.
VERBS = lazily(
    r"\b(?:(?P<up>rose|risen|grew|grown|increased|gained|climbed|jumped|surged|soared|doubled|tripled)"
    r"|(?P<down>fell|fallen|dropped|declined|decreased|shrank|shrunk|sank|slumped|plunged|halved|collapsed))\b",
    re.IGNORECASE,
)
# What opens a bracket behind what a coefficient does: *raises them (b = *.
BRACKET = lazily(rf"\b(?:{_RAISED}|{_LOWERED}) (?:{_OBJECT})?\((?:(?P<name>[bBβ]|beta|slope)(?: ?= ?| ))?$")
# What begins right behind a number: with *than*, without, and as a noun.
THAN = lazily(
    rf"\s(?:\w+ )?(?:(?P<up>{LARGER}|above)|(?P<down>{SMALLER}|below))\b(?! (?:or|and|for each|often))",
    re.IGNORECASE,
)
_BETWEEN = r"of|in|on|at|for|to|and|or|the|an?|with|by|from|as|who|that|which|is|are|was|were"
UNIT = rf"(?:(?:percentage )?(?!(?:{_BETWEEN})\b)\w+ )?"
# Not of a direction: *5 lower limits*, *12 more or less*.
_OTHER = (
    r"or (?:less|more|fewer)|and (?:less|more)|for each|often|limit|bound|end|house|middle|class|quartile"
    r"|half|part|secondary|education|school"
)
BEHIND = lazily(
    rf"\s{UNIT}(?:(?P<up>{LARGER})|(?P<down>{SMALLER}))\b(?![-‐‑])(?! (?:{_OTHER}))", re.IGNORECASE
)
NAMED = lazily(rf"[\s-](?:point )?(?:(?P<up>{NOUN_UP})|(?P<down>{NOUN_DOWN}))\b", re.IGNORECASE)
ARTICLE = lazily(rf"\b(?:an?|the|this|that|further|another) {ADVERBS}$", re.IGNORECASE)
BEHIND_DE = lazily(rf"\s(?:\w+ )?(?:(?P<up>{_LARGER_DE})|(?P<down>{_SMALLER_DE}))\b", re.IGNORECASE)
BEHIND_UK = lazily(rf"\s(?:\w+ )?(?:(?P<up>{LARGER_UK})|(?P<down>{SMALLER_UK}))\b", re.IGNORECASE)
NOUN = lazily(rf"{NOUN_UP}|{NOUN_DOWN}|loss(?:es)?|Anstieg|Zunahme|Rückgang|Abnahme", re.IGNORECASE)
# Words before a noun of direction that turn it round: *reduces the loss by 12*.
TURNED = lazily(rf"\b(?:{RISE_BY}|{FALL_BY}) (?:\S+ ){{0,3}}$", re.IGNORECASE)

_PAIRS = """
rise/fall rises/falls rose/fell risen/fallen rising/falling increase/decrease increases/decreases
increased/decreased increasing/decreasing raise/lower raises/lowers raised/lowered raising/lowering
grow/shrink grows/shrinks grew/shrank grown/shrunk growing/shrinking gain/loss gain/lose gains/loses
gained/lost climb/drop climbs/drops climbed/dropped double/halve doubles/halves doubled/halved boosts/reduces
boosted/reduced boost/reduce lengthens/shortens lengthened/shortened widens/narrows widened/narrowed
expands/shrinks expanded/shrank improves/declines improved/declined up/down more/less higher/lower
larger/smaller greater/smaller bigger/smaller longer/shorter older/younger heavier/lighter taller/shorter
wider/narrower warmer/cooler deeper/shallower stronger/weaker above/below growth/decline
surplus/deficit
increase/reduction rise/drop raise/cut raises/cuts more/fewer rose/sank rises/sinks stieg/sank
steigt/sinkt stiegen/sanken erhöht/senkt erhöhte/senkte Anstieg/Rückgang Zunahme/Abnahme mehr/weniger
höher/niedriger größer/kleiner länger/kürzer älter/jünger schwerer/leichter gestiegen/gesunken
зросла/впала зростає/падає зросли/впали зросло/впало збільшує/зменшує збільшився/зменшився
збільшилася/зменшилася збільшилось/зменшилось підвищує/знижує підвищив/знизив більше/менше вищий/нижчий
вища/нижча вищі/нижчі старші/молодші старший/молодший старша/молодша довше/коротше
"""
_OPPOSITES: dict[str, str] = {}
for _pair in _PAIRS.split():
    _one, _other = _pair.split("/")
    _OPPOSITES.setdefault(_one, _other)
    _OPPOSITES.setdefault(_other, _one)


def opposite(word: str) -> str:
    """Return the word that says the other direction, in the same form; empty where none is listed.

    Examples
    --------
    >>> opposite("rises"), opposite("lowered"), opposite("younger"), opposite("soars")
    ('falls', 'raised', 'older', '')
    """
    found = _OPPOSITES.get(word) or _OPPOSITES.get(word.lower(), "")
    return found[:1].upper() + found[1:] if word[:1].isupper() else found
