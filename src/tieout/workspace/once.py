"""A value that is computed when it is first asked for, by whichever thread, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Generic, TypeVar

from tieout.problems import InputError

Value = TypeVar("Value")


class Once(Generic[Value]):
    """Computes a value once; an error of the input is kept as well, and raised to everybody who asks."""

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._lock = RLock()
        self._value: Value
        self._error: InputError | None = None
        self._done = False

    def __call__(self) -> Value:
        """Return the value.

        Raises
        ------
        InputError
            What computing it raised.
        """
        with self._lock:
            if not self._done:
                try:
                    self._value = self._make()
                except InputError as error:
                    self._error = error
                self._done = True
        if self._error is not None:
            raise self._error
        return self._value
