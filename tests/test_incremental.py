"""What is kept of earlier builds: only what a change touches is done again, and no page is ever stale."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import projects
from tests.support.depth import chance
from tieout import publish
from tieout.audit import site as audit
from tieout.ledger import Ledger
from tieout.machine.steps import told, trace
from tieout.render import complaints, menus
from tieout.workspace import Workspace

CHAPTERS = {
    "index.md": """\
# Home {.unnumbered}

It was [\\$2.5 billion](tie:market.2024) in [2024](tie:market.2024:period).
""",
    "one.md": """\
# One {#sec-one}

See @sec-two: [162](tie:devices.count) devices.

## Part

Words.
""",
    "two.md": """\
# Two {#sec-two}

It grew [40.1%](tie:market.cagr).

: Cap {#tbl-a}

| a |
|---|
| b |
""",
    "three.md": """\
# Three

Nothing but words, see @tbl-a [@agency2026].
""",
}
EDITS: tuple[tuple[str, str, str], ...] = (
    ("index.md", "It was", "It had been"),
    ("one.md", "# One", "# First"),
    ("two.md", "# Two", "# Second"),
    ("one.md", "Words.", "More words."),
    ("three.md", "Nothing but words", "Words alone"),
    ("two.md", "It grew", "It rose"),
    ("one.md", "## Part", "## Share"),
    ("two.md", "Cap", "A caption"),
    ("_quarto.yml", "A small project", "A renamed project"),
    ("bibliography.bib", "Agency", "Bureau"),
    ("data/facts.csv", "Leading region", "The leading region"),
)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is built first; look, do not touch."""
    root = projects.create(tmp_path_factory.mktemp("first") / "report", CHAPTERS)
    build(root)
    return root


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Path:
    return shutil.copytree(first, tmp_path / "report")


def build(root: Path) -> Counter[str]:
    """Build the site and the PDF; return how often each step was done."""
    return built(root).project.steps.counts


def built(root: Path, before: Workspace | None = None) -> Workspace:
    """Build the site and the PDF; return the project as the build saw it."""
    workspace = Workspace.load(root, before)
    result = publish.build(workspace, "pandoc")
    assert result.site, [str(each) for report in result.reports for each in report.problems]
    return workspace


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert old in text, (name, old)
    path.write_text(text.replace(old, new, 1), "utf-8")
    if name.startswith("data/"):
        from tieout.data import facts

        facts.refresh(root)


def site(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root / "_site").as_posix(): path.read_bytes()
        for path in sorted((root / "_site").rglob("*"))
        if path.is_file()
    }


def test_a_build_that_finds_nothing_changed_does_no_step_again(project: Path) -> None:
    assert build(project) == Counter()


def test_an_edit_of_prose_touches_its_own_chapter_and_the_pdf(project: Path) -> None:
    edit(project, "three.md", "Nothing but words", "Words alone")
    # Two readings for two media, each resolved; one page, one body for paper, the paper around all of them;
    # one page read for the search and looked at, what it shows to the others, and what of it is compared with
    # paper.
    steps = {"ties": 1, "prose": 1, "read": 2, "resolve": 2, "page": 1, "paper": 2, "pdf": 1, "audit": 1}
    assert build(project) == Counter(steps, search=1, face=1, look=1, sheet=1, site=1)


def test_what_pages_share_is_found_once_and_what_was_read_before_is_not_looked_through(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(project, "three.md", "Nothing but words", "Words alone")
    done = Counter[str]()
    for module, name in ((menus, "_places"), (complaints, "refuse_excess")):
        monkeypatch.setattr(module, name, counted(done, name, getattr(module, name)))
    build(project)
    assert done == Counter(_places=1, refuse_excess=2)  # a reading for each medium


def counted(done: Counter[str], name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def called(*given: Any) -> Any:
        done[name] += 1
        return call(*given)

    return called


def test_ties_are_compared_again_where_what_stands_around_them_has_changed(project: Path) -> None:
    edit(project, "one.md", "Words.", "More words.")
    assert build(project)["agree"] == 0
    edit(project, "two.md", "It grew", "It rose")
    assert build(project)["agree"] == 1


def test_a_new_heading_touches_the_pages_that_name_it(project: Path) -> None:
    edit(project, "two.md", "# Two", "# Second")
    done = build(project)
    assert done["prose"] == 1 and done["read"] == 2 and done["audit"] == 1
    assert done["resolve"] <= 4, "its own chapter, and the one that refers to it"


def test_a_changed_fact_is_compared_everywhere_and_shown_where_it_stands(project: Path) -> None:
    edit(project, "data/facts.csv", "Leading region", "The leading region")
    done = build(project)
    assert done["schema"] == 1 and done["prose"] == 7 and done["read"] == 0


@pytest.mark.parametrize(("seed", "resident"), [(0, False), (1, True)])
def test_any_sequence_of_edits_gives_the_site_of_an_empty_store(
    project: Path, tmp_path: Path, seed: int, resident: bool
) -> None:
    steps = list(EDITS)
    chance(seed).shuffle(steps)
    before = built(project)
    for name, old, new in steps[:4]:
        edit(project, name, old, new)
        before = built(project, before if resident else None)
    # The last site is compared: what is stale once stays so.
    other = shutil.copytree(project, tmp_path / "anew", ignore=shutil.ignore_patterns(".tieout", "_site"))
    build(other)
    assert site(project) == site(other), steps[:4]


def test_steps_tell_what_was_done_and_why(project: Path) -> None:
    edit(project, "three.md", "Nothing but words", "Words alone")
    edit(project, "two.md", "Cap {#", "A caption {#")
    edit(project, "data/facts.csv", "40.1", "40.10")
    workspace = Workspace.load(project)
    publish.build(workspace, "pandoc", ("html",))
    said = told(workspace.project.steps)
    assert "read three.md for html: its text has changed" in said
    assert "resolve three.md for html: its text and @tbl-a have changed" in said
    assert "prose one.html: the ledger has changed" in said
    assert "read: 2 done, 5 as before" in said
    assert '"name": "read three.md for html"' in trace(workspace.project.steps.done)


def test_what_a_build_has_audited_is_not_audited_again_until_anything_of_it_has_changed(
    project: Path,
) -> None:
    def audited(root: Path) -> int:
        ledger = Ledger.load(root)
        report = audit.check(ledger)
        assert report.ok == (name != "_site/index.html"), [str(each) for each in report.problems]
        return ledger.project.steps.counts["site"]

    name = ""
    assert audited(project) == 0
    (project / "figures").mkdir(exist_ok=True)
    for name in ("_site/index.html", "figures/fig-new.svg", "_quarto.yml", "one.md", "bibliography.bib"):
        path = project / name
        before = path.read_bytes() if path.exists() else None
        path.write_bytes((before or b"").replace(b"18.9", b"18.8").replace(b"$2.5", b"$2.6") + b"\n")
        assert audited(project) == 1, name
        path.unlink() if before is None else path.write_bytes(before)
        name = ""
        assert audited(project) == 0
    mark = project / "_site" / ".tieout-site"
    mark.write_text(mark.read_text("utf-8").replace('"files": [', '"files": ["uk/index.html", '), "utf-8")
    assert audited(project) == 0  # which is written once the other editions are there
