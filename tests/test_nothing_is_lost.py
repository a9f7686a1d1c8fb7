"""Nothing is lost and nothing leaves the project, whatever a build replaces, reads or writes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import projects
from tieout import publish
from tieout.problems import InputError
from tieout.project import MARK, Project, mark, resources
from tieout.workspace import Workspace

TEXT = "# Home\n\nIt reached [\\$2.5 billion](tie:market.2024) [@agency2026].\n"
SECRET = "a file of the system"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "secret.md").write_text(SECRET, encoding="utf-8")
    (tmp_path / "secret.png").write_text(SECRET, encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.md").write_text(SECRET, encoding="utf-8")
    return projects.create(tmp_path / "project", {"index.md": TEXT})


def snapshot(folder: Path) -> dict[str, bytes]:
    """All files below a folder, links as what they point to."""
    return {
        path.relative_to(folder).as_posix(): str(path.readlink()).encode()
        if path.is_symlink()
        else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def build(root: Path) -> publish.Result:
    return publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)


def set_output(root: Path, name: str) -> int:
    return projects.change(root / "_quarto.yml", "output-dir: _site", f"output-dir: {name}")


# What a build replaces


def by_hand(name: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / name).mkdir(parents=True, exist_ok=True)
        (root / name / "written-by-hand.txt").write_text("mine", encoding="utf-8")

    return make


def with_own_page(root: Path) -> None:
    by_hand("docs")(root)
    (root / "docs" / "index.html").write_text("mine", encoding="utf-8")


def marked_then_added(root: Path) -> None:
    (root / "docs").mkdir()
    (root / "docs" / "index.html").write_text("built", encoding="utf-8")
    mark(root / "docs")
    (root / "docs" / "CNAME").write_text("example.org", encoding="utf-8")


def with_a_foreign_mark(root: Path) -> None:
    by_hand("docs")(root)
    (root / "docs" / MARK).write_text("{", encoding="utf-8")


def with_empty_folders(root: Path) -> None:
    (root / "docs" / "drafts").mkdir(parents=True)


def linked(root: Path) -> None:
    (root / "real").mkdir()
    (root / "docs").symlink_to("real")


FOREIGN: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a folder of one's own": ("docs", by_hand("docs")),
    "a folder with a page of one's own": ("docs", with_own_page),
    "a site that somebody put a file into": ("docs", marked_then_added),
    "a folder with a mark that is none": ("docs", with_a_foreign_mark),
    "a folder of empty folders": ("docs", with_empty_folders),
    "a link to a folder": ("docs", linked),
    "the data": ("data", lambda _root: None),
    "the extensions": ("_extensions", lambda _root: None),
    "the history": (".git", by_hand(".git")),
    "a file": ("bibliography.bib", lambda _root: None),
    "working files": (".tieout", by_hand(".tieout")),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_folder_that_no_build_made_is_refused_before_anything_is_touched(project: Path, kind: str) -> None:
    name, make = FOREIGN[kind]
    make(project)
    line = set_output(project, name)
    before = snapshot(project)
    with pytest.raises(InputError) as caught:
        build(project)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.rule) == ("_quarto.yml", line, "output")
    assert "output-dir" in problem.hint
    assert snapshot(project) == before


def test_a_site_without_a_mark_is_refused_with_words_for_who_built_it_earlier(project: Path) -> None:
    (project / "_site").mkdir()
    (project / "_site" / "index.html").write_text("an earlier Tieout's", encoding="utf-8")
    with pytest.raises(InputError, match="nothing in it is yours, delete it") as caught:
        build(project)
    assert "does not carry the mark" in str(caught.value)


@pytest.mark.parametrize("clutter", [(), (".DS_Store",), ("data/Thumbs.db",)])
def test_its_own_folder_is_replaced_as_a_whole_each_time(project: Path, clutter: tuple[str, ...]) -> None:
    set_output(project, "docs/site")
    (project / "docs" / "site").mkdir(parents=True)
    assert build(project).site
    first = snapshot(project / "docs" / "site")
    for name in clutter:
        (project / "docs" / "site" / name).parent.mkdir(exist_ok=True)
        (project / "docs" / "site" / name).write_text("", encoding="utf-8")
    assert build(project).site
    assert snapshot(project / "docs" / "site") == first
    assert [path.name for path in (project / "docs").iterdir()] == ["site"]


def test_the_mark_lists_every_file_and_follows_from_them_alone(project: Path) -> None:
    build(project)
    files = snapshot(project / "_site")
    said = json.loads(files.pop(MARK))
    assert said["files"] == sorted(files)
    shutil.copytree(project / "_site", project / "copy")
    mark(project / "copy")
    assert (project / "copy" / MARK).read_bytes() == (project / "_site" / MARK).read_bytes()


# What is written


@pytest.mark.parametrize(
    "name", ["../../x", "/tmp/x", "~/x", "a/../../../x", "..", '"a\\0b"', "'..\\x'", "../project-2/x"]
)
def test_a_pdf_outside_the_site_is_refused(project: Path, name: str) -> None:
    line = projects.change(project / "_quarto.yml", "output-file: small", f"output-file: {name}")
    with pytest.raises(InputError) as caught:
        Project.load(project)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("_quarto.yml", line)


def test_a_title_of_any_length_gives_the_pdf_a_name(project: Path) -> None:
    projects.change(project / "_quarto.yml", "  output-file: small\n", "")
    projects.change(project / "_quarto.yml", "title: A small project", f"title: {'Ä/.. ' * 200}")
    name = Project.load(project).output_file
    assert 0 < len(f"{name}.pdf".encode()) < 255 and "/" not in name


@pytest.mark.parametrize("name", [".tieout", "data", "figures", ".tieout/ledger.json", "_variables.yml"])
def test_what_a_build_reads_or_writes_by_itself_may_be_no_link_outside(project: Path, name: str) -> None:
    path = project / name
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(project.parent / ("elsewhere" if not path.suffix else "secret.md"))
    before = snapshot(project.parent)
    with pytest.raises(InputError) as caught:
        build(project)
    assert (caught.value.problems[0].path, caught.value.problems[0].rule) == (name, "outside")
    assert snapshot(project.parent) == before


# What is read


def resource(name: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        config = root / "_quarto.yml"
        projects.change(config, "output-dir: _site", f"output-dir: _site, resources: [{json.dumps(name)}]")

    return make


def style(root: Path) -> None:
    projects.change(root / "_quarto.yml", "html: default", "html: {css: ../secret.md}")


def header(root: Path) -> None:
    projects.change(root / "_quarto.yml", "html: default", "html: {include-in-header: ../secret.md}")


def key(old: str, new: str) -> Callable[[Path], None]:
    return lambda root: void(projects.change(root / "_quarto.yml", old, new))


def void(_value: object) -> None:
    return None


def text(added: str) -> Callable[[Path], None]:
    return lambda root: void((root / "index.md").write_text(f"{TEXT}\n{added}\n", encoding="utf-8"))


def by_link(make: Callable[[Path], None]) -> Callable[[Path], None]:
    def both(root: Path) -> None:
        (root / "link.md").symlink_to("../secret.md")
        (root / "link.bib").symlink_to("../secret.md")
        (root / "link.png").symlink_to("../secret.md")
        (root / "linked").symlink_to("../elsewhere")
        make(root)

    return both


def table(root: Path) -> None:
    path = root / "data" / "datapackage.json"
    projects.change(path, '"path": "facts.csv"', '"path": "link.csv"')
    (root / "data" / "link.csv").symlink_to("../../secret.md")


READ: dict[str, Callable[[Path], None]] = {
    "a resource": resource("../secret.md"),
    "a pattern of resources": resource("../*.md"),
    "a resource by an absolute path": resource("/../secret.md"),
    "a resource at home": resource("~/secret.md"),
    "a style": style,
    "a header": header,
    "a bibliography": key("bibliography: bibliography.bib", "bibliography: ../secret.bib"),
    "a bibliography by a link": by_link(key("bibliography: bibliography.bib", "bibliography: link.bib")),
    "a style of citations by a link": by_link(key("csl: style.csl", "csl: link.bib")),
    "a chapter by a link": by_link(key('"index.md"', '"index.md", "link.md"')),
    "a chapter in a folder by a link": by_link(key('"index.md"', '"index.md", "linked/x.md"')),
    "an include": text("{{< include ../secret.md >}}"),
    "an include by a link": by_link(text("{{< include link.md >}}")),
    "an include through a folder": by_link(text("{{< include linked/x.md >}}")),
    "a picture": text("![A](../secret.png)"),
    "a picture by a link": by_link(text("![A](link.png)")),
    "a picture with a NUL": text("![A](a%00.png)"),
    "a picture by an encoded path": text("![A](%2e%2e/secret.png)"),
    "a filter": key("filters: [tieout]", "filters: [tieout, ../evil.lua]"),
    "a filter by a link": by_link(key("filters: [tieout]", "filters: [tieout, link.md]")),
    "a table by a link": table,
}


@pytest.mark.parametrize("kind", READ)
def test_what_lies_outside_is_refused(project: Path, kind: str) -> None:
    READ[kind](project)
    with pytest.raises(InputError) as caught:
        build(project)
    assert len(caught.value.problems) == 1, str(caught.value)
    assert "leaves" in str(caught.value) or "outside" in str(caught.value) or "no name" in str(caught.value)
    assert not (project / "_site").exists()


def test_links_among_resources_that_leave_are_left_out_and_said(project: Path) -> None:
    (project / "files" / "deep").mkdir(parents=True)
    (project / "files" / "own.txt").write_text("own", encoding="utf-8")
    (project / "files" / ".hidden").write_text("hidden", encoding="utf-8")
    (project / "files" / "again").symlink_to("own.txt")
    (project / "files" / "deep" / "circle").symlink_to("..")
    (project / "files" / "secret").symlink_to("../../secret.md")
    (project / "files" / "deep" / "all").symlink_to("/etc")
    resource("files")(project)
    result = build(project)
    assert result.site is not None
    published = {path.relative_to(result.site).as_posix() for path in (result.site / "files").rglob("*.*")}
    assert published == {"files/own.txt"}
    assert (result.site / "files" / "again").read_text(encoding="utf-8") == "own"
    told = [each for report in result.reports for each in report.problems if each.rule == "outside"]
    assert len(told) == 2 and all(each.severity == "warning" and each.line == 1 for each in told)
    assert SECRET not in " ".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in result.site.rglob("*")
        if path.is_file()
    )


def test_all_of_a_project_as_resources_takes_neither_sites_nor_what_is_hidden(project: Path) -> None:
    (project / ".env").write_text("a password", encoding="utf-8")
    resource("*")(project)
    build(project)
    build(project)
    found = resources(Project.load(project)).files
    assert "index.md" in map(str, found) and "data/facts.csv" in map(str, found)
    assert not [path for path in found if path.parts[0].startswith((".", "_site"))]


def test_links_among_resources_take_neither_sites_nor_what_is_hidden(project: Path) -> None:
    (project / ".env").write_text("a password", encoding="utf-8")
    (project / ".git").mkdir()
    (project / ".git" / "config").write_text("a token", encoding="utf-8")
    (project / "files").mkdir()
    for name, leads in (("up", ".."), ("plain", "../.env"), ("history", "../.git"), ("self", "self")):
        (project / "files" / name).symlink_to(leads)
    (project / "files" / "site").symlink_to("../_site")
    resource("files")(project)
    build(project)
    result = build(project)
    found = [str(path) for path in resources(Project.load(project)).files]
    assert "files/up/index.md" in found
    assert not [name for name in found if "_site" in name or "." in name.split("/")[-1][:1]]
    assert not {"files/plain", "files/history/config", "files/site"} & set(found)
    told = [each.what for report in result.reports for each in report.problems if each.rule == "outside"]
    assert sorted(told) == [
        "`files/history` is a link that leads to what is hidden, and is left out",
        "`files/plain` is a link that leads to what is hidden, and is left out",
        "`files/self` is a link that leads nowhere, and is left out",
    ]
    assert [each for report in result.reports for each in report.problems if each.rule == "missing"] == []


@pytest.mark.parametrize("name", ["a**b", "/data", "**"])
def test_patterns_of_any_form_are_read_or_refused(project: Path, name: str) -> None:
    resource(name)(project)
    try:
        assert resources(Project.load(project)).files
    except InputError as error:
        assert error.problems[0].path == "_quarto.yml"


# What a build agrees before it publishes


def test_a_fact_that_was_changed_with_its_hashes_is_not_published(starter: Path) -> None:
    from tieout.data.facts import refresh

    projects.change(starter / "data" / "facts.csv", "2025,agency2026,1:p1,300", "2025,agency2026,1:p1,310")
    projects.change(starter / "data" / "facts.csv", 'Sites in operation",300', 'Sites in operation",310')
    refresh(starter)
    result = build(starter)
    assert result.site is None
    assert {report.check for report in result.reports if report.errors} >= {"source"}
