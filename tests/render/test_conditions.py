"""Ties in parts that one format shows: named alike in both, and led to where they are shown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.support import projects
from tieout import publish
from tieout.problems import Problem
from tieout.workspace import Workspace

HOME = (
    '#:# A\n\nThere are [162](tie:devices.count).\n\n::: {.content-visible when-format="typst"}',
    "#:On paper [162](tie:devices.count).\n\n:::\n\nBoth say [162](tie:devices.count).",
)
TEXT = """\
# Text

::: {.content-visible when-format="typst"}
Paper alone says [162](tie:devices.count) and [40.1%](tie:market.cagr).[^1]
:::

[^1]: A note of [162](tie:devices.count).

Both say [162](tie:devices.count). [Pages: [40.1%](tie:market.cagr).]{.content-hidden when-format="typst"}
Then [40.1%](tie:market.cagr), and [on paper [162](tie:devices.count)]{.content-visible unless-format="html"}.
At last [162](tie:devices.count).

::: {.content-hidden when-meta="draft"}
Not in drafts: [162](tie:devices.count).
:::

::: {.content-visible when-meta="draft"}
In drafts alone: [162](tie:devices.count).
:::
"""
needs_quarto = pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto is not on PATH")


@pytest.mark.parametrize("engine", ["pandoc", pytest.param("quarto", marks=needs_quarto)])
def test_uses_that_one_format_shows_keep_their_names_and_lead_nowhere_from_the_other(
    engine: str, tmp_path: Path
) -> None:
    root = projects.create(tmp_path, {"index.ipynb": HOME, "text.qmd": TEXT})
    result = publish.build(Workspace.load(root), engine, execute=False)
    found: list[Problem] = [each for report in result.reports for each in report.problems]
    assert [str(each) for each in found if each.severity == "error"] == []
    assert result.site is not None and (result.site / "small.pdf").is_file()
    page = (result.site / "text.html").read_text("utf-8")
    shown = ["devices.count-3", "devices.count-5", "devices.count-6", "market.cagr-2", "market.cagr-3"]
    assert sorted(re.findall(r'id="use-([\w.]+-\d+)"', page)) == shown
    ledger = (result.site / "ledger.html").read_text("utf-8")
    assert sorted(re.findall(r'href="[./]*text\.html#use-([^"]+)"', ledger)) == shown
    home = re.findall(r'href="[./]*index\.html#use-devices\.count-(\d+)"', ledger)
    assert home == ["1", "3"]
