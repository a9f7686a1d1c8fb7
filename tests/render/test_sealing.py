"""HTML of strangers in pages that Quarto makes: the filters that run with it, tried with pandoc alone."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import lxml.etree
import lxml.html
import pypandoc
import pytest

from tests.support import hostile, notebooks, projects
from tests.support.quarto_book import PAGES
from tests.support.rendered_books import write_book
from tieout.problems import InputError
from tieout.project import Project
from tieout.render.pandoc import filters
from tieout.render.sealing import Seal

FORBIDDEN = {"script", "style", "iframe", "meta", "base", "form", "object", "embed", "link"}
Make = Callable[..., tuple[Seal, Path]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a book and prepare it to be rendered."""

    def made(text: str, **chapters: str) -> tuple[Seal, Path]:
        write_book(tmp_path / "book", {"index.md": text, **chapters})
        project = Project.load(tmp_path / "book")
        return Seal.of(project, tmp_path / "seal", tmp_path / "copy"), tmp_path / "site"

    return made


def page(seal: Seal, site: Path, text: str, name: str = "index") -> lxml.html.HtmlElement:
    """Return a page as pandoc makes it with the filters that run with Quarto, and as it is then published."""
    site.mkdir(exist_ok=True)
    before = filters("quarto-before", "quarto-after")
    environment = {**seal.environment, "QUARTO_DOCUMENT_PATH": str(seal.copy)}
    environment["QUARTO_DOCUMENT_FILE"] = f"{name}.md"
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "html5", "-s", "--mathml", *before]
    ran = subprocess.run(
        [*command, "-M", "pagetitle=x", "-M", "document-css=false"],
        input=text.encode(),
        capture_output=True,
        check=True,
        env=environment,
    )
    (site / f"{name}.html").write_bytes(ran.stdout)
    seal.opened(site)
    return lxml.html.fromstring((site / f"{name}.html").read_bytes())


@pytest.mark.parametrize("kind", hostile.HTML)
def test_nothing_that_runs_or_loads_is_left(make: Make, kind: str) -> None:
    seal, site = make("# Home\n")
    body = page(seal, site, f"# Home\n\n{hostile.HTML[kind]}\n").find("body")
    for node in body.iter(lxml.etree.Element):
        assert node.tag not in FORBIDDEN
        assert not [name for name in node.attrib if name.startswith("on") or name in ("ping", "srcdoc")]
        assert not node.get("href", "").lower().strip().startswith(("javascript", "data:", "vbscript"))
        assert node.get("data-chart") is None
        assert "elsewhere.invalid" not in " ".join(node.attrib.values()) or kind == "styles"
        assert "url(" not in node.get("style", "").replace("\\72", "r")


@pytest.mark.parametrize(
    "key", ["title", "subtitle", "abstract", "author", "lang", "header-includes", "math"]
)
def test_nothing_runs_from_what_a_text_says_of_itself(make: Make, key: str) -> None:
    """Pandoc takes settings anywhere in a text, in an output as well."""
    seal, site = make("# Home\n")
    tree = page(
        seal, site, f"Text.\n\n---\n{key}: 'x <script>window.ran=1</script> <b onclick=a()>y</b>'\n---\n"
    )
    assert not [node for node in tree.iter("script") if "ran" in (node.text or "")]
    assert not tree.xpath("//*[@onclick]")
    assert tree.get("lang", "") in ("", "en")


def test_ordinary_html_stays(make: Make) -> None:
    text = (
        "H<sub>2</sub>O <kbd>F1</kbd> <a href='b.html' title='t'>y</a> <img src='a.svg' alt='A'>\n\n"
        "<details open><summary>More</summary>\n\nText.\n\n</details>\n\n"
        "<figure><img src='b.png' width='9'><figcaption>B</figcaption></figure>\n\n"
        '<svg viewBox="0 0 9 9"><path d="M0 0" fill="red"></path></svg>\n'
    )
    seal, site = make("# Home\n")
    tree = page(seal, site, text)
    for path in ("//p/sub", "//kbd", "//a[@href='b.html']", "//img[@alt='A']", "//details[@open]/summary"):
        assert tree.xpath(path), path
    assert tree.xpath("//figure/figcaption") and tree.xpath("//svg/path[@fill='red']")
    assert seal.opened(site) == []


def test_what_goes_is_named_with_its_place(make: Make) -> None:
    text = "# Home\n\nText.\n\n<b onclick='a()'>x</b>\n\n<script>b()</script>\n"
    seal, site = make(text)
    page(seal, site, text)
    (site / "index.html").write_text("", encoding="utf-8")
    said = [(problem.what, problem.path, problem.line) for problem in seal.opened(site)]
    assert said == [
        ("onclick of <b> is left out", "index.md", 5), ("<script> is left out", "index.md", 7)
    ]  # fmt: skip


def test_a_drawing_that_is_never_closed_swallows_nothing(make: Make) -> None:
    seal, site = make("# Home\n")
    tree = page(seal, site, "<math><mi>x\n\n<svg><g>y\n\nz\n")
    assert tree.xpath("//body/p[last()]")[0].text == "z"


def test_no_text_can_forge_a_sign(make: Make) -> None:
    seal, site = make("# Home\n")
    tree = page(seal, site, f"<i data-seal='{'0' * 32}-page'></i> <i data-seal='x-{'0' * 40}'></i>\n")
    assert "data-seal" not in lxml.html.tostring(tree, encoding="unicode")


def test_a_trusted_chapter_keeps_its_own_html_and_not_that_of_its_outputs(tmp_path: Path) -> None:
    own, said = "<script>window.own=1</script>", "<script>window.ran=1</script>"
    cell = projects.code("x\n", {"text/markdown": said})
    book = {"index.md": "# W\n", "own.ipynb": notebooks.text(f"#:# Own\n\n{own}\n", cell)}
    root = write_book(tmp_path / "book", book)
    config = (root / "_quarto.yml").read_text(encoding="utf-8")
    (root / "_quarto.yml").write_text(config + "tieout: {trust: [own.md, own.ipynb]}\n", encoding="utf-8")
    seal = Seal.of(Project.load(root), tmp_path / "seal", tmp_path / "copy")
    settings = tmp_path / "seal" / "settings.json"
    settings.write_text(settings.read_text("utf-8").replace("own.ipynb", "own.md"), encoding="utf-8")
    tree = page(seal, tmp_path / "site", f"{own}\n\n::: {{.cell-output}}\n{said}\n\n:::\n\n> {said}\n", "own")
    assert [node.text for node in tree.iter("script")] == ["window.own=1"]
    rules = str(tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0])
    assert rules.count("sha256-") == 1 and "'unsafe-inline'" not in rules.partition("style-src")[0]


@pytest.mark.parametrize(
    "setting",
    [
        "include-in-header: {text: <script>1</script>}",
        "format: {html: {include-after-body: a.html}}",
        "comments: {hypothesis: true}",
        "body-classes: '\"><script>1</script>'",
    ],
)
def test_settings_that_pass_all_filters_are_refused_with_their_line(
    make: Make, tmp_path: Path, setting: str
) -> None:
    """In a chapter's header, and in what an output says: Quarto reads those as well."""
    with pytest.raises(InputError, match=r"index\.md:3: `.*trust"):
        make(f"---\ntitle: Home\n{setting}\n---\n\nText.\n")
    cell = projects.code("x\n", {"text/markdown": f"Said.\n\n---\n{setting}\n---\n"})
    with pytest.raises(InputError, match=r"two\.ipynb:\d+: `"):
        make("# Home\n", **{"two.ipynb": notebooks.text("#:# Two\n", cell)})


def test_settings_that_are_shown_as_code_are_none(make: Make) -> None:
    make("# Home\n\n```yaml\n---\ninclude-in-header: x.html\n---\n```\n\nOnly = 2 <b>x</b>\n")


@pytest.mark.parametrize("name", sorted(path.relative_to(PAGES).as_posix() for path in PAGES.rglob("*.html")))
def test_pages_of_quartos_lose_nothing_and_get_a_policy(make: Make, name: str) -> None:
    seal, site = make("# Home\n")
    site.mkdir()
    before = (PAGES / name).read_text(encoding="utf-8")
    signed = before.replace("</main>", f'<i data-seal="{seal.token}-page"></i></main>', 1)
    (site / "index.html").write_text(signed, encoding="utf-8")
    assert seal.opened(site) == []
    after = (site / "index.html").read_text(encoding="utf-8").splitlines(keepends=True)
    added = [line for line in after if "Content-Security-Policy" in line]
    assert len(added) == 1 and "script-src 'self'" in added[0]
    assert "".join(line for line in after if line not in added) == before


def test_a_page_that_no_filter_has_seen_runs_nothing(make: Make) -> None:
    seal, site = make("# Home\n")
    site.mkdir()
    (site / "seen.html").write_text("<html><body onload='a()'><p>x</p><script>b()</script></body></html>")
    seal.opened(site)
    text = (site / "seen.html").read_text(encoding="utf-8")
    assert "<p>x</p>" in text and "script>" not in text and "onload" not in text


def test_a_drawing_beside_the_pages_is_calm(make: Make) -> None:
    seal, site = make("# Home\n")
    site.mkdir()
    (site / "a.svg").write_text(hostile.DRAWING, encoding="utf-8")
    assert {problem.path for problem in seal.opened(site)} == {"a.svg"}
    assert "script" not in (site / "a.svg").read_text(encoding="utf-8")


def test_a_title_in_the_menu_of_other_pages_is_calm(make: Make) -> None:
    """Quarto writes it there past all filters where it cannot find what they made of it."""
    said = (
        'T <img src="a.svg" onload="window.ran=1"></span><script>window.ran = 2</script><iframe srcdoc="x">'
    )
    seal, site = make("# Home\n", **{"two.md": f"---\ntitle: '{said}'\n---\n\nText.\n"})
    site.mkdir()
    sign = f'<i data-seal="{seal.token}-page"></i>'
    start = '<html><head><script>quarto()</script></head><body><nav title="<b onload=1>"><span>'
    rest = f'</span><a href="javascript:x()" onclick="quartoOpen()">y</a></nav><p>z</p>{sign}</body></html>'
    (site / "index.html").write_text(f"{start}{said}{rest}", encoding="utf-8")
    seal.opened(site)
    text = (site / "index.html").read_text(encoding="utf-8")
    tree = lxml.html.fromstring(text)
    assert [node.text for node in tree.iter("script")] == ["quarto()"]
    assert not tree.xpath("//@onload | //iframe | //a/@href") and tree.xpath("//a/@onclick")
    assert 'title="<b onload=1>"' in text and text.count("sha256-") == 2


RULES = "<style scoped>\n.dataframe td { top: 0 }\n</style>"


@pytest.mark.parametrize(
    "within", [RULES, "<script>1</script>", "<link rel='stylesheet' href='a.css'>", "<form></form>"]
)
def test_what_is_left_out_beside_a_table_takes_no_tag_of_its_block_along(make: Make, within: str) -> None:
    """Quarto reads a table out of HTML: what stands before and behind it are pieces that belong together."""
    before, behind = f"```{{=html}}\n<div>\n{within}\n```\n", "\n```{=html}\n</div>\n```\n"
    text = f"::: outer\n{before}\n| a | b |\n|---|---|\n| 1 | 2 |\n{behind}\nLast.\n:::\n"
    body = page(*make("# Home\n"), text).find("body")
    (last,) = body.xpath(".//p[.='Last.']")
    assert last.getparent().get("class") == "outer"
    (table,) = body.xpath(".//table")
    assert table.getparent().tag == "div" and table.getparent().getparent().get("class") == "outer"
    assert not FORBIDDEN & {each.tag for each in body.iter()}


def test_a_link_of_a_drawing_that_leads_nowhere_is_a_group(make: Make) -> None:
    drawing = "<svg width='9' height='9'><a xlink:href='javascript:1'><text y='9'>x</text></a></svg>"
    body = page(*make("# Home\n"), f"Drawn:\n\n{drawing}\n").find("body")
    assert body.xpath("string(.//svg/g/text)") == "x" and not body.xpath(".//svg//a")
