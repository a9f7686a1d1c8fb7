"""The proof: whatever single digit is changed, the check that is there for it fails, and names the place.

`make test` tries a sample, the same on every run; `make test-corruption` tries all.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from tests.conftest import copy_report
from tests.corruption import changes, files, pages, paper
from tests.corruption.changes import Change
from tests.corruption.proving import (
    ALL,
    SAMPLE,
    SEED,
    chosen,
    ledger_check,
    problems_of,
    prose_check,
    prove,
    survivors,
    workspace,
)
from tests.support import registry, this_report
from tieout.audit.against import Audit
from tieout.audit.files import compare_files
from tieout.checks import data, source
from tieout.data import facts
from tieout.ledger import Ledger
from tieout.problems import Report

ROOT = Path(__file__).resolve().parents[2]


def _article() -> Path | None:
    named = os.environ.get("TIEOUT_SOURCE")
    path = Path(named) if named else ROOT.parent / "shared" / "source" / "article.txt"
    return path if path.is_file() else None


ARTICLE = _article()
needs_article = pytest.mark.skipif(
    ARTICLE is None, reason="the source's text is not at hand: TIEOUT_SOURCE names no file"
)
NOTEBOOKS = [str(path) for path in this_report.project().notebooks if (ROOT / path).is_file()]
# What is said in another language is no table of facts.
TABLES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "data").glob("*.csv")
    if not path.name.startswith("words-")
)
TABLES = [name for name in TABLES if PurePosixPath(name).stem not in ("findings", "source-index")]


def shards(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Return what one test tries: one file each where all is tried, all files together for a sample."""
    return [(name,) for name in names] if ALL else [tuple(names)]


def named(shard: Sequence[str]) -> str:
    return PurePosixPath(shard[0]).stem if len(shard) == 1 else "sample"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold a copy of what the report is made from."""
    return copy_report(tmp_path_factory.mktemp("corruption") / "report")


def data_check(root: Path) -> Report:
    """Check the data of a project as it is now."""
    return data.check(workspace(root))


def source_check(root: Path) -> Report:
    """Agree the facts of a project with the article."""
    return source.check(workspace(root), ARTICLE)


def source_said(root: Path) -> Report:
    """Agree the facts with the source, what is only doubted included."""
    report = source_check(root)
    return replace(report, problems=[replace(each, severity="error") for each in report.problems])


def test_the_report_as_it_is_has_no_errors(copy: Path) -> None:
    """Otherwise a check that always fails would seem to catch everything."""
    for check in (data_check, prose_check, ledger_check):
        assert [str(problem) for problem in problems_of(check, copy)] == []
    if ARTICLE:
        assert [str(each) for each in problems_of(source_check, copy)] == []


@pytest.mark.parametrize("shard", shards(NOTEBOOKS), ids=named)
def test_a_tied_number_changed_in_a_notebook(
    copy: Path, shard: Sequence[str], record_property: Callable[[str, object], None]
) -> None:
    tried = chosen(change for name in shard for change in changes.tied_numbers(copy, name))
    prove(record_property, "tied numbers in notebooks", tried, survivors(copy, tried, prose_check))


@pytest.mark.parametrize("shard", shards(NOTEBOOKS), ids=named)
def test_a_number_changed_in_a_stored_table(
    copy: Path, shard: Sequence[str], record_property: Callable[[str, object], None]
) -> None:
    tried = chosen(change for name in shard for change in changes.table_numbers(copy, name))
    if not tried:
        pytest.skip("the notebook stores no table")
    prove(record_property, "numbers in stored tables", tried, survivors(copy, tried, prose_check))


@pytest.mark.parametrize("shard", shards(NOTEBOOKS), ids=named)
def test_a_digit_changed_in_a_stored_quantity(
    copy: Path, shard: Sequence[str], record_property: Callable[[str, object], None]
) -> None:
    tried = chosen(change for name in shard for change in changes.stored_quantities(copy, name))
    if not tried:
        pytest.skip("the notebook records no quantity")
    left = survivors(copy, tried, ledger_check, prose_check)
    prove(record_property, "stored quantities", tried, left)


@pytest.mark.parametrize("shard", shards(TABLES), ids=named)
def test_a_number_changed_in_data_with_stale_hashes(
    copy: Path, shard: Sequence[str], record_property: Callable[[str, object], None]
) -> None:
    tried = chosen(change for name in shard for change in changes.cells_of_data(copy, name))
    prove(record_property, "cells of data, hashes stale", tried, survivors(copy, tried, data_check))


@needs_article
@pytest.mark.parametrize("shard", shards(TABLES), ids=named)
def test_a_number_changed_in_data_with_hashes_refreshed(
    copy: Path, shard: Sequence[str], record_property: Callable[[str, object], None]
) -> None:
    tried = chosen(change for name in shard for change in changes.cells_of_data(copy, name))
    left = survivors(
        copy,
        tried,
        source_check,
        data_check,
        prose_check,
        ledger_check,
        prepare=facts.refresh,
        undo=("data/datapackage.json",),
    )
    prove(record_property, "cells of data, hashes refreshed", tried, left)


@needs_article
@pytest.mark.parametrize("shard", shards(TABLES), ids=named)
def test_a_fact_attributed_to_another_work(
    copy: Path, shard: Sequence[str], record_property: Callable[[str, object], None]
) -> None:
    tried = chosen(change for name in shard for change in changes.attributions(copy, name))
    left = survivors(
        copy,
        tried,
        source_said,
        prepare=facts.refresh,
        undo=("data/datapackage.json",),
    )
    prove(record_property, "works that facts are attributed to", tried, left)


# What is built


@pytest.fixture(scope="module")
def audit(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """Hold a copy of the built report, read; its files can be changed and put back."""
    target = tmp_path_factory.mktemp("site") / "report"
    shutil.copytree(built, target)
    return Audit.of(Ledger.load(target))


def test_the_site_as_built_has_no_errors(audit: Audit) -> None:
    assert pages.caught(audit, None) == []


PAGES = [chapter.href for chapter in this_report.project().chapters]


@pytest.mark.parametrize("shard", shards(PAGES), ids=named)
@pytest.mark.parametrize("kind", pages.KINDS, ids=lambda kind: kind.__name__)
def test_a_page_changed_after_it_was_built(
    audit: Audit,
    shard: Sequence[str],
    kind: Callable[[Audit, str], Iterator[Change]],
    record_property: Callable[[str, object], None],
) -> None:
    tried = chosen((change for name in shard for change in kind(audit, name)), SAMPLE * 2)
    if not tried:
        pytest.skip("the page has none")
    left = [f"{change.path}: {change.place}" for change in tried if not pages.caught(audit, change)]
    prove(record_property, kind.__doc__.split(":")[0] if kind.__doc__ else kind.__name__, tried, left)


def test_a_year_changed_in_the_bibliography(
    audit: Audit, record_property: Callable[[str, object], None], tmp_path: Path
) -> None:
    tried = chosen(changes.years(audit.root))
    left = []
    for change in tried:
        works = pages.works_of(audit, change, tmp_path)
        changed = replace(audit, site=replace(audit.site, works=works))
        if not pages.caught(changed, None):
            left.append(f"{change.path}: {change.place}")
    prove(record_property, "years in the bibliography", tried, left)


def test_the_files_as_built_are_as_they_should_be(audit: Audit) -> None:
    found = compare_files(
        audit.root,
        audit.folder,
        audit.site,
        [each.drawn for each in audit.expected.values()],
        audit.ledger_files,
    )
    assert [str(problem) for problem in found.problems] == []


def one_of_each(every: Sequence[files.Damage]) -> list[files.Damage]:
    """Return a change of each sort, any of its own."""
    chance = random.Random(SEED)
    sorts = dict.fromkeys(damage.kind for damage in every)
    return [chance.choice([damage for damage in every if damage.kind == sort]) for sort in sorts]


@pytest.mark.parametrize("kind", files.KINDS, ids=lambda kind: kind.__name__)
def test_a_file_changed_beside_the_pages(
    audit: Audit,
    kind: Callable[[Path], Iterator[files.Damage]],
    record_property: Callable[[str, object], None],
) -> None:
    """Copies, ledger, charts, scripts, styles: one changed, taken away, exchanged, or one too many."""
    every = list(kind(audit.folder))
    tried = every if ALL else one_of_each(every)
    for sort in dict.fromkeys(damage.kind for damage in tried):
        own = [damage for damage in tried if damage.kind == sort]
        left = [damage.path for damage in own if not files.caught(audit, damage)]
        record_property("corruption", (sort, len(own), len(own) - len(left)))
        assert left == []
    assert tried


@pytest.fixture(scope="module")
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """Hold the report with its PDF where all is tried; for a sample a small one, whose PDF is soon read."""
    if ALL:
        return request.getfixturevalue("audit")  # type: ignore[no-any-return]
    folder = tmp_path_factory.mktemp("printed")
    return Audit.of(Ledger.load(registry.build("pandoc", folder, ("html", "pdf"))))


def test_a_pdf_changed_after_it_was_built(
    printed: Audit, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Text, order, drawings, links, outline, what it says of itself, what runs on opening."""
    path = printed.folder / f"{printed.site.project.output_file}.pdf"
    assert not paper.caught(printed, paper.Print("nothing", "", path.read_bytes()), tmp_path)
    kinds: dict[str, list[paper.Print]] = {}
    for change in paper.every(path.read_bytes(), lambda kind: ALL or kind not in kinds):
        kinds.setdefault(change.kind, []).append(change)
    assert len(kinds) >= 12
    for kind, tried in kinds.items():
        left = [change.place for change in tried if not paper.caught(printed, change, tmp_path)]
        record_property("corruption", (f"PDF: {kind}", len(tried), len(tried) - len(left)))
        assert left == [], kind
