"""What a PDF binds: places stand where their headings do, and what is for pages alone is not looked for."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from pypdf.generic import FloatObject

from tests.support import projects
from tieout import publish
from tieout.audit.against import Audit
from tieout.audit.pdf import check_pdf
from tieout.audit.sheet import sheets
from tieout.ledger import Ledger
from tieout.problems import Problem
from tieout.workspace import Workspace

TEXT = """\
# Home {.unnumbered}

It was [\\$2.5 billion](tie:market.2024).

::: {.content-visible when-format="html"}
## For screens {.unnumbered}

On pages it is [\\$18.9 billion](tie:market.2030), and no more.
:::

## Growth of the market {#sec-growth}

It grew from [2024](tie:market.2024:year) on.
"""


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    root = projects.create(tmp_path_factory.mktemp("places") / "report", {"index.md": TEXT})
    result = publish.build(Workspace.load(root), "pandoc")
    assert result.site, [str(each) for report in result.reports for each in report.problems]
    return Audit.of(Ledger.load(root))


def paper(audit: Audit) -> Path:
    return audit.folder / f"{audit.site.project.output_file}.pdf"


def found(audit: Audit, path: Path) -> list[Problem]:
    return check_pdf(path, audit.site, audit.published, sheets(audit.site, audit.expected), audit.folder)[1]


def test_ties_and_headings_for_pages_alone_are_not_looked_for_on_paper(audit: Audit) -> None:
    counts, problems = check_pdf(
        paper(audit), audit.site, audit.published, sheets(audit.site, audit.expected), audit.folder
    )
    assert not problems
    assert "2 of 2 PDF ties as on the pages" in map(str, counts)


@pytest.mark.parametrize(("end", "by"), [("left", 200.0), ("top", 100.0), ("top", -100.0)])
def test_a_place_beside_its_heading_is_named(audit: Audit, tmp_path: Path, end: str, by: float) -> None:
    writer = pypdf.PdfWriter(clone_from=paper(audit))
    names = writer.root_object["/Names"]["/Dests"]["/Names"]  # type: ignore[index]
    at = [str(name) for name in names].index("sec-growth")
    place = names[at + 1].get_object()
    index = 2 if end == "left" else 3
    place[index] = FloatObject(float(place[index]) + by)
    changed = tmp_path / "changed.pdf"
    writer.write(changed)
    assert [each.what for each in found(audit, changed) if "sec-growth" in each.what] == [
        "the place `sec-growth` is not where its heading stands"
    ]
