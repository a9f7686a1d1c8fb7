"""The files of a project as one command reads them: each once, whoever asks, and notebooks parsed once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from threading import RLock, local
from typing import Any, TypeVar

from tieout.machine import inside
from tieout.machine.asked import digest
from tieout.machine.memory import Memory
from tieout.machine.store import file_hash
from tieout.notebooks import Notebook
from tieout.problems import InputError

Name = str | PurePosixPath
Made = TypeVar("Made", bytes, str, Notebook)
Thing = TypeVar("Thing")
Content = bytes | None


class Files:
    """The files below a folder, remembered as they were when they were first read.

    Parameters
    ----------
    root
        The project's folder; names are relative to it.
    memory
        What this process has made before.

    Attributes
    ----------
    names
        What has been asked for.
    """

    def __init__(self, root: Path, memory: Memory | None = None) -> None:
        self.root = root
        self.names: set[str] = set()
        self.memory = Memory() if memory is None else memory
        self._lock = RLock()
        self._asked = local()
        self._bytes: dict[str, bytes] = {}
        self._texts: dict[str, str] = {}
        self._notebooks: dict[str, Notebook] = {}
        self._found: dict[str, Any] = {}

    def exists(self, name: Name) -> bool:
        """Whether there is such a file."""
        self._note(name)
        return str(name) in self._bytes or (self.root / name).is_file()

    def included(self, chapter: Name, file: Name, name: str) -> PurePosixPath | None:
        """Return the file that an include names; None where there is none in the project.

        As in Quarto an included file stands for its text: what it includes itself is named from the chapter's
        folder. Where nothing is there, it may be named from the file's own.
        """
        folders = [PurePosixPath(each).parent for each in dict.fromkeys((str(chapter), str(file)))]
        for folder in [PurePosixPath()] if name.startswith("/") else folders:
            try:
                path = inside(self.root, folder / name.lstrip("/"))
            except InputError:
                continue
            if self.exists(path):
                return path
        return None

    def bytes(self, name: Name, said: str = "") -> bytes:
        """Return what a file holds.

        Parameters
        ----------
        said
            What a message adds about a file that is missing: ``named in data/datapackage.json``.

        Raises
        ------
        InputError
            The file is missing, cannot be read, or lies outside the folder, also by a symbolic link.
        """
        self._note(name)
        return self._once(self._bytes, name, lambda: read_inside(self.root, str(name), said))

    def text(self, name: Name) -> str:
        """Return a file's text.

        Raises
        ------
        InputError
            The file is missing, cannot be read, or is not UTF-8.
        """
        self._note(name)
        return self._once(self._texts, name, lambda: _unified(self._decoded(str(name))))

    def _decoded(self, name: str) -> str:
        """Return a file's text as it stands; that of a notebook is the one that it was read from."""
        notebook = self._notebooks.get(name)
        return notebook.raw.removeprefix("\ufeff") if notebook else decoded(self.bytes(name), name)

    def notebook(self, name: Name) -> Notebook:
        """Return a notebook.

        Raises
        ------
        InputError
            The file is missing, or is no notebook of format 4.
        """
        self._note(name)
        path = self.root / name

        def parsed() -> Notebook:
            data = self.bytes(name)
            key = ("notebook", path, data)
            return self.memory.made(key, lambda: Notebook.decoded(data, path, self.root))

        return self._once(self._notebooks, name, parsed)

    def made(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """Return what is made of files, the same again where every file that was asked for is as it was.

        Parameters
        ----------
        key
            What kind of object it is, and what it follows from besides files that are asked for here.
        """

        def followed() -> tuple[Thing, dict[str, Content]]:
            with self.asking() as names:
                value = make()
            return value, {name: self._state(name) for name in names}

        value, states = self.memory.made(key, followed)
        if any(self._state(name) != state for name, state in states.items()):
            self.memory.forget(key)
            value, states = self.memory.made(key, followed)
        for name in states:
            self._note(name)
        return value

    @contextmanager
    def asking(self) -> Iterator[set[str]]:
        """Give the names of files that are asked for within, by this thread."""
        outer, names = getattr(self._asked, "names", None), set[str]()
        self._asked.names = names
        try:
            yield names
        finally:
            self._asked.names = outer
            if outer is not None:
                outer |= names

    def digest(self, name: Name) -> str | None:
        """Return the hash of what a file holds; None where there is none."""
        self._note(name)
        known = self._bytes.get(str(name))
        path = self.root / name
        if known is not None:
            return digest(known)
        return file_hash(path) if path.is_file() else None

    def found(self, what: str, find: Callable[[], Thing]) -> Thing:
        """Return what is found out about folders, once a command."""
        thing: Thing = self._once(self._found, what, find)
        return thing

    def _state(self, name: str) -> Content:
        return self.bytes(name) if self.exists(name) else None

    def _note(self, name: Name) -> None:
        self.names.add(str(name))
        asked: set[str] | None = getattr(self._asked, "names", None)
        if asked is not None:
            asked.add(str(name))

    def again(self) -> Files:
        """Return the files to be read again, by a command that follows this one."""
        return Files(self.root, Memory(self.memory))

    def without(self, changed: Iterable[Name]) -> Files:
        """Return the same files, those that have changed to be read anew."""
        names = set(map(str, changed))
        files = Files(self.root, self.memory)
        files.names = self.names
        with self._lock:
            files._bytes = {name: each for name, each in self._bytes.items() if name not in names}
            files._texts = {name: each for name, each in self._texts.items() if name not in names}
            files._notebooks = {name: each for name, each in self._notebooks.items() if name not in names}
        return files

    def apart(self) -> Files:
        """Return the same files, as if nothing had been asked for."""
        files = self.without(())
        files.names = set()
        return files

    def _once(self, held: dict[str, Made], name: Name, make: Callable[[], Made]) -> Made:
        key = str(name)
        with self._lock:
            if key not in held:
                held[key] = make()
            return held[key]


def read_inside(root: Path, name: str, said: str = "") -> bytes:
    """Return what a file of a folder holds, as `read_bytes` does; it has to end inside the folder."""
    return read_bytes(root / inside(root, name, path=name), name, said)


def read_bytes(path: Path, name: str, said: str = "") -> bytes:
    """Return what a file holds; `name` is what messages call it.

    Raises
    ------
    InputError
        The file is missing or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        what = f"there is no file {name}" + (f", {said}" if said else "")
        raise InputError(what, "restore it, or correct the name", path=name, rule="missing") from None
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise InputError(what, "look at the file's permissions", path=name, rule="missing") from None


def decoded(data: bytes, name: str) -> str:
    """Return a file's text, line ends as they are.

    Raises
    ------
    InputError
        A byte is not UTF-8; with its line.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = f"byte {error.start} is not UTF-8"
        raise InputError(what, "save the file as UTF-8", path=name, line=line, rule="encoding") from None


def read_text(path: Path, name: str) -> str:
    """Return the text of a file outside of any project, as `Files.text` does."""
    return _unified(decoded(read_bytes(path, name), name))


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
