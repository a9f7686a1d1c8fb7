"""The examples in the docstrings of a room, each run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Iterator


def failing(package: str) -> Iterator[str]:
    """Give the docstrings of a package's modules whose examples do not come out as they say."""
    parent = importlib.import_module(package)
    names = [found.name for found in pkgutil.walk_packages(parent.__path__, f"{package}.")]
    for name in (package, *names):
        module = importlib.import_module(name)
        for test in doctest.DocTestFinder(exclude_empty=True).find(module):
            if doctest.DocTestRunner(verbose=False).run(test, out=lambda _said: None).failed:
                yield test.name
