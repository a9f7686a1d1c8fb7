"""How deep property tests go: few examples, always the same ones, or in `make test-deep` many at random."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.internal.conjecture import providers

DEEP = os.environ.get("TIEOUT_DEEP") == "1"
FACTOR = 10 if DEEP else 1
USUAL = 1000 if DEEP else 40
NO_CONSTANTS = type(providers.GLOBAL_CONSTANTS)()


def settle() -> None:
    """Let every property test run as deep as was asked for, and depend on nothing but itself."""
    # How long an example takes depends on what else the machine does, and a failure of an earlier run is no
    # part of this one.
    hypothesis.settings.register_profile(
        "tieout",
        deadline=None,
        database=None,
        derandomize=not DEEP,
        max_examples=USUAL,
        print_blob=DEEP,
    )
    hypothesis.settings.load_profile("tieout")
    set_hypothesis_home_dir(Path(__file__).parents[2] / ".tieout" / "hypothesis")
    if not DEEP:
        # Constants of the modules that happen to be loaded are drawn too: examples would depend on the order
        # of tests.
        providers._get_local_constants = lambda: NO_CONSTANTS


def examples(number: int, deep: int | None = None) -> Callable[[Any], Any]:
    """Try a property on so many examples; in a deep run on ten times as many, or on what is said."""
    return hypothesis.settings(max_examples=(deep or number * FACTOR) if DEEP else number)


def chance(seed: int) -> random.Random:
    """Return what draws the same on every run, and something else each time in a deep one."""
    return random.Random(None if DEEP else seed)
