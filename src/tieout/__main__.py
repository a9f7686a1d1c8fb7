"""The `tieout` command, also as `python -m tieout`: a build with nothing to do loads no more than this."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Say that nothing has changed since the last build, or run the command line."""
    if sys.argv[1:2] == ["build"]:
        from tieout.machine.built import unchanged

        said = unchanged(Path.cwd().resolve(), sys.argv[1:])
        if said is not None:
            print("Nothing has changed since the last build.", file=sys.stderr)
            for stream, text in said:
                print(text, file=sys.stdout if stream == "out" else sys.stderr)
            return
    from tieout.cli import main as run

    run()


if __name__ == "__main__":
    main()
