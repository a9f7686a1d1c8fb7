"""The prose check: what a tie shows agrees with its entry, and no number of the prose stands without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import projects
from tieout import update
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.notebooks import MARKDOWN
from tieout.problems import Problem, Report


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose home page is written anew by each test."""
    return projects.create(tmp_path_factory.mktemp("prose"), {"index.md": "# Home\n"})


def check(folder: Path, text: str) -> Report:
    (folder / "index.md").write_text(f"# Home\n\n{text}\n", encoding="utf-8")
    return prose.check(Ledger.load(folder))


def problem(folder: Path, text: str) -> Problem:
    """The one problem of a text; its line is that of the text's own first line, plus two."""
    (found,) = check(folder, text).problems
    assert found.path == "index.md" and found.hint
    return found


AGREEING = [
    r"It reached [\$2.5 billion](tie:market.2024) in [2024](tie:market.2024:year).",
    r"It reached [\$2,500 million](tie:market.2024), [\$2.5B](tie:market.2024) and [](tie:market.2024).",
    r"It reached [\$3 billion](tie:market.2024).",
    r"It reached [**\$2.5 billion**](tie:market.2024), or [two and a half](https://example.org/) of it.",
    r"Projected at [\$18.9 bn](tie:market.2030) for [2030](tie:market.2030:year).",
    "It grew [40.1%](tie:market.cagr) a year from [2024 to 2030](tie:market.cagr:year).",
    "It grew [40%](tie:market.cagr) a year, [2024–2030](tie:market.cagr:period).",
    "There are [162](tie:devices.count) devices, exactly [162](tie:devices.count).",
    "The others have [about 10%](tie:share.other), roughly [10%](tie:share.other).",
    "[Beijing](tie:region.first) leads, *[Beijing](tie:region.first)*.",
    "[Market size, 2024](tie:market.2024:label) is a label.",
    "A note.[^n]\n\n[^n]: Of [162](tie:devices.count).",
    "| Year | Devices |\n|---|---|\n| [2025](tie:devices.count:year) | [162](tie:devices.count) |",
    "| What | Share (%) |\n|---|---|\n| Others | [10](tie:share.other) |",
    r"It reached \$[2.5](tie:market.2024) billion.",
    "It grew [40.1](tie:market.cagr) % a year.",
]


@pytest.mark.parametrize("text", AGREEING)
def test_what_agrees_passes(folder: Path, text: str) -> None:
    report = check(folder, text)
    assert [str(problem) for problem in report.problems] == []
    assert report.ok


DISAGREEING = {
    "It was −[162](tie:devices.count).": "`−162`",
    "There are [162](tie:devices.count) million devices.": "million",
    r"It reached €[2.5 billion](tie:market.2024).": "EUR",
    r"It reached [\$2.6 billion](tie:market.2024).": r"$2.5 billion",
    r"It reached [\$2.50 billion](tie:market.2024).": "market.2024",
    r"It reached [\$2.5 million](tie:market.2024).": "market.2024",
    r"It reached [2.5](tie:market.2024).": "market.2024",
    r"It reached [€2.5 billion](tie:market.2024).": "market.2024",
    "It grew [40.2%](tie:market.cagr).": "40.1",
    "It grew [42%](tie:market.cagr).": "40",
    "There are [163](tie:devices.count) devices.": "162",
    "There are [161](tie:devices.count) devices.": "162",
    "There are [many](tie:devices.count) devices.": "devices.count",
    "In [2023](tie:market.2024:year).": "2024",
    "From [2024 to 2029](tie:market.cagr:year).": "2024–2030",
    "[Shanghai](tie:region.first) leads.": "Beijing",
    "[Beijing-1](tie:region.first) leads.": "Beijing",
}


@pytest.mark.parametrize("text", DISAGREEING)
def test_what_disagrees_is_named_with_what_was_expected(folder: Path, text: str) -> None:
    found = problem(folder, text)
    assert (found.rule, found.line) == ("disagrees", 3)
    assert DISAGREEING[text] in found.what
    assert found.id and found.id in text
    written = update.plan(Ledger.load(folder)).changes
    assert ("tieout update" in found.hint) == bool(written), "the hint says what the command does"


def test_each_digit_of_a_number_counts(folder: Path) -> None:
    for shown in (r"\$2.5 billion", "40.1%", "162"):
        id = {"\\": "market.2024", "4": "market.cagr", "1": "devices.count"}[shown[0]]
        for place, digit in enumerate(shown):
            for other in "0123456789".replace(digit, "") if digit.isdigit() else "":
                changed = shown[:place] + other + shown[place + 1 :]
                found = problem(folder, f"It is [{changed}](tie:{id}).")
                assert (found.rule, found.id) == ("disagrees", id), changed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is [3](tie:market.2042).", "did you mean market.2024"),
        ("It is [3](tie:market.2024:colour).", "it has label, period"),
        ("It is [](tie:market.2042).", "did you mean"),
        ("It is [3](tie:).", ""),
    ],
)
def test_an_unknown_id_is_answered_with_near_ones(folder: Path, text: str, words: str) -> None:
    found = problem(folder, text)
    assert found.rule == "unknown" and words in found.hint


UNTIED = {
    "There are 162 devices.": "162",
    "It reached \\$2.5 billion.": "$2.5 billion",
    "It grew by 42.5% a year.": "42.5%",
    "In 2024 it began.": "2024",
    "> Quoted: 7-fold.": "7-fold",
    "- A list with 3 items": "3",
    "**Bold 12**": "12",
    "| A | B |\n|---|---|\n| x | 9.5 |": "9.5",
    'An image: ![Five of 17](a.png){fig-alt="Words"}': "Five of 17",
    '::: {.callout-note title="Of 12 kinds"}\nWords.\n:::': "12",
    "[a link with 15](https://example.org/99)": "15",
    "It came to €3.6\nmillion.": "€3.6 million",
    "Escaped \\[162\\] stays a number.": "162",
}


@pytest.mark.parametrize("text", UNTIED)
def test_a_number_without_a_tie_is_named_with_its_sentence(folder: Path, text: str) -> None:
    found = problem(folder, text)
    assert found.rule == "untied"
    assert f"“{UNTIED[text]}” is not tied" in found.what
    assert f"[{UNTIED[text]}](tie:ID)" in found.hint
    line = next(number for number, line in enumerate(text.split("\n"), 3) if any(c.isdigit() for c in line))
    assert found.line == line


STRUCTURAL = [
    "See @fig-path and @tbl-2 and [@agency2026, p. 12].",
    "1. First\n2. Second",
    "`code 12` and $x^2 + 12$ and <https://example.org/2024/12>",
    "```\nblock 12\n```",
    "Words {.class width=50%}",
    "COVID-19, GPT-4 and version v1.2.3",
    "doi 10.1234/abc.2024",
    "<!-- 162 -->",
    "One of the two is number words.",
]


@pytest.mark.parametrize("text", STRUCTURAL)
def test_structure_code_and_names_need_no_tie(folder: Path, text: str) -> None:
    assert [str(each) for each in check(folder, text).problems] == []


def test_bare_dollar_signs_that_make_maths_are_found_out(folder: Path) -> None:
    """Between them pandoc sees no tie, so that a reader would see the raw link."""
    found = problem(folder, "It was [$2.5 billion](tie:market.2024), counted in US$, in all.")
    assert (found.rule, found.id) == ("maths", "market.2024") and "\\$" in found.hint
    assert check(folder, "From [$2.5 billion](tie:market.2024) to [$18.9 billion](tie:market.2030).").ok


QUALIFIED = {
    "It is exactly [10%](tie:share.other).": True,
    "It is precisely [10%](tie:share.other).": True,
    "It is about [10%](tie:share.other).": False,
    "It is [exactly 10%](tie:share.other).": True,
    "There are about [162](tie:devices.count).": True,
    "There are at least [162](tie:devices.count).": True,
    "There are over [162](tie:devices.count).": True,
    "There are exactly [162](tie:devices.count).": False,
    "There are exactly the [162](tie:devices.count).": False,
    "Exactly as before, it is some [10%](tie:share.other).": False,
}


@pytest.mark.parametrize("text", QUALIFIED)
def test_words_around_a_number_do_not_contradict_the_entry(folder: Path, text: str) -> None:
    if not QUALIFIED[text]:
        assert check(folder, text).ok
        return
    found = problem(folder, text)
    assert found.rule in ("qualifier", "disagrees")
    assert found.id in ("share.other", "devices.count")


def test_a_waiver_with_a_reason_is_counted_and_listed(folder: Path) -> None:
    report = check(folder, 'Room [101]{.waived reason="a room"} of [162](tie:devices.count).')
    assert report.ok and not report.problems
    assert str(report.counts[1]) == "2 of 2 numbers of the prose tied or waived"
    assert report.notes == ["waived: index.md:3: “101” (a room)"]


@pytest.mark.parametrize("text", ["seven", "doubled", "a quarter", "twelve hundred"])
def test_a_number_in_words_that_is_waived_is_listed_too(folder: Path, text: str) -> None:
    report = check(
        folder, f'The [{text}]{{.waived reason="a title"}} and [the rest]{{.waived reason="none"}}.'
    )
    assert report.notes == [f"waived: index.md:3: “{text}” (a title)"]


@pytest.mark.parametrize("span", ["[101]{.waived}", '[101]{.waived reason=""}', '[101]{.waived reason=" "}'])
def test_a_waiver_without_a_reason_is_a_problem(folder: Path, span: str) -> None:
    found = problem(folder, f"Room {span}.")
    assert (found.rule, found.line) == ("waiver", 3)
    assert "reason=" in found.hint


def test_counts_are_of_ties_and_of_numbers(folder: Path) -> None:
    report = check(
        folder, "Of [162](tie:devices.count), [163](tie:devices.count) and 164, [Beijing](tie:region.first)."
    )
    assert [str(count) for count in report.counts] == [
        "2 of 3 ties agree",
        "1 of 3 numbers of the prose tied or waived",
    ]
    assert len(report.problems) == 2


def test_words_alone_are_no_pass(folder: Path) -> None:
    assert not check(folder, "Words.").ok


# Notebooks

TABLE = "| Devices | Computed |\n|---|---|\n| [162](tie:devices.count) | 40.5 |\n"
CAPTION = '#| label: tbl-a\n#| tbl-cap: "Of [162](tie:devices.count) and 7 more"\n'
ALT = '#| label: fig-a\n#| fig-cap: "Words"\n#| fig-alt: "Bars up to 18"\n'


def test_numbers_of_outputs_are_what_the_rule_for_ties_says_and_their_ties_checked(tmp_path: Path) -> None:
    cells = ["#:# Home", projects.code("table", {MARKDOWN: f"{TABLE}\n**99%** of all"})]
    root = projects.create(tmp_path, {"index.ipynb": cells})
    found = prose.check(Ledger.load(root)).errors
    assert [each.what.split("”")[0] for each in found] == ["“40.5", "“99%"]
    assert {each.where for each in found} == {"cell 2 (given), output 1"}
    projects.change(root / "_quarto.yml", "require: all", "require: none")
    report = prose.check(Ledger.load(root))
    assert report.ok and not report.problems
    assert str(report.counts[2]) == "2 of 2 further numbers in outputs, computed"
    line = projects.change(root / "index.ipynb", "[162](tie:devices.count)", "[163](tie:devices.count)")
    (wrong,) = prose.check(Ledger.load(root)).problems
    assert (wrong.path, wrong.line, wrong.id) == ("index.ipynb", line, "devices.count")
    assert wrong.where == "cell 2 (given), output 1" and wrong.hint == "run `tieout execute`"


@pytest.mark.parametrize("text", [r"$17\%$", "`99.9%`", "`$5`", r"$\$5.2$"])
def test_an_amount_alone_in_code_or_mathematics_is_a_statement(folder: Path, text: str) -> None:
    (found,) = check(folder, f"[162](tie:devices.count), {text} of all.").errors
    assert found.rule == "untied" and found.what[1:].split("”")[0] in text


@pytest.mark.parametrize(
    "text", ["$x^2 + 3$", "`x = 5%`", "`v1.2`", "`17`", "``` `5%` ```", "[`5%`]{.waived reason='code'}"]
)
def test_code_and_mathematics_need_no_tie(folder: Path, text: str) -> None:
    assert check(folder, f"[162](tie:devices.count), {text} of all.").errors == []


def test_a_number_of_the_cover_is_named(tmp_path: Path) -> None:
    root = projects.create(tmp_path, {"index.md": "# Home\n\nOf [162](tie:devices.count).\n"})
    path = root / "_quarto.yml"
    text = path.read_text("utf-8")
    assert "book:" in text
    path.write_text(text.replace("book:", 'book:\n  subtitle: "In 99% of hospitals"', 1), encoding="utf-8")
    (found,) = prose.check(Ledger.load(root)).problems
    assert (found.path, found.severity) == ("_quarto.yml", "warning")
    assert "the subtitle has “99%”" in found.what


@pytest.mark.parametrize(
    ("options", "where", "words"),
    [
        (CAPTION, "cell 2 (given), caption", "“7” is not tied"),
        (ALT, "cell 2 (given), alternative text", "“18”"),
    ],
)
def test_captions_and_alternative_texts_are_prose(
    tmp_path: Path, options: str, where: str, words: str
) -> None:
    svg = {"image/svg+xml": "<svg/>", "text/plain": "chart"}
    output = svg if "fig" in options else {MARKDOWN: TABLE.replace("40.5", "none")}
    root = projects.create(
        tmp_path, {"index.ipynb": ["#:# Home", projects.code("x", output, options=options)]}
    )
    (found,) = prose.check(Ledger.load(root)).problems
    assert found.where == where and words in found.what
    line = found.line or 0
    assert words.split("”")[0].strip("“") in (root / "index.ipynb").read_text("utf-8").splitlines()[line - 1]


def test_a_line_is_that_of_the_file(tmp_path: Path) -> None:
    cells = ["#:# Home\n\nWords.\n\nOf [163](tie:devices.count) in all.", "#:More.\n\nAnd 12."]
    root = projects.create(tmp_path, {"index.ipynb": cells})
    raw = (root / "index.ipynb").read_text("utf-8").splitlines()
    first, second = prose.check(Ledger.load(root)).problems
    assert "[163]" in raw[(first.line or 0) - 1] and "And 12." in raw[(second.line or 0) - 1]
    assert first.where == "cell 1 (part-0)" and second.where == "cell 2 (part-1)"


# Languages


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("La croissance est de [40,1 %](tie:market.cagr).", True),
        ("La croissance est de [40,1\u00a0%](tie:market.cagr).", True),
        ("La croissance est de [40,2 %](tie:market.cagr).", False),
        ("Il y a [162](tie:devices.count) appareils.", True),
        ("Il y a 1 400 000 appareils.", False),
        ("La part est de 42,5 %.", False),
    ],
)
def test_numbers_are_read_in_the_documents_language(tmp_path: Path, text: str, agrees: bool) -> None:
    root = projects.create(tmp_path, {"index.md": f"# Accueil\n\n{text}\n"}, lang="fr")
    report = prose.check(Ledger.load(root))
    assert bool(report.errors) is not agrees
    if "42,5" in text or "1 400" in text:
        number = "42,5 %" if "42" in text else "1 400 000"
        assert f"“{number}” is not tied" in report.problems[0].what


def test_a_chapter_may_have_a_language_of_its_own(tmp_path: Path) -> None:
    french = "---\ntitle: Suite\nlang: fr\n---\n\nIl y a [40,1 %](tie:market.cagr).\n"
    english = "# Home\n\nIt is [40.1%](tie:market.cagr).\n"
    root = projects.create(tmp_path, {"index.md": english, "suite.md": french})
    assert [str(each) for each in prose.check(Ledger.load(root)).problems] == []


def test_an_example_of_a_tie_in_code_is_a_true_one_where_its_entry_exists(tmp_path: Path) -> None:
    code = "# Home\n\nWrite:\n\n```markdown\nOf [{}](tie:devices.count), and [7](tie:my.own).\n```\n"
    right = projects.create(tmp_path / "right", {"index.md": code.format(162)})
    assert [str(each) for each in prose.check(Ledger.load(right)).problems] == []
    wrong = projects.create(tmp_path / "wrong", {"index.md": code.format(163)})
    (problem,) = prose.check(Ledger.load(wrong)).errors
    assert (problem.path, problem.line, problem.id) == ("index.md", 6, "devices.count")


PART = """\
import tieout as t

facts = t.facts()
t.record("share.part", facts["share.other"] * 1, label="A part of it", like="10%")
"""


def test_a_bare_number_that_pretends_is_told_what_to_write_and_what_may_be_known(tmp_path: Path) -> None:
    cells = ["#:# Two\n\nThat is [10%](tie:share.part), or [0–20%](tie:share.part).\n", PART]
    root = projects.create(tmp_path / "report", {"index.md": "# Home\n", "two.ipynb": cells})
    (found,) = prose.check(Ledger.load(root)).problems
    assert (found.rule, found.severity) == ("pretends", "error")
    assert "`10%` claims more than is known: it is between 0%" in found.what
    assert "write `0–20%`" in found.what
    assert "`tieout update`" in found.hint
    assert "`precision`" in found.hint
