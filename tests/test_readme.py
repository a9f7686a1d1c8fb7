"""The documentation says what the program does: its commands, targets, files and examples are tried."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.support import own_report, projects
from tests.support.commands import call
from tieout import __version__, cli
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.prose.ties import find_ties

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)
CODE = re.compile(r"`([^`\n]+)`")
COMMANDS = {*cli.app.commands}


def text_of(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def code_of(root: Path, name: str) -> list[str]:
    """Everything that stands as code in a document: spans, and lines of blocks without their comments."""
    text = text_of(root, name)
    lines = [
        line.split("  #")[0].strip()
        for language, block in FENCED.findall(text)
        if language == "sh"
        for line in block.splitlines()
    ]
    return CODE.findall(FENCED.sub("", text)) + [part.strip() for line in lines for part in line.split("&&")]


def block_of(root: Path, language: str) -> str:
    """The first block of a language in the README."""
    return next(block for name, block in FENCED.findall(text_of(root, "README.md")) if name == language)


@pytest.fixture(scope="module")
def targets() -> dict[str, str]:
    """The targets that `make help` lists, with what it says of them."""
    root = Path(__file__).parents[1]
    command = ["make", "--no-print-directory", "help"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return {line.split()[1]: " ".join(line.split()[2:]) for line in done.stdout.splitlines()}


def test_make_help_lists_every_target(root: Path, targets: dict[str, str]) -> None:
    makefile = text_of(root, "Makefile")
    phony = " ".join(re.findall(r"^\.PHONY: (.*)$", makefile, re.M)).split()
    written = re.findall(r"^([a-z][\w-]*):(?!=)", makefile, re.M)
    assert set(phony) == set(written) == set(targets)
    assert all(targets.values())
    assert {"site", "test", "check", "lint", "preview", "lab", "clean", "help"} <= set(targets)
    assert re.search(r"^\.DEFAULT_GOAL := site$", makefile, re.M)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_target_that_is_named_exists(root: Path, targets: dict[str, str], name: str) -> None:
    named = {match for code in code_of(root, name) for match in re.findall(r"\bmake ([a-z-]+)", code)}
    assert named <= set(targets)


@pytest.mark.parametrize("name", (*DOCUMENTS, "Makefile"))
def test_every_command_that_is_named_exists(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    calls = text_of(root, name).splitlines() if name == "Makefile" else code_of(root, name)
    for code in calls:
        for command, rest in re.findall(r"(?:^|[/ (])tieout ([a-z]+)([^|&]*)", code):
            assert command in COMMANDS, code
            helped = call(tmp_path, capsys, command, "--help").out
            for option in re.findall(r"--[a-z-]+", rest):
                assert option in helped, code


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_is_named_exists(root: Path, name: str) -> None:
    text = text_of(root, name)
    linked = [
        target for target in re.findall(r"\]\(([^)\s]+)\)", text) if not target.startswith(("http", "tie:"))
    ]
    named = [
        code
        for code in CODE.findall(FENCED.sub("", text))
        if re.fullmatch(r"[\w.*/-]+/|[\w.*/-]+\.(?:md|yml|ipynb|py|csv|json|bib|toml|lock|html|pdf)", code)
    ]
    assert linked or named or name == "CHANGELOG.md"
    places = (root, root / "src" / "tieout")
    missing = [
        path
        for path in (*linked, *named)
        if not path.startswith("_site") and not any(any(place.glob(path)) for place in places)
    ]
    assert missing == []


def test_the_example_of_ties_agrees_with_the_report(root: Path, tmp_path: Path) -> None:
    """It is prose of this very report: each tie of it resolves, and shows what the ledger says."""
    example = block_of(root, "markdown")
    keys = [tie.key for tie in find_ties(example)]
    assert keys == ["market.2024", "market.2024:year", "market.multiple", "market.2030:year"]
    ledger = Ledger.load(root)
    for tie in find_ties(example):
        ledger.resolve(tie.id, tie.column)
    small = projects.create(
        tmp_path / "small", {"index.md": f"# Home\n\n{example}", "a.ipynb": [projects.MULTIPLE]}
    )
    report = prose.check(Ledger.load(small))
    assert report.ok and not report.problems
    assert str(report.counts[0]) == "4 of 4 ties agree"


def test_the_examples_of_computations_run(root: Path, tmp_path: Path) -> None:
    recorded, computed = re.findall(r"```python\n(.*?)```", text_of(root, "README.md"), re.DOTALL)[:2]
    tied = re.findall(r"```markdown\n(.*?)```", text_of(root, "README.md"), re.DOTALL)[1]
    small = projects.create(tmp_path / "small", {"index.ipynb": ["#:# Home"]})
    masses = "".join(f"{mass}\n" for mass in [4201] * 86 + [4202] * 258)
    (small / "data" / "penguins.csv").write_text(f"body_mass_g\n{masses}", encoding="utf-8")
    text = projects.run(small, f"#:# Home\n\n{tied}", recorded, computed)
    (small / "index.ipynb").write_text(text, encoding="utf-8")
    ledger = Ledger.load(small)
    assert ledger["market.multiple"].display == "7.6×"
    assert ledger["penguins.mass"].kind == "computed"
    assert not prose.check(ledger).errors


def test_the_names_of_the_computation_are_public(root: Path) -> None:
    import tieout

    for name in set(re.findall(r"\bt\.([a-z_]+)", text_of(root, "README.md"))):
        assert name in dir(tieout) and callable(getattr(tieout, name)), name


def test_a_report_of_ones_own_starts_as_the_readme_says(own: Path) -> None:
    """The very lines, in a shell; only the installation is done already."""
    assert own_report.script().count("tieout") == 2
    assert (own / "_site" / "index.html").is_file()
    assert list((own / "_site").glob("*.pdf"))


def test_versions_agree(root: Path) -> None:
    assert f'\nversion = "{__version__}"\n' in text_of(root, "pyproject.toml")
    assert re.search(rf"^## {re.escape(__version__)}\b", text_of(root, "CHANGELOG.md"), re.M)
    assert re.search(rf"^version: [\"']?{re.escape(__version__)}[\"']?$", text_of(root, "CITATION.cff"), re.M)
    oldest = re.search(r'requires-python = ">=([\d.]+)"', text_of(root, "pyproject.toml"))
    assert oldest and f"Python {oldest[1]} or newer" in text_of(root, "README.md")


def test_exit_statuses_are_those_of_the_program(root: Path) -> None:
    from tieout.problems import InputError

    words = " ".join(text_of(root, "README.md").split())
    assert "exit status is 0 when all is well, 1 when a check failed and 2" in words
    assert InputError.exit_code == 2


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_stay_readable(root: Path, name: str) -> None:
    lines = text_of(root, name).splitlines()
    assert max(map(len, lines)) <= 130
    assert len(lines) < 160
