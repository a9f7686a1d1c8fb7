"""Findings: relations and references of the source that do not hold, in words for readers of the report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Literal

from tieout.data import Facts, Field, Package, Resource, Row
from tieout.findings import contradiction, made, references
from tieout.findings.made import Made, slug
from tieout.markdown import escape, visible, without_ties
from tieout.numbers import Leaf
from tieout.problems import InputError, Problem
from tieout.relations import Outcome

FILE = "data/findings.csv"
NAME = "findings"
COLUMNS = ("id", "status", "reason")
EXPECTED: Literal["expected"] = "expected"
SPOKEN = ("title", "text", "reason")  # what of a finding is in a language
FIELDS = {"title": "heading"}
Agrees = Callable[[str, str, str | None], bool]  # what is shown, an id, a column


@dataclass(frozen=True)
class Finding:
    """One thing in the source that does not hold.

    Parameters
    ----------
    id
        Its name, and its anchor on the page.
    heading, text
        What is said of it: a heading and paragraphs, in Markdown. What the ledger holds is tied to it.
    kind
        ``relation`` or ``reference``.
    status, reason
        Whether somebody has looked at it, and what they say.
    entries
        The ledger entries concerned.
    works
        Keys of the works concerned, of a finding about references.
    rank
        Its place among the findings, from 1: what more of the report depends on comes first.
    path, line, cell
        Where what it is about stands.
    quoted
        What its text takes as it stands in data and notebooks: numbers in it need no tie.
    made
        The numbers that it computes itself.
    """

    id: str
    heading: str
    text: str
    kind: Literal["relation", "reference"] = "relation"
    status: Literal["expected", "new"] = "new"
    reason: str = ""
    entries: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    rank: int = 0
    path: str = ""
    line: int | None = None
    cell: int | None = None
    quoted: tuple[str, ...] = ()
    made: tuple[Made, ...] = ()

    @property
    def title(self) -> str:
        """Its heading in plain text."""
        return visible(self.heading)

    def to_json(self) -> dict[str, Any]:
        """Return it as `ledger.json` holds it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "heading": self.heading,
            "text": self.text,
            "status": self.status,
            "reason": self.reason,
            "entries": list(self.entries),
            "works": list(self.works),
            "quoted": list(self.quoted),
            "rank": self.rank,
        }


def in_words(finding: Finding, words: Mapping[str, str]) -> Finding:
    """Return a finding as an edition tells it: its words stand under `finding-market-cagr.title`, say."""
    told = {
        FIELDS.get(part, part): words[name] for part in SPOKEN if (name := f"{finding.id}.{part}") in words
    }
    return replace(finding, **told) if told else finding  # type: ignore[arg-type]


def tied_where(finding: Finding, agrees: Agrees) -> Finding:
    """Return a finding with those ties alone that agree with the ledger.

    A range may be told more coarsely than its entry, and in another language than the report's.
    """
    heading, text = (without_ties(each, agrees) for each in (finding.heading, finding.text))
    return replace(finding, heading=heading, text=text)


def collect(
    facts: Facts,
    outcomes: Iterable[Outcome],
    dependents: Callable[[str], int],
    expected: Mapping[str, str],
    cited: Collection[str],
    lang: str = "en",
) -> tuple[list[Finding], list[Problem]]:
    """Return the findings, the weightiest first, and what is wrong with the list of expected ones.

    Parameters
    ----------
    dependents
        How many entries and uses depend on an entry.
    expected
        The reason for each expected finding, by id.
    cited
        The works that the chapters cite.
    lang
        The language of the edition, in which numbers that a finding makes are called.
    """
    outcomes = list(outcomes)
    # Without a data package there is no source whose references could be found wanting.
    found = [*_relations(facts, outcomes, lang), *(_references(facts, cited) if facts.package.text else ())]
    weight = {finding.id: sum(map(dependents, finding.entries)) for finding in found}
    found.sort(key=lambda finding: -weight[finding.id])
    found = [
        replace(
            finding,
            rank=rank,
            status=EXPECTED if finding.id in expected else "new",
            reason=expected.get(finding.id, ""),
        )
        for rank, finding in enumerate(found, 1)
    ]
    return found, [*_unseen(found), *_stale(found, expected)]


def _relations(facts: Facts, outcomes: Sequence[Outcome], lang: str) -> Iterator[Finding]:
    taken: set[str] = set()
    for outcome in outcomes:
        if outcome.status != "fails":
            continue
        relation = outcome.relation
        name = relation.left.id if isinstance(relation.left, Leaf) else relation.id
        if name in taken:
            name = relation.id
        taken.add(name)
        outcome = made.named(outcome, f"finding.{slug(name)}", facts, lang)
        changed = made.changes(outcome, outcomes, facts, lang)
        yield Finding(
            _anchor(name),
            contradiction.title(outcome, facts),
            contradiction.text(outcome, changed, facts),
            "relation",
            entries=outcome.entries,
            path=relation.path,
            line=relation.line,
            cell=relation.cell,
            quoted=tuple(dict.fromkeys(filter(None, contradiction.quoted(outcome, facts)))),
            made=tuple(made.numbers(outcome, changed, facts, lang)),
        )


def _references(facts: Facts, cited: Collection[str]) -> Iterator[Finding]:
    for reference in references.examine(facts, cited):
        work = reference.works[0]
        yield Finding(
            _anchor(f"{work.key}.{reference.rule}"),
            escape(reference.title),
            reference.text,
            "reference",
            entries=reference.entries,
            works=tuple(each.key for each in reference.works),
            path=work.path,
            line=work.line,
        )


def _anchor(name: str) -> str:
    """Return a name as an id that pages and addresses take as it is: ``finding-market-cagr``."""
    return f"finding-{slug(name)}"


def _unseen(found: Iterable[Finding]) -> Iterator[Problem]:
    for finding in found:
        if finding.status == "new":
            what = f"a new finding: {finding.title}"
            hint = f"look at it, then correct the data, or add `{finding.id},{EXPECTED},` and why to {FILE}"
            yield Problem(what, hint, finding.path, finding.line, finding.id, "new-finding")


def _stale(found: Iterable[Finding], expected: Mapping[str, str]) -> Iterator[Problem]:
    known = {finding.id for finding in found}
    for line, id in enumerate(expected, 2):
        if id not in known:
            near = get_close_matches(id, known - {*expected}, n=1)
            hint = "see what changed, then remove the row" + (f"; {near[0]} is new" if near else "")
            yield Problem(f"the finding {id} no longer occurs", hint, FILE, line, id, "stale-finding")


def read_expected(package: Package) -> Mapping[str, str]:
    """Return the reason for each finding that somebody has looked at, by id.

    Raises
    ------
    InputError
        The table cannot be read, or a row is wrong.
    """
    resource = next((each for each in package.resources if each.name == NAME), None)
    if resource is None:
        if not package.files.exists(FILE):
            return {}
        resource = Resource(NAME, FILE, tuple(map(Field, COLUMNS)), "", None, False)
    reasons: dict[str, str] = {}
    for row in package.rows(resource):
        if not isinstance(row, Row):
            raise InputError([row])
        id, status, reason = (row.cells.get(name, "").strip() for name in COLUMNS)
        wrong = (
            f"the status {status!r} is not {EXPECTED!r}" if status != EXPECTED
            else f"{id or 'a finding'} has no reason" if not (id and reason)
            else f"{id} is listed twice" if id in reasons
            else ""
        )  # fmt: skip
        if wrong:
            hint = "write its id, `expected`, and why the finding stands"
            raise InputError(wrong, hint, path=resource.path, line=row.line, rule=NAME)
        reasons[id] = reason
    return reasons
