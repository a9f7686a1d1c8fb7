"""Bad input ends with one message: file, line, way out. Status 2 (1 for a check), the old site intact."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import notebooks, projects
from tests.support.commands import Said, call, run_tieout
from tieout.project import mark

OLD = "the old site"
PROSE = "# Introduction\n\nThe market reached [\\$2.5 billion](tie:market.2024) [@agency2026].\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project without code, so that nothing is wrong with it and no kernel is needed, with a site."""
    return with_site(projects.create(tmp_path / "project", {"index.md": PROSE}))


def with_site(root: Path) -> Path:
    (root / "_site").mkdir(exist_ok=True)
    (root / "_site" / "index.html").write_text(OLD, encoding="utf-8")
    mark(root / "_site")
    return root


def build(root: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    return call(root, capsys, "build", "--engine", "pandoc", "--to", "html")


def assert_refused(root: Path, said: Said, path: str, line: int | None, words: str, status: int = 2) -> None:
    """Hold what was said against the promise: one message, its place, a hint, and the old site as it was."""
    text = said.text
    assert said.status == status, text
    assert "Traceback" not in text
    place = path if line is None else f"{path}:{line}"
    messages = [one for one in said.lines if one.startswith(f"{place}: ")]
    assert len(messages) == 1, f"no single message for {place}:\n{text}"
    what, _, hint = messages[0].removeprefix(f"{place}: ").rpartition("; ")
    assert re.search(words, what), messages[0]
    assert len(hint) > 10, f"no way out: {messages[0]}"
    places = [one for one in said.lines if re.match(r"[\w./-]+(:\d+)?: ", one)]
    assert places == messages, f"said more than once, or more than one thing:\n{text}"
    assert (root / "_site" / "index.html").read_text(encoding="utf-8") == OLD
    assert [path.name for path in root.iterdir() if path.name.startswith("_site")] == ["_site"]


def test_nothing_is_wrong_with_the_project_itself(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = build(project, capsys)
    assert said.status == 0, said.lines
    assert OLD not in (project / "_site" / "index.html").read_text(encoding="utf-8")


# What is in a file, and what is said of it: a change of the project, then file, line and words.

Spoil = Callable[[Path], tuple[str, int | None]]


def in_config(old: str, new: str, shift: int = 0) -> Spoil:
    return lambda root: ("_quarto.yml", projects.change(root / "_quarto.yml", old, new) + shift)


def in_bibliography(old: str, new: str, shift: int = 0) -> Spoil:
    name = "bibliography.bib"
    return lambda root: (name, projects.change(root / name, old, new) + shift)


def in_facts(old: str, new: str) -> Spoil:
    return lambda root: ("data/facts.csv", projects.change(root / "data" / "facts.csv", old, new))


def holding(name: str, data: bytes, line: int | None = 1) -> Spoil:
    def spoil(root: Path) -> tuple[str, int | None]:
        (root / name).write_bytes(data)
        return name, line

    return spoil


def latin(name: str) -> Spoil:
    """Add a byte that is not UTF-8 at the end of a file."""

    def spoil(root: Path) -> tuple[str, int | None]:
        data = (root / name).read_bytes()
        (root / name).write_bytes(data + b"caf\xe9\n")
        return name, data.count(b"\n") + 1

    return spoil


def notebook(data: bytes, line: int) -> Spoil:
    """Make the home page a notebook of these bytes."""

    def spoil(root: Path) -> tuple[str, int | None]:
        (root / "index.md").unlink()
        (root / "index.ipynb").write_bytes(data)
        projects.change(root / "_quarto.yml", "index.md", "index.ipynb")
        return "index.ipynb", line

    return spoil


def twin_chapters(root: Path) -> tuple[str, int | None]:
    (root / "more.md").write_text("# More\n", encoding="utf-8")
    (root / "more.qmd").write_text("# More\n", encoding="utf-8")
    line = projects.change(root / "_quarto.yml", '"index.md",', '"index.md", "more.md", "more.qmd",')
    return "_quarto.yml", line


def looped(root: Path) -> tuple[str, int | None]:
    (root / "index.md").unlink()
    (root / "index.md").symlink_to("index.md")
    return in_config('"index.md"', '"index.md"')(root)


def includes(name: str, text: str, at: tuple[str, int]) -> Spoil:
    """Let the home page include a file."""

    def spoil(root: Path) -> tuple[str, int | None]:
        (root / "index.md").write_text(f"# Introduction\n\n{{{{< include {name} >}}}}\n", encoding="utf-8")
        if text:
            (root / name).write_text(text, encoding="utf-8")
        return at

    return spoil


PARTS: dict[str, tuple[Spoil, str]] = {
    "a notebook that is not JSON": (notebook(b'{"cells": [\n {"oops"\n', 3), "is not JSON"),
    "an empty notebook": (notebook(b"", 1), "is not JSON"),
    "a notebook that is none": (notebook(b"[]", 1), "not a notebook"),
    "a notebook with the marks of a merge": (
        notebook(b'{"cells": [\n<<<<<<< HEAD\n', 2),
        "is not JSON|merge conflict",
    ),
    "a CSV with a wrong column": (in_facts("id,label,value", "id,label,worth"), "'worth' stands where"),
    "a CSV with a missing column": (in_facts("id,label,value", "id,label"), "column 'value' is missing"),
    "a CSV row with a wrong number of cells": (in_facts("devices.count,", "devices,count,"), "10 cells"),
    "a CSV with an open quote": (in_facts('"Approved devices"', '"Approved devices'), "not CSV|cells"),
    "a CSV value that is no number": (in_facts(",162,1", ",a lot,1"), "not a number"),
    "a CSV with an unknown unit": (in_facts("billion USD", "billion shells"), "shells"),
    "a CSV with an id twice": (in_facts("market.2030,", "market.2024,"), "already the id"),
    "a CSV that is empty": (holding("data/facts.csv", b""), "is empty"),
    "a CSV that is not UTF-8": (latin("data/facts.csv"), "not UTF-8"),
    "a CSV that was changed": (lambda root: (in_facts("162\n", "163\n")(root)[0], 1), "not the one"),
    "a package that is not JSON": (holding("data/datapackage.json", b'{"name":\n', 2), "not JSON"),
    "an empty package": (holding("data/datapackage.json", b""), "not JSON"),
    "a malformed _quarto.yml": (in_config("lang: en", "lang: [en", 1), "malformed YAML"),
    "an empty _quarto.yml": (holding("_quarto.yml", b""), "empty"),
    "a _quarto.yml that is not UTF-8": (latin("_quarto.yml"), "not UTF-8"),
    "a value of a wrong type": (in_config("title: A small project", "title: [a, b]"), "should be text"),
    "a chapter that does not exist": (in_config('"index.md"', '"index.md", "gone.md"'), "does not exist"),
    "a chapter with a name that no file can have": (
        in_config('"index.md"', f'"index.md", "{"x" * 300}.md"'),
        "does not exist",
    ),
    "a chapter that is a link to itself": (looped, "leads nowhere"),
    "a character that YAML refuses": (in_config("lang: en", "lang: e\x07n"), "malformed YAML"),
    "two chapters of one name": (twin_chapters, "make the same page"),
    "a chapter outside the project": (in_config('"index.md"', '"index.md", "../x.md"'), "leaves the project"),
    "an output folder outside": (in_config("output-dir: _site", "output-dir: ../out"), "leaves the project"),
    "a bibliography outside": (
        in_config("bibliography: bibliography.bib", "bibliography: ../works.bib"),
        "leaves the project",
    ),
    "a chapter that is not UTF-8": (latin("index.md"), "not UTF-8"),
    "a malformed header": (holding("index.md", b"---\ntitle: [one\n---\n", 2), "malformed YAML"),
    "a cycle of includes": (
        includes("a.md", "Text.\n\n{{< include index.md >}}\n", ("a.md", 3)),
        "include each other",
    ),
    "a file that includes itself": (includes("index.md", "", ("index.md", 3)), "include each other"),
    "an include outside the project": (includes("../a.md", "", ("index.md", 3)), "leaves the project"),
    "an include that does not exist": (includes("gone.md", "", ("index.md", 3)), "does not exist"),
    "a broken bibliography": (in_bibliography("{{Example", "{{{Example", -1), "agency2026 is never closed"),
    "a bibliography with a missing comma": (
        in_bibliography("{Registry of Examples},", "{Registry of Examples}", 1),
        "BibTeX",
    ),
    "a bibliography that is not UTF-8": (latin("bibliography.bib"), "not UTF-8"),
}


@pytest.mark.parametrize("name", PARTS)
def test_input_that_cannot_be_read_is_refused_at_its_place(
    name: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, words = PARTS[name]
    path, line = spoil(project)
    assert_refused(project, build(project, capsys), path, line, words)


def test_the_entry_of_a_bibliography_that_is_never_closed_is_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "bibliography.bib"
    whole = path.read_text(encoding="utf-8")
    path.write_text(
        whole + whole.rstrip().removesuffix("}").replace("agency2026", "agency2027"), encoding="utf-8"
    )
    line = len(whole.splitlines()) + 1
    words = "agency2027 is never closed"
    assert_refused(project, build(project, capsys), "bibliography.bib", line, words)


@pytest.mark.parametrize("text", ["", "no style", "<style/>"])
def test_a_style_of_citations_that_is_none_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (project / "style.csl").write_text(text, encoding="utf-8")
    assert_refused(project, build(project, capsys), "style.csl", None, "is not a CSL style")


def test_a_missing_data_file_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data" / "facts.csv").unlink()
    assert_refused(project, build(project, capsys), "data/facts.csv", None, "does not exist|no file|missing")


def test_an_unknown_tie_is_a_failed_check(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = projects.change(project / "index.md", "tie:market.2024", "tie:market.2042")
    said = build(project, capsys)
    assert_refused(project, said, "index.md", line, "no ledger entry is called market.2042", status=1)
    assert any("did you mean market.2024" in one for one in said.lines)


def test_a_folder_that_is_no_project_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = build(tmp_path, capsys)
    assert said.status == 2
    assert len(said.lines) == 1 and "_quarto.yml" in said.lines[0] and "--project" in said.lines[0]


# Kernels: these run as a user would run them.


def test_cells_and_kernels_that_fail_are_refused_at_their_place(tmp_path: Path) -> None:
    """Three notebooks in one build, so that one command shows all: an error, a dead kernel, no such fact."""
    names = ["index", "dead", "facts"]
    root = with_site(projects.create(tmp_path / "project", {f"{name}.ipynb": "" for name in names}))
    books = {
        name: notebooks.write(root / f"{name}.ipynb", f"#:# {name}", *cells, kernel=kernel)
        for name, cells, kernel in (
            ("index", ["x = 1", "def f():\n    return 1 / 0\n\nf()"], "python3"),
            ("dead", ["import os\nos._exit(9)"], "python3"),
            ("facts", ["import tieout as t\nt.facts()['market.2042']"], "python3"),
        )
    }
    before = {name: path.read_bytes() for name, path in books.items()}
    said = run_tieout("build", "--engine", "pandoc", cwd=root)
    lines = said.stderr.splitlines()
    assert said.returncode == 2, said.stderr
    assert "Traceback" not in said.stderr

    def line_of(name: str, text: str) -> int:
        lines = before[name].decode().splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)

    for name, text, words, hint in (
        ("index", '"f()"', "cell 3 (part-2): ZeroDivisionError: division by zero", "correct the cell"),
        ("dead", "import os", "the kernel died while running this cell", "look for what ends"),
        (
            "facts",
            "market.2042",
            "no fact 'market.2042'; did you mean market.2024",
            "correct the cell",
        ),
    ):
        told = [line for line in lines if line.startswith(f"{name}.ipynb:{line_of(name, text)}: ")]
        assert len(told) == 1, said.stderr
        assert words in told[0] and hint in told[0]
    assert len([line for line in lines if ".ipynb:" in line]) == 3
    assert (root / "_site" / "index.html").read_text(encoding="utf-8") == OLD
    assert {name: path.read_bytes() for name, path in books.items()} == before


# Disks: a file system of its own, where the machine lets a user mount one.

MOUNTED = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec"]


def may_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    script = "mount -t tmpfs -o size=64k none /mnt && mount --bind /mnt /mnt && mount -o remount,bind,ro /mnt"
    return subprocess.run([*MOUNTED, script], capture_output=True, check=False).returncode == 0


needs_mount = pytest.mark.skipif(not may_mount(), reason="needs leave to mount a file system")


def mounted(root: Path, script: str) -> Said:
    """Build a project where a script has mounted something; it sees the shell's `$PROJECT` and `$BUILD`."""
    command = f"{sys.executable} -m tieout build --engine pandoc --to html"
    environment = {**os.environ, "PROJECT": str(root), "BUILD": command}
    done = subprocess.run(
        [*MOUNTED, script], capture_output=True, text=True, env=environment, cwd=root.parent, check=False
    )
    return Said(done.returncode, done.stdout, done.stderr)


@needs_mount
@pytest.mark.parametrize("first", [".tieout", "_site"])
def test_a_full_disk_is_said(project: Path, tmp_path: Path, first: str) -> None:
    """The disk fills before the ledger is written, and after it."""
    (tmp_path / "disk").mkdir()
    prepare = "cd project && $BUILD >/dev/null 2>&1 && rm -rf _site/* && cd .. &&" if first == "_site" else ""
    said = mounted(
        project,
        f"{prepare} mount -t tmpfs -o size=600k none disk; cp -r project disk/p; cd disk/p; "
        f"echo '{OLD}' > _site/index.html; cat /dev/zero > filler 2>/dev/null || true; "
        "$BUILD || status=$?; cat _site/index.html; ls -d _site*; exit $status",
    )
    assert said.status == 2, said.text
    assert "Traceback" not in said.text
    (message,) = [line for line in said.lines if "disk is full" in line]
    assert first in message and "free space" in message
    assert said.lines[-2:] == [OLD, "_site"]


@needs_mount
@pytest.mark.parametrize("what", [".", "_site"])
def test_a_read_only_folder_is_said(project: Path, what: str) -> None:
    said = mounted(
        project,
        f"cd $PROJECT; mount --bind {what} {what}; mount -o remount,bind,ro {what}; cd $PROJECT; "
        "$BUILD || status=$?; cat _site/index.html; echo; ls -d _site*; exit $status",
    )
    assert said.status == 2, said.text
    assert "Traceback" not in said.text
    (message,) = [line for line in said.lines if "cannot be written" in line]
    assert "make the folder writable" in message
    assert said.lines[-2:] == [OLD, "_site"]


def test_a_ledger_without_room_is_said(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "replace", full)
    assert_refused(project, build(project, capsys), ".tieout/ledger.json", None, "disk is full")


def test_every_machine_form_says_the_same(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bad input in a check is a failed check, in every form of output."""
    projects.change(project / "index.md", "tie:market.2024", "tie:market.2042")
    said = call(project, capsys, "check", "prose", "--format", "json")
    assert said.status == 1
    (report,) = json.loads(said.out)["checks"]
    assert [problem["line"] for problem in report["problems"]] == [3]
