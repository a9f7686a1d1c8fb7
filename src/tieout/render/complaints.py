"""What filters, pandoc and the finished trees find wrong, as problems at lines of the sources."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from tieout.harmless import follows
from tieout.markdown.preflight import excesses
from tieout.problems import InputError, Problem, Severity
from tieout.project import Chapter, Project
from tieout.render.text import Source
from tieout.render.tree import Node, identifiers, nodes, plain, retarget

# What Quarto shows with a gap, and we too unless a project asks for ties.
LENIENT = frozenset(
    (
        "reference",
        "citation",
        "link",
        "picture",
        "footnote",
        "math",
        "label",
        "include",
        "var",
        "meta",
        "shortcode",
    )
)
RAW_ID = re.compile(r"""\sid=(["'])(.*?)\1""")


def at(
    source: Source,
    chapter: Chapter,
    needles: Iterable[str],
    what: str,
    hint: str,
    rule: str,
    id: str | None = None,
    severity: Severity = "error",
) -> Problem:
    """Return a problem at the line that has one of the texts, else at the chapter's first."""
    line = source.place(needles)
    path, number = (line.path, line.number) if line else (str(chapter.path), 1)
    return Problem(what, hint, path=path, line=number, id=id, rule=rule, severity=severity)


def refuse_excess(source: Source) -> None:
    """Refuse a text that pandoc would need minutes for, included files and all.

    Raises
    ------
    InputError
        There is too much in it, at its lines.
    """
    problems = []
    for excess in excesses(source.markdown):
        line = source.lines[min(excess.line, len(source.lines)) - 1]
        problems.append(Problem(excess.what, excess.hint, path=line.path, line=line.number, rule="excess"))
    if problems:
        raise InputError(problems)


@dataclass(frozen=True)
class Complaint:
    """What is wrong, as plain data: where, the source says, by the texts that its line may have.

    It is kept with what a step gives, which does not follow from the lines of the source.
    """

    needles: Sequence[str]
    what: str
    hint: str
    rule: str
    id: str | None = None
    severity: Severity = "error"


def kept(complaints: Iterable[Complaint]) -> list[dict[str, Any]]:
    """Return complaints as a step keeps them."""
    return [asdict(each) for each in complaints]


def placed(known: Iterable[Mapping[str, Any]], source: Source, chapter: Chapter) -> Iterator[Problem]:
    """Give complaints that were kept as problems at their lines."""
    for each in known:
        if each["rule"] == "footnote" and source.place(each["needles"]) is None:
            continue  # written with backslashes: brackets, and no note
        yield at(source, chapter, **each)


def found(meta: Mapping[str, Any]) -> Iterator[Complaint]:
    """Give what the engine's own filters found."""
    for item in meta.get("tieout-found", {"c": []})["c"]:
        said = {key: plain(value) for key, value in item["c"].items()}
        severity: Severity = "warning" if said["severity"] == "warning" else "error"
        needle, rule = said["needle"], said["rule"]
        id = needle.removeprefix("@") if rule in ("citation", "reference") else None
        yield Complaint([needle], said["what"], said["hint"], rule, id, severity)


def ties(meta: Mapping[str, Any]) -> Iterator[Complaint]:
    """Give the ties that the ledger does not know."""
    for item in meta.get("tieout-problems", {"c": []})["c"]:
        said = {key: plain(value) for key, value in item["c"].items()}
        needles = [f"tie:{said['id']}" if said["id"] else "tie:", "tie:"]
        yield Complaint(needles, said["what"], said["hint"], "tie", said["id"] or None)


def citations(warnings: Iterable[str]) -> Iterator[Complaint]:
    """Give the citations that citeproc could not find."""
    for warning in warnings:
        if "not found" not in warning:
            continue
        key = warning.split("citation", 1)[-1].split("not found")[0].strip()
        hint = "correct the key, or add the work to the bibliography"
        yield Complaint([f"@{key}"], f"no work has the key `{key}`", hint, "citation")


def links(ast: Node) -> Iterator[Complaint]:
    """Give the links within a page that lead nowhere."""
    known = set(identifiers(ast["blocks"]))
    raw = "".join(node["c"][1] for node in nodes(ast["blocks"], "RawBlock", "RawInline"))
    known |= {match[2] for match in RAW_ID.finditer(raw)}
    for node in nodes(ast["blocks"], "Link"):
        url = node["c"][2][0]
        anchor = url[1:]
        if not url.startswith("#") or not anchor or anchor.startswith("ref-"):
            continue
        if anchor not in known:
            what, hint = f"there is no `{url}` in this chapter", "correct the link, or give the label"
            yield Complaint([f"({url})", url], what, hint, "link")


def removed(parts: Iterable[str]) -> Iterator[Complaint]:
    """Give what was left out of a page because it could run, load or lead elsewhere."""
    for part in parts:
        needle = part.split(" of ")[0].rstrip(">")
        hint = "write it in Markdown, or name the chapter under `tieout: trust:` if it is your own HTML"
        yield Complaint([needle], f"{part} is left out", hint, "harmful", severity="warning")


def leading(ast: Node) -> Iterator[Complaint]:
    """Make text of each link whose address runs something or is empty, in place, and say so."""
    found: list[str] = []

    def judged(url: str, node: Node) -> str | None:
        if not url:
            empty.append(plain(node["c"][1]))
            return None
        if follows(url):
            return url
        found.append(url)
        return None

    empty: list[str] = []
    retarget(ast["blocks"], judged)
    for text in empty:
        what, hint = f"the link “{text[:60]}” has no address", "it is shown as text; write where it leads"
        yield Complaint([f"[{text}]()", "]()"], what, hint, "link", severity="warning")
    for url in found:
        what, hint = (
            f"the link to `{url[:60]}` is left out",
            "links lead to pages, files and addresses of mail",
        )
        yield Complaint([f"({url}", url], what, hint, "harmful", severity="warning")


def graded(problems: Iterable[Problem], project: Project, unrun: Collection[str]) -> Iterator[Problem]:
    """Give problems as grave as they are to their chapters: what is missing stops only where it should.

    ``unrun`` has the labels of code that is not run; that they lead nowhere is said once a chapter.
    """
    idle: dict[str | None, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.rule == "reference" and problem.id in unrun:
            idle[problem.path].append(problem)
            continue
        if problem.severity == "error" and problem.rule in LENIENT and not project.is_strict(problem.path):
            problem = replace(problem, severity="warning")
        yield problem
    for first, *rest in idle.values():
        others = {each.id for each in rest} - {first.id}
        more = f", and so {len(others)} more" if others else ""
        what = f"`@{first.id}` names code that is not run, and is shown as `?@{first.id}`{more}"
        hint = "take the reference out, or put the code into a notebook and run it"
        yield replace(first, what=what, hint=hint, severity="warning")


def once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Give each error once a line, and each warning once a book: formats and chapters repeat them.

    What is left out is said for each place.
    """
    seen: set[tuple[Any, ...]] = set()
    for problem in problems:
        place = (
            (problem.path, problem.line) if problem.severity == "error" or problem.rule == "harmful" else ()
        )
        if (problem.what, place) not in seen:
            seen.add((problem.what, place))
            yield problem
