"""Words that say a fall of the number beside them: more than those that are held against a rise.

They say the sign of an entry below zero, and nothing more: *growth eased by 0.4 points* may be of a slowdown.
"""

from __future__ import annotations

_VERBS = """
soften ease weaken cool recede wane taper fade deteriorate erode slow decelerate moderate subside abate
ebb dwindle evaporate vanish disappear melt drain deplete haemorrhage hemorrhage plummet crash crumble
collapse retreat tumble plunge slump sink slide dip+ slip+ sag+ wilt wither falter nosedive crater skid+
trail lag+ trim+ pare shave prune slash slice chop+ clip+ lop+ whittle curb curtail dent dampen depress
deflate depreciate devalue downgrade degrade squeeze compress dilute thin+ slim+ shorten narrow lighten
lessen diminish contract shrink fall drop+ decline decrease reduce lower cede concede surrender
relinquish forfeit sacrifice underperform undershoot lose shed+ cut+ deduct subtract alleviate mitigate
attenuate decay halve retrench
"""
_PAST = "fell|fallen|sank|sunk|shr[au]nk|shrunken|slid|lost|shed|cut|undershot|bled|bleeds?|bleeding|undercut"
_PLURAL = "fall|drop|decline|decrease|shrink|sink|slump|plunge|slip|slide|dip|tumble|contract|retreat"
_MODAL = "(?:to|will|would|can|could|may|might|should|must|did|does)"
_GIVEN = r"(?:g[ai]ve[sn]?|giving) (?:back|up|away)"
_OFF = r"(?<!took )(?<!take )(?<!takes )(?<!taken )(?<!better )off"
_SHORT = "(?:behind|short)(?= by)"


def _inflected(verb: str) -> str:
    """Return a pattern of a verb's forms other than its stem; ``+`` doubles the last letter."""
    stem = verb.rstrip("+")
    root = stem + stem[-1] if verb.endswith("+") else stem.removesuffix("e")
    return rf"{stem}e?s|{root}ed|{root}ing"


_STEMS = "|".join(verb.rstrip("+") for verb in _VERBS.split())
_FORMS = "|".join((*map(_inflected, _VERBS.split()), _PAST)).split("|")
_LETTERS = {form[0]: [each[1:] for each in _FORMS if each[0] == form[0]] for form in _FORMS}
FALLEN = "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in _LETTERS.items())  # searched faster
# *Softened*, *to soften*, *gave back*, *tailed off*, *down*.
_POORER = "out of pocket|worse off|in (?:the red|the hole|deficit|arrears)"
FALLING = rf"(?:{FALLEN}|{_POORER}|{_PLURAL}|{_MODAL} (?:{_STEMS})|{_GIVEN}|{_OFF}|down|minus|{_SHORT})"
# What takes so much from something: *cost the farms 1.2 kg*, *cut heating bills 18%*.
TAKING = (
    r"(?:cost(?:s|ing)?|los(?:t|e|es|ing)|cuts?|cutting|(?:knock|trim|slim|chop|clip|lop|curb|lower|curtail)s"
    r"|(?:par|shav|slic|prun|reduc|slash|sacrific)es|forfeits?|(?:slash|trimm|par|shav|slic|chopp|clipp|lopp|prun"
    r"|knock|reduc|lower|slimm|curb|curtail|forfeit|sacrific)(?:ed|ing))"
)
LOSSES = (
    r"loss(?:es)?|deficit|shortfall|penalty|drop|decline|decrease|reduction|fall|setback|slump|dip"
    r"|contraction|downturn|slowdown|slide|retreat|correction|markdown|discount|cut|deterioration|weakening"
    r"|softening|collapse|crash|plunge|erosion|cutback|easing|squeeze|haircut|pullback|tumble|depreciation"
    r"|devaluation|deceleration|shortening|narrowing|lessening|trimming|thinning|cooling|write-?down|undershoot|hit"
    r"|knock|blow"
)
NOUNS = rf"costs?|{LOSSES}"
NEGATIVE = r"(?<!non-)negative (?:\w+ )?\w+"  # *negative growth of*
# Which way they go is not said, and either may be meant by the minus: *22 minutes sooner*.
JUDGED = "improvement|worsening|change for the (?:better|worse)"
COMPARATIVES = (
    "colder|cooler|sooner|earlier|faster|quicker|slower|thinner|poorer|worse|better|drier|softer|leaner|slimmer"
    "|nearer|closer|quieter|calmer|safer|tighter|milder|looser|scarcer|rarer"
)
_WHOSE = "(?:the|this|that|these|those|an?|our|its|any|each|every|current|new|old|present|such|both|all|some)"
_RULES = (
    "(?:rules?|laws?|regimes?|schemes?|scenarios?|assumptions?|contracts?|management|models?|systems?|act"
    "|leadership|terms|conditions?|agreements?|governments?|circumstances|arrangements?|polic(?:y|ies)|pressure"
    "|treatments?|review|way|stress|licence|license|construction|control|plans?)"
)
# Behind a number, *5% under last year*, *6 points adrift*, and not *5% under the new rules*.
BEYOND = (
    rf"(?:{_OFF}|down|adrift|shy|short of|below|beneath|behind|overdrawn|underwater"
    rf"|under(?! (?:{_WHOSE} ){{0,2}}(?:[\w-]+ )?{_RULES}\b)(?! (?:the age|age|\d))"
    r"|in (?:the red|the hole|deficit|arrears))"
)
