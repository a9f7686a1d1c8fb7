"""What stands around a number of the prose: its sentence, its clause, its paragraph, in words of code."""

from __future__ import annotations

import re

from tieout import numerals
from tieout.numerals import Shown
from tieout.numerals.locales import SHARE
from tieout.numerals.shown import NOUN, TIME
from tieout.prose import Passage, Untied
from tieout.suggest.expressions import NAMES_OF_STATISTICS, split_words, told

_CLAUSE = re.compile(r"[,;]\s|\s(?:and|but|while|whereas|against|versus|than|or)\s|[()—–]")
_MOVED = re.compile(
    r"\b(?:r[io]se[sn]?|rising|gr[eo]w\w*|f[ae]ll\w*|(?:in|de)creas\w*|declin\w*|drop\w*|went|chang\w*|moved?|"
    r"up|down|improv\w*|climb\w*)\b[^.;]*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|between)\s+$", re.IGNORECASE)
_TO = re.compile(r"\s+(?:to|and)\s+[−-]?[€$£]?\d")
_FROM_TO = re.compile(
    r"\b(?:from|between)\s+[−-]?[€$£]?\d[\d.,]*(?:\s[^\s\d]+)?\s+(?:to|and)\s+$", re.IGNORECASE
)
_NAME = re.compile(r"(?<!\w)([^\W\d_]{1,5}²?)\s?=\s?$")
_LOWERED = re.compile(
    r"\b(?:lower|reduc|decreas|declin|f[ae]ll|drop|shr[aiu]nk|cut)\w*\b[^.;]*\bby\s+$", re.IGNORECASE
)
_BOUND = re.compile(r"([<>≤≥])\s*$")
_RATIO = re.compile(r"\b(?:twice|thrice|half|times)\b|fold\b|(?:doubl|tripl|halv)\w+", re.IGNORECASE)
_PROBABILITIES = frozenset(("p-value", "pvalue", "pval", "pvalues"))
RATIOS = frozenset(("or", "hr", "rr", "irr", "odds", "odd", "ratio", "hazard", "exp", "multiple"))
_UNITLESS = frozenset(("p", "statistic", "df"))
_OF_FREEDOM = frozenset(("df", "dof", "freedom"))
_SPREADS = frozenset(("std", "sem"))
_SPREAD = re.compile(
    r"\bs\.?[de]\b|\bsem\b|σ|±|\+/-|standard|std|deviat|error|spread|vari|scatter|dispers|noise|volatil|uncertain",
    re.IGNORECASE,
)
_FEW = 2  # digits
_OUTER = frozenset(("25%", "75%", "10%", "90%"))
_QUARTILES = re.compile(
    r"\w+tiles?\b|\biqr\b|\bin (?:ten|twenty|four|five|10|20)\b|quarter|between|from|range|(?:low|high)est"
    r"|\btop\b|bottom|middle|half|(?:[179]0|[27]5)%",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"\bci\b|interval|confiden|credib|limit|bound|lower|upper|between|from|range|as (?:low|high)|±",
    re.IGNORECASE,
)
_CUES = {
    "se": _SPREAD, "low": _LIMITS, "high": _LIMITS,
    "df": re.compile(r"\bd\.?f\b|freedom|[A-Za-zχ]²?\s?\(\d", re.IGNORECASE),
    "statistic": re.compile(r"\b[tzfuwqhTZFUWQH]\b|[χΧ]|chi|statistic|\btest|\bwald\b|-values?\b|-scores?\b"),
}  # fmt: skip
_TESTS_SAID = {
    "mannwhitneyu": r"mann.?whitney", "wilcoxon": "wilcoxon", "kruskal": "kruskal", "shapiro": "shapiro",
    "ttest": r"\bt.?tests?\b|welch|student|\bt ?[=(]",
    "chi2": r"chi.?squared?|χ", "chisquare": r"chi.?squared?|χ",
    "fisher_exact": "fisher", "spearmanr": "spearman", "pearsonr": "pearson", "kendalltau": "kendall",
    "f_oneway": r"anova|analysis of variance", "levene": "levene",
}  # fmt: skip
_TESTS = {name: re.compile(words, re.IGNORECASE) for name, words in _TESTS_SAID.items()}
_CORRELATIONS = ("pearsonr", "spearmanr", "kendalltau", "linregress")
# Of which tests a symbol is the statistic, where no test is named.
_SYMBOLS = {
    "r": _CORRELATIONS, "ρ": _CORRELATIONS, "τ": _CORRELATIONS, "F": ("f_oneway", "levene"),
    "U": ("mannwhitneyu",), "W": ("wilcoxon", "mannwhitneyu", "shapiro"), "H": ("kruskal",),
    "χ": ("chi2", "chisquare", "kruskal"), "t": ("ttest", *_CORRELATIONS),
}  # fmt: skip
_SYMBOL = re.compile(r"(?<![^\W_])([rρτFUWHχt])²?\s?(?:\([^()]*\))?\s?=")
_BEFORE_FREEDOM = re.compile(r"(?<![^\W_])[FUWHχt]²?$")
_LEVEL = re.compile(r"\b(\d\d)\s?% (?:CI|confidence interval)", re.IGNORECASE)
_OF_INTERVAL = re.compile(r"\b(?:CI|confidence interval)\b", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:arm|category|class|cluster|code|cohort|grade|group|level|quartile|quintile|stage|stratum|tier) \d",
    re.IGNORECASE,
)
_GROUPS = re.compile(
    r"\b(?:arms|categories|classes|clusters|cohorts|grades|groups|levels|quartiles|quintiles|stages) \d",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:medians|means|averages|counts|modes|shares|rates|scores)\b[^.;]*$", re.IGNORECASE
)
_LISTED = re.compile(r"§ (?:and|or|against|versus) \d|\d (?:and|or|against|versus) §|\d, §|§, \d")
_GOES_ON = re.compile(r"(?:their|they|its|it|his|he|her|she|these|those)\b", re.IGNORECASE)
_TIE = re.compile(r"\[([^\[\]]*)\]\(tie:[^()]*\)")
_P = re.compile(r"\bp\b|p-?values?|probab|signific", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bper[ -]?cent\w*", re.IGNORECASE)
_IN_PERCENT = frozenset(("percent", "percentage", "pct", "perc"))


def around(number: Untied) -> tuple[str, str]:
    """Return what its sentence says before and after a number."""
    text = " ".join(number.text.split())
    if number.at >= 0 and number.sentence.startswith(text, number.at):
        return number.sentence[: number.at], number.sentence[number.at + len(text) :]
    found = re.search(rf"(?<![\d.,]){re.escape(number.text)}(?![.,]?\d)", number.sentence)
    return (
        (number.sentence[: found.start()], number.sentence[found.end() :]) if found else (number.sentence, "")
    )


def in_percent(number: Untied, words: frozenset[str]) -> bool:
    """Whether points are percentage points: their sentence says so, or what their value is called does.

    On a scale from 1 to 7 they are none.
    """
    return bool(_PERCENT.search(number.sentence) or _IN_PERCENT & words)


def may_be(number: Untied, shown: Shown, words: frozenset[str], part: str | None) -> bool:
    """Whether a number can be what an output is: *twice as* is a ratio, 74.7% no p-value.

    Spreads, limits and statistics of tests have a name wherever they are said, *SD 7.2*; and none of these
    has a unit of its own, as *6 years* has.
    """
    is_p = is_probability(words, part)
    if shown.mark in (NOUN, TIME) and (part in _UNITLESS or words & _OF_FREEDOM):
        return False
    cue = _CUES.get(
        part or "", _SPREAD if words & _SPREADS else _QUARTILES if _is_of_chance(number, words) else None
    )
    if cue and not cue.search(number.sentence):
        return False
    if is_p and (shown.mark == SHARE or not _P.search(number.sentence)):
        return False
    if _RATIO.search(number.text) and number.kind == "word" and not words & RATIOS:
        return False
    return is_p or not named(number) & {"p"}


def _is_of_chance(number: Untied, words: frozenset[str]) -> bool:
    """Whether a quartile may be a number of two digits by chance, *an income of 20 thousand dollars*."""
    return bool(words & _OUTER) and sum(map(str.isdigit, number.text)) <= _FEW


def names_another_test(number: Untied, test: str) -> bool:
    """Whether a text names tests, and not the one whose result an output is: *(Mann–Whitney, p < .001)*.

    In parentheses what they hold is the text, else the sentence. A statistic names its tests too: *(r = 0.44,
    p < .001)* is of no t-test.
    """
    said = _tests_said(number) if test else []
    return bool(said) and not any(test.startswith(name) for name in said)


def _tests_said(number: Untied) -> list[str]:
    """Return the tests that are named beside a number, or else those of which the symbols there are."""
    own = own_text(number)
    said = [name for name, words in _TESTS.items() if words.search(own)]
    return said or [name for found in _SYMBOL.findall(own) for name in _SYMBOLS[found]]


def names_test(number: Untied, test: str) -> bool:
    """Whether a text names a test, or a symbol of its statistic, and it is the one that is given."""
    return bool(test) and any(test.startswith(name) for name in _tests_said(number))


def own_text(number: Untied) -> str:
    """Return what the parentheses hold that a number stands in, or else its sentence."""
    before, after = around(number)
    start = opening(before)
    if start < 0:
        return number.sentence
    if symbol := _BEFORE_FREEDOM.search(before[:start]):  # the statistic stands behind: *χ²(3) = 13.4*
        return before[symbol.start() :] + after
    return before[start:] + after.partition(")")[0]


def is_of_correlation(number: Untied) -> bool:
    """Whether a number stands beside a coefficient of correlation: *(r = 0.44, p < .001)*."""
    return any(_SYMBOLS[found] == _CORRELATIONS for found in _SYMBOL.findall(own_text(number)))


def is_beside_interval(number: Untied) -> bool:
    """Whether a number stands in parentheses with an interval: *(95% CI 5.4 to 8.3, p < .001)*."""
    return opening(around(number)[0]) >= 0 and bool(_OF_INTERVAL.search(own_text(number)))


def level_before(number: Untied) -> int | None:
    """Return of which level an interval alone in parentheses is, where its sentence said it before.

    *It averaged 109 (95% CI 102 to 117) in these, in those 165 (154 to 177).*
    """
    before, after = around(number)
    if not (before.endswith("(") and after.startswith(")")):
        return None
    said = _LEVEL.findall(before)
    return int(said[-1]) if said else None


def is_of_a_group(number: Untied) -> bool:
    """Whether a number is of one group of several: *people of level 2*, *the medians were 2 and 1*."""
    before, after = around(number)
    own = f"{_CLAUSE.split(before)[-1]} {_CLAUSE.split(after)[0]}"
    several = _SEVERAL.search(before) and _LISTED.search(f"{before[-8:]}§{after[:8]}")
    respectively = "respectively" in after and _GROUPS.search(before)  # *in classes 2 and 3 it was …*
    return bool(several or _GROUP.search(own) or respectively)


def is_lowered(number: Untied) -> bool:
    """Whether words say that a number goes down by what it shows: *lowers the odds by 0.7* for −0.7."""
    return bool(_LOWERED.search(around(number)[0]))


def is_probability(words: frozenset[str], part: str | None) -> bool:
    """Whether an output is a p-value, by its part of a family or by its name."""
    return part == "p" or bool(words & _PROBABILITIES)


def bounded(number: Untied) -> str:
    """Return a number with the sign of a bound before it, where it has one: ``< .001`` of *p < .001*."""
    found = _BOUND.search(around(number)[0])
    return f"{found[1]} {number.text}" if found else number.text


def opening(before: str) -> int:
    """Return where the parentheses that a number stands in open, in the text before it; -1 outside of any."""
    depth = 0
    for at in range(len(before) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(before[at], 0)
        if depth < 0:
            return at
    return -1


def clause(before: str, after: str) -> frozenset[str]:
    """Return the words of the clause of a number; in parentheses also of the one that they explain.

    Where what stands in the parentheses names a statistic, that of the clause before is of another number:
    *a mean of 57.6 (SD 8.4)*.
    """
    inside, outside = clause_text(before, after)
    own, outer = frozenset(split_words(inside)), frozenset(split_words(outside))
    return own | (outer - NAMES_OF_STATISTICS if told(own) else outer)


def clause_text(before: str, after: str) -> tuple[str, str]:
    """Return the clause of a number, and the one that it explains where it stands in parentheses."""
    own = f"{_CLAUSE.split(before)[-1]} {_CLAUSE.split(after)[0].partition(': ')[0]}"
    start = opening(before)
    return own, _CLAUSE.split(before[:start])[-1] if start >= 0 else ""


def end_of_range(before: str, after: str) -> frozenset[str]:
    """Return whether a number is the lower or the upper end of *from 3 to 5*, in words of code."""
    if _MOVED.search(before):
        return frozenset()
    low = _FROM.search(before) and _TO.match(after)
    high = _FROM_TO.search(before)
    return frozenset(("min",) if low else ("max",) if high else ())


def named(number: Untied) -> frozenset[str]:
    """Return what stands before a number as its name, in words of code: *corr* of `r = .45`.

    Of a formula what it calls the number: *mean* of `\\bar{x} = 3.42`.
    """
    if number.kind == "formula":
        parts = numerals.expression(number.text)
        told = parts[0].told if len(parts) == 1 else ()
    else:
        name = _NAME.search(around(number)[0])
        told = numerals.tells(name[1]) if name else ()
    names = {"deviation": "std", "error": "sem", "correlation": "corr"}
    return frozenset(names.get(each, each) for each in told)


def meant_before(passage: Passage, number: Untied) -> frozenset[str]:
    """Return the words of the sentence before, where a number's goes on: *Their HDL was lower*."""
    if not _GOES_ON.match(number.sentence):
        return frozenset()
    text = passage.markdown[: number.start]
    text = _TIE.sub(r"\1", text[text.rfind("\n\n") + 1 :])
    before = re.split(r"(?<=[.!?])\s+", text)
    return frozenset(split_words(before[-2])) if len(before) > 1 else frozenset()


def paragraph(passage: Passage, number: Untied) -> frozenset[str]:
    """Return the words of the paragraph that a number stands in."""
    text = passage.markdown
    start = text.rfind("\n\n", 0, number.start) + 1
    end = text.find("\n\n", number.end)
    return frozenset(split_words(text[start : end if end >= 0 else len(text)]))
