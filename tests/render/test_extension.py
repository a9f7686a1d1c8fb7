"""The Lua extension: ties resolved against the ledger, in either format, by pandoc as it comes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.support import small_report
from tieout.audit.ink import overlapping
from tieout.audit.pieces import read_pieces
from tieout.machine import Limits
from tieout.machine.pandoc import executable
from tieout.machine.steps import Steps
from tieout.machine.store import NOTHING
from tieout.render import pandoc
from tieout.render.setting import Typesetter

EXTENSION = Path(__file__).parents[2] / "_extensions" / "tieout"
FILTER = EXTENSION / "tieout.lua"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.json"
    path.write_text(json.dumps(small_report.ledger()), encoding="utf-8")
    return path


def convert(text: str, ledger: Path, to: str = "html", **meta: str) -> str:
    arguments = [
        "-f",
        "markdown",
        "-t",
        to,
        "--wrap=none",
        "-L",
        str(FILTER),
        "-M",
        f"tieout-ledger={ledger}",
    ]
    arguments += [f"-M{name.replace('_', '-')}={value}" for name, value in meta.items()]
    return pandoc.run(arguments, text, "test.md")[0]


def page(text: str, ledger: Path, **meta: str) -> Any:
    return html.fromstring(f"<main>{convert(text, ledger, **meta)}</main>")


def problems(text: str, ledger: Path) -> list[str]:
    tree = json.loads(convert(text, ledger, "json"))
    found = tree["meta"].get("tieout-problems", {"c": []})["c"]
    return [item["c"]["what"]["c"] for item in found]


def test_a_tie_becomes_a_link_into_the_ledger_with_its_value_for_machines(ledger: Path) -> None:
    tie = page(r"It was [\$2.5 billion](tie:market.2024).", ledger, tieout_offset="..").find(".//a")
    assert tie.attrib == {
        "class": "tie tie-short",  # in one line with its unit
        "href": "../ledger.html#market.2024",
        "id": "use-market.2024-1",
        "data-tie": "market.2024",
    }
    assert tie.find("data").get("value") == "2500000000"
    assert tie.text_content() == "$2.5 billion"


def test_a_tie_to_a_column_carries_the_column_and_its_text(ledger: Path) -> None:
    tie = page("In [2024](tie:market.2024:year).", ledger).find(".//a")
    assert (tie.get("data-tie"), tie.get("id")) == ("market.2024:year", "use-market.2024:year-1")
    assert tie.find("data").get("value") == "2024"


def test_uses_are_counted_by_id_and_column_in_reading_order(ledger: Path) -> None:
    text = "# About [2.5](tie:market.2024)\n\n[a](tie:market.2024)^[[b](tie:market.2024)]"
    text += " [c](tie:market.2024:year)"
    found = {link.text_content(): link.get("id") for link in page(text, ledger).xpath("//a[@data-tie]")}
    assert found == {
        "2.5": "use-market.2024-1",
        "a": "use-market.2024-2",
        "b": "use-market.2024-3",
        "c": "use-market.2024:year-1",
    }


@pytest.mark.parametrize(
    ("tie", "shown"),
    [("market.2024", "$2.5 billion"), ("market.multiple", "7.6-fold"), ("market.2024:year", "2024")],
)
def test_an_empty_tie_is_filled(ledger: Path, tie: str, shown: str) -> None:
    assert page(f"[](tie:{tie})", ledger).find(".//a").text_content() == shown


def test_formatting_within_a_tie_stays(ledger: Path) -> None:
    assert page(r"[\$2.5 **billion**](tie:market.2024)", ledger).find(".//a/data/strong").text == "billion"


def test_a_number_with_a_finding_is_marked_outside_its_tie(ledger: Path) -> None:
    tree = page("[2.5](tie:market.2024) and [7.6](tie:market.multiple)", ledger)
    (mark,) = tree.xpath("//sup[@class='tie-finding']")
    assert mark.getprevious().get("data-tie") == "market.2024"
    assert mark.find("a").get("href") == "./findings.html#growth-gap"
    assert mark.find("a").get("aria-label")


def test_a_finding_about_a_reference_marks_its_citations_and_no_number(ledger: Path) -> None:
    known = json.loads(ledger.read_text(encoding="utf-8"))
    known["findings"][0] |= {"kind": "reference", "works": ["frost2024"]}
    ledger.write_text(json.dumps(known), encoding="utf-8")
    tree = page("[2.5](tie:market.2024) [@frost2024] and [@other2020]", ledger)
    assert not tree.xpath("//sup[@class='tie-finding']")
    (mark,) = tree.xpath("//sup[@class='cite-finding']")
    assert mark.text_content() == "‡" and mark.find("a").get("href") == "./findings.html#growth-gap"


def test_the_text_that_states_a_number_comes_before_the_work_that_it_cites(ledger: Path) -> None:
    known = json.loads(ledger.read_text(encoding="utf-8"))
    known["document"] = {"key": "smith2026", "name": "the article"}
    known["entries"][0]["quotation"] = "reached a record"
    ledger.write_text(json.dumps(known), encoding="utf-8")
    said = " ".join(page("::: {.tieout-ledger}\n:::\n", ledger).text_content().split())
    assert "stated in the article, section 2, paragraph 1 ($2.5 billion); section 2, table 1" in said
    assert "($2.5B), which cites @frost2024" in said and "“reached a record”" in said


def test_columns_and_headings_carry_no_marks(ledger: Path) -> None:
    assert not page("# Of [2.5](tie:market.2024)\n\n[2024](tie:market.2024:year)", ledger).xpath("//sup")


def test_an_assumption_is_visibly_marked(ledger: Path) -> None:
    tree = page("[0.5%](tie:scenario.low)", ledger)
    assert "tie-assumed" in tree.find(".//a").get("class")
    assert tree.xpath("//sup[@class='tie-assumed-mark']")[0].text == "*"


def test_alternative_texts_and_titles_become_plain_text(ledger: Path) -> None:
    alt = r"Up to [\$2.5 billion](tie:market.2024), [](tie:market.multiple) from \$3"
    tree = page(f'![cap [2.5](tie:market.2024)](x.svg){{fig-alt="{alt}"}}', ledger)
    image = tree.find(".//img")
    assert image.get("data-fig-alt") == "Up to $2.5 billion, 7.6-fold from $3"
    assert image.get("alt") == "cap 2.5"
    assert tree.xpath("//figcaption/a/@id") == ["use-market.2024-1"]


def test_ties_in_metadata_become_text(ledger: Path) -> None:
    tree = json.loads(
        convert("---\ntitle: 'Of [2.5](tie:market.2024) and [](tie:market.multiple)'\n---\n", ledger, "json")
    )
    assert "tie:" not in json.dumps(tree["meta"])
    assert "7.6-fold" in json.dumps(tree["meta"]["title"])


def test_ties_in_table_cells_and_captions_are_resolved(ledger: Path) -> None:
    table = "| a |\n|---|\n| [2.5](tie:market.2024) |\n\n: Sizes in [2024](tie:market.2024:year)\n"
    tree = page(table, ledger)
    assert tree.xpath("//td/a/@data-tie") == ["market.2024"]
    assert tree.xpath("//caption/a/@data-tie") == ["market.2024:year"]


def test_an_unknown_id_keeps_its_text_and_is_an_error(ledger: Path) -> None:
    text = "It was [2.5](tie:market.2042), [x](tie:market.2024:zip)."
    assert page(text, ledger).text_content().strip() == "It was 2.5, x."
    assert problems(text, ledger) == [
        "no ledger entry is called market.2042",
        "market.2024 has no column zip",
    ]


def test_without_a_ledger_only_ties_are_an_error(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.json"
    assert problems("No numbers.", missing) == []
    assert problems("[1](tie:a.b) [2](tie:a.c)", missing) == [f"there is no ledger at {missing}"]


def test_a_broken_ledger_is_an_error(tmp_path: Path) -> None:
    broken = tmp_path / "ledger.json"
    broken.write_text("{", encoding="utf-8")
    assert problems("[1](tie:a.b)", broken) == [f"the ledger at {broken} cannot be read"]


def test_in_typst_a_tie_links_to_the_entry_of_the_appendix(ledger: Path) -> None:
    out = convert(r"[\$2.5 billion](tie:market.2024)", ledger, "typst")
    assert out.startswith(r"#link(<market.2024>)[#text(hyphenate: false)[\$2.5~billion]]")


def test_recorded_entries_leave_no_block(ledger: Path) -> None:
    output = "::: {.cell-output .cell-output-display}\n```\ntie:market.multiple = 7.56\n```\n:::\n"
    cell = f"::: {{.cell}}\n{output}:::\n"
    kept = cell.replace("tie:", "text:")
    assert "7.56" not in convert(cell, ledger)
    assert "7.56" in convert(kept, ledger)


# The appendices


def test_the_ledger_lists_every_entry_under_its_id(ledger: Path) -> None:
    tree = page("::: {.tieout-ledger}\n:::\n", ledger, tieout_offset="..")
    entries = [entry["id"] for entry in small_report.ledger()["entries"]]
    assert tree.xpath("//*[@data-entry]/@id") == entries
    assert [heading.text for heading in tree.xpath("//h2")] == ["Market", "Scenario"]
    fields = dict(
        zip(
            (term.text_content() for term in tree.xpath("//*[@data-entry='market.2024']//dt")),
            (
                " ".join(said.text_content().split())
                for said in tree.xpath("//*[@data-entry='market.2024']//dd")
            ),
            strict=True,
        )
    )
    assert fields["Precision"] == "rounded; between 2,450,000,000 and 2,550,000,000"
    assert fields["Source"] == (
        "stated in @frost2024, section 2, paragraph 1 ($2.5 billion); "
        "section 2, table 1, row 1, column 2 ($2.5B)"
    )
    assert fields["Defined in"] == "data/market.csv, line 3"
    assert "../chapters/market.html#use-market.2024-1" in tree.xpath("//a[@class='ledger-use']/@href")
    assert tree.xpath("//*[@data-entry='market.multiple']//a/@href") == ["#market.2024"]


def test_entries_are_headings_that_no_table_of_contents_lists(ledger: Path) -> None:
    out = convert("::: {.tieout-ledger}\n:::\n", ledger, "typst")
    heading = r"#heading\(level: 3, outlined: false, numbering: none\)\[.*?\]\n<market\.2024>"
    assert re.search(heading, out, re.DOTALL)


def test_long_ids_break_on_paper_and_are_never_set_over_what_stands_beside(tmp_path: Path) -> None:
    said = json.dumps(small_report.ledger())
    path, long = tmp_path / "ledger.json", "infrastructure.coordination.comparison.federal"
    path.write_text(said.replace("market.multiple", long), encoding="utf-8")
    out = re.sub(r"#link\([^)]*\)", "", convert("::: {.tieout-ledger}\n:::\n", path, "typst"))
    (tmp_path / "a.typ").write_text(out, encoding="utf-8")
    with closing(Typesetter()) as typst:
        made = typst.typeset(tmp_path / "a.typ", tmp_path, 0, Limits(), Steps(NOTHING))
    (tmp_path / "a.pdf").write_bytes(made)
    pieces = list(read_pieces(tmp_path / "a.pdf"))
    assert long in "".join(piece.text.strip() for piece in pieces)
    for page in {piece.page for piece in pieces}:
        assert not list(overlapping([piece for piece in pieces if piece.page == page]))


def test_findings_are_listed_with_the_numbers_they_concern(ledger: Path) -> None:
    tree = page("::: {.tieout-findings}\n:::\n", ledger)
    (finding,) = tree.xpath("//*[@data-finding]")
    assert finding.get("id") == "growth-gap"
    assert "./ledger.html#market.2024" in finding.xpath(".//a/@href")


def test_no_findings_are_said(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    path.write_text(json.dumps({**small_report.ledger(), "findings": []}), encoding="utf-8")
    assert "none" in convert("::: {.tieout-findings}\n:::\n", path)


# The pre-render script


def run_pre_render(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(EXTENSION / "ledger.py")]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)


def test_quarto_brings_the_ledger_up_to_date_with_the_installed_command(tmp_path: Path) -> None:
    folder = tmp_path / ".venv" / "bin"
    folder.mkdir(parents=True)
    script = folder / "tieout"
    script.write_text('#!/bin/sh\necho "$@" > called\n', encoding="utf-8")
    script.chmod(0o755)
    base = Path(sys.base_prefix) / "bin" / "python3"
    command = [str(base), "-I", str(EXTENSION / "ledger.py")]
    subprocess.run(command, cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}, check=True)
    assert (tmp_path / "called").read_text(encoding="utf-8").split() == ["ledger", "--project", str(tmp_path)]


def test_without_tieout_the_render_stops_and_says_what_to_do(tmp_path: Path) -> None:
    base = Path(sys.base_prefix) / "bin" / "python3"
    command = [str(base), "-I", str(EXTENSION / "ledger.py")]
    ran = subprocess.run(command, cwd=tmp_path, env={"PATH": ""}, capture_output=True, text=True)
    assert ran.returncode == 2
    assert "pip install tieout" in ran.stderr


def test_a_ledger_that_the_build_has_written_is_not_written_again(tmp_path: Path) -> None:
    assert run_pre_render(tmp_path, PATH="", TIEOUT_LEDGER=str(tmp_path / "ledger.json")).returncode == 0


CELL = """
:::: {.cell}
```{.python .cell-code}
n = len(df)
t.record("a.n", n, label="N")
print(n)
t.record_all()
```

::: {.cell-output .cell-output-stdout}
```
first 1
```
:::

::: {.cell-output .cell-output-display}
```
tie:a.n = 3
```
:::

::: {.cell-output .cell-output-stdout}
```
second 2
```
:::
::::

:::: {.cell}
```{.python .cell-code}
t.record("a.m", 4, label="M")
```
::::

:::: {.cell}
```{.python .cell-code}
t.record("a.k", 4)  # <1>
```
::::
"""


def test_readers_see_what_code_does_and_not_what_it_records(ledger: Path) -> None:
    seen = page(CELL, ledger)
    code = [each.text_content() for each in seen.iter("pre") if "sourceCode" in each.get("class", "")]
    assert code == ["n = len(df)\nprint(n)\nt.record_all()", 't.record("a.k", 4)  # <1>']
    printed = [each.text_content() for each in seen.iter("pre") if "sourceCode" not in each.get("class", "")]
    assert printed == ["first 1\nsecond 2"]


HOST = """function error(message) io.stderr:write(message) end
quarto = {{
  doc = {{ is_format = function(name) return FORMAT:match(name) ~= nil end }},
  utils = {{ resolve_path = function(name) return "{folder}/" .. name end }},
}}
return dofile("{folder}/late.lua")
"""


@pytest.mark.parametrize(
    ("heading", "left"),
    [
        ("# A book {#sec-a .unnumbered}", []),
        ("# A book {#sec-a}", ["A book"]),
        ("# Another {#sec-a .unnumbered}", ["Another"]),
        ("## A book {#sec-a .unnumbered}", ["A book"]),
    ],
)
def test_a_page_says_its_title_once(tmp_path: Path, heading: str, left: list[str]) -> None:
    """Quarto sets the title of the book over its home page; what it gives filters is stood in for."""
    (tmp_path / "host.lua").write_text(HOST.format(folder=EXTENSION), encoding="utf-8")
    arguments = ["-f", "markdown", "-t", "html", "-L", str(tmp_path / "host.lua"), "-M", "title=A book"]
    written = pandoc.run(arguments, f"{heading}\n\n## Part\n\nText.\n", "test.md")[0]
    shown = html.fromstring(f"<main>{written}</main>")
    assert [each.text for each in shown.iter("h1", "h2") if each.text != "Part"] == left
    assert len(shown.xpath("//*[@id='sec-a']")) == 1, "what refers to the heading leads somewhere"


@pytest.mark.parametrize(("id", "status"), [("market.2024", 0), ("no.such", 1)])
def test_a_tie_without_an_entry_stops_quarto(tmp_path: Path, ledger: Path, id: str, status: int) -> None:
    """Quarto's own `error` writes a line and goes on."""
    (tmp_path / "host.lua").write_text(HOST.format(folder=EXTENSION), encoding="utf-8")
    arguments = ["-f", "markdown", "-t", "html", "-L", str(tmp_path / "host.lua")]
    ran = subprocess.run(
        [executable(), *arguments, "-M", f"tieout-ledger={ledger}"],
        input=f"Of [162](tie:{id}).".encode(),
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, b"1 tie(s)" in ran.stderr) == (status, status == 1), ran.stderr
