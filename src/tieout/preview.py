"""Serves the site on this machine and builds it anew at each change, so that authors see what they write."""

from __future__ import annotations

import functools
import http
import http.server
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import watchfiles

from tieout.problems import InputError
from tieout.project import Project
from tieout.workspace import Workspace

if TYPE_CHECKING:
    from tieout.publish import Result

HOST = "127.0.0.1"
NAMES = frozenset((HOST, "localhost", "[::1]"))
IGNORED = {".git", ".venv", ".tieout", ".quarto", "__pycache__", ".ipynb_checkpoints", "node_modules"}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files quietly, never an old one, and only to who asked for this machine by its name.

    A page elsewhere whose name is made to lead here (DNS rebinding) would read drafts otherwise.
    """

    def parse_request(self) -> bool:
        """Refuse a request under a name that is not this machine's."""
        if not super().parse_request():
            return False
        name = re.sub(r":\d+$", "", self.headers.get("Host", "")).lower()
        if name not in NAMES or len(self.headers.get_all("Host", [])) != 1:
            self.send_error(http.HTTPStatus.MISDIRECTED_REQUEST)
            return False
        return True

    def send_head(self) -> Any:
        """Open a file; a name that no file can have is not found."""
        try:
            return super().send_head()
        except ValueError:
            return self.send_error(http.HTTPStatus.NOT_FOUND)

    def list_directory(self, path: Any) -> None:
        """Say that a folder without a page is not found: its files are nobody's to list."""
        self.send_error(http.HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Forbid caching: the page changes under the browser."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request."""


class Server(http.server.ThreadingHTTPServer):
    """A server that does not mind who goes away in the middle of an answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: the browser that closed a tab has not asked."""


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


def start_server(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """Serve a folder from a thread of its own; `server_port` of the result says where.

    Raises
    ------
    InputError
        The port is taken.
    """
    handler = functools.partial(Handler, directory=str(folder))
    try:
        server = Server((HOST, port), handler)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "name another with --port, or --port 0 for any"
        raise InputError(f"cannot serve at port {port}: {reason}", hint, rule="preview") from None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def serve(
    root: Path,
    engine: str,
    port: int,
    say: Callable[[str], None],
    stop: threading.Event | None = None,
    build: Callable[[], Result] | None = None,
) -> None:
    """Build, serve, and build again at every change, until interrupted.

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
        What builds the site; the whole of `tieout build`, for the pages alone, where it is not given.
    """
    project = Project.load(root)
    make = build or functools.partial(_publish, root, engine)
    server = start_server(project.output, port)
    watched = watchfiles.watch(
        project.root,
        watch_filter=Sources(project.root, project.output_dir),
        stop_event=stop,
        rust_timeout=250,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    try:
        next(watched, None)  # the watch begins before the first build, so that no change meanwhile is lost
        _attempt(make, say)
        say(f"Serving http://{HOST}:{server.server_port}/ (Ctrl+C ends it)")
        for changes in filter(None, watched):
            names = sorted({Path(path).name for _, path in changes})
            say(f"Changed: {', '.join(names)}")
            _attempt(make, say)
    finally:
        server.shutdown()
        server.server_close()


def _publish(root: Path, engine: str) -> Result:
    from tieout import publish

    return publish.build(Workspace.load(root), engine, ("html",))


def _attempt(make: Callable[[], Result], say: Callable[[str], None]) -> None:
    """Build; say what is wrong and keep serving the last good site."""
    site = None
    try:
        result = make()
        site, problems = result.site, [each for report in result.reports for each in report.problems]
    except InputError as error:
        problems = list(error.problems)
    for problem in problems:
        say(str(problem))
    say("Built." if site else "Not built: the last good site is as it was.")
