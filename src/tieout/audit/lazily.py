"""Things that are made when they are first asked for: pages that nobody has to read are not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

Thing = TypeVar("Thing")


class Lazily(Mapping[str, Thing]):
    """Things by the address of their page, each made when it is first asked for.

    Parameters
    ----------
    names
        The addresses.
    make
        Makes the thing of one.
    """

    def __init__(self, names: Iterable[str], make: Callable[[str], Thing]) -> None:
        self._names, self._make = dict.fromkeys(names), make
        self._made: dict[str, Thing] = {}

    def __getitem__(self, name: str) -> Thing:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names
