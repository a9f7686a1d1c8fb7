"""What real books have: code that shows code, parts named like chapters, works as editors export them."""

from __future__ import annotations

import pytest

from tieout import publish
from tieout.workspace import Workspace

CONFIG = """\
project: {type: book}
book:
  title: T
  author: A
  chapters:
    - index.qmd
    - part: Essentials
      chapters: [coding.qmd]
    - part: Coding
      chapters: [more.qmd]
    - references.qmd
bibliography: works.bib
"""
CODING = """\
# Coding

This runs nowhere:

```{{python}}
x = range(5)
```

````markdown
---
title: A report of 2024
---

```{python}
#| echo: false
3 + 4
```

Text of 12 lines.
````

It is known [@van2021; @pandera].

## Section
"""
WORKS = """\
@article{van2021, author = {van de Schoot, Rens and King, Ruth}, title = {One}, journal = {J}, year = {2021}}
@inproceedings{pandera, author = { {N}iels {B}antilan }, title = { pandera }, booktitle = { {P}roceedings },
  year = { 2020 }, doi = { 10.25080/Majora-342d178e-010 }}
"""
TEXTS = {
    "_quarto.yml": CONFIG,
    "index.qmd": "# Home {.unnumbered}\n\nText.\n",
    "coding.qmd": CODING,
    "more.qmd": "Of 1970, before all.\n\n# AR(1) and more\n\n<a id='twice'></a>\n\n## Twice\n\nText.\n",
    "references.qmd": "# References {.unnumbered}\n\n::: {#refs}\n:::\n",
    "works.bib": WORKS,
}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> publish.Result:
    root = tmp_path_factory.mktemp("real")
    for name, text in TEXTS.items():
        (root / name).write_text(text, encoding="utf-8")
    return publish.build(Workspace.load(root), "pandoc")


def test_they_are_published_and_nothing_is_said(result: publish.Result) -> None:
    said = [str(each) for report in result.reports for each in report.problems]
    assert result.site is not None and not said, said


def test_readers_see_how_code_is_written_and_addresses_lead_somewhere(result: publish.Result) -> None:
    assert result.site is not None
    page = (result.site / "coding.html").read_text("utf-8")
    assert "{python}" in page and "{{python}}" not in page
    works = (result.site / "references.html").read_text("utf-8")
    assert 'href="https://doi.org/10.25080/Majora-342d178e-010"' in works
