"""The `tieout` command, also as `python -m tieout`: a build with nothing to do loads no more than this."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Say that nothing has changed since the last build, or run the command line."""
    try:
        if sys.argv[1:2] == ["build"] and _is_built():
            return
        from tieout.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


def _is_built() -> bool:
    """Say again what the last build said, where the same call would make the same site."""
    from tieout.machine.built import unchanged

    said = unchanged(Path.cwd().resolve(), sys.argv[1:])
    if said is None:
        return False
    print("Nothing has changed since the last build.", file=sys.stderr)
    for stream, text in said:
        print(text, file=sys.stdout if stream == "out" else sys.stderr)
    return True


if __name__ == "__main__":
    main()
