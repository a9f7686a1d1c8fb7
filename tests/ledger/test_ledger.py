"""The ledger: what stands in it, where it is used, what is wrong with it, and its published forms."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pypdf
import pytest
from lxml import html

from tests.support import projects
from tieout import publish
from tieout.ledger import Ledger, publication
from tieout.ledger.publication import ledger_json
from tieout.notebooks import ENTRY, MARKDOWN, PLAIN, RELATION
from tieout.problems import InputError, Problem
from tieout.workspace import Workspace

PROSE = "# Home\n\nThe market reached [\\$2.5 billion](tie:market.2024) [@agency2026].\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project of one page of prose and one notebook that records a multiple."""
    tie = "#:# Growth\n\nIt grows [7.6-fold](tie:market.multiple)."
    return projects.create(tmp_path, {"index.md": PROSE, "growth.ipynb": [tie, projects.MULTIPLE]})


def edit(path: Path, change: Any) -> None:
    """Change a notebook's JSON in place: ``change`` is given the output of its first code cell."""
    book = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    change(cell["outputs"])
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


# Entries


def test_lines_that_record_and_have_not_run_need_no_data_package(tmp_path: Path) -> None:
    code = 'import tieout as t\nn = 344\nt.record("n", n, "Penguins")'
    root = projects.create(tmp_path / "a", {"index.ipynb": ["#:# A\n\nWe saw [344](tie:n).", code]})
    (root / "data" / "datapackage.json").unlink()
    edit(root / "index.ipynb", lambda outputs: outputs.clear())
    assert list(Ledger.load(root).unknown) == ["n"]
    (root / "index.ipynb").unlink()
    (root / "index.md").write_text("# A\n\nWe saw [344](tie:n).\n", encoding="utf-8")
    settings = (root / "_quarto.yml").read_text(encoding="utf-8").replace("index.ipynb", "index.md")
    (root / "_quarto.yml").write_text(settings, encoding="utf-8")
    with pytest.raises(InputError, match="datapackage"):
        Ledger.load(root)


def test_facts_come_first_and_recorded_quantities_after_them(small: Path) -> None:
    ledger = Ledger.load(small)
    assert list(ledger) == [
        "market.2024", "market.2030", "market.cagr", "devices.count", "share.other", "region.first",
        "market.multiple",
    ]  # fmt: skip
    assert [entry.kind for entry in ledger.values()] == ["stated"] * 6 + ["derived"]
    assert not ledger.problems and not ledger.unknown


def test_an_entry_says_what_it_is_and_where_it_is_from(small: Path) -> None:
    ledger = Ledger.load(small)
    fact, multiple = ledger["market.2024"], ledger["market.multiple"]
    assert (fact.path, fact.line, fact.cell) == ("data/facts.csv", 2, None)
    assert (fact.source, fact.locators, fact.stated) == (
        "agency2026", ("1:p1", "1:t1:r1:c2"), ("$2.5 billion", "$2.5B"),
    )  # fmt: skip
    assert (multiple.path, multiple.cell) == ("growth.ipynb", 2)
    raw = (small / "growth.ipynb").read_text(encoding="utf-8").splitlines()
    assert ENTRY in raw[multiple.line - 1]
    assert multiple.display == "7.6-fold" and multiple.quantity is not None
    assert multiple.quantity.value == Decimal("7.56")


def test_a_tie_resolves_to_a_value_or_to_a_cell_of_its_row(small: Path) -> None:
    ledger = Ledger.load(small)
    assert ledger.resolve("market.2024").text == "$2.5 billion"
    assert ledger.resolve("market.2024", "value").quantity is not None
    assert ledger.resolve("market.2024", "year").text == "2024"
    assert ledger.resolve("market.cagr", "period").text == "2024–2030"
    assert ledger.resolve("market.2024", "label").text == "Market size, 2024"
    assert ledger.resolve("region.first").text == "Beijing"


@pytest.mark.parametrize(
    ("id", "column", "words"),
    [
        ("market.2042", None, "did you mean market.2024"),
        ("market.multiple", "year", "it has label"),
        ("market.2024", "color", "it has label, period"),
        ("zzz", None, "tieout suggest"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(
    small: Path, id: str, column: str | None, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        Ledger.load(small).resolve(id, column)
    assert words in caught.value.problems[0].hint
    assert caught.value.problems[0].id == id


def test_text_is_no_number(small: Path) -> None:
    with pytest.raises(InputError, match="is text, not a number"):
        Ledger.load(small).lookup("region.first")


def test_what_depends_on_an_entry_is_followed_through_others(tmp_path: Path) -> None:
    more = 't.record("market.twice", multiple * 2, label="Twice the multiple")'
    root = projects.create(tmp_path, {"index.ipynb": ["#:# Home", projects.MULTIPLE, more]})
    ledger = Ledger.load(root)
    assert ledger.dependents["market.2024"] == {"market.multiple", "market.twice"}
    assert ledger.dependents["market.multiple"] == {"market.twice"}
    assert ledger.dependents["devices.count"] == frozenset()


# What is wrong


def problem_of(root: Path) -> Problem:
    (problem,) = Ledger.load(root).problems
    assert problem.hint and problem.line
    return problem


def test_an_id_that_is_a_fact_cannot_be_recorded(tmp_path: Path) -> None:
    code = projects.MULTIPLE.replace('"market.multiple"', '"market.cagr"')
    root = projects.create(tmp_path, {"index.ipynb": ["#:# Home", code]})
    problem = problem_of(root)
    assert (problem.rule, problem.id, problem.where) == ("duplicate", "market.cagr", "cell 2 (part-1)")
    assert "already the id of data/facts.csv:4" in problem.what


def test_an_id_is_recorded_once(tmp_path: Path) -> None:
    cells = ["#:# Home", projects.MULTIPLE]
    root = projects.create(tmp_path, {"index.ipynb": cells, "more.ipynb": cells})
    problem = problem_of(root)
    assert (problem.rule, problem.id, problem.path) == ("duplicate", "market.multiple", "more.ipynb")
    assert re.search(r"already the id of index.ipynb:\d+", problem.what)
    assert len(Ledger.load(root).recorded) == 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"7.56"', '"7.57"', "the value stored is 7.57, its formula gives 7.56"),
        ('"unit": "1"', '"unit": "percent"', "the unit stored is percent, its formula gives 1"),
        ('"qualifier": "projected"', '"qualifier": "exact"', "the qualifier stored is exact"),
        ('"7.6-fold"', '"7.5-fold"', "the stored text/plain is not what the quantity gives"),
        ('"label": "Growth multiple"', '"label": "Growth factor"', None),
        ('"id": "market.2024"', '"id": "market.cagr"', "the value stored is 7.56"),
        ('"id": "market.2024"', '"id": "market.2042"', "no ledger entry is called market.2042"),
        ('"id": "market.2024"', '"id": "region.first"', "region.first is text"),
        ('"id": "market.2024"', '"id": "market.multiple"', "its formula names itself"),
        ('"op": "div"', '"op": "mul"', "the value stored is 7.56"),
        ('"op": "div"', '"op": "dice"', "not a formula"),
        ('"kind": "derived"', '"kind": "assumed"', None),
        ('"kind": "derived"', '"kind": "stated"', "neither derived, computed nor assumed"),
        ('"unit": "1"', '"unit": "shells"', "shells"),
        ('"unit": "1"', '"unit": "billion USD"', "has a scale word"),
        ('"qualifier": "projected"', '"qualifier": "sure"', "'sure' is unknown"),
        ('"7.56"', '"7,56"', "not a number in plain digits"),
        ('"7.56"', "7.56", "not a number in plain digits"),
        ('"note": ""', '"remark": ""', "has no note"),
    ],
)
def test_a_stored_quantity_that_was_changed_is_named(
    small: Path, old: str, new: str, words: str | None
) -> None:
    path = small / "growth.ipynb"
    assert path.read_text(encoding="utf-8").count(old) >= 1
    changed = path.read_text(encoding="utf-8").replace(old, new, 1)
    path.write_text(changed, encoding="utf-8")
    json.loads(changed)
    ledger = Ledger.load(small)
    if words is None:
        return  # labels and kinds are compared by running the notebook again
    (problem,) = ledger.problems
    assert words in problem.what
    assert (problem.id, problem.path) == ("market.multiple", "growth.ipynb")
    assert problem.line and "tieout execute" in problem.hint


@pytest.mark.parametrize("end", [0, 1])
def test_a_changed_end_of_an_interval_is_named(small: Path, end: int) -> None:
    def change(outputs: list[dict[str, Any]]) -> None:
        ends = outputs[0]["data"][ENTRY]["interval"]
        ends[end] = str(Decimal(ends[end]) + Decimal("0.0001"))

    edit(small / "growth.ipynb", change)
    problem = problem_of(small)
    assert "the interval stored is" in problem.what and problem.id == "market.multiple"


def test_an_interval_without_its_value_is_named(small: Path) -> None:
    def change(outputs: list[dict[str, Any]]) -> None:
        outputs[0]["data"][ENTRY]["interval"] = ["8", "9"]

    edit(small / "growth.ipynb", change)
    assert "does not hold the value" in problem_of(small).what


@pytest.mark.parametrize("given", [None, 3, "text", [], {}, {"id": 3}, {"id": "a", "label": "A"}])
def test_any_stored_thing_that_is_no_entry_is_named(small: Path, given: Any) -> None:
    edit(small / "growth.ipynb", lambda outputs: outputs[0]["data"].update({ENTRY: given}))
    problem = problem_of(small)
    assert problem.rule == "entry" and problem.where == "cell 2 (part-1)"


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        {"id": "market.again"},
        {"id": 3, "statement": "", "left": {"const": "1"}, "right": {"const": "1"}},
        {"id": "market.again", "statement": "", "left": {"op": "dice", "args": []}, "right": {"const": "1"}},
        {"id": "market.again", "statement": "", "left": "1", "right": {"const": "1"}},
    ],
)
def test_a_stored_thing_that_is_no_relation_is_named(small: Path, given: Any) -> None:
    output = {"output_type": "display_data", "metadata": {}, "data": {RELATION: given, PLAIN: "tie:relation"}}
    edit(small / "growth.ipynb", lambda outputs: outputs.append(output))
    problem = problem_of(small)
    assert (problem.rule, problem.path, problem.where) == ("relation", "growth.ipynb", "cell 2 (part-1)")


# Uses

SCHEDULE = r"""# Ties of [162](tie:devices.count) kinds {#sec-kinds}

First [\$2.5 billion](tie:market.2024), then [\$2.5B](tie:market.2024){.strong} in
[2024](tie:market.2024:year).
A note[^late] comes here, [](tie:market.2024) again, and an inline one^[On [\$2.5 billion](tie:market.2024).].

[^early]: Said first, read last: [162](tie:devices.count) and [2024](tie:market.2024:year).

- A list with [162](tie:devices.count)
- and **bold [40.1%](tie:market.cagr)**

> Quoted: [2024–2030](tie:market.cagr:year).

| Year | Size |
|------|-----:|
| [2024](tie:market.2024:year) | [\$2.5 billion](tie:market.2024) |
| [2030](tie:market.2030:year) | [\$18.9 billion](tie:market.2030)[^cell] |

: Sizes of [\$2.5 billion](tie:market.2024) and more {#tbl-sizes}

![A figure of [162](tie:devices.count)](picture.svg){#fig-one fig-alt="All [162](tie:devices.count) devices"}

![All [162](tie:devices.count) of them](picture.svg)

::: {.callout-note title="Of [162](tie:devices.count)"}
Inside: [162](tie:devices.count).
:::

::: {.panel-tabset}
### One with [162](tie:devices.count)
Left [162](tie:devices.count).

### Two
Right [162](tie:devices.count).
:::

Term with [162](tie:devices.count)
:   Its definition, [40.1%](tie:market.cagr).

`[162](tie:devices.count)` is code, and <!-- [162](tie:devices.count) --> is none.

{{< include part.md >}}

And the last note[^early].

[^cell]: In a cell, [40.1%](tie:market.cagr).
[^late]: Said last, read first: [162](tie:devices.count).
"""
PART = "An included part with [162](tie:devices.count) and [Beijing](tie:region.first).\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>\n'
CODE = "<code>[162](tie:devices.count)</code>"
TABLE = "| Size | Year |\n|---|---|\n| [\\$2.5 billion](tie:market.2024) | [2024](tie:market.2024:year) |\n"
CAPTION = '#| label: tbl-out\n#| tbl-cap: "Output of [162](tie:devices.count)"\n'
FIGURE = (
    '#| label: fig-out\n#| fig-cap: "Drawn [162](tie:devices.count)"\n'
    '#| fig-alt: "Seen [162](tie:devices.count)"\n'
)


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built project with ties wherever they may stand."""
    root = tmp_path_factory.mktemp("everywhere")
    cells = [
        "#:# Outputs {#sec-outputs}\n\nBefore [7.6-fold](tie:market.multiple) and [162](tie:devices.count).",
        projects.MULTIPLE,
        projects.code("table", {MARKDOWN: TABLE}, options=CAPTION),
        projects.code("figure", {"image/svg+xml": SVG, PLAIN: "chart"}, options=FIGURE),
        "#:After [162](tie:devices.count).",
    ]
    projects.create(root, {"index.md": SCHEDULE, "outputs.ipynb": cells})
    (root / "part.md").write_text(PART, encoding="utf-8")
    (root / "picture.svg").write_text(SVG, encoding="utf-8")
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    said = [str(problem) for report in result.reports for problem in report.problems]
    assert result.site, said
    return root


def anchors_of(page: Path) -> dict[str, str]:
    """The text at every anchor of a use on a page; an anchor that stands twice fails the test."""
    found = html.parse(str(page)).xpath("//main//*[starts-with(@id, 'use-')]")
    texts = {node.get("id"): " ".join(node.text_content().split()) for node in found}
    assert len(texts) == len(found)
    return texts


@pytest.mark.parametrize("page", ["index.html", "outputs.html"])
def test_uses_are_where_the_page_has_them(everywhere: Path, page: str) -> None:
    """The anchors that the ledger counts in the sources are those that the filter counts in the tree."""
    ledger = Ledger.load(everywhere)
    counted = {
        use.anchor: use.shown or entry.display
        for entry in ledger.values()
        for use in entry.used
        if use.page == page and use.anchor
    }
    assert counted == anchors_of(everywhere / "_site" / page)
    assert len(counted) > 5


def test_texts_that_hold_no_link_are_uses_without_an_anchor(everywhere: Path) -> None:
    uses = Ledger.load(everywhere)["devices.count"].used
    plain = Counter(use.page for use in uses if not use.anchor)
    assert plain == {"index.html": 1, "outputs.html": 1}
    page = (everywhere / "_site" / "index.html").read_text(encoding="utf-8")
    assert 'alt="All 162 devices"' in page and 'alt="All 162 of them"' in page
    assert "(tie:" not in page.replace("<!-- [162](tie:devices.count) -->", "").replace(CODE, "")


def test_titles_with_ties_are_whole(everywhere: Path) -> None:
    """A page's title keeps its tie; the PDF lists the title with all of its words."""
    page = html.parse(str(everywhere / "_site" / "index.html"))
    (title,) = page.xpath("//main//h2[@id='sec-kinds']")
    assert title.text_content() == "1 Ties of 162 kinds" and title.xpath(".//a/@id") == [
        "use-devices.count-1"
    ]
    first = pypdf.PdfReader(everywhere / "_site" / "small.pdf").outline[0]
    assert isinstance(first, dict) and str(first["/Title"]).strip() == "1 Ties of 162 kinds"


def test_ties_of_a_footnote_count_where_it_is_referred_to(everywhere: Path) -> None:
    """`late` is written last and read first; `early` is written first and read last."""
    uses = [use for use in Ledger.load(everywhere)["devices.count"].used if use.page == "index.html"]
    source = SCHEDULE.splitlines()
    lines = [use.line for use in uses]
    late = next(number for number, line in enumerate(source, 1) if line.startswith("[^late]"))
    early = next(number for number, line in enumerate(source, 1) if line.startswith("[^early]"))
    assert lines[:2] == [1, late]
    assert lines[-1] == early


def test_uses_name_file_line_and_place(everywhere: Path) -> None:
    uses = {(use.path, use.where) for use in Ledger.load(everywhere)["devices.count"].used}
    assert ("part.md", "") in uses
    assert ("outputs.ipynb", "cell 3 (given), caption") in uses
    assert any(where.endswith("alternative text") for _, where in uses)
    (name,) = Ledger.load(everywhere)["region.first"].used
    assert (name.page, name.path, name.line, name.shown) == ("index.html", "part.md", 1, "Beijing")


def test_links_into_a_page_lead_to_the_use(everywhere: Path) -> None:
    """The ledger's page links each use, and each use links back."""
    site = everywhere / "_site"
    tree = html.parse(str(site / "ledger.html"))
    for link in tree.xpath("//a[contains(concat(' ', @class, ' '), ' ledger-use ')]"):
        page, _, anchor = link.get("href").removeprefix("./").partition("#")
        assert anchor in anchors_of(site / page)
    entries = set(tree.xpath("//@data-entry"))
    assert entries == set(Ledger.load(everywhere))


def test_unknown_ids_are_kept_with_their_uses(tmp_path: Path) -> None:
    root = projects.create(
        tmp_path, {"index.md": "# Home\n\nIt is [3](tie:gone.id) and [4](tie:gone.id:year).\n"}
    )
    (uses,) = Ledger.load(root).unknown.values()
    assert [(use.shown, use.column, use.line) for use in uses] == [("3", None, 3), ("4", "year", 3)]


# Published forms


def test_the_published_ledger_is_as_its_schema_says(everywhere: Path) -> None:
    document = json.loads((everywhere / "_site" / "ledger.json").read_text(encoding="utf-8"))
    schema = json.loads((everywhere / "_site" / "ledger.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    assert [error.message for error in validator.iter_errors(document)] == []
    assert document == ledger_json(Ledger.load(everywhere))
    assert (document["version"], document["ledger_page"], document["findings_page"]) == (
        "1", "ledger.html", "findings.html",
    )  # fmt: skip


def test_the_schema_knows_every_key_and_refuses_others(everywhere: Path) -> None:
    schema = json.loads(publication.SCHEMA.read_text(encoding="utf-8"))
    document = ledger_json(Ledger.load(everywhere))
    known = schema["$defs"]["entry"]["properties"]
    assert all(set(entry) == set(known) for entry in document["entries"])
    document["entries"][0]["colour"] = "red"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)


def test_an_entry_is_published_with_every_digit(everywhere: Path) -> None:
    entries = {entry["id"]: entry for entry in ledger_json(Ledger.load(everywhere))["entries"]}
    market, multiple = entries["market.2024"], entries["market.multiple"]
    assert (market["value"], market["number"], market["unit"]) == ("2500000000", 2500000000, "USD")
    assert market["row"] == {"value": "2.5", "unit": "billion USD", "unit_name": "billion US dollars"}
    assert market["interval"] == [2450000000, 2550000000]
    assert market["precision"] == "rounded; between $2.45 and $2.55 billion"
    assert market["source"] == {"key": "agency2026", "citation": "Example Agency (2026)"}
    assert market["defined"] == {"path": "data/facts.csv", "line": 2, "cell": None}
    assert multiple["formula"] == "$18.9 billion ÷ $2.5 billion = 7.56"
    assert multiple["operands"] == [
        {"id": "market.2030", "label": "Market size, 2030", "amount": "$18.9 billion"},
        {"id": "market.2024", "label": "Market size, 2024", "amount": "$2.5 billion"},
    ]
    assert market["origin"] == (
        "stated in Example Agency (2026), section 1, paragraph 1; table 1, row 1, column 2"
    )
    assert multiple["inputs"] == ["market.2030", "market.2024"]
    assert multiple["expression"] == {"op": "div", "args": [{"id": "market.2030"}, {"id": "market.2024"}]}
    assert entries["region.first"]["number"] is None and entries["region.first"]["value"] == "Beijing"
    shown = [use["shown"] for use in market["used"]]
    assert "$2.5 billion" in shown and "2024" in shown and "" not in shown


def test_an_open_end_is_null(tmp_path: Path) -> None:
    facts = projects.FACTS.replace("162,1,exact", "162,1,at-least")
    ledger = Ledger.load(projects.create(tmp_path, {"index.md": PROSE}, facts))
    (entry,) = [entry for entry in ledger_json(ledger)["entries"] if entry["id"] == "devices.count"]
    assert entry["interval"] == [162, None]
    assert entry["precision"] == "at least 162"


def test_linked_data_has_a_node_for_each_entry(everywhere: Path) -> None:
    document = json.loads((everywhere / "_site" / "ledger.jsonld").read_text(encoding="utf-8"))
    assert document["@context"]["@vocab"] == "https://schema.org/"
    assert document["@context"]["derivedFrom"] == {"@id": "prov:wasDerivedFrom", "@type": "@id"}
    nodes = {node["identifier"]: node for node in document["@graph"]}
    ledger = Ledger.load(everywhere)
    assert set(nodes) == set(ledger)
    for id, entry in ledger.items():
        kind = "Claim" if entry.quantity is None else "Observation"
        assert nodes[id]["@type"] == [kind, "prov:Entity"]
        assert nodes[id]["@id"] == f"ledger.html#{id}"
    assert nodes["market.multiple"]["derivedFrom"] == ["ledger.html#market.2030", "ledger.html#market.2024"]
    assert nodes["market.2024"]["value"] == {
        "@type": "QuantitativeValue",
        "value": 2500000000,
        "unitText": "USD",
        "minValue": 2450000000,
        "maxValue": 2550000000,
    }
    assert nodes["market.cagr"]["temporalCoverage"] == "2024/2030"
    assert "derivedFrom" not in nodes["market.2024"]


def test_findings_are_claims_about_entries(tmp_path: Path) -> None:
    facts = projects.FACTS.replace("40.1", "42.5")
    ledger = Ledger.load(projects.create(tmp_path, {"index.md": PROSE}, facts))
    (finding,) = ledger.findings
    graph = publication.linked_data(ledger, ledger_json(ledger))["@graph"]
    (claim,) = [node for node in graph if node["@type"] == "Claim"]
    assert claim["@id"] == f"findings.html#{finding.id}"
    assert {"@id": "ledger.html#market.cagr"} in claim["about"]
    assert finding.id in ledger["market.cagr"].findings and finding.id in ledger["market.2024"].findings
    jsonschema.validate(ledger_json(ledger), json.loads(publication.SCHEMA.read_text(encoding="utf-8")))


def test_the_ledger_of_the_report_is_as_its_schema_says(root: Path) -> None:
    document = ledger_json(Ledger.load(root))
    jsonschema.validate(document, json.loads(publication.SCHEMA.read_text(encoding="utf-8")))
    assert len(document["entries"]) > 100


def test_a_finding_is_tied_to_the_computed_number_that_a_notebook_has_recorded(tmp_path: Path) -> None:
    wrong = projects.FACTS.replace('a year",40.1', 'a year",42.5').replace("1:p2,40.1%", "1:p2,42.5%")
    ends = 'facts["market.2024"], facts["market.2030"]'
    rate = f't.record("market.rate", t.growth_rate({ends}, 6), label="Growth that follows", like="40.1%")\n'
    chapters = {"index.md": "# Home\n", "two.ipynb": ["#:# Two\n", projects.MULTIPLE + rate]}
    ledger = Ledger.load(projects.create(tmp_path, chapters, facts=wrong))
    (finding,) = ledger.findings
    assert "[40.1%](tie:market.rate)" in finding.heading and finding.id in ledger["market.rate"].findings
    assert {use.page for use in ledger["market.rate"].used} == {"findings.html"}
