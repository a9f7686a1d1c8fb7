"""The `tieout` command, also as `python -m tieout`: a build or check with nothing to do loads only this."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """Say that nothing has changed since the last build or check, or run the command line."""
    try:
        if _is_done():
            return
        from tieout.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


def _is_done() -> bool:
    """Say again what the last build or check said, where the same call would say the same."""
    from tieout.machine.built import COMMANDS, TEXT, unchanged

    call = sys.argv[1:]
    if not call or call[0] not in COMMANDS or (call[0] == "check" and os.environ.get(TEXT)):
        return False
    said = unchanged(Path.cwd().resolve(), call)
    if said is None:
        return False
    print(f"Nothing has changed since the last {call[0]}.", file=sys.stderr)
    for stream, text in said:
        print(text, file=sys.stdout if stream == "out" else sys.stderr)
    return True


if __name__ == "__main__":
    main()
