"""The preview: a draft is served, made anew at each change, and kept when the next cannot be made."""

from __future__ import annotations

import ipaddress
import socket
import struct
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

import psutil
import pytest
import watchfiles

from tests.support import projects
from tests.support.waiting import until
from tieout.machine.serving import HOST, SCRIPT, News, start_server
from tieout.preview import DRAFT, Build, Drafts, Sources, Turn, serve
from tieout.problems import InputError, Problem
from tieout.render import pandoc

WAIT = 60  # only a preview that says nothing more waits for so long


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return projects.create(tmp_path, {"index.md": "# Home\n"})


class Preview:
    """A running preview: what it says, and its pages."""

    def __init__(self, said: Queue[str]) -> None:
        self.said, self.heard = said, list[str]()

    def until(self, start: str) -> str:
        """Wait for a line; nothing else is waited for."""
        while True:
            line = self.said.get(timeout=WAIT)
            self.heard.append(line)
            if line.startswith(start):
                return line

    def page(self, address: str) -> str:
        with urllib.request.urlopen(address, timeout=WAIT) as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            return str(answer.read().decode())


@contextmanager
def previewed(root: Path, build: Build) -> Iterator[Preview]:
    stop, said = threading.Event(), Queue[str]()
    thread = threading.Thread(
        target=serve, args=(root, "pandoc", 0, said.put), kwargs={"stop": stop, "build": build}
    )
    thread.start()
    try:
        yield Preview(said)
    finally:
        stop.set()
        thread.join(WAIT)
        assert not thread.is_alive()


def write_at_once(path: Path, text: str) -> None:
    """Replace a file in one step: a build never sees half of it."""
    other = path.parent / ".git" / path.name
    other.parent.mkdir(exist_ok=True)
    other.write_text(text, encoding="utf-8")
    other.replace(path)


def test_what_changes_during_the_first_build_is_built_too(project: Path) -> None:
    source, built = project / "index.md", list[str]()

    def build(turn: Turn) -> None:
        built.append(source.read_text(encoding="utf-8"))
        if len(built) == 1:
            write_at_once(source, "# Changed meanwhile\n")
        turn.shown()
        turn.tell([])

    with previewed(project, build) as preview:
        preview.until("Serving")
        preview.until("Changed:")
        preview.until("All agrees.")
    assert built == ["# Home\n", "# Changed meanwhile\n"]


def test_a_change_is_shown_with_what_is_wrong_and_a_page_that_cannot_be_made_keeps_the_last(
    project: Path,
) -> None:
    source, site = project / "index.md", project / DRAFT

    def build(turn: Turn) -> None:
        text = source.read_text(encoding="utf-8")
        if "broken" in text:
            raise InputError("is broken", "mend it", path="index.md", line=1)
        site.mkdir(exist_ok=True, parents=True)
        (site / "index.html").write_text(text, encoding="utf-8")
        turn.shown()
        turn.tell([Problem("“2” is not tied", "tie it", "index.md", 3)] if "wrong" in text else [])

    with previewed(project, build) as preview:
        address = preview.until("Serving").split()[1]
        preview.until("All agrees.")
        assert preview.page(address) == "# Home\n"
        for text, lines, shown in (
            ("# Changed\n", ["Shown.", "All agrees."], "# Changed\n"),
            ("# wrong\n", ["index.md:3: “2” is not tied; tie it", "This would not be"], "# wrong\n"),
            ("# broken\n", ["index.md:1: is broken; mend it", "Not shown: the last draft"], "# wrong\n"),
        ):
            write_at_once(source, text)
            assert preview.until("Changed:") == "Changed: index.md"
            for line in lines:
                preview.until(line)
            assert preview.page(address) == shown
    with pytest.raises(OSError):
        preview.page(address)


def test_a_draft_that_is_out_of_date_is_not_audited_to_its_end(project: Path) -> None:
    audited = list[str]()

    def build(turn: Turn) -> None:
        turn.shown()
        if not audited:
            audited.append("begun")
            write_at_once(project / "index.md", "# Changed meanwhile\n")
            until(lambda: not turn.changed.empty())
            turn.go_on()
        audited.append("ended")
        turn.tell([])

    with previewed(project, build) as preview:
        preview.until("Changed: index.md")
        preview.until("All agrees.")
        assert not any("would not" in line or "agrees" in line for line in preview.heard[:-1])
    assert audited == ["begun", "ended"]


def test_a_real_draft_is_shown_before_it_is_audited_and_the_site_is_left_alone(project: Path) -> None:
    stop, said = threading.Event(), Queue[str]()
    thread = threading.Thread(
        target=serve, args=(project, "pandoc", 0, said.put), kwargs={"stop": stop}, daemon=True
    )
    thread.start()
    preview = Preview(said)
    try:
        address = preview.until("Serving").split()[1]
        preview.until("All agrees.")
        assert preview.heard[-2:] == ["Shown.", "All agrees."]
        assert "<h1" in preview.page(address)
        preview.until("Set: small.pdf")
        preview.until("All agrees.")
        assert (project / DRAFT / "small.pdf").read_bytes().startswith(b"%PDF")
        write_at_once(
            project / "index.md", "---\ntieout: {require: all}\n---\n\n# Another home\n\nIt has 4 rooms.\n"
        )
        preview.until("This would not be published.")
        assert any("“4” is not tied" in line for line in preview.heard)
        assert "Another home" in preview.page(address)
        assert not (project / "_site").exists()
    finally:
        stop.set()
        thread.join(WAIT)


def test_the_pages_of_an_edit_are_made_by_the_process_that_made_the_last(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others, run = list[str](), pandoc.run_program

    def counted(command: Sequence[str], **more: Any) -> Any:
        others.append(command[command.index("-t") + 1])
        return run(command, **more)

    def draft() -> set[psutil.Process]:
        drafts.make(Turn(News(), lambda _line: None, Queue()))
        return {each for each in psutil.Process().children() if "together.lua" in " ".join(each.cmdline())}

    monkeypatch.setattr(pandoc, "run_program", counted)
    drafts = Drafts(project, "pandoc")
    with closing(drafts):
        draft()
        others.clear()
        used = []
        for words in ("Some words.", "Other words."):
            write_at_once(project / "index.md", f"# Home\n\n{words}\n")
            used.append(draft())
            assert words in (project / DRAFT / "index.html").read_text("utf-8")
        assert used[0] == used[1] and len(used[0]) == 1
        assert {each.partition("-")[0] for each in others} <= {"typst"}  # the PDF's
    assert not any(each.is_running() for each in used[0])


# What open pages are told


def test_a_page_that_waits_is_told_of_a_new_draft_and_of_what_is_wrong() -> None:
    news = News()
    assert f"{SCRIPT}?after=0" in news.script(None)
    known = news.number
    news.draft()
    assert news.script(known) == "location.reload();\n"
    known = news.number
    news.complain('index.md:1: <b> & "two" </script>')
    told = news.script(known)
    assert "reload" not in told and r"<b> & \"two\" <\/script>" in told
    assert told == news.script(None).replace(f"after={known}", f"after={news.number}")
    news.complain("")
    assert 'const said = "";' in news.script(None)


def test_nobody_waits_when_the_preview_ends() -> None:
    news, answers = News(), Queue[str]()
    waiting = threading.Thread(target=lambda: answers.put(news.script(0)))
    waiting.start()
    news.end()
    assert answers.get(timeout=WAIT) == ""
    waiting.join(WAIT)


def test_pages_are_sent_with_the_script_and_files_are_not(project: Path) -> None:
    (project / "site").mkdir()
    server = start_server(project / "site", 0, News())
    address = HOST, server.server_port
    try:
        assert "is being made" in asked(address, "/any/page.html", "Host: localhost")
        (project / "site" / "index.html").write_text("<body>draft</body>", "utf-8")
        (project / "site" / "some.json").write_text("{}", "utf-8")
        page = asked(address, "/", "Host: localhost")
        assert page.endswith(f'<body>draft<script src="{SCRIPT}" async></script></body>')
        assert asked(address, "/some.json", "Host: localhost").endswith("\r\n{}")
        assert "const said" in asked(address, SCRIPT, "Host: localhost")
        assert asked(address, SCRIPT, "Host: evil.example").startswith("HTTP/1.0 421")
        assert asked(address, "/missing.html", "Host: localhost").startswith("HTTP/1.0 404")
    finally:
        server.shutdown()
        server.server_close()


def test_only_sources_start_a_build(project: Path) -> None:
    """The site and working files change with every build: watching them would never end."""
    wanted = Sources(project, "_site")
    for name, sees in {
        "index.md": True,
        "data/facts.csv": True,
        "chapters/a.ipynb": True,
        "_quarto.yml": True,
        "_site/index.html": False,
        "_site.new-12/index.html": False,
        ".tieout/ledger.json": False,
        ".git/index": False,
        "chapters/.ipynb_checkpoints/a.ipynb": False,
        "/elsewhere/index.md": False,
    }.items():
        assert wanted(watchfiles.Change.modified, str(project / name)) is sees, name


def test_a_port_that_is_taken_is_said_before_anything_is_built(project: Path) -> None:
    server = start_server(project, 0)
    try:
        with pytest.raises(InputError, match="--port 0 for any") as caught:
            serve(project, "pandoc", server.server_port, print, build=lambda _shown: pytest.fail("built"))
        assert str(server.server_port) in str(caught.value)
        assert server.server_address[0] == HOST
        assert ipaddress.ip_address(HOST).is_loopback
    finally:
        server.shutdown()
        server.server_close()


# Who may read, and what


@pytest.fixture
def address(project: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[str, int]]:
    (project / "_site" / "data").mkdir(parents=True)
    (project / "_site" / "data" / "draft.csv").write_text("draft", encoding="utf-8")
    (project / "_site" / "index.html").write_text("draft", encoding="utf-8")
    server = start_server(project / "_site", 0)
    try:
        yield HOST, server.server_port
    finally:
        server.shutdown()
        server.server_close()
        said = capsys.readouterr()
        assert said.err + said.out == ""


def asked(address: tuple[str, int], path: str, *headers: str) -> str:
    """Send a request as it is, and return the answer."""
    with socket.create_connection(address, timeout=WAIT) as connection:
        lines = [f"GET {path} HTTP/1.1", *headers, "Connection: close", "", ""]
        connection.sendall("\r\n".join(lines).encode())
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts).decode()


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:{port}", "localhost", "LocalHost:{port}", "[::1]:1"]
)
def test_this_machine_is_answered_by_its_names(address: tuple[str, int], host: str) -> None:
    answer = asked(address, "/index.html", f"Host: {host.format(port=address[1])}")
    assert answer.startswith("HTTP/1.0 200") and answer.endswith("draft")


@pytest.mark.parametrize(
    "headers",
    [
        ["Host: evil.example"],
        ["Host: evil.example:8000"],
        ["Host: localhost.evil.example"],
        ["Host: 127.0.0.1.evil.example"],
        ["Host: 127.0.0.1@evil.example"],
        ["Host: localhost", "Host: evil.example"],
        ["Host:"],
        [],
    ],
)
@pytest.mark.parametrize("path", ["/index.html", "/data/draft.csv", "/"])
def test_another_name_that_leads_here_reads_nothing(
    address: tuple[str, int], headers: list[str], path: str
) -> None:
    """A page elsewhere can let its own name point here: only the Host header tells."""
    answer = asked(address, path, *headers)
    assert answer.startswith("HTTP/1.0 421")
    assert "draft" not in answer


@pytest.mark.parametrize(
    "path",
    [
        "/data/",
        "/data",
        "/%00",
        "/a%00b/",
        "/data/%00",
        "/" + "x" * 5_000,
        "/%ff",
        "/..%2f..%2f",
        "/data/../",
    ],
)
def test_no_folder_is_listed_and_odd_names_are_not_found(address: tuple[str, int], path: str) -> None:
    answer = asked(address, path, "Host: localhost")
    assert answer.split()[1] in ("404", "301", "414") or path == "/data/../"
    assert "draft.csv" not in answer and "Traceback" not in answer


def test_a_client_that_goes_away_is_nobodys_concern(address: tuple[str, int], project: Path) -> None:
    (project / "_site" / "large.bin").write_bytes(b"x" * 20_000_000)
    for _ in range(3):
        connection = socket.create_connection(address, timeout=WAIT)
        connection.sendall(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connection.recv(10)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    assert asked(address, "/index.html", "Host: localhost").endswith("draft")
