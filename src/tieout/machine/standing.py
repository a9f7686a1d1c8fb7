"""A program that stays, and is asked line by line: what it has worked out it need not work out again."""

from __future__ import annotations

import queue
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from tieout.machine.limits import Limits
from tieout.machine.processes import POLL, end_group, give_way, group_of_its_own, looks, taken


class Standing:
    """A program that answers each line of its input with one, and stays until it is dismissed.

    Parameters
    ----------
    command, environment, cwd
        As for `run`.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> None:
        self._command, self._environment, self._cwd = command, environment, cwd
        self._open = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, line: bytes, limits: Limits) -> bytes:
        """Return its answer to a line; it is started where it does not run.

        What it holds from one line to the next counts: where that is half of its limit, it is dismissed.

        Raises
        ------
        TooMuch
            It took more than it may, and was ended.
        OSError
            It cannot be started, or ended without an answer: its words are the error's.
        """
        process = self._process or self._start()
        answers: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=self._talk, args=(process, line, answers), daemon=True).start()
        try:
            for _ in looks(process, limits):
                with suppress(queue.Empty):
                    answer = answers.get(timeout=POLL)
                    break
            if not answer:
                raise OSError(self._words(process))
        except BaseException:
            self.dismiss()
            raise
        if taken(process.pid)[1] > limits.memory / 2:
            self.dismiss()
        return answer

    def dismiss(self) -> None:
        """End it, if it runs."""
        self._open.close()
        self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        with ExitStack() as opening:
            group = opening.enter_context(group_of_its_own())
            self._said = opening.enter_context(tempfile.TemporaryFile())
            process = self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                cwd=self._cwd,
                env=self._environment,
                process_group=group,
            )
            opening.callback(end_group, process, group)
            self._open = opening.pop_all()
        return process

    @staticmethod
    def _talk(process: subprocess.Popen[bytes], line: bytes, answers: queue.Queue[bytes]) -> None:
        """Give a program its line and wait for its own; an empty one says that it has ended."""
        answer = b""
        assert process.stdin is not None and process.stdout is not None
        with suppress(OSError, ValueError):  # it ends, or is ended, meanwhile
            process.stdin.write(line + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        answers.put(answer)

    def _words(self, process: subprocess.Popen[bytes]) -> str:
        """Return the last line of what a program has said before it ended, or how it ended."""
        give_way()
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").split("\n")
        return next(
            (line.strip() for line in reversed(lines) if line.strip()), f"exit status {process.wait()}"
        )
