"""Runs programs that end with this process, however it ends, and before they take too much of the machine.

Each runs in a process group beside a keeper, a shell that waits for the end of a pipe: when this process
is gone, even killed, the pipe ends and the keeper ends the group. This holds on every Unix, and needs nothing
to be run between fork and exec, which is unsafe where there are threads.
"""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import psutil

from tieout.machine.limits import Limits, size

POLL = 0.25  # seconds between two looks at a running program
BELOW = 4  # looks until the next at what it has started: that takes a look at every process of the machine
PATIENCE = 10  # times its seconds that a program may take on a machine that is busy with others
KEEP_OWN_GROUP = "read line; kill -s KILL 0"
KEEP_OTHER = 'read line || kill -s KILL -- "-$1"'
ENDING = (signal.SIGINT, signal.SIGTERM, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))


class TooMuch(Exception):
    """A program was ended because it took more than its limit; says which, in words."""


@dataclass(frozen=True)
class Ran:
    """What a program came to."""

    status: int
    out: bytes
    err: bytes


class _State:
    """The groups that run now, and whether this process is about to end."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.groups: set[int] = set()
        self.ending: int | None = None  # the signal


_state = _State()


def run(
    command: Sequence[str],
    *,
    data: bytes = b"",
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Ran:
    """Run a program to its end.

    Parameters
    ----------
    command
        The program and its arguments.
    data
        Its input.
    cwd, environment
        As for `subprocess`.
    limits
        What it may take.

    Raises
    ------
    TooMuch
        It took more than that, and was ended with all that it had started.
    OSError
        It cannot be started.
    """
    limits = limits or Limits()
    # A file, not a pipe: `communicate` cannot go on giving its input after a timeout.
    with tempfile.TemporaryFile() as given, group_of_its_own() as group:
        given.write(data)
        given.seek(0)
        process = subprocess.Popen(
            command,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env=environment,
            process_group=group,
        )
        try:
            return _finished(process, limits)
        finally:
            end_group(process, group)


def _finished(process: subprocess.Popen[bytes], limits: Limits) -> Ran:
    for _ in looks(process, limits):
        try:
            out, err = process.communicate(timeout=POLL)
        except subprocess.TimeoutExpired:
            continue
        give_way()
        return Ran(process.returncode, out, err)
    raise AssertionError("looks have no end")


def looks(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[None]:
    """Give the looks at a program that works; each but the first comes after one at what it has taken.

    Raises
    ------
    TooMuch
        It has taken more than its limit since the first.
    """
    until, before = time.monotonic() + PATIENCE * limits.seconds, taken(process.pid)[0]
    yield
    for look in itertools.count(1):
        worked, held = taken(process.pid, below=look % BELOW == 0)
        if worked - before > limits.seconds or time.monotonic() > until:
            raise TooMuch(f"took longer than {limits.seconds:g} seconds")
        if held > limits.memory:
            raise TooMuch(f"needed more than {size(limits.memory)} of memory")
        yield


def taken(pid: int, below: bool = True) -> tuple[float, int]:
    """Return how many seconds a process, with those below it, has worked, and how many bytes it holds."""
    worked, held = 0.0, 0
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        for each in (process, *(process.children(recursive=True) if below else ())):
            with suppress(psutil.Error):
                times = each.cpu_times()
                worked += times.user + times.system
                held += each.memory_info().rss
    return worked, held


def give_way() -> None:
    """Go on only where this process is not about to end: its programs have failed in nothing then.

    Raises
    ------
    KeyboardInterrupt
        It is.
    """
    if _state.ending is not None:
        raise KeyboardInterrupt


def end_group(process: subprocess.Popen[bytes], group: int | None) -> None:
    """End a program with all that it has started, and close its pipes."""
    if process.poll() is None:
        with suppress(OSError):
            if group is None:
                process.kill()
            else:
                os.killpg(group, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with suppress(OSError):
                stream.close()


@contextmanager
def group_of_its_own() -> Iterator[int | None]:
    """Give a process group that ends with this process; None where there are no such groups."""
    if os.name != "posix":
        yield None
        return
    keeper = _keeper(KEEP_OWN_GROUP, process_group=0)
    with _state.lock:
        _state.groups.add(keeper.pid)
    try:
        give_way()
        yield keeper.pid
    finally:
        with _state.lock:
            _state.groups.discard(keeper.pid)
        _dismiss(keeper)  # which also ends what the program has left running


@contextmanager
def kept(pid: int) -> Iterator[None]:
    """Let a process that leads a group of its own, as a kernel does, end with this one."""
    if os.name != "posix":
        yield
        return
    keeper = _keeper(KEEP_OTHER, "keeper", str(pid), process_group=0)
    try:
        yield
    finally:
        assert keeper.stdin is not None
        with suppress(OSError):
            keeper.stdin.write(b"\n")
            keeper.stdin.flush()
        _dismiss(keeper)


def _keeper(script: str, *arguments: str, process_group: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["/bin/sh", "-c", script, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=process_group,
    )


def _dismiss(keeper: subprocess.Popen[bytes]) -> None:
    assert keeper.stdin is not None
    with suppress(OSError):
        keeper.stdin.close()
    keeper.wait()


@contextmanager
def interruptible() -> Iterator[None]:
    """Let SIGTERM and a hang-up end this process as Ctrl-C does: programs end, folders are cleared.

    A second signal ends it at once.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in ENDING}

    def end(number: int, _frame: FrameType | None) -> None:
        for each in ENDING:
            signal.signal(each, signal.SIG_DFL)
        _state.ending = number
        for group in list(_state.groups):
            with suppress(OSError):
                os.killpg(group, signal.SIGKILL)
        raise KeyboardInterrupt

    for number in ENDING:
        if before[number] is not signal.SIG_IGN:
            signal.signal(number, end)
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        if _state.ending is None:
            raise
        raise SystemExit(128 + _state.ending) from None
    finally:
        _state.ending = None
        for number, handler in before.items():
            signal.signal(number, handler)
