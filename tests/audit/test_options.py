"""Options of Quarto that change what stands on pages and paper: the audit knows each, strict as it may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import projects
from tieout import publish
from tieout.workspace import Workspace

TEXT = """# Market {#sec-market}

It came to [\\$2.5 billion](tie:market.2024), see @sec-growth and @sec-market.[^note]

[^note]: A note.

## Apart {.unnumbered .unlisted}

| Year |
|-----:|
| [2024]{.waived reason="a year"} |

: Years^[One of them.] {#tbl-years}

## Growth {#sec-growth}

Words.
"""
LARGE = """crossref: {ref-hyperlink: false}
number-depth: 1
toc-title: What is in 7
format: {html: {toc: true, html-math-method: mathml}, typst: {fontsize: 14pt}}
"""


@pytest.mark.parametrize(
    ("options", "lang", "said"), [(LARGE, "en", ["`crossref.ref-hyperlink` has no effect"]), ("", "ar", [])]
)
def test_what_options_change_is_no_mistake(tmp_path: Path, options: str, lang: str, said: list[str]) -> None:
    last = "# The $R^2$ of all {.unnumbered .unlisted}\n\n## Apart\n"
    chapters = {"index.md": "# Preface {.unnumbered}\n", "market.md": TEXT, "last.md": last}
    root = projects.create(tmp_path / "p", chapters, lang=lang)
    config = root / "_quarto.yml"
    lines = config.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not (options and line.startswith("format:"))]
    config.write_text("".join(kept) + options, encoding="utf-8")
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    problems = [str(problem) for report in result.reports for problem in report.problems]
    assert result.site is not None and len(problems) == len(said), problems
    assert all(words in problem for words, problem in zip(said, problems, strict=True))
    if options:
        page = (result.site / "market.html").read_text("utf-8")
        assert ">Growth</a>" in page and ">Chapter\xa01</a>" in page
        assert ">Apart</h2>" in page and ">Apart</a>" not in page
