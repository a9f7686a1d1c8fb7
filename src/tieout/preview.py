"""Shows a draft on this machine, made anew at each change: pages, what does not agree in them, the PDF."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Queue

import watchfiles

from tieout.machine.serving import HOST, News, start_server
from tieout.problems import InputError, Problem
from tieout.project import Project
from tieout.render.setting import Typesetter
from tieout.render.together import Worker
from tieout.workspace import Workspace

DRAFT = ".tieout/preview"
IGNORED = {".git", ".venv", ".tieout", ".quarto", "__pycache__", ".ipynb_checkpoints", "node_modules"}
Build = Callable[["Turn"], None]
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
        What makes the draft, where it is not `Drafts`: it says that there are pages, and what is
        wrong with them.
    """
    project = Project.load(root)
    drafts = Drafts(root, engine)
    make = build or drafts.make
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
        drafts.close()
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
    told: list[Problem] = field(default_factory=list)

    def shown(self) -> None:
        """Say that the pages are there."""
        self.is_shown = True
        self.news.draft()
        self.say("Shown.")

    def tell(self, problems: Iterable[Problem]) -> bool:
        """Say what is wrong with the draft, each thing once; return whether anything is."""
        for problem in problems:
            if problem not in self.told:
                self.told.append(problem)
                self.say(str(problem))
        wrong = [str(problem) for problem in self.told if problem.severity == "error"]
        self.news.complain("\n".join(wrong))
        if not wrong:
            self.say("All agrees.")
        elif self.is_shown:
            self.say("This would not be published.")
        else:
            self.say("Not shown: the last draft is as it was.")
        return bool(wrong)

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
        self._typesetter, self._worker = Typesetter(), Worker(root if root.is_dir() else root.parent)

    def close(self) -> None:
        """Let go of what waits for the next draft."""
        self._typesetter.close()
        self._worker.close()

    def make(self, turn: Turn) -> None:
        """Run what changed and write the pages, say so, and say what a build would say of them; add the PDF.

        Raises
        ------
        InputError
            The pages cannot be made: those of the last draft stay.
        Superseded
            Something has changed since the pages were shown.
        """
        from tieout import publish
        from tieout.audit.site import check_paper
        from tieout.ledger import Ledger
        from tieout.render.build import add_pdf, build

        workspace = self._before = Workspace.load(self.root, self._before)
        workspace = self._before = workspace.renewed(publish.run(workspace))
        known = Ledger.of(workspace)
        publish.write_ledger(known)
        draft, formats = replace(workspace.project, output_dir=DRAFT), workspace.project.targets
        made = build(draft, self.engine, ("html",), worker=self._worker)
        turn.shown()
        turn.go_on()
        reports = publish.agree(workspace, known)
        turn.go_on()
        reports.append(publish.audit(known, draft.output, ("html",)))
        is_wrong = turn.tell(
            [*made.problems, *(problem for report in reports for problem in report.problems)]
        )
        if is_wrong or made.engine != "pandoc" or "pdf" not in formats:
            return
        turn.go_on()
        name, warnings = add_pdf(draft, self._typesetter, self._worker)
        turn.say(f"Set: {name}, beside the pages.")
        turn.go_on()
        turn.tell([*warnings, *check_paper(known, draft.output).problems])


def _attempt(make: Build, turn: Turn) -> None:
    """Make a draft; say what is wrong and keep serving."""
    try:
        make(turn)
    except Superseded:
        return
    except InputError as error:
        turn.tell(error.problems)
