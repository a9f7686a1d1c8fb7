"""Whatever stands in a file, a project is read or refused: nothing but `InputError` comes out.

A small sample runs always, the same each time; `make test-deep` looks for new ones, and builds as well.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import projects
from tests.support.depth import DEEP
from tieout import check, publish
from tieout.problems import InputError
from tieout.project import mark
from tieout.workspace import Workspace

CHECKS = ("data", "source", "outputs", "ledger", "prose", "citations", "relations")
TEXT = "# Home\n\nIt reached [\\$2.5 billion](tie:market.2024) [@agency2026], [](tie:market.multiple).\n"
fuzzed = settings(max_examples=1_000 if DEEP else 12)

# Parts that files are made of: what they are for, put together as nobody would.
ODD = st.one_of(
    st.sampled_from(["\x00", "\ufeff", "\u2028", "\x85", "\x0b", "\x1b[0m", "9" * 5_000,
                     "9" * 400 + ".5", "1e9999",
                     "-0", "١٢٣", "½", "\U0001f600", "e\u0301", "\u202e", "1999", "2038-01-19",
                     "0000-00-00", "NaN"]),
    st.text(max_size=6),
)  # fmt: skip
MARKDOWN = st.lists(
    st.one_of(
        st.sampled_from(["# ", "## ", "- ", "1. ", "> ", "\n", "\n\n", "    ", "*", "**", "_", "`",
                         "```", "~~~",
                         ":::", " {.a}", "|", "|-|-|\n", "[", "](", ")", "](tie:market.2024)",
                         "[](tie:nothing.x:y)",
                         "](tie:)", "[@agency2026]", "@fig-x", "[^1]", "[^1]: ", "$", "$$", "\\",
                         "<div>", "</div>",
                         "<!--", "-->", "---\n", "title: a\n", "{{< include index.md >}}",
                         "{{< var a >}}", "{{<",
                         "![](", "2.5 billion", "12%", "&amp;", "\\$", "\u00a0"]),
        ODD,
    ),
    max_size=30,
).map("".join)  # fmt: skip
YAML = st.lists(
    st.one_of(
        st.sampled_from(["project:", "book:", "title:", "chapters:", "tieout:", "limits:", "format:",
                         "html:",
                         "output-dir:", "bibliography:", "execute:", "author:", "date:", "lang:", " ",
                         "  ", "\n",
                         "- ", "[", "]", "{", "}", "&a", "*a", "!!", "!!int", "!!timestamp", "|", ">",
                         "'", '"',
                         "index.md", "true", "null", "#", ": ", "? ", "<<: ", "%YAML 1.1\n", "---\n"]),
        ODD,
    ),
    max_size=30,
).map("".join)  # fmt: skip
CSV = st.lists(
    st.one_of(
        st.sampled_from([",", "\n", '"', '""', "id", "label", "value", "market.2024", "2.5",
                         "billion USD", "percent",
                         "exact", "approx", "at-least", "2024", "2024/2030", "agency2026", "1:p1", "|",
                         "$2.5B", "1e5",
                         "kg/m^2", "2024/", "text"]),
        ODD,
    ),
    max_size=40,
).map("".join)  # fmt: skip
BIB = st.lists(
    st.one_of(
        st.sampled_from(["@article{", "@string{", "@comment", "@preamble{", "agency2026", ",", "=", "{",
                         "}", '"', "#",
                         "author", "title", "year", "2026", "doi", " and ", "\n", "\\'e", "$x$", "~", "@"]),
        ODD,
    ),
    max_size=40,
).map("".join)  # fmt: skip
KEYS = st.sampled_from(
    ["cells", "cell_type", "source", "outputs", "data", "metadata", "text", "id", "tags", "text/markdown",
     "image/svg+xml", "output_type", "attachments", "kernelspec", "name", "application/vnd.vegalite.v6+json",
     "application/vnd.tieout.entry+json", "application/vnd.tieout.relation+json", "resources", "schema",
     "fields", "path", "usermeta", "label", "value", "unit", "lineage", "formula", "constraints", "bytes",
     "hash"]
)  # fmt: skip
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    ODD,
    st.sampled_from(["code", "markdown", 4, [], {}]),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(KEYS, ODD), inner, max_size=4)
    ),
    max_leaves=12,
)
FILES: dict[str, str] = {}


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        chapters = {"index.md": TEXT, "book.ipynb": ["#:# Computed\n\nText.", projects.MULTIPLE]}
        root = projects.create(Path(folder) / "project", chapters)
        FILES.update({path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sources(root)})
        yield root


def sources(root: Path) -> list[Path]:
    kinds = (".md", ".ipynb", ".yml", ".csv", ".json", ".bib", ".qmd")
    paths = (path for path in root.rglob("*") if path.suffix in kinds)
    return sorted(path for path in paths if path.relative_to(root).parts[0] in ("data", path.name))


def holds(root: Path, name: str, content: str | bytes, make: bool = False) -> None:
    """Read, check and perhaps build the project with another content of one file."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    path = root / name
    try:
        path.write_bytes(data)
        for report in check.run(Workspace.load(root), CHECKS, execute=False):
            str(report)
        if make:
            mark(root / "_site") if (root / "_site").exists() else None
            publish.build(Workspace.load(root), "pandoc", ("html", "pdf"), execute=False)
    except InputError as error:
        assert error.problems and all(problem.what for problem in error.problems)
    finally:
        path.write_text(FILES[name], encoding="utf-8")


def grafted(tree: Any, way: list[int], branch: Any) -> Any:
    """Return a JSON tree with one of its values replaced; the numbers say on which way it lies."""
    if not way or not isinstance(tree, dict | list) or not tree:
        return branch
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
    key = keys[way[0] % len(keys)]
    copy: Any = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[key] = grafted(tree[key], way[1:], branch)
    return copy


@fuzzed
@given(name=st.sampled_from(["index.md", "book.ipynb", "_quarto.yml", "bibliography.bib", "data/facts.csv",
                             "data/datapackage.json",
                             "ledger.qmd"]), content=st.binary(max_size=200))  # fmt: skip
def test_bytes(root: Path, name: str, content: bytes) -> None:
    holds(root, name, content)


@fuzzed
@given(
    name=st.sampled_from(["book.ipynb", "data/datapackage.json"]),
    way=st.lists(st.integers(0, 7), max_size=7),
    branch=JSON,
)
def test_json(root: Path, name: str, way: list[int], branch: Any) -> None:
    holds(root, name, json.dumps(grafted(json.loads(FILES[name]), way, branch)))


@fuzzed
@given(MARKDOWN)
def test_markdown(root: Path, text: str) -> None:
    holds(root, "index.md", text)


@fuzzed
@given(MARKDOWN)
def test_markdown_of_cells(root: Path, text: str) -> None:
    tree = json.loads(FILES["book.ipynb"])
    tree["cells"][0]["source"] = text
    tree["cells"][1]["outputs"].append(
        {"output_type": "display_data", "metadata": {}, "data": {"text/markdown": text}}
    )
    holds(root, "book.ipynb", json.dumps(tree))


@fuzzed
@given(text=YAML, how=st.sampled_from(["alone", "after", "header", "options"]))
def test_yaml(root: Path, text: str, how: str) -> None:
    if how == "header":
        holds(root, "index.md", f"---\n{text}\n---\n\n# Home\n")
    elif how == "options":
        tree = json.loads(FILES["book.ipynb"])
        tree["cells"][1]["source"] = "".join(f"#| {line}\n" for line in text.split("\n")) + "1"
        holds(root, "book.ipynb", json.dumps(tree))
    else:
        holds(root, "_quarto.yml", text if how == "alone" else FILES["_quarto.yml"] + text)


@fuzzed
@given(text=CSV, alone=st.booleans())
def test_csv(root: Path, text: str, alone: bool) -> None:
    holds(root, "data/facts.csv", text if alone else FILES["data/facts.csv"] + text)


@fuzzed
@given(text=BIB, alone=st.booleans())
def test_bibliography(root: Path, text: str, alone: bool) -> None:
    holds(root, "bibliography.bib", text if alone else FILES["bibliography.bib"] + text)


@pytest.mark.slow
@pytest.mark.skipif(not DEEP, reason="a part of make test-deep")
@settings(max_examples=150)
@given(text=MARKDOWN)
def test_builds(root: Path, text: str) -> None:
    holds(root, "index.md", f"{TEXT}\n{text}", make=True)
