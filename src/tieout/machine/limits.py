"""What each step outside this process may take: seconds and memory, as a project sets them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UNITS = {"MB": 10**6, "GB": 10**9}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(MB|GB)", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """What one step may take.

    Parameters
    ----------
    seconds
        Of work, for one call of pandoc or Typst: what others do on the machine does not count.
    cell_seconds
        For a kernel: one cell.
    memory
        Bytes that the step's processes hold together.
    """

    seconds: float = 120
    cell_seconds: float = 600
    memory: int = 4 * 10**9

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Limits:
        """Read `tieout: limits:`; what is not given stays as it is by default.

        Raises
        ------
        ValueError
            A key is unknown, or a value is no number of seconds or no size; its first argument is the key.
        """
        read = {"seconds": _seconds, "cell-seconds": _seconds, "memory": _size}
        values: dict[str, Any] = {}
        for key, value in given.items():
            if key not in read:
                raise ValueError(key, f"there is no limit `{key}`", f"limits are {', '.join(read)}")
            values[key.replace("-", "_")] = read[key](key, value)
        return cls(**values)

    def words(self) -> str:
        """Return the limits in words, for messages."""
        return f"{self.seconds:g} seconds and {size(self.memory)}"


def size(count: float) -> str:
    """Return a number of bytes as people say it.

    Examples
    --------
    >>> size(4_000_000_000), size(1_500_000)
    ('4 GB', '1.5 MB')
    """
    name = "GB" if count >= UNITS["GB"] else "MB"
    return f"{count / UNITS[name]:.3g} {name}"


def _seconds(key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 10**7:
        raise ValueError(key, f"`{key}` is no number of seconds", "write digits, as 120")
    return float(value)


def _size(key: str, value: Any) -> int:
    found = _SIZE.fullmatch(str(value).strip())
    if not found or not float(found[1]):
        raise ValueError(key, f"`{key}` is no size", "write it as 500 MB or 4 GB")
    return int(float(found[1]) * UNITS[found[2].upper()])
