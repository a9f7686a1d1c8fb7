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


def policy(html: str, scripts: Iterable[str] = (), handlers: Collection[str] = (), fonts: str = "") -> str:
    """Return the policy for a page with these inline scripts: they run as they are, and no other does.

    Parameters
    ----------
    html
        What of the page is trusted: what the project includes, raw HTML of chapters that it trusts.
    scripts
        Inline scripts that are trusted.
    handlers
        Attributes that are, such as those of Quarto's buttons.
    fonts
        Where fonts may come from as well.
    """
    trusted = [*(found[1] for found in SCRIPT.finditer(html)), *scripts, *handlers]
    hashes = dict.fromkeys(f"'sha256-{_hash(each)}'" for each in trusted)
    rule = " ".join(["script-src 'self'", *hashes, *(["'unsafe-hashes'"] if handlers else [])])
    rules = [f"{each}{fonts}" if each.startswith("font-src") else each for each in RULES]
    return "; ".join([rules[0], rule, *rules[1:]])


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.replace("\r\n", "\n").encode("utf-8")).digest()
    return base64.b64encode(digest).decode("ascii")
