"""The `tieout` command, also as `python -m tieout`: a build or check with nothing to do loads only this."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

OBJECTS = 10_000  # made between two looks for circles of them: most of what a command makes stays to its end


def main() -> None:
    """Say that nothing has changed since the last build or check, or run the command line."""
    try:
        status = _again()
        if status is not None:
            sys.exit(status)
        gc.set_threshold(OBJECTS)
        from tieout.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # all that is left goes with the process: nobody need look for circles in it


def _again() -> int | None:
    """Say what the last build or check said, where the same call would say the same; return how it exited."""
    from tieout.machine.built import COMMANDS, TEXT, unchanged

    call = sys.argv[1:]
    if not call or call[0] not in COMMANDS or (call[0] == "check" and os.environ.get(TEXT)):
        return None
    known = unchanged(Path.cwd().resolve(), call)
    if known is None:
        return None
    print(f"Nothing has changed since the last {call[0]}.", file=sys.stderr)
    for stream, text in known["lines"]:
        print(text, file=sys.stdout if stream == "out" else sys.stderr)
    return int(known["status"])


if __name__ == "__main__":
    main()
