"""Outputs are stored and checked by kernels that see the same: none has a terminal, a test, or a screen."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.notebooks import workspace, write
from tieout.checks.outputs import check
from tieout.notebooks import forking
from tieout.notebooks.execute import execute

SURROUNDINGS = """
import decimal, gc, importlib.util, json, locale, os, shutil, sys, warnings
import altair
import numpy as np
import pandas as pd
import tieout
from pandas._config import config

OWN = ("IPYTHONDIR", "JPY_PARENT_PID", "JUPYTER_RUNTIME_DIR", "TIEOUT_FOLDER", "TIEOUT_FIGURES")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # some options are deprecated
    seen = {f"pandas {name}": pd.get_option(name) for name in sorted(config._registered_options)}
seen |= {f"numpy {name}": value for name, value in np.get_printoptions().items()}
seen |= {f"variable {name}": value for name, value in os.environ.items() if name not in OWN}
seen["size"] = shutil.get_terminal_size()
streams = (sys.stdin, sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__)
seen["terminals"] = [stream.isatty() for stream in streams]
seen["encodings"] = [sys.stdout.encoding, sys.getfilesystemencoding(), locale.setlocale(locale.LC_ALL)]
usual = [each for each in warnings.filters if each[2].__module__ == "builtins"]
seen["warnings"] = [each for each in usual if each[1] is None]
seen["python"] = [sys.argv[0], sys.path, sys.flags, sys.getrecursionlimit(), gc.isenabled()]
seen["display"] = type(sys.displayhook)
seen["decimal"] = decimal.getcontext()
seen["charts"] = [altair.renderers.active, altair.data_transformers.active]
seen["shell"] = [type(get_ipython()), get_ipython().display_formatter.active_types]
if importlib.util.find_spec("matplotlib"):
    import matplotlib
    seen["matplotlib"] = [matplotlib.get_backend(), dict(matplotlib.rcParams)]
for name, value in seen.items():
    print(name, repr(value), sep=": ")
"""
PANDAS = "import pandas as pd\npd.DataFrame({f'a long name {n}': [n] for n in range(12)})"
RECORDED = "import tieout as t\nprint('before')\nt.record('a', 1, label='A')\nprint('after 3.5')"
ODD = {
    "a wide frame": PANDAS,
    "a wide frame, printed": PANDAS.replace("\npd.DataFrame", "\nprint(pd.DataFrame") + ")",
    "a display amid what is printed": RECORDED,
    "both streams about a display": RECORDED + "\nimport sys\nprint('x', file=sys.stderr)\nprint('y')",
    "a shell": "!echo 3.5",
    "slow printing": "import time\nfor n in range(3):\n    print(n)\n    time.sleep(0.5)",
    "a bar that is written over": "for n in range(3):\n    print(f'\\r{n} of 3', end='')",
    "outputs that are cleared": (
        "from IPython.display import clear_output, display\nfor n in range(3):\n"
        "    clear_output(wait=True)\n    display({'text/plain': str(n)}, raw=True)\n    print(n)"
    ),
    "outputs that are cleared at once": (
        "print(1)\nclear_output()\nprint(2)\ndisplay(3)\nclear_output()\ndisplay(4)"
    ),
    "a display that is renewed": (
        "shown = display({'text/plain': 'a'}, raw=True, display_id=True)\nprint(1)\n"
        "shown.update({'text/plain': 'b'}, raw=True)\ndisplay({'text/plain': 'c'}, raw=True)"
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "_quarto.yml").write_text("project: {type: book}\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("way", ["forked", "started as Jupyter starts it"])
def test_kernels_see_the_same_when_they_store_and_when_they_check(
    way: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"COLUMNS": "41", "LINES": "7", "FORCE_COLOR": "1", "MPLBACKEND": "svg"}.items():
        monkeypatch.setenv(name, value)
    if way != "forked":
        monkeypatch.setattr(forking, "CAN_FORK", False)
    path = write(root / "a.ipynb", SURROUNDINGS)
    execute(path, root)
    text = "".join(json.loads(path.read_text("utf-8"))["cells"][0]["outputs"][0]["text"])
    assert "display.max_columns: 20\n" in text and "size: os.terminal_size(columns=80, lines=24)\n" in text
    assert "variable PYTEST" not in text  # with it ipykernel would not show what other programs print
    assert check(workspace(root, [path]), execute=True).problems == []


def test_what_jupyter_merges_clears_and_renews_comes_out_the_same(root: Path) -> None:
    path = write(root / "a.ipynb", *ODD.values())
    execute(path, root)
    cells = json.loads(path.read_text("utf-8"))["cells"]
    kinds = dict(zip(ODD, ([each["output_type"] for each in cell["outputs"]] for cell in cells), strict=True))
    assert kinds["a display amid what is printed"] == ["stream", "display_data", "stream"]
    assert kinds["slow printing"] == ["stream"]
    report = check(workspace(root, [path]), execute=True)
    assert report.problems == []
    assert report.counts[-1].passed == len(ODD)


def test_a_changed_digit_is_found_in_each_part_of_a_stream(root: Path) -> None:
    path = write(root / "a.ipynb", RECORDED)
    execute(path, root)
    path.write_text(path.read_text("utf-8").replace("after 3.5\\n", "after 3.6\\n"), "utf-8")
    (problem,) = check(workspace(root, [path]), execute=True).problems
    assert "stored 'after 3.6…', now 'after 3.5…'" in problem.what
    assert "after 3.6" in path.read_text("utf-8").splitlines()[(problem.line or 0) - 1]


@pytest.mark.parametrize(
    ("fails", "words", "said"),
    [
        (2, "Kernel died before replying", "started after 3"),
        (3, "Kernel died", "Kernel died"),
        (1, "No answer", "No answer"),
    ],
)
def test_a_kernel_that_dies_as_it_starts_is_started_again(fails: int, words: str, said: str) -> None:
    """As where another process has taken its ports; one that cannot start or does not answer is told."""
    code = f"""
from tieout.checks import replay
calls = []
def start(*_args, **_kwargs):
    calls.append(1)
    if len(calls) <= {fails}:
        raise RuntimeError({words!r})
    return f"started after {{len(calls)}}"
replay._start = start
try:
    print(replay._start_new_kernel())
except RuntimeError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said in done.stdout
