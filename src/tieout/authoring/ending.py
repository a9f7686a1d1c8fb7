"""What a cell shows that ends with a fact or a quantity: words for its author, and nothing on the page.

Numbers know nothing of notebooks; IPython is told here how to display them.
"""

from __future__ import annotations

import sys
from typing import Any

from tieout.authoring.recording import said
from tieout.data import Fact
from tieout.notebooks import PLAIN, SPOKEN
from tieout.numbers import Quantity


def ending(x: Fact | Quantity) -> dict[str, Any]:
    """Return the output of a cell that ends with a fact or a quantity, by MIME type."""
    quantity = x if isinstance(x, Quantity) else x.quantity
    text = said(quantity) if quantity is not None else f"tie:{x.id} = {getattr(x, 'value', '')}"
    return {SPOKEN: {"id": x.id}, PLAIN: text}


def register() -> None:
    """Make the running IPython display facts and quantities so; outside of one nothing happens."""
    if "IPython" not in sys.modules:
        return
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is not None and shell.display_formatter is not None:
        for shown in (Fact, Quantity):
            shell.display_formatter.mimebundle_formatter.for_type(shown, ending)
