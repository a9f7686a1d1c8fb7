"""What `resources:` names: files below the project, none that a link leads out to or that is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from tieout.problems import InputError
from tieout.project import Project, resources


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with data, hidden files, and what builds leave."""
    root = tmp_path / "report"
    for name in (
        "index.qmd", "data/a.csv", "data/more/b.csv", "data/.hidden.csv", "data/__pycache__/x.pyc",
        ".tools/c.csv", ".tools/more/d.csv", "_site/data/a.csv", ".tieout/data/a.csv", "own.css",
    ):  # fmt: skip
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("# One\n", encoding="utf-8")
    return root


def found(root: Path, *names: str, css: str = "") -> tuple[list[str], list[str]]:
    """Return what names stand for, and what is said of them."""
    listed = "".join(f"    - '{name}'\n" for name in names)
    style = f"format:\n  html:\n    css: {css}\n" if css else ""
    (root / "_quarto.yml").write_text(
        f"project:\n  type: website\n  resources:\n{listed}website:\n  title: One\n{style}", encoding="utf-8"
    )
    given = resources(Project.load(root))
    return [str(path) for path in given.files], [str(problem) for problem in given.problems]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("data", ["data/a.csv", "data/more/b.csv"]),
        ("/data", ["data/a.csv", "data/more/b.csv"]),
        ("data/*.csv", ["data/a.csv"]),
        ("data/**/*.csv", ["data/a.csv", "data/more/b.csv"]),
        ("data/.hidden.csv", ["data/.hidden.csv"]),
        (".tools", [".tools/c.csv", ".tools/more/d.csv"]),
        ("*.nothing", []),
        ("*", ["_quarto.yml", "data/a.csv", "data/more/b.csv", "index.qmd", "own.css"]),
    ],
)
def test_a_name_stands_for_the_files_below_it(root: Path, name: str, wanted: list[str]) -> None:
    assert found(root, name) == (wanted, [])


def test_styles_are_among_them_and_each_file_is_once(root: Path) -> None:
    assert found(root, "data/a.csv", "data/*.csv", css="own.css") == (["data/a.csv", "own.css"], [])


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("../outside.csv", "leaves the project"),
        ("nowhere.csv", "leads nowhere"),
        (".tools/c.csv", "leads to what is hidden"),
        (".tools", "leads to what is hidden"),
    ],
)
def test_a_link_that_leads_out_or_to_what_is_hidden_is_left_out(root: Path, target: str, said: str) -> None:
    (root.parent / "outside.csv").touch()
    (root / "data" / "link").symlink_to(root / target)
    files, problems = found(root, "data")
    assert files == ["data/a.csv", "data/more/b.csv"] and len(problems) == 1
    assert problems[0].startswith("_quarto.yml:4: ") and said in problems[0]


def test_a_link_within_the_project_is_followed_and_no_circle(root: Path) -> None:
    (root / "data" / "link.csv").symlink_to(root / "own.css")
    (root / "data" / "round").symlink_to(root / "data")
    assert found(root, "data") == (["data/a.csv", "data/link.csv", "data/more/b.csv"], [])


def test_a_link_among_what_is_hidden_and_asked_for_is_followed(root: Path) -> None:
    (root / ".tools" / "link.csv").symlink_to(root / ".tools" / "c.csv")
    assert found(root, ".tools/link.csv") == ([".tools/link.csv"], [])


@pytest.mark.parametrize("name", ["gone.csv", "../outside.csv", "a**b/c"])
def test_what_names_nothing_here_is_refused_at_its_line(root: Path, name: str) -> None:
    with pytest.raises(InputError) as refused:
        found(root, "data", name)
    assert "_quarto.yml:5: " in str(refused.value)
