"""Markdown cells of notebooks, as JupyterLab shows them."""

from __future__ import annotations

import pytest

from tieout.markdown.lab import in_lab


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("As in\n```\nx = f(y)```", "\n```"),
        ("```python", "\n```"),
        ("~~~~ r\nx\n~~~\n", "\n~~~~"),
        ("```\nx\n\n```\n\nand\n\n````\n```\n", "\n````"),
    ],
)
def test_code_that_a_cell_leaves_open_ends_with_it(text: str, added: str) -> None:
    assert in_lab(text) == text + added


@pytest.mark.parametrize(
    "text",
    [
        "```\nx\n```",
        "```\n\n```\n\n",
        "```x``` is said",
        "1. ```python\n   x\n   ```",
        "- As in\n  ```\n  x\n  ```\n",
        "> ```\n> x",
        "<!--\n```\n-->",
        "    ```\n    x",
        "```{note}\n```\n",
    ],
)
def test_code_that_ends_is_left_as_it_is(text: str) -> None:
    assert in_lab(text) == text
