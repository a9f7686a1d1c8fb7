"""What expressions are called: ids for a ledger, and labels for people, which say no more than is true."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import count
from pathlib import PurePosixPath

from tieout.update.expressions import SHARES, STATISTICS, is_count, is_p, is_width, names, statistics

_SAID = {
    "mean": "Mean", "median": "Median", "std": "Standard deviation", "min": "Smallest", "max": "Largest",
    "sum": "Total", "sem": "Standard error", "quantile": "Quantile", "corr": "Correlation",
    "nunique": "Number of different",
}  # fmt: skip
MOST_PARTS = 4
_LEVELS = {"25%": "Lower quartile", "50%": "Median", "75%": "Upper quartile"}
_OF_FITS = {
    "nobs": "Observations", "rsquared": "R²", "rsquared_adj": "Adjusted R²", "prsquared": "Pseudo R²",
    "fvalue": "F", "f_pvalue": "p of F", "llf": "Log-likelihood", "aic": "AIC", "bic": "BIC",
    "df_resid": "Residual degrees of freedom", "df_model": "Degrees of freedom of the model",
}  # fmt: skip
MOST_NAMES = 3  # in a label
_PARTS = frozenset(("params", "bse", "pvalues", "tvalues"))  # of a fitted model
_MISSING = frozenset(("isna", "isnull"))


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


def called(term: str) -> str:
    """Return what the term of a model is called, for people.

    Examples
    --------
    >>> called("C(group)[T.b]"), called("island[Dream]"), called("body_mass"), called("np.log(x)")
    ('group b', 'island Dream', 'body mass', 'np.log(x)')
    """
    plain = re.sub(r"^C\((\w+)(?:,[^()]*(?:\([^()]*\))?[^()]*)?\)", r"\1", term)
    return re.sub(r"\[(?:T[.])?([^\[\]]+)\]", r" \1", plain).replace("_", " ")


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
    parts = [slug(name) for name in _ordered(node) if not row or name not in row.split()]
    if is_width(node):
        parts = ["columns"]
    if is_count(node):
        parts.append("n")
    if row:
        parts.append(slug(row))
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


def label_of(node: ast.expr, row: str = "") -> str:
    """Return what an expression says, for people; ``row`` is what its row is called.

    Examples
    --------
    >>> label_of(ast.parse("df.groupby('species').body_mass_g.mean().loc['Adelie']", mode="eval").body)
    'Mean of body mass g, Adelie'
    >>> label_of(ast.parse("np.exp(m.params).loc['age']", mode="eval").body)
    'Age'
    >>> label_of(ast.parse("df.wage.quantile(0.25)", mode="eval").body)
    'Lower quartile of wage'
    """
    node = _as_method(node)
    if is_width(node):
        return "Number of columns"
    if is_p(node):
        of = re.sub(r"^p ?| p$", "", _root_name(node))
        return f"p-value of {of}" if of else "p-value"
    result = node.args[0] if isinstance(node, ast.Call) and len(node.args) == 1 else node
    if isinstance(result, ast.Attribute) and result.attr in _OF_FITS:
        return _OF_FITS[result.attr]
    own = (name for name in _ordered(node) if not row or name not in row.split())
    found = list(dict.fromkeys((*own, row) if row else own))
    told = {name: statistics(frozenset((name.casefold(),))) for name in found}
    said = next((min(each) for each in told.values() if each), None)
    level = next((name for name in found if said == "quantile" and re.fullmatch(r"[\d.]+%", name)), "")
    rest = [name.replace("_", " ") for name in found if not told[name] and name not in (*_MISSING, level)]
    if is_count(node):
        return "Number of " + (rest[-1] if rest else "rows")
    if set(found) & _MISSING and said in ("mean", "sum"):
        return f"{'Share' if said == 'mean' else 'Number'} of missing {rest[-1] if rest else 'values'}"
    if len(rest) > 1 and isinstance(_root(node), ast.Name):
        rest = rest[1:] if rest[0] == _root_name(node) else rest
    done = {name.replace("_", " ") for name in _doings(node)}
    held = [name for name in rest if name not in done] or rest
    rest = held if len(held) <= MOST_NAMES or not row else [*held[: MOST_NAMES - 1], held[-1]]
    if said is None:
        words = ", ".join(rest[:MOST_NAMES]) or "Value"
        return words[:1].upper() + words[1:]
    what = _LEVELS.get(level) or (f"{level[:-1]}th percentile" if level else _SAID[said])
    return what + (f" of {', '.join(rest[:MOST_NAMES])}" if rest else "")


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
            yield _root_name(part).replace(" ", "_")


def _root(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node


def _root_name(node: ast.expr) -> str:
    root = _root(node)
    return root.id.replace("_", " ") if isinstance(root, ast.Name) else ""
