"""Editions: profiles of Quarto over one ledger, built, checked and published with the main book."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from tests.support import editions, projects
from tests.support.commands import run_tieout
from tests.support.shared import once
from tieout import check as checks
from tieout.checks import editions as check
from tieout.data.facts import refresh
from tieout.ledger import Ledger
from tieout.notebooks import Notebook
from tieout.problems import InputError
from tieout.project import Project
from tieout.workspace import Workspace

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "editions", editions.build)


@pytest.fixture
def book(built: Path, tmp_path: Path) -> Path:
    """A copy of the book with what its notebooks stored, to be changed."""
    copy = tmp_path / "book"
    shutil.copytree(built, copy, ignore=shutil.ignore_patterns("_site", ".tieout"))
    return copy


def compared(root: Path) -> tuple[list[str], list[str]]:
    """What the check of editions says: errors, and warnings."""
    workspace = Workspace.load(root)
    report = check.check(Ledger.of(workspace), [Ledger.of(each) for each in workspace.editions])
    by = {
        severity: [each.what for each in report.problems if each.severity == severity]
        for severity in ("error", "warning")
    }
    return by["error"], by["warning"]


def test_both_are_published_together_each_with_its_pdf(built: Path) -> None:
    said = (built / "said.txt").read_text(encoding="utf-8")
    for name in ("_site/index.html", "_site/small.pdf", "_site/uk/index.uk.html", "_site/uk/small-uk.pdf"):
        assert (built / name).is_file() and name in said


def test_a_page_leads_to_its_counterpart_and_back(built: Path) -> None:
    site = built / "_site"
    pairs = {"chapters/market.html": "uk/chapters/uk/market.html", "index.html": "uk/index.uk.html"}
    for english, ukrainian in pairs.items():
        for page, other, lang, name in (
            (english, ukrainian, "uk", "Українська"),
            (ukrainian, english, "en", "English"),
        ):
            tree = html.fromstring((site / page).read_bytes())
            (link,) = tree.xpath("//a[@class='site-edition']")
            assert (link.text, link.get("hreflang"), link.get("lang")) == (name, lang, lang)
            assert urlsplit(urljoin(f"/{page}", link.get("href"))).path == f"/{other}"
            (alternate,) = tree.xpath("//link[@rel='alternate' and @hreflang]")
            assert alternate.get("hreflang") == lang
            assert tree.get("lang") == {"uk": "en", "en": "uk"}[lang]


def test_an_edition_says_the_same_numbers_in_its_own_words(built: Path) -> None:
    ledgers = [
        json.loads((built / "_site" / name).read_text("utf-8")) for name in ("ledger.json", "uk/ledger.json")
    ]
    english, ukrainian = ({entry["id"]: entry for entry in each["entries"]} for each in ledgers)
    assert english.keys() == ukrainian.keys()
    assert all(english[id]["number"] == ukrainian[id]["number"] for id in english)
    assert ukrainian["market.2024"]["label"] == "Обсяг ринку, 2024"
    assert ukrainian["market.2024"]["display"] == "2,5 млрд доларів"
    assert ukrainian["region.first"]["value"] == "Пекін"
    assert ukrainian["market.2024"]["precision"] == "округлено; між $2,45 і $2,55\u00a0млрд"
    page = (built / "_site/uk/chapters/uk/ledger.html").read_text("utf-8")
    assert "<dt>Точність</dt>" in page and "<dt>Precision</dt>" not in page
    assert "tieoutWords" in (built / "_site/uk/site_libs/words.js").read_text("utf-8")
    assert not (built / "_site/site_libs/words.js").exists()


def test_the_published_editions_pass_every_check(built: Path) -> None:
    done = run_tieout("check", "ledger", "prose", "editions", "site", cwd=built)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "7 of 7 uk: entries agree with the main edition" in done.stdout
    assert "✓ site (uk):" in done.stdout and "✓ prose (uk):" in done.stdout


def test_another_edition_is_checked_by_a_fork_and_says_the_same(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, said = ["ledger", "prose", "site"], []
    for spare in (0, 1):
        copy = tmp_path / str(spare)
        shutil.copytree(built, copy, ignore=shutil.ignore_patterns(".tieout"))
        monkeypatch.setattr(checks, "spare", lambda spare=spare: spare)
        workspace = Workspace.load(copy)
        said.append(json.dumps([each.to_json() for each in checks.run(workspace, names)]))
        steps = workspace.editions[0].project.steps
        assert bool(steps.counts["prose"]) == (spare == 0), "the fork has done it"
    assert said[0] == said[1]


def test_another_value_in_an_edition_is_named(book: Path) -> None:
    assert compared(book)[0] == []
    notebook = book / "chapters" / "uk" / "market.ipynb"
    text = notebook.read_text(encoding="utf-8")
    assert '"market.multiple"' in text or "market.multiple" in text
    notebook.write_text(text.replace("market.multiple", "market.factor"), encoding="utf-8")
    errors, _ = compared(book)
    assert any(
        "market.factor is recorded in the edition uk and not in the main one" in each for each in errors
    )
    assert any("market.multiple is recorded here and not in the edition uk" in each for each in errors)


def test_what_an_edition_does_not_show_is_a_warning(book: Path) -> None:
    projects.change(book / "chapters" / "uk" / "market.ipynb", "[162](tie:devices.count)", "багато")
    errors, warnings = compared(book)
    assert errors == [] and any("shows nowhere: devices.count" in each for each in warnings)


@pytest.mark.parametrize(
    ("row", "other", "said"),
    [
        ("Growth a year,Зростання за рік", "Growth a decade,Зростання за рік", "is no text of the data"),
        ('"Обсяг ринку, 2024"', '"Обсяг ринку, 2025"', "are not those of “Market size, 2024”"),
        ('"2,5 млрд доларів"', '"2,6 млрд доларів"', "does not say the number of market.2024"),
    ],
)
def test_words_are_held_against_the_data(book: Path, row: str, other: str, said: str) -> None:
    projects.change(book / "data" / "words-uk.csv", row, other)
    assert any(said in each for kind in compared(book) for each in kind)


def test_ties_of_a_finding_in_other_words_are_held_against_the_ledger(book: Path) -> None:
    projects.change(book / "data" / "facts.csv", "40.1,percent", "42.5,percent")
    refresh(book)
    words = book / "data" / "words-uk.csv"
    computed = "[40,1 %](tie:finding.market-cagr.computed)"
    title = f"Зростання: наведено [42,5 %](tie:market.cagr), обчислено {computed}"
    text = words.read_text("utf-8").replace('40.1%,"40,1 %"\n', "") + f'finding-market-cagr.title,"{title}"\n'
    words.write_text(text, "utf-8")
    assert compared(book)[0] == []
    words.write_text(text.replace("[42,5 %]", "[42,6 %]"), "utf-8")
    assert any("“42,6 %”: " in each for each in compared(book)[0])
    words.write_text(text.replace("[42,5 %](tie:market.cagr)", "42,5 %"), "utf-8")
    assert any("title ties not market.cagr" in each for each in compared(book)[0])
    words.write_text(text.replace(computed, "40,1 %"), "utf-8")
    assert any("title ties not finding.market-cagr.computed" in each for each in compared(book)[0])


def test_a_finding_in_words_of_the_main_edition_is_held_against_the_ledger(book: Path) -> None:
    projects.change(book / "data" / "facts.csv", "40.1,percent", "42.5,percent")
    refresh(book)
    words = book / "data" / "words-en.csv"
    title = "text,words\nfinding-market-cagr.title,Growth: [42.5%](tie:market.cagr) stated\n"
    words.write_text(title, "utf-8")
    ledger = Ledger.load(book)
    assert ledger.findings[0].heading == "Growth: [42.5%](tie:market.cagr) stated"
    words.write_text(title.replace("[42.5%]", "[42.6%]") + "finding-other.title,Other\n", "utf-8")
    errors, warnings = compared(book)
    assert any("“42.6%”: " in each for each in errors)
    assert any("“finding-other.title” is no part of a finding" in each for each in warnings)


def test_a_number_that_is_wrong_in_an_edition_stops_the_whole(book: Path) -> None:
    projects.change(book / "chapters" / "uk" / "market.ipynb", "[18,9 млрд", "[19,9 млрд")
    done = run_tieout("build", "--engine", "pandoc", "--to", "html", "--no-execute", cwd=book)
    assert done.returncode == 1 and not (book / "_site").exists()
    assert "chapters/uk/market.ipynb" in done.stderr and "Not published" in done.stderr


def test_an_edition_without_its_profile_is_named(book: Path) -> None:
    (book / "_quarto-uk.yml").unlink()
    with pytest.raises(InputError, match=r"the edition `uk` has no _quarto-uk\.yml"):
        Project.load(book)


def test_a_profile_by_itself_is_an_ordinary_book(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTO_PROFILE", "uk")
    project = Project.load(book)
    assert (project.title, project.lang, project.output_dir, project.editions) == (
        "Малий ринок",
        "uk",
        "_site/uk",
        (),
    )
    assert [str(each.path) for each in project.chapters][:2] == ["index.uk.md", "chapters/uk/market.ipynb"]
    assert project.authors[0].name == "Ada Author"


def test_the_code_of_both_editions_of_the_report_is_the_same_but_for_its_texts() -> None:
    main = Project.load(ROOT)
    other = Project.load(ROOT, profile="uk")
    pairs = dict(zip(main.notebooks, other.notebooks, strict=True))
    assert len(pairs) == 10
    for one, two in pairs.items():
        first, second = (Notebook.load(ROOT / name).code for name in (one, two))
        assert [cell.id for cell in first] == [cell.id for cell in second]
        for cell, its in zip(first, second, strict=True):
            assert blank(cell.source) == blank(its.source), f"{two}: {its.name}"


def blank(source: str) -> str:
    """Return the structure of code without its texts."""
    return ast.dump(_Blanked().visit(ast.parse(source)))


class _Blanked(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        self.generic_visit(node)
        node.values = [each for each in node.values if not isinstance(each, ast.Constant)]
        return node


def test_the_ukrainian_edition_of_the_report_agrees_with_the_main_one() -> None:
    workspace = Workspace.load(ROOT)
    (edition,) = workspace.editions
    ledger = Ledger.of(edition)
    report = check.check(Ledger.of(workspace), [ledger])
    assert [str(each) for each in report.problems] == []
    assert all(count.passed == count.total > 0 for count in report.counts)
