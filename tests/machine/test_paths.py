"""Paths: what is let through lies inside the project, links followed, whatever the path looks like."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.machine import inside, stays
from tieout.problems import InputError

PARTS = (
    "a", "b", "..", ".", "", "~", "~root", "link-in", "link-out", "link-up", "link-chain", "loop", "dangling",
    "file.md", "a.", "a ", "...", "C:", "\\", "..\\x", "é", "e\u0301", "\u202e", "\x00", "\n", "\ud800",
    "x" * 300, "%2e%2e", "*", "$HOME", "-rf",
)  # fmt: skip


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder).resolve()
        project = base / "project"
        (project / "a" / "b").mkdir(parents=True)
        (project / "file.md").write_text("text", encoding="utf-8")
        (base / "elsewhere").mkdir()
        (base / "project-2").mkdir()
        for name, target in (
            ("link-in", "a"),
            ("link-out", "../elsewhere"),
            ("link-up", ".."),
            ("link-chain", "link-out"),
            ("loop", "loop"),
            ("dangling", "../elsewhere/none"),
            ("a/link-out", str(base / "project-2")),
            ("a/link-in", "../link-in/b"),
            ("a/link-chain", "link-in/../../link-up"),
        ):
            (project / name).symlink_to(target)
        yield project


@given(
    parts=st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=4)), min_size=1, max_size=6),
    start=st.sampled_from(["", "/", "./", "//", "~/"]),
)
def test_whatever_is_let_through_ends_inside(root: Path, parts: list[str], start: str) -> None:
    """The oracle is the operating system's own reading of the path that would be opened."""
    given = start + "/".join(parts)
    try:
        path = inside(root, given)
    except InputError as error:
        (problem,) = error.problems
        assert problem.rule == "outside" and problem.hint
        str(problem).encode()
        return
    assert not path.is_absolute() and ".." not in path.parts
    real = os.path.realpath(root / path)
    assert real == str(root) or real.startswith(f"{root}{os.sep}")


@pytest.mark.parametrize(
    ("given", "plain"),
    [("a/b", "a/b"), ("./a//b/", "a/b"), ("a/../file.md", "file.md"), ("link-in/b", "link-in/b"),
     ("new/file", "new/file"), ("...", "..."), ("a.", "a."), ("é", "é"), ("-rf", "-rf"), ("a b", "a b")],
)  # fmt: skip
def test_ordinary_paths_are_let_through_in_their_plain_form(root: Path, given: str, plain: str) -> None:
    assert inside(root, given) == PurePosixPath(plain)


@pytest.mark.parametrize(
    "given",
    ["..", "../x", "a/../../b", "/etc/passwd", "//etc", "~", "~/x", "..\\x", "C:\\x", "C:/x", "a\x00b",
     "a\nb",
     "link-out", "link-out/x", "link-up/elsewhere", "link-chain", "loop", "loop/x", "dangling",
     "a/link-out/x", "a/link-chain", "\ud800", "../project-2", "../project/../elsewhere"],
)  # fmt: skip
def test_what_leaves_is_refused_with_its_place(root: Path, given: str) -> None:
    with pytest.raises(InputError) as caught:
        inside(root, given, path="_quarto.yml", line=3)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("_quarto.yml", 3)
    assert not stays(root, root / given)
