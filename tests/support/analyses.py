"""Ordinary notebooks with the outputs that pandas gives, made in this process, as Jupyter stores them."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from pathlib import Path
from typing import Any

from tests.support import notebooks
from tieout.adopt.adopt import adopt
from tieout.notebooks import Notebook
from tieout.notebooks.held import say
from tieout.suggest.holding import given_by

TABLE = """\
species,island,mass,flipper,sex
Adelie,Torgersen,3750,181,male
Adelie,Biscoe,3800,186,female
Adelie,Torgersen,3250,195,female
Gentoo,Biscoe,5210,217,male
Gentoo,Biscoe,4800,210,female
Chinstrap,Dream,3500,192,female
Chinstrap,Dream,3910,196,
"""
READ = 'import pandas as pd\n\npenguins = pd.read_csv("penguins.csv")'


def project(folder: Path, *cells: str) -> Path:
    """Write an adopted project of one notebook, run: a cell that starts with ``#:`` is Markdown."""
    folder.mkdir()
    (folder / "penguins.csv").write_text(TABLE, encoding="utf-8")
    (folder / "penguins.ipynb").write_text(run(folder, *cells), encoding="utf-8")
    adopt(folder).write()
    return folder


def run(folder: Path, *cells: str) -> str:
    """Return a notebook with what its code shows and prints."""
    book = json.loads(notebooks.text(*cells))
    names: dict[str, Any] = {}
    count = 0
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            count += 1
            cell["execution_count"] = count
            cell["outputs"] = _outputs("".join(cell["source"]), names, folder, count)
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


def held(folder: Path) -> dict[str, dict[int, Any]]:
    """Return what the variables of a project's notebook hold after each cell, as its kernel would say it."""
    name = "penguins.ipynb"
    names: dict[str, Any] = {}
    found = {}
    for cell in Notebook.load(folder / name, folder).code:
        body, said = ast.parse(cell.source).body, io.StringIO()
        with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
            exec(cell.source, names)
        with contextlib.redirect_stdout(said):
            say(names, sorted({each for statement in body for each in given_by(statement)}))
        found[cell.index] = json.loads(said.getvalue())
    return {name: found}


def _outputs(source: str, names: dict[str, Any], folder: Path, count: int) -> list[dict[str, Any]]:
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        text = printed.getvalue().splitlines(keepends=True)
        outputs.append({"output_type": "stream", "name": "stdout", "text": text})
    if value is not None:
        data = {"text/plain": repr(value).splitlines(keepends=True)}
        if hasattr(value, "_repr_html_"):
            data["text/html"] = value._repr_html_().splitlines(keepends=True)
        outputs.append(
            {"output_type": "execute_result", "execution_count": count, "metadata": {}, "data": data}
        )
    return outputs
