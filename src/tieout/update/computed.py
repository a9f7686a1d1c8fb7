"""Proposes for a number of the prose the output that explains it, and the line that records it.

A wrong tie is worse than none. A proposal is sure only where exactly one output fits: by value, as rounded in
the prose; by words, none of which speaks for another output; and by place, in the same notebook.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from tieout import numerals
from tieout.notebooks import Notebook
from tieout.numerals import Shown
from tieout.prose import Passage, Untied
from tieout.update import clauses
from tieout.update.cells import alias_of, import_for, is_python, statements
from tieout.update.combined import LABELS, Combination, combined
from tieout.update.evidence import Evidence, evidence
from tieout.update.expressions import (
    area_of,
    free,
    id_of,
    is_count,
    label_of,
    slug,
    split_words,
    statistics,
)
from tieout.update.pairs import ROOM, Pair, counts, is_error, nearest, pairs, shares
from tieout.update.wholes import Whole, wholes

COMMON, RARE, COUNTED, BESIDE = 0.25, 1.0, 2.0, 2.0
# How much has to speak for a proposal, by how many digits the number shows: few agree with much by chance.
NEEDED = {1: 3.0, 2: 2.0, 3: 1.0}
NEEDED_OF_MANY = COMMON
FEW = 3
IN_UNIT = ("se", "low", "high")
_AS_CODE = {"sd": "std", "50%": "median"}
_PERCENTILE = re.compile(r"[0-9]+%")
_EXTREMES = frozenset(("min", "max"))
FEWEST = 2  # numbers of an expression
_ENDING = re.compile(r"[.](?:min|max|p25|p75|sum|n|isna|isnull)(?:-\d+)?(?=[.]|$)")
_WHOLE = ("expression", "formula")
_NUMBERS = ("number", "year", "range", "word", "formula")


@dataclass(frozen=True)
class Proposal:
    """An output that a number could be tied to, and how it would be recorded.

    Parameters
    ----------
    evidence
        The output.
    id
        The id that would be new; with the part of its family.
    unit
        The unit that the prose gives it; empty for a plain number.
    like
        The form that it has in the prose.
    name
        What the notebook calls Tieout.
    support
        How much speaks for it, in shared words.
    shared
        The words that it shares with the sentence.
    fits
        Whether nothing in the sentence speaks against it.
    holds
        Whether the number is true of it where it stands, with the bound that the sentence gives.
    more
        What has to be recorded beside it: the room of an estimate.
    code
        The line that records it, where that is more than its value.
    """

    evidence: Evidence
    id: str
    unit: str
    like: str
    name: str
    support: float
    shared: frozenset[str]
    fits: bool
    more: tuple[Proposal, ...] = ()
    code: str = ""
    holds: bool = True

    @property
    def key(self) -> str:
        """What the number would be tied to."""
        return f"{self.id}.{self.evidence.part}" if self.evidence.part else self.id

    @property
    def line(self) -> str:
        """The line of code that records it."""
        if self.code:
            return self.code
        found = self.evidence
        label = found.label or label_of(found.node, found.row)
        if found.term is not None:
            label = found.term.replace("_", " ")
        given = [quoted(self.id), found.expression]
        if found.term is not None:
            given.append(f"term={quoted(found.term)}")
        given.append(f"label={quoted(label[:1].upper() + label[1:])}")
        if self.unit and found.part in (None, ""):
            given.append(f"unit={quoted(self.unit)}")
        if self.like and not found.is_exact and found.part in (None, ""):
            given.append(f"like={quoted(self.like)}")
        return f"{self.name}.record({', '.join(given)})"

    def __str__(self) -> str:
        return self.line


class Computed:
    """The outputs of a report's notebooks, as explanations of its prose.

    Parameters
    ----------
    notebooks
        The notebooks by name.
    taken
        The ids that exist.
    """

    def __init__(self, notebooks: Mapping[str, Notebook], taken: frozenset[str]) -> None:
        self._notebooks = notebooks
        self._taken = set(taken)
        self._known: dict[str, _Outputs] = {}
        self._ids: dict[tuple[str, str, str | None, str], str] = {}

    def proposals(
        self, passage: Passage, number: Untied, beside: Collection[str] = ()
    ) -> tuple[Proposal, ...]:
        """Return the outputs of its notebook that a number agrees with, best first.

        ``beside`` are the ids of families that other numbers of the sentence surely belong to.
        """
        outputs = self._outputs(passage.path)
        if outputs is None or passage.output is not None:
            return ()
        whole = tuple(self._whole(passage, number, outputs))
        if whole or number.kind not in _NUMBERS:
            return whole
        shown = numerals.parse(number.text, passage.lang)
        if shown is None:
            return ()
        found = list(self._paired(passage, number, shown, outputs))
        if found or shown.is_range:
            return _ranked(found)
        per = shown.figures[0].per
        units = ["", shown.unit] if shown.unit else ["", f"per {per:,}"] if per > 1 else [""]
        for each in outputs.evidence:
            for unit in filter(lambda unit: unit is not None, units):
                if _agrees(number.text, each, unit or "", passage.lang):
                    one = self._proposal(passage, number, outputs, each, unit or "")
                    more = BESIDE if one.id in beside and each.part is not None else 0.0
                    found.append(replace(one, support=one.support + more))
                    break
        if _digits(number) < FEW and not _is_only_count(number, found):  # it agrees with something in each
            found = [each for each in found if each.support + RARE * each.evidence.is_alone >= RARE]
        return _ranked(found)

    def explains(self, passage: Passage, number: Untied) -> bool:
        """Whether an expression of several numbers tells of one family that its notebook shows."""
        outputs = self._outputs(passage.path)
        return outputs is not None and passage.output is None and any(self._whole(passage, number, outputs))

    def _whole(self, passage: Passage, number: Untied, outputs: _Outputs) -> Iterator[Proposal]:
        """Give the families that all numbers of an expression agree with."""
        parts = numerals.expression(number.text, passage.lang)
        shown = numerals.parse(number.text, passage.lang) if number.kind == "range" else None
        if shown is not None and shown.form != ROOM:
            return
        if shown is None and (number.kind not in _WHOLE or len(parts) < FEWEST):
            return
        for whole in outputs.wholes:
            told = numerals.told(number.text, whole.own, whole.family, passage.lang)
            if told and numerals.says(number.text, whole.own, passage.lang, family=whole.family):
                one = self._proposal(passage, number, outputs, whole.main, "")
                one = replace(one, like="", fits=True, holds=True, support=one.support + COUNTED)
                yield self._overall(passage, one, whole, told) if whole.model else one
        for pair in counts(number.text, parts, outputs.evidence, passage.lang):
            yield self._shared(passage, number, outputs, pair)

    def _overall(
        self, passage: Passage, one: Proposal, whole: Whole, told: Sequence[numerals.Told]
    ) -> Proposal:
        """Return the F of a model with its degrees of freedom, each a line of its own."""
        base = id_of(area_of(passage.path), ast.parse(whole.model, mode="eval").body)
        said = label_of(ast.parse(whole.model, mode="eval").body)

        def line(slug: str, code: str, what: str) -> Proposal:
            id = f"{base}.{slug}"
            self._taken.add(id)
            label = f"{said[:1].upper()}{said[1:]}, {what}"
            text = f"{one.name}.record({quoted(id)}, {code}, {quoted(label)})"
            return replace(one, id=id, code=text, more=())

        more = tuple(line(*part) for part in whole.parts(told))
        return replace(line("f", f"{whole.model}.fvalue", "F"), more=more)

    def combined(self, passage: Passage, number: Untied, beside: Sequence[Evidence]) -> tuple[Proposal, ...]:
        """Return the pairs of outputs that a number compares, of those that its sentence shows."""
        outputs = self._outputs(passage.path)
        shown = numerals.parse(number.text, passage.lang)
        if outputs is None or shown is None or passage.output is not None:
            return ()
        found = list(combined(number, shown, beside, passage.lang))
        return tuple(self._compared(passage, number, outputs, each, len(found) == 1) for each in found)

    def _compared(
        self, passage: Passage, number: Untied, outputs: _Outputs, pair: Combination, alone: bool
    ) -> Proposal:
        one = self._proposal(passage, number, outputs, pair.first, "")
        base = one.id.rpartition(".")[0] if pair.first.row or pair.first.rows else one.id
        id = self._free(passage.path, f"{base}.{pair.kind}", pair)
        label = LABELS[pair.kind].format(re.sub(r", [^,]*$", "", label_of(pair.first.node)).lower())
        given = [quoted(id), pair.expression, quoted(label)]
        given += [f"unit={quoted(pair.unit)}"] if pair.unit else []
        given += [f"like={quoted(number.text)}"] if any(map(str.isdigit, number.text)) else []
        late = max(pair.first, pair.second, key=lambda each: each.place)
        code = f"{outputs.name}.record({', '.join(given)})"
        fits = alone and pair.is_alike
        return replace(one, evidence=late, id=id, code=code, fits=fits, support=NEEDED[1], holds=True)

    def in_code(self, passage: Passage, number: Untied) -> tuple[str, str] | None:
        """Return what a number is in the code, and that code; None where it is not in it."""
        outputs = self._outputs(passage.path)
        shown = numerals.parse(number.text, passage.lang) if number.kind == "number" else None
        if outputs is None or shown is None or shown.is_range:
            return None
        said = Fraction(shown.figures[0].number) * Fraction(shown.figures[0].scale)
        return next(((why, code) for value, why, code in outputs.constants if value == said), None)

    def shown_by(self, passage: Passage, id: str) -> Evidence | None:
        """Return the output that a notebook's code records under an id."""
        outputs = self._outputs(passage.path)
        return outputs.recorded.get(id) if outputs is not None else None

    def _paired(
        self, passage: Passage, number: Untied, shown: Shown, outputs: _Outputs
    ) -> Iterator[Proposal]:
        """Give what two outputs together explain: both are recorded."""

        def agrees(text: str, found: Evidence, unit: str) -> bool:
            return _agrees(text, found, unit, passage.lang)

        beside = shares(number, shown, clauses.around(number)[0], outputs.evidence, passage.lang)
        for pair in (*nearest(pairs(number, shown, outputs.evidence, agrees)), *beside):
            one, other = (
                replace(self._proposal(passage, number, outputs, each, pair.unit), like=text)
                for each, text in zip((pair.first, pair.second), pair.texts, strict=True)
            )
            if pair.kind == "limits":
                yield replace(one, evidence=replace(one.evidence, part=""), like="", holds=True)
                continue
            if pair.kind == "interval":
                yield self._interval(passage, shown, pair, one, other)
                continue
            if pair.kind == "room":
                id = f"{one.id.removesuffix('.mean')}.{'se' if is_error(pair.second) else 'sd'}"
                yield replace(one, more=(replace(other, id=id),), holds=True)
                continue
            yield self._of_both(passage, pair, one, other)

    def _interval(
        self, passage: Passage, shown: Shown, pair: Pair, one: Proposal, other: Proposal
    ) -> Proposal:
        """Return an interval whose limits are two cells of a row of results."""
        node = one.evidence.node
        row = (
            node.slice.elts[0]
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple)
            else None
        )
        what = one.evidence.row or (ast.unparse(row).strip("'") if row else "")
        base = id_of(area_of(passage.path), node, one.evidence.row)
        id = self._free(passage.path, re.sub(rf"[.]{slug(pair.low)}(?=[.]|$)", "", base) + ".ci", pair)
        label = f"Confidence interval of {what.replace('_', ' ')}" if what else "Confidence interval"
        ends = f"{pair.first.expression}, {pair.second.expression}"
        level = f"{float(shown.level or 0):g}"
        code = f"{one.name}.interval({quoted(id)}, {ends}, {quoted(label)}, level={level})"
        fits = one.fits or other.fits
        return replace(
            one, evidence=pair.second, id=id, code=code, fits=fits, holds=True, support=one.support + COUNTED
        )

    def _shared(self, passage: Passage, number: Untied, outputs: _Outputs, pair: Pair) -> Proposal:
        one, other = (
            self._proposal(passage, number, outputs, each, "") for each in (pair.first, pair.second)
        )
        return self._of_both(passage, pair, one, other)

    def _of_both(self, passage: Passage, pair: Pair, one: Proposal, other: Proposal) -> Proposal:
        late = max(one, other, key=lambda each: each.evidence.place)
        fits = one.fits if pair.kind == "share" else True
        weight = one.support + (other.support if pair.kind == "share" else COUNTED)
        id, code = self._joined(passage.path, pair, one, other)
        return replace(one, evidence=late.evidence, support=weight, fits=fits, id=id, code=code, holds=True)

    def _proposal(
        self, passage: Passage, number: Untied, outputs: _Outputs, found: Evidence, unit: str
    ) -> Proposal:
        shared, support, fits = outputs.judged(found, number, clauses.paragraph(passage, number))
        noun = counted_noun(found, number)
        if noun and not found.label:
            found = replace(found, label=f"Number of {noun}")
        id = self._id(passage.path, found, unit, noun)
        holds = _holds(found, number, unit, passage.lang)
        like = _plain(number, passage.lang) if number.kind == "formula" else " ".join(number.text.split())
        return Proposal(found, id, unit, like, outputs.name, support, shared, fits and holds, holds=holds)

    def _id(self, path: str, found: Evidence, unit: str, noun: str = "") -> str:
        """Return the id of an output, the same each time; of a family, that of all its parts."""
        area = area_of(path)
        key = path, found.expression, found.term, ""
        if key not in self._ids:
            base = id_of(area, found.node, found.row)
            if noun:
                base = ".".join(dict.fromkeys((area, slug(noun) or area, "n")))
            if found.term is not None:
                base = f"{base}.{slug(found.term) or 'term'}"
            self._ids[key] = free(base, self._taken)
            self._taken.add(self._ids[key])
        return self._ids[key]

    def _joined(self, path: str, pair: Pair, one: Proposal, other: Proposal) -> tuple[str, str]:
        """Return the id of what two outputs make, and the code that records it."""
        name, base = one.name, _ENDING.sub("", one.id)
        if pair.kind == "range":
            kind, what = ("range", "Range") if "min" in pair.first.words else ("iqr", "Interquartile range")
            id = self._free(path, f"{base}.{kind}", pair)
            label = re.sub(r"^\S+ of ", "", label_of(pair.first.node)).removesuffix(", 25%")
            return (
                id,
                f"{name}.interval({quoted(id)}, {one.line}, {other.line}, {quoted(f'{what} of {label}')})",
            )
        id = self._free(path, f"{base}.share", pair)
        counts = ", ".join(f"int({each.evidence.expression})" for each in (one, other))
        label = f"Share of {re.sub(r'^(?:Number|Total) of ', '', label_of(pair.first.node))}"
        return id, f"{name}.record({quoted(id)}, {name}.share({counts}), {quoted(label)})"

    def _free(self, path: str, base: str, pair: Pair | Combination) -> str:
        """Return an id that nothing else has, for the same pair the same each time."""
        key = path, f"{pair.first.expression}, {pair.second.expression}", None, base
        if key not in self._ids:
            self._ids[key] = free(base, self._taken)
            self._taken.add(self._ids[key])
        return self._ids[key]

    def _outputs(self, path: str) -> _Outputs | None:
        notebook = self._notebooks.get(path)
        if notebook is None or not is_python(notebook):
            return None
        if path not in self._known:
            self._known[path] = _Outputs.of(notebook)
        return self._known[path]


def _ranked(found: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Return proposals, best first; of one number the one that names it most plainly."""
    ranked = sorted(found, key=lambda each: (-each.fits, -each.support))
    for place, best in enumerate(ranked[:1]):
        same = [each for each in ranked if each is best or (each.fits and _is_same(best, each))]
        plain = min(same, key=lambda each: (_is_rounded(each.evidence), len(each.evidence.expression)))
        ranked.remove(plain)
        ranked.insert(place, plain)
    return tuple(ranked)


def _is_rounded(found: Evidence) -> bool:
    """Whether an expression gives fewer digits than there are."""
    return ".round(" in found.expression


def _is_only_count(number: Untied, found: Sequence[Proposal]) -> bool:
    """Whether a number of two digits or more is one count that its notebook shows, and nothing else there."""
    values = {each.evidence.expression for each in found}
    return len(values) == 1 and found[0].evidence.is_exact and len(re.sub(r"\D", "", number.text)) > 1


def of_one_value(proposals: Sequence[Proposal]) -> bool:
    """Whether proposals differ in how a number was computed, and not in what it is."""
    first, *others = proposals
    if not others:
        return True
    return all(
        each.evidence.number == first.evidence.number and each.unit == first.unit and not each.code
        for each in (first, *others)
    ) and all(first.shared & each.shared or first.evidence.is_exact for each in others)


def sure(proposals: Sequence[Proposal], number: Untied) -> bool:
    """Whether the best of some proposals is the only one that a number can mean."""
    if not proposals:
        return False
    best, *others = proposals
    digits = _digits(number)
    if number.kind == "year" or not best.fits or best.support < NEEDED.get(digits, NEEDED_OF_MANY):
        return False
    return all(not other.fits or other.shared < best.shared or _is_same(best, other) for other in others)


def _is_same(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals are of one number: `x.mean()` and the mean in `x.describe()`."""
    a, b = one.evidence, other.evidence
    if one.code or other.code or a.term != b.term or a.part != b.part or len(one.more) != len(other.more):
        return False
    said, too = (frozenset(_AS_CODE.get(word, word) for word in each.words) for each in (a, b))
    places = [int(each.number.as_tuple().exponent) for each in (a, b)]
    near = abs(a.number - b.number) <= Decimal(1).scaleb(max(places)) / 2
    return near and (said <= too or too <= said) and all(map(_is_same, one.more, other.more))


def unlike_units(chosen: Sequence[Proposal]) -> frozenset[tuple[str, str]]:
    """Return what prose shows in two units, as keys with the unit that is not recorded.

    A part of a family has the unit of its estimate; another output the one that its first number says.
    """
    units = {each.id: each.unit for each in chosen if each.evidence.part == ""}
    for each in sorted(chosen, key=lambda each: not each.unit):
        units.setdefault(each.id, each.unit)
    return frozenset(
        (each.key, each.unit)
        for each in chosen
        if each.evidence.part in (None, *IN_UNIT) and not each.code and each.unit != units.get(each.id, "")
    )


def _digits(number: Untied) -> int:
    """Return how many digits a number shows that say something."""
    shown = numerals.parse(number.text) if number.kind == "formula" else None
    if shown is not None:
        figure = shown.figures[0]
        return len(re.sub(r"\D", "", shown.text[figure.start : figure.end]).strip("0")) or 1
    return len(re.sub(r"\D", "", number.text).strip("0")) or 1


def finest(proposals: Sequence[Proposal], lang: str) -> Proposal:
    """Return one of several proposals of the same output: in the form that shows most digits."""

    def grain(proposal: Proposal) -> float:
        shown = numerals.parse(proposal.like, lang)
        return float(shown.figures[0].grain) if shown else 0.0

    return min(proposals, key=grain)


@dataclass(frozen=True)
class _Outputs:
    """The evidence of a notebook, and how often each of its words speaks for an output."""

    notebook: Notebook
    evidence: tuple[Evidence, ...]

    @classmethod
    def of(cls, notebook: Notebook) -> _Outputs:
        return cls(notebook, tuple(evidence(notebook)))

    @cached_property
    def name(self) -> str:
        """What the notebook calls Tieout, or would."""
        return alias_of(self.notebook) or import_for(self.notebook)[1]

    @cached_property
    def constants(self) -> list[tuple[Decimal, str, str]]:
        """The numbers that the code compares with or gives a name, each with what it is, and the code."""
        found = []
        for cell in self.notebook.code:
            for statement in statements(cell.source) or ():
                for node in ast.walk(statement):
                    said = _constant(node)
                    if said is not None:
                        value, what = said
                        found.append((value, f"{what} of cell {cell.index + 1}", ast.unparse(node)))
        return found

    @cached_property
    def wholes(self) -> list[Whole]:
        """The families that the notebook shows."""
        return wholes(self.evidence)

    @cached_property
    def recorded(self) -> Mapping[str, Evidence]:
        """The outputs that the notebook's code records, by their ids."""
        known = {ast.dump(each.node): each for each in self.evidence if each.part is None}
        found = {}
        for cell in self.notebook.code:
            for statement in statements(cell.source) or ():
                for node in ast.walk(statement):
                    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record":
                        id, value = (*node.args, None, None)[:2]
                        if isinstance(id, ast.Constant) and value and ast.dump(value) in known:
                            found[str(id.value)] = known[ast.dump(value)]
        return found

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(word for each in self.evidence for word in each.words)

    def judged(
        self, found: Evidence, number: Untied, paragraph: frozenset[str]
    ) -> tuple[frozenset[str], float, bool]:
        """Return the words that output and sentence share, their weight, and whether none is against."""
        before, after = clauses.around(number)
        named = clauses.named(number) | clauses.end_of_range(before, after)
        sentence = frozenset(split_words(f"{before} {after}")) | named
        clause = clauses.clause(before, after) | named
        inside = clause if clauses.opening(before) >= 0 else sentence
        meant = statistics(sentence) & statistics(found.words)
        shared = (found.words & sentence) | meant
        support = sum(self._weight(word) for word in shared)
        n_of = "n" in named and (is_count(found.node) or "nobs" in found.words)
        if counted_noun(found, number) or n_of:
            support += COUNTED
        support += RARE * len(meant)
        if found.label and frozenset(split_words(found.label)) <= sentence:
            support += RARE
        if counted_noun(found, number) and not number.sentence.startswith(number.text):
            return shared, support, True
        return shared, support, self._fits(found, sentence, clause, inside, paragraph)

    def _fits(
        self,
        found: Evidence,
        sentence: frozenset[str],
        clause: frozenset[str],
        inside: frozenset[str],
        paragraph: frozenset[str],
    ) -> bool:
        own, said = statistics(found.words), statistics(inside)
        if found.rows & clause and not statistics(found.rows):  # *highest in the North* compares rows
            said -= _EXTREMES
        percentiles = frozenset(filter(_PERCENTILE.fullmatch, found.words))
        if percentiles and not percentiles & sentence and any(map(_PERCENTILE.fullmatch, sentence)):
            return False
        if own and said and not own & said:
            return False
        named = found.rows & sentence or statistics(found.rows) & statistics(sentence)
        if found.rows and not named and not (found.term and self._only_term(found, paragraph)):
            return False
        own_row = found.rows & clause or statistics(found.rows) & statistics(clause)
        named_in = clause if own_row else sentence
        for other in self.evidence:
            theirs, ours = other.words - found.words, found.words - other.words
            kin = found.part is not None and other.expression == found.expression
            here = clause if kin or (found.words | other.words) & clause else sentence
            if theirs & here and not ours & here and not (own & statistics(here)):
                return False
            if found.rows and other.cell == found.cell and (other.rows - found.rows) & named_in:
                return False
        return True

    def _only_term(self, found: Evidence, paragraph: frozenset[str]) -> bool:
        """Whether a paragraph names the term of a model, and no other term of it."""
        others = [
            each.rows - found.rows
            for each in self.evidence
            if each.expression == found.expression and each.term not in (None, found.term)
        ]
        return bool(found.rows & paragraph) and not any(rows & paragraph for rows in others)

    def _weight(self, word: str) -> float:
        return RARE if self._counts[word] <= max(1, len(self.evidence) / 2) else COMMON


def _constant(node: ast.AST) -> tuple[Decimal, str] | None:
    """Return the number that a comparison or an assignment states, and what it is there."""
    sides = [*node.comparators, node.left] if isinstance(node, ast.Compare) else []
    what = "a limit in the code"
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        sides, what = [node.value], "a choice in the code"
    for each in sides:
        value = each.value if isinstance(each, ast.Constant) else None
        if type(value) in (int, float) and isinstance(value, int | float) and abs(value) > 1:
            return Decimal(repr(value)), what
    return None


def _plain(number: Untied, lang: str) -> str:
    """Return the number that a formula states, as prose writes it."""
    shown = numerals.parse(number.text, lang)
    if shown is None:
        return number.text
    start = shown.figures[0].start
    return shown.text[min(start, shown.sign_at[0]) if shown.sign_at[0] >= 0 else start : shown.end]


def counted_noun(found: Evidence, number: Untied) -> str:
    """Return the word after a number that says what a count counts: *penguins* of ``len(penguins)``."""
    if not is_count(found.node):
        return ""
    after = f"{re.sub(r'[^A-Za-z]+', ' ', number.text)} {clauses.around(number)[1]}"
    for word in re.finditer(r"[^\W\d_]{2,}", " ".join(after.split()[:3])):
        if found.words.intersection(split_words(word[0])):
            return word[0].lower()
    return ""


def _agrees(text: str, found: Evidence, unit: str, lang: str) -> bool:
    try:
        quantity = found.in_unit(unit)
    except ValueError:
        return False
    return numerals.says(text, quantity, lang, bare=True)


def _holds(found: Evidence, number: Untied, unit: str, lang: str) -> bool:
    """Whether a number agrees with an output where it stands: *21 at most* says more than *21*."""
    shown = numerals.parse(number.text, lang)
    if shown is None or shown.is_range or shown.is_fixed:
        return True
    before, after = clauses.around(number)
    quantity = found.in_unit(unit)
    wrong = numerals.judged(number.text, quantity, lang, numerals.Context(before, after))
    return wrong is None or wrong.kind in ("bare", "level")  # a level is that of the interval beside it


def quoted(text: str) -> str:
    """Return a text as Python and JSON write it, in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def in_form(proposal: Proposal, like: str) -> Proposal:
    """Return a proposal that is recorded in another form."""
    return replace(proposal, like=like)
