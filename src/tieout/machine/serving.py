"""Serves a folder to this machine alone, and tells open pages what has become of the sources since.

Each page is sent with a script of the server's own, which waits for news: a new draft loads the page anew, a
complaint is shown on it. Nothing of that is in the files.
"""

from __future__ import annotations

import functools
import http
import http.server
import json
import re
import threading
import urllib.parse
from pathlib import Path
from typing import Any

from tieout.problems import InputError

HOST = "127.0.0.1"
NAMES = frozenset((HOST, "localhost", "[::1]"))
SCRIPT = "/.preview.js"
LOOK = 0.05  # seconds between two looks at whether the server is to end
PATIENCE = 25.0  # seconds that a page waits for an answer before it asks again
END = b"</body>"
WAITING = b"<!doctype html><html lang=en><title>Preview</title><body><p>The first draft is being made.</body>"
FIRST = """(() => {
  const said = %s;
  const show = () => {
    if (said) {
      const box = document.createElement("pre");
      box.id = "tieout-preview";
      box.setAttribute("role", "status");
      box.textContent = said;
      Object.assign(box.style, {
        position: "fixed", inset: "auto 1rem 1rem 1rem", margin: "0", padding: ".75rem 1rem", zIndex: "9999",
        maxHeight: "40vh", overflow: "auto", whiteSpace: "pre-wrap", borderRadius: ".25rem",
        color: "#fff", background: "#8c1d18", font: "14px/1.4 ui-monospace, monospace"
      });
      document.body.append(box);
    }
  };
  const ask = () => {
    const next = document.createElement("script");
    next.src = "%s?after=%d";
    document.head.append(next);
  };
  const old = document.getElementById("tieout-preview");
  if (old) old.remove();
  show();
  if (document.readyState === "complete") ask(); else window.addEventListener("load", ask);
})();
"""


def _with_script(page: bytes) -> bytes:
    head, found, rest = page.rpartition(END)
    return head + f'<script src="{SCRIPT}" async></script>'.encode() + found + rest if found else page


class News:
    """What has happened to the sources of a site that is shown: numbered, so that nobody misses any."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = 0
        self._drawn = 0
        self._said = ""
        self._over = False

    @property
    def number(self) -> int:
        """The number of the last piece of news."""
        return self._number

    def draft(self) -> None:
        """Say that there are new pages."""
        self._tell(drawn=True, said="")

    def complain(self, text: str) -> None:
        """Say what is wrong with the sources; an empty text says that all agrees."""
        self._tell(drawn=False, said=text)

    def end(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def script(self, after: int | None) -> str:
        """Return what a page does that knows the news up to a number; it waits for the next."""
        with self._changed:
            if after is not None:
                self._changed.wait_for(lambda: self._over or self._number > after, PATIENCE)
                if self._over:
                    return ""
                if self._drawn > after:
                    return "location.reload();\n"
            text = json.dumps(self._said).replace("</", "<\\/")
            return FIRST % (text, SCRIPT, self._number)

    def _tell(self, *, drawn: bool, said: str) -> None:
        with self._changed:
            self._number += 1
            if drawn:
                self._drawn = self._number
            self._said = said
            self._changed.notify_all()


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files quietly, never an old one, and only to who asked for this machine by its name.

    A page elsewhere whose name is made to lead here (DNS rebinding) would read drafts otherwise.
    """

    def __init__(self, *arguments: Any, news: News | None = None, **more: Any) -> None:
        self.news = news
        super().__init__(*arguments, **more)

    def parse_request(self) -> bool:
        """Refuse a request under a name that is not this machine's."""
        if not super().parse_request():
            return False
        name = re.sub(r":\d+$", "", self.headers.get("Host", "")).lower()
        if name not in NAMES or len(self.headers.get_all("Host", [])) != 1:
            self.send_error(http.HTTPStatus.MISDIRECTED_REQUEST)
            return False
        return True

    def do_GET(self) -> None:
        """Answer with a file, a page with the script that waits for news, or that script."""
        address = urllib.parse.urlsplit(self.path)
        if self.news is None:
            super().do_GET()
        elif address.path == SCRIPT:
            after = urllib.parse.parse_qs(address.query).get("after", [""])[0]
            self._send(
                self.news.script(int(after) if after.isdecimal() else None).encode(), "text/javascript"
            )
        elif (page := self._page(address.path)) is not None:
            self._send(_with_script(page), "text/html")
        else:
            super().do_GET()

    def _page(self, path: str) -> bytes | None:
        """Return a page; None where the path is not one's. Before the first draft, all are one that waits."""
        try:
            file = Path(self.translate_path(path))
            file = file / "index.html" if path.endswith("/") else file
            if file.suffix == ".html" and not Path(self.directory, "index.html").exists():
                return WAITING
            return file.read_bytes() if file.suffix == ".html" and file.is_file() else None
        except (OSError, ValueError):
            return None

    def _send(self, data: bytes, kind: str) -> None:
        self.send_response(http.HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

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


def start_server(folder: Path, port: int, news: News | None = None) -> http.server.ThreadingHTTPServer:
    """Serve a folder from a thread of its own; `server_port` of the result says where.

    Parameters
    ----------
    folder
        The site.
    port
        Where; 0 takes any.
    news
        What pages that are open are told; they wait for nothing without.

    Raises
    ------
    InputError
        The port is taken.
    """
    handler = functools.partial(Handler, directory=str(folder), news=news)
    try:
        server = Server((HOST, port), handler)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "name another with --port, or --port 0 for any"
        raise InputError(f"cannot serve at port {port}: {reason}", hint, rule="preview") from None
    threading.Thread(target=server.serve_forever, args=(LOOK,), daemon=True).start()
    return server
