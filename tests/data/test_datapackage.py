"""Promises of loading data: whatever is wrong is said once, with file, line, column; nothing is guessed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tieout.data import Package, facts
from tieout.data.tables import COLUMNS, QUALIFIERS
from tieout.problems import InputError, Problem
from tieout.project import Files

TABLE = "data/facts.csv"


def rewrite(project: Path, name: str, old: str, new: str) -> None:
    text = (project / name).read_text(encoding="utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def problems(project: Path) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        facts.load(project)
    assert caught.value.exit_code == 2
    return list(caught.value.problems)


def only(project: Path) -> Problem:
    (problem,) = problems(project)
    assert problem.what
    assert problem.hint
    return problem


def test_a_starter_has_its_facts(starter: Path) -> None:
    known = facts.load(starter)
    assert list(known) == ["sites.2020", "sites.2025"]
    assert known["sites.2020"].line == 2
    assert known["sites.2020"].column("year") == "2020"


WRONG_CELLS = [
    ("sites.2025,", "sites.2020,", 3, "id", "duplicate"),
    ("sites.2020,", ",", 2, "id", "id"),
    ("sites.2020,", "Sites 2020,", 2, "id", "id"),
    ('"Sites in operation",120', ",120", 2, "label", "required"),
    (",120,1,", ",,1,", 2, "value", "required"),
    (",120,1,", ",about 120,1,", 2, "value", "type"),
    (",120,1,", ",1.2e2,1,", 2, "value", "type"),
    (",120,1,", ",140-120,1,", 2, "value", "type"),
    (",120,1,", ",120,furlongs per fortnite,", 2, "unit", "unit"),
    (",120,1,", ",120,,", 2, "unit", "unit"),
    (",exact,2020", ",exactly,2020", 2, "qualifier", "qualifier"),
    (",exact,2020", ",,2020", 2, "qualifier", "qualifier"),
    (",exact,2020", ",exact,2020/2019", 2, "period", "period"),
    (",exact,2020", ",exact,20", 2, "period", "period"),
    ("2020,agency2026", "2020,agency2025", 2, "source", "unknown-citation"),
    ("2020,agency2026", "2020,", 2, "source", "unknown-citation"),
    ("agency2026,1:p1,120", "agency2026,,120", 2, "locator", "missing-locator"),
    ("agency2026,1:p1,120", "agency2026,1:p1 |  | 2:p1,120 | 120 | 120", 2, "locator", "missing-locator"),
    ("agency2026,1:p1,120", "agency2026,1:p1 | 2:p1,120", 2, "stated", "stated"),
    ("agency2026,1:p1,120", "agency2026,1:p1,", 2, "stated", "stated"),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "rule"), WRONG_CELLS)
def test_a_wrong_cell_is_one_problem_with_its_line_and_column(
    starter: Path, old: str, new: str, line: int, column: str, rule: str
) -> None:
    rewrite(starter, TABLE, old, new)
    problem = only(starter)
    assert (problem.path, problem.line, problem.where, problem.rule) == (
        TABLE,
        line,
        f"column {column}",
        rule,
    )


def test_every_mistake_is_said_at_once(starter: Path) -> None:
    rewrite(starter, TABLE, ",120,1,", ",many,1,")
    rewrite(starter, TABLE, ",300,1,", ",300,florins,")
    assert [(each.line, each.where) for each in problems(starter)] == [
        (2, "column value"),
        (3, "column unit"),
    ]


def test_a_thousand_mistakes_do_not_flood(starter: Path) -> None:
    rows = "".join(f"a.{n},L,x,1,exact,,agency2026,1:p1,x\n" for n in range(1000))
    header = (starter / TABLE).read_text(encoding="utf-8").splitlines(keepends=True)[0]
    (starter / TABLE).write_text(header + rows, encoding="utf-8")
    found = problems(starter)
    assert len(found) == facts.MOST_SHOWN + 1
    assert "980 more" in found[-1].what


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("label,value", "label,vlaue", "'vlaue' stands where the schema has 'value'"),
        ("label,value,", "label,", "'value' is missing"),
        ("label,value,", "label,value,extra,", "'extra' is not in the schema"),
        ("label,value,", "label,value,value,", "'value' stands twice"),
        ("label,value", "value,label", "order"),
    ],
)
def test_a_wrong_header_names_the_column(starter: Path, old: str, new: str, what: str) -> None:
    rewrite(starter, TABLE, old, new)
    problem = only(starter)
    assert (problem.path, problem.line, problem.rule) == (TABLE, 1, "columns")
    assert what in problem.what


def test_a_row_of_another_length_is_named(starter: Path) -> None:
    rewrite(starter, TABLE, ",120,1,", ",1,200,1,")
    problem = only(starter)
    assert (problem.path, problem.line, problem.rule) == (TABLE, 2, "columns")
    assert "10 cells and the header 9" in problem.what


def test_a_quoted_line_break_does_not_move_the_lines_after_it(starter: Path) -> None:
    rewrite(starter, TABLE, '"Sites in operation",120', '"Sites\nin operation",120')
    rewrite(starter, TABLE, ",300,1,", ",many,1,")
    assert only(starter).line == 4


def test_an_open_quote_is_named(starter: Path) -> None:
    rewrite(starter, TABLE, '"Sites in operation",300', '"Sites in operation,300')
    problem = only(starter)
    assert (problem.path, problem.rule) == (TABLE, "csv")


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_named(starter: Path, content: bytes) -> None:
    (starter / TABLE).write_bytes(content)
    problem = only(starter)
    assert (problem.path, problem.line, problem.rule) == (TABLE, 1, "empty")


def test_bytes_that_are_not_utf8_are_named_with_their_line(starter: Path) -> None:
    data = (starter / TABLE).read_bytes()
    (starter / TABLE).write_bytes(data.replace(b'sites.2025,"Sites', b'sites.2025,"S\xe9tes'))
    problem = only(starter)
    assert (problem.path, problem.line, problem.rule) == (TABLE, 3, "encoding")


def test_a_missing_table_is_named(starter: Path) -> None:
    (starter / TABLE).unlink()
    problem = only(starter)
    assert (problem.path, problem.rule) == (TABLE, "missing")


@pytest.mark.parametrize(
    ("old", "new"), [(",120,1,", ",121,1,"), ("Sites in operation", "Sites in Operation")]
)
def test_a_file_changed_without_its_hash_is_named(starter: Path, old: str, new: str) -> None:
    rewrite(starter, TABLE, old, new)
    problem = only(starter)
    assert (problem.path, problem.line, problem.where, problem.rule) == (TABLE, 1, "sha256", "hash")
    assert "tieout data" in problem.hint


def test_line_ends_are_part_of_the_hash(starter: Path) -> None:
    data = (starter / TABLE).read_bytes()
    (starter / TABLE).write_bytes(data.replace(b"\n", b"\r\n"))
    assert only(starter).rule == "hash"


def test_refreshing_makes_a_change_known_and_touches_nothing_else(starter: Path) -> None:
    before = (starter / "data/datapackage.json").read_text(encoding="utf-8")
    rewrite(starter, TABLE, ",120,1,exact,2020,agency2026,1:p1,120", ",121,1,exact,2020,agency2026,1:p1,121")
    assert facts.refresh(starter) == [
        "data/facts.csv: hash and size written",
        "data/datapackage.json: version 0.1.0 → 0.1.1",
    ]
    assert facts.load(starter)["sites.2020"].value == "121"
    after = (starter / "data/datapackage.json").read_text(encoding="utf-8")
    moved = [(a, b) for a, b in zip(before.splitlines(), after.splitlines(), strict=True) if a != b]
    assert [old.split('"')[1] for old, _ in moved] == ["version", "hash"]
    assert facts.refresh(starter) == []
    assert (starter / "data/datapackage.json").read_text(encoding="utf-8") == after


def test_refreshing_writes_the_hash_beside_the_right_table(starter: Path) -> None:
    descriptor = starter / "data/datapackage.json"
    given = json.loads(descriptor.read_text(encoding="utf-8"))
    twin = {**given["resources"][0], "name": "more", "path": "more.csv"}
    given["resources"].append(twin)
    descriptor.write_text(json.dumps(given, indent=2), encoding="utf-8")
    text = (starter / TABLE).read_text(encoding="utf-8").replace("sites.", "more.")
    (starter / "data/more.csv").write_text(text, encoding="utf-8")
    first = given["resources"][0]["hash"]
    facts.refresh(starter)
    resources = json.loads(descriptor.read_text(encoding="utf-8"))["resources"]
    now = {each["name"]: each["hash"] for each in resources}
    assert now["facts"] == first != now["more"]
    assert len(facts.load(starter)) == 4


def test_ids_are_unique_over_all_tables(starter: Path) -> None:
    descriptor = starter / "data/datapackage.json"
    given = json.loads(descriptor.read_text(encoding="utf-8"))
    given["resources"].append({**given["resources"][0], "name": "more", "path": "more.csv"})
    descriptor.write_text(json.dumps(given), encoding="utf-8")
    shutil.copyfile(starter / TABLE, starter / "data/more.csv")
    found = problems(starter)
    assert [(each.path, each.line, each.rule) for each in found] == [
        ("data/more.csv", 2, "duplicate"),
        ("data/more.csv", 3, "duplicate"),
    ]
    assert "data/facts.csv:2" in found[0].what


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("{", "", "is not JSON"),
        ('"resources"', '"tables"', "lists no resources"),
        ('"path": "facts.csv"', '"path": "../secret.csv"', "leaves the folder"),
        ('"path": "facts.csv"', '"path": "/etc/passwd"', "leaves the folder"),
        ('"path": "facts.csv"', '"place": "facts.csv"', "has no path"),
        ('"fields"', '"columns"', "no schema with named fields"),
        ('"name": "locator"', '"name": "place"', "no column 'locator'"),
        ('"name": "my-report"', '"tieout": {"units": "device"}', "not a list"),
        ('"name": "my-report"', '"tieout": {"units": ["device is a thing"]}', "not a unit definition"),
        ('"type": "string"', '"type": "string", "constraints": {"pattern": "("}', "cannot be read"),
    ],
)
def test_a_wrong_descriptor_is_one_error_with_its_line(starter: Path, old: str, new: str, what: str) -> None:
    rewrite(starter, "data/datapackage.json", old, new)
    problem = only(starter)
    assert problem.path == "data/datapackage.json"
    assert problem.line is not None
    assert what in problem.what


def test_a_missing_descriptor_is_an_error(starter: Path) -> None:
    (starter / "data/datapackage.json").unlink()
    assert only(starter).rule == "missing"


CONSTRAINED = [
    ({"required": True}, "", "is empty"),
    ({"pattern": "[a-z]+"}, "A1", "not of the form"),
    ({"enum": ["low", "high"]}, "middle", "none of low, high"),
    ({"minimum": 1}, "0", "below 1"),
    ({"maximum": 4}, "5", "above 4"),
    ({}, "x", "not a number"),
    ({}, "1.5", "not a whole number"),
    ({}, " 1", "spaces around it"),
    ({"unique": True}, "1", "stands already on line 2"),
]


@pytest.mark.parametrize(("rules", "cell", "what"), CONSTRAINED)
def test_own_columns_obey_their_schema(starter: Path, rules: dict[str, object], cell: str, what: str) -> None:
    descriptor = starter / "data/datapackage.json"
    given = json.loads(descriptor.read_text(encoding="utf-8"))
    kind = "integer" if cell not in ("A1", "middle") else "string"
    given["resources"][0]["schema"]["fields"].append({"name": "rank", "type": kind, "constraints": rules})
    descriptor.write_text(json.dumps(given), encoding="utf-8")
    first = {"string": "low" if "enum" in rules else "a", "integer": "1"}[kind]
    header, one, two = (starter / TABLE).read_text(encoding="utf-8").splitlines()
    (starter / TABLE).write_text(f"{header},rank\n{one},{first}\n{two},{cell}\n", encoding="utf-8")
    problem = only(starter)
    assert (problem.path, problem.line, problem.where) == (TABLE, 3, "column rank")
    assert what in problem.what


# The report's own package


def test_its_readme_explains_every_table_column_and_qualifier(root: Path) -> None:
    package = Package.load(Files(root))
    text = (root / "data/README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))
    assert {resource.name for resource in package.resources} <= named
    assert {*COLUMNS, *QUALIFIERS} <= named
    assert all(field.description for resource in package.resources for field in resource.fields)


def test_its_changelog_begins_with_its_version(root: Path) -> None:
    text = (root / "data/CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\d+\.\d+\.\d+) \(\d{4}-\d\d-\d\d\)$", text, re.MULTILINE)
    assert versions[0] == Package.load(Files(root)).version


def test_it_has_version_licence_sources_and_a_hash_for_each_table(root: Path) -> None:
    given = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    assert all(given[key] for key in ("name", "title", "version", "licenses", "sources"))
    assert all(each["hash"].startswith("sha256:") and each["bytes"] for each in given["resources"])
    assert {each["path"] for each in given["resources"]} == {
        path.name for path in (root / "data").glob("*.csv") if not path.name.startswith("words-")
    }


# Precision


def with_precision(project: Path, qualifier: str, precision: str, note: str = "", value: str = "120") -> None:
    """Give the starter's facts a precision and a note, in the table and in its schema."""
    rows = (project / TABLE).read_text(encoding="utf-8").splitlines()
    rows[1] = rows[1].replace(",exact,", f",{qualifier},").replace(",120,1,", f",{value},million USD,")
    said = ["precision,note", f"{precision},{note}", *["," for _ in rows[2:]]]
    lines = [f"{row},{more}\n" for row, more in zip(rows, said, strict=True)]
    (project / TABLE).write_text("".join(lines), encoding="utf-8")
    descriptor = project / "data" / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    table = next(each for each in package["resources"] if each["path"] == "facts.csv")
    table["schema"]["fields"] += [{"name": name, "type": "string"} for name in ("precision", "note")]
    descriptor.write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")
    facts.refresh(project)


@pytest.mark.parametrize("precision", ["10", "10 million", "10 million USD"])
def test_a_row_can_say_how_sharp_its_number_is(starter: Path, precision: str) -> None:
    with_precision(starter, "approx", precision, "The annex has it", value="300")
    quantity = facts.load(starter)["sites.2020"].quantity
    assert quantity is not None
    assert (quantity.interval.low, quantity.interval.high) == (290_000_000, 310_000_000)


def test_what_counts_or_defines_can_be_said_to_be_exact(starter: Path) -> None:
    with_precision(starter, "rounded", "exact", value="300")
    quantity = facts.load(starter)["sites.2020"].quantity
    assert quantity is not None
    assert quantity.interval.is_point


@pytest.mark.parametrize(
    ("qualifier", "precision", "note", "what"),
    [
        ("rounded", "some", "why", "'some' is no size of a digit"),
        ("rounded", "0", "why", "'0' is no size of a digit"),
        ("rounded", "10 minute", "why", "'10 minute' is in minute, and the value is in USD"),
        ("rounded", "10", "", "'10' has no reason"),
        ("rounded", "1000", "why", "'1000' is larger than the value 120 million USD"),
        ("exact", "10", "why", "'10' contradicts the qualifier 'exact'"),
        ("approx", "exact", "why", "'exact' contradicts the qualifier 'approx'"),
    ],
)
def test_a_wrong_precision_is_one_problem_with_a_way_out(
    starter: Path, qualifier: str, precision: str, note: str, what: str
) -> None:
    with_precision(starter, qualifier, precision, note)
    found = only(starter)
    assert (found.path, found.line, found.where) == (TABLE, 2, "column precision")
    assert found.what == what


def test_text_has_no_precision(starter: Path) -> None:
    with_precision(starter, "", "10", "why")
    text = (starter / TABLE).read_text(encoding="utf-8").replace("million USD", "text")
    (starter / TABLE).write_text(text, encoding="utf-8")
    assert only(starter).what == "text has no precision"
