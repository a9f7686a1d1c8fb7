"""Which form of a stored output readers see, and what of it says nothing to them or differs at each run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tieout.notebooks import vega
from tieout.notebooks.canonical import joined

HTML = "text/html"
LATEX = "text/latex"
PICTURES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
OWN = "application/vnd.tieout."
PRINTED = 1_000_000  # characters that one cell may print: more is what a page of a book cannot hold
BEGINNING = 50_000  # characters that are shown of what is more
LEFT = "tieout-left-out"

_TABLE = re.compile(r"<table[\s>]", re.I)
_FRAME = re.compile(r"<table[^<>]*\bdataframe\b", re.I)
_RUNS = re.compile(r"<script[\s>]", re.I)
# `<Axes: title='x'>`, `[<matplotlib.lines.Line2D at 0x7f4c2d>]`, `<Figure size 640x480 with 1 Axes>`
_OBJECT = re.compile(r"\s*[\[({]*<[A-Za-z_][\w.]*[^<>]*>.*", re.S)
# What calls that draw give back: `Text(0.5, 1.0, 'Sales')`, `{'boxes': [<matplotlib.…>], …}`.
_DRAWN = re.compile(r"\s*(?:Text\(.*\)|[\[({].*<matplotlib\.[\w.]+.*[\])}])\s*", re.S)
_SCRIPT = re.compile(r"<(?:script|iframe|object|embed|canvas|video|audio)[\s>]", re.I)
_RECORD = re.compile(r"(?:t|tieout)\.(?:record|interval|relate|assume)\([\"'].*\)\s*")
_NOTED = re.compile(r"#\s*<\d+>")
_MEMORY = re.compile(r"\bat 0x[0-9a-fA-F]{4,}")
_FIGURE = re.compile(r"\s*<Figure size [^<>]*>\s*")
# What `%time`, `%timeit` and their cell magics print: how long it took.
_TOOK = r"(?:\d+(?:min|h|d) )*[\d.]+(?:e[+-]?\d+)? ?(?:[nµμu]?s|ms|min|h)\b[^\n]*"
_TIMED = re.compile(
    rf"^(?:CPU times: (?:user |total: )?{_TOOK}|Wall time: {_TOOK}|Compiler *: {_TOOK}|Parser *: {_TOOK}"
    rf"|{_TOOK} per loop \(mean ± std\. dev\. of [^\n]*)(?:\n|\Z)",
    re.MULTILINE,
)
_MOVING = (
    (_TIMED, ""),
    (_MEMORY, "at 0x…"),
    (re.compile(r"\bT_[0-9a-f]{5,}"), "T_…"),  # the id of a Styler
    (vega.ID, "altair-viz-…"),
    (re.compile(r"(?<![^\s\"'])[^\s\"']*/ipykernel_\d+/\d+\.py"), "<cell>"),
    # The summaries of statsmodels say when they were made.
    (re.compile(r"(Date:(?:</th>|\})?[\s&]*(?:<td>)?\s*)\w{3}, \d\d \w{3} \d{4}"), r"\1…"),
    (re.compile(r"(Time:(?:</th>|\})?[\s&]*(?:<td>)?\s*)\d\d:\d\d:\d\d"), r"\1…"),
)


def chosen(data: Mapping[str, Any]) -> str | None:
    """Return the MIME type in which readers see an output; None where it has nothing for them.

    Markdown comes first, then pictures, tables of HTML, mathematics, and plain text; other HTML where Python
    has no better word for it than that it is an object. The scripts of widgets and interactive charts are not
    for readers, nor is the name of an object. A chart of Vega-Lite has a picture once it is drawn.
    """
    if any(mime.startswith(OWN) for mime in data):
        return None
    for mime in ("text/markdown", *PICTURES):
        if mime in data:
            return mime
    if has_table(data):
        return HTML
    if text_of(data, LATEX).strip():
        return LATEX
    plain = text_of(data, "text/plain")
    if "text/plain" in data and not is_object(plain) and not _stands_for(data):
        return "text/plain"
    return HTML if HTML in data and not _SCRIPT.search(text_of(data, HTML)) else None


def has_table(data: Mapping[str, Any]) -> bool:
    """Whether an output holds a table of HTML: a data frame, a summary of a model.

    What a script makes of a table, as in scikit-learn's drawing of a model, is none.
    """
    html = text_of(data, HTML)
    return bool(_TABLE.search(html)) and not (_RUNS.search(html) and not _FRAME.search(html))


def text_of(data: Mapping[str, Any], mime: str) -> str:
    """Return an output's text of a MIME type, lines joined; empty where there is none."""
    text = joined(data.get(mime, ""))
    return text if isinstance(text, str) else str(text)


def is_object(text: str) -> bool:
    """Whether a text is only what Python calls an object: ``<Axes: >``, ``[<Line2D at 0x7f4c>]``.

    Examples
    --------
    >>> is_object("<Figure size 640x480 with 1 Axes>"), is_object("[1, 2]"), is_object("<b> is bold")
    (True, False, False)
    """
    return bool(
        _FIGURE.fullmatch(text)
        or (_OBJECT.fullmatch(text) and (_MEMORY.search(text) or text.rstrip().endswith(" object>")))
        or _DRAWN.fullmatch(text)
    )


def _stands_for(data: Mapping[str, Any]) -> bool:
    """Whether a plain text stands for what only a script can show: a widget, an interactive chart."""
    return vega.holds_chart(data) or any(
        mime.startswith(
            ("application/vnd.jupyter.widget", "application/vnd.plotly", "application/vnd.bokehjs")
        )
        or mime in ("application/javascript", "application/vnd.holoviews_exec.v0+json")
        for mime in data
    )


def written(text: str) -> str:
    """Return what a terminal leaves of a text: of a line that was written over, the last.

    Examples
    --------
    >>> written("10%\\r50%\\r100%\\ndone")
    '100%\\ndone'
    """
    lines = (line.rstrip("\r").rsplit("\r", 1)[-1] for line in text.split("\n"))
    return "\n".join(lines)


def untimed(text: str) -> str:
    """Return what was printed without the lines of ``%time`` and ``%timeit``, which say how long it took.

    Examples
    --------
    >>> untimed("12 rows\\nCPU times: user 2.7 ms, sys: 0 ns, total: 2.7 ms\\nWall time: 2.9 ms\\n")
    '12 rows\\n'
    """
    return _TIMED.sub("", text)


def joined_streams(outputs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return outputs with what comes of one stream without a break in one, as front ends show it.

    How a stream is cut depends on the moments at which a kernel sends what was printed.
    """
    found: list[dict[str, Any]] = []
    for output in outputs:
        last = found[-1] if found else {}
        if output["output_type"] == last.get("output_type") == "stream" and output["name"] == last["name"]:
            last["text"] = joined(last["text"]) + joined(output["text"])
        else:
            found.append(dict(output))
    return found


def unbroken(outputs: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return outputs, each in its place, where what only records a number breaks no stream.

    The first part of such a stream has all that was printed, and the others are empty.
    """
    found: list[Mapping[str, Any]] = []
    first = -1
    for output in outputs:
        is_stream = output.get("output_type") == "stream"
        if is_stream and first >= 0 and found[first].get("name") == output.get("name"):
            more = joined(output.get("text", ""))
            found[first] = {**found[first], "text": joined(found[first].get("text", "")) + more}
            output = {**output, "text": ""}
        elif is_stream:
            first = len(found)
        elif not any(mime.startswith(OWN) for mime in output.get("data", {})):
            first = -1
        found.append(output)
    return _begun(found)


def _begun(outputs: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return outputs of which no page could hold what is printed with the beginning of that alone.

    What is left out stands in the first that is not whole, under ``LEFT``, in characters.
    """
    lengths = [
        len(joined(output.get("text", ""))) if output.get("output_type") == "stream" else 0
        for output in outputs
    ]
    if sum(lengths) <= PRINTED:
        return outputs
    found, room, over = [], BEGINNING, sum(lengths) - BEGINNING
    for output, length in zip(outputs, lengths, strict=True):
        if length > room:
            text = f"{joined(output['text'])[:room]}\n[…]\n" if room else ""
            output = {**output, "text": text, **({LEFT: over} if room else {})}
        room = max(0, room - length)
        found.append(output)
    return found


def without_records(code: str) -> str:
    """Return code as readers see it: without lines that only record a number, unless notes count its lines.

    Examples
    --------
    >>> without_records("n = len(df)\\nt.record('a.n', n, label='N')\\nn")
    'n = len(df)\\nn'
    """
    if _NOTED.search(code):
        return code
    kept = [line for line in code.split("\n") if not _RECORD.fullmatch(line)]
    return "\n".join(kept) if any(map(str.strip, kept)) else ""


def steady(output: dict[str, Any]) -> dict[str, Any]:
    """Return an output of a run without the random ids that a front end has no need of."""
    html = output.get("data", {}).get(HTML)
    if not isinstance(html, str):
        return output
    return {**output, "data": {**output["data"], HTML: vega.steady(html)}}


def settled(value: Any) -> Any:
    """Return a stored value without what every run has of its own: addresses, ids of Stylers, the time."""
    if isinstance(value, str):
        for pattern, sign in _MOVING:
            value = pattern.sub(sign, value)
        return value
    if isinstance(value, list):
        return [settled(item) for item in value]
    if isinstance(value, Mapping):
        return {key: settled(item) for key, item in value.items()}
    return value
