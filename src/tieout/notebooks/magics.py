"""The code of cells without what IPython adds to Python: magics, commands of the shell, questions."""

from __future__ import annotations

import re

_MAGIC = re.compile(r"\s*[%!?]|\s*[\w.]+\?{1,2}\s*$")


def without_magics(source: str) -> str:
    """Return the code of a cell with empty lines where it is no Python.

    Examples
    --------
    >>> without_magics("%%time\\nn = 1\\n%matplotlib inline\\nn?")
    '\\nn = 1\\n\\n'
    """
    return "\n".join("" if _MAGIC.match(line) else line for line in source.split("\n"))
