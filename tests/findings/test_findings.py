"""Promises of findings: whatever does not hold is told, to readers in words and to authors as a problem."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.some_facts import fact, facts, lookup, work
from tieout import findings
from tieout.data import Fact, Facts, Package
from tieout.data import facts as data
from tieout.data.sourcetext import place
from tieout.findings import Finding, references
from tieout.markdown import scan, without_ties
from tieout.numbers import Const, Interval, Leaf, Op, Quantity
from tieout.numbers import evaluate as compute
from tieout.numbers.wording import amount, between, distance, said
from tieout.numerals import judged
from tieout.problems import InputError, Problem
from tieout.project import Files
from tieout.relations import Relation, as_recorded, discover, evaluate

DOI = "10.1136/svn-2017-000101"


def market(rate: str = "42.5", note: str = "") -> list[Fact]:
    rows = [
        fact("market.2020", "900", "million USD", "approx", "2020", "Market, 2020"),
        fact("market.2024", "2.5", "billion USD", "rounded", "2024", "Market, 2024"),
        fact("market.2030", "18.9", "billion USD", "rounded+projected", "2030", "Market, 2030"),
        fact("market.cagr", rate, "percent", "rounded", "2024/2030", "Growth rate as stated"),
        fact("market.cagr.world", "38", "percent", "approx", "2024/2030", "Growth rate of the world"),
        fact("market.cagr.lead", "5", "percentage_point", "approx", "2024/2030", "Lead over the world"),
    ]
    return [replace(row, cells={"note": note}) if row.id == "market.cagr" else row for row in rows]


def collected(
    known: Facts, expected: dict[str, str] | None = None, cited: Iterable[str] = (), **weights: int
) -> tuple[dict[str, Finding], list[Problem]]:
    outcomes = [evaluate(relation, lookup(known)) for relation in discover(known)]
    weigh = {id.replace("_", "."): weight for id, weight in weights.items()}
    found, problems = findings.collect(
        known, outcomes, lambda id: weigh.get(id, 0), expected or {}, set(cited)
    )
    return {finding.id: finding for finding in found}, problems


def told(rows: Iterable[Fact]) -> str:
    found, _ = collected(facts(rows))
    finding = found.get("finding-market-cagr") or next(iter(found.values()))
    return without_ties(f"{finding.title}\n\n{finding.text}").replace("\\", "")


# Relations


def test_a_contradiction_is_told_with_both_ranges_and_the_gap() -> None:
    text = told(market())
    assert text.startswith("Growth rate: 42.5% stated, 40.1% computed\n")
    assert "between 42.45% and 42.55%" in text
    assert "between 39.6% and 40.6%" in text
    assert "1.8 percentage points apart" in text
    assert "$2.5 billion as “Market, 2024”" in text


def test_what_was_tried_to_reconcile_it_is_told() -> None:
    text = told(market())
    assert (
        "Nothing near reconciles them. 5 years instead of 6 would give 49.9%, 7 years would give 33.5%"
        in text
    )
    assert "growth from 2020 to 2024 would give about 29%, growth from 2020 to 2030 would give 36%" in text
    assert "No other way of rounding closes the gap" in text
    assert "need about 5.7 years, about $20.9 billion in 2030 or about $2.26 billion in 2024" in text


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        ("33.5", "They would agree with 7 years"),
        ("35.6", "They would agree with growth from 2020 to 2030"),
        ("39.4", "They would agree with digits that were cut off instead of rounded"),
    ],
)
def test_what_reconciles_it_is_told(rate: str, words: str) -> None:
    text = told(market(rate))
    assert words in text
    assert "Nothing near" not in text


def test_whether_the_conclusion_changes_is_told() -> None:
    text = told(market())
    assert "With 40.1% in place of 42.5%, “Growth rate” still exceeds “Growth rate of the world”" in text
    assert "“Lead over the world”, stated as about 5 percentage points, no longer follows" in text
    assert "between 0.6 and 3.6 percentage points" in text
    alone = [row for row in market() if row.id.count(".") == 1]
    assert "No other relation that was compared depends on the stated number" in told(alone)


def test_an_order_that_turns_is_told() -> None:
    rows = [replace(row, value="41") if row.id == "market.cagr.world" else row for row in market("46")]
    assert "it is open whether “Growth rate” exceeds" in told(rows)
    rows = [replace(row, value="44") if row.id == "market.cagr.world" else row for row in market("49")]
    assert "no longer exceeds “Growth rate of the world” but lies below it" in told(rows)


def test_what_an_author_declares_on_recorded_numbers_is_told() -> None:
    known = facts(market())
    find = lookup(known)
    formula = Op("growth_rate", (Leaf("market.2024"), Leaf("market.2030"), Const("6")))
    recorded = {
        "market.rate": compute(formula, find).named("market.rate", "Rate computed"),
        "market.half": (find("market.cagr") / 2).named("market.half", "Half of the rate"),
    }

    def both(id: str) -> Quantity:
        return recorded[id] if id in recorded else find(id)

    relation = Relation(
        "market.x", "One should equal the other", Leaf("market.cagr"), Leaf("market.rate"), "Why"
    )
    other = Relation("market.y", "Half should equal the rate", Leaf("market.half"), Leaf("market.rate"))
    outcomes = [evaluate(each, both) for each in (relation, other)]
    found, _ = findings.collect(known, outcomes, lambda id: 0, {}, ())
    first, second = (replace(each, text=without_ties(each.text)) for each in found)
    assert first.text.startswith("Why\n\nThe source states 42.5% as “Growth rate” for 2024 to 2030.")
    assert "Growing from the first of these to the second in 6 years takes 40.1% a year" in without_ties(
        first.text
    )
    assert first.entries == ("market.cagr", "market.rate", "market.2024", "market.2030")
    assert second.title == "Half of the rate: 21.25% stated, 40.1% computed"
    assert second.id == "finding-market-half"
    assert "Half should equal the rate. The first of the two is 21.25%" in second.text


def test_a_computed_number_that_a_notebook_has_recorded_is_tied_to_it() -> None:
    known = facts(market())
    find = lookup(known)

    def rate(id: str, first: str, last: str, years: str) -> Quantity:
        grown = Op("growth_rate", (Leaf(first), Leaf(last), Const(years)))
        formula = Op("to", (grown, Const("percent")))
        return replace(compute(formula, find).named(id, "Rate computed"), formula=formula)

    own = rate("market.rate", "market.2024", "market.2030", "6")
    rates = [own, rate("market.rate.past", "market.2020", "market.2024", "4")]
    outcomes = [as_recorded(evaluate(each, find), rates) for each in discover(known)]
    found = {each.id: each for each in findings.collect(known, outcomes, lambda id: 0, {}, ())[0]}
    finding = found["finding-market-cagr"]
    assert "[40.1%](tie:market.rate) computed" in finding.heading
    assert "takes [40.1%](tie:market.rate) a year" in finding.text
    assert "[between 39.6% and 40.6%](tie:market.rate)" in finding.text
    assert "would give [about 29%](tie:market.rate.past)" in finding.text
    assert finding.entries[:2] == ("market.cagr", "market.rate")
    failing = next(
        each for each in (evaluate(each, find) for each in discover(known)) if each.status == "fails"
    )
    assert as_recorded(failing, [replace(own, value=own.value + 1)]).relation == failing.relation


@given(
    st.decimals(1, 90, places=1),
    st.decimals("0.1", 400, places=1),
    st.decimals("0.1", 400, places=1),
    st.sampled_from(("rounded", "approx", "exact", "at-least", "at-most", "rounded+projected")),
    st.integers(2010, 2029),
    st.decimals(1, 90, places=1),
    st.sampled_from(("minute", "second", "hour")),
)
def test_every_number_that_a_finding_tells_agrees_with_what_it_is_tied_to(
    rate: Decimal, start: Decimal, end: Decimal, firm: str, year: int, before: Decimal, unit: str
) -> None:
    known = facts(
        [
            fact("market.2007", str(end + 1), "million USD", "approx", "2007", "Market before"),
            fact("market.first", str(start), "billion USD", firm, str(year), "Market first"),
            fact("market.2030", str(end), "billion USD", "rounded", "2030", "Market last"),
            fact("market.cagr", str(rate), "percent", firm, f"{year}/2030", "Growth"),
            fact("market.cagr.world", "38", "percent", "approx", f"{year}/2030", "Growth of the world"),
            fact("market.cagr.lead", str(before), "percentage_point", firm, f"{year}/2030", "Lead"),
            fact("market.multiple", str(rate), "1", firm, f"{year}/2030", "Multiple"),
            fact("reading.before", str(before), unit, firm, label="Before"),
            fact("reading.after", str(start), "second", "rounded", label="After"),
            fact("reading.speedup", str(rate), "1", firm, label="Speedup"),
            fact("reading.saving", str(rate), "percent", firm, label="Saved"),
            fact("regions.first.share", str(rate), "percent", firm, label="Share of one"),
            fact("regions.other.share", str(before), "percent", "rounded", label="Share of others"),
            fact("twice.size", str(start), "billion USD", label="Size", stated=f"${start} billion | ${end}B"),
        ]
    )
    find = lookup(known)
    for finding in collected(known)[0].values():
        made = {str(each.quantity.id): each.quantity for each in finding.made}
        for text in (finding.heading, finding.text):
            for tie in scan(text).ties:
                if tie.column is None:
                    number = made[tie.id] if tie.id in made else find(tie.id)
                    assert judged(tie.shown, number) is None, (tie.shown, tie.id)
            left = re.sub(r"[(]section [^)]*[)]|1 −", "", without_ties(text, lambda *_: True))
            assert not re.search(r"\d", re.sub(r"\[[^]]*\]\(tie:[^)]*\)", "", left)), left


def test_what_the_data_remark_is_told() -> None:
    assert told(market(note="The span is our reading")).endswith("\n\nThe span is our reading.")


def test_every_kind_of_contradiction_is_told_without_gaps() -> None:
    shares = [
        fact(f"regions.{name}.share", value, "percent", "rounded", label=f"Share of {name}")
        for name, value in (("first", "31"), ("second", "22"), ("other", "61"))
    ]
    text = told(shares)
    assert text.startswith("Share of first and the others: 114% together, not 100%")
    assert "31% as “Share of first”, 22% as “Share of second” and 61% as “Share of other”" in text
    assert "they make 114%" in text

    text = told([fact("a.b", "2.5", "billion USD", label="Market", stated="$2.5 billion | $2.9B")])
    assert text.startswith("Market: stated as $2.5 billion and as $2.9B")
    assert "section 1, paragraph 1" in text
    assert "$300 million apart" in text

    times = [
        fact("reading.before", "10", "minute", "exact", label="Before"),
        fact("reading.after", "30", "second", "exact", label="After"),
        fact("reading.speedup", "30", "1", "exact", label="Speedup"),
    ]
    text = told(times)
    assert text.startswith("Speedup: 30 stated, 20 computed")
    assert "10 minutes ÷ 30 seconds = 20" in text
    assert "about 15 minutes as “Before”" in text or "900 seconds as “Before”" in text


def test_ids_are_anchors_and_do_not_depend_on_the_order(root: Path) -> None:
    known = data.load(root)
    found, _ = collected(known)
    assert all(re.fullmatch(r"finding-[a-z0-9-]+", id) for id in found)
    backwards = facts(reversed(list(known.values())), known.bibliography.values())
    assert set(collected(backwards)[0]) == {*found}


def test_two_contradictions_of_one_number_have_two_ids() -> None:
    rows = market()
    rows[3] = replace(rows[3], stated=("42.5%", "44%"), locators=("1:p1", "1:p2"))
    found, _ = collected(facts(rows))
    assert len(found) == 2
    assert len({finding.title for finding in found.values()}) == 2


# References


def test_a_year_that_the_doi_contradicts_is_told() -> None:
    (finding,) = collected(facts([], [work("chen2022", 7, doi=DOI)]), cited={"chen2022"})[0].values()
    assert finding.id == "finding-chen2022-doi-year"
    assert finding.title == "Chen (2022): the DOI says 2017"
    assert "carries the year 2017." in finding.text
    assert (finding.path, finding.line) == ("bibliography.bib", 7)


@pytest.mark.parametrize(
    ("doi", "years"),
    [
        (DOI, [2017]),
        ("10.1148/radiol.221847", []),
        ("10.1038/s41591-022-01738-0", []),
        ("10.5281/zenodo.18695003", []),
        ("10.2017/abc", []),
        ("10.1000/x.2017.2018", [2017, 2018]),
        ("10.1000/12017", []),
        ("10.1000/1234", []),
        ("10.1000/2100-7", []),
    ],
)
def test_only_years_of_their_own_count_in_a_doi(doi: str, years: list[int]) -> None:
    assert references.doi_years(doi) == years


@pytest.mark.parametrize(
    ("year", "contradicts"),
    [("2015", True), ("2016", True), ("2017", False), ("2018", False), ("2019", False), ("2020", True)],
)
def test_a_work_may_appear_a_little_after_it_came_in_and_never_before(year: str, contradicts: bool) -> None:
    known = facts([], [work(f"chen{year}", doi=DOI)])
    assert bool(collected(known, cited={f"chen{year}"})[0]) == contradicts


UNLISTED = {"note": "Cited in the article; not in its reference list", "title": ""}


def test_a_work_that_is_cited_and_not_listed_is_told() -> None:
    rows = [fact("models.use", "Writing", "text", label="Use of models", source="wang2024")]
    (finding,) = collected(facts(rows, [work("wang2024", **UNLISTED)]))[0].values()
    assert finding.title == "Wang (2024): cited, and not in the reference list"
    assert "in section 1" in finding.text
    assert "What this report takes from it cannot be followed further" in finding.text
    assert finding.entries == ("models.use",)


def test_a_work_that_nothing_cites_is_told() -> None:
    known = facts(
        [fact("a.b", "1", "1", source="used2020")], [work("used2020"), work("idle2020"), work("read2020")]
    )
    assert set(collected(known, cited={"read2020"})[0]) == {"finding-idle2020-uncited"}


@pytest.mark.parametrize(
    ("period", "qualifier", "ahead"),
    [
        ("2021", "rounded", True),
        ("2021/2030", "rounded", True),
        ("2017", "rounded", False),
        ("2017/2030", "rounded", False),
        ("2021", "rounded+projected", False),
        ("2021", "exact+target", False),
        ("", "rounded", False),
    ],
)
def test_a_work_cannot_report_what_came_after_it(period: str, qualifier: str, ahead: bool) -> None:
    rows = [fact("law.count", "3", "1", qualifier, period, "Laws", source="council2017")]
    found, _ = collected(facts(rows, [work("council2017")]))
    assert set(found) == ({"finding-council2017-later"} if ahead else set())


def test_the_same_work_twice_is_told_once() -> None:
    works = [
        work("one2020", doi="10.1000/a", title="Twins"),
        work("two2020", doi="10.1000/A", title="{Twins}"),
        work("three2020", title="Another"),
    ]
    found, _ = collected(facts([], works), cited={"one2020", "two2020", "three2020"})
    assert set(found) == {"finding-one2020-doubled"}


# New, expected, stale; which comes first


def test_a_new_finding_is_an_error_with_its_place() -> None:
    found, (problem,) = collected(facts(market()))
    assert found["finding-market-cagr"].status == "new"
    assert (problem.severity, problem.rule) == ("error", "new-finding")
    assert (problem.path, problem.line, problem.id) == ("data/table.csv", 2, "finding-market-cagr")
    assert "data/findings.csv" in problem.hint


def test_an_acknowledged_finding_is_published_with_its_reason_and_no_error() -> None:
    found, problems = collected(facts(market()), {"finding-market-cagr": "Looked at"})
    assert not problems
    published = found["finding-market-cagr"].to_json()
    assert (published["status"], published["reason"]) == ("expected", "Looked at")
    assert published["entries"] == ["market.cagr", "market.2024", "market.2030"]


def test_a_finding_that_went_away_is_an_error_at_its_row() -> None:
    expected = {"finding-other": "Gone", "finding-market-cagr": "Looked at"}
    alone = [row for row in market("40.1") if row.id.count(".") == 1]
    _, problems = collected(facts(alone), expected)
    assert [(problem.rule, problem.path, problem.line, problem.id) for problem in problems] == [
        ("stale-finding", "data/findings.csv", 2, "finding-other"),
        ("stale-finding", "data/findings.csv", 3, "finding-market-cagr"),
    ]
    assert all(problem.severity == "error" for problem in problems)


def test_what_more_depends_on_comes_first() -> None:
    known = facts(market(), [work("chen2022", doi=DOI), work("wang2024", **UNLISTED)])
    rows = {**known, "models.use": fact("models.use", "Writing", "text", source="wang2024")}
    known = facts(rows.values(), known.bibliography.values())
    first, _ = collected(known, cited=["chen2022"], market_2024=3, models_use=1)
    assert list(first)[:2] == ["finding-market-cagr", "finding-wang2024-unlisted"]
    other, _ = collected(known, cited=["chen2022"], market_2024=3, models_use=4)
    assert list(other)[:2] == ["finding-wang2024-unlisted", "finding-market-cagr"]
    assert [finding.rank for finding in other.values()] == [1, 2, 3]


# The report


def test_the_findings_of_the_report_are_those_that_are_acknowledged(root: Path) -> None:
    known = data.load(root)
    expected = dict(findings.read_expected(Package.load(Files(root))))
    found, problems = collected(known, expected)
    assert not problems
    assert {*found} == {*expected}
    assert len(expected) == 5
    assert all(len(reason) > 30 for reason in expected.values())


@pytest.mark.parametrize(
    ("id", "value"),
    [("market.cagr", "40.1"), ("market.2024", "2.25"), ("market.2030", "20.9"), ("policy.pipl", None)],
)
def test_a_change_that_removes_a_finding_of_the_report_is_noticed(
    root: Path, id: str, value: str | None
) -> None:
    known = data.load(root)
    change = {"value": value} if value else {"period": "2017"}
    rows = [
        replace(row, **change) if row.id == id or (not value and row.id.startswith(id)) else row  # type: ignore[arg-type]
        for row in known.values()
    ]
    changed = facts(rows, known.bibliography.values())
    _, problems = collected(changed, dict(findings.read_expected(Package.load(Files(root)))))
    assert "stale-finding" in {problem.rule for problem in problems}


def test_texts_are_read_as_plain_paragraphs(root: Path) -> None:
    """A sign that Markdown reads as markup would vanish from the page."""
    import pypandoc

    for finding in collected(data.load(root))[0].values():
        html = pypandoc.convert_text(
            finding.text, "html", format="markdown-tex_math_dollars", extra_args=["--wrap=none"]
        )
        assert set(re.findall(r"<(\w+)", html)) <= {"p", "code", "a"}
        numbers = [
            re.findall(r"\d[\d.]*", text)
            for text in (without_ties(finding.text), re.sub(r"<[^>]*>", "", html))
        ]
        assert numbers[0] == numbers[1]


# The list of expected findings


def test_a_project_without_the_list_expects_nothing(starter: Path) -> None:
    assert findings.read_expected(Package.load(Files(starter))) == {}


def test_the_list_needs_no_entry_in_the_package(starter: Path) -> None:
    (starter / "data" / "findings.csv").write_text("id,status,reason\nfinding-a,expected,Seen\n")
    assert findings.read_expected(Package.load(Files(starter))) == {"finding-a": "Seen"}


@pytest.mark.parametrize(
    "row", ["finding-a,new,Seen", "finding-a,expected,", ",expected,Seen", "finding-b,expected,Seen again"]
)
def test_a_row_that_acknowledges_nothing_is_said(starter: Path, row: str) -> None:
    text = f"id,status,reason\nfinding-b,expected,Seen\n{row}\n"
    (starter / "data" / "findings.csv").write_text(text)
    with pytest.raises(InputError) as caught:
        findings.read_expected(Package.load(Files(starter)))
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("data/findings.csv", 3)
    assert problem.hint


def test_a_malformed_list_is_said_with_its_line(report: Path) -> None:
    path = report / "data" / "findings.csv"
    path.write_text(path.read_text(encoding="utf-8") + "finding-a,expected\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        findings.read_expected(Package.load(Files(report)))
    assert caught.value.problems[0].path == "data/findings.csv"
    assert caught.value.problems[0].line == 7


# Amounts in words


@pytest.mark.parametrize(
    ("text", "unit", "qualifier", "words"),
    [
        ("2.5", "billion USD", "rounded", "$2.5 billion"),
        ("900", "million USD", "approx", "about $900 million"),
        ("42.5", "percent", "rounded", "42.5%"),
        ("30-40", "percent", "rounded", "30–40%"),
        ("-3.2", "percent", "rounded", "−3.2%"),
        ("-3.2", "million USD", "rounded", "−$3.2 million"),
        ("5", "percentage_point", "approx", "about 5 percentage points"),
        ("1", "percentage_point", "exact", "1 percentage point"),
        ("162", "device", "at-least", "at least 162 devices"),
        ("21", "specialty", "exact", "21 specialties"),
        ("1.4", "billion person", "rounded", "1.4 billion people"),
        ("7.5", "1", "rounded", "7.5"),
        ("10000", "consultation / day", "rounded", "10000 consultations per day"),
        ("3", "CHF", "exact", "3 CHF"),
    ],
)
def test_amounts_are_said_as_they_were_stated(text: str, unit: str, qualifier: str, words: str) -> None:
    assert said(Quantity.stated("a", text=text, unit=unit, qualifier=qualifier)) == words


def test_ends_have_the_digits_that_show_how_far_they_are_apart() -> None:
    def range_of(low: str, high: str, unit: str) -> str:
        ends = Interval(Decimal(low), Decimal(high))
        return between(Quantity(Decimal(low), unit, ends))

    assert range_of("39.571", "40.6286", "percent") == "between 39.6% and 40.6%"
    assert range_of("7.3921", "7.7347", "1") == "between 7.39 and 7.73"
    assert range_of("0.571", "3.629", "percentage_point") == "between 0.6 and 3.6 percentage points"
    assert range_of("2450000000", "2550000000", "USD") == "between $2.45 and $2.55 billion"
    assert range_of("3", "3", "percent") == "exactly 3%"
    assert between(Quantity.stated("a", text="162", unit="1", qualifier="at-least")) == "at least 162"
    assert between(Quantity(Decimal(1), "1", Interval(None, None))) == "anywhere"


def test_a_gap_has_two_digits_and_percentages_are_points_apart() -> None:
    assert distance(Decimal("1.8213"), "percent") == "1.8 percentage points"
    assert distance(Decimal("0.00123"), "1") == "0.0012"
    assert distance(Decimal("12345678"), "USD") == "$12 million"


@given(
    st.decimals(-(10**13), 10**13, places=6),
    st.integers(-9, 6),
    st.sampled_from(["USD", "percent", "1", "day"]),
)
def test_an_amount_says_the_rounded_value(value: Decimal, decimals: int, unit: str) -> None:
    text = amount(value, unit, decimals)
    match = re.fullmatch(r"(−?)\$?([\d,]+(?:\.\d+)?)(?: (million|billion|trillion))?(?:%| days?)?", text)
    assert match, text
    size = {None: 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[match[3]]
    read = Decimal(match[2].replace(",", "")) * size * (-1 if match[1] else 1)
    assert abs(read - value) <= Decimal(1).scaleb(-decimals) / 2


def test_places_are_said_in_words() -> None:
    assert place("abstract:p1") == "abstract, paragraph 1"
    assert place("3.2:s1") == "section 3.2, panel 1"
    assert place("refs:4") == "references, entry 4"
