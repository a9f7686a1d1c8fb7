"""Patterns that are compiled when they are first used: there are many, and most commands need few of them."""

from __future__ import annotations

import re
from typing import Any, cast

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groupindex")


class _Pattern:
    def __init__(self, pattern: str, flags: int | re.RegexFlag) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self.flags)
        for each in METHODS:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def lazily(pattern: str, flags: int | re.RegexFlag = 0) -> re.Pattern[str]:
    """Return a pattern of `re.compile`, compiled when it is first asked for more than its text."""
    return cast("re.Pattern[str]", _Pattern(pattern, flags))
