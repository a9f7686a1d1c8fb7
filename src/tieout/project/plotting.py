"""Draws Vega-Lite charts as SVG: the same bytes on every run and every machine, and nothing is loaded.

Run as a program it draws the charts that stand as JSON on its input: builds draw so what notebooks stored,
since V8 must not start in a process that forks later, or was forked after V8 had started.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from typing import Any

import vl_convert

from tieout.problems import InputError
from tieout.project.measured import measured, restored

PLACE = re.compile(r"\n\s+at .*")
LONGEST = 300  # characters of what Vega-Lite says


def plotted(spec: Mapping[str, Any], name: str) -> str:
    """Return a chart drawn as SVG, with ids that begin with a name.

    Raises
    ------
    ValueError
        Vega-Lite cannot draw it; with its words.
    """
    chart, fonts = measured(dict(spec))
    picture: str = restored(vl_convert.vegalite_to_svg(chart, allowed_base_urls=[]), fonts)
    names: dict[str, str] = {}
    for found in re.findall(r'\bid="([^"]+)"', picture):
        names.setdefault(found, f"{name}-{len(names) + 1}")
    picture = re.sub(r'\bid="([^"]+)"', lambda match: f'id="{names[match[1]]}"', picture)
    picture = re.sub(
        r"(url\(#|href=\"#)([^)\"]+)", lambda match: match[1] + names.get(match[2], match[2]), picture
    )
    return picture.replace("<svg ", '<svg role="img" ', 1).rstrip() + "\n"


def reason(error: Exception) -> str:
    """Return why a chart cannot be drawn, in one line, without the places in Vega's own code."""
    words = error.problems[0].what if isinstance(error, InputError) else str(error)
    words = PLACE.sub("", words.removeprefix("Vega-Lite to SVG conversion failed:"))
    return " ".join(words.split())[:LONGEST]


def main() -> int:
    """Draw the charts on the input, ``[[name, chart], …]``, up to one that cannot be drawn.

    What is written is ``[{"drawn": …}, …]``, or ``[{"reason": …}]`` where it is the first one that cannot:
    what fails in V8 may fail once more under the name of the chart that follows.
    """
    given = json.load(sys.stdin)
    made: list[dict[str, str]] = []
    for name, spec in given:
        try:
            made.append({"drawn": plotted(spec, name)})
        except (ValueError, InputError) as error:
            made = made or [{"reason": reason(error)}]
            break
    json.dump(made, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
