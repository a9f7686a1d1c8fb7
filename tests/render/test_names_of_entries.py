"""An entry and a heading may have one name: the heading gives way in the PDF, and ties lead to the entry."""

from __future__ import annotations

from pathlib import Path

from tests.support import projects
from tieout import publish
from tieout.workspace import Workspace

TEXT = "# Home {.unnumbered}\n\n## Devices\n\nThere are [162](tie:devices), see [above](#devices).\n"


def test_a_heading_may_have_the_name_of_an_entry(tmp_path: Path) -> None:
    facts = projects.FACTS.replace("devices.count", "devices")
    root = projects.create(tmp_path / "report", {"index.md": TEXT}, facts=facts)
    result = publish.build(Workspace.load(root), "pandoc")
    said = [str(each) for report in result.reports for each in report.problems]
    assert result.site, said
    assert not [each for each in said if "tie" in each]
