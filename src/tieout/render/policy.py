"""The content security policy of a page: what it may run and load, whatever its text says."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Iterable

RULES = (
    "default-src 'none'",
    "style-src 'self' 'unsafe-inline'",  # charts and tables carry styles; what they name is held by the rest
    "img-src 'self' data:",
    "media-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)
SCRIPT = re.compile(r"<script(?![^>]*\bsrc\s*=)[^>]*>(.*?)</script", re.DOTALL | re.IGNORECASE)
# What a page may show from elsewhere where its chapter is trusted: nothing of it runs in the page.
SHOWN = {"img-src": "img", "media-src": "video audio source track", "frame-src": "iframe"}
ADDRESS = re.compile(
    r"<(?P<name>[a-z]+)\b[^>]*?\ssrc\s*=\s*(?P<quote>[\"']?)(?P<site>(?:https?:)?//[\w.:-]+)", re.IGNORECASE
)
PICTURE = re.compile(r'(?P<name>)(?P<quote>)src="(?P<site>(?:https?:)?//[\w.:-]+)[^"<>]*"')


def policy(
    html: str,
    own: Iterable[str] = (),
    *,
    scripts: Iterable[str] = (),
    handlers: Collection[str] = (),
    fonts: str = "",
) -> str:
    """Return the policy for a page with these inline scripts: they run as they are, and no other does.

    Parameters
    ----------
    html
        What of the page is trusted: what the project includes, raw HTML of chapters that it trusts.
    own
        Pieces of the chapter's text, where it is trusted: raw HTML, and addresses of pictures as attributes.
        What they name elsewhere is shown: pictures, videos and frames, from these sites alone.
    scripts
        Inline scripts that are trusted.
    handlers
        Attributes that are, such as those of Quarto's buttons.
    fonts
        Where fonts may come from as well.
    """
    trusted = [*(found[1] for found in SCRIPT.finditer(html)), *scripts, *handlers]
    hashes = dict.fromkeys(f"'sha256-{_hash(each)}'" for each in trusted)
    runs = " ".join(["script-src 'self'", *hashes, *(["'unsafe-hashes'"] if handlers else [])])
    sites = _sites(own)
    rules = [" ".join([rule, *sites.get(rule.split()[0], ())]) for rule in RULES[1:]]
    rules = [f"{each}{fonts}" if each.startswith("font-src") else each for each in rules]
    framed = ["frame-src " + " ".join(sites["frame-src"])] if sites["frame-src"] else []
    return "; ".join([RULES[0], runs, *rules, *framed])


def _sites(own: Iterable[str]) -> dict[str, dict[str, None]]:
    """Return the sites that pieces of a chapter show something of, by the rule that lets them."""
    sites: dict[str, dict[str, None]] = {rule: {} for rule in SHOWN}
    for piece in own:
        alone = PICTURE.fullmatch(piece)
        for found in [alone] if alone else ADDRESS.finditer(piece):
            name = found["name"].lower() or "img"
            site = found["site"] if "://" in found["site"] else f"https:{found['site']}"
            for rule, elements in SHOWN.items():
                if name in elements.split():
                    sites[rule][site] = None
    return sites


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.replace("\r\n", "\n").encode("utf-8")).digest()
    return base64.b64encode(digest).decode("ascii")
