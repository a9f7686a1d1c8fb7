"""Shows a draft on this machine, made anew at each change: first the pages, then what does not agree."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue

import watchfiles

from tieout.machine.serving import HOST, News, start_server
from tieout.problems import InputError, Problem
from tieout.project import Project
from tieout.workspace import Workspace

DRAFT = ".tieout/preview"
IGNORED = {".git", ".venv", ".tieout", ".quarto", "__pycache__", ".ipynb_checkpoints", "node_modules"}
Build = Callable[["Turn"], Sequence[Problem]]
Say = Callable[[str], None]
Changed = Queue[set[str]]


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
        What makes the draft, where it is not `Drafts`: it says that the pages are there, and returns what is
        wrong with them.
    """
    project = Project.load(root)
    make = build or Drafts(root, engine).make
    stop = threading.Event() if stop is None else stop
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
    changed: Changed = Queue()
    try:
        next(watched, None)  # the watch begins before the first build, so that no change meanwhile is lost
        threading.Thread(target=_watch, args=(watched, changed), daemon=True).start()
        say(f"Serving http://{HOST}:{server.server_port}/ (Ctrl+C ends it)")
        _attempt(make, Turn(news, say, changed))
        while names := changed.get():
            while not changed.empty():
                names |= changed.get()
            say(f"Changed: {', '.join(sorted(names))}")
            _attempt(make, Turn(news, say, changed))
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        news.end()
        server.shutdown()
        server.server_close()


def _watch(watched: Iterable[set[tuple[watchfiles.Change, str]]], changed: Changed) -> None:
    """Hand on the names of files that change; an empty set is the end."""
    for changes in filter(None, watched):
        changed.put({Path(path).name for _, path in changes})
    changed.put(set())


class Superseded(Exception):
    """The sources have changed again: what is wrong with this draft is no news."""


@dataclass
class Turn:
    """One draft: who is told of it, and whether it is still wanted.

    Parameters
    ----------
    news, say
        What open pages and the terminal are told.
    changed
        What has changed since.
    """

    news: News
    say: Say
    changed: Changed
    is_shown: bool = False

    def shown(self) -> None:
        """Say that the pages are there."""
        self.is_shown = True
        self.news.draft()
        self.say("Shown.")

    def go_on(self) -> None:
        """Go on only where nothing has changed since.

        Raises
        ------
        Superseded
            Something has.
        """
        if not self.changed.empty():
            raise Superseded


class Drafts:
    """Makes drafts of a report, one after the other; what has not changed is not made again.

    Parameters
    ----------
    root, engine
        As for `serve`.
    """

    def __init__(self, root: Path, engine: str) -> None:
        self.root, self.engine = root, engine
        self._before: Workspace | None = None

    def make(self, turn: Turn) -> list[Problem]:
        """Run what changed and write the pages, say so, and return what a build would say of them.

        Raises
        ------
        InputError
            The pages cannot be made: those of the last draft stay.
        Superseded
            Something has changed since the pages were shown.
        """
        from tieout import publish
        from tieout.ledger import Ledger
        from tieout.render.build import build

        workspace = self._before = Workspace.load(self.root, self._before)
        workspace = self._before = workspace.renewed(publish.run(workspace))
        known = Ledger.of(workspace)
        publish.write_ledger(known)
        made = build(replace(workspace.project, output_dir=DRAFT), self.engine, ("html",))
        turn.shown()
        turn.go_on()
        reports = publish.agree(workspace, known)
        turn.go_on()
        reports.append(publish.audit(known, self.root / DRAFT, ("html",)))
        return [*made.problems, *(problem for report in reports for problem in report.problems)]


def _attempt(make: Build, turn: Turn) -> None:
    """Make a draft; say what is wrong and keep serving."""
    try:
        problems = list(make(turn))
    except Superseded:
        return
    except InputError as error:
        problems = list(error.problems)
    for problem in problems:
        turn.say(str(problem))
    wrong = [str(problem) for problem in problems if problem.severity == "error"]
    turn.news.complain("\n".join(wrong))
    if not wrong:
        turn.say("All agrees.")
    elif turn.is_shown:
        turn.say("This would not be published.")
    else:
        turn.say("Not shown: the last draft is as it was.")
