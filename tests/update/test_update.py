"""Update and suggest: numbers follow the ledger, each in its author's style, and no other byte changes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import projects
from tieout import numerals, publish, suggest, update
from tieout.data.facts import refresh
from tieout.ledger import Cell, Ledger
from tieout.markdown import scan
from tieout.numbers import Quantity
from tieout.problems import InputError
from tieout.prose.ties import find_ties
from tieout.suggest.suggestion import Candidate
from tieout.update.retext import retext
from tieout.workspace import Workspace

INDEX = r"""---
title: "Home"
---

The market reached [\$2.5 billion](tie:market.2024) in [2024](tie:market.2024:year), or
[2,500 million dollars](tie:market.2024), or **[about \$2.5B](tie:market.2024)**.

- [US\$18.9&nbsp;bn](tie:market.2030) by [**2030**](tie:market.2030:year); [](tie:market.2030)
- [~10%](tie:share.other), and [approximately *10%*](tie:share.other)

Growth of [40.1%](tie:market.cagr) over [2024 to 2030](tie:market.cagr:period).[^n]

[^n]: [Beijing](tie:region.first) leads; [162](tie:devices.count), [exactly 162](tie:devices.count) devices.
"""
NOTEBOOK = [
    "#:# Market [\\$2.5B](tie:market.2024)\n\nIt grows [7.6-fold](tie:market.multiple).\n",
    projects.MULTIPLE,
    '#| label: fig-x\n#| fig-cap: "To [\\\\$18.9B](tie:market.2030), [7.6×](tie:market.multiple)"\n'
    "#| fig-alt: 'It''s [$18.9B](tie:market.2030)'\n1 + 1",
]
MOVED = [
    (",2.5,billion USD,rounded,2024,", ",2.7,billion USD,rounded,2025,"),
    ("$2.5 billion | $2.5B", "$2.7 billion | $2.7B"),
    (",18.9,billion", ",21.4,billion"),
    ("$18.9 billion", "$21.4 billion"),
    (",162,1,exact,2025,agency2026,1:p2,162", ",1173,1,exact,2025,agency2026,1:p2,1173"),
    (
        ",10,percent,approx,2024,agency2026,1:p2,about 10%",
        ",12,percent,approx,2024,agency2026,1:p2,about 12%",
    ),
    ("Beijing,text,,2024,agency2026,1:p2,Beijing", "the Bay Area,text,,2024,agency2026,1:p2,the Bay Area"),
    (
        "40.1,percent,rounded,2024/2030,agency2026,1:p2,40.1%",
        "41,percent,rounded,2025/2030,agency2026,1:p2,41%",
    ),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose prose agrees."""
    return projects.create(tmp_path / "report", {"index.qmd": INDEX, "chapters/two.ipynb": NOTEBOOK})


def move(root: Path, changes: Sequence[tuple[str, str]] = MOVED) -> None:
    for old, new in changes:
        projects.change(root / "data" / "facts.csv", old, new)
    refresh(root)


def masked(root: Path) -> dict[str, str]:
    """Every file without what stands between the brackets of ties."""
    return {
        path.name: re.sub(r"\[(?:\\.|[^\]\\])*\]\(tie:", "[](tie:", path.read_bytes().decode())
        for path in root.rglob("*")
        if path.suffix in (".qmd", ".ipynb")
    }


def disagreeing(root: Path) -> list[str]:
    """What the prose says against the formulas and facts of a ledger."""
    plan = update.plan(Ledger.load(root))
    return [str(change) for change in plan.changes] + [
        str(each) for each in plan.problems if each.severity == "error"
    ]


def test_nothing_changes_where_everything_agrees(root: Path) -> None:
    plan = update.plan(Ledger.load(root))
    assert (plan.changes, plan.diff(), plan.write(), plan.problems) == ((), "", [], ())


def test_each_number_keeps_its_style(root: Path) -> None:
    move(root)
    plan = update.plan(Ledger.load(root))
    assert [(change.id, change.old, change.new) for change in plan.changes] == [
        ("market.2024", "$2.5 billion", "$2.7 billion"),
        ("market.2024:year", "2024", "2025"),
        ("market.2024", "2,500 million dollars", "2,700 million dollars"),
        ("market.2024", "about $2.5B", "about $2.7B"),
        ("market.2030", "US$18.9\u00a0bn", "US$21.4\u00a0bn"),
        ("share.other", "~10%", "~12%"),
        ("share.other", "approximately 10%", "approximately 12%"),
        ("market.cagr", "40.1%", "41%"),
        ("market.cagr:period", "2024 to 2030", "2025 to 2030"),
        ("region.first", "Beijing", "The Bay Area"),
        ("devices.count", "162", "1,173"),
        ("devices.count", "exactly 162", "exactly 1,173"),
        ("market.2024", "$2.5B", "$2.7B"),
        ("market.multiple", "7.6-fold", "7.9-fold"),
        ("market.2030", "$18.9B", "$21.4B"),
        ("market.2030", "$18.9B", "$21.4B"),
        ("market.multiple", "7.6×", "7.9×"),
    ]


def test_no_other_byte_changes_and_a_second_run_has_nothing_to_do(root: Path) -> None:
    move(root)
    before = masked(root)
    written = update.plan(Ledger.load(root)).write()
    assert sorted(path.name for path in written) == ["index.qmd", "two.ipynb"]
    assert masked(root) == before
    assert disagreeing(root) == []
    text = (root / "index.qmd").read_text()
    assert r"[US\$21.4&nbsp;bn]" in text and "[**2030**]" in text and "[approximately *12%*]" in text
    source = json.loads((root / "chapters" / "two.ipynb").read_text())["cells"][2]["source"]
    assert r'fig-cap: "To [\\$21.4B]' in source[1] and "'It''s [$21.4B](tie" in source[2]


@pytest.mark.parametrize("wrap", ["{}", "*{}*", "({})"])
def test_what_stays_in_a_statement_is_not_escaped_anew(wrap: str) -> None:
    old, new = "-0.709 (SE 0.031, p < 0.001; -0.7 to -0.6)", "-0.722 (SE 0.034, p < 0.001; -0.8 to -0.6)"
    for written in (old, old.replace("<", r"\<"), old.replace("<", "&lt;"), old.replace("p", "*p*")):
        markdown = f"It is [{wrap.format(written)}](tie:m.rating)."
        (tie,) = scan(markdown).ties
        found = retext(markdown, tie, wrap.replace("*", "").format(new))
        assert found is not None
        start, end, text = found
        kept = written.replace("0.709", "0.722").replace("0.031", "0.034").replace("-0.7 ", "-0.8 ")
        assert markdown[:start] + text + markdown[end:] == f"It is [{wrap.format(kept)}](tie:m.rating)."


def test_stale_outputs_are_named_and_prose_agrees_once_they_are_run(root: Path) -> None:
    move(root)
    [problem] = update.plan(Ledger.load(root)).problems
    assert (problem.id, problem.rule, problem.severity) == ("market.multiple", "stale", "warning")
    assert "tieout execute" in problem.hint
    update.plan(Ledger.load(root)).write()
    path = root / "chapters" / "two.ipynb"
    cells = json.loads(path.read_text())["cells"]
    path.write_text(projects.run(root, *({**cell, "outputs": []} for cell in cells)))
    plan = update.plan(Ledger.load(root))
    assert (plan.changes, plan.problems) == ((), ())


def test_the_diff_shows_readable_lines_with_their_place(root: Path) -> None:
    move(root)
    diff = update.plan(Ledger.load(root)).diff()
    line = next(
        number
        for number, text in enumerate((root / "chapters" / "two.ipynb").read_text().split("\n"), 1)
        if "7.6-fold](tie" in text
    )
    assert f"@@ chapters/two.ipynb:{line} cell 1 (part-0) @@\n" in diff
    assert "-It grows [7.6-fold](tie:market.multiple).\n+It grows [7.9-fold](tie:market.multiple).\n" in diff
    assert "--- index.qmd\n+++ index.qmd\n@@ index.qmd:5 @@\n-The market reached [\\$2.5 billion]" in diff


def test_a_file_saved_in_the_meantime_is_not_overwritten(root: Path) -> None:
    move(root)
    plan = update.plan(Ledger.load(root))
    projects.change(root / "index.qmd", "The market", "A market")
    before = (root / "chapters" / "two.ipynb").read_bytes()
    with pytest.raises(InputError, match=r"index\.qmd: has changed since; nothing was written"):
        plan.write()
    assert (root / "chapters" / "two.ipynb").read_bytes() == before
    assert not [path for path in root.rglob(".*") if path.name.startswith((".index", ".two"))]


def test_what_is_included_twice_changes_once(tmp_path: Path) -> None:
    part = "{{< include /_part.md >}}\n"
    root = projects.create(tmp_path / "p", {"index.qmd": f"# A\n\n{part}", "two.qmd": f"# B\n\n{part}"})
    (root / "_part.md").write_bytes(b"Of [\\$2.5 bn](tie:market.2024)\r\nall.\r\n")
    move(root, MOVED[:2])
    plan = update.plan(Ledger.load(root))
    assert len(plan.changes) == 1
    plan.write()
    assert (root / "_part.md").read_bytes() == b"Of [\\$2.7 bn](tie:market.2024)\r\nall.\r\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[2.5](tie:market.nope)", "no ledger entry is called market.nope"),
        ("[2.5](tie:market.2024:nope)", "market.2024 has no column nope"),
        ("[a few](tie:market.2024)", "is not one number"),
    ],
)
def test_what_a_person_has_to_correct_is_named_with_its_line(root: Path, text: str, says: str) -> None:
    projects.change(root / "index.qmd", "- [~10%]", f"{text}\n- [~10%]")
    [problem] = update.plan(Ledger.load(root)).problems
    assert says in problem.what
    assert (problem.path, problem.line) == ("index.qmd", 9)


@pytest.mark.parametrize(
    ("shown", "text", "new"),
    [
        ("Leading region", "other region", "Other region"),
        ("fastest in the world", "Second in the world", "second in the world"),
        ("deep learning", "Infervision", "Infervision"),
        ("2024 to 2030", "2025–2031", "2025 to 2031"),
        ("2024–2030", "2025–2031", "2025–2031"),
        ("fastest‑growing", "Fastest-growing", None),
    ],
)
def test_names_and_periods_keep_their_manner(shown: str, text: str, new: str | None) -> None:
    assert update.renewed(shown, Cell(text)) == new


FORMS = ["$2.5 billion", "$2.5B", "US$ 2.5 bn", "2,500 million dollars", "about $3 billion", "2.5e9 USD"]
FORMS += ["two billion dollars", "$2,500,000,000", "$2½ billion", "$0.0025 trillion", "nearly $2.5 billion"]


@given(
    form=st.sampled_from(FORMS),
    value=st.decimals("0.1", "900", places=1),
    wrap=st.sampled_from(["{}", "**{}**", "*{}*", "_{}_", " {} ", "***{}***", "~~{}~~"]),
)
def test_any_form_follows_any_value_and_stays_where_it_is(form: str, value: Decimal, wrap: str) -> None:
    quantity = Quantity.stated("a.b", text=str(value), unit="billion USD")
    markdown = f"Some *text* [{wrap.format(form.replace('$', chr(92) + '$'))}](tie:a.b) and [3](tie:c.d)."
    tie = find_ties(markdown)[0]
    new = update.renewed(tie.shown, Cell("", quantity))
    if new is None:
        return
    assert numerals.agrees(new, quantity) is None
    assert update.renewed(new, Cell("", quantity)) is None
    found = retext(markdown, tie, new)
    assert found is not None
    start, end, text = found
    assert tie.text_start <= start <= end <= tie.text_end
    changed = markdown[:start] + text + markdown[end:]
    assert [each.shown for each in find_ties(changed)] == [new, "3"]
    opening, closing = wrap.split("{}")
    assert f"[{opening}" in changed and f"{closing}](tie:a.b)" in changed


SIGNS = "[](){}<>!`$*_~^\\|#:-.@&;\"'aé5€–"


@given(st.builds(str.__add__, st.sampled_from(SIGNS), st.text(f"{SIGNS} ", max_size=11).map(str.rstrip)))
def test_any_text_between_the_brackets_reads_back(new: str) -> None:
    markdown = r"Some [**\$2.5** billion](tie:a.b), `x` and $y$ [3](tie:c.d)."
    found = retext(markdown, find_ties(markdown)[0], new)
    assert found is not None
    start, end, text = found
    ties = find_ties(markdown[:start] + text + markdown[end:])
    assert [" ".join(tie.shown.split()) for tie in ties] == [" ".join(new.split()), "3"]


UNTIED = """\
# Market

The market of $2.5 billion in 2024 should reach [\\$18.9 billion](tie:market.2030)
by 2030, growing **40.1%** a year.

There are 162 approved devices, 3 reasons, and 77 unknowns; others hold 10%.
"""


@pytest.fixture
def untied(tmp_path: Path) -> Path:
    """A project with numbers that are not tied."""
    cells = ["#:" + UNTIED, projects.MULTIPLE, '#| label: fig-a\n#| fig-cap: "All 162 devices"\n1 + 1']
    return projects.create(tmp_path / "report", {"index.qmd": "# Home\n\nText.\n", "two.ipynb": cells})


def test_numbers_without_a_tie_are_offered_what_agrees(untied: Path) -> None:
    found = {each.number.text: each for each in suggest.suggest(Ledger.load(untied))}
    assert {text: each.keys[:1] for text, each in found.items()} == {
        "$2.5 billion": ("market.2024",),
        "2024": ("market.2024:year",),
        "2030": ("market.2030:year",),
        "40.1%": ("market.cagr",),
        "162": ("devices.count",),
        "3": (),
        "77": (),
        "10%": ("share.other",),
    }
    ledger = Ledger.load(untied)
    for each in found.values():
        for key in each.keys:
            id, _, column = key.partition(":")
            cell = ledger.resolve(id, column or None)
            agrees = cell.quantity is not None and numerals.agrees(each.number.text, cell.quantity) is None
            assert agrees or cell.text == each.number.text


def test_a_suggestion_says_where_what_and_to_what(untied: Path) -> None:
    said = [str(each) for each in suggest.suggest(Ledger.load(untied))]
    assert said[0] == (
        "two.ipynb:10: “$2.5 billion” in “The market of $2.5 billion in 2024 should reach $18.9 billion by "
        "2030,…”: tie to market.2024"
    )
    assert any("“77” in" in each and "no entry agrees" in each for each in said)


def test_small_numbers_and_close_calls_are_left_to_the_author(untied: Path) -> None:
    plain = {each.number.text: each.unambiguous for each in suggest.suggest(Ledger.load(untied))}
    assert plain["$2.5 billion"] and plain["162"] and plain["2030"] and not plain["3"] and not plain["77"]


@pytest.mark.parametrize(
    ("other", "sure"),
    [
        (Candidate("regions.share", 1.0, 0.0), True),
        (Candidate("market.cagr.lead", 1.0, 0.0), False),  # stated or computed: the sentence decides
        (
            Candidate("regions.share", 1.0, 0.0, same=True),
            False,
        ),  # the best is only rounded
        (Candidate("regions.share", 7.5, 3.0), False),
    ],
)
def test_what_only_meaning_can_tell_apart_is_left_to_the_author(
    untied: Path, other: Candidate, sure: bool
) -> None:
    found = next(each for each in suggest.suggest(Ledger.load(untied)) if each.number.text == "$2.5 billion")
    best = Candidate("market.cagr.lead.computed", 9.0, 4.0, said=4.0)
    assert replace(found, candidates=(best, other)).unambiguous is sure


def test_unambiguous_numbers_are_tied_and_show_what_they_showed(untied: Path) -> None:
    suggestions = suggest.suggest(Ledger.load(untied))
    before = json.loads((untied / "two.ipynb").read_text())
    plan = suggest.plan_suggestions(Workspace.load(untied), suggestions)
    plan.write()
    after = json.loads((untied / "two.ipynb").read_text())
    source = "".join(after["cells"][0]["source"])
    assert r"[\$2.5 billion](tie:market.2024) in" in source
    assert "by [2030](tie:market.2030:year), growing **[40.1%](tie:market.cagr)** a year" in source
    assert "All [162](tie:devices.count) devices" in "".join(after["cells"][2]["source"])
    for cell in (*before["cells"], *after["cells"]):
        cell.pop("source")
    assert before == after
    assert disagreeing(untied) == []
    assert not [each for each in suggest.suggest(Ledger.load(untied)) if each.unambiguous]


def test_suggestions_for_a_file_that_changed_are_refused(untied: Path) -> None:
    suggestions = suggest.suggest(Ledger.load(untied))
    projects.change(untied / "two.ipynb", "The market", "A market")
    with pytest.raises(InputError, match="has changed since"):
        suggest.plan_suggestions(Workspace.load(untied), suggestions)


ONLY_MULTIPLE = "# Home\n\nIt grows [7.6-fold](tie:market.multiple).\n"


@pytest.mark.parametrize("kept", ["table", "build", "nothing"])
def test_a_moved_input_is_named_where_no_prose_ties_it(kept: str, tmp_path: Path) -> None:
    cells = [projects.MULTIPLE, 't.table([{"Market": facts["market.2030"]}])'] if kept == "table" else []
    root = projects.create(tmp_path, {"index.qmd": ONLY_MULTIPLE, "two.ipynb": cells or [projects.MULTIPLE]})
    if kept == "build":
        publish.write_ledger(Ledger.load(root))
    path = root / "data" / "facts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("18.9", "21.4"), encoding="utf-8")
    refresh(root)
    (change,) = update.plan(Ledger.load(root)).changes
    assert (change.old, change.new) == ("7.6-fold", "8.6-fold")
    if kept == "nothing":
        assert "market.2030 (now $21.4 billion)" in change.why and "nothing tells" in change.why
    else:
        assert change.why == "computed from market.2030 $18.9 billion → $21.4 billion"


def test_an_output_that_is_just_the_number_comes_before_an_entry_that_rounds_to_it(tmp_path: Path) -> None:
    prose = (
        "#:# Flippers\n\nThey have a spread of SD [13.4](tie:flipper.std), and flippers go from 13 to 217 mm."
    )
    recorded = 'import tieout as t\nt.record("flipper.std", 13.4, label="Deviation of flippers", like="13.4")'
    least = projects.code("flipper.min()", {"text/plain": "13"})
    least["outputs"][0] |= {"output_type": "execute_result", "execution_count": 1}
    for cells, offered in (([prose, recorded], ["flipper.std"]), ([prose, recorded, least], [])):
        root = projects.create(tmp_path / str(len(cells)), {"index.ipynb": cells})
        (found,) = (each for each in suggest.suggest(Ledger.load(root)) if each.number.text == "13")
        assert list(found.keys) == offered


FIGURE = (
    "import tieout as t\n\nt.record('slope', {}, label='Slope')\nt.record('half', t.share(12, 48), 'Half')\n"
)


def test_why_a_number_moves_is_what_is_known(tmp_path: Path) -> None:
    text = "#:# Home\n\n[1.5](tie:slope) and [26%](tie:half).\n"
    root = projects.create(tmp_path, {"index.ipynb": [text, FIGURE.format(2.5)]})
    said = {change.id: change.why for change in update.plan(Ledger.load(root)).changes}
    assert said == {id: f"the text did not agree with {id}" for id in ("slope", "half")}
    kept = {"entries": [{"id": "slope", "value": "2.5", "unit": "1", "display": "2.5"}]}
    (root / ".tieout").mkdir(exist_ok=True)
    (root / ".tieout" / "ledger.json").write_text(json.dumps(kept))
    said = {change.id: change.why for change in update.plan(Ledger.load(root)).changes}
    assert said["slope"] == "slope has not moved since the last build; the text said something else"
    kept["entries"][0] |= {"value": "1.5", "display": "1.5"}
    (root / ".tieout" / "ledger.json").write_text(json.dumps(kept))
    said = {change.id: change.why for change in update.plan(Ledger.load(root)).changes}
    assert said["slope"] == "slope is 1.5 → 2.5"


# What no rewriting helps


def test_a_sentence_that_is_wrong_is_not_made_to_agree(tmp_path: Path) -> None:
    """Numbers in each other's place, words that become digits, a bound far off: a person has to look."""
    text = (
        "# Home\n\nFrom [$18.9 billion](tie:market.2024) it grows to [$2.5 billion](tie:market.2030), a good"
        " [three times](tie:market.multiple).\n\nThere are more than [1,000](tie:devices.count) devices.\n"
    )
    root = projects.create(tmp_path, {"index.md": text, "market.ipynb": [projects.MULTIPLE]})
    plan = update.plan(Ledger.load(root))
    assert plan.changes == ()
    assert [problem.rule for problem in plan.problems] == ["disagrees", "disagrees", "swapped", "swapped"]
    said = " ".join(problem.what for problem in plan.problems)
    assert "said in words" in said and "far from that bound" in said and "the other way round" in said


@pytest.mark.parametrize(
    "sentence",
    [
        "It fell from [100](tie:before) to [96.8](tie:after).",
        "The [96.8](tie:after) of today is below the [100](tie:before) of then.",
    ],
)
@pytest.mark.parametrize("moved", ["before", "after"])
def test_no_sentence_is_made_false_where_a_fall_has_become_a_rise(
    tmp_path: Path, sentence: str, moved: str
) -> None:
    values = {"before": "100", "after": "96.8"} | {"before": {"before": "90"}, "after": {"after": "104.1"}}[
        moved
    ]
    code = "import tieout as t\n" + "\n".join(
        f"t.record('{name}', {value}, '{name}')" for name, value in values.items()
    )
    root = projects.create(tmp_path, {"index.ipynb": [f"#:# Home\n\n{sentence}\n", code]})
    plan = update.plan(Ledger.load(root))
    assert plan.changes == ()
    (problem,) = plan.problems
    assert problem.id == moved and "would be true no longer" in problem.what
