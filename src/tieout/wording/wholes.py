"""What a share is said to be of: *7.7% of all appointments* of a share of those seen.

What it is a share of is read from its code: ``t.share(a, len(seen))``, ``len(rated) / len(seen)``,
``(seen.wait > 60).mean()``. Only where the ledger counts that table and another one, of which one is known
to be a part of the other, and the words are those of the other count alone, a share is said of the wrong one.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.notebooks import Notebook
from tieout.numerals import Context, is_denied
from tieout.wording.meant import own_words, tokens
from tieout.wording.portions import misparted
from tieout.wording.subsets import Subsets
from tieout.wording.traced import called, core, made_of, stands_for

_OF = lazily(r"^(?:\s?%)?(?: \([^()]{0,20}\)| [a-z]+)?\)? of (?P<what>(?:[^\W\d_]+ ){0,5}[^\W\d_]+)")
_ALL = lazily(r"(?:all|every|the whole)\b")
_AMONG = lazily(r"\b(?:among|out of)\b")  # *Share of long stays among the insured*
_SHOWN = lazily(r"%|\b(?:per ?cent|in|of|half|thirds?|quarters?|fifths?|tenths?)\b", re.IGNORECASE)
_IDLE = frozenset((
    "a", "an", "all", "the", "these", "those", "our", "their", "its", "whole", "who", "that", "which", "were",
    "was", "are", "is", "number", "count", "total", "n", "of", "in", "actually",
))  # fmt: skip
_VERBS = frozenset((
    "were", "was", "are", "is", "had", "have", "has", "did", "do", "and", "or", "but", "came", "went", "said",
    "got", "left", "took", "spent", "bought", "cost", "lost", "won", "stay", "wait", "last", "live", "need",
    "use",
    "go", "come", "die", "want", "buy", "spend", "take", "get",
))  # fmt: skip
# What follows these says more of what a share is of.
_MORE = frozenset((
    "who", "whose", "that", "which", "where", "when", "with", "without", "in", "on", "at", "from", "for",
    "to", "by", "of", "after", "before", "under", "over", "since", "between", "during", "among", "as", "than",
))  # fmt: skip
_STEM = 5


@dataclass(frozen=True)
class Wholes:
    """The tables that a ledger counts.

    Parameters
    ----------
    counts
        By the file of a notebook: the entries that are the number of rows of a table, by its name.
    subsets
        By the file of a notebook: which table is a part of which.
    notebooks
        By their file, which have the code of what is made of other entries.
    """

    counts: Mapping[str, Mapping[str, Entry]]
    subsets: Mapping[str, Subsets]
    notebooks: Mapping[str, Notebook]

    @classmethod
    def of(cls, ledger: Ledger) -> Wholes:
        """Find the counts of tables in a ledger."""
        counts: dict[str, dict[str, Entry]] = defaultdict(dict)
        for entry in ledger.values():
            name = _counted(core(made_of(entry))) if entry.code and entry.quantity is not None else ""
            if name:
                counts[entry.path].setdefault(name, entry)
        notebooks = ledger.sources.notebooks
        return cls(
            counts, {path: Subsets.of(notebooks[path]) for path in counts if path in notebooks}, notebooks
        )

    def misshared(self, entry: Entry, shown: str, context: Context) -> str:
        """Return in words why a share is not of what is said; empty where it may be."""
        counts, subsets = self.counts.get(entry.path, {}), self.subsets.get(entry.path)
        after = " ".join(context.clause[1].split())
        found = _OF.match(f"{' ' * context.clause[1][:1].isspace()}{after}")
        if subsets is None or len(counts) < 2 or found is None or is_denied(Context(own_words(context))):
            return ""
        base = _base(self._with_code(entry))
        own = counts.get(base)
        if own is None or not _SHOWN.search(f"{shown}{context.clause[1][:2]}"):
            return ""
        said = _said(found["what"], counts)
        held = _stems(own.label, base)
        known = held | _stems(_AMONG.split(entry.label)[-1])
        for name, other in counts.items():
            label = _stems(other.label)
            if other.text == own.text or not said or label & held:
                continue
            is_all = _ALL.match(found["what"]) or label <= said  # *of the visits* may be of those before
            is_whole = subsets.is_part(base, name) and said <= label - known and is_all
            is_part = subsets.is_part(name, base) and label <= said <= label | held
            if is_whole or is_part:
                is_of = f"is a share of “{own.label}” ({own.text})"
                return f"is said of “{other.label}” ({other.text}), and {is_of}"
        return ""

    def misparted(self, entry: Entry, shown: str, context: Context) -> str:
        """Return in words why a portion is not that of a count: *nearly half, 156*; empty where it may be."""
        made = core(made_of(entry))
        if "%" in shown or not isinstance(made, ast.Call) or not isinstance(made.func, ast.Attribute):
            return ""
        held = made.func.value
        is_count = called(made) == "sum" and isinstance(held, ast.Compare) and not made.args
        whole = self.counts.get(entry.path, {}).get(_only(held)) if is_count else None
        if whole is None or whole.quantity is None or entry.quantity is None or not whole.quantity.value:
            return ""
        return misparted(own_words(context), entry.quantity.value / whole.quantity.value, whole.label)

    def _with_code(self, entry: Entry) -> Entry:
        """Return an entry with the code of its cell, which one made of others does not hold itself."""
        notebook = self.notebooks.get(entry.path)
        if entry.code or notebook is None or entry.cell is None:
            return entry
        return replace(entry, code=notebook.cells[entry.cell - 1].source)


def _said(text: str, counts: Mapping[str, Entry]) -> frozenset[str]:
    """Return the words of a text, up to what is said of them: *appointments* of *all appointments were*.

    None where more is said than what they name: *appointments that were kept*.
    """
    known = _stems(*(entry.label for entry in counts.values()), *counts)
    kept: list[str] = []
    for word in tokens(text):
        if word in _MORE:
            return frozenset()
        if word in _VERBS or (word.endswith("ed") and word[:_STEM] not in known):
            break
        kept.append(word)
    return frozenset(word[:_STEM] for word in kept if word not in _IDLE)


def _stems(*texts: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for text in texts for word in tokens(text) if word not in _IDLE)


def _base(entry: Entry) -> str:
    """Return the name of the table that an entry is a share of; empty where it is none, or not known."""
    made = core(made_of(entry))
    if isinstance(made, ast.Subscript):
        made = _normalized(made)
        return _only(made.func.value) if made is not None and isinstance(made.func, ast.Attribute) else ""
    if isinstance(made, ast.BinOp) and isinstance(made.op, ast.Div):
        return _counted(core(_value(entry, made.right)))
    if not isinstance(made, ast.Call):
        return ""
    if called(made) == "share" and len(made.args) == 2:
        return _counted(core(_value(entry, made.args[1])))
    if called(made) == "mean" and isinstance(made.func, ast.Attribute) and not made.args:
        held = made.func.value
        return _only(held) if isinstance(held, ast.Compare | ast.Attribute | ast.Subscript) else ""
    return ""


def _value(entry: Entry, node: ast.expr) -> ast.expr:
    value = stands_for(entry, node.id) if isinstance(node, ast.Name) else None
    return value or node


def _normalized(made: ast.Subscript) -> ast.Call | None:
    """Return the call of ``df.sex.value_counts(normalize=True).loc["women"]``."""
    held: ast.expr = made.value
    if isinstance(held, ast.Attribute) and held.attr in ("loc", "at"):
        held = held.value
    if not isinstance(held, ast.Call) or called(held) != "value_counts":
        return None
    return held if any(each.arg == "normalize" for each in held.keywords) else None


def _counted(made: ast.expr | None) -> str:
    """Return the name of the table whose rows are counted: ``len(seen)``, ``seen.shape[0]``."""
    if isinstance(made, ast.Call) and called(made) == "len" and len(made.args) == 1:
        return made.args[0].id if isinstance(made.args[0], ast.Name) else ""
    if isinstance(made, ast.Subscript) and isinstance(made.value, ast.Attribute):
        held = made.value.value
        is_first = isinstance(made.slice, ast.Constant) and made.slice.value == 0
        return held.id if made.value.attr == "shape" and is_first and isinstance(held, ast.Name) else ""
    return ""


def _only(node: ast.expr) -> str:
    """Return the one table whose columns an expression is made of, all rows of it."""
    return "" if any(_picks(each) for each in ast.walk(node)) else _name(node)


def _name(node: ast.expr) -> str:
    names = set(_names(node))
    return names.pop() if len(names) == 1 else ""


def _names(node: ast.expr) -> Iterator[str]:
    yield from (each.id for each in ast.walk(node) if isinstance(each, ast.Name))


def _picks(node: ast.AST) -> bool:
    """Whether a node picks some of the rows of a table, or makes something else of them."""
    if isinstance(node, ast.Subscript):
        return not isinstance(node.slice, ast.Constant)
    return isinstance(node, ast.Call)
