"""Programs that are run: they end with this process, and before they take too much."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.support.waiting import PATIENCE, until
from tieout.machine import Limits, Standing, TooMuch, run

PARENT = r"""\
import sys
from concurrent.futures import ThreadPoolExecutor
from tieout.machine import interruptible, run, scratch
script = (
    "import os, subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'while 1: pass'])\n"
    "open(sys.argv[1], 'w').write(f'{os.getpid()} {child.pid}')\n"
    "os.rename(sys.argv[1], sys.argv[2]); time.sleep(3600)\n"
)
with interruptible(), scratch() as folder, ThreadPoolExecutor(1) as pool:
    print(folder, flush=True)
    list(pool.map(lambda _: run([sys.executable, "-c", script, *sys.argv[1:]]), [1, 2]))
"""


def runs(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def until_gone(pids: list[int]) -> list[int]:
    """Wait until processes have ended; return those that have not."""
    until(lambda: not any(map(runs, pids)))
    return [pid for pid in pids if runs(pid)]


def test_a_program_gets_its_input_and_gives_what_it_says(tmp_path: Path) -> None:
    command = ["sh", "-c", "cat; pwd; echo $NAME >&2; exit 3"]
    ran = run(command, data=b"x" * 200_000 + b"\n", cwd=tmp_path, environment={**os.environ, "NAME": "ada"})
    assert ran.status == 3
    assert ran.out == b"x" * 200_000 + f"\n{tmp_path}\n".encode()
    assert ran.err == b"ada\n"


def test_a_program_that_reads_and_writes_slowly_gets_and_gives_all() -> None:
    ran = run(["sh", "-c", "sleep 0.6; cat; sleep 0.6; echo end"], data=b"x" * 1_000_000)
    assert ran.out == b"x" * 1_000_000 + b"end\n"


def test_a_program_that_is_not_there_is_an_os_error() -> None:
    with pytest.raises(FileNotFoundError):
        run(["/nowhere/program"])


def test_a_program_that_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    started = tmp_path / "pid"
    script = f"sleep 3600 & echo $! > {started}; wait"
    with pytest.raises(TooMuch, match=r"longer than 0.2 seconds"):
        run(["sh", "-c", script], limits=Limits(seconds=0.2))
    assert until_gone([int(started.read_text(encoding="utf-8"))]) == []


def test_a_program_that_works_too_long_is_ended() -> None:
    with pytest.raises(TooMuch, match="longer than 1 seconds"):
        run([sys.executable, "-c", "while True: pass"], limits=Limits(seconds=1))


def test_a_program_that_takes_too_much_memory_is_ended() -> None:
    script = "x = b'x' * 300_000_000\nimport time; time.sleep(60)"
    with pytest.raises(TooMuch, match="more than 200 MB of memory"):
        run([sys.executable, "-c", script], limits=Limits(memory=200_000_000))


def test_what_a_program_leaves_running_is_ended(tmp_path: Path) -> None:
    started = tmp_path / "pid"
    run(["sh", "-c", f"sleep 3600 >/dev/null 2>&1 & echo $! > {started}"])
    assert until_gone([int(started.read_text(encoding="utf-8"))]) == []


def heeding() -> None:
    """Let a child heed all signals: whoever runs the tests in the background has it ignore some."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_programs_end_with_this_process(tmp_path: Path, how: signal.Signals) -> None:
    """Killed, asked to end, interrupted, hung up: the children at full load end, folders are cleared."""
    pids = tmp_path / "pids"
    command = [sys.executable, "-c", PARENT, str(tmp_path / "new"), str(pids)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=heeding) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert until(pids.exists)
        children = [int(pid) for pid in pids.read_text(encoding="utf-8").split()]
        process.send_signal(how)
        status = process.wait(PATIENCE)
    assert until_gone(children) == []
    if how is signal.SIGKILL:
        assert status == -signal.SIGKILL
    else:
        assert status == 128 + how
        assert not folder.exists()


def test_limits_are_read_as_people_write_them() -> None:
    given = {"seconds": 30, "cell-seconds": 5.5, "memory": "1.5 gb"}
    assert Limits.of(given) == Limits(30, 5.5, 1_500_000_000)
    assert Limits.of({}) == Limits()
    for wrong in ({"seconds": "soon"}, {"seconds": 0}, {"memory": 4}, {"memory": "0 GB"}, {"time": 1}):
        with pytest.raises(ValueError):
            Limits.of(wrong)


# Programs that stay

COUNTING = "import os, sys\nfor line in sys.stdin: print(os.getpid(), line.strip(), flush=True)"


def test_a_program_that_stays_answers_line_by_line_and_is_dismissed() -> None:
    standing = Standing([sys.executable, "-c", COUNTING])
    answers = [standing.ask(word, Limits()).split() for word in (b"one", b"two")]
    pid = int(answers[0][0])
    assert answers == [[b"%d" % pid, b"one"], [b"%d" % pid, b"two"]]
    standing.dismiss()
    assert until_gone([pid]) == []
    other = int(standing.ask(b"three", Limits()).split()[0])
    standing.dismiss()
    assert other != pid and until_gone([other]) == []


def test_what_a_program_that_stays_takes_is_counted_line_by_line() -> None:
    script = "import sys\nfor line in sys.stdin:\n  exec(line)\n  print(1, flush=True)"
    standing = Standing([sys.executable, "-c", script])
    limits = Limits(seconds=1, memory=300_000_000)
    busy = b"import time; until = time.process_time() + 0.7\\nwhile time.process_time() < until: pass"
    for _ in range(3):
        assert standing.ask(b'exec("%s")' % busy, limits) == b"1\n"
    with pytest.raises(TooMuch, match="longer than 1 seconds"):
        standing.ask(b"while True: pass", limits)
    with pytest.raises(TooMuch, match="more than 300 MB"):
        standing.ask(b"x = b'x' * 400_000_000; import time; time.sleep(60)", limits)
    assert standing.ask(b"x = b'x' * 200_000_000", limits) == b"1\n"
    with pytest.raises(
        OSError, match="NameError: name 'x' is not defined"
    ):  # it was dismissed, and begins anew
        standing.ask(b"x", limits)


def test_a_program_that_stays_and_ends_without_an_answer_says_why() -> None:
    standing = Standing([sys.executable, "-c", "import sys; sys.exit('no more')"])
    with pytest.raises(OSError, match="no more"):
        standing.ask(b"x", Limits())
    with pytest.raises(OSError, match="exit status 3"):
        Standing(["sh", "-c", "exit 3"]).ask(b"x", Limits())
    with pytest.raises(FileNotFoundError):
        Standing(["/nowhere/program"]).ask(b"x", Limits())
