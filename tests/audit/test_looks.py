"""What was found on a page is taken again where it would be found again, and after no change of anything."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import projects
from tieout import publish
from tieout.audit import site
from tieout.ledger import Ledger
from tieout.problems import Report
from tieout.workspace import Workspace

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{}</text></svg>\n'
CHAPTERS = {
    "index.md": "# Home {.unnumbered}\n\nIt was [\\$2.5 billion](tie:market.2024), see @sec-two.\n",
    "part/one.md": "# One [162](tie:devices.count)\n\n{{< include _more.md >}}\n\n"
    "![A drawing](a.svg){#fig-a}\n",
    "two.md": "# Two {#sec-two}\n\nIt grew [40.1%](tie:market.cagr) [@agency2026], see @fig-a, @tbl-a.\n\n"
    ": Cap {#tbl-a}\n\n| a |\n|---|\n| b |\n\n{{< include _later.md >}}\n",
    "three.md": "# Three {{< var name >}}\n\nNothing but words [162](tie:devices.count)[^a].\n\n"
    "[^a]: A note.\n",
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is built first; look, do not touch."""
    root = projects.create(tmp_path_factory.mktemp("first") / "report", CHAPTERS)
    (root / "part" / "_more.md").write_text("More words.\n", encoding="utf-8")
    (root / "_later.md").write_text("Later [162](tie:devices.count).\n", encoding="utf-8")
    (root / "part" / "a.svg").write_text(SVG.format("a"), encoding="utf-8")
    (root / "_variables.yml").write_text("name: Vee\n", encoding="utf-8")
    result = publish.build(Workspace.load(root), "pandoc", ("html",))
    assert result.site, [str(each) for report in result.reports for each in report.problems]
    return root


@pytest.fixture
def report(first: Path, tmp_path: Path) -> Path:
    return shutil.copytree(first, tmp_path / "report")


def audited(root: Path) -> tuple[Report, int]:
    """Audit the site; return what is said, and how many pages were looked at."""
    ledger = Ledger.load(root)
    said = site.check(ledger)
    said = Report.from_json(json.loads(json.dumps(said.to_json())))  # as one that was kept is read
    steps, pages = ledger.project.steps, next(each for each in said.counts if each.label == "pages")
    assert steps.counts["look"] + steps.taken["look"] in (0, pages.passed), "each page once, or none"
    return said, steps.counts["look"]


def edited(old: str, new: str) -> Callable[[Path], None]:
    return lambda path: projects.change(path, old, new)


CHANGES: tuple[tuple[str, Callable[[Path], None], int], ...] = (
    ("_site/two.html", edited("It grew", "It grew 7"), 1),
    ("_site/two.html", edited("40.1%", "41.1%"), 1),
    ("_site/index.html", edited("billion", "million"), 1),
    # What others refer to: each page looks at what it says of it.
    ("_site/two.html", edited('number">2<', 'number">3<'), 7),
    ("_site/two.html", edited('id="tbl-a"', 'id="tbl-b"'), 7),
    ("_site/part/one.html", edited('<data value="162"', '<data value="163"'), 7),
    # To which the ledger leads.
    ("_site/two.html", edited('id="use-market.cagr-1"', 'id="use-market.cagr-9"'), 2),
    ("_site/part/one.html", Path.unlink, 7),
    ("_site/part/a.svg", lambda path: path.write_text(SVG.format("b"), "utf-8"), 1),
    ("_site/part/a.svg", Path.unlink, 1),
    ("_site/ledger.json", edited("devices.count", "devices.counts"), 7),
    # Sources, of which the pages are not made anew.
    ("two.md", edited("It grew", "It grew 7"), 1),
    ("two.md", edited("40.1%", "40%"), 1),
    ("part/_more.md", edited("More", "7"), 1),
    ("_later.md", Path.unlink, 1),
    ("part/a.svg", lambda path: path.write_text(SVG.format("b"), "utf-8"), 1),
    ("part/a.svg", Path.unlink, 1),
    ("part/_metadata.yml", lambda path: path.write_text("subtitle: In 7 parts\n", "utf-8"), 1),
    ("_variables.yml", edited("Vee", "7"), 1),
    ("three.md", edited("A note.", "A note of 7."), 1),
    ("_quarto.yml", edited("A small project", "A project of 7"), 7),
    ("bibliography.bib", edited("{2026}", "{2027}"), 7),
    ("data/facts.csv", edited("162", "163"), 7),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "change", "most"), CHANGES, ids=[f"{at}-{each[0]}" for at, each in enumerate(CHANGES)]
)
def test_after_any_change_the_audit_says_what_one_says_that_knows_nothing(
    report: Path, tmp_path: Path, name: str, change: Callable[[Path], None], most: int
) -> None:
    before, looked = audited(report)
    assert looked == 0 and not before.errors
    change(report / name)
    if name.startswith("data/"):
        from tieout.data import facts

        facts.refresh(report)
    other = shutil.copytree(report, tmp_path / "anew", ignore=shutil.ignore_patterns(".tieout"))
    said, looked = audited(report)
    anew, all_pages = audited(other)
    assert said.to_json() == anew.to_json()
    assert said.to_json() != before.to_json(), "the change makes no difference"
    assert looked <= min(most, all_pages)


ON_PAPER = '\n::: {.content-visible when-format="pdf"}\nOn paper [5]{.waived reason="a case"} alone.\n:::\n'


@pytest.fixture(scope="module")
def first_on_paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a PDF, which alone has a sentence."""
    chapters = {**CHAPTERS, "three.md": CHAPTERS["three.md"] + ON_PAPER}
    root = projects.create(tmp_path_factory.mktemp("paper") / "report", chapters)
    for name, text in (("part/_more.md", "More words.\n"), ("_later.md", "Later.\n")):
        (root / name).write_text(text, encoding="utf-8")
    (root / "part" / "a.svg").write_text(SVG.format("a"), encoding="utf-8")
    (root / "_variables.yml").write_text("name: Vee\n", encoding="utf-8")
    result = publish.build(Workspace.load(root), "pandoc", ("html", "pdf"))
    assert result.site, [str(each) for report in result.reports for each in report.problems]
    return root


@pytest.mark.parametrize(
    ("name", "change", "most"),
    [
        ("three.md", edited("[5]", "[6]"), 1),  # of which the page shows nothing
        ("three.md", edited("pdf", "html"), 1),
        ("two.md", edited("{#sec-two}", "{#sec-two}\n\n## More of 7"), 1),
        ("_site/two.html", edited("It grew", "It grew 7"), 1),
        ("_site/two.html", edited('number">2<', 'number">3<'), 7),
        ("_site/three.html", edited("A note.", "A note of 7."), 1),
        ("_site/part/one.html", Path.unlink, 7),
        ("bibliography.bib", edited("{2026}", "{2027}"), 7),
    ],
)
def test_after_a_change_the_pdf_is_compared_as_if_nothing_were_known(
    first_on_paper: Path, tmp_path: Path, name: str, change: Callable[[Path], None], most: int
) -> None:
    root = shutil.copytree(first_on_paper, tmp_path / "report")
    before, _ = audited(root)
    assert not before.errors
    change(root / name)
    other = shutil.copytree(root, tmp_path / "anew", ignore=shutil.ignore_patterns(".tieout"))
    ledger = Ledger.load(root)
    said = Report.from_json(json.loads(json.dumps(site.check(ledger).to_json())))
    assert said.to_json() == audited(other)[0].to_json() != before.to_json()
    assert ledger.project.steps.counts["sheet"] <= most


def test_a_page_that_is_as_it_was_is_looked_at_again_by_nobody(report: Path) -> None:
    projects.change(report / "three.md", "Nothing but words", "Words alone")
    workspace = Workspace.load(report)
    assert publish.build(workspace, "pandoc", ("html",)).site
    assert workspace.project.steps.counts["look"] == 1
    assert workspace.project.steps.taken["look"] == 6


def test_what_was_kept_and_is_damaged_is_found_anew(report: Path, first: Path) -> None:
    for path in (report / ".tieout" / "store").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-7])
    said, looked = audited(report)
    assert looked == 7 and said.to_json() == audited(first)[0].to_json()
