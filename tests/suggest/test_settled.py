"""What is proposed for all numbers of a report: one unit a column, and ties that the prose check accepts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.suggest.test_combined import project
from tests.suggest.test_forms_suggested import code_of, prose_of
from tests.support import analyses
from tests.support.commands import call
from tieout import suggest
from tieout.ledger import Ledger
from tieout.suggest.settled import settled

READ = analyses.READ
BY = 'by = penguins.groupby("species").mass.mean()\nby'


def written(root: Path, capsys: pytest.CaptureFixture[str], option: str) -> tuple[str, str, str]:
    """Return what a cell records, the prose, and what the prose check then says."""
    call(root, capsys, "suggest", "--no-execute", option)
    call(root, capsys, "execute")
    return "\n".join(code_of(root)), prose_of(root), call(root, capsys, "check", "prose").out


@pytest.mark.parametrize("option", ["--write", "--perhaps"])
def test_an_interval_is_recorded_in_the_unit_that_its_text_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    made = 'low, high = 3912.4, 4150.2\nprint(f"95% CI: [{low:.1f}, {high:.1f}]")'
    root = project(tmp_path, "The mass has a 95% confidence interval of 3,912 to 4,150 g.", READ, made)
    code, prose, said = written(root, capsys, option)
    assert 'unit="gram", level=95)' in code and "](tie:" in prose
    assert "1 of 1 ties agree" in said


def test_a_share_in_words_gives_no_form_to_its_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prose = "The share of heavy penguins is more than a quarter.\n\nThe share of heavy penguins is 28.6%."
    made = "heavy = (penguins.mass > 4000)\nheavy_share = heavy.mean()\nheavy_share"
    code, _, said = written(project(tmp_path, prose, READ, made), capsys, "--perhaps")
    assert 'like="28.6%"' in code and "quarter" not in code
    assert "1 of 1 ties agree" in said or "2 of 2 ties agree" in said


def test_what_the_prose_check_would_refuse_is_not_proposed(tmp_path: Path) -> None:
    root = project(tmp_path, "The mean mass is 4,031 g.", READ, "penguins.mass.mean()")
    ledger = Ledger.load(root)
    (found,) = suggest.suggest(ledger)
    assert found.likely is not None
    wrong = replace(found, outputs=(replace(found.outputs[0], unit="minute"),))
    assert settled([found], ledger) == [found]
    assert [each.likely for each in settled([wrong], ledger)] == [None]


def test_rows_of_a_column_are_in_the_unit_that_one_of_them_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prose = "The mean mass of Gentoo is 5,005 g, more than that of Adelie (3,600)."
    code, prose, said = written(project(tmp_path, prose, READ, BY), capsys, "--perhaps")
    assert code.count('unit="gram"') == 2, code
    assert "[3,600](tie:" in prose and "2 of 2 ties agree" in said


@pytest.mark.parametrize(
    "prose",
    [
        "The mean mass of Gentoo is 5,005 g.\n\nThe mean mass of Adelie is 3,600.",  # nobody says of what
        "The mean mass of Gentoo is 5,005 g, of Chinstrap 3,705 minutes, and of Adelie it is 3,600.",
    ],
)
def test_a_bare_number_keeps_no_unit_where_its_text_would_be_refused_or_two_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], prose: str
) -> None:
    code, _, said = written(project(tmp_path, prose, READ, BY), capsys, "--perhaps")
    line = next((each for each in code.splitlines() if 'loc["Adelie"]' in each), "")
    assert "unit=" not in line
    agreeing = re.search(r"(\d+) of (\d+) ties agree", said)
    assert agreeing and agreeing[1] == agreeing[2], said


def test_what_the_code_records_without_a_unit_stays_without_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second run would else ask for another unit than the line has."""
    record = 'import tieout as t\nby = penguins.groupby("species").mass.mean()\n'
    record += 't.record("penguins.adelie", by.loc["Adelie"], "Mean mass of Adelie")\nby'
    prose = "The mean mass of Gentoo is 5,005 g, more than that of Adelie (3,600)."
    root = project(tmp_path, prose, READ, record)
    said = call(root, capsys, "suggest", "--no-execute", "--perhaps")
    assert "[3,600](tie:penguins.adelie)" in prose_of(root), said.out + said.err
