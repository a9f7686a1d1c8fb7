"""The small report, built once for the tests that only look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import small_report


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small report; look, do not touch."""
    return small_report.build(tmp_path_factory.mktemp("small"))
