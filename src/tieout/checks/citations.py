"""The citations check: what is cited is in the bibliography and the other way round, with its years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from tieout.data import Bibliography
from tieout.markdown.roles import cited as cited_by_roles
from tieout.problems import Count, Problem, Report, Severity
from tieout.project import Project, read_front
from tieout.prose import Passage, Sources, keys
from tieout.workspace import Workspace

# Quarto's prefixes of labels; what starts with one refers to something in the book.
LABELS = frozenset(
    (
        "fig",
        "tbl",
        "lst",
        "eq",
        "sec",
        "ch",
        "apx",
        "thm",
        "lem",
        "cor",
        "prp",
        "cnj",
        "def",
        "exm",
        "exr",
        "rem",
    )
) | frozenset(("sol", "alg", "nte", "tip", "wrn", "imp", "cau"))
ALL = "*"
_AND = r"(?:et\s+al\.?|and\s+(?:others|colleagues)|(?:and|&)\s+[\w'’-]+)"
_WITH = re.compile(r"(?:and|&)\s+([\w'’-]+)$")  # whom the second name of a pair is
_AFTER = re.compile(r"([^\W\d_a-z][\w'’-]*)\s*(?:,|,?\s(?:and|&))\s*$")  # who stands before a name in a list
_EXAMPLE = re.compile(r"^[ \t]*\(@([\w-]+)\)[ \t]", re.M)
_KEY = re.compile(r"@(\*|\{[^}\s]+\}|\w(?:[\w:.#$%&+?<>~/-]*\w)?)")


@dataclass(frozen=True)
class Citation:
    """One key cited, and where."""

    key: str
    path: str
    line: int
    where: str = ""


def check(workspace: Workspace) -> Report:
    """Compare citations and bibliography both ways, and the years typed beside names with its entries.

    Raises
    ------
    InputError
        A chapter, the data or the bibliography cannot be read.
    """
    project, works, sources = workspace.project, workspace.bibliography, workspace.sources
    cited = list(_citations(sources, works))
    named = list(_nocite(project))
    gaps = [each for each in (*cited, *named) if each.key not in {*works, ALL}]
    unknown = [_unknown(each, works, project.is_strict(each.path)) for each in gaps]
    missing = len(unknown)
    if not works:
        unknown = list(_unmeant(unknown))
    used = {each.key for each in (*cited, *named)}
    has_facts = workspace.has_facts
    if has_facts:
        used |= {fact.source for fact in workspace.facts.values()}
    idle = (
        []
        if ALL in used
        else [_idle(work.path, work.line, key) for key, work in works.items() if key not in used]
    )
    uncited = len(idle)
    if idle and not has_facts:
        idle = [_shared(idle)]
    years, wrong = _years(sources.passages, works)
    if not has_facts:  # a work that is named and not cited may be another one of the same people
        wrong = [
            each if project.is_strict(each.path) else replace(each, severity="warning") for each in wrong
        ]
    faulty = {problem.id for problem in works.problems if problem.severity == "error"}
    counts = [
        Count(
            "citations are in the bibliography",
            len(cited) + len(named) - missing,
            len(cited) + len(named),
        ),
        Count("works are cited, by a chapter or a fact", len(works) - uncited, len(works)),
        Count("works have what their type requires", len(works) - len(faulty), len(works)),
        *([Count("years beside names agree", years - len(wrong), years)] if years else []),
    ]
    said = list(works.problems)
    if not has_facts:  # a shared file has many works that are no concern of this report
        said = [replace(each, severity="warning") for each in said if ALL in used or each.id in used]
    return Report("citations", counts, [*unknown, *idle, *wrong, *said])


def _citations(sources: Sources, works: Bibliography) -> Iterator[Citation]:
    """Give every citation of the chapters: keys in Markdown that are no labels of the book's own."""
    kinds = LABELS | _own_kinds(sources.project)
    for passage, found in keys(sources):
        if passage.attribute:
            continue
        for key, line in found:
            if key in works or not (_is_label(key, kinds) or key in _EXAMPLE.findall(passage.markdown)):
                yield Citation(key, passage.path, line, passage.where)
        for offset, key in cited_by_roles(passage.markdown):
            if key in works:  # of others the build says that there are none
                yield Citation(key, passage.path, passage.line(offset), passage.where)


def _is_label(key: str, kinds: frozenset[str]) -> bool:
    kind, dash, _ = key.partition("-")
    return bool(dash) and kind[:1].lower() + kind[1:] in kinds


def _own_kinds(project: Project) -> frozenset[str]:
    """Return the kinds of cross-reference that a project adds to Quarto's."""
    custom = project.crossref.get("custom")
    listed = custom if isinstance(custom, list) else []
    return frozenset(str(each["key"]) for each in listed if isinstance(each, Mapping) and "key" in each)


def _nocite(project: Project) -> Iterator[Citation]:
    """Give what `nocite` names, of the project and of each chapter."""
    given = project.configuration.get("nocite")
    for key in _keys(given):
        yield Citation(key, project.file_of("nocite"), project.line_of("nocite"), "nocite")
    for chapter in project.chapters:
        name = str(chapter.path)
        for key in _keys(read_front(project.files, name).metadata.get("nocite")):
            yield Citation(key, name, _line(project.files.text(name), key), "nocite")


def _keys(given: object) -> Iterator[str]:
    for item in given if isinstance(given, list) else [given] if given else []:
        yield from (key.strip("{}") for key in _KEY.findall(str(item)))


def _line(text: str, key: str) -> int:
    start = max(text.find("nocite"), 0)
    return text.count("\n", 0, max(text.find(f"@{key}", start), start)) + 1


def _unknown(citation: Citation, works: Bibliography, strict: bool) -> Problem:
    near = get_close_matches(citation.key, works, n=1)
    hint = f"did you mean @{near[0]}?" if near else "add the work to the bibliography, or correct the key"
    what = f"@{citation.key} is not in the bibliography"
    place = (citation.path, citation.line, citation.key)
    severity: Severity = "error" if strict else "warning"
    return Problem(what, hint, *place, rule="unknown-citation", where=citation.where, severity=severity)


def _unmeant(unknown: Sequence[Problem]) -> Iterator[Problem]:
    """Give one warning a chapter where there are no works: what begins with `@` may be meant as it stands."""
    by_path: dict[object, list[Problem]] = defaultdict(list)
    for each in unknown:
        by_path[each.path].append(each)
    for group in by_path.values():
        names = list(dict.fromkeys(f"@{each.id}" for each in group))
        if len(names) == 1 or group[0].severity == "error":
            yield from group
            continue
        what = f"{', '.join(names[:3])}{', …' if names[3:] else ''} are read as citations; nothing has works"
        yield replace(group[0], what=what, hint="write `\\@` for the sign alone, or name a `bibliography`")


def _idle(path: str, line: int, key: str) -> Problem:
    what = f"no chapter and no fact cites {key}"
    hint = "cite it where it is used, name it in `nocite`, or remove the entry"
    return Problem(what, hint, path, line, key, rule="uncited")


def _shared(idle: Sequence[Problem]) -> Problem:
    """Return one line for works of a shared bibliography that a project without facts does not cite."""
    names = ", ".join(str(each.id) for each in idle[:3]) + (", …" if len(idle) > 3 else "")
    what = f"{len(idle)} work{'' if len(idle) == 1 else 's'} of the bibliography not cited: {names}"
    return Problem(
        what, "nothing, where the file is shared", idle[0].path, rule="uncited", severity="warning"
    )


def _years(passages: Sequence[Passage], works: Bibliography) -> tuple[int, list[Problem]]:
    """Look at years typed beside the names of authors: ``Chen et al. (2022)``, ``(NMPA, 2025)``."""
    dated: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for work in works.values():
        for name in work.names if work.year else ():
            if name != "others":
                dated[name][str(work.year)].append(work.key)
    if not dated:
        return 0, []
    names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(dated, key=len, reverse=True))
    pattern = re.compile(
        rf"(?<!\w)(?P<name>{names})(?:['’]s)?(?P<al>,?\s+{_AND})?(?P<gap>,?\s*[(\[]|,?\s+)"
        r"(?P<year>[12]\d{3})(?![\d–-])[a-z]?(?=\W|$)"
    )
    begins = re.compile("|".join(sorted({re.escape(name.split()[0]) for name in dated if name.split()})))
    count, wrong = 0, []
    for passage in passages:
        if not begins.search(passage.markdown):
            continue
        found = passage.scan
        for match in pattern.finditer(found.prose):
            opened = found.prose[: match.start()].rstrip().endswith(("(", ";", "["))
            if not (match["al"] or match["gap"].strip(" ,\u00a0\n") or opened):
                continue
            years = dated[" ".join(match["name"].split())]
            if not _may_mean(match, found.prose, years, works):
                continue
            count += 1
            if match["year"] in years:
                continue
            key = next(iter(years.values()))[0]
            what = f"`{' '.join(match[0].split())}` stands beside a work of {' and '.join(sorted(years))}"
            hint = f"correct the year, or let @{key} write name and year"
            line = passage.line(found.at[match.start("year")])
            wrong.append(Problem(what, hint, passage.path, line, key, "year", passage.where))
    return count, wrong


def _may_mean(
    match: re.Match[str], text: str, years: Mapping[str, Sequence[str]], works: Bibliography
) -> bool:
    """Whether the names that are listed around an author's are those of one work of his or hers."""
    before, after = _AFTER.search(text[: match.start()]), _WITH.search(match["al"] or "")
    first = {before[1]} if before else set()
    second = {after[1]} - {"others", "colleagues"} if after else set()
    authors = (set(works[key].names) for keys in years.values() for key in keys)
    return any(first <= each and (second <= each or "others" in each) for each in authors)
