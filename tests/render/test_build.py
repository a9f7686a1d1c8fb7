"""The build: a folder beside the site, a swap at the end, the last good site where anything goes wrong."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import small_report
from tieout.machine import held
from tieout.problems import InputError
from tieout.project import Project, mark
from tieout.render.build import build
from tieout.render.swap import clear_up, replacing


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_report.create(tmp_path / "report")


def good_site(root: Path) -> None:
    (root / "_site").mkdir()
    (root / "_site" / "index.html").write_text("the last good one", encoding="utf-8")
    mark(root / "_site")


def is_untouched(root: Path) -> bool:
    beside = [path.name for path in root.glob("_site*")]
    return beside == ["_site"] and (root / "_site" / "index.html").read_text() == "the last good one"


def test_a_build_replaces_the_whole_site_and_says_what_it_made(project: Path) -> None:
    good_site(project)
    (project / "_site" / "gone.html").write_text("", encoding="utf-8")
    mark(project / "_site")
    said: list[str] = []
    built = build(Project.load(project), "pandoc", progress=said.append)
    assert built.files == (project / "_site" / "index.html", project / "_site" / "small.pdf")
    assert built.engine == "pandoc"
    assert not (project / "_site" / "gone.html").exists()
    assert [path.name for path in project.glob("_site*")] == ["_site"]
    assert said[0] == "Building with pandoc"


def test_a_book_with_errors_leaves_the_last_good_site(project: Path) -> None:
    good_site(project)
    (project / "index.md").write_text("# Welcome\n\n[1](tie:no.such), see @fig-nothing.\n", encoding="utf-8")
    with (project / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("tieout: {require: all}\n")
    with pytest.raises(InputError) as error:
        build(Project.load(project), "pandoc")
    assert {(found.path, found.line, found.rule) for found in error.value.problems} == {
        ("index.md", 3, "tie"),
        ("index.md", 3, "reference"),
    }
    assert is_untouched(project)


def test_a_site_that_does_not_pass_is_not_published(project: Path) -> None:
    good_site(project)

    def verify(site: Path, _rest: Callable[[], None]) -> None:
        assert (site / "index.html").is_file()
        raise InputError("a number does not agree")

    with pytest.raises(InputError, match="does not agree"):
        build(Project.load(project), "pandoc", ("html",), verify=verify)
    assert is_untouched(project)


def test_the_pdf_alone_leaves_the_pages_beside_it(project: Path) -> None:
    good_site(project)
    build(Project.load(project), "pandoc", ("pdf",))
    assert (project / "_site" / "index.html").read_text(encoding="utf-8") == "the last good one"
    assert (project / "_site" / "small.pdf").is_file()


@pytest.mark.parametrize("to", [(), ("docx",)])
def test_what_cannot_be_made_is_said(project: Path, to: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="--to html,pdf"):
        build(Project.load(project), "pandoc", to)


def test_a_killed_build_leaves_the_last_good_site_and_the_next_starts_clean(project: Path) -> None:
    good_site(project)
    script = (
        "import sys; from pathlib import Path; from tieout.render.swap import replacing\n"
        "with replacing(Path(sys.argv[1])) as site:\n"
        "    (site / 'index.html').write_text('half'); print('ready', flush=True); input()\n"
    )
    command = [sys.executable, "-c", script, str(project / "_site")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGKILL)
    assert (project / "_site" / "index.html").read_text(encoding="utf-8") == "the last good one"
    with replacing(project / "_site") as site:
        assert list(site.iterdir()) == []
        assert sorted(path.name for path in project.glob("_site*")) == ["_site", site.parent.name]


def test_a_build_killed_in_the_swap_loses_nothing(project: Path) -> None:
    good_site(project)
    script = (
        "import os, sys; from pathlib import Path; from tieout.render.swap import replacing\n"
        "rename = Path.rename\n"
        "def once(path, target):\n"
        "    rename(path, target)\n"
        "    if path.name == '_site': os.kill(os.getpid(), 9)\n"
        "Path.rename = once\n"
        "with replacing(Path(sys.argv[1])) as site: (site / 'index.html').write_text('new')\n"
    )
    subprocess.run([sys.executable, "-c", script, str(project / "_site")], check=False)
    assert not (project / "_site").exists()
    clear_up(project / "_site")
    assert is_untouched(project)


def test_a_build_that_still_runs_is_left_alone(project: Path) -> None:
    good_site(project)
    theirs = project / "_site.new-1"
    theirs.mkdir()
    with held(theirs):
        (theirs / "site").mkdir()
        clear_up(project / "_site")
        assert (theirs / "site").is_dir()
    assert is_untouched(project)


def test_folders_with_names_like_ours_are_left_alone(project: Path) -> None:
    """A person's own copy of a site is nobody's to clear up."""
    good_site(project)
    for name in ("_site.old-2024", "_site.new-999999999", "_site.new-x"):
        shutil.copytree(project / "_site", project / name)
    clear_up(project / "_site")
    assert len(list(project.glob("_site*/index.html"))) == 4


def test_an_interrupt_clears_up(project: Path) -> None:
    good_site(project)
    with pytest.raises(KeyboardInterrupt), replacing(project / "_site") as site:
        (site / "index.html").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt
    assert is_untouched(project)


def test_a_full_disk_is_said_and_leaves_the_last_good_site(project: Path) -> None:
    good_site(project)
    with pytest.raises(InputError, match="disk is full"), replacing(project / "_site") as site:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(site / "index.html"))
    assert is_untouched(project)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_without_room_is_said(project: Path) -> None:
    good_site(project)
    with (
        pytest.raises(InputError, match="disk is full"),
        replacing(project / "_site"),
        Path("/dev/full").open("w", encoding="utf-8") as full,
    ):
        full.write("x" * 100_000)
    assert is_untouched(project)


def test_an_output_folder_that_cannot_be_written_is_said(project: Path) -> None:
    (project / "blocked").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"), replacing(project / "blocked" / "_site"):
        pytest.fail("there is no folder to write to")


def test_a_resource_that_does_not_exist_is_named_with_its_line(project: Path) -> None:
    good_site(project)
    config = (project / "_quarto.yml").read_text(encoding="utf-8")
    (project / "_quarto.yml").write_text(config.replace("[data]", "[data, missing]"), encoding="utf-8")
    with pytest.raises(InputError) as error:
        build(Project.load(project), "pandoc", ("html",))
    assert (error.value.problems[0].path, error.value.problems[0].line) == ("_quarto.yml", 4)
    assert is_untouched(project)


def test_a_ledger_that_is_none_is_named(project: Path) -> None:
    (project / ".tieout" / "ledger.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError):
        build(Project.load(project), "pandoc", ("html",))
