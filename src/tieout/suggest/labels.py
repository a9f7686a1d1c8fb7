"""What expressions are called: ids for a ledger, and labels for people, which say no more than is true."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import count
from pathlib import PurePosixPath

from tieout.suggest.arithmetic import computed, same
from tieout.suggest.expressions import SHARES, STATISTICS, is_count, is_p, is_width, names, statistics
from tieout.suggest.periods import minutes

SAID = {
    "mean": "Mean", "median": "Median", "std": "Standard deviation", "min": "Smallest", "max": "Largest",
    "sum": "Total", "sem": "Standard error", "quantile": "Quantile", "corr": "Correlation",
    "nunique": "Number of different",
}  # fmt: skip
MOST_PARTS = 4
LEVELS = {"25%": "Lower quartile", "50%": "Median", "75%": "Upper quartile"}
_OF_FITS = {
    "nobs": "Observations", "rsquared": "R²", "rsquared_adj": "Adjusted R²", "prsquared": "Pseudo R²",
    "fvalue": "F", "f_pvalue": "p of F", "llf": "Log-likelihood", "aic": "AIC", "bic": "BIC",
    "df_resid": "Residual degrees of freedom", "df_model": "Degrees of freedom of the model",
}  # fmt: skip
MOST_NAMES = 3  # in a label
TESTS = {
    "ttest_ind": "t-test", "ttest_rel": "Paired t-test", "ttest_1samp": "One-sample t-test",
    "pearsonr": "Correlation", "spearmanr": "Rank correlation", "kendalltau": "Rank correlation",
    "mannwhitneyu": "Mann–Whitney test", "wilcoxon": "Wilcoxon test", "kruskal": "Kruskal–Wallis test",
    "f_oneway": "Analysis of variance", "chi2_contingency": "χ² test", "chisquare": "χ² test",
    "fisher_exact": "Fisher's exact test", "shapiro": "Shapiro–Wilk test", "levene": "Levene test",
    "linregress": "Regression",
}  # fmt: skip
_COEFFICIENTS = frozenset(("r", "rho", "tau", "corr"))
_PLACES = {"idxmax": "largest", "idxmin": "smallest", "argmax": "largest", "argmin": "smallest"}
_TALLY = "value_counts"
COUNTS = frozenset(("n", "size", "count", "number", "N"))
_TALLIES = frozenset((_TALLY, "size"))
_OF_RESULTS = {
    "statistic": "Statistic", "pvalue": "p-value", "low": "Lower limit", "high": "Upper limit",
    "slope": "Slope", "intercept": "Intercept", "rvalue": "Correlation", "stderr": "Standard error",
}  # fmt: skip
_PARTS = frozenset(("params", "bse", "pvalues", "tvalues"))  # of a fitted model
ARRANGING = frozenset(("head", "tail", "sort_values", "sort_index", "round", "mul", "multiply"))  # of tables
_MISSING = frozenset(("isna", "isnull"))
_UNIT = re.compile(
    r"(?<=[^\W\d_]{3})_(?:[mcku]m|[mku]?g|ml|[muk]?g_(?:d?l|m3|kg)|km_h|m_s|[kmg]w|[kmg]?wh|hz|secs?|mins|hrs?"
    r"|[km]?(?:usd|eur|gbp)|deg_?c|celsius|pct|percent)$",
    re.IGNORECASE,
)


def _as_method(node: ast.expr) -> ast.expr:
    """Return ``np.percentile(x, 25)`` as ``x.quantile(0.25)``, which says what it is of first."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) == 2:
        held, level = node.args
        if (
            node.func.attr in SHARES
            and isinstance(level, ast.Constant)
            and isinstance(level.value, int | float)
        ):
            share = level.value / (1 if node.func.attr.endswith("quantile") else 100)
            return ast.Call(ast.Attribute(held, "quantile", ast.Load()), [ast.Constant(share)], [])
    return node


def worded(name: str) -> str:
    """Return a name in words, without the unit that it ends in: an entry has that beside it.

    Examples
    --------
    >>> worded("body_mass_g"), worded("nitrate_mg_l"), worded("temp_min"), worded("group_m")
    ('body mass', 'nitrate', 'temp min', 'group m')
    """
    return _UNIT.sub("", name).replace("_", " ")


def called(term: str) -> str:
    """Return what the term of a model is called, for people.

    Examples
    --------
    >>> called("C(group)[T.b]"), called("island[Dream]"), called("body_mass"), called("np.log(x)")
    ('group b', 'island Dream', 'body mass', 'np.log(x)')
    """
    plain = re.sub(r"^C\((\w+)(?:,[^()]*(?:\([^()]*\))?[^()]*)?\)", r"\1", term)
    return re.sub(r"\[(?:T[.])?([^\[\]]+)\]", r" \1", plain).replace("_", " ")


def of_term(term: str) -> str:
    """Return what the estimate of a model's term is, for people; its standard error and the rest follow it.

    Examples
    --------
    >>> of_term("body_mass"), of_term("island[T.Dream]"), of_term("Intercept")
    ('Slope of body mass', 'Coefficient of island Dream', 'Intercept')
    """
    if term.lower() in ("intercept", "const"):
        return "Intercept"
    return f"{'Slope' if term.isidentifier() else 'Coefficient'} of {called(term)}"


def id_of(area: str, node: ast.expr, row: str = "") -> str:
    """Return an id for what an expression gives: the chapter's area first, what its row is called last.

    Examples
    --------
    >>> id_of("penguins", ast.parse("len(penguins)", mode="eval").body)
    'penguins.n'
    >>> id_of("world", ast.parse("df.lifeExp.mean()", mode="eval").body)
    'world.life-exp.mean'
    """
    node = _as_method(node)
    further = computed(node, label_of)
    node = same(node)
    parts = [slug(name) for name in _ordered(node) if not row or name not in row.split()]
    if is_width(node):
        parts = ["columns"]
    if is_count(node):
        parts.append("n")
    if further:
        parts = [part for part in parts if part not in STATISTICS]
        parts += further[0].split(".")
    if row:
        parts.append(slug(row))
    if tally := tallied(node):
        parts.append("n" if tally == "Number" else "share")
    parts = [part for part in dict.fromkeys(parts) if part and part != area]
    parts = ([part for part in parts if len(part) > 1 or part == "n"] or parts)[-MOST_PARTS:]
    return ".".join([area, *(parts or ["value"])])


def _ordered(node: ast.expr) -> tuple[str, ...]:
    """Return the names of an expression, of a cell of a table the column first and the row last.

    Of a call of a library's function, as `stats.ttest_ind`, only the function's own name stands for all.
    """
    called = node.func if isinstance(node, ast.Call) and node.args else None
    if (
        isinstance(called, ast.Attribute)
        and isinstance(called.value, ast.Name)
        and called.attr not in STATISTICS
        and len(names(node)) > MOST_PARTS
    ):
        return (called.attr,)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) and len(node.slice.elts) == 2:
        row, column = node.slice.elts
        return (*names(column), *names(node.value), *names(row))
    return names(node)


def area_of(path: str) -> str:
    """Return the area of a chapter's ids, from its name: ``market`` of ``chapters/02-market.ipynb``."""
    return slug(re.sub(r"^\d+[-_ ]*", "", PurePosixPath(path).stem)) or "report"


def free(id: str, taken: Collection[str]) -> str:
    """Return an id that is not taken: this one, or it with a number."""
    if id not in taken:
        return id
    return next(name for name in (f"{id}-{number}" for number in count(2)) if name not in taken)


def slug(name: str) -> str:
    """Return a name as a part of an id."""
    name = re.sub(r"^([0-9]+)%$", r"p\1", name)
    plain = unicodedata.normalize("NFKD", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


def label_of(node: ast.expr, row: str = "", statistic: str = "") -> str:
    """Return what an expression says, for people.

    Parameters
    ----------
    node
        The expression.
    row
        What its row is called.
    statistic
        Which statistic or test it is, where its variables alone say so: *mean*.

    Examples
    --------
    >>> label_of(ast.parse("df.groupby('species').body_mass_g.mean().loc['Adelie']", mode="eval").body)
    'Mean of body mass, Adelie'
    >>> label_of(ast.parse("np.exp(m.params).loc['age']", mode="eval").body)
    'Age'
    >>> label_of(ast.parse("df.wage.quantile(0.25)", mode="eval").body)
    'Lower quartile of wage'
    >>> label_of(ast.parse("species.value_counts().loc['Adelie']", mode="eval").body)
    'Number, species Adelie'
    >>> label_of(ast.parse("by_class.loc[0, 'alcohol']", mode="eval").body, "class 0", "mean")
    'Mean of alcohol, class 0'
    >>> label_of(ast.parse("lost_fees.loc['2024-25']", mode="eval").body)
    'Lost fees, 2024-25'
    >>> label_of(ast.parse("table3['conducted'].loc['automatic', '2024-25']", mode="eval").body)
    '2024-25, conducted, automatic'
    """
    node = _as_method(node)
    if cell := _cell_of_made(node, row):
        return cell
    further = computed(node, label_of)
    if further:
        return f"{further[1]}, {row}" if row else further[1]
    node = same(node)
    if is_width(node):
        return "Number of columns"
    if statistic in TESTS:
        name = root_name(node)
        return f"{TESTS[statistic]}, {name}" if len(name) > len("t1") else TESTS[statistic]
    test = (
        (getattr(node.func, "attr", "") or getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
    )
    if test in TESTS:
        return TESTS[test]
    if tally := tallied(node):
        return f"{tally}, {row or _row_of(node)}"
    place = node.func if isinstance(node, ast.Call) and not node.args else None
    if isinstance(place, ast.Attribute) and place.attr in _PLACES:
        of = label_of(place.value)
        return f"Where {of[:1].lower()}{of[1:]} is {_PLACES[place.attr]}"
    if isinstance(node, ast.Attribute) and node.attr in _OF_RESULTS:
        of = label_of(node.value)
        return f"{_OF_RESULTS[node.attr]} of {of[:1].lower()}{of[1:]}"
    if is_p(node):
        of = re.sub(r"^p ?| p$", "", root_name(node))
        return f"p-value of {of}" if of else "p-value"
    result = node.args[0] if isinstance(node, ast.Call) and len(node.args) == 1 else node
    if isinstance(result, ast.Attribute) and result.attr in _OF_FITS:
        return _OF_FITS[result.attr]
    own = (name for name in _ordered(node) if not row or name not in row.split())
    found = list(dict.fromkeys((*own, row) if row else own))
    told = {name: statistics(frozenset((name.casefold(),))) for name in found}
    said = next((min(each) for each in told.values() if each), statistic or None)
    level = next((name for name in found if said == "quantile" and re.fullmatch(r"[\d.]+%", name)), "")
    rest = [worded(minutes(name)) for name in found if not told[name] and name not in (*_MISSING, level)]
    if is_count(node):
        return "Number of " + (rest[-1] if rest else "rows")
    if set(found) & _MISSING and said in ("mean", "sum"):
        return f"{'Share' if said == 'mean' else 'Number'} of missing {rest[-1] if rest else 'values'}"
    if len(rest) > 1 and isinstance(_root(node), ast.Name) and not _needs_root(node, rest[1:]):
        rest = rest[1:] if rest[0] == root_name(node) else rest
        rest = [name for name in rest if not said or name != root_name(node)] or rest
    done = set(map(worded, _doings(node)))
    held = [name for name in rest if name not in done] or rest
    if len(held) > MOST_NAMES:
        held = [name for name in held if name != root_name(node)]
    rest = held if len(held) <= MOST_NAMES else [*held[: MOST_NAMES - 1], held[-1]]
    if said is None and "count" in rest:
        rest = [name for name in rest if name not in ("count", root_name(node))]
        return f"Count of {', '.join(rest[:MOST_NAMES])}" if rest else "Count"
    if said is None:
        words = ", ".join(rest[:MOST_NAMES]) or "Value"
        return words[:1].upper() + words[1:]
    what = LEVELS.get(level) or (f"{level[:-1]}th percentile" if level else SAID[said])
    return what + (f" of {', '.join(rest[:MOST_NAMES])}" if rest else "")


def _needs_root(node: ast.expr, others: Sequence[str]) -> bool:
    """Whether the variable of a column says what its cell is: *lost_fees* in ``lost_fees.loc["2024-25"]``.

    It does so in two words, or where the row alone says none: *gap* of ``gap.loc[2023]``.
    """
    at = node.value if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Tuple) else None
    if not (isinstance(at, ast.Attribute) and at.attr in ("loc", "at") and isinstance(at.value, ast.Name)):
        return False
    return " " in root_name(node) or not any(map(str.isalpha, "".join(others)))


def made_of(made: ast.expr | None) -> list[str]:
    """Return what a call is given, by its last names: *mass* of ``ci(df.mass)``; each once."""
    given = made.args if isinstance(made, ast.Call) else []
    return list(dict.fromkeys(name for each in given for name in names(each)[-1:]))[:MOST_NAMES]


def label_of_one(made: ast.expr, name: str) -> str:
    """Return what one of several variables is that code made at once, for people.

    Examples
    --------
    >>> label_of_one(ast.parse("stats.pearsonr(df.mass, df.bill_depth)", mode="eval").body, "p")
    'Correlation of mass and bill depth, p-value'
    """
    of = " and ".join(worded(minutes(each)) for each in made_of(made))
    what = label_of(made)
    what = f"{what} of {of}" if of and what in TESTS.values() else what
    if name in _COEFFICIENTS and "orrelation" in what:
        return what
    return f"{what}, {'p-value' if is_p(ast.Name(name)) else name.replace('_', ' ')}"


def _cell_of_made(node: ast.expr, row: str) -> str:
    """Return what a cell is of a table that is made where it is shown, by its own row and column alone.

    Examples
    --------
    >>> def shown(text, row=""): return _cell_of_made(ast.parse(text, mode="eval").body, row)
    >>> shown("pd.DataFrame({'total': a, 'growth': b}).loc[1936, 'growth']", "year 1936")
    'Growth, year 1936'
    >>> shown("df.groupby('party').agg(tv=('news', 'mean')).loc['Democrat', 'tv']")
    'Mean of news, Democrat'
    >>> shown("pd.crosstab(a, b, normalize='index').mul(100).loc['Democrat', 'Dole']")
    'Share, Democrat, Dole'
    >>> shown("(share / share.sum()).head(4).loc['General Motors']")
    'Ratio of share to total of share, General Motors'
    """
    if not (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute)):
        return ""
    if node.value.attr != "loc":
        return ""
    labels = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    given = [str(each.value) for each in labels if isinstance(each, ast.Constant)]
    base = node.value.value
    while isinstance(base, ast.Call) and getattr(base.func, "attr", "") in ARRANGING:
        assert isinstance(base.func, ast.Attribute)
        base = base.func.value
    base = same(base) if isinstance(base, ast.BinOp) else base  # in per cent
    if isinstance(base, ast.BinOp) and len(given) == 1 and base is not node.value.value:
        further = computed(base, label_of)
        return f"{further[1]}, {row or given[0]}" if further else ""
    if len(labels) != 2 or len(given) != 2 or not isinstance(base, ast.Call):
        return ""
    named = [text for text, each in zip(given, labels, strict=True) if isinstance(each.value, str)]  # type: ignore[attr-defined]
    name = getattr(base.func, "attr", "")
    if name == "crosstab":
        where = [*named, *([worded(row)] if row else [])]
        shares = any(each.arg == "normalize" for each in base.keywords)
        return ", ".join(["Share" if shares else "Number", *where])
    if name not in ("DataFrame", "agg", "aggregate"):
        return ""
    what = worded(given[1])
    for each in base.keywords:
        if each.arg == given[1] and isinstance(each.value, ast.Tuple) and name != "DataFrame":
            of = [str(part.value) for part in each.value.elts if isinstance(part, ast.Constant)]
            if len(of) == 2 and of[1] in SAID:
                what = f"{SAID[of[1]]} of {worded(of[0])}"
            elif of[1:] in (["size"], ["count"]):
                what = "Number" if given[1] in COUNTS else f"Number of {what}"
    if what in ("size", "count"):
        what = "Number"
    elif what == given[1] and name != "DataFrame":
        return ""
    return f"{what[:1].upper()}{what[1:]}, {row or given[0]}"


def tallied(node: ast.expr) -> str:
    """Return what a row of ``value_counts()`` or ``groupby(…).size()`` is: a number, a share, or nothing."""
    at = node.value if isinstance(node, ast.Subscript) else None
    held = at.value if isinstance(at, ast.Attribute) and at.attr in ("loc", "at") else at
    held = same(held) if held is not None else None
    if not (
        isinstance(held, ast.Call) and isinstance(held.func, ast.Attribute) and held.func.attr in _TALLIES
    ):
        return ""
    shares = any(each.arg == "normalize" and ast.unparse(each.value) == "True" for each in held.keywords)
    return "Share" if shares else "Number"


def _row_of(node: ast.expr) -> str:
    """Return what a row of a tally is: the column that is told apart, and its value."""
    assert isinstance(node, ast.Subscript)
    column = ""
    for part in ast.walk(node.value):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == _TALLY:
            column = next(reversed(names(part.func.value)), "").replace("_", " ")
    value = ", ".join(names(node.slice)) or ast.unparse(node.slice).strip("()")
    return f"{column} {value}".strip()


def _doings(node: ast.expr) -> Iterator[str]:
    """Give what an expression calls, with the variables that hold it, and what results call their parts."""
    for part in ast.walk(node):
        called = part.func if isinstance(part, ast.Call) else None
        if isinstance(called, ast.Name):
            yield called.id
        elif isinstance(called, ast.Attribute):
            yield called.attr
        elif isinstance(part, ast.Attribute) and part.attr in _PARTS:
            yield part.attr
            yield root_name(part).replace(" ", "_")


def _root(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node


def root_name(node: ast.expr) -> str:
    """Return the variable that an expression starts from, for people; empty for none."""
    root = _root(node)
    return root.id.replace("_", " ") if isinstance(root, ast.Name) else ""
