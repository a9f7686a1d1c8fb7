"""Examples in docstrings come out as they say, room by room; four rooms have this test among their own."""

from __future__ import annotations

import pkgutil

import pytest

import tieout
from tests.support import examples

OWN = ("audit", "numbers", "numerals", "project")
ROOMS = [each.name for each in pkgutil.iter_modules(tieout.__path__) if each.ispkg and each.name not in OWN]


@pytest.mark.parametrize("room", ROOMS)
def test_examples_in_docstrings_are_true(room: str) -> None:
    assert list(examples.failing(f"tieout.{room}")) == []
