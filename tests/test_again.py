"""A build with nothing to do says so at once; whatever it follows from makes it build again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import editions, notebooks, projects
from tests.support.commands import call_anew, run_tieout
from tests.support.shared import once

NOTHING = "Nothing has changed since the last build."
CODE = "import tieout as t\nt.record('a.n', len(open('tables/a.csv').read().split()), label='Words')"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small report, built once; with a notebook that reads a table, also one beside the project."""
    folder = tmp_path_factory.mktemp("again")
    root = projects.create(folder / "report", {"index.ipynb": ["#:# A"], "text.qmd": "# Text\n\nWords.\n"})
    (root / "tables").mkdir()
    (root / "tables" / "a.csv").write_text("a b c\n", encoding="utf-8")
    (folder / "beside.csv").write_text("x\n", encoding="utf-8")
    cells = ("#:# A\n\nThere are [3](tie:a.n).", CODE, "print(open('../beside.csv').read())")
    notebooks.write(root / "index.ipynb", *cells)
    config = root / "_quarto.yml"
    config.write_text(config.read_text().replace("require: all", "require: none"), encoding="utf-8")
    result = run_tieout("build", "--to", "html", cwd=root)
    assert result.returncode == 0, result.stderr
    return folder


def test_nothing_to_do_is_said_with_what_the_build_said_and_little_is_loaded(built: Path) -> None:
    root = built / "report"
    result = run_tieout("build", "--to", "html", cwd=root)
    assert result.returncode == 0 and NOTHING in result.stderr
    assert "_site/index.html" in result.stdout
    code = "import sys\nfrom tieout.__main__ import main\n"
    code += "sys.argv = ['tieout', 'build', '--to', 'html']\nmain()\n"
    code += "print(sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1]
    for name in ("pandas", "nbformat", "typer", "rich", "lxml", "altair", "pint", "IPython", "ruamel"):
        assert f"'{name}'" not in loaded, name


def test_what_a_build_has_checked_is_said_by_the_check_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = projects.create(tmp_path, {"index.ipynb": ["#:# A"], "text.qmd": "# Text\n\nWords.\n"})
    shutil.rmtree(root / "data")  # its facts have no source to be checked against
    assert call_anew(root, capsys, "build").status == 0
    after = call_anew(root, capsys, "check", "--no-execute")
    assert after.status == 0 and "Nothing has changed since the last check." in after.err
    (root / ".tieout" / "check.json").unlink()
    whole = call_anew(root, capsys, "check", "--no-execute")
    assert "Nothing has changed" not in whole.err and whole.out == after.out
    again = call_anew(root, capsys, "check", "--no-execute")
    assert "Nothing has changed" in again.err and again.out == after.out
    named = call_anew(root, capsys, "check", "--no-execute", "prose")
    assert "Nothing has changed" not in named.err and named.out != after.out
    page = root / "_site" / "text.html"
    right = page.read_text("utf-8")
    page.write_text(right.replace("Words.", "Words, 7."), encoding="utf-8")
    for known in (False, True):
        wrong = call_anew(root, capsys, "check", "--no-execute")
        assert wrong.status == 1 and "7" in wrong.err and "✗ site" in wrong.out
        assert ("Nothing has changed" in wrong.err) is known, "what failed fails again, and says why"
    page.write_text(right, encoding="utf-8")
    mended = call_anew(root, capsys, "check", "--no-execute")
    assert mended.status == 0 and "Nothing has changed" not in mended.err


def test_a_site_that_is_older_than_its_sources_says_so_once(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = shutil.copytree(built / "report", tmp_path / "report")
    shutil.copy(built / "beside.csv", tmp_path)
    more = "".join(f"\nThere were {number} of them.\n" for number in range(11, 31))
    (root / "text.qmd").write_text(f"# Text\n\nWords.\n{more}", encoding="utf-8")
    said = call_anew(root, capsys, "check", "site").err
    assert "text.qmd:1: the site is older than text.qmd: " in said and "; build the site anew" in said
    assert said.count("build the site anew") == 1


def test_a_build_that_ran_a_notebook_is_checked_as_it_is_then(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = projects.create(tmp_path, {"index.ipynb": ["#:# A"]})
    shutil.rmtree(root / "data")
    notebooks.write(root / "index.ipynb", "#:# A", "print(open('a.txt').read())")
    for text in ("one", "two"):
        (root / "a.txt").write_text(text, encoding="utf-8")
        assert call_anew(root, capsys, "build").status == 0
        after = call_anew(root, capsys, "check", "--no-execute")
        assert after.status == 0 and "Nothing has changed" in after.err


@pytest.fixture
def book(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A copy of the book with two editions as it was built."""
    return shutil.copytree(once(tmp_path_factory, "editions", editions.build), tmp_path / "book")


def test_an_edition_that_nothing_has_changed_for_is_taken_as_it_was_built(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its own text and what it includes of the main edition count; other prose of that does not."""
    own, page = book / "index.uk.md", book / "_site" / "uk" / "index.uk.html"
    said = "Before all."

    def built(taken: bool, more: str) -> None:
        nonlocal said
        projects.change(book / "index.md", said, f"{said} {more}")
        said = f"{said} {more}"
        done = call_anew(book, capsys, "build", "--to", "html")
        assert done.status == 0, done.err
        assert ("Edition uk, in which nothing has changed" in done.err) is taken, more
        assert "Перед усім" in page.read_text("utf-8")

    built(False, "It was built for paper as well.")
    built(True, "One more.")
    page.write_text(page.read_text("utf-8").replace("Перед", "За"), encoding="utf-8")
    built(False, "Two more.")
    projects.change(own, "Перед усім.", "Перед усім. Ще слово.\n\n{{< include index.md >}}")
    built(False, "Three more.")
    assert "Ще слово." in page.read_text("utf-8")
    built(False, "Four more.")
    assert "Four more." in page.read_text("utf-8"), "it is included there"


def test_an_edition_of_which_lines_of_another_are_named_is_built_each_time(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = book / "chapters" / "uk" / "market.ipynb"
    projects.change(own, "у [7,6 раза](tie:market.multiple)", "швидко")
    for more in ("One more.", "Two more."):
        projects.change(book / "index.md", "Before all.", f"Before all. {more}")
        done = call_anew(book, capsys, "build", "--to", "html")
        assert done.status == 0, done.err
        assert "warning: chapters/market.ipynb:" in done.err and "shows nowhere" in done.err
        assert "in which nothing has changed" not in done.err


CHANGES = (
    "report/_quarto.yml", "report/index.ipynb", "report/text.qmd", "report/tables/a.csv", "beside.csv",
    "report/_site/index.html", "report/_variables.yml", "report/.tieout/build.json",
)  # fmt: skip


def test_whatever_it_follows_from_is_noticed(built: Path) -> None:
    from tieout.machine.built import unchanged

    root = built / "report"
    call = ["build", "--to", "html"]
    assert unchanged(root, call) is not None
    assert unchanged(root, ["build"]) is None, "another call makes another site"
    for name in CHANGES:
        path = built / name
        before = path.read_bytes() if path.is_file() else None
        path.write_bytes((before or b"") + b"\n")
        if name.endswith("build.json"):
            path.write_text(json.dumps({**json.loads(before or b"{}"), "said": []}), encoding="utf-8")
        assert unchanged(root, call) is None, name
        path.unlink() if before is None else path.write_bytes(before)
        assert unchanged(root, call) is not None, name
    extra = root / "_site" / "extra.html"
    extra.write_text("x", encoding="utf-8")
    assert unchanged(root, call) is None
    extra.unlink()


def test_a_record_cut_short_is_no_record(built: Path, tmp_path: Path) -> None:
    from tieout.machine.built import unchanged

    root = tmp_path / "report"
    shutil.copytree(built / "report", root)
    shutil.copy(built / "beside.csv", tmp_path)
    path = root / ".tieout" / "build.json"
    whole = path.read_text("utf-8")
    assert unchanged(root, ["build", "--to", "html"]) is not None, "a moved folder is the same report"
    for damage in ("", "{}", "[]", whole[:-20], "null", '{"hash": 1}'):
        path.write_text(damage, encoding="utf-8")
        assert unchanged(root, ["build", "--to", "html"]) is None
    path.unlink()
    assert unchanged(root, ["build", "--to", "html"]) is None


def test_a_file_that_is_saved_while_a_build_runs_is_something_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first chapter's code edits the second, which the build has read by then."""
    code = "import pathlib\npath = pathlib.Path('text.qmd')\ntext = path.read_text()\n"
    code += "if 'Better' not in text:\n    path.write_text(text.replace('Words.', 'Better words.'))"
    root = projects.create(tmp_path, {"index.ipynb": ["#:# A"], "text.qmd": "# Text\n\nWords.\n"})
    notebooks.write(root / "index.ipynb", "#:# A", code)
    call_anew(root, capsys, "build", "--to", "html")
    assert "Better words." in (root / "text.qmd").read_text("utf-8")
    again = call_anew(root, capsys, "build", "--to", "html")
    assert again.status == 0 and NOTHING not in again.err
    assert "Better words." in (root / "_site" / "text.html").read_text("utf-8")
    assert NOTHING in call_anew(root, capsys, "build", "--to", "html").err


def test_the_folder_that_the_project_lies_in_is_no_file_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is opened where it is the system's temporary folder, and others write there."""
    from tieout.machine import built

    root = tmp_path / "report"
    root.mkdir()
    (root / "text.qmd").write_text("Words.\n", encoding="utf-8")
    opened = built.OPENED.__class__()
    opened.note("file", str(tmp_path))
    opened.note("file", str(root / "text.qmd"))
    (tmp_path / "other").mkdir()
    monkeypatch.setattr(built, "OPENED", opened)
    assert set(built._asked(root, "_site") or ()) == {"file:text.qmd", "listing:."}
