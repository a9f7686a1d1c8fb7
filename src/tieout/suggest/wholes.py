"""What a notebook's outputs say together: the terms of models, tests, and the F of a model as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tieout import numerals
from tieout.numbers import Quantity
from tieout.suggest.evidence import Evidence

# What makes up the F of a model, by the last part of its id: how the result calls it, and people do.
OVERALL = {
    "f": ("fvalue", "F"),
    "df": ("df_model", "degrees of freedom"),
    "df2": ("df_resid", "degrees of freedom below"),
    "p": ("f_pvalue", "p-value of F"),
    "r2": ("rsquared", "R²"),
    "r2-adj": ("rsquared_adj", "adjusted R²"),
}
_COUNTS = ("df", "df2")


@dataclass(frozen=True)
class Whole:
    """Outputs of one family.

    Parameters
    ----------
    main
        The output that a tie to the family names: the estimate, or else the statistic.
    own
        Its value.
    family
        All of it, by the last parts of their ids.
    model
        Of the F of a model, the model, as code; empty of what is recorded at once.
    """

    main: Evidence
    own: Quantity
    family: numerals.Family
    model: str = ""

    def parts(self, told: Sequence[numerals.Told]) -> Iterator[tuple[str, str, str]]:
        """Give what is told beside the main output: its id's last part, its code, what it is."""
        ids = {each.quantity.id for each in told if each.quantity is not None}
        for slug, (attribute, said) in OVERALL.items():
            if f"family.{slug}" in ids and slug != "f":
                code = f"{self.model}.{attribute}"
                yield slug, f"int({code})" if slug in _COUNTS else code, said


def wholes(evidence: Sequence[Evidence]) -> list[Whole]:
    """Return the families that a notebook shows."""
    found: dict[tuple[str, str | None], dict[str, Evidence]] = defaultdict(dict)
    alone: dict[str, list[Evidence]] = defaultdict(list)
    for each in evidence:
        if each.part is not None:
            found[each.known_as, each.term][each.part] = each
        alone[each.expression].append(each)
    for parts in found.values():
        one = next(iter(parts.values()))
        if one.term is not None and (freedom := _beside(one, alone.get(f"{one.expression}.df_resid", ()))):
            parts["df"] = freedom
    made = [_whole(parts, "" if "" in parts else "statistic") for parts in found.values()]
    return [*filter(None, made), *_overall(alone)]


def _beside(found: Evidence, others: Sequence[Evidence]) -> Evidence | None:
    """Return of the values of an expression the last that belongs to what another output shows."""
    return next((each for each in reversed(others) if not each.is_apart(found)), None)


def _whole(parts: Mapping[str, Evidence], main: str, model: str = "") -> Whole | None:
    if main not in parts or len(parts) == 1:
        return None
    family = {part: replace(each.in_unit(), id=f"family.{part}".rstrip(".")) for part, each in parts.items()}
    return Whole(parts[main], family[main], family, model)


def _overall(alone: Mapping[str, Sequence[Evidence]]) -> Iterator[Whole]:
    """Give the F of each model that is summed up."""
    for expression, shown in alone.items():
        model = expression.removesuffix(".fvalue")
        for each in shown if model != expression else ():
            parts = {
                slug: _beside(each, alone.get(f"{model}.{attribute}", ()))
                for slug, (attribute, _) in OVERALL.items()
            }
            known = {slug: part for slug, part in parts.items() if part is not None}
            found = _whole(known, "f", model) if {"f", "df", "df2"} <= known.keys() else None
            if found is not None:
                yield found
