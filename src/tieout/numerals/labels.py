"""Numbers that are names of things: *Figure 1*, *class 0*, *type 2*. Behind them no entry stands."""

from __future__ import annotations

import re

from tieout.machine.patterns import lazily
from tieout.numerals.locales import GAP

# Of texts and pictures these are never counts. Of what is counted through, *in each group 12* and *group 12
# patients* are: what follows decides.
_OF_TEXTS = (
    "figs?|figures?|tables?|tabs?|chapters?|sections?|appendi(?:x|ces)|equations?|eqs?|listings?|footnotes?|pages?"
    "|Abbildung(?:en)?|Abb|Tabellen?|Kapiteln?|Abschnitt(?:en?)?|Gleichung(?:en)?|Seiten?"
    "|рисун(?:ок|ка|ку|ки)|рис|табл(?:иця|иці|ицю)?|розділ(?:у|і|и)?|сторін(?:ка|ки|ці)"
)
_OF_THINGS = (
    "class|classes|groups?|types?|clusters?|categor(?:y|ies)|cohorts?|arms?|waves?|phases?|stages?|grades?|tiers?"
    "|scenarios?|variants?|regions?|zones?|districts?|factors?|components?|boxe?s?|panels?|parts?|volumes?|steps?"
    "|questions?|examples?|exercises?|problems?|models?|experiments?|study|studies"
    "|Gruppen?|Klassen?|Typ|Stufen?|Phasen?|Schritte?|Modelle?"
    "|груп(?:а|и|і|у)|клас(?:у|і|и)?|тип(?:у|и)?|фаз(?:а|и|і|у)|етап(?:у|и|і)?|крок(?:у|и)?|модел(?:ь|і)"
)
_VERBS = (
    "has|was|is|does|as|this|its|vs|versus|whereas|shows|contains|holds|includes|gives|gets|lies|differs|rises|falls"
    "|grows|means|needs|uses|makes|takes|comes|goes|begins|starts|ends|leads|follows|earns|weighs|scores|wins|loses"
    "|remains|seems|appears|covers|concerns|asks|says|tells|explains|adds|fits|tests|compares|diabetes|trials|studies"
)
_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,2})?"
_LISTED = rf"(?:{_NUMBER}{GAP}?(?:,|–|-|and|or|to|und|bis|і|та|або|до){GAP}(?:and{GAP})?)*"
_BEFORE = lazily(
    rf"\b(?:(?P<text>(?:{_OF_TEXTS})\.?)|(?P<thing>{_OF_THINGS}))"
    rf"{GAP}{_LISTED}$",
    re.IGNORECASE,
)
# What makes one thing of it: *in the experiment 48 survived*, *in each group 12*.
_ONE = lazily(r"\b(?:each|every|per|either|the|this|that|our|their|an?)\s(?:[a-z]+\s)?$", re.IGNORECASE)
_WHOLE = re.compile(r"[0-9]{1,3}(?:[–-][0-9]{1,3})?")
_COUNTS = lazily(
    rf"{GAP}?(?:%|‰|±|×|/)|{GAP}(?:of|out|in|per|to|times|thousand|million|billion|trillion|percent\w*|per{GAP}cent"
    rf"|people|patients|men|women|children|(?!(?:{_VERBS})\b)[^\W\d_]+s)\b",
    re.IGNORECASE,
)
_REACH = 60


def is_label(text: str, start: int, end: int) -> bool:
    """Whether plain digits in a text are the name of a thing rather than how many there are.

    Examples
    --------
    >>> texts = ("Figure 1", "wines of class 0", "each group 5", "now 3")
    >>> [is_label(text, len(text) - 1, len(text)) for text in texts]
    [True, True, False, False]
    """
    if not re.fullmatch(rf"{_NUMBER}(?:[–-]{_NUMBER})?", text[start:end]):
        return False
    before = text[max(0, start - _REACH) : start]
    found = _BEFORE.search(before)
    if not found or (found["thing"] and _ONE.search(before[: found.start()])):
        return False
    after = text[end : end + 40]
    if found["text"]:
        return not re.match(r"\s?[%‰]", after)
    return _WHOLE.fullmatch(text[start:end]) is not None and not _COUNTS.match(after)
