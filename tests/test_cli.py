"""The command line: calls, exit statuses, and what is printed for people and for machines."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from tests.support import projects
from tests.support.commands import call, run_tieout
from tieout import __version__
from tieout.cli import app
from tieout.project import starter

NAMES = ("data", "source", "outputs", "ledger", "prose", "citations", "relations", "site")
COMMANDS = [*app.commands]


@pytest.fixture(scope="module")
def made(own: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A starter project that was built as a user would; look, do not touch."""
    return Path(shutil.copytree(own, tmp_path_factory.mktemp("made") / own.name))


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be broken at will."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


@pytest.fixture
def prose(tmp_path: Path) -> Path:
    """A project of prose alone."""
    text = "# Home\n\nThe market reached [\\$2.5 billion](tie:market.2024) [@agency2026].\n"
    return projects.create(tmp_path / "prose", {"index.md": text})


def content(folder: Path) -> dict[str, str]:
    """The hash of every file in a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


# Calls


def test_every_command_is_listed_and_has_help(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = call(tmp_path, capsys, "--help")
    assert said.status == 0
    for name in COMMANDS:
        (line,) = [line for line in said.lines if line.split()[:1] == [name]]
        assert not line.endswith("..."), "the summary is cut off"
        helped = call(tmp_path, capsys, name, "--help")
        assert helped.status == 0
        assert helped.out.startswith(f"Usage: tieout {name}")
        for option in (line for line in helped.lines if line.strip().startswith("--")):
            assert len(option.split()) > 1, f"{name}: {option} says nothing"


def test_the_commands_are_those_of_the_documentation() -> None:
    assert set(COMMANDS) == {
        "build", "check", "update", "suggest", "show", "execute", "ledger", "data", "preview", "new",
        "adopt", "clean",
    }  # fmt: skip


def test_the_version_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = call(tmp_path, capsys, "--version")
    assert (said.status, said.out) == (0, f"tieout {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build", "--engine", "latex"], "'auto', 'pandoc', 'quarto'"),
        (["build", "--to", "docx"], "say --to html, --to pdf, or --to html,pdf"),
        (["build", "--to", ","], "say --to html, --to pdf, or --to html,pdf"),
        (["check", "--format", "xml"], "'text', 'json', 'github', 'sarif'"),
        (["check", "prosa"], "did you mean prose?"),
        (["check", "everything"], f"checks are {', '.join(NAMES)}"),
        (["frobnicate"], "tieout --help"),
        (["show"], "Missing argument"),
        (["build", "--project", "nowhere"], "--project"),
        (["check", "--project", "nowhere"], "--project"),
        (["update", "--project", "nowhere"], "--project"),
        (["suggest", "--project", "nowhere"], "--project"),
        (["show", "market.2024", "--project", "nowhere"], "--project"),
        (["execute", "--project", "nowhere"], "--project"),
        (["ledger", "--project", "nowhere"], "--project"),
        (["data", "--project", "nowhere"], "data/datapackage.json"),
        (["preview", "--project", "nowhere"], "--project"),
        (["check", "source", "--source", "nowhere.txt"], "nowhere.txt"),
        (["new", "."], "does not exist yet"),
        (["preview", "--port", "99999999"], "--port 0"),
    ],
)
def test_a_wrong_call_is_refused_with_a_way_out(
    prose: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    said = call(prose, capsys, *arguments)
    assert said.status == 2, said.text
    assert words in said.text
    assert "Executing" not in said.text, "said before anything is done"


def test_a_project_elsewhere_is_named_by_an_option(
    prose: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = call(tmp_path, capsys, "check", "prose", "--project", "prose")
    assert said.status == 0, said.text


def test_quarto_that_is_not_there_is_said_with_how_to_get_it(
    prose: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    said = call(prose, capsys, "build", "--engine", "quarto")
    assert said.status == 2
    assert "tieout[quarto]" in said.err


def test_a_mistake_of_its_own_is_one_line(
    prose: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception that nothing foresaw does not end in a traceback, unless one is asked for."""
    from tieout import cli, publish

    def fail(*_: object, **__: object) -> None:
        raise ValueError("two\nlines")

    monkeypatch.setattr(publish, "write_ledger", fail)
    monkeypatch.chdir(prose)
    monkeypatch.setattr("sys.argv", ["tieout", "ledger"])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    said = capsys.readouterr().err
    assert stop.value.code == 2
    assert said.count("\n") == 1 and "ValueError: two lines" in said and "TIEOUT_DEBUG=1" in said
    with pytest.raises(ValueError, match="two"):
        call(prose, capsys, "ledger")


# Checks


def test_a_built_starter_passes_every_check(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = call(made, capsys, "check", "--no-execute")
    assert said.status == 0, said.text
    marked = [line for line in said.out.splitlines() if line[:1] in "✓✗"]
    assert [line.split()[1].rstrip(":") for line in marked] == list(NAMES)
    assert all(line.startswith("✓") for line in marked)
    assert "✓ prose: 5 of 5 ties agree, 5 of 5 numbers of the prose tied or waived" in marked
    assert "✗" not in said.out and said.err == f"Checking {', '.join(NAMES)}\n"


def test_it_passes_when_the_notebooks_run_again(made: Path) -> None:
    before = content(made)
    done = run_tieout("check", "outputs", cwd=made)
    assert done.returncode == 0, done.stderr
    assert "1 of 1 cells gave the same again" in done.stdout
    assert content(made) == before, "a check writes nothing"


def test_a_failed_check_is_status_one_with_its_place(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = projects.change(copy / "index.ipynb", "[300](tie:sites.2025)", "[301](tie:sites.2025)")
    said = call(copy, capsys, "check", "prose")
    assert said.status == 1
    (message,) = [one for one in said.err.splitlines() if one.startswith("index.ipynb:")]
    assert message.startswith(f"index.ipynb:{line}: cell 1 (introduction): “301”: sites.2025")
    assert "`tieout update`" in message
    assert "✗ prose: 4 of 5 ties agree, 4 of 5 numbers of the prose tied or waived" in said.out


def test_a_pass_over_nothing_is_not_a_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = projects.create(tmp_path / "empty", {"index.md": "# Home\n\nWords only.\n"})
    said = call(root, capsys, "check", "prose", "outputs")
    assert said.status == 1
    assert "✗ prose: 0 of 0 ties agree" in said.out
    assert "✗ outputs: 0 of 0 code cells" in said.out


def test_input_that_cannot_be_read_fails_its_checks_and_is_said_once(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    projects.change(copy / "data" / "facts.csv", "exact", "precise")
    said = call(copy, capsys, "check", "--no-execute")
    assert said.status == 1
    assert said.err.count("'precise' is not a qualifier") == 1
    assert "✗ data" in said.out and "✗ prose" in said.out and "✓ outputs" in said.out


@pytest.mark.parametrize("broken", [False, True])
def test_results_for_machines_are_valid(
    copy: Path, capsys: pytest.CaptureFixture[str], root: Path, broken: bool
) -> None:
    if broken:
        line = projects.change(copy / "index.ipynb", "[300](tie:sites.2025)", "[301](tie:sites.2025)")
    status = 1 if broken else 0
    said = call(copy, capsys, "check", "prose", "data", "--format", "json")
    assert (said.status, said.err) == (status, "")
    document = json.loads(said.out)
    assert document["ok"] is not broken
    assert [check["check"] for check in document["checks"]] == ["data", "prose"]
    problems = [problem for check in document["checks"] for problem in check["problems"]]
    if broken:
        assert [(each["path"], each["line"], each["id"]) for each in problems] == [
            ("index.ipynb", line, "sites.2025")
        ]

    said = call(copy, capsys, "check", "prose", "--format", "sarif")
    assert said.status == status
    sarif = json.loads(said.out)
    assert sarif["version"] == "2.1.0"
    jsonschema.validate(sarif, SARIF)
    if broken:
        place = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        assert place == {"artifactLocation": {"uri": "index.ipynb"}, "region": {"startLine": line}}

    said = call(copy, capsys, "check", "prose", "--format", "github")
    assert said.status == status
    errors = [one for one in said.out.splitlines() if one.startswith("::error ")]
    assert [one.split("::")[1] for one in errors] == (
        [f"error file=index.ipynb,line={line},title=prose/disagrees"] if broken else []
    )


# The part of SARIF 2.1.0 that readers of annotations rely on.
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {"driver": {"type": "object", "required": ["name", "rules"]}},
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "level", "message"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"type": "object", "required": ["text"]},
                            },
                        },
                    },
                },
            },
        }
    },
}


# Building


def test_a_build_says_what_it_does_and_what_it_made(own: Path) -> None:
    assert (own.parent / "out.txt").read_text("utf-8").splitlines()[-2:] == [
        "_site/index.html", "_site/report.pdf",
    ]  # fmt: skip
    said = (own.parent / "err.txt").read_text("utf-8")
    assert "Executing index.ipynb" in said and "Building with pandoc" in said


def test_a_build_elsewhere_gives_the_same_bytes(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Notebook, site and PDF do not know when, where or how often they were made."""
    built = content(made / "_site")
    other = tmp_path / "another place" / "of my own"
    shutil.copytree(made, other, ignore=shutil.ignore_patterns("_site", ".tieout"))
    notebook = (other / "index.ipynb").read_bytes()
    for _ in range(2):
        said = call(other, capsys, "build", "--engine", "pandoc", "--no-execute")
        assert said.status == 0, said.text
        assert "Executing" not in said.text
        assert content(other / "_site") == built
    assert (other / "index.ipynb").read_bytes() == notebook
    assert {"index.html", "report.pdf", "ledger.json", "ledger.html", "findings.html"} <= set(built)


def test_nothing_is_executed_twice(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was run is kept under the hash of its inputs: prose may change, and no kernel starts."""
    projects.change(copy / "index.ipynb", "The registry", "A registry")
    said = call(copy, capsys, "execute")
    assert (said.status, said.text) == (0, "0 notebooks changed\n")


def test_a_number_that_disagrees_leaves_the_old_site(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = content(copy / "_site")
    projects.change(copy / "index.ipynb", "[300](tie:sites.2025)", "[301](tie:sites.2025)")
    said = call(copy, capsys, "build", "--engine", "pandoc", "--no-execute")
    assert said.status == 1
    assert "Not published: the last good site is as it was." in said.err
    assert "✗ prose" in said.out and "✓" not in said.out
    assert content(copy / "_site") == before
    shutil.rmtree(copy / "_site")
    assert "Not published.\n" in call(copy, capsys, "build", "--engine", "pandoc", "--no-execute").err


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("", "`tieout: {require: none}` in _quarto.yml publishes the rest untied."),
        ("tieout: {require: all}\n", "a tie since `require: all` asks for it; `results` asks for less."),
    ],
)
def test_only_what_was_not_asked_for_is_offered_to_be_called_off(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, way: str
) -> None:
    root = projects.create(tmp_path, {"index.md": "# Home\n\n[162](tie:devices.count) of 170 devices.\n"})
    text = (root / "_quarto.yml").read_text("utf-8").replace("tieout: {require: all}\n", said)
    (root / "_quarto.yml").write_text(text, "utf-8")
    done = call(root, capsys, "build", "--engine", "pandoc", "--no-execute", "--to", "html")
    assert done.status == 1 and "Not published" in done.err
    assert way in " ".join(done.err.split())


@pytest.mark.parametrize(
    ("rule", "text", "way"),
    [
        ("none", "120 devices and 41", "0 of 2 numbers tied; `tieout suggest` says what each could be"),
        (
            "none",
            "[162](tie:devices.count) devices, 41",
            "1 of 2 numbers tied; `tieout suggest` says what the",
        ),
        (
            "none",
            "[162](tie:devices.count)",
            "1 of 1 numbers tied; without `require: none` in _quarto.yml each",
        ),
        ("all", "[162](tie:devices.count)", "1 of 1 numbers tied\n"),
    ],
)
def test_a_build_says_how_many_numbers_are_tied_and_the_way_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str, text: str, way: str
) -> None:
    root = projects.create(tmp_path, {"index.md": f"# Home\n\nThere are {text}.\n"})
    projects.change(root / "_quarto.yml", "require: all", f"require: {rule}")
    done = call(root, capsys, "build", "--engine", "pandoc", "--no-execute", "--to", "html")
    assert done.status == 0 and way in done.err


def test_a_site_is_not_blamed_for_what_its_sources_have_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No build can mend it yet: what to do comes first, and the site's own lines are one."""
    root = projects.create(tmp_path, {"index.md": "# Home\n\n[162](tie:devices.count) devices.\n"})
    assert call(root, capsys, "build", "--engine", "pandoc", "--no-execute").status == 0
    projects.change(root / "index.md", "tie:devices.count", "tie:devices.counted")
    done = call(root, capsys, "check", "--no-execute")
    assert "no ledger entry is called devices.counted; did you mean devices.count, which is 162?" in " ".join(
        done.err.split()
    )
    (line,) = (line for line in done.err.split("\n") if "the site is older than index.md" in line)
    assert "mend what is named above, then build the site anew" in line
    assert "build the site anew" not in done.err.replace(line, "")


def test_built_pages_that_disagree_leave_the_old_site(
    copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The audit sees the pages before readers do."""
    from tieout.render import pages

    before = content(copy / "_site")
    write = pages.write

    def spoiled(book: object, site: Path, *rest: object) -> object:
        problems = write(book, site, *rest)  # type: ignore[arg-type]
        page = site / "index.html"
        page.write_text(page.read_text("utf-8").replace(">300<", ">301<"), encoding="utf-8")
        return problems

    monkeypatch.setattr(pages, "write", spoiled)
    said = call(copy, capsys, "build", "--engine", "pandoc", "--no-execute", "--to", "html")
    assert said.status == 1
    assert "301" in said.err and "Not published" in said.err
    assert content(copy / "_site") == before
    assert [path.name for path in copy.glob("_site*")] == ["_site"]


def test_one_format_alone_is_built(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(copy / "_site")
    said = call(copy, capsys, "build", "--engine", "pandoc", "--no-execute", "--to", "html")
    assert (said.status, said.out) == (0, "_site/index.html\n")
    assert not list((copy / "_site").glob("*.pdf"))
    said = call(copy, capsys, "build", "--engine", "pandoc", "--no-execute", "--to", "pdf")
    assert (said.status, said.out) == (0, "_site/report.pdf\n")
    assert (copy / "_site" / "index.html").exists()


# Ledger and data


def test_the_ledger_is_brought_up_to_date_without_a_kernel(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(copy / ".tieout")
    said = call(copy, capsys, "ledger")
    assert (said.status, said.text) == (0, "")
    assert (copy / ".tieout" / "ledger.json").read_bytes() == (copy / "_site" / "ledger.json").read_bytes()


def test_a_deliberate_change_of_data_is_taken_on(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(copy, capsys, "data").out == "data/ has not changed\n"
    (copy / "data" / "facts.csv").write_text(starter.FACTS.replace("in operation", "open"), encoding="utf-8")
    assert call(copy, capsys, "check", "data").status == 1
    said = call(copy, capsys, "data")
    assert said.status == 0
    assert "data/facts.csv: hash and size written" in said.out and "0.1.0 → 0.1.1" in said.out
    assert call(copy, capsys, "check", "data").status == 0


# Showing and rewriting


def test_an_entry_is_shown_down_to_its_facts(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = call(made, capsys, "show", "sites.multiple")
    assert said.status == 0, said.text
    for words in ("sites.2025", "sites.2020", "300", "120", "2.5", "index.html", "Example Agency (2026)"):
        assert words in said.out


def test_an_unknown_id_is_answered_with_near_ones(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = call(made, capsys, "show", "sites.multipel")
    assert said.status == 2
    assert said.err.startswith("no ledger entry is called sites.multipel; did you mean sites.multiple")
    assert said.err.count("\n") == 1


def test_an_update_shows_the_change_and_writes_only_when_told(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / "index.ipynb"
    whole = path.read_bytes()
    line = projects.change(path, "[300](tie:sites.2025)", "[301](tie:sites.2025)")
    before = path.read_bytes()
    said = call(copy, capsys, "update")
    assert said.status == 0
    assert f"@@ index.ipynb:{line} cell 1 (introduction) @@" in said.out
    assert "say --yes to write" in said.out
    assert path.read_bytes() == before
    said = call(copy, capsys, "update", "--yes")
    assert (said.status, said.out.splitlines()[-1]) == (0, "index.ipynb: written")
    assert path.read_bytes() == whole
    assert call(copy, capsys, "update", "--yes").out == "No number to change.\n"


def test_suggestions_are_written_only_when_told(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copy / "index.ipynb"
    whole = path.read_bytes()
    assert call(copy, capsys, "suggest").out == "Every number is tied.\n"
    line = projects.change(path, "[300](tie:sites.2025)", "300")
    before = path.read_bytes()
    said = call(copy, capsys, "suggest")
    assert said.status == 0
    assert f"index.ipynb:{line}" in said.out and "sites.2025" in said.out
    assert path.read_bytes() == before
    said = call(copy, capsys, "suggest", "--no-execute", "--write")
    assert said.status == 0, said.text
    assert path.read_bytes() == whole
