"""What surrounds the tests and may not matter: colours, widths, settings of whoever runs them."""

from __future__ import annotations

import os
import sys

# What tests are told on purpose; everything else of this prefix is a setting of the person's own.
TOLD = {
    "TIEOUT_DEEP",
    "TIEOUT_STRACE_REQUIRED",
    "TIEOUT_CORRUPTION",
    "TIEOUT_BROWSER_REQUIRED",
    "TIEOUT_SOURCE",
}
LEFT_OUT = {
    "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "FORCE_COLOR", "GITHUB_ACTIONS", "NO_COLOR", "PY_COLORS",
    "TERMINAL_WIDTH", "TTY_COMPATIBLE", "TTY_INTERACTIVE",
    "PYTEST_ADDOPTS", "PYTHONDONTWRITEBYTECODE", "PYTHONIOENCODING", "PYTHONWARNINGS", "QUARTO_PATH",
    "SOURCE_DATE_EPOCH",
}  # fmt: skip
PINNED = {"COLUMNS": "80", "LINES": "24", "TERM": "dumb"}


def clear() -> None:
    """Take out of the environment what colours, widens or dates what commands say.

    And what has each of the many that are started compile all modules anew.
    """
    sys.dont_write_bytecode = False
    for name in list(os.environ):
        if name in LEFT_OUT or (name.startswith("TIEOUT_") and name not in TOLD):
            del os.environ[name]
