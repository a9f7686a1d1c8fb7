"""Charts by day and by night: a style for their colours, which a picture on a page needs no script to follow.

A picture knows whether its page is light or dark by the page's `color-scheme`. Programs that know nothing of
`light-dark` keep to the attributes.
"""

from __future__ import annotations

import re

# The colours of the charts, for light pages and for dark ones, as `ties.css` has them.
TONES = {
    "#1f2a37": "#e6e8ec", "#5b6673": "#a9b2c0", "#7c848d": "#98a1ab", "#aab6c2": "#5b6673",
    "#b9c0c7": "#5f6873", "#d9dee4": "#39424e", "#e6eef4": "#22303d", "#ffffff": "#14181d",
    "#1f5f8b": "#6db3e3", "#8fb4cf": "#3b6a8c", "#8a4508": "#ffd0a3", "#d0701c": "#f0a05a",
    "#e39a52": "#c07c3c", "#f0c493": "#8a5a2b", "#3f937c": "#62c3a8", "#8a5a9e": "#c090d6",
    "#b3423f": "#f08682",
}  # fmt: skip
HEAD = re.compile(rb"<svg\b[^>]*>")
STYLED = re.compile(rb"<style>:root\{color-scheme:light dark\}[^<]*</style>")
COLOUR = re.compile(rb'\s(fill|stroke)="([^"]*)"')
OTHERWISE = re.compile(
    rb"<style\b|\sstyle=|<image\b|<text\b(?![^>]*\sfill=)"
)  # text without a colour is black


def toned(data: bytes) -> bytes:
    """Return a drawing that follows its page by day and by night; one with colours of its own as it is."""
    head = HEAD.search(data)
    used = {(name.decode(), colour.decode("latin-1")) for name, colour in COLOUR.findall(data)}
    colours = {each for each in used if each[1] not in ("none", "transparent")}
    if not head or OTHERWISE.search(data) or not colours or any(tone not in TONES for _, tone in colours):
        return data
    rules = "".join(
        f'[{name}="{tone}"]{{{name}:light-dark({tone},{TONES[tone]})}}' for name, tone in sorted(colours)
    )
    style = f"<style>:root{{color-scheme:light dark}}{rules}</style>".encode()
    return data[: head.end()] + style + data[head.end() :]


def untoned(data: bytes) -> bytes:
    """Return a drawing without the style that `toned` gives it, and any other as it is."""
    plain = STYLED.sub(b"", data, count=1)
    return plain if toned(plain) == data else data
