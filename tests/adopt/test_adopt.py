"""`tieout adopt`: what is missing is added, nothing else is touched, and a build works at once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support import notebooks
from tests.support.commands import call
from tieout import publish
from tieout.adopt.adopt import adopt
from tieout.adopt.yamlkeys import with_value
from tieout.problems import InputError
from tieout.project import Project
from tieout.workspace import Workspace


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Notebooks as people have them: an index none, names that count, a checkpoint, a paired text."""
    folder = tmp_path / "my-analysis"
    notebooks.write(folder / "10 late.ipynb", "#:# Late", "x = 1")
    notebooks.write(folder / "2 early.ipynb", "#:# Early", "#| echo: false\nt = 3\nt")
    notebooks.write(folder / "words.ipynb", "#:# Words only")
    notebooks.write(folder / ".ipynb_checkpoints" / "2 early-checkpoint.ipynb", "x = 2")
    (folder / "10 late.qmd").write_text("# Late\n", encoding="utf-8")
    (folder / "works.bib").write_text("", encoding="utf-8")
    (folder / "notes.txt").write_text("mine\n", encoding="utf-8")
    return folder


def test_a_folder_of_notebooks_becomes_a_book(folder: Path) -> None:
    before = contents(folder)
    plan = adopt(folder)
    assert contents(folder) == before, "a plan writes nothing"
    written = {path.relative_to(folder).as_posix() for path in plan.write()}
    project = Project.load(folder)
    assert not project.problems
    assert project.title == "My analysis"
    names = [str(chapter.path) for chapter in project.chapters]
    assert names == ["index.qmd", "2 early.ipynb", "10 late.ipynb", "words.ipynb", "ledger.qmd"]
    assert [str(name) for name in project.bibliography] == ["works.bib"]
    after = contents(folder)
    assert {name for name in before if after[name] != before[name]} == {"2 early.ipynb", "10 late.ipynb"}
    assert set(after) - set(before) <= written


def test_the_home_page_leads_to_the_chapters_and_asks_for_no_tie(folder: Path) -> None:
    notebooks.write(folder / "words.ipynb", "#:# In 12 [words]")
    notebooks.write(folder / "10 late.ipynb", "#:# Late [or not]", "x = 1")
    adopt(folder).write()
    home = (folder / "index.qmd").read_text(encoding="utf-8")
    links = [line for line in home.splitlines() if line.startswith("- ")]
    assert links == [
        "- [Early](<2 early.ipynb>)",
        r"- [Late \[or not\]](<10 late.ipynb>)",
        "- [`words.ipynb`](<words.ipynb>)",
    ]
    site = publish.build(Workspace.load(folder), "pandoc", execute=False).site
    assert site is not None
    shown = (site / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<li><a href="[./]*2(?: |%20)early\.html"[^>]*>Early</a></li>', shown)


def test_the_home_page_is_no_chapter_that_counts(folder: Path) -> None:
    adopt(folder).write()
    site = publish.build(Workspace.load(folder), "pandoc", execute=False).site
    assert site is not None
    assert "header-section-number" not in (site / "index.html").read_text(encoding="utf-8")
    numbered = r'<h1[^>]*><span class="header-section-number">1</span> Early'
    assert re.search(numbered, (site / "2 early.html").read_text(encoding="utf-8"))


def test_copies_of_a_notebook_are_left_out_and_named(folder: Path) -> None:
    copies = ("2 early.orig.ipynb", "2 early-Copy1.ipynb", "words_backup.ipynb")
    for name in (*copies, "Last copy.ipynb"):
        notebooks.write(folder / name, "#:# Other", "x = 1")
    plan = adopt(folder)
    said = [str(each) for each in plan.additions]
    assert "2 early.orig.ipynb: left out: by its name a copy of 2 early.ipynb" in said
    plan.write()
    names = {str(chapter.path) for chapter in Project.load(folder).chapters}
    assert names.isdisjoint(copies) and "Last copy.ipynb" in names
    assert "tieout" not in (folder / copies[0]).read_text(encoding="utf-8")
    assert adopt(folder / copies[0]).additions, "one that is named is taken"


def test_only_a_cell_is_added_to_a_notebook_and_its_names_are_respected(folder: Path) -> None:
    early, late = (folder / "2 early.ipynb"), (folder / "10 late.ipynb")
    before = [json.loads(path.read_text(encoding="utf-8")) for path in (early, late)]
    adopt(folder).write()
    for path, old, line in zip((early, late), before, ("import tieout", "import tieout as t"), strict=True):
        new = json.loads(path.read_text(encoding="utf-8"))
        (added,) = [cell for cell in new["cells"] if cell not in old["cells"]]
        assert [cell for cell in new["cells"] if cell != added] == old["cells"]
        assert "".join(added["source"]) == f"#| include: false\n{line}"
        assert new["cells"].index(added) == 1
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(new, indent=1, ensure_ascii=False) + "\n"


def test_no_number_needs_a_tie_until_its_author_says_so(folder: Path, tmp_path: Path) -> None:
    adopt(folder).write()
    assert Project.load(folder).require == "none"
    config = folder / "_quarto.yml"
    config.write_text(config.read_text("utf-8").replace("tieout:\n  require: none", "#"), encoding="utf-8")
    assert Project.load(folder).require is None
    assert not adopt(folder).rewrites, "what its author took out is not put in again"
    book = notebooks.write(tmp_path / "book" / "one.ipynb", "#:# One", "x = 1").parent
    (book / "_quarto.yml").write_text("project: {type: book}\nbook: {chapters: [one.ipynb]}\n", "utf-8")
    assert "_quarto.yml: `require: none` under `tieout`" in map(str, adopt(book).additions)
    adopt(book).write()
    assert Project.load(book).require == "none"
    (book / "_quarto.yml").write_text(
        "project: {type: book}\nbook: {title: One, chapters: [one.ipynb]}\ntieout: {require: all}\n", "utf-8"
    )
    adopt(book).write()
    assert Project.load(book).require == "all"


def test_a_second_run_has_nothing_to_do(folder: Path) -> None:
    adopt(folder).write()
    before = contents(folder)
    plan = adopt(folder)
    assert not plan.additions and not plan.rewrites and not plan.problems
    assert contents(folder) == before


def test_a_page_of_the_ledger_that_is_there_stays_the_only_one(folder: Path) -> None:
    adopt(folder).write()
    before = (folder / "_quarto.yml").read_text("utf-8")
    (folder / "_quarto.yml").unlink()
    assert {path.name for path in adopt(folder).write()} == {"_quarto.yml"}
    assert (folder / "_quarto.yml").read_text("utf-8") == before


def test_an_extension_of_another_version_is_said_and_renewed(folder: Path) -> None:
    adopt(folder).write()
    copy = folder / "_extensions" / "tieout" / "ties.lua"
    ours = copy.read_bytes()
    copy.write_bytes(ours + b"-- of another version\n")
    assert any("another version" in each.what for each in publish.unsigned(Workspace.load(folder)))
    plan = adopt(folder)
    assert any("renewed: ties.lua" in str(each) for each in plan.additions)
    plan.write()
    assert copy.read_bytes() == ours
    assert not any("another version" in each.what for each in publish.unsigned(Workspace.load(folder)))


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A notebook that has its folder for itself."""
    notebooks.write(tmp_path / "one.ipynb", "#:# Penguins: 344 of them", "1")
    return tmp_path


def test_a_notebook_alone_becomes_a_report_of_its_title_and_is_its_home_page(alone: Path) -> None:
    plan = adopt(alone)
    assert not [each for each in plan.additions if each.path == "index.qmd"]
    plan.write()
    project = Project.load(alone)
    assert project.title == "Penguins: 344 of them"
    assert [str(each.path) for each in project.chapters] == ["one.ipynb", "ledger.qmd"]
    assert not project.problems
    assert not adopt(alone).rewrites


def test_a_second_notebook_brings_the_home_page_that_leads_to_both(alone: Path) -> None:
    adopt(alone / "one.ipynb").write()
    notebooks.write(alone / "other.ipynb", "#:# Other", "1")
    adopt(alone / "other.ipynb").write()
    project = Project.load(alone)
    assert [str(path) for path in project.notebooks] == ["one.ipynb", "other.ipynb"]
    assert not project.problems
    assert str(project.chapters[0].path) == "index.qmd"
    home = (alone / "index.qmd").read_text("utf-8")
    assert "(<one.ipynb>)" in home and "(<other.ipynb>)" in home and "(ledger.qmd)" in home
    assert not adopt(alone).rewrites


def test_where_quarto_is_a_notebook_alone_gets_the_home_page_that_it_asks_for(alone: Path) -> None:
    """At once, or once it has been adopted where Quarto is not."""
    adopt(alone).write()
    again = adopt(alone, for_quarto=True)
    again.write()
    home = (alone / "index.qmd").read_text("utf-8")
    assert str(Project.load(alone).chapters[0].path) == "index.qmd"
    for name in ("_quarto.yml", "index.qmd", "ledger.qmd"):
        (alone / name).unlink()
    adopt(alone, for_quarto=True).write()
    assert str(Project.load(alone).chapters[0].path) == "index.qmd"
    assert (alone / "index.qmd").read_text("utf-8") == home


BOOK = """\
# mine
project:
  type: book   # of chapters
  output-dir: out

book:
  title: "Old"
  author: Me
  chapters:
    - index.qmd
    - part: One
      chapters: [ch1.ipynb]
{appendices}
{filters}

format:
  html: default"""


def test_headings_that_have_numbers_get_no_others(tmp_path: Path) -> None:
    cells = ("#:# Masses", "#:## 1. Data", "#:## 2. Results\n\n### 2.1 By year")
    notebooks.write(tmp_path / "numbered" / "a.ipynb", *cells)
    notebooks.write(tmp_path / "plain" / "a.ipynb", *(cell.replace("1. ", "") for cell in cells[:2]))
    said = {}
    for name in ("numbered", "plain"):
        plan = adopt(tmp_path / name)
        plan.write()
        said[name] = [each.what for each in plan.additions if each.path == "_quarto.yml"]
        text = (tmp_path / name / "_quarto.yml").read_text("utf-8")
        assert text.count(f"number-sections: {str(name == 'plain').lower()}") == 2
    assert "since its headings have their own" in said["numbered"][0]
    assert "headings" not in said["plain"][0]


@pytest.mark.parametrize(
    ("appendices", "filters"),
    [
        ("", ""),
        ("  appendices: [a.qmd]  # letters", "filters: [own.lua]"),
        ("  appendices:\n    - a.qmd", "filters:\n- own.lua  # mine\n# more"),
        ("  # none", "filters: own.lua"),
    ],
)
def test_a_quarto_book_gets_the_keys_that_are_missing(tmp_path: Path, appendices: str, filters: str) -> None:
    """Comments, quotes, order and everything else stay; every line that was there is there."""
    text = BOOK.format(appendices=appendices, filters=filters)
    (tmp_path / "_quarto.yml").write_text(text, encoding="utf-8")
    (tmp_path / "index.qmd").write_text("# Home\n", encoding="utf-8")
    (tmp_path / "a.qmd").write_text("# Letters\n", encoding="utf-8")
    notebooks.write(tmp_path / "ch1.ipynb", "#:# One", "import tieout as t")
    before = contents(tmp_path)
    plan = adopt(tmp_path)
    assert not plan.problems
    plan.write()
    after = contents(tmp_path)
    assert {name for name in before if after[name] != before[name]} == {"_quarto.yml"}
    new = (tmp_path / "_quarto.yml").read_text(encoding="utf-8")
    changed = ("filters:", "  appendices: [")
    kept = [line for line in text.splitlines() if line and not line.startswith(changed)]
    assert [line for line in new.splitlines() if line in kept] == kept
    config = Project.load(tmp_path).configuration
    own = ["own.lua"] if filters else []
    assert config.get("filters") == [*own, "tieout"]
    assert config.get("book", "appendices")[-1] == "ledger.qmd"
    assert not adopt(tmp_path).rewrites


def test_what_cannot_be_added_in_a_line_is_left_to_a_person(tmp_path: Path) -> None:
    text = "{project: {type: book}, book: {title: Flow, chapters: [index.qmd]}, filters: [tieout]}\n"
    (tmp_path / "_quarto.yml").write_text(text, encoding="utf-8")
    (tmp_path / "index.qmd").write_text("# Home\n", encoding="utf-8")
    plan = adopt(tmp_path)
    assert {str(problem.path) for problem in plan.problems} == {"_quarto.yml"}
    assert all("cannot be added in a line" in problem.what for problem in plan.problems)
    plan.write()
    assert (tmp_path / "_quarto.yml").read_text(encoding="utf-8") == text


def test_a_value_is_added_to_no_list_that_would_then_say_something_else() -> None:
    assert with_value("filters: |\n  text\n", ("filters",), "tieout") is None
    assert with_value("a: &x [1]\nfilters: *x\n", ("filters",), "tieout") is None
    assert with_value("filters: [\n  one.lua,\n  two.lua\n]\n", ("filters",), "tieout") is None
    assert with_value("", ("filters",), "tieout") == "\nfilters: [tieout]\n"


@pytest.mark.parametrize("name", ["missing", "notes.txt"])
def test_what_is_no_notebook_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"no notebook|does not exist"):
        adopt(folder / name)


def test_a_folder_without_notebooks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no notebook lies here"):
        adopt(tmp_path)


def test_a_name_that_a_function_takes_is_taken(tmp_path: Path) -> None:
    notebooks.write(tmp_path / "a.ipynb", "#:# A", "def slope(t):\n    return t.column(1)\n", "x = 1")
    assert "a.ipynb: a cell before cell 2 (part-1): `import tieout`" in map(str, adopt(tmp_path).additions)


@pytest.mark.parametrize(("words", "lang"), [("مقدمة الكتاب", "ar"), ("数据分析", "zh"), ("Words", "en")])
def test_a_book_is_in_the_language_of_its_letters(tmp_path: Path, words: str, lang: str) -> None:
    notebooks.write(tmp_path / "a.ipynb", f"#:# {words}", "import pandas as pd")
    adopt(tmp_path).write()
    assert Project.load(tmp_path).lang == lang


def test_of_r_markdown_it_is_said_what_can_be_done(tmp_path: Path) -> None:
    for name in ("02-b.Rmd", "index.Rmd", "_common.Rmd"):
        (tmp_path / name).write_text("# A\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"R Markdown, index\.Rmd and 1 more files, which knitr runs"
    ) as caught:
        adopt(tmp_path)
    assert "`quarto convert index.Rmd`" in caught.value.problems[0].hint


def test_a_notebook_that_cannot_be_read_is_left_out_and_named(folder: Path) -> None:
    (folder / "broken.ipynb").write_text("{", encoding="utf-8")
    plan = adopt(folder)
    plan.write()
    assert "broken.ipynb" not in (folder / "_quarto.yml").read_text("utf-8")
    (said,) = [str(each) for each in plan.additions if each.path == "broken.ipynb"]
    assert said.startswith("broken.ipynb: left out, since it cannot be read")


def test_a_chapter_that_cannot_be_read_is_said_and_the_rest_adopted(folder: Path) -> None:
    (folder / "broken.ipynb").write_text("{", encoding="utf-8")
    listed = "format: jb-book\nroot: words\nchapters: [{file: broken}, {file: 2 early}]\n"
    (folder / "_toc.yml").write_text(listed, encoding="utf-8")
    plan = adopt(folder)
    assert [(each.path, each.severity) for each in plan.problems if "JSON" in each.what] == [
        ("broken.ipynb", "warning")
    ]
    assert any(each.path == "2 early.ipynb" for each in plan.additions)


def test_the_command_shows_its_plan_and_writes_only_when_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(folder)
    said = call(folder, capsys, "adopt")
    assert said.status == 0
    assert "Nothing was written; say --yes to write." in said.out
    assert "_quarto.yml: new: a book of 4 chapters" in said.out
    assert "2 early.ipynb: a cell before cell 2 (part-1): `import tieout`" in said.out
    assert contents(folder) == before
    assert "Next: tieout suggest --write, then tieout build" in call(folder, capsys, "adopt", "--yes").out
    assert call(folder, capsys, "adopt").out == "Nothing to do.\n"


def test_what_builds_leave_is_kept_out_of_a_repository(folder: Path) -> None:
    adopt(folder).write()
    assert {"/_site/", "/.tieout/"} <= set((folder / ".gitignore").read_text(encoding="utf-8").split())
    assert not adopt(folder).rewrites, "a second run has nothing to do"


def test_a_gitignore_that_is_there_stays_and_the_plan_says_what_to_add(folder: Path) -> None:
    (folder / ".gitignore").write_text("*.pyc\n_site/\n", encoding="utf-8")
    plan = adopt(folder)
    said = [str(each) for each in plan.additions if each.path == ".gitignore"]
    assert said == [".gitignore: stays as it is; add /.tieout/ to it, which builds leave"]
    plan.write()
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*.pyc\n_site/\n"
