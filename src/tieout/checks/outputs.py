"""The outputs check: what is stored is complete, and running again changes nothing of it.

Running again is nbval's part. It passes over pictures in PNG and over the pairing of outputs, so what it ran
is compared here once more, byte for byte.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from tieout.checks import stored
from tieout.checks.replayed import DEAD, RESULTS
from tieout.machine import Limits, TooMuch, run, scratch
from tieout.machine.workers import workers as machine_workers
from tieout.notebooks import RUN_AGAIN, Cell, Notebook, joined, unchecked
from tieout.notebooks.kernel import DEATHS, PATIENCE, environment
from tieout.notebooks.outputs import settled
from tieout.problems import MOST, Count, Problem, Report
from tieout.workspace import Workspace

FIGURES = "TIEOUT_FIGURES"
ADDOPTS = ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_CURRENT_TEST")
AROUND = 36


def check(
    workspace: Workspace,
    execute: bool,
    *,
    timeout: float | None = None,
    workers: int | None = None,
) -> Report:
    """Check the stored outputs of notebooks.

    Parameters
    ----------
    execute
        Whether to run them again (nbval, strict) and compare; nothing in the project is written.
    timeout
        Seconds that one cell may take; as the project says where it is not given.
    workers
        How many notebooks run at a time.

    Returns
    -------
    Report
        Counts of code cells past the gate, of figures that equal their files, and of cells that gave the
        same again.
    """
    root, limits = workspace.root, workspace.project.limits
    found = stored.look(workspace)
    counts = [*found.counts]
    notes = []
    moved: list[Problem] = []
    run_here = {notebook.path for notebook in workspace.running}
    whole = [notebook for notebook in found.whole if notebook.path in run_here]
    if execute:
        with ThreadPoolExecutor(workers or machine_workers()) as pool:
            replays = list(
                pool.map(
                    lambda notebook: _replay(root, notebook, timeout or limits.cell_seconds, limits.memory),
                    whole,
                )
            )
        others = {each.shown(root) for each in found.loaded if each.path not in run_here}
        if others:
            notes.append(f"notebooks shown as they are stored, as Quarto shows them: {len(others)}")
        stopped = [name for name in found.stopped if name not in others]
        notes += _not_again(stopped)
        moved = [problem for problems, _, _ in replays for problem in problems]
        notes += [note for _, _, said in replays for note in said]
        ran = sum(count for _, count, _ in replays)
        out = sum(unchecked(cell) is not None for notebook in whole for cell in notebook.code)
        cells = sum(len(notebook.code) for notebook in found.loaded if notebook.path in run_here)
        counts.append(Count("cells gave the same again", ran, cells - out))
        if out:
            notes.append(f"{out} cell{'s are' if out > 1 else ' is'} taken out of the comparison")
    else:
        notes.append("notebooks were not run again: stored outputs were only looked at")
    own, never = stored.of_what_runs(workspace, found)
    bare = {each.shown(root) for each in found.loaded if all(cell.count is None for cell in each.code)}
    return Report(stored.CHECK, counts, [*_together(own, bare), *never, *moved], notes)


def _not_again(names: Sequence[str]) -> Iterator[str]:
    """Give the notebooks that were not run again, many in one line."""
    if len(names) > MOST:
        shown = ", ".join(names[:MOST])
        yield f"{len(names)} notebooks were not run again, since they did not pass the gate: {shown}, …"
    else:
        yield from (f"{name} was not run again: it did not pass the gate" for name in names)


def _together(problems: Sequence[Problem], bare: Collection[str]) -> Iterator[Problem]:
    """Say once of a notebook without any output, as nbstripout leaves it, that none of its cells was run."""
    cells = Counter(each.path for each in problems if each.rule == "not-executed")
    told: set[str | None] = set()
    for each in problems:
        if each.rule != "not-executed" or each.path not in bare or cells[each.path] == 1:
            yield each
        elif each.path not in told:
            told.add(each.path)
            yield replace(each, what=f"none of its {cells[each.path]} code cells was executed", where="")


def _replay(
    root: Path, notebook: Notebook, timeout: float, memory: int
) -> tuple[list[Problem], int, list[str]]:
    """Run a notebook again under nbval; return what moved, how many cells gave the same, and what to note.

    Where its kernel dies it is run once more, as in a build.
    """
    for deaths in range(DEATHS):
        problems, same, died = _replay_once(root, notebook, timeout, memory)
        if not died:
            name = notebook.shown(root)
            return problems, same, [f"{name} was run twice: its kernel died the first time"] * deaths
    return problems, same, []


def _replay_once(
    root: Path, notebook: Notebook, timeout: float, memory: int
) -> tuple[list[Problem], int, bool]:
    """Run a notebook again; return what moved, how many cells gave the same, and whether its kernel died."""
    name = notebook.shown(root)
    code = [cell for cell in notebook.cells if cell.kind == "code"]
    with scratch() as folder:
        results = folder / "results.jsonl"
        config = folder / "pytest.ini"
        config.write_text("[pytest]\n", encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-c", str(config), f"--rootdir={root}", "--noconftest"]
        command += ["-p", "nbval.plugin", "-p", "tieout.checks.replay", "-p", "no:cacheprovider"]
        command += ["--nbval", "--nbval-current-env", f"--nbval-cell-timeout={timeout}"]
        command += [f"--nbval-kernel-startup-timeout={PATIENCE}"]
        command += ["-q", "--color=no", "--tb=short", str(notebook.path)]
        own = {
            name: value for name, value in environment(folder, notebook.path).items() if name not in ADDOPTS
        }
        own |= {
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
            RESULTS: str(results),
            FIGURES: str(folder / "figures"),
        }
        whole = Limits(timeout * (len(code) + 1), memory=memory)  # a cell's own limit is nbval's to hold
        try:
            done = run(command, cwd=root, environment=own, limits=whole)
        except TooMuch as error:
            hint = "use less at a time, or raise `tieout: limits:` in _quarto.yml"
            return [Problem(f"running it again {error}", hint, path=name, line=1, rule="limit")], 0, False
        lines = results.read_text("utf-8").splitlines() if results.is_file() else []
    same = 0
    problems = []
    seen = set()
    for line in lines:
        result = json.loads(line)
        cell = code[result["cell"]]
        seen.add(cell.index)
        if unchecked(cell) and result["said"] != DEAD:
            continue
        problem = _compare(notebook, root, cell, result)
        if problem is not None:
            problems.append(problem)
        elif cell.source.strip():
            same += 1
    unseen = [cell for cell in code if cell.index not in seen and not unchecked(cell)]
    died = bool(lines) and json.loads(lines[-1])["said"] == DEAD
    if not died and (unseen or done.status not in (0, 1, 5)):
        said = [line for line in (done.out + done.err).decode(errors="replace").splitlines() if line.strip()]
        reason = said[-1].strip("= ") if said else f"exit status {done.status}"
        what = f"could not be run again: {reason}"
        problems.append(Problem(what, RUN_AGAIN, path=name, line=1, rule="replay"))
    return problems, same, died


def _compare(notebook: Notebook, root: Path, cell: Cell, result: Mapping[str, Any]) -> Problem | None:
    """Return the problem of a cell that did not give the same again."""
    path = notebook.shown(root)
    if result["said"] == DEAD:
        hint = "look for what ends or exhausts the process in this cell"
        line = notebook.line(cell.index)
        return Problem(
            "the kernel died while running this cell", hint, path, line, rule="replay", where=cell.name
        )
    errors = [output for output in result["computed"] if output["output_type"] == "error"]
    if errors:
        what = (
            f"fails when it runs again: {errors[-1]['ename']}: {' '.join(errors[-1]['evalue'].split())[:200]}"
        )
        hint = "correct the cell, then run the notebook again"
        return Problem(what, hint, path=path, line=notebook.line(cell.index), rule="replay", where=cell.name)
    moved = next(_differences(result["stored"], result["computed"]), None)
    same = all(
        _data(before) == _data(after)
        for before, after in zip(result["stored"], result["computed"], strict=False)
    )
    if moved is None and same and result["outcome"] != "passed":
        said = " ".join(result["said"].split()[:40]) or f"was {result['outcome']}"
        moved = ((), 1, said)
    if moved is None:
        return None
    keys, line, what = moved
    keys, line = _unjoined(cell, result["stored"], keys, line)
    at = notebook.output_line(cell.index, keys, line) if keys else notebook.line(cell.index)
    hint = f"if the code or the data changed on purpose, {RUN_AGAIN}; otherwise restore the stored output"
    return Problem(what, hint, path=path, line=at, rule="moved", where=cell.name)


def _differences(
    stored: Sequence[Mapping[str, Any]], computed: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[tuple[str | int, ...], int, str]]:
    """Give (place among the outputs, line in it, what moved) for each stored output that came out unlike."""
    for place, (before, after) in enumerate(zip(stored, computed, strict=False)):
        one, other = _data(before), _data(after)
        inside = () if before["output_type"] == "stream" else ("data",)
        for mime in {**one, **other}:
            if mime not in other:
                yield (place, *inside, mime), 1, f"{mime} is stored and no longer comes out"
            elif mime not in one:
                yield (place,), 1, f"{mime} comes out and is not stored"
            elif one[mime] != other[mime] and settled(one[mime]) != settled(other[mime]):
                keys, line, words = _moved(one[mime], other[mime])
                own = (*inside, mime) if inside else ("text",)
                yield (place, *own, *keys), line, f"{'.'.join(map(str, (mime, *keys)))}: {words}"
    if len(stored) != len(computed):
        yield (), 1, f"{len(stored)} outputs are stored, {len(computed)} came out"


def _unjoined(
    cell: Cell, stored: Sequence[Mapping[str, Any]], keys: tuple[str | int, ...], line: int
) -> tuple[tuple[str | int, ...], int]:
    """Return a place in joined outputs as one in those of the cell: nbval joins all that one stream gave."""
    if not keys:
        return keys, line
    seen: set[str] = set()
    kept = []  # the places of outputs, of each stream the first
    for place, output in enumerate(cell.outputs):
        if output["output_type"] != "stream" or output["name"] not in seen:
            kept.append(place)
        seen |= {output["name"]} if output["output_type"] == "stream" else set()
    first, output = kept[int(keys[0])], stored[int(keys[0])]
    if output["output_type"] != "stream":
        return (first, *keys[1:]), line
    parts = [
        (place, joined(each["text"]).count("\n"))
        for place, each in enumerate(cell.outputs)
        if each["output_type"] == "stream" and each["name"] == output["name"]
    ]
    for place, lines in parts[:-1]:
        if line <= lines:
            return (place, *keys[1:]), line
        line -= lines
    return (parts[-1][0], *keys[1:]), line


def _data(output: Mapping[str, Any]) -> dict[str, Any]:
    if output["output_type"] == "stream":
        return {str(output.get("name", "stdout")): joined(output.get("text", ""))}
    return {mime: joined(value) for mime, value in output.get("data", {}).items()}


def _moved(before: Any, after: Any) -> tuple[tuple[str | int, ...], int, str]:
    """Return the keys and the line of the first difference, and the two forms beside each other."""
    pairs: list[tuple[str | int, Any, Any]] = []
    if isinstance(before, dict) and isinstance(after, dict):
        pairs = [(key, before.get(key), after.get(key)) for key in {**before, **after}]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = [(index, *pair) for index, pair in enumerate(zip(before, after, strict=True))]
    for key, one, other in pairs:
        if one != other:
            keys, line, words = _moved(one, other)
            return (key, *keys), line, words
    if not isinstance(before, str) or not isinstance(after, str):
        before, after = (json.dumps(value, ensure_ascii=False) for value in (before, after))
    alike = (place for place, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1])
    start = next(alike, min(len(before), len(after)))
    begin = max(before.rfind("\n", 0, start) + 1, start - AROUND)

    def cut(text: str) -> str:
        end = text.find("\n", start)
        stop = min(len(text) if end < 0 else end, start + AROUND)
        head = "…" if begin and text[begin - 1] != "\n" else ""
        return head + text[begin:stop] + ("…" if stop < len(text) else "")

    return (), before.count("\n", 0, start) + 1, f"stored {cut(before)!r}, now {cut(after)!r}"
