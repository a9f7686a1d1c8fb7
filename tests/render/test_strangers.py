"""What strangers write is published without what could run, and said at its line; building loads nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pypdf
import pytest

from tests.support import notebooks, projects
from tests.support.rendered_books import write_book
from tieout.audit.site import check
from tieout.ledger import Ledger
from tieout.problems import InputError, Problem
from tieout.project import Project
from tieout.render.build import build

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text y="20">Calm 2.5</text></svg>'


def made(root: Path, *to: str) -> tuple[Path, list[Problem]]:
    built = build(Project.load(root), "pandoc", to)
    return built.site, [problem for problem in built.problems if problem.rule == "harmful"]


def trusting(root: Path, name: str) -> Path:
    path = root / "_quarto.yml"
    path.write_text(path.read_text(encoding="utf-8") + f"tieout:\n  trust:\n    - {name}\n", encoding="utf-8")
    return root


def test_what_is_left_out_is_said_with_its_line(tmp_path: Path) -> None:
    text = "# W\n\nText.\n\n<p onclick='a()'>x</p>\n\n<script>b()</script>\n\n[y](javascript:c)\n"
    site, said = made(write_book(tmp_path, {"index.md": text}), "html")
    assert {(problem.line, problem.what) for problem in said} == {
        (5, "onclick of <p> is left out"),
        (7, "<script> is left out"),
        (9, "the link to `javascript:c` is left out"),
    }
    assert all(problem.severity == "warning" and problem.path == "index.md" for problem in said)
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "b()" not in page and "onclick" not in page and "javascript:" not in page


def test_a_trusted_chapter_publishes_its_own_html_and_none_of_its_outputs(tmp_path: Path) -> None:
    own = "<script>own()</script>\n\n<form class='own'>\n\n*x*\n\n</form>\n"
    shown = "</div>\n\n::::::::\n\n<script>shown()</script>\n\n<b>bold</b>\n\n| a |\n|---|\n| 1 |\n"
    cell = projects.code("x\n", {"text/markdown": shown})
    chapters = {"index.md": "# W\n", "own.ipynb": notebooks.text(f"#:# Own\n\n{own}", cell)}
    site, said = made(trusting(write_book(tmp_path, chapters), "own.ipynb"), "html")
    page = (site / "own.html").read_text(encoding="utf-8")
    assert "<script>own()</script>" in page and '<form class="own">' in page and "<em>x</em>" in page
    assert "shown()" not in page and "<b>bold</b>" in page and "<td" in page
    assert "<script> is left out" in [problem.what for problem in said]


ELSEWHERE = """![A photograph of the sea](https://pictures.example/sea.jpg){width="300"}

{{< video https://youtu.be/abc-12 title="Calm" start="9" >}}

{{< video https://vimeo.com/548/fd9 width="640" >}}

<iframe src="https://maps.example:8080/m?x=1&y=2" title="Map"></iframe>
"""


def policy_of(page: str) -> dict[str, str]:
    text = page.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    return dict(rule.strip().split(" ", 1) for rule in text.replace("&#x27;", "'").split(";"))


def test_a_trusted_chapter_shows_its_own_pictures_videos_and_frames_from_elsewhere(tmp_path: Path) -> None:
    text = f"# Own\n\n{ELSEWHERE}"
    shown = '![Spy](https://spy.example/1.png){trusted="true"}\n\n{{< video https://spy.example/v.mp4 >}}\n'
    cell = projects.code("x\n", {"text/markdown": shown})
    chapters = {"index.md": f"# W\n\n{text[6:]}", "own.ipynb": notebooks.text(f"#:{text}", cell)}
    root = trusting(write_book(tmp_path, chapters), "own.ipynb")
    site = build(Project.load(root), "pandoc", ("html", "pdf")).site
    page, plain = ((site / name).read_text(encoding="utf-8") for name in ("own.html", "index.html"))
    for name in (
        'src="https://pictures.example/sea.jpg"',
        'src="https://www.youtube.com/embed/abc-12?start=9" title="Calm"',
        'src="https://player.vimeo.com/video/548?h=fd9" title="" width="640" height="360"',
        'src="https://maps.example:8080/m?x=1&amp;y=2"',
    ):
        assert name in page and name not in plain
    assert "<iframe" not in plain and '<a href="https://pictures.example/sea.jpg"' in plain
    assert 'src="https://spy.example' not in page and '<a href="https://spy.example/1.png">https' in page
    rules = policy_of(page)
    assert rules["img-src"] == "'self' data: https://pictures.example"
    assert rules["frame-src"] == "https://www.youtube.com https://player.vimeo.com https://maps.example:8080"
    assert rules["script-src"] == rules["media-src"] == "'self'" and "frame-src" not in policy_of(plain)
    assert "Calm" in pypdf.PdfReader(site / "T.pdf").pages[-1].extract_text()
    report = check(Ledger.load(root))
    assert [problem.what for problem in report.problems if problem.rule in ("external", "foreign")] == []


def test_cells_of_another_notebook_are_no_chapters_own(tmp_path: Path) -> None:
    cell = projects.code("#| label: out\nx\n", {"text/markdown": "<script>shown()</script>\n\nCalm.\n"})
    chapters = {"index.md": "# W\n\n{{< embed other.ipynb#out >}}\n\n<script>own()</script>\n"}
    other = notebooks.text("#:# Other", cell)
    root = trusting(write_book(tmp_path, chapters, **{"other.ipynb": other}), "index.md")
    page = (made(root, "html")[0] / "index.html").read_text(encoding="utf-8")
    assert "own()" in page and "Calm." in page and "shown()" not in page


def test_a_name_under_trust_that_is_no_chapter_is_said(tmp_path: Path) -> None:
    root = trusting(write_book(tmp_path, {"index.md": "# W\n"}), "none.md")
    (said,) = [problem for problem in Project.load(root).problems if problem.rule == "trust"]
    assert str(said).startswith("_quarto.yml:9: `trust` names `none.md`")


def test_every_page_has_a_policy_that_runs_no_strangers_script(tmp_path: Path) -> None:
    site, _ = made(write_book(tmp_path, {"index.md": "# W\n", "two.md": "# Two\n"}), "html")
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        policy = text.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.replace("&#x27;", "'").split(";"))
        assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
        assert rules["script-src"] == "'self'"


def test_building_asks_nobody_and_reads_nothing_outside(tmp_path: Path) -> None:
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}"
    secret = tmp_path / "secret.svg"
    secret.write_text(SVG.replace("Calm", "Secret"), encoding="utf-8")
    named = (f"{there}/i.png", "../secret.svg", str(secret), secret.as_uri())
    pictures = "".join(f"<image href='{href}' width='9' height='9'/>" for href in named)
    drawing = SVG.replace("</svg>", f"{pictures}</svg>")
    chapters = {
        "index.md": f"# W\n\n![y](y.svg)\n\n<img src='{there}/j.png'>\n\n![x]({there}/k.png)\n",
        "two.ipynb": notebooks.text("#:# Two\n", projects.code("x\n", {"image/svg+xml": drawing})),
    }
    site, said = made(write_book(tmp_path / "book", chapters, **{"y.svg": drawing}), "html", "pdf")
    server.shutdown()
    server.server_close()
    assert asked == []
    assert {problem.path for problem in said if "drawing" in problem.what} == {"y.svg", "two.ipynb"}
    assert "Secret" not in pypdf.PdfReader(site / "T.pdf").pages[-1].extract_text()


@pytest.mark.parametrize("code", ['#import "@preview/cetz:0.3.0"', '#read("/etc/hostname")'])
def test_typst_fetches_no_package_and_reads_no_file_of_the_machine(tmp_path: Path, code: str) -> None:
    root = write_book(tmp_path, {"index.md": f"# W\n\n```{{=typst}}\n{code}\n```\n"})
    before = dict(os.environ)
    with pytest.raises(InputError, match="Typst cannot make the PDF"):
        build(Project.load(root), "pandoc", ("pdf",))
    assert dict(os.environ) == before


def test_the_fonts_of_the_machine_change_no_byte(tmp_path: Path) -> None:
    """A machine without any font, and this one: the same chart, the same PDF."""
    text = "# W\n\nПлоща *x* **y** `z`, $a^2$.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![y](y.svg)\n"
    root = write_book(tmp_path / "book", {"index.md": text}, **{"y.svg": SVG})
    script = f"""
import hashlib
from pathlib import Path
from tieout.authoring.chart import FONT, draw
from tieout.project import Project
from tieout.render.build import build
spec = {{"data": {{"values": [{{"a": "Київ", "b": 2}}]}}, "mark": "bar", "config": {{"font": FONT}}}}
spec["encoding"] = {{"x": {{"field": "b", "type": "quantitative"}}, "y": {{"field": "a", "title": "Name"}}}}
pdf = build(Project.load(Path({str(root)!r})), "pandoc", ("pdf",)).files[0].read_bytes()
print(hashlib.sha256(draw("fig-a", spec).encode()).hexdigest(), hashlib.sha256(pdf).hexdigest())
"""
    empty = tmp_path / "fonts.conf"
    empty.write_text("<?xml version='1.0'?><fontconfig></fontconfig>", encoding="utf-8")
    home = str(tmp_path)
    bare = {**os.environ, "FONTCONFIG_FILE": str(empty), "HOME": home, "XDG_DATA_HOME": home}
    command = [sys.executable, "-c", script]
    said = [
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
        for environment in (dict(os.environ), bare)
    ]
    assert said[0] == said[1] != ""


def test_text_of_drawings_is_set_in_the_font_that_is_shipped(tmp_path: Path) -> None:
    drawings = {
        "a.svg": SVG.replace("<text", '<text font-family="Helvetica, sans-serif"'),
        "b.svg": SVG,
        "c.svg": SVG.replace("<text", "<text style=\"font: 10px 'DejaVu Sans', sans-serif\""),
    }
    for name, drawing in drawings.items():
        root = write_book(tmp_path / name[0], {"index.md": f"# W\n\n![x]({name})\n"}, **{name: drawing})
        site, _ = made(root, "pdf")
        document = pypdf.PdfReader(site / "T.pdf")
        objects = [document.get_object(number) for number in range(1, int(document.trailer["/Size"]))]
        fonts = [str(each["/BaseFont"]) for each in objects if isinstance(each, dict) and "/BaseFont" in each]
        assert any("TieoutSans" in font for font in fonts), name
