"""The outputs of a notebook, and what of a sentence speaks for each of them or against it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tieout.notebooks import Notebook
from tieout.numerals import without_limits
from tieout.prose import Untied
from tieout.suggest import clauses
from tieout.suggest.cells import alias_of, import_for, statements
from tieout.suggest.evidence import SIZES, Evidence
from tieout.suggest.expressions import initials, is_count, split_words, squashed, statistics, told
from tieout.suggest.gathered import Recorded, gathered
from tieout.suggest.holding import Held
from tieout.suggest.labels import root_name
from tieout.suggest.lined import Line, lines_in
from tieout.suggest.naming import is_other
from tieout.suggest.proposal import COMMON, COUNTED, RARE
from tieout.suggest.rivals import MANY, is_told, tests_of
from tieout.suggest.toldin import SHARES, Units
from tieout.suggest.wholes import Whole, wholes

_PERCENTILE = re.compile(r"[0-9]+%")
_OF_MODELS = frozenset(
    ("regression", "model", "predictor", "pseudo", "adjusted", "logit", "logistic", "ols", "coefficient")
)
_EXTREMES = frozenset(("min", "max"))
# Words of names that say nothing of what is named: *per* of ``per_school``, in *kWh per square metre*.
_LINKS = frozenset(("per", "by", "of", "in", "to", "for", "with", "at", "on", "and", "the"))
_TRUTHS = frozenset(("true", "false"))


@dataclass(frozen=True)
class Outputs:
    """The evidence of a notebook, and how often each of its words speaks for an output.

    ``is_whole`` says whether it is all that the notebook's variables hold, shown or not.
    """

    notebook: Notebook
    evidence: tuple[Evidence, ...]
    records: tuple[Recorded, ...] = ()
    is_whole: bool = False

    @classmethod
    def of(cls, notebook: Notebook, held: Mapping[int, Held] | None = None) -> Outputs:
        """Read the outputs of a notebook, and what its variables ``held``, where that is known."""
        found = gathered(notebook, held or {})
        return cls(notebook, found.evidence, found.recorded, held is not None)

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

    def is_named(self, found: Evidence, number: Untied) -> bool:
        """Whether a sentence says the words of a cell's column, in full where they are cut short."""
        text = " ".join(clauses.around(number))
        said = frozenset(split_words(text)) | self._short(text)
        return bool(found.columns) and found.columns <= said

    @cached_property
    def written(self) -> Mapping[tuple[str, str | None], str]:
        """The ids under which the code records outputs, whether it has been run or not."""
        return {(each.known_as, each.term): each.id for each in reversed(self.records) if each.known_as}

    @cached_property
    def units(self) -> Units:
        """The units in which the numbers can be told."""
        return Units(
            self.notebook, {(each.known_as, each.term): each.unit for each in self.records if each.known_as}
        )

    @cached_property
    def tests(self) -> Mapping[str, str]:
        """Of which test each output is, or what was printed with it."""
        return tests_of(self.evidence)

    @cached_property
    def rows(self) -> frozenset[str]:
        """What rows with a mere number for a label are called: *cultivar 1*."""
        return frozenset(each.row.partition(",")[0].casefold() for each in self.evidence if each.row)

    @cached_property
    def _levels(self) -> Mapping[str, frozenset[str]]:
        """The numbers that are labels of rows, with the words of what is told apart by them."""
        found: dict[str, frozenset[str]] = {}
        for name, _, number in (row.rpartition(" ") for row in self.rows):
            found[number] = found.get(number, frozenset()) | frozenset(split_words(name))
        return found

    def is_level(self, found: Evidence) -> bool:
        """Whether one thing's value is a step of what tables are made by: the 180 kg/ha of the best plot."""
        return bool(found.rows) and found.rows <= self._levels.get(f"{found.number:f}", frozenset())

    @cached_property
    def _labels(self) -> frozenset[str]:
        """The words of all that rows and columns are called."""
        return frozenset(word for each in self.evidence for word in each.rows | each.columns)

    def _short(self, *texts: str) -> frozenset[str]:
        """Return the labels for which texts say the words in full: *bp* where they say *blood pressure*."""
        short = frozenset(word for text in texts for word in initials(text)) & self._labels
        return short.union(*(squashed(text, self._labels) for text in texts))

    @cached_property
    def _things(self) -> Mapping[str, frozenset[str]]:
        """What tells each output from others: its rare words, but for the variable that it starts from."""
        return {
            each.known_as: frozenset(word for word in each.words if self._weight(word) == RARE)
            - frozenset(split_words(root_name(each.node)))
            for each in self.evidence
        }

    @cached_property
    def wholes(self) -> list[Whole]:
        """The families that the notebook shows."""
        return wholes(self.evidence)

    @cached_property
    def lines(self) -> list[Line]:
        """The columns and rows of the tables that the notebook shows, or holds."""
        return lines_in(self.evidence)

    @cached_property
    def recorded(self) -> Mapping[str, Evidence]:
        """The outputs that the notebook's code records, by their ids."""
        return {
            each.id: self.known_as[each.known_as] for each in self.records if each.known_as in self.known_as
        }

    @cached_property
    def known_as(self) -> Mapping[str, Evidence]:
        """The outputs by what tells them apart, but for the parts of families."""
        return {each.known_as: each for each in self.evidence if each.part is None}

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(word for each in self.evidence for word in each.words)

    def judged(
        self, found: Evidence, number: Untied, paragraph: frozenset[str]
    ) -> tuple[frozenset[str], float, bool]:
        """Return the words that output and sentence share, their weight, and whether none is against."""
        before, after = map(without_limits, clauses.around(number))
        named = clauses.named(number) | clauses.end_of_range(before, after)
        sentence = frozenset(split_words(f"{before} {after}")) | named | self._short(f"{before} {after}")
        clause = clauses.clause(before, after) | named | self._short(*clauses.clause_text(before, after))
        inside = clause if clauses.opening(before) >= 0 else sentence
        meant = told(sentence) & statistics(found.words)
        shared = (found.words & sentence - _LINKS) | meant
        support = sum(self._weight(word) for word in shared)
        n_of = "n" in named and (is_count(found.node) or bool(found.words & SIZES))
        if counted_noun(found, number) or n_of:
            support += COUNTED
        if "nob" in found.words and "n" in named and (model := sentence & _OF_MODELS):
            return shared | model, support + COUNTED, True  # its own, however many rows the data have
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
        own, said = statistics(found.words), told(inside)
        if found.rows & clause and not statistics(found.rows):  # *highest in the North* compares rows
            said -= _EXTREMES
        percentiles = frozenset(filter(_PERCENTILE.fullmatch, found.words))
        if percentiles and not percentiles & sentence and any(map(_PERCENTILE.fullmatch, sentence)):
            return False
        if own and said and not own & said:
            return False
        named = found.rows & sentence or statistics(found.rows) & told(sentence)
        if found.rows and not named and not (found.term and self._only_term(found, paragraph)):
            return False
        own_row = found.rows & clause or statistics(found.rows) & told(clause)
        named_in = clause if own_row else sentence
        for other in self.evidence:
            theirs, ours = other.words - found.words, found.words - other.words
            kin = found.part is not None and other.known_as == found.known_as
            here = clause if kin or (found.words | other.words) & clause else sentence
            if theirs & here and not ours & here and not (own & told(here)):
                return False
            if found.rows and other.cell == found.cell and (other.rows - found.rows) & named_in:
                return False
        return True

    def is_other(self, found: Evidence, number: Untied, lang: str) -> bool:
        """Whether a number is surely not what an output is, by the words around it."""
        if found.part is not None:
            return False
        return is_other(number, found.words, self._things[found.known_as], found.is_whole, lang)

    def is_doubtful(self, found: Evidence, number: Untied, meant: frozenset[str] = frozenset()) -> bool:
        """Whether an output is a cell of a table of rows and columns that nothing tells from the others.

        A column with a mere number or truth for a label has to be named with it; for a single digit the words
        of row and column both have to stand in its clause. ``meant`` are the words that a pronoun stands for.
        """
        before, after = clauses.around(number)
        sentence = frozenset(split_words(f"{before} {after}")) | self._short(f"{before} {after}")
        if found.rows and not found.rows <= sentence | meant and not statistics(found.rows):
            table = _table(found.node)
            kin = [
                each
                for each in self.evidence
                if each.rows and each.cell == found.cell and _table(each.node) == table
            ]
            stated = [each.rows for each in kin if each.columns == found.columns and is_told(each, number)]
            for other in kin:  # *2.2 times as much as US Steel* is of no third firm
                is_named = other.rows <= sentence and not other.rows <= found.rows
                if is_named and other.rows not in stated:
                    return True  # where the sentence states that row's own number, it leaves this one
        if not found.columns:
            return False
        digits = sum(map(str.isdigit, number.text))
        is_named = bool(found.rows & (sentence | meant)) or bool(statistics(found.rows))
        if _is_unsaid(found.columns) and not found.columns & sentence:
            return not (is_named and digits >= MANY)
        if 1 < digits < MANY and not is_named and _is_unsaid(found.columns):
            return True  # *over 20 years, from 1935*, and no firm's 20.36 of 1935
        if digits > 1:
            return False
        named = clauses.named(number)
        clause = clauses.clause(before, after) | named | self._short(*clauses.clause_text(before, after))
        if "n" in named and found.columns & SIZES:
            return not found.rows & sentence
        if digits == 0 and number.kind == "word" and found.columns & SHARES:
            others = frozenset[str]().union(*(each.rows for each in self.evidence if each.cell == found.cell))
            is_alone = bool(found.rows & sentence) and not (others - found.rows) & sentence
            return not (is_alone or found.rows & clause)  # *a fifth* says that it is a share
        return not all(
            (each & clause and not _is_unsaid(each)) or statistics(each) & told(clause)
            for each in (found.rows, found.columns)
        )

    def _only_term(self, found: Evidence, paragraph: frozenset[str]) -> bool:
        """Whether a paragraph names the term of a model, and no other term of it."""
        others = [
            each.rows - found.rows
            for each in self.evidence
            if each.known_as == found.known_as and each.term not in (None, found.term)
        ]
        return bool(found.rows & paragraph) and not any(rows & paragraph for rows in others)

    def _weight(self, word: str) -> float:
        return RARE if self._counts[word] <= max(1, len(self.evidence) / 2) else COMMON


def _is_unsaid(words: frozenset[str]) -> bool:
    """Whether the words of a label are mere numbers or truths."""
    return all(word in _TRUTHS or word[:1].isdigit() for word in words)


def _table(node: ast.expr) -> str:
    """Return the code of the table that an expression picks a value of by its labels."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "loc":
        return ast.dump(node.value.value)
    return ""


def _constant(node: ast.AST) -> tuple[Decimal, str] | None:
    """Return the number that a comparison or an assignment states, and what it is there."""
    sides = [*node.comparators, node.left] if isinstance(node, ast.Compare) else []
    what = "a limit in the code"
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        sides, what = [node.value], "a choice in the code"
    for each in sides:
        value = each.value if isinstance(each, ast.Constant) else None
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) > 1:
            return Decimal(repr(value)), what
    return None


def counted_noun(found: Evidence, number: Untied) -> str:
    """Return the word after a number that says what a count counts: *penguins* of ``len(penguins)``."""
    if not is_count(found.node):
        return ""
    after = f"{re.sub(r'[^A-Za-z]+', ' ', number.text)} {clauses.around(number)[1]}"
    for word in re.finditer(r"[^\W\d_]{2,}", " ".join(after.split()[:3])):
        if found.words.intersection(split_words(word[0])):
            return word[0].lower()
    return ""
