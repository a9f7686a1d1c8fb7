"""`tieout data --add`: what a file is, is found out and written down, and everything else stays as it was."""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path

import pytest

from tests.support.commands import call
from tieout.checks import data
from tieout.data import adding
from tieout.data.datapackage import Package, Row
from tieout.problems import InputError
from tieout.project import Files
from tieout.workspace import Workspace

GERMAN = """\
Straße;Umsatz;Anteil;Stück;Jahr;Bemerkung
Müller Straße;1.234,5;0,25;1.000;2024;gut
Käse-Allee;987,25;0,5;12.345;2023;k. A.
Grün;NA;0,75;7;2022;
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "index.md").write_text("# Home\n", encoding="utf-8")
    config = "project: {type: book}\nbook: {title: T, author: A, chapters: [index.md]}\n"
    (tmp_path / "_quarto.yml").write_text(config, encoding="utf-8")
    return tmp_path


def added(root: Path, name: str, content: bytes) -> str:
    path = root / "data" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return adding.add(root, path)


def cells(root: Path, name: str) -> list[list[str]]:
    package = Package.load(Files(root))
    resource = next(each for each in package.resources if each.name == name)
    return [list(row.cells.values()) for row in package.rows(resource) if isinstance(row, Row)]


def test_a_german_table_is_read_as_it_is_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "data" / "umsatz.csv").write_bytes(GERMAN.encode("latin-1"))
    said = call(root, capsys, "data", "--add", "data/umsatz.csv")
    assert said.status == 0
    assert said.out.count("\n") == 1
    assert "umsatz: 3 rows, 6 columns (3 number, 2 string, 1 integer); windows-1252" in said.out
    assert cells(root, "umsatz") == [
        ["Müller Straße", "1234.5", "0.25", "1000", "2024", "gut"],
        ["Käse-Allee", "987.25", "0.5", "12345", "2023", "k. A."],
        ["Grün", "", "0.75", "7", "2022", ""],
    ]
    assert data.check(Workspace.load(root)).ok


FILES = {
    "plain.csv": (b"a,b,c\n1,x,true\n2,y,false\n", ["integer", "string", "boolean"], ["1", "x", "true"]),
    "pandas.csv": (b"a,b\n1.5,True\n2.25,False\n", ["number", "boolean"], ["1.5", "True"]),
    "late.csv": (b"a\n" + b"1\n" * 300 + b"1.5\n", ["number"], ["1"]),
    "gaps.csv": (b"a,b\n1,2024-05-07\nNA,2024-05-08\n", ["integer", "date"], ["1", "2024-05-07"]),
    "groups.csv": (b'a,b\n"1,234,567",x\n"12",y\n', ["number", "string"], ["1234567", "x"]),
    "points.csv": (b"a,b\n52.5,13\n1.234,5\n", ["number", "integer"], ["52.5", "13"]),
    "place.csv": (b'at,b\n"52.5,13.4",1\n"48.1,11.5",2\n', ["string", "integer"], ["52.5,13.4", "1"]),
    "tabs.tsv": (b"a\tb\n1\tx, y\n", ["integer", "string"], ["1", "x, y"]),
    "bars.csv": (b"a|b\n1|x;y\n", ["integer", "string"], ["1", "x;y"]),
    "french.csv": ("a;b\n1\u202f234,5;x\n12,5;y\n".encode(), ["number", "string"], ["1234.5", "x"]),
    "cyrillic.csv": ("назва,b\nКиїв тут,1\n".encode("cp1251"), ["string", "integer"], ["Київ тут", "1"]),
    "marked.csv": (b"\xef\xbb\xbfa,b\n1,x\n", ["integer", "string"], ["1", "x"]),
    "rows.json": (b'[{"a": 1.50, "b": "x"}, {"a": 2, "b": null}]', ["number", "string"], ["1.50", "x"]),
    "rows.jsonl": (b'{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n', ["integer", "string"], ["1", "x"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_a_table_holds_is_found_out(root: Path, name: str) -> None:
    content, kinds, first = FILES[name]
    added(root, name, content)
    given = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert [each["type"] for each in given["resources"][0]["schema"]["fields"]] == kinds
    assert cells(root, given["resources"][0]["name"])[0] == first
    report = data.check(Workspace.load(root))
    assert report.ok, [str(each) for each in report.problems]


@pytest.mark.parametrize(("name", "needs"), [("a.xlsx", "openpyxl"), ("a.parquet", "pyarrow")])
def test_a_format_that_needs_more_says_what(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, needs: str
) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda each: None if each == needs else known(each))
    with pytest.raises(InputError) as error:
        added(root, name, b"PK")
    assert f"data/{name}:1: " in str(error.value)
    assert f"pip install {needs}" in str(error.value)
    assert not (root / "data" / "datapackage.json").exists()


def test_an_excel_sheet_is_a_table(root: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["a", "b"], [1.5, "x"], [2, None]):
        book.active.append(row)
    book.save(root / "data" / "sheet.xlsx")
    adding.add(root, root / "data" / "sheet.xlsx")
    assert cells(root, "sheet") == [["1.5", "x"], ["2", ""]]


SPACINGS = [
    '{\n  "name": "a",\n  "resources": [\n    {\n      "name": "x", "path": "x.csv",\n'
    '      "schema": {"fields": [{"name": "id"}]}\n    }\n  ]\n}\n',
    '{\n\t"resources": [\n\t\t{"name": "x", "path": "x.csv", "schema": {"fields": [{"name": "id"}]}}\n\t],\n'
    '\t"title": "[resources]"\n}\n',
    '{"resources": [{"name": "x", "path": "x.csv", "schema": {"fields": [{"name": "id"}]}}]}',
    '{"resources": []}',
    '{\n    "resources": [],\n    "name": "a"\n}',
]


@pytest.mark.parametrize("text", SPACINGS)
def test_what_a_descriptor_has_stays_to_the_byte(root: Path, text: str) -> None:
    (root / "data" / "datapackage.json").write_text(text, encoding="utf-8")
    added(root, "new.csv", b"a,b\n1,x\n")
    after = (root / "data" / "datapackage.json").read_text(encoding="utf-8")
    given = json.loads(after)
    new = given["resources"].pop()
    assert (new["name"], new["tieout"]) == ("new", {"facts": False})
    assert given == json.loads(text)
    start = next(at for at, (one, other) in enumerate(zip(text, after, strict=False)) if one != other)
    end = next(at for at, pair in enumerate(zip(text[::-1], after[::-1], strict=False)) if pair[0] != pair[1])
    assert start + end >= len(text) - 12, "only what stands between is new"
    assert after.count("\n") >= text.count("\n") + (10 if "\n" in text else 0)


def test_a_table_is_added_once_and_names_are_its_own(root: Path) -> None:
    added(root, "new.csv", b"a,b\n1,x\n")
    before = (root / "data" / "datapackage.json").read_bytes()
    assert adding.add(root, root / "data" / "new.csv").endswith("as new: nothing to add")
    assert (root / "data" / "datapackage.json").read_bytes() == before
    assert " as new-2: " in added(root, "raw/New.csv", b"a,b\n1,x\n")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("data/none.csv", None, "there is no file"),
        ("table.csv", b"a\n1\n", "mv table.csv data/"),
        ("data/picture.png", b"", "is no table"),
        ("data/empty.csv", b"", "empty"),
        ("data/twice.csv", b"a,a\n1,2\n", "no header that names its columns"),
        ("data/odd.json", b'{"a": 1}', "holds no list of rows"),
        ("data/broken.json", b"[{", "is no JSON"),
    ],
)
def test_what_cannot_be_added_says_why(
    root: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (root / name).write_bytes(content)
    result = call(root, capsys, "data", "--add", name)
    assert result.status == 2
    assert said in result.err
    assert "Traceback" not in result.err


def test_data_alone_asks_for_nothing_that_facts_need(root: Path) -> None:
    added(root, "new.csv", b"a,b\n1,x\n")
    assert not Workspace.load(root).has_facts


def test_a_row_that_is_not_as_described_is_named(root: Path) -> None:
    added(root, "umsatz.csv", GERMAN.encode("latin-1"))
    path = root / "data" / "umsatz.csv"
    path.write_bytes(GERMAN.replace("987,25", "viele").encode("latin-1"))
    problems = data.check(Workspace.load(root)).errors
    assert any(
        each.path == "data/umsatz.csv" and each.line == 3 and "viele" in each.what for each in problems
    )


@pytest.mark.parametrize(
    "text", [GERMAN.encode("latin-1"), b"year,size\n2024,2.5\n2030,\n"], ids=["german", "plain"]
)
def test_a_packed_table_is_what_is_in_it(root: Path, text: bytes) -> None:
    said = added(root, "umsatz.csv.gz", gzip.compress(text, mtime=0))
    assert "data/umsatz.csv.gz: added to data/datapackage.json as umsatz:" in said
    packed = cells(root, "umsatz")
    added(root, "plain.csv", text)
    assert packed == cells(root, "plain")
    assert data.check(Workspace.load(root)).ok


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"year,size\n", "is not packed with gzip"), (gzip.compress(b"a\n" * 99, mtime=0)[:-9], "cut off")],
    ids=["another file", "cut off"],
)
def test_what_is_called_packed_and_is_not_gets_a_message(root: Path, content: bytes, what: str) -> None:
    with pytest.raises(InputError) as caught:
        added(root, "sizes.csv.gz", content)
    assert what in str(caught.value)
