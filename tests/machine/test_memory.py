"""Objects that a process keeps from one command to the next."""

from __future__ import annotations

from pathlib import Path

from tieout.machine.memory import Memory
from tieout.project import Files


def test_what_the_command_before_made_is_the_same_object_again_and_older_things_are_let_go() -> None:
    first = Memory()
    made = first.made("key", lambda: [1])
    second = Memory(first)
    assert second.made("key", lambda: [2]) is made
    assert Memory(Memory(second)).made("key", lambda: [3]) == [3], "the command between did not ask for it"


def test_what_is_made_of_files_is_made_again_when_one_that_was_asked_for_changes(tmp_path: Path) -> None:
    made = list[str]()

    def make(files: Files) -> str:
        def text() -> str:
            made.append("made")
            return files.text("a.md") + (files.text("b.md") if files.exists("b.md") else "")

        return files.made("both", text)

    (tmp_path / "a.md").write_text("a")
    (tmp_path / "beside.md").write_text("no matter")
    files = Files(tmp_path)
    assert make(files) == make(files) == "a"
    (tmp_path / "beside.md").write_text("changed")
    files = files.again()
    assert make(files) == "a" and made == ["made"]
    for name, text, said in (("b.md", "b", "ab"), ("a.md", "A", "Ab"), ("b.md", None, "A")):
        path = tmp_path / name
        path.unlink() if text is None else path.write_text(text)
        files = files.again()
        assert make(files) == said
    assert len(made) == 4


def test_what_is_made_of_something_made_of_files_follows_from_them_too(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")

    def outer(files: Files) -> str:
        return files.made("outer", lambda: files.made("inner", lambda: files.text("a.md")) + "!")

    files = Files(tmp_path)
    assert files.made("inner", lambda: files.text("a.md")) + outer(files) == "aa!"
    (tmp_path / "a.md").write_text("b")
    assert outer(files.again()) == "b!"
