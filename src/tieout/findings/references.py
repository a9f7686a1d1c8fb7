"""What does not hold about the works of a source: missing, unused, doubled, or dated otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from tieout.data import Fact, Facts, Work
from tieout.data.sourcetext import section_of
from tieout.markdown import escape, tied

YEARS = range(1990, 2036)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_FIRST_YEAR = re.compile(r"\d{4}")
_AHEAD = frozenset(("projected", "target"))
SLACK = 2
SHOWN = 3


@dataclass(frozen=True)
class Reference:
    """One thing about a work that does not hold: its rule, and what is said of it."""

    rule: str
    works: tuple[Work, ...]
    title: str
    text: str
    entries: tuple[str, ...]


def examine(facts: Facts, cited: Collection[str]) -> list[Reference]:
    """Return what does not hold about the works, in the order of the bibliography.

    Parameters
    ----------
    cited
        Keys of the works that the chapters cite.
    """
    works = list(facts.bibliography.values())
    leaning: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts.values():
        leaning[fact.source].append(fact)
    found: list[Reference] = []
    for work in works:
        found += _unlisted(work, leaning[work.key])
        found += _unused(work, leaning[work.key], cited)
        found += _misdated(work, leaning[work.key])
        found += _ahead(work, leaning[work.key])
    return [*found, *_doubled(works, leaning)]


def doi_years(doi: str) -> list[int]:
    """Return the years that stand in the suffix of a DOI, each as four digits of their own.

    Examples
    --------
    >>> doi_years("10.1136/svn-2017-000101"), doi_years("10.1148/radiol.221847"), doi_years("10.2020/x")
    ([2017], [], [])
    """
    suffix = doi.partition("/")[2]
    return [int(digits) for digits in _YEAR.findall(suffix) if int(digits) in YEARS]


def _unlisted(work: Work, leaning: Sequence[Fact]) -> Iterator[Reference]:
    """Give works that the text cites and the reference list lacks."""
    if not work.unlisted:
        return
    name = escape(work.citation)
    text = (
        f"The text cites {name}{_sections(leaning)}, and the reference list has no such work. "
        f"Without title, journal or DOI nobody can tell which work is meant."
    )
    if leaning:
        text += (
            f"\n\nWhat this report takes from it cannot be followed further than the source "
            f"({_quoted(leaning)})."
        )
    title = f"{work.citation}: cited, and not in the reference list"
    yield Reference("unlisted", (work,), title, text, _ids(leaning))


def _unused(work: Work, leaning: Sequence[Fact], cited: Collection[str]) -> Iterator[Reference]:
    """Give works that the reference list has and nothing cites, no chapter and no fact."""
    if leaning or work.key in cited or work.unlisted:
        return
    text = (
        f"The reference list has {escape(work.citation)}"
        + (f", “{escape(work.title)}”" if work.title else "")
        + ", and nothing in the text is attributed to it."
    )
    yield Reference("uncited", (work,), f"{work.citation}: listed, and never cited", text, ())


def _misdated(work: Work, leaning: Sequence[Fact]) -> Iterator[Reference]:
    """Give works whose DOI carries another year.

    Publishers put the year of submission or of publication into a DOI. It may come before the year of
    publication, by `SLACK` years at most, and never after it.
    """
    if not work.doi or not work.year:
        return
    stated = int(work.year)
    years = doi_years(work.doi)
    if not years or any(0 <= stated - year <= SLACK for year in years):
        return
    year = min(years, key=lambda each: abs(each - stated))
    text = (
        f"The reference list dates {escape(work.citation)} to {stated}. "
        f"Its DOI, `{work.doi}`, carries the year {year}. "
        f"The year in a DOI is that of submission or of publication, so both cannot be right: "
        f"either the year is wrong, or the DOI belongs to another work."
    )
    if leaning:
        text += (
            f"\n\nThis does not make the statements that rest on the work wrong, but a reader cannot be sure "
            f"where to look them up ({_quoted(leaning)})."
        )
    title = f"{work.citation}: the DOI says {year}"
    yield Reference("doi-year", (work,), title, text, _ids(leaning))


def _ahead(work: Work, leaning: Sequence[Fact]) -> Iterator[Reference]:
    """Give works that are cited for what came after them; only projections and targets may lie ahead."""
    if not work.year:
        return
    late = [fact for fact in leaning if _begins(fact) > int(work.year) and not _AHEAD & {*fact.qualifiers}]
    if not late:
        return
    years = sorted({_begins(fact) for fact in late})
    told = [_year(year, late) for year in years]
    dated = " and ".join(map(str, years)) if len(years) < 3 else f"{years[0]} to {years[-1]}"
    spoken = " and ".join(told) if len(years) < 3 else f"{told[0]} to {told[-1]}"
    text = (
        f"{escape(work.citation)} is cited for what the source dates to {spoken} "
        f"({_quoted(late, names=True)}). "
        f"A work of {work.year} cannot report it, and the source presents it as neither plan nor forecast. "
        f"The statement may well be true; the reference for it is another one."
    )
    title = f"{work.citation}: cited for what is dated {dated}"
    yield Reference("later", (work,), title, text, _ids(late))


def _year(year: int, facts: Sequence[Fact]) -> str:
    """Write a year, tied to the first statement that is of it."""
    fact = next((fact for fact in facts if fact.period == str(year)), None)
    return tied(str(year), fact.id, "year") if fact else str(year)


def _begins(fact: Fact) -> int:
    match = _FIRST_YEAR.match(fact.period)
    return int(match[0]) if match else 0


def _doubled(works: Sequence[Work], leaning: dict[str, list[Fact]]) -> Iterator[Reference]:
    """Give works that stand in the reference list twice, by DOI or by title and year."""
    groups: dict[tuple[str, ...], list[Work]] = defaultdict(list)
    for work in works:
        if work.doi:
            groups["doi", work.doi.lower()].append(work)
        if work.title:
            groups["title", re.sub(r"\W+", " ", work.title.lower()).strip(), work.year or ""].append(work)
    told: set[tuple[str, ...]] = set()
    for (by, *_), group in groups.items():
        keys = tuple(work.key for work in group)
        if len(group) < 2 or keys in told:
            continue
        told.add(keys)
        same = "DOI" if by == "doi" else "title and year"
        names = " and ".join(escape(work.citation) for work in group)
        text = f"{names} have the same {same}: the reference list has one work under two entries."
        entries = tuple(id for work in group for id in _ids(leaning[work.key]))
        yield Reference("doubled", tuple(group), f"{group[0].citation}: listed twice", text, entries)


def _ids(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(fact.id for fact in facts)


def _sections(facts: Sequence[Fact]) -> str:
    """Name the sections whose paragraphs cite a work; tables and diagrams carry no citations."""
    places = [locator for fact in facts for locator in fact.locators if ":p" in locator]
    named = list(dict.fromkeys(map(section_of, places)))
    if not named or not all(section[:1].isdigit() for section in named):
        return ""
    return f" in section{'' if len(named) == 1 else 's'} {_listed(named)}"


def _quoted(facts: Sequence[Fact], names: bool = False) -> str:
    """Quote what facts are about, numbers before names, three at most.

    Parameters
    ----------
    names
        Whether to say the names too, not only what they are about.
    """
    ordered = sorted(facts, key=lambda fact: not fact.is_number)
    labels = list(dict.fromkeys(f"“{_named(fact, names and not fact.is_number)}”" for fact in ordered))
    few = len(labels) <= SHOWN + 1 and len(labels) == len(facts)
    return _listed(labels) if few else f"among them {_listed(labels[:SHOWN])}"


def _named(fact: Fact, name: bool) -> str:
    """Return what a fact is about, and its name, each tied where it has a number."""
    parts = ((fact.label, "label"), *([(fact.value, "")] if name else ()))
    return ": ".join(
        tied(escape(text), fact.id, column) if any(map(str.isdigit, text)) else escape(text)
        for text, column in parts
    )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
