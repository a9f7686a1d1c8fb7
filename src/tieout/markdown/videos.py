"""Videos from the web as a page can show them: the players of the services that Quarto knows, and files."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.)?(?P<host>youtu\.be|youtube(?:-nocookie)?\.com)"
    r"/(?:embed/|shorts/|watch\?(?:[^#]*&)?v=)?(?P<id>[\w-]+)",
    re.IGNORECASE,
)
VIMEO = re.compile(r"(?:https?:)?//(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d+)(?:/(\w+))?", re.IGNORECASE)
FILE = re.compile(r"\.(?:mp4|webm|ogv|mov|m4v)(?:[?#]|$)", re.IGNORECASE)
RATIOS = ("1x1", "4x3", "16x9", "21x9")


def player(address: str, start: str = "") -> str:
    """Return the address of the player that shows a video, its own where no service is known.

    Parameters
    ----------
    address
        Where the video is.
    start
        The second that it begins at; players of YouTube know it.

    Examples
    --------
    >>> player("https://youtu.be/abc-1", "9"), player("https://vimeo.com/12/34?share=copy")
    ('https://www.youtube.com/embed/abc-1?start=9', 'https://player.vimeo.com/video/12?h=34')
    """
    found = YOUTUBE.match(address)
    if found:
        host = "www.youtube-nocookie.com" if "nocookie" in found["host"].lower() else "www.youtube.com"
        begin = start or next(iter(parse_qs(urlsplit(address).query).get("start", [])), "")
        return f"https://{host}/embed/{found['id']}" + (f"?start={begin}" if begin else "")
    found = VIMEO.match(address)
    if found:
        return f"https://player.vimeo.com/video/{found[1]}" + (f"?h={found[2]}" if found[2] else "")
    return address


def framed(address: str, given: Mapping[str, str]) -> str:
    """Return the element that shows a video from the web, in the Markdown of a span around raw HTML.

    Parameters
    ----------
    address
        Where the video is.
    given
        What its shortcode says by name: ``title``, ``aria-label``, ``start``, ``width``, ``height``,
        ``aspect-ratio``.
    """
    sizes = {name: given[name] for name in ("width", "height") if name in given}
    ratio = given.get("aspect-ratio", "16x9")
    classes = [".quarto-video"]
    if not sizes and ratio in RATIOS:
        classes += [".ratio", f".ratio-{ratio}"]
    elif len(sizes) == 1 and ratio in RATIOS:
        wide, high = map(int, ratio.split("x"))
        name, value = next(iter(sizes.items()))
        if value.isdigit():
            other, factor = ("height", high / wide) if name == "width" else ("width", wide / high)
            sizes[other] = str(round(int(value) * factor))
    about = {"title": given.get("title", ""), **sizes}
    if "aria-label" in given:
        about["aria-label"] = given["aria-label"]
    said = "".join(f' {name}="{html.escape(value)}"' for name, value in about.items())
    source = html.escape(player(address, given.get("start", "")))
    if FILE.search(address):
        classes = [".quarto-video"]
        element = f'<video class="video-js" controls preload="metadata"{said}><source src="{source}"></video>'
    else:
        element = f'<iframe data-external="1" src="{source}"{said} allowfullscreen></iframe>'
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", element)), default=0))
    return f"[{ticks}{element}{ticks}{{=html}}]{{{' '.join(classes)}}}"
