"""From sources to a site: what is run, agreed, built and audited, in which order, and what stops it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import notebooks, projects
from tieout import check, publish
from tieout.ledger import Ledger
from tieout.ledger.publication import ledger_json
from tieout.notebooks import VEGALITE, pretty
from tieout.problems import InputError
from tieout.workspace import Workspace

TEXT = "# Home\n\nIt reached [\\$2.5 billion](tie:market.2024) [@agency2026].\n"
CHECKS = ["data", "ledger", "prose", "citations", "relations"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return projects.create(tmp_path / "project", {"index.md": TEXT})


def names(result: publish.Result) -> list[str]:
    return [report.check for report in result.reports]


def test_a_build_agrees_builds_audits_and_publishes(project: Path) -> None:
    steps: list[str] = []
    result = publish.build(Workspace.load(project), "pandoc", progress=steps.append)
    assert names(result) == [*CHECKS, "site", "build"]
    assert all(report.ok for report in result.reports)
    assert result.site == project / "_site"
    assert result.files == (project / "_site" / "index.html", project / "_site" / "small.pdf")
    assert all(path.is_file() for path in result.files)
    said = " / ".join(steps)
    for before, after in (("Agreeing", "Building"), ("Building", "Writing"), ("Writing", "Auditing")):
        assert said.index(before) < said.index(after)


def test_what_does_not_agree_is_never_built(project: Path) -> None:
    projects.change(project / "index.md", "2.5 billion", "2.6 billion")
    steps: list[str] = []
    result = publish.build(Workspace.load(project), "pandoc", progress=steps.append)
    assert (result.site, result.files) == (None, ())
    assert names(result) == CHECKS
    assert not any(step.startswith("Building") for step in steps)
    assert not (project / "_site").exists() and not (project / ".tieout" / "ledger.json").exists()


def test_every_disagreement_is_told_at_once(project: Path) -> None:
    projects.change(project / "index.md", "2.5 billion", "2.6 billion")
    projects.change(project / "index.md", "[@agency2026]", "[@nobody2026]")
    result = publish.build(Workspace.load(project), "pandoc")
    wrong = [report.check for report in result.reports if report.errors]
    assert wrong == ["prose", "citations"]


def test_warnings_do_not_stop_it(tmp_path: Path) -> None:
    root = projects.create(tmp_path, {"index.ipynb": [f"#:{TEXT}", projects.MULTIPLE]})
    result = publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)
    (warning,) = [problem for report in result.reports for problem in report.problems if problem.id]
    assert (warning.rule, warning.severity) == ("unused", "warning")
    assert result.site


def test_what_stored_outputs_alone_show_to_be_wrong_is_said_before_anything_is_built(tmp_path: Path) -> None:
    """A figure on disk that its cell did not store stops a build; ordinary notebooks are only remarked on."""
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">2.5</text></svg>'
    chart = {"mark": "bar", "usermeta": {"label": "fig-a"}, "data": {"values": []}}
    shown = [
        projects.code("a", {"image/svg+xml": picture, VEGALITE: chart}),
        *(projects.code("b", {"text/html": "<b>3</b>", "text/plain": "3"}) for _ in range(3)),
    ]
    never = json.loads(notebooks.text("never_run"))["cells"][0]
    root = projects.create(tmp_path, {"index.ipynb": [f"#:{TEXT}", *shown]})
    book = json.loads((root / "index.ipynb").read_text(encoding="utf-8"))
    book["cells"].append(never)
    (root / "index.ipynb").write_text(json.dumps(book), encoding="utf-8")
    (root / "figures").mkdir()
    (root / "figures" / "fig-a.json").write_text(pretty(chart), encoding="utf-8")
    (root / "figures" / "fig-a.svg").write_text(picture, encoding="utf-8")
    (root / "figures" / "photo.png").write_bytes(b"")
    result = publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)
    (report,) = [report for report in result.reports if report.check == "outputs"]
    assert [each.rule for each in report.problems] == ["order", "not-executed"]
    assert {each.severity for each in report.problems} == {"warning"}
    assert result.site
    (root / "figures" / "fig-a.svg").write_text(picture.replace("2.5", "2.6"), encoding="utf-8")
    stopped = publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)
    assert [each.rule for report in stopped.reports for each in report.errors] == ["figure-differs"]
    assert stopped.site is None


def test_resources_that_may_run_something_are_published_and_named(project: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">3</text>{}</svg>'
    given = {
        "demo.html": "<p>9<script>1</script>", "code.js": "1", "table.csv": "a\n1\n",
        "plain.svg": drawing.format(""), "active.svg": drawing.format("<script>1</script>"),
    }  # fmt: skip
    for name, text in given.items():
        (project / "extra").mkdir(exist_ok=True)
        (project / "extra" / name).write_text(text, encoding="utf-8")
    projects.change(project / "_quarto.yml", "output-dir: _site", "output-dir: _site, resources: [extra]")
    result = publish.build(Workspace.load(project), "pandoc", ("html",))
    said = [problem for report in result.reports for problem in report.problems]
    assert [(each.severity, each.rule) for each in said] == [("warning", "resource")] * 3
    for each, name in zip(said, ("active.svg", "code.js", "demo.html"), strict=True):
        assert f"`extra/{name}` is published as it is" in each.what and each.line == 1
    assert result.site
    (result.site / "extra" / "demo.html").write_text("<p>8", encoding="utf-8")
    (report,) = check.run(Workspace.load(project), ["site"])
    assert [each.what for each in report.errors] == ["is not the same as extra/demo.html of the project"]


def test_the_published_ledger_is_the_one_that_was_agreed(project: Path) -> None:
    """A ledger that an earlier build left is not believed."""
    (project / ".tieout").mkdir()
    (project / ".tieout" / "ledger.json").write_text('{"version": "1", "entries": []}', encoding="utf-8")
    publish.build(Workspace.load(project), "pandoc", ("html",))
    published = json.loads((project / "_site" / "ledger.json").read_text(encoding="utf-8"))
    assert published == ledger_json(Ledger.load(project))
    assert sorted(path.name for path in (project / "_site").glob("ledger*.json*")) == [
        "ledger.json", "ledger.jsonld", "ledger.schema.json",
    ]  # fmt: skip


def test_the_ledger_is_written_only_where_it_changed(project: Path) -> None:
    path = publish.write_ledger(Ledger.load(project))
    assert path == project / ".tieout" / "ledger.json"
    before = path.stat().st_mtime_ns
    assert publish.write_ledger(Ledger.load(project)) == path
    assert path.stat().st_mtime_ns == before
    projects.change(project / "index.md", "It reached", "They reached, in all,")
    projects.change(project / "index.md", "2.5 billion", "2.5B")
    publish.write_ledger(Ledger.load(project))
    (use,) = json.loads(path.read_text(encoding="utf-8"))["entries"][0]["used"]
    assert use == {"page": "index.html", "anchor": "use-market.2024-1", "shown": "$2.5B"}


def test_an_author_who_is_nobody_is_named_once_in_a_build_and_published(tmp_path: Path) -> None:
    root = projects.create(tmp_path / "report", {"index.md": "# Home\n\nText.\n"})
    config = root / "_quarto.yml"
    projects.change(config, "Ada Author", '"Your name"')
    result = publish.build(Workspace.load(root), "pandoc", ("html",))
    said = [each for report in result.reports for each in report.problems if each.rule == "author"]
    (warning,) = said
    assert warning.severity == "warning" and "“Your name” is published as the author" in warning.what
    assert config.read_text("utf-8").splitlines()[(warning.line or 0) - 1] == '  author: "Your name"'
    projects.change(config, "Your name", "Ada Author")
    result = publish.build(Workspace.load(root), "pandoc", ("html",))
    assert not [each for report in result.reports for each in report.problems if each.rule == "author"]


def test_a_mistake_in_the_data_is_said_once_and_not_by_every_notebook(tmp_path: Path) -> None:
    cells = ["#:# Home", "import tieout as t\nt.facts()"]
    root = projects.create(tmp_path, {"index.md": TEXT, "a.ipynb": "", "b.ipynb": ""})
    for name in ("a", "b"):
        notebooks.write(root / f"{name}.ipynb", *cells)
    projects.change(root / "data" / "facts.csv", "exact", "precise")
    steps: list[str] = []
    with pytest.raises(InputError, match="'precise' is not a qualifier") as caught:
        publish.build(Workspace.load(root), "pandoc", progress=steps.append)
    assert len(caught.value.problems) == 1 and steps == []


def test_a_project_without_notebooks_runs_nothing(project: Path) -> None:
    assert publish.run(Workspace.load(project)) == ()


def test_a_build_without_execution_starts_no_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tieout.notebooks import execute

    monkeypatch.setattr(execute, "execute_all", lambda *_, **__: pytest.fail("a kernel was asked for"))
    root = projects.create(tmp_path, {"index.ipynb": [f"#:{TEXT}", projects.MULTIPLE]})
    assert publish.build(Workspace.load(root), "pandoc", ("html",), execute=False).site


def test_the_pdf_alone_is_not_audited_and_that_is_said(project: Path) -> None:
    result = publish.build(Workspace.load(project), "pandoc", ("pdf",))
    (report,) = [report for report in result.reports if report.check == "site"]
    (warning,) = report.problems
    assert warning.severity == "warning" and warning.hint == "build both"
    assert result.files == (project / "_site" / "small.pdf",)


def test_pages_alone_are_audited_without_a_word_of_the_pdf(project: Path) -> None:
    result = publish.build(Workspace.load(project), "pandoc", ("html",))
    assert [str(problem) for report in result.reports for problem in report.problems] == []
    assert result.files == (project / "_site" / "index.html",)


@pytest.mark.parametrize(("engine", "formats"), [("latex", ("html",)), ("pandoc", ("docx",)), ("pandoc", ())])
def test_what_cannot_be_made_is_said_before_anything_is_run(
    project: Path, engine: str, formats: tuple[str, ...]
) -> None:
    with pytest.raises(InputError) as caught:
        publish.build(Workspace.load(project), engine, formats)
    assert caught.value.problems[0].hint and not (project / "_site").exists()
