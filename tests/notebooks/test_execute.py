"""Execution: the same inputs leave the same bytes, in kernels where nothing of the machine shows through."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.support.notebooks import write
from tests.support.waiting import PATIENCE, until
from tieout.notebooks import Notebook, kernel, store
from tieout.notebooks.execute import digest, execute, execute_all
from tieout.problems import InputError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "_quarto.yml").write_text("project: {type: book}\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "facts.csv").write_text("id,value\na,1\n", encoding="utf-8")
    return tmp_path


def outputs(path: Path) -> list[str]:
    return [
        "".join(output.get("text", "")) + str(output.get("data", {}).get("text/plain", ""))
        for cell in Notebook.load(path).code
        for output in cell.outputs
    ]


def test_executing_again_changes_no_byte(project: Path) -> None:
    path = write(
        project / "chapters" / "a.ipynb", "#:# A", "x = {3, 'b', 'a'}\nprint(x, hash('a'))", "1 + 1", ""
    )
    assert execute(path, project)
    first = path.read_bytes()
    assert not execute(path, project)
    assert not execute(path, project, force=True)
    assert path.read_bytes() == first
    assert [cell.count for cell in Notebook.load(path).cells] == [None, 1, 2, None]


def test_the_machine_does_not_show_through(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import os, time\nprint(os.environ['TZ'], time.tzname[0], os.environ['LC_ALL'], hash('tieout'))"
    path = write(project / "a.ipynb", code)
    execute(path, project)
    first = path.read_bytes()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("LC_ALL", "uk_UA.UTF-8")
    execute(path, project, force=True)
    assert path.read_bytes() == first
    assert "UTC UTC C.UTF-8" in first.decode()


def test_kernels_run_in_this_interpreter_and_in_the_notebooks_folder(project: Path) -> None:
    path = write(project / "chapters" / "a.ipynb", "import os, sys\nprint(sys.prefix)\nprint(os.getcwd())")
    execute(path, project)
    assert outputs(path) == [f"{sys.prefix}\n{project / 'chapters'}\n"]


def test_a_notebook_runs_again_only_when_what_it_follows_from_changed(project: Path) -> None:
    path = write(
        project / "a.ipynb", "#:prose", "open('runs', 'a').write('x')", "print(open('data/facts.csv').read())"
    )
    runs = project / "runs"
    execute(path, project)
    write(project / "a.ipynb", "#:other prose", *(cell.source for cell in Notebook.load(path).code))
    assert execute(path, project), "its outputs come back from what was kept"
    assert runs.read_text() == "x"
    (project / "data" / "facts.csv").write_text("id,value\na,2\n", encoding="utf-8")
    assert execute(path, project)
    assert runs.read_text() == "xx"
    assert "a,2" in outputs(path)[1]


def test_the_hash_moves_with_code_but_not_with_prose(project: Path) -> None:
    def now(*cells: str) -> str:
        return digest(Notebook.load(write(project / "a.ipynb", *cells)), project)

    base = now("#:a", "x = 1")
    assert now("#:b", "#:c", "x = 1") == base
    assert now("#:a", "x = 2") != base


ASKED = {
    "tables/a.csv": "print(open('tables/a.csv').read())",
    "../beside.csv": "print(open('../beside.csv').read())",
    "tables/frame.csv": "import pandas as pd\nprint(pd.read_csv('tables/frame.csv'))",
    "helper.py": "import helper\nprint(helper.A)",
    "lib/part.py": "from lib import part\nprint(part.A)",
    "absent": "try:\n    print(open('absent').read())\nexcept OSError:\n    print('none')",
    "listed/new.csv": "import glob\nprint(glob.glob('listed/*.csv'))",
    "base.db": "import sqlite3\nprint(sqlite3.connect('base.db').execute('select a from t').fetchall())",
    "data/facts.csv": "import subprocess\nprint(subprocess.run(['cat', 'data/facts.csv']).returncode)",
}  # fmt: skip


def test_what_a_run_asked_for_makes_it_run_again_and_nothing_else_does(project: Path) -> None:
    root = project / "report"
    shutil.copytree(project / "data", root / "data")
    for folder in ("lib", "tables", "listed"):
        (root / folder).mkdir()
    names = {*ASKED, "lib/__init__.py", "tables/unread.csv", "unread.csv"} - {"absent", "listed/new.csv"}
    for name in names - {"base.db"}:
        (root / name).write_text("A = 1\n", encoding="utf-8")
    with contextlib.closing(sqlite3.connect(root / "base.db")) as base, base:
        base.execute("create table t (a)")
    notebook = Notebook.load(write(root / "a.ipynb", *ASKED.values()), root)
    execute_all(root, [notebook])

    def taken_again() -> bool:
        return store.find(root, digest(notebook, root), len(ASKED))[0] is not None

    assert taken_again()
    for name in sorted({*names, *ASKED}):
        path = root / name
        before = path.read_bytes() if path.is_file() else None
        path.write_bytes((before or b"") + b"# more\n")
        read = name not in ("tables/unread.csv", "unread.csv")
        assert taken_again() is not read, name
        path.unlink() if before is None else path.write_bytes(before)
        assert taken_again(), name


def test_a_variable_that_the_notebook_reads_is_one_of_its_questions(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(project / "a.ipynb", "import os\nprint(os.environ.get('REGION'), os.getenv('TZ'))")
    monkeypatch.setenv("REGION", "north")
    execute(path, project)
    monkeypatch.setenv("REGION", "south")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    execute(path, project)
    assert outputs(path) == ["south UTC\n"]
    kept = list((project / ".tieout" / "executed").iterdir())
    assert len(kept) == 2
    asked = json.loads(kept[0].read_text("utf-8"))["asked"]
    assert [name for name in asked if name.startswith("env:")] == ["env:REGION"]
    monkeypatch.setenv("REGION", "north")
    said: list[str] = []
    execute_all(project, [Notebook.load(path, project)], progress=said.append)
    assert not said and outputs(path) == ["north UTC\n"], "the earlier answer is still known"


def test_a_file_that_changes_while_it_is_read_makes_the_run_no_record(project: Path) -> None:
    code = "text = open('data/facts.csv').read()\nopen('data/facts.csv', 'a').write('b,2\\n')\nprint(text)"
    path = write(project / "a.ipynb", code)
    execute(path, project)
    assert not list((project / ".tieout").glob("executed/*.json"))


def test_records_name_no_place_of_the_machine(project: Path) -> None:
    path = write(project / "a.ipynb", "import pandas\nprint(open('data/facts.csv').read())")
    execute(path, project)
    (kept,) = (project / ".tieout" / "executed").iterdir()
    asked = json.loads(kept.read_text("utf-8"))["asked"]
    assert "file:data/facts.csv" in asked
    assert not [name for name in asked if "/" in name.split(":")[1][:1] or "site-packages" in name]


def test_a_damaged_record_of_an_earlier_run_is_not_believed(project: Path) -> None:
    path = write(project / "a.ipynb", "print('right')")
    execute(path, project)
    (kept,) = (project / ".tieout" / "executed").iterdir()
    for damage in ("", "[]", '[{"execution_count": 2, "outputs": []}]', '{"a": 1}', "[1]"):
        kept.write_text(damage, encoding="utf-8")
        execute(path, project)
        assert outputs(path) == ["right\n"]


FAILURES = {
    "error": (
        ["x = 1", "def f():\n    return 1 / 0\n\nf()"],
        23,
        "cell 2 (part-1): ZeroDivisionError: division by zero",
    ),
    "syntax": (["x = 1\ny = = 2"], 11, "cell 1 (part-0): SyntaxError: invalid syntax"),
    "dead": (
        ["import os, sys\nprint('no more memory', file=sys.__stderr__)\nos._exit(9)"],
        10,
        "the kernel died",
    ),
    "exit": (["1", "raise SystemExit(3)"], 20, "SystemExit"),
    "slow": (["import time\ntime.sleep(3600)"], 10, "took longer than 1 seconds"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_cell_that_fails_is_named_with_its_line_and_leaves_the_notebook_alone(
    name: str, project: Path
) -> None:
    cells, line, what = FAILURES[name]
    path = write(project / "chapters" / "a.ipynb", *cells)
    before = path.read_bytes()
    with pytest.raises(InputError) as caught:
        execute(path, project, **({"timeout": 1} if name == "slow" else {}))
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("chapters/a.ipynb", line)
    assert what in str(problem)
    assert "\n" not in str(problem) and "Traceback" not in str(problem)
    assert problem.hint
    assert path.read_bytes() == before


def test_a_kernel_that_dies_once_is_started_again(project: Path, tmp_path: Path) -> None:
    once = f"import os\nif not os.path.exists(mark := {str(tmp_path / 'mark')!r}):\n"
    once += "    open(mark, 'w').close()\n    os._exit(1)\nprint('right')"
    path = write(project / "a.ipynb", once)
    assert execute(path, project)
    assert outputs(path) == ["right\n"]


def test_a_cell_that_fails_after_its_kernel_had_died_is_not_tried_again(
    project: Path, tmp_path: Path
) -> None:
    code = f"import os\nwith open(mark := {str(tmp_path / 'mark')!r}, 'a') as file:\n    file.write('x')\n"
    code += "if os.path.getsize(mark) == 1:\n    os._exit(1)\n1 / 0"
    path = write(project / "a.ipynb", code)
    with pytest.raises(InputError, match="ZeroDivisionError"):
        execute(path, project)
    assert (tmp_path / "mark").read_text(encoding="utf-8") == "xx"


def test_a_missing_kernel_is_named_with_its_line(project: Path) -> None:
    path = write(project / "a.ipynb", "1", kernel="ir")
    with pytest.raises(InputError, match="the kernel 'ir' is missing") as caught:
        execute(path, project)
    line = caught.value.problems[0].line
    assert line and path.read_text(encoding="utf-8").splitlines()[line - 1].strip() == '"name": "ir"'


def test_a_kernel_that_cannot_start_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(project / "a.ipynb", "1")
    (project / "broken").mkdir()
    for name in ("ipykernel", "ipykernel_launcher"):
        (project / "broken" / f"{name}.py").write_text("raise ImportError('no ipykernel here')\n")
    monkeypatch.setenv("PYTHONPATH", str(project / "broken"))
    with pytest.raises(InputError, match=r"could not be started.*no ipykernel here"):
        execute(path, project)


def test_all_notebooks_are_tried_and_every_failure_is_told(project: Path) -> None:
    paths = [
        write(project / f"{name}.ipynb", code) for name, code in (("a", "1/0"), ("b", "print(2)"), ("c", "x"))
    ]
    steps: list[str] = []
    with pytest.raises(InputError) as caught:
        execute_all(project, [Notebook.load(path, project) for path in paths], progress=steps.append)
    assert [problem.path for problem in caught.value.problems] == ["a.ipynb", "c.ipynb"]
    assert outputs(paths[1]) == ["2\n"]
    assert steps == [f"Executing {name}.ipynb" for name in "abc"]


def test_no_kernel_outlives_the_run(project: Path) -> None:
    path = write(project / "a.ipynb", "import os\nprint(os.getpid())")
    execute(path, project)
    pid = int(outputs(path)[0])
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_charts_come_back_with_the_outputs(project: Path) -> None:
    bundle = {
        "image/svg+xml": "<svg/>\n",
        "application/vnd.vegalite.v6+json": {"usermeta": {"label": "fig-a"}, "mark": "bar"},
        "text/plain": "chart fig-a",
    }
    path = write(project / "a.ipynb", f"from IPython.display import display\ndisplay({bundle!r}, raw=True)")
    execute(path, project)
    picture = project / "figures" / "fig-a.svg"
    assert picture.read_bytes() == b"<svg/>\n"
    picture.unlink()
    assert not execute(path, project)
    assert picture.read_bytes() == b"<svg/>\n"
    assert json.loads((project / "figures" / "fig-a.json").read_text())["mark"] == "bar"


def test_a_notebook_without_code_needs_no_kernel_to_be_canonical(project: Path) -> None:
    path = write(project / "a.ipynb", "#:# Only words")
    execute(path, project)
    assert json.loads(path.read_text())["metadata"]["language_info"] == {"name": "python"}


def test_importing_tieout_is_quick() -> None:
    code = "import sys, tieout; print(sorted({'pandas', 'altair', 'pint', 'IPython'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_cell_that_takes_too_much_memory_is_ended_and_named(project: Path) -> None:
    path = write(project / "a.ipynb", "#:# A", "1", "x = b'x' * 900_000_000\nimport time; time.sleep(60)")
    with pytest.raises(InputError, match="needed more than 400 MB of memory") as caught:
        execute_all(project, [Notebook.load(path, project)], memory=400_000_000)
    (problem,) = caught.value.problems
    assert (problem.path, problem.rule) == ("a.ipynb", "limit")
    assert problem.where.startswith("cell 3") and "memory" in problem.hint


def test_a_kernel_ends_with_who_started_it_though_it_never_listens(project: Path) -> None:
    """A loop in C holds the interpreter: a kernel cannot look for its parent there."""
    started = project / "pid"
    cell = f"import os\nopen({str(started)!r}, 'w').write(str(os.getpid()))\n(10**7) ** (10**7)"
    path = write(project / "a.ipynb", cell)
    script = "import sys; from pathlib import Path; from tieout.notebooks.execute import execute\n"
    script += "execute(Path(sys.argv[1]), Path(sys.argv[2]))"
    with subprocess.Popen([sys.executable, "-c", script, str(path), str(project)]) as process:
        assert until(lambda: started.exists() and started.read_text())
        kernel = psutil.Process(int(started.read_text()))
        process.kill()
    psutil.wait_procs([kernel], timeout=PATIENCE)
    assert not kernel.is_running() or kernel.status() == psutil.STATUS_ZOMBIE


SAVES = """\
import json, pathlib
path = pathlib.Path("a.ipynb")
book = json.loads(path.read_text())
book["cells"][{cell}]["source"] = {source!r}
path.write_text(json.dumps(book))
print(6 * 7)
"""


def test_what_an_author_saves_while_a_notebook_runs_is_kept(project: Path) -> None:
    path = write(project / "a.ipynb", "#:Words.", SAVES.format(cell=0, source="Better words."))
    assert execute(path, project), "the build has to read it again"
    book = Notebook.load(path)
    assert book.cells[0].source == "Better words."
    assert outputs(path) == ["42\n"]


def test_a_notebook_whose_code_is_edited_while_it_runs_is_left_as_it_is(project: Path) -> None:
    path = write(project / "a.ipynb", SAVES.format(cell=1, source="print(43)"), "print(42)")
    with pytest.raises(InputError, match="edited while it ran") as caught:
        execute(path, project)
    assert caught.value.problems[0].path == "a.ipynb"
    assert [cell.source for cell in Notebook.load(path).code][1] == "print(43)"
    assert not Notebook.load(path).code[1].outputs
    execute(path, project)
    assert outputs(path)[1] == "43\n"


def test_nothing_is_written_over_what_a_later_notebook_saves_in_an_earlier_one(project: Path) -> None:
    first = write(project / "a.ipynb", "#:Words.", "print(1)")
    execute(first, project)
    read = Notebook.load(first, project)
    book = json.loads(first.read_text("utf-8"))
    book["cells"][0]["source"] = "Better words."
    first.write_text(json.dumps(book), encoding="utf-8")
    assert execute_all(project, [read]) == [first], "its record is known, its file another"
    assert Notebook.load(first).cells[0].source == "Better words."


@pytest.mark.parametrize(
    ("has", "own", "told"),
    [(True, "", "Haswell"), (True, "Zen", "Zen"), (False, "", None), (False, "Zen", "Zen")],
)
def test_processors_of_one_kind_compute_alike_unless_something_else_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has: bool, own: str, told: str | None
) -> None:
    """What CI builds of the example is what is stored, on whatever processor with AVX2."""
    monkeypatch.setattr(kernel, "_has_avx2", lambda: has)
    monkeypatch.delenv("OPENBLAS_CORETYPE", raising=False)
    if own:
        monkeypatch.setenv("OPENBLAS_CORETYPE", own)
    assert kernel.environment(tmp_path, tmp_path / "a.ipynb").get("OPENBLAS_CORETYPE") == told
