"""Shows a draft on this machine, made anew at each change: first the pages, then what does not agree."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import watchfiles

from tieout.machine.serving import HOST, News, start_server
from tieout.problems import InputError, Problem
from tieout.project import Project
from tieout.workspace import Workspace

DRAFT = ".tieout/preview"
IGNORED = {".git", ".venv", ".tieout", ".quarto", "__pycache__", ".ipynb_checkpoints", "node_modules"}
Build = Callable[[Callable[[], None]], Sequence[Problem]]
Say = Callable[[str], None]


class Sources(watchfiles.DefaultFilter):
    """Lets through changes of sources only: the site itself and working files would start endless builds."""

    def __init__(self, root: Path, output_dir: str) -> None:
        super().__init__()
        self.root, self.output = root, output_dir.strip("/")

    def __call__(self, change: watchfiles.Change, path: str) -> bool:
        """Whether a changed file is a source."""
        try:
            parts = Path(path).relative_to(self.root).parts
        except ValueError:
            return False
        inside = parts and (parts[0] == self.output or parts[0].startswith(f"{self.output}."))
        return not inside and not IGNORED.intersection(parts) and super().__call__(change, path)


def serve(
    root: Path,
    engine: str,
    port: int,
    say: Say,
    stop: threading.Event | None = None,
    build: Build | None = None,
) -> None:
    """Make a draft, serve it, and make it again at every change, until interrupted.

    The published site is left as it is: a draft may be wrong.

    Parameters
    ----------
    root
        The project's folder, or a document without a project.
    engine
        As for a build.
    port
        The port to serve at; 0 takes any.
    say
        Prints a line.
    stop
        Ends it from another thread.
    build
        What makes the draft, where it is not `draft`: it calls what it is given when the pages are there, and
        returns what is wrong with them.
    """
    project = Project.load(root)
    make = build or functools.partial(draft, root, engine)
    news = News()
    server = start_server(root / DRAFT, port, news)
    watched = watchfiles.watch(
        project.root,
        watch_filter=Sources(project.root, project.output_dir),
        stop_event=stop,
        debounce=200,
        rust_timeout=250,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    try:
        next(watched, None)  # the watch begins before the first build, so that no change meanwhile is lost
        say(f"Serving http://{HOST}:{server.server_port}/ (Ctrl+C ends it)")
        _attempt(make, news, say)
        for changes in filter(None, watched):
            names = sorted({Path(path).name for _, path in changes})
            say(f"Changed: {', '.join(names)}")
            _attempt(make, news, say)
    finally:
        news.end()
        server.shutdown()
        server.server_close()


def draft(root: Path, engine: str, shown: Callable[[], None]) -> list[Problem]:
    """Run what changed and write the pages, say so, and return what a build would say of them.

    Raises
    ------
    InputError
        The pages cannot be made: those of the last draft stay.
    """
    from tieout import publish
    from tieout.ledger import Ledger
    from tieout.render.build import build

    workspace = Workspace.load(root)
    workspace = workspace.renewed(publish.run(workspace))
    known = Ledger.of(workspace)
    publish.write_ledger(known)
    made = build(replace(workspace.project, output_dir=DRAFT), engine, ("html",))
    shown()
    reports = [*publish.agree(workspace, known), publish.audit(known, root / DRAFT, ("html",))]
    return [*made.problems, *(problem for report in reports for problem in report.problems)]


def _attempt(make: Build, news: News, say: Say) -> None:
    """Make a draft; say what is wrong and keep serving."""
    shown = False

    def show() -> None:
        nonlocal shown
        shown = True
        news.draft()
        say("Shown.")

    try:
        problems = list(make(show))
    except InputError as error:
        problems = list(error.problems)
    for problem in problems:
        say(str(problem))
    wrong = [str(problem) for problem in problems if problem.severity == "error"]
    news.complain("\n".join(wrong))
    if not wrong:
        say("All agrees.")
    elif shown:
        say("This would not be published.")
    else:
        say("Not shown: the last draft is as it was.")
