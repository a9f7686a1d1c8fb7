"""A book that lists its entries nowhere: its ties are compared all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import projects
from tieout import publish
from tieout.audit import site
from tieout.ledger import Ledger
from tieout.workspace import Workspace

TEXT = """\
# Home {.unnumbered}

It was [\\$2.5 billion](tie:market.2024), then [\\$18.9 billion](tie:market.2030).
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = projects.create(tmp_path_factory.mktemp("no-ledger") / "report", {"index.md": TEXT})
    config = root / "_quarto.yml"
    text = config.read_text("utf-8").replace("  appendices: [findings.qmd, ledger.qmd]\n", "")
    config.write_text(text, "utf-8")
    result = publish.build(Workspace.load(root), "pandoc")
    assert result.site, [str(each) for report in result.reports for each in report.problems]
    (report,) = [each for each in result.reports if each.check == "site"]
    assert "2 of 2 ties agree" in map(str, report.counts)
    return root


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("$18.9 billion", "$18.8 billion"),
        ("$2.5 billion", "$2.6 billion"),
        ('data-tie="market.2030"', 'data-tie="market.2024"'),
        ('<data value="18900000000', '<data value="18800000000'),
    ],
)
def test_a_changed_tie_is_caught_without_a_page_of_entries(built: Path, old: str, new: str) -> None:
    page = built / "_site" / "index.html"
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new), "utf-8")
    try:
        assert not site.check(Ledger.load(built)).ok
    finally:
        page.write_text(text, "utf-8")
    assert site.check(Ledger.load(built)).ok
