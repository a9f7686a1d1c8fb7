"""The process that kernels are forked from: it has imported what notebooks import, and done nothing else.

Reads requests from its standard input, a JSON object a line, and answers each with the number of the process.
It ends with its input. Run by `forking`; no process of Tieout's own imports it.
"""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import gc
import importlib
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tieout.machine.opened import OPENED

END_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def serve() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGCHLD, _reap)
    answers = os.fdopen(os.dup(1), "w")
    silent = os.open(os.devnull, os.O_RDWR)
    os.dup2(silent, 1)
    while line := sys.stdin.readline():
        request = json.loads(line)
        with _as_in_a_kernel():
            for name in request["imports"]:
                with contextlib.suppress(Exception):  # the notebook that imports it hears of it
                    importlib.import_module(name)
        gc.collect()
        gc.freeze()
        own = os.getpid()
        pid = os.fork()
        if not pid:
            answers.close()
            _become(request, own)
        print(json.dumps({"pid": pid}), file=answers, flush=True)


@contextlib.contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """Show modules that are imported what they see in a kernel: pandas asks what it prints to, and how wide.

    A kernel has a shell that knows its kernel, and prints in UTF-8 to no terminal.
    """
    shell = SimpleNamespace(kernel=SimpleNamespace(), config={"IPKernelApp": {}})
    seen = {"get_ipython": lambda: shell, "__IPYTHON__": True}
    printed = sys.stdout
    vars(builtins).update(seen)
    try:
        sys.stdout = Path(os.devnull).open("w", encoding="UTF-8")  # noqa: SIM115 (a module may keep it)
        yield
    finally:
        sys.stdout = printed
        for name in seen:
            delattr(builtins, name)


def _become(request: Mapping[str, Any], template: int) -> None:
    """Become a kernel of its own session: as if it had been started with this environment, in this folder.

    A kernel ends when its parent does, at once: the system sees to it (prctl(2), PR_SET_PDEATHSIG), from when
    it is asked. One whose template ended before would wait for ever: it looks, and ends itself.
    """
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)
        said = os.open(request["stderr"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for descriptor, target in ((os.open(os.devnull, os.O_RDWR), 0), (said, 2)):
            os.dup2(descriptor, target)
        os.environ.clear()
        os.environ.update({**request["env"], "JPY_PARENT_PID": str(template)})
        os.chdir(request["cwd"])
        OPENED.forget()
        launcher = find_spec("ipykernel_launcher")
        sys.argv = [(launcher and launcher.origin) or "ipykernel_launcher", *request["argv"]]
        sys.stdin = open(0, closefd=False)  # noqa: SIM115
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()  # chance is nobody's in common
        from ipykernel.kernelapp import IPKernelApp

        if os.getppid() != template:
            return
        IPKernelApp.launch_instance(parent_handle=template)  # its default was read before the fork
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _reap(_number: int, _frame: object) -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    del sys.path[0]  # the folder of this file; kernels add that of their notebook
    import ipykernel.debugger  # which every kernel loads when it begins
    import ipykernel.kernelapp  # noqa: F401

    serve()
