"""The ids under which outputs are recorded: that of one output, of two, of what a turn of a loop makes."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from tieout.notebooks import Notebook
from tieout.suggest import inside
from tieout.suggest.combined import Combination
from tieout.suggest.evidence import Evidence
from tieout.suggest.labels import area_of, called, id_of, label_of, made_of, slug
from tieout.suggest.labels import free as unused
from tieout.suggest.outputs import Outputs
from tieout.suggest.pairs import Pair
from tieout.suggest.printing import FREEDOM
from tieout.suggest.proposal import Proposal, quoted
from tieout.suggest.titles import titled
from tieout.suggest.unrolled import Turn

_ENDING = re.compile(r"[.](?:min|max|p25|p75|sum|n|isna|isnull)(?:-\d+)?(?=[.]|$)")


class Ids:
    """The ids that are proposed, each for one thing alone.

    Parameters
    ----------
    notebooks
        The notebooks by name.
    taken
        The ids that exist.
    """

    def __init__(self, notebooks: Mapping[str, Notebook], taken: frozenset[str]) -> None:
        self._notebooks = notebooks
        self.taken = set(taken)
        self._made: dict[tuple[str, str, str | None, str], str] = {}

    def prefix(self, path: str, found: Evidence, turn: Turn) -> str:
        """Return what the ids begin with that are recorded within a loop, the same each time."""
        key = path, f"{found.cell}:{turn.line}", None, "loop"
        if key not in self._made:
            area = area_of(path)
            known = inside.prefix_in(self._notebooks[path].cells[found.cell].source, turn)
            if known:
                self._made[key] = known
                return known
            parts = [f"{area}.{inside.part_of(turn, item)}" for item in turn.keys]
            has_own = any(id == part or id.startswith(f"{part}.") for id in self.taken for part in parts)
            self._made[key] = unused(f"{area}.{slug(turn.key) or 'turn'}", self.taken) if has_own else area
            self.taken.update(parts if not has_own else [self._made[key]])
        return self._made[key]

    def of(self, path: str, found: Evidence, outputs: Outputs, noun: str = "") -> str:
        """Return the id of an output, the same each time; of a family, that of all its parts."""
        if found.turn is not None:
            prefix = self.prefix(path, found, found.turn)
            return f"{prefix}.{inside.part_of(found.turn)}.{slug(found.inside) or 'value'}"
        area = area_of(path)
        key = path, found.known_as, found.term, ""
        if key not in self._made:
            own = bases(area, found)
            if noun:
                own = [".".join(dict.fromkeys((area, slug(noun) or area, "n")))]
            if found.term is not None:
                own = [f"{each}.{slug(called(found.term)) or 'term'}" for each in own]
            written = outputs.written.get((found.known_as, found.term))
            base = next((each for each in own if each not in self.taken), own[-1])
            self._made[key] = written or unused(base, self.taken)
            self.taken.add(self._made[key])
        return self._made[key]

    def part(self, path: str, found: Evidence, base: str) -> str:
        """Return the id of what is told beside an output, of each of its values another."""
        key = path, found.known_as, None, base
        if key not in self._made:
            self._made[key] = unused(base, self.taken) if found.again else base
            self.taken.add(self._made[key])
        return self._made[key]

    def joined(self, path: str, pair: Pair, one: Proposal, other: Proposal) -> tuple[str, str]:
        """Return the id of what two outputs make, and the code that records it."""
        name, base = one.name, _ENDING.sub("", one.id)
        if pair.kind == "range":
            kind, what = ("range", "Range") if "min" in pair.first.words else ("iqr", "Interquartile range")
            id = self.free(path, f"{base}.{kind}", pair)
            label = re.sub(r"^.*? of ", "", label_of(pair.first.node))
            return (
                id,
                f"{name}.interval({quoted(id)}, {one.line}, {other.line}, {quoted(f'{what} of {label}')})",
            )
        id = self.free(path, f"{base}.share", pair)
        counts = ", ".join(f"int({each.evidence.expression})" for each in (one, other))
        said = titled(pair.first)
        label = re.sub(r"^(?:Number|Count|Total)(?= with |, | of |$)", "Share", said)
        printed = pair.first.label
        label = label if label != said else f"Share of {printed if printed[1:] == said[1:] else said}"
        return id, f"{name}.record({quoted(id)}, {name}.share({counts}), {quoted(label)})"

    def free(self, path: str, base: str, pair: Pair | Combination) -> str:
        """Return an id that nothing else has, for the same pair the same each time."""
        key = path, f"{pair.first.known_as}, {pair.second.known_as}", None, base
        if key not in self._made:
            self._made[key] = unused(base, self.taken)
            self.taken.add(self._made[key])
        return self._made[key]


def bases(area: str, found: Evidence) -> list[str]:
    """Return what the id of an output can be, the first that is free: *pearsonr.p*, else *pearsonr.a.b.p*.

    A variable that is given several values is called by what made this one.
    """
    name, made = slug(found.expression), found.made
    if found.is_unpacked and (found.test or isinstance(made, ast.Call)):  # no t of one test, p of another
        of = [slug(each) for each in made_of(made)]
        test = slug(found.test or label_of(made.func)) if isinstance(made, ast.Call) else slug(found.test)
        whole = ".".join(filter(None, (area, *dict.fromkeys((test, *of)), name)))
        return [f"{area}.{test}.{name}", whole] if found.test else [whole]
    if found.label == FREEDOM and not isinstance(found.node, ast.Name):
        return [f"{area}.df"]
    return [id_of(area, found.node if made is None else made, found.row)]
