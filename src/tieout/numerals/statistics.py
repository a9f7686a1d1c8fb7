"""The names of statistics, and which member of a family each tells: the p of `p < .001`, the n of `N = 88`.

A family is a group of entries whose ids begin alike: `effect`, `effect.se`, `effect.p`. What members are
called, and what prose calls them, stands in the two tables here; nothing else knows a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tieout.machine.patterns import lazily
from tieout.numbers import Quantity
from tieout.numerals.cldr import MINUSES
from tieout.numerals.locales import GAP

# Members by the last part of their ids; that of the estimate may be empty: it has the family's own id.
Family = Mapping[str, Quantity]

ESTIMATE, ERROR, DEVIATION, INTERVAL, LOW, HIGH = "estimate", "error", "deviation", "interval", "low", "high"
STATISTIC, DF, SECOND_DF, P, N = "statistic", "df", "second df", "p", "n"
COUNT, TOTAL, SHARE, QUARTILES = "count", "total", "share", "quartiles"

# What ids call each, the usual name first.
MEMBERS: dict[str, tuple[str, ...]] = {
    ESTIMATE: ("", "estimate", "mean", "value"),
    ERROR: ("se", "stderr", "sem", "error"),
    DEVIATION: ("sd", "std"),
    INTERVAL: ("ci", "interval", "ci95"),
    LOW: ("low", "lower"),
    HIGH: ("high", "upper"),
    STATISTIC: ("statistic", "t", "f", "z", "chi2", "u", "w", "h"),
    DF: ("df", "dof", "df1", "df-model"),
    SECOND_DF: ("df2", "df-resid", "df-error"),
    P: ("p", "pvalue", "p-value", "pval"),
    N: ("n", "nobs", "total"),
    COUNT: ("count", "events", "cases", "k", "n"),
    TOTAL: ("total", "of", "all", "n"),
    SHARE: ("share", "percent", "rate", ""),
    QUARTILES: ("iqr", "quartiles"),
}

# What prose calls them: patterns by the member, or the more particular member, that they tell.
_SQUARED = r"(?:²|2|\^2|\^\{2\})"
_NAMES: dict[tuple[str, ...], str] = {
    (N,): "n|N|nobs",
    (P,): "p|P|p[-‐‑ ]values?",
    (DF,): r"df|d\.f\.|dof|DF",
    (ERROR,): r"SE|SEM|s\.e\.",
    (DEVIATION,): r"SD|s\.d\.|(?:\\hat\{?)?(?:σ|\\sigma)\}?",
    (STATISTIC,): rf"t|F|z|Z|H|U|W|Q|(?:[χΧX]|\\chi){_SQUARED}|chi[-‐‑ ]squared?|Wald",
    ("mean", ESTIMATE): (
        r"M|[Mm]ean|x̄|\\(?:bar|overline)(?: [A-Za-z]|\{[A-Za-z]\})|(?:\\hat ?\{?)?(?:μ|\\mu)\}?"
    ),
    ("median", ESTIMATE): "Mdn|Md|[Mm]edian",
    ("r", "correlation", ESTIMATE): r"[rR]|rₛ|ρ|\\rho|rho|τ|\\tau|tau",
    ("rsquared-adj", "r2-adj"): rf"adjusted R{_SQUARED}|R{_SQUARED}_\{{adj\.?\}}|R_\{{adj\.?\}}{_SQUARED}",
    ("r2", "rsquared"): rf"[Rr]{_SQUARED}",
    ("or", ESTIMATE): "a?OR",
    ("hr", ESTIMATE): "a?HR",
    ("rr", ESTIMATE): "a?RR|IRR",
    ("slope", "beta", ESTIMATE): r"(?:\\hat ?\{?)?(?:β|\\beta|b|γ|\\gamma)\}?|B",
    ("d", "g", ESTIMATE): "d|g|[Cc]ohen[’']s d|[Hh]edges[’'] g",
    ("eta2", ESTIMATE): rf"(?:partial )?(?:[ηωε]|\\eta|\\omega)(?:_?p|_\{{p\}})?{_SQUARED}(?:_p|_\{{p\}})?",
    ("kappa", "alpha", ESTIMATE): r"κ|\\kappa|kappa|α|\\alpha|[Cc]ronbach[’']s (?:α|alpha)",
    ("auc", "icc", "rmse", "mae", ESTIMATE): "AUC|AUROC|ICC|RMSE|MAE|MD|SMD",
    ("rank", ESTIMATE): "[Rr]ank(?:ed)?",
    (QUARTILES,): "IQR|[Ii]nterquartile range",
    ("min", LOW): "[Mm]in(?:imum)?",
    ("max", HIGH): "[Mm]ax(?:imum)?",
}  # fmt: skip
SLUGS = frozenset(
    slug for names in (*MEMBERS.values(), *_NAMES) for slug in names if slug and slug not in MEMBERS
) | frozenset(slug for names in MEMBERS.values() for slug in names if slug)
# What stands beside nothing but an estimate.
OF_ESTIMATES = frozenset(slug for part in (ERROR, INTERVAL, LOW, HIGH, P) for slug in MEMBERS[part]) | {
    "statistic"
}
_TELLS = tuple((told, re.compile(names)) for told, names in _NAMES.items())
# These need no sign before their number: *OR 1.45*, *median of 3*, *rank 3*.
_PLAIN = (
    "a?OR|a?HR|a?RR|IRR|SD|SE|SEM|IQR|AUC|AUROC|ICC|RMSE|MAE|MD|SMD|Mdn|[Ii]nterquartile range|[Mm]ean"
    "|[Mm]edian|[Rr]ank(?:ed)?|p[-‐‑ ]value"
)
_LIMIT = lazily(
    r"\b(?:above|below|over|under|than|exceed\w*) (?:the|its|their) (?:[^\W\d_]+ )?"
    r"(?:median|mean|average)\b(?! of\b)",
    re.IGNORECASE,
)
# What stands below a name in a formula: a label, or degrees of freedom.
_BELOW = r"(?:_(?:\{(?P<below>[^{}]{1,20})\}|[A-Za-z0-9](?![A-Za-z0-9])))?"
SIGNED = lazily(
    rf"(?P<name>{'|'.join(_NAMES.values())})(?![^\W\d_]){GAP}{_BELOW}{GAP}"
    rf"(?:\((?P<inner>[^()]{{1,40}})\){GAP})?(?:=|:(?=\s)|(?=[<>≤≥≈~])){GAP}"
)
PLAIN = lazily(rf"(?P<name>{_PLAIN})(?P<inner>(?!))?(?:{GAP}of)?(?=[\s(\[])\s?(?=[\d.(\[+{MINUSES}])")


def tells(name: str) -> tuple[str, ...]:
    """Return which members a name tells, the particular first; empty for a name of nothing known.

    Examples
    --------
    >>> tells("p"), tells("χ²"), tells("OR"), tells("Zeus")
    (('p',), ('statistic',), ('or', 'estimate'), ())
    """
    return next((told for told, pattern in _TELLS if pattern.fullmatch(name)), ())


def without_limits(text: str) -> str:
    """Return a text without the statistics that others are compared with.

    Examples
    --------
    >>> without_limits("Of those who scored above the median")
    'Of those who scored  '
    """
    return _LIMIT.sub(" ", text)


def slugs(told: tuple[str, ...]) -> tuple[str, ...]:
    """Return what ids may call what is told, the likeliest first."""
    return tuple(dict.fromkeys(slug for each in told for slug in MEMBERS.get(each, (each,))))


def member(family: Family, told: tuple[str, ...]) -> Quantity | None:
    """Return the member of a family that something tells; None where it has none."""
    return next((family[slug] for slug in slugs(told) if slug in family), None)
