"""Kernels that start at once: forked from a process that has imported what they import.

Where that cannot be had, a kernel is started as Jupyter starts it; its outputs are the same.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import functools
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from tieout.machine.opened import TRACE
from tieout.machine.scratch import FOLDER
from tieout.notebooks.notebook import Notebook

NAME = "tieout-forking"
PROGRAM = Path(__file__).with_name("template.py")
# Libraries that start no thread and ask nothing when they are imported, with the parts that take longest.
PREPARED: Mapping[str, tuple[str, ...]] = {
    "tieout": ("tieout.authoring.session", "tieout.authoring.frames", "tieout.authoring.chart"),
    "numpy": ("numpy",),
    "pandas": ("pandas",),
    "altair": ("altair",),
    "scipy": ("scipy",),
    "statsmodels": ("statsmodels.api",),
}
IMPORT = re.compile(r"^\s*(?:import|from)\s+(\w+)", re.MULTILINE)
# What one kernel is told alone.
OF_ONE_KERNEL = frozenset((TRACE, FOLDER, "IPYTHONDIR"))
POLL = 0.05
CAN_FORK = sys.platform == "linux"


def prepared(notebook: Notebook) -> dict[str, Any]:
    """Return what a kernel is started with beside the usual: the modules to import before it is forked."""
    if not CAN_FORK:
        return {}
    named = {name for cell in notebook.code for name in IMPORT.findall(cell.source)}
    return {"imports": [part for name, parts in PREPARED.items() if name in named for part in parts]}


class Template:
    """A process that kernels are forked from.

    Parameters
    ----------
    environment
        What it is started in.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.imported: set[str] = set()
        self._process = subprocess.Popen(
            [sys.executable, "-Xfrozen_modules=off", str(PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def fork(self, imports: Sequence[str], **request: Any) -> Forked:
        """Return a new kernel.

        Raises
        ------
        OSError
            The process has ended.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        asked = {"imports": [name for name in imports if name not in self.imported], **request}
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            raise OSError("the template of kernels has ended")
        self.imported.update(imports)
        return Forked(int(json.loads(answer)["pid"]))

    def close(self) -> None:
        """End it; kernels that still run are ended by who started them."""
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Forked:
    """A process that another one has started, as `subprocess.Popen` shows one."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """Return None while it runs; then 1, since its status is not known here."""
        try:
            ended = psutil.Process(self.pid).status() == psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            ended = True
        return 1 if ended else None

    def wait(self) -> int:
        """Wait for its end."""
        while self.poll() is None:
            time.sleep(POLL)
        return 1

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class _Templates:
    """The one template of this process, made when it is needed, and anew where Python's settings change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._template: Template | None = None
        self._settings: list[tuple[str, str]] = []

    def fork(self, imports: Sequence[str], environment: Mapping[str, str], **request: Any) -> Forked | None:
        """Return a kernel; None where none can be forked."""
        settings = sorted((name, value) for name, value in environment.items() if _is_setting(name))
        with self._lock:
            if self._template is None or settings != self._settings:
                self.close()
                own = {name: value for name, value in environment.items() if name not in OF_ONE_KERNEL}
                self._template, self._settings = Template(own), settings
                atexit.register(self.close)
            folder = Path(request["cwd"])
            if _shadowed(folder, {*imports, *self._template.imported}):
                return None
            try:
                return self._template.fork(imports, env=dict(environment), **request)
            except (OSError, ValueError):
                self.close()
                return None

    def close(self) -> None:
        """End the template."""
        if self._template is not None:
            self._template.close()
            self._template = None


TEMPLATES = _Templates()


def _is_setting(name: str) -> bool:
    return name.startswith(("PYTHON", "LC_", "LANG", "TZ", "OMP_", "OPENBLAS_", "MKL_", "LD_", "PATH"))


def _shadowed(folder: Path, modules: set[str]) -> bool:
    """Whether a folder has a module of its own under the name of one that is imported already."""
    names = {module.partition(".")[0] for module in modules}
    return any((folder / name).is_dir() or (folder / f"{name}.py").exists() for name in names)


class ForkingProvisioner(LocalProvisioner):
    """Starts a kernel by forking; as Jupyter does where that cannot be had."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start a kernel."""
        imports = kwargs.pop("imports", ())
        said = kwargs.get("stderr")
        if said is not None:
            forked = await _forked(
                imports,
                kwargs["env"],
                cwd=str(kwargs.get("cwd") or Path.cwd()),
                argv=cmd[cmd.index("ipykernel_launcher") + 1 :],
                stderr=said.name,
            )
            if forked is not None:
                self.process = forked  # type: ignore[assignment]
                self.pid = self.pgid = forked.pid
                return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)


async def _forked(*asked: Any, **request: Any) -> Forked | None:
    """Return a kernel, as `TEMPLATES` forks it; who is cancelled meanwhile leaves none behind."""
    fork = functools.partial(TEMPLATES.fork, *asked, **request)
    # No task: those are all cancelled when a run is interrupted, while their threads go on.
    forking = asyncio.get_running_loop().run_in_executor(None, fork)
    try:
        return await asyncio.shield(forking)
    except asyncio.CancelledError:
        forked = await forking
        if forked is not None:
            forked.kill()
            await asyncio.to_thread(forked.wait)
        raise


def provisioner() -> dict[str, Any]:
    """Return the metadata of a kernel's specification that has it forked, where processes can be forked."""
    if not CAN_FORK:
        return {}
    known = KernelProvisionerFactory.instance().provisioners
    value = f"{ForkingProvisioner.__module__}:{ForkingProvisioner.__name__}"
    known.setdefault(NAME, EntryPoint(NAME, value, KernelProvisionerFactory.GROUP_NAME))
    return {"kernel_provisioner": {"provisioner_name": NAME, "config": {}}}
