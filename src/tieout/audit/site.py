"""The audit of what was built: pages, ledger, findings, files and PDF against sources and ledger."""

from __future__ import annotations

import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from tieout.audit.again import audited
from tieout.audit.against import REBUILD, Audit
from tieout.audit.appendix import Appendix, check_findings, check_ledger
from tieout.audit.audited import CLASSES
from tieout.audit.files import compare_files, copied
from tieout.audit.formulas import formulas
from tieout.audit.loaded import check_loaded
from tieout.audit.looks import Look, looks, sheets
from tieout.audit.page import Page
from tieout.audit.referred import check_links
from tieout.audit.sheet import Sheet
from tieout.ledger import Ledger
from tieout.machine.steps import CHANGED
from tieout.problems import Count, InputError, Problem, Report
from tieout.project import described, leading

NOTHING = re.compile(rb"<body>\s*</body>\s*</html>\s*\Z")
AFTER = "write `post-render: _extensions/tieout/ledger.py` under `project:`, and render again"


def check(ledger: Ledger, site: Path | None = None, rest: Callable[[], None] | None = None) -> Report:
    """Audit a built site; one that was audited as it is, against sources as they are, is not audited again.

    Parameters
    ----------
    ledger
        The ledger of the project that it was built from.
    site
        The site's folder, where it is not the project's own.
    rest
        Returns when all that is beside the pages is there; the pages are audited before.

    Raises
    ------
    InputError
        A chapter or the bibliography cannot be read.
    """
    folder = site or ledger.project.output
    if not (folder / "index.html").is_file():
        return _check(ledger, site, rest or (lambda: None))
    steps, began = ledger.project.steps, time.perf_counter()
    if rest is not None and not steps.done:  # most likely the site that there was
        rest()
        rest = None
    known = steps.store.recall(audited(ledger, folder)) if rest is None else None
    if known is not None:
        steps.taken["site"] += 1
        return Report.from_json(json.loads(known))
    if _is_before(ledger, folder):
        what = "the site here was made before the project had anything of Tieout's: nothing was compared"
        return _unseen(ledger, Problem(what, "build it anew", folder.name, rule="page", severity="warning"))
    try:
        report = _check(ledger, site, rest or (lambda: None))
    except InputError:
        raise
    except Exception as error:
        if _is_promised(ledger) or os.environ.get("TIEOUT_DEBUG"):
            raise
        (rest or (lambda: None))()  # its own mistakes stop a build
        what = f"the site was not compared: {type(error).__name__}: {error} is a mistake of Tieout's own"
        hint = "report it with what TIEOUT_DEBUG=1 prints"
        return _unseen(ledger, Problem(what, hint, rule="page", severity="warning"))
    if not _is_promised(ledger):
        # No number is promised to agree: what differs is said, and stops nothing.
        report = replace(report, problems=[replace(each, severity="warning") for each in report.problems])
    steps.store.keep(audited(ledger, folder), json.dumps(report.to_json(), ensure_ascii=False).encode())
    steps.note("site", "", CHANGED, began)
    return report


def _unseen(ledger: Ledger, why: Problem) -> Report:
    return Report("site", (Count("pages", 0, len(ledger.project.chapters)),), [why])


def _is_before(ledger: Ledger, folder: Path) -> bool:
    """Whether a site is Quarto's alone, of a project that has been adopted since and promises no number."""
    if _is_promised(ledger) or (folder / "ledger.json").is_file() or not ledger.project.is_ours:
        return False
    return "site_libs/theme.js" not in (folder / "index.html").read_text(encoding="utf-8", errors="replace")


def _is_promised(ledger: Ledger) -> bool:
    """Whether Tieout is asked for more than what adopting adds: by its key, entries or ties."""
    asked = ledger.project.configuration.get("tieout") not in (None, {"require": "none"})
    return asked or bool(ledger) or any(passage.scan.ties for passage in ledger.sources.passages)


def _check(ledger: Ledger, site: Path | None, rest: Callable[[], None]) -> Report:
    try:
        audit = Audit.of(ledger, site)
        found = looks(audit)
    except InputError as error:
        if all(problem.rule == "page" for problem in error.problems):
            return Report("site", (), error.problems)
        raise
    problems: list[Problem] = []
    for chapter in audit.site.project.chapters:
        if chapter.href not in found:
            what = f"the page of {chapter.path} is missing"
            problems.append(Problem(what, REBUILD, chapter.href, rule="page"))
    problems += stray_pages(audit)
    problems += compare_ledgers(audit)
    problems += [problem for look in found.values() for problem in look.found.problems]
    appendices = audit_appendices(audit)
    problems += [problem for appendix in appendices.values() for problem in appendix.problems]
    units = audit.ledger.facts.package.units
    evaluated = formulas(audit.published, units, ledger.project.steps)
    rest()
    links = check_links(audit.site, audit.folder)
    drawn = [look.drawn for look in found.values()]
    files = compare_files(audit.root, audit.folder, audit.site, drawn, audit.ledger_files)
    loaded = check_loaded(audit.folder, audit.site)
    problems += [*evaluated.problems, *files.problems, *loaded.problems, *links.problems]
    counts, said = audit_pdf(audit, sheets(audit, found))
    problems += said
    notes = [f"waived: {text}" for look in found.values() for text in look.found.waived]
    beside = [*evaluated.counts, *files.counts, *loaded.counts, *links.counts, *counts]
    return Report("site", [*_counts(audit, found, appendices), *beside], problems, notes)


def check_paper(ledger: Ledger, site: Path) -> Report:
    """Compare the PDF in a folder with the pages there, which are audited already.

    Raises
    ------
    InputError
        A chapter or the bibliography cannot be read, or a page is missing.
    """
    audit = Audit.of(ledger, site)
    return Report("site", *audit_pdf(audit, sheets(audit, looks(audit))))


def with_page(audit: Audit, page: Page) -> Audit:
    """Return the audit of a site in which one page stands in the place of its old form."""
    return replace(audit, site=audit.site.with_page(page))


def audit_appendices(audit: Audit) -> dict[str, Appendix]:
    """Compare the pages of the ledger and the findings with what the ledger says."""
    result: dict[str, Appendix] = {}
    for href, face in audit.site.faces.items():
        if "ledger" in face.appendices:
            result["ledger"] = check_ledger(audit.site, audit.site.pages[href], audit.published)
        if "findings" in face.appendices:
            result["findings"] = check_findings(audit.site, audit.site.pages[href], audit.published)
    return result


def stray_pages(audit: Audit) -> list[Problem]:
    """Name the pages of the site that no chapter makes: nothing says what they should show."""
    known = {chapter.href for chapter in audit.site.project.chapters}
    known |= {name for name, _ in copied(audit.site.project)}  # compared with their originals
    known |= described.pages(audit.site.project)
    leads = leading(audit.site.project)
    found = sorted(path.relative_to(audit.folder) for path in audit.folder.rglob("*.html"))
    apart = {"site_libs", *audit.site.project.apart}
    stray = [path for path in found if path.as_posix() not in known and path.parts[0] not in apart]
    stray = [path for path in stray if not _only_leads(audit, path, leads)]
    hint = "list it in _quarto.yml, or take it out of the site"
    return [Problem("the page belongs to no chapter", hint, path.as_posix(), rule="page") for path in stray]


def _only_leads(audit: Audit, path: Path, known: Mapping[str, str]) -> bool:
    """Whether a page only leads to others, as the project says, or shows nothing, as those of Quarto."""
    content = (audit.folder / path).read_bytes()
    wanted = known.get(path.as_posix())
    if wanted is not None and content == wanted.encode():
        return True
    return not audit.site.engine.knows_all and NOTHING.search(content) is not None


def audit_pdf(audit: Audit, sheets: Mapping[str, Sheet]) -> tuple[list[Count], list[Problem]]:
    """Compare the PDF with the pages, where the project makes one."""
    project = audit.site.project
    path = audit.folder / f"{project.output_file}.pdf"
    if not path.is_file():
        if "pdf" not in project.targets or not {"typst", "pdf"} & project.formats.keys():
            return [], []
        what = "there is no PDF to compare with the pages"
        return [], [
            Problem(what, "run `tieout build --to html,pdf`", path.name, rule="pdf", severity="warning")
        ]
    from tieout.audit.pdf import check_pdf  # what reads PDFs is loaded where there is one

    return check_pdf(path, audit.site, audit.published, sheets, audit.folder)


def compare_ledgers(audit: Audit) -> list[Problem]:
    """Compare the published ledger with the one computed from data and stored outputs."""
    fresh = json.loads(audit.ledger_files["ledger.json"])
    published = audit.published
    if not (audit.folder / "ledger.json").is_file():
        if not (audit.site.engine.knows_all or audit.site.project.is_ours):
            return []  # a project of Quarto's alone
        hint = REBUILD if audit.site.engine.knows_all else AFTER
        return [Problem("is missing", hint, "ledger.json", rule="ledger")]
    problems = []
    ours = {entry["id"]: entry for entry in fresh.get("entries", [])}
    theirs = {entry["id"]: entry for entry in published.get("entries", [])}
    for name in [*ours, *(name for name in theirs if name not in ours)]:
        one, other = ours.get(name), theirs.get(name)
        if one == other:
            continue
        if one is None or other is None:
            what = f"has {name}, which no data or output gives" if one is None else f"lacks {name}"
        else:
            keys = sorted(key for key in {*one, *other} if one.get(key) != other.get(key))
            what = f"{name}: {', '.join(keys)} differ from what data and stored outputs give"
        problems.append(Problem(what, REBUILD, "ledger.json", id=name, rule="ledger"))
    for key in sorted({*fresh, *published} - {"entries"}):
        if fresh.get(key) != published.get(key):
            what = f"{key} differs from what data and stored outputs give"
            problems.append(Problem(what, REBUILD, "ledger.json", rule="ledger"))
    return problems


def _counts(audit: Audit, found: Mapping[str, Look], appendices: Mapping[str, Appendix]) -> list[Count]:
    chapters, results = audit.site.project.chapters, [look.found for look in found.values()]
    counts = [Count("pages", len(results), len(chapters))]
    totals: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    for result in results:
        for name, (right, total) in result.counts.items():
            rights[name] += right
            totals[name] += total
    numbers = sum(each.numbers for each in appendices.values())
    wrong = sum(each.wrong for each in appendices.values())
    rights["ledger"], totals["ledger"] = numbers - wrong, numbers
    counts.append(Count("numeric tokens accounted for", sum(rights.values()), sum(totals.values())))
    counts += [Count(name, rights[name], totals[name]) for name in (*CLASSES, "ledger") if totals[name]]
    counts.append(Count("ties agree", sum(result.ties for result in results), _ties(audit, found)))
    counts += [Count(f"{name} entries", each.right, each.entries) for name, each in appendices.items()]
    return counts


def _ties(audit: Audit, looked: Mapping[str, Look]) -> int:
    """Return how many ties there are, or should be: those of findings stand in no source."""
    shown = sum(face.ties for face in audit.site.faces.values())
    told = sum(face.told for face in audit.site.faces.values())
    return max(shown, told + sum(look.ties for look in looked.values()))
