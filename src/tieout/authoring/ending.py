"""What a cell shows that ends with a fact, a quantity or a name: words for its author alone.

Numbers know nothing of notebooks; IPython is told here how to display them.
"""

from __future__ import annotations

import sys
from typing import Any

from tieout.authoring.recording import said
from tieout.data import Fact
from tieout.notebooks import PLAIN, SPOKEN
from tieout.numbers import Quantity


class Name(str):
    """A name or a date that is recorded: its text, which knows its entry."""

    id: str

    @classmethod
    def of(cls, id: str, text: str) -> Name:
        """Return a text as the name of an entry."""
        name = cls(text)
        name.id = id
        return name


def ending(x: Fact | Quantity | Name) -> dict[str, Any]:
    """Return the output of a cell that ends with a fact, a quantity or a name, by MIME type."""
    if isinstance(x, Name):
        return {SPOKEN: {"id": x.id}, PLAIN: f"tie:{x.id} = “{x}”"}
    quantity = x if isinstance(x, Quantity) else x.quantity
    text = said(quantity) if quantity is not None else f"tie:{x.id} = {getattr(x, 'value', '')}"
    return {SPOKEN: {"id": x.id}, PLAIN: text}


def register() -> None:
    """Make the running IPython display facts, quantities and names so; outside of one nothing happens."""
    if "IPython" not in sys.modules:
        return
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is not None and shell.display_formatter is not None:
        for shown in (Fact, Quantity, Name):
            shell.display_formatter.mimebundle_formatter.for_type(shown, ending)
