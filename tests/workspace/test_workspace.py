"""One workspace: each file of a project is read once and parsed once, whatever a command does with it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support import projects
from tieout import check, publish
from tieout.checks import data
from tieout.data import bibliography, datapackage
from tieout.ledger import Ledger
from tieout.notebooks import Notebook
from tieout.problems import InputError
from tieout.project import configuration
from tieout.workspace import Once, Workspace

CELLS = [
    "#:# Home\n\nIt reached [\\$2.5 billion](tie:market.2024) [@agency2026].\n",
    projects.MULTIPLE,
    "#:It grows [7.6-fold](tie:market.multiple).",
]
_watched: list[tuple[Path, Counter[str]]] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or not _watched or not isinstance(arguments[0], str | Path):
        return
    root, counts = _watched[-1]
    path = Path(arguments[0])
    writes = isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if path.is_relative_to(root) and not writes:
        counts[path.relative_to(root).as_posix()] += 1


sys.addaudithook(_hook)  # it cannot be taken away again, so it looks only where it is asked to


@contextmanager
def opened(root: Path) -> Iterator[Counter[str]]:
    """Count how often this process opens each file below a folder for reading."""
    counts: Counter[str] = Counter()
    _watched.append((root, counts))
    try:
        yield counts
    finally:
        _watched.pop()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return projects.create(tmp_path / "project", {"index.ipynb": CELLS})


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each kind of source is parsed."""
    counts: Counter[str] = Counter()

    def count(owner: Any, name: str, kind: str) -> None:
        original = getattr(owner, name)

        def counted(*arguments: Any, **more: Any) -> Any:
            counts[kind] += 1
            return original(*arguments, **more)

        monkeypatch.setattr(owner, name, counted)

    count(configuration, "_check", "configuration")
    count(Notebook, "parse", "notebook")
    count(datapackage, "parsed", "table")
    count(bibliography, "parse", "bibliography")
    count(datapackage.Package, "load", "package")
    return counts


SOURCES = {"_quarto.yml", "index.ipynb", "bibliography.bib", "data/datapackage.json"}


def sources(root: Path, counts: Counter[str]) -> dict[str, int]:
    """The counts of what the author wrote."""
    tables = {path.relative_to(root).as_posix() for path in (root / "data").glob("*.csv")}
    chapters = {path.name for path in root.glob("*.qmd")}
    return {name: counts[name] for name in sorted(SOURCES | tables | chapters)}


def test_a_build_reads_and_parses_each_source_once(project: Path, parsed: Counter[str]) -> None:
    with opened(project) as counts:
        assert publish.build(Workspace.load(project), "pandoc", execute=False).site
    found = sources(project, counts)
    assert len(found) > 6 and set(found.values()) == {1}, found
    tables = len(list((project / "data").glob("*.csv")))
    assert parsed["notebook"] == parsed["bibliography"] == parsed["package"] == 1
    assert parsed["table"] == tables


def test_a_check_reads_and_parses_each_source_once(project: Path, parsed: Counter[str]) -> None:
    publish.build(Workspace.load(project), "pandoc", execute=False)
    parsed.clear()
    with opened(project) as counts:
        check.run(Workspace.load(project), execute=False)
    found = sources(project, counts)
    assert set(found.values()) == {1}, found
    assert parsed["notebook"] == parsed["bibliography"] == parsed["package"] == 1


def test_what_a_run_has_changed_is_read_anew_and_nothing_else(project: Path) -> None:
    workspace = Workspace.load(project)
    before = Ledger.of(workspace)
    path = project / "index.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("It grows", "It grew"), encoding="utf-8")
    with opened(project) as counts:
        after = Ledger.of(workspace.renewed([path]))
    assert any("It grew" in passage.markdown for passage in after.sources.passages)
    assert not any("It grew" in passage.markdown for passage in before.sources.passages)
    assert {name: times for name, times in counts.items() if not name.startswith(".tieout/")} == {
        "index.ipynb": 1
    }


@pytest.mark.parametrize("first", ["facts", "examined"])
def test_a_table_that_changed_alone_is_read_anew_by_the_next_command(project: Path, first: str) -> None:
    def stated(workspace: Workspace) -> str:
        assert getattr(workspace, first)
        return workspace.facts["market.2024"].value

    table = project / "data" / "facts.csv"
    one = Workspace.load(project)
    assert stated(one) == "2.5"
    projects.change(table, ",2.5,", ",2.6,")
    other = Workspace.load(project, one)
    assert [each.path for each in data.check(other).errors] == ["data/facts.csv"]  # its hash is stale
    projects.change(table, ",2.6,", ",2.5,")
    last = Workspace.load(project, other)
    assert data.check(last).errors == [] and stated(last) == "2.5"


def test_an_error_is_kept_and_told_to_everybody_who_asks() -> None:
    tried = []

    def fail() -> None:
        tried.append(1)
        raise InputError("no")

    once = Once(fail)
    for _ in range(3):
        with pytest.raises(InputError, match="no"):
            once()
    assert len(tried) == 1
