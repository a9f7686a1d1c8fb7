"""docs/ says what the code knows."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support import notebooks, quarto_table
from tests.support.commands import run_tieout


def test_the_tables_of_quarto_are_those_of_the_code() -> None:
    """`python -m tests.support.quarto_table` writes them."""
    text = quarto_table.DOCUMENT.read_text(encoding="utf-8")
    assert quarto_table.written(text) == text


def test_a_key_that_is_not_followed_says_what_happens_instead() -> None:
    rows = list(quarto_table.keys())
    assert any("no effect: " in row for row in rows) and any("| read | read |" in row for row in rows)
    assert len(rows) == len(set(rows))


def test_an_analysis_becomes_a_report_as_the_guide_says(root: Path, tmp_path: Path) -> None:
    """The very blocks of docs/analysis.md, in an empty folder."""
    text = (root / "docs" / "analysis.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(yaml|python)\n(.*?)```", text, re.DOTALL))
    ledger, tied = re.findall(r"```markdown\n(.*?)```", text, re.DOTALL)
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "_quarto.yml").write_text(blocks["yaml"], encoding="utf-8")
    (folder / "ledger.qmd").write_text(ledger, encoding="utf-8")
    masses = "species,mass\nAdelie,3400\nAdelie,3500\nGentoo,4907\nGentoo,5001\n"
    (folder / "penguins.csv").write_text(masses, encoding="utf-8")
    notebooks.write(folder / "index.ipynb", f"#:# Penguins\n\n{tied}", blocks["python"])
    done = run_tieout("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "6 of 6 numbers tied" in done.stderr
    assert (
        "computed in cell 2 of Penguins from penguins.csv (4 rows)"
        in run_tieout("show", "penguins.mass", cwd=folder).stdout
    )
