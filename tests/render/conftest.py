"""The small report, built once for the tests that only look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import small_report
from tests.support.shared import once


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small report, built once for all workers; look, do not touch."""
    return once(tmp_path_factory, "small-report", small_report.build) / "_site"
