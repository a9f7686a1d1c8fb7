"""What a kernel asks of the machine while it runs: files, folders, variables; seen, not declared.

Python's audit events tell of every file that Python code opens. What compiled readers, other programs and the
network give is not told, so it is noted that such a way was taken: what they read can only be guessed.
Imports nothing but the standard library: every kernel loads it before its first cell.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TRACE = "TIEOUT_TRACE"
FILES = ("file", "own", "input")
# Events that read what no later event names.
OPAQUE = {
    "subprocess.Popen": "runs another program",
    "os.system": "runs another program",
    "os.posix_spawn": "runs another program",
    "socket.connect": "asks the network",
    "mmap.__new__": "maps a file into memory",
}
SEEN = frozenset(("open", "os.listdir", "os.scandir", "sqlite3.connect", "import", *OPAQUE))
# Compiled readers: they open files without a word.
READERS = frozenset(("polars", "duckdb", "h5py", "netCDF4", "rasterio", "pyogrio", "fiona", "tables"))
ARROW = ("pyarrow.parquet", "pyarrow.dataset", "pyarrow.csv", "pyarrow.feather", "pyarrow.orc")
_FOLDERS = {sys.prefix, sys.base_prefix, sys.exec_prefix, os.path.dirname(os.__file__)}
LIBRARIES = tuple(
    sorted({path + os.sep for folder in _FOLDERS for path in (folder, os.path.realpath(folder))})
)
# What lies in these is never a question of a report's, and every import opens some of it.
PACKAGES = tuple(
    folder + os.sep
    for folder in (os.path.dirname(os.__file__), *sys.path)
    if folder.endswith("site-packages") or folder == os.path.dirname(os.__file__)
)
_BY_THE_WAY = ("os.py", "_collections_abc.py", "opened.py", "<frozen os>", "<frozen _collections_abc>")


class Opened:
    """The questions of one process, each once, in the order in which they were first asked."""

    def __init__(self) -> None:
        self.asked: dict[tuple[str, str], list[int] | None] = {}  # with what each file was like then
        self._also: set[tuple[str, str]] | None = None
        self._quiet = 0
        self._released = False
        self._trace: int | None = None
        self._watching = self._hooked = False

    def watch(self, variables: bool = True) -> None:
        """Begin to see what is asked, variables of the environment too; a second call changes nothing."""
        if self._watching:
            return
        self._watching = True
        path = os.environ.pop(TRACE, "")
        if path:
            self._trace = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        if not self._hooked:
            self._hooked = True
            sys.addaudithook(self._event)
            if variables:
                self._see_variables()
        self._named("modules", os.curdir)  # one of there would be imported in the place of a library

    def forget(self) -> None:
        """Begin anew: what was asked so far, another process asked that this one is forked from."""
        self.asked.clear()
        self._quiet, self._released, self._trace, self._watching = 0, False, None, False

    @contextmanager
    def unseen(self) -> Iterator[None]:
        """Leave out of `files` what is opened inside; the trace still tells of it."""
        self._quiet += 1
        try:
            yield
        finally:
            self._quiet -= 1

    @contextmanager
    def also(self) -> Iterator[set[tuple[str, str]]]:
        """Gather what is asked inside by whichever thread, though it was asked before."""
        self._also = gathered = set[tuple[str, str]]()
        try:
            yield gathered
        finally:
            self._also = None

    def release(self) -> None:
        """Count what was opened unseen among `files` from now on: a number of it has gone into plain code."""
        self._released = True

    def files(self) -> list[Path]:
        """Return the files that were opened for reading by the code of the notebook."""
        kinds = ("file", "own") if self._released else ("file",)
        return [Path(name) for kind, name in self.asked if kind in kinds]

    def note(self, kind: str, name: str) -> None:
        """Take down a question, of `FILES` or ``listing``, ``modules``, ``env``, ``opaque``, and of what."""
        if self._quiet and kind == "file":
            kind = "own"
        if self._also is not None:
            self._also.add((kind, name))
        if (kind, name) in self.asked:
            return
        stamp = stamped(name) if kind in FILES else None
        self.asked[kind, name] = stamp
        if self._trace is not None:
            line = json.dumps(["file" if kind == "own" else kind, name, stamp])
            os.write(self._trace, (line + "\n").encode())

    def wrote(self, path: Path) -> None:
        """Take down that this process has written a file, which is none the less as it was asked for."""
        name = os.path.abspath(path)
        for kind in FILES:
            if (kind, name) in self.asked:
                self.asked[kind, name] = stamped(name)

    def is_settled(self, kind: str, name: str) -> bool:
        """Whether a file that was asked for is as it was then, but for what this process has written."""
        return kind not in FILES or self.asked[kind, name] == stamped(name)

    def _event(self, event: str, args: tuple[object, ...]) -> None:
        if event not in SEEN or not self._watching:
            return
        try:
            if event == "open":
                self._open(*args[:3])
            elif event in ("os.listdir", "os.scandir"):
                self._listed("." if args[0] is None else args[0], sys._getframe(1).f_code.co_filename)
            elif event == "sqlite3.connect":
                self._named("file", args[0])
            elif event in OPAQUE:
                self.note("opaque", OPAQUE[event])
            elif event == "import":
                self._import(str(args[0]))
        except (TypeError, ValueError, OSError):  # what cannot be named is no file of the project
            return

    def _listed(self, path: object, caller: str) -> None:
        """Note a listing, and what it is for: an import looks for modules, metadata for packages alone."""
        if caller.startswith("<frozen importlib"):
            self._named("modules", path)
        elif "importlib" not in caller:
            self._named("listing", path)

    def _import(self, name: str) -> None:
        """Note a compiled reader when parts of it load: its name alone may ask whether it is there."""
        top, _, part = name.partition(".")
        if name in ARROW or (part and top in READERS):
            self.note("opaque", f"reads with {top}")

    def _open(self, path: object = None, mode: object = None, flags: object = 0) -> None:
        if isinstance(path, int) or (isinstance(flags, int) and flags & os.O_ACCMODE == os.O_WRONLY):
            return
        if isinstance(path, str) and path.startswith(PACKAGES):
            return
        if mode is None and sys._getframe(2).f_code.co_filename.endswith("shutil.py"):
            return  # a folder is removed, its parts named relative to it
        self._named("file", path)

    def _named(self, kind: str, path: object) -> None:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return
        name = os.path.abspath(os.fsdecode(path))
        folder, file = os.path.split(name)
        if file.endswith(".pyc") and os.path.basename(folder) == "__pycache__":
            name = os.path.join(os.path.dirname(folder), file.split(".", 1)[0] + ".py")
        if name.startswith(("/proc/", "/sys/", "/dev/")):
            return
        self.note(kind, name)

    def _see_variables(self) -> None:
        """See which variables of the environment the notebook's own code reads, libraries left aside."""
        kind = type(os.environ)
        read = kind.__getitem__
        opened = self

        def seen(self: object, key: str) -> str:
            frame = sys._getframe(1)
            while frame.f_back is not None and frame.f_code.co_filename.endswith(_BY_THE_WAY):
                frame = frame.f_back
            where = frame.f_code.co_filename
            if opened._watching and not where.startswith(LIBRARIES):
                opened.note("env", str(key))
            return read(self, key)  # type: ignore[arg-type]

        kind.__getitem__ = seen  # type: ignore[method-assign]


def stamped(name: str) -> list[int] | None:
    """Return what tells a file from one written since: its size and its time; None where there is none."""
    try:
        found = os.stat(name)
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


OPENED = Opened()
