"""Chapters go through few processes of pandoc, and come out as if each had one of its own."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.support import projects
from tieout import publish
from tieout.machine import Limits
from tieout.machine.steps import Steps
from tieout.machine.store import NOTHING, Store
from tieout.render import pages, pandoc, pdf, reading, resolving
from tieout.render.pandoc import Call, filters
from tieout.render.together import Worker, together
from tieout.workspace import Workspace

CHAPTERS = {
    "index.md": "# Home {.unnumbered}\n\n[\\$2.5 billion](tie:market.2024) by e.g. Mr. A.[^a]\n\n[^a]: So.\n",
    "one.md": "# One {#sec-one}\n\nSee @sec-two: [162](tie:devices.count) devices [@agency2026].\n",
    "two.md": "# Two {#sec-two}\n\n\tcode = 1\n\n- a\n- b\n\n: C {#tbl-a}\n\n| a |\n|---|\n| b |\n",
    "three.md": "# Three\n\n::: {.callout-note}\n[It](one.md) and @tbl-a [@agency2026, p. 3].\n:::\n",
    "four.md": """\
# Four *so* “quoted”

Write to <a.b@example.org>, $x + y$ -- `code`{.python} ~~out~~ a~b~.

```python
print("x")  # highlighted
```

Term

:   Meaning.

$$ y = x $$ {#eq-y}

1. one
    1) inner

- [ ] open

| long line that would be wrapped by a writer that wraps lines at seventy-two columns as pandoc does
""",
}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The commands that pandoc is run by."""
    commands: list[Any] = []
    run = pandoc.run_program

    def counted(command: Any, **more: Any) -> Any:
        commands.append(command)
        return run(command, **more)

    monkeypatch.setattr(pandoc, "run_program", counted)
    return commands


def site(root: Path) -> Mapping[str, bytes]:
    publish.build(Workspace.load(root), "pandoc", execute=False)
    folder = root / "_site"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_site_is_the_same_from_few_processes_as_from_one_for_each_chapter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[Any]
) -> None:
    few = site(projects.create(tmp_path / "few", CHAPTERS))
    first = len(started)
    for module in (reading, resolving, pages, pdf):
        monkeypatch.setattr(module, "together", lambda *_: {})
    many = site(projects.create(tmp_path / "many", CHAPTERS))
    assert few == many and few
    assert first <= (len(started) - first) - 14


def test_each_run_gives_what_it_gives_alone(tmp_path: Path, started: list[Any]) -> None:
    state = tmp_path / "state.json"
    state.write_text('{"format": "html", "names": {}, "floats": {}, "metadata": {}}', "utf-8")
    options = ("-f", "markdown", "-t", "json", "-M", f"tieout-state={state}")
    texts = ["# A\n\nMr. B, e.g. here: “x”... `c`{.r}\n", "# C\n\n[@a; @b] $x$ -- [y](z.md)\n", "# D {.d}\n"]
    calls = [Call((*options, *filters("outputs")), text, "a.md") for text in texts]
    with ThreadPoolExecutor(2) as pool:
        made = together(calls, tmp_path, Limits(), Steps(NOTHING), pool)
    assert 0 < len(started) < len(calls)
    for call in calls:
        assert call.key
        assert made[call.key].out.strip() == pandoc.answer(call)[0].strip()


def test_what_warns_fails_or_was_made_before_is_left_to_itself(tmp_path: Path) -> None:
    works = tmp_path / "works.json"
    works.write_text("[]", "utf-8")
    lua = pandoc.FILTERS / "no-such-filter.lua"
    options = ("-f", "markdown", "-t", "json")
    fine = [Call(options, f"Text {number}.", "a.md") for number in range(3)]
    warns = Call((*options, "--citeproc", "--bibliography", str(works)), "[@nobody]", "a.md")
    fails = Call((*options, "-L", str(lua)), "Text.", "a.md")
    tabbed = Call(options, "a\tb", "a.md")
    steps = Steps(Store(tmp_path / "store"))
    pandoc.answer(fine[0], steps=steps)
    with ThreadPoolExecutor(2) as pool:
        made = together([*fine, warns, fails, tabbed], tmp_path, Limits(), steps, pool)
    assert set(made) == {call.key for call in fine[1:]}


def test_the_process_that_stays_gives_what_each_run_gives_alone_and_is_replaced_when_it_ends(
    tmp_path: Path, started: list[Any]
) -> None:
    def pandocs() -> list[psutil.Process]:
        return [each for each in psutil.Process().children() if "together.lua" in " ".join(each.cmdline())]

    state = tmp_path / "state.json"
    state.write_text('{"format": "html", "names": {}, "floats": {}, "metadata": {}}', "utf-8")
    options = ("-f", "markdown", "-t", "json", "-M", f"tieout-state={state}")
    worker, before = Worker(tmp_path), pandocs()
    with ThreadPoolExecutor(2) as pool, closing(worker):
        used = list[psutil.Process]()
        for number, names in enumerate((("outputs",), ("outputs", "normalise"), ("numbers",), ("outputs",))):
            call = Call((*options, *filters(*names)), f"# A {number}\n\n![a](b.png) “x” [@a]\n", "a.md")
            made = together([call], tmp_path, Limits(), Steps(NOTHING), pool, worker)
            assert call.key and not started
            assert made[call.key].out.strip() == pandoc.answer(call)[0].strip()
            started.clear()
            used += [each for each in pandocs() if each not in (*before, *used)]
            if number == 1:
                assert len(used) == 1
                used[0].kill()
                used[0].wait()
                unmade = Call(options, "Nobody answers.", "a.md")
                assert not together([unmade], tmp_path, Limits(), Steps(NOTHING), pool, worker)
        assert len(used) == 2
    assert not [each for each in used if each.is_running()]
