"""Expressions of Python as evidence: may one be evaluated twice, and what do its words say."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import pairwise

from tieout.suggest.periods import in_words

# What gives another value, or does something, each time that it is called.
_CHANCE = re.compile(r"(?:rng\w*|random\w*|generator)\Z")
_MOVING = re.compile(
    r"(?:rng|rand\w*|random\w*|choices?|shuffle\w*|sample\w*|permut\w*|bootstrap\w*|resample\w*|simulat\w*"
    r"|seed|next|pop\w*|input|now|today|time|perf_counter|monotonic|uuid\w*|append|extend|insert|remove"
    r"|update|setdefault|write\w*|save\w*|to_\w+|plot\w*|hist|show|fit\w*|open|read\w*|load\w*|fetch\w*|requests"
    r"|urlopen|system|run|exec|eval|sleep|display|print|record|assume)\Z"
)
_CALLED = frozenset(
    ("abs", "all", "any", "dict", "enumerate", "float", "int", "len", "list", "max", "min", "range", "round",
     "set", "sorted", "str", "sum", "tuple", "zip")
)  # fmt: skip
_FRAMES = frozenset(
    ("df", "data", "frame", "d", "x", "dat", "table", "tab", "result", "results", "res", "pd", "np")
)
ARITHMETIC = ("add", "sub", "mul", "div", "truediv", "floordiv", "mod", "pow", "abs", "multiply", "divide")
_GRAMMAR = frozenset(
    ("loc", "iloc", "at", "iat", "values", "item", "round", "astype", "dropna", "groupby", "query", "assign",
     "agg", "aggregate", "reset_index", "set_index", "sort_values", "sort_index", "value_counts", "unstack",
     "stack", "head", "tail", "to_frame", "copy", "eq", "shape", "T", "describe", "float", "int", "len",
     "size", "DataFrame", "crosstab", *ARITHMETIC)
)  # fmt: skip
# What a statistic is called in code, and in words.
STATISTICS: dict[str, frozenset[str]] = {
    "mean": frozenset(("mean", "average", "averaged", "averages", "averaging")),
    "median": frozenset(("median", "50%")),
    "std": frozenset(("std", "sd", "deviation", "deviations", "spread")),
    "min": frozenset(
        (
            "min",
            "minimum",
            "smallest",
            "lowest",
            "shortest",
            "lightest",
            "least",
            "fewest",
            "coldest",
            "youngest",
            "slowest",
            "narrowest",
            "earliest",
        )
    ),
    "max": frozenset(
        (
            "max",
            "maximum",
            "largest",
            "highest",
            "longest",
            "heaviest",
            "most",
            "biggest",
            "highest",
            "hottest",
            "warmest",
            "oldest",
            "fastest",
            "widest",
            "latest",
            "tallest",
        )
    ),
    "sum": frozenset(("sum", "total", "totals", "altogether", "together")),
    "corr": frozenset(("corr", "correlation", "correlate", "correlated")),
    "sem": frozenset(("sem",)),
    "quantile": frozenset(
        ("quantile", "percentile", "percentiles", "quartile", "quartiles", "decile", "25%", "75%")
    ),
    "nunique": frozenset(("nunique", "different", "distinct", "kinds")),
}
NAMES_OF_STATISTICS = frozenset(word for words in STATISTICS.values() for word in words)
# What columns are called for short.
ABBREVIATED = {
    "temp": "temperature", "precip": "precipitation", "press": "pressure", "hum": "humidity",
    "pop": "population", "dist": "distance", "wt": "weight", "ht": "height", "len": "length",
    "qty": "quantity", "amt": "amount", "pct": "percent", "avg": "average", "dur": "duration",
    "vel": "velocity", "vol": "volume", "lat": "latitude", "lon": "longitude", "lng": "longitude",
    "freq": "frequency", "conc": "concentration", "exp": "expectancy",
}  # fmt: skip
# Names of the same group, and words that are spelled in two ways.
_ALIKE = {
    "women": "female", "woman": "female", "men": "male", "man": "male", "canceled": "cancelled",
    "traveler": "traveller", "labor": "labour", "color": "colour", "center": "centre", "theater": "theatre",
    "program": "programme", "fiber": "fibre", "catalog": "catalogue", "enrollment": "enrolment",
    "modeled": "modelled", "labeled": "labelled", "mislabeled": "mislabelled", "fueled": "fuelled",
    "gray": "grey", "harbor": "harbour", "meter": "metre", "liter": "litre", "kilometer": "kilometre",
    "pediatric": "paediatric", "hemolyzed": "haemolysed", "hemolysed": "haemolysed",
}  # fmt: skip
CUT = 3  # letters of a word that names are made of
SHARES = frozenset(("quantile", "percentile", "nanquantile", "nanpercentile"))
_QUARTILES = {"first": "25%", "lower": "25%", "third": "75%", "upper": "75%"}
_PERCENTILE = re.compile(
    r"\b([0-9]+)(?:st|nd|rd|th)(?=(?: and [0-9]+th)?[ -](?:per)?centiles?\b)", re.IGNORECASE
)
_QUARTILE = re.compile(r"\b(first|lower|third|upper)(?= quartile)", re.IGNORECASE)
_R_SQUARED = re.compile(r"(?<![^\W_])[Rr](?:[2²]|\^2|\^\{2\}|-squared)(?![^\W_])")
_IN_ALL = re.compile(r"\bin (?:all|total)\b", re.IGNORECASE)


def is_repeatable(node: ast.expr, imported: frozenset[str] = frozenset()) -> bool:
    """Whether an expression may be evaluated once more: it only looks, and gives the same each time.

    Parameters
    ----------
    imported
        Names that the notebook imports: these may be called; functions of its own are not known.

    Examples
    --------
    >>> [is_repeatable(ast.parse(text, mode="eval").body) for text in ("df.x.mean()", "rng.normal()", "f(1)")]
    [True, False, False]
    """
    for part in ast.walk(node):
        if isinstance(part, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom):
            return False
        if isinstance(part, ast.Name | ast.Attribute):
            name = part.id if isinstance(part, ast.Name) else part.attr
            if _CHANCE.match(name):
                return False
        if isinstance(part, ast.keyword) and part.arg == "inplace":
            return False
        if (
            isinstance(part, ast.Call)
            and isinstance(part.func, ast.Attribute)
            and _MOVING.match(part.func.attr)
        ):
            return False
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name):
            name = part.func.id
            known = imported if not hasattr(builtins, name) else _CALLED
            if name not in known or _MOVING.match(name):
                return False
        if isinstance(part, ast.Call) and not isinstance(part.func, ast.Name | ast.Attribute):
            return False
    return True


def written(node: ast.expr, source: str) -> str:
    """Return an expression as its author wrote it, in one line."""
    text = ast.get_source_segment(source, node)
    if text is not None and "\n" not in text:
        with suppress(SyntaxError):  # of what stands in an f-string the place is not known
            if ast.dump(ast.parse(text, mode="eval").body) == ast.dump(node):
                return text
    return ast.unparse(node)


def names(node: ast.expr) -> tuple[str, ...]:
    """Return what an expression names, in its order: variables, columns, statistics; not its grammar.

    Examples
    --------
    >>> names(ast.parse("df.groupby('species').body_mass_g.mean().loc['Adelie']", mode="eval").body)
    ('body_mass_g', 'mean', 'Adelie')
    """
    return tuple(name for name in _names(node) if name not in _GRAMMAR | _FRAMES | {"get_group"})


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and node.value.strip():
            yield node.value
        elif isinstance(node.value, int) and not isinstance(node.value, bool) and abs(node.value) > 1:
            yield str(node.value)
    elif isinstance(node, ast.Attribute):
        yield from _names(node.value)
        yield node.attr
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _names(node.func)
        yield from _quantiles(node)
        if node.func.attr not in _GRAMMAR and node.func.attr not in STATISTICS:
            level = ast.Constant if node.func.attr in SHARES else ()
            for argument in node.args:
                yield from () if isinstance(argument, level) else _names(argument)
    elif isinstance(node, ast.BinOp):  # a factor of a hundred says nothing
        for side in (node.left, node.right):
            yield from () if isinstance(side, ast.Constant) else _names(side)
    elif not isinstance(node, ast.keyword | ast.Dict | ast.Slice) and not (
        isinstance(node, ast.List) and len(node.elts) > 1
    ):
        for child in ast.iter_child_nodes(node):
            yield from _names(child)


def _quantiles(node: ast.Call) -> Iterator[str]:
    """Give which percentiles a call asks for: ``95%`` of ``x.quantile(0.95)``."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    for given in node.args if name in SHARES else ():
        if isinstance(given, ast.Constant) and isinstance(given.value, int | float):
            share = given.value * (100 if name.endswith("quantile") else 1)
            yield f"{share:g}%"


def quantiles(node: ast.expr) -> list[ast.expr]:
    """Return what asks for each of several quantiles alone, of ``x.quantile([0.25, 0.75])``.

    Examples
    --------
    >>> [ast.unparse(each) for each in quantiles(ast.parse("np.percentile(x, [25, 75])", mode="eval").body)]
    ['np.percentile(x, 25)', 'np.percentile(x, 75)']
    """
    asked = node.func if isinstance(node, ast.Call) else None
    if not (isinstance(node, ast.Call) and isinstance(asked, ast.Attribute) and asked.attr in SHARES):
        return []
    lists = [at for at, given in enumerate(node.args) if isinstance(given, ast.List | ast.Tuple)]
    if len(lists) != 1:
        return []
    (at,) = lists
    return [
        ast.Call(node.func, [*node.args[:at], level, *node.args[at + 1 :]], node.keywords)
        for level in node.args[at].elts  # type: ignore[attr-defined]
    ]


def is_p(node: ast.expr) -> bool:
    """Whether a variable is called as p-values are: ``p``, ``p_wage``."""
    return isinstance(node, ast.Name) and re.fullmatch(r"p(?:_\w+)?|\w+_p", node.id) is not None


def is_count(node: ast.expr) -> bool:
    """Whether an expression counts: ``len(…)``, ``….nunique()``."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    return (isinstance(called, ast.Name) and called.id == "len") or (
        isinstance(called, ast.Attribute) and called.attr == "nunique"
    )


def counted(node: ast.expr) -> ast.expr:
    """Return the number of rows in the one form that stands for all: ``x.shape[0]`` as ``len(x)``."""
    held = _shaped(node, 0)
    return node if held is None else ast.Call(ast.Name("len", ast.Load()), [held], [])


def is_width(node: ast.expr) -> bool:
    """Whether an expression is the number of columns: ``x.shape[1]``."""
    return _shaped(node, 1) is not None


def _shaped(node: ast.expr, axis: int) -> ast.expr | None:
    """Return of what an expression is the size along an axis."""
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "shape"
        and isinstance(node.slice, ast.Constant)
        and node.slice.value == axis
    ):
        return node.value.value
    return None


def statistics(said: frozenset[str]) -> frozenset[str]:
    """Return which statistics some words name."""
    return frozenset(name for name, words in STATISTICS.items() if words & said)


def told(said: frozenset[str]) -> frozenset[str]:
    """Return which statistics words of prose name: *50%* of them is no median, a standard error is one."""
    found = statistics(frozenset(word for word in said if not word.endswith("%")))
    return found | {"sem"} if {"standard", "error"} <= said or "se" in said else found


def initials(text: str) -> frozenset[str]:
    """Return what two or three words beside each other are called for short: *bp* of *blood pressure*.

    Examples
    --------
    >>> sorted(initials("a body mass index of 25"))
    ['bm', 'bmi', 'mi']
    """
    found = set()
    for run in re.findall(r"[^\W\d_]{4,}(?: [^\W\d_]{4,})+", text):
        said = run.casefold().split()
        for size in (2, 3):
            found |= {"".join(word[0] for word in said[at : at + size]) for at in range(len(said) - size + 1)}
    return frozenset(found) - NAMES_OF_STATISTICS


def squashed(text: str, names: Collection[str]) -> frozenset[str]:
    """Return the names that are two words of a text run together, the second cut: *lowinc* of *low income*.

    Examples
    --------
    >>> squashed("pupils with low income", ["lowinc", "lowest", "pupils"])
    frozenset({'lowinc'})
    """
    said = [word.casefold() for word in re.findall(r"[^\W\d_]+", text)]
    found = set()
    for name in names:
        for first, second in pairwise(said):
            rest = name.removeprefix(first)
            if len(first) >= CUT and rest != name and len(rest) >= CUT and second.startswith(rest):
                found.add(name)
    return frozenset(found)


def split_words(text: str) -> Iterator[str]:
    """Give the words of a name or a text, of ``lifeExp`` and ``body_mass_g`` too: lower case, no plurals."""
    text = in_words(text)
    text = _QUARTILE.sub(lambda found: _QUARTILES[found[1].lower()], _PERCENTILE.sub(r"\1%", text))
    text = _R_SQUARED.sub(" rsquared ", _IN_ALL.sub("total", text))
    for word in re.findall(
        r"(?<![^\W\d_])[^\W\d_]\d{1,2}(?![^\W_])|[^\W\d_]{2,}|(?<![^\W\d_])\d+%?|\d{4}",
        re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text),
    ):
        plain = re.sub(r"(?<=\w\w\w)(?<!s)s$", "", word.casefold())
        yield _ALIKE.get(plain, plain)
