"""Which addresses a page may lead to, and which it may load."""

from __future__ import annotations

import re

SCHEMES = frozenset(("http", "https", "mailto", "tel", "ftp", "doi", "urn"))
# Browsers ignore white space and control characters inside a scheme, and take `\` for `/`.
IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")
SCHEME = re.compile(r"([a-zA-Z][\w+.-]*):")
DATA = re.compile(r"data:image/", re.IGNORECASE)
# A drawing within a drawing could name files in its turn.
PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif);", re.IGNORECASE)


def follows(address: str) -> bool:
    """Whether a link may lead there: relative, or by a scheme that runs nothing.

    Examples
    --------
    >>> follows("https://example.org"), follows("chapter.html#a"), follows("java\\nscript:alert(1)")
    (True, True, False)
    """
    found = SCHEME.match(IGNORED.sub("", address))
    return found is None or found[1].lower() in SCHEMES


def is_kept(address: str) -> bool:
    """Whether a page may load it: a file of the site, or a picture that is written out: nothing runs in one.

    Examples
    --------
    >>> is_kept("media/a.png"), is_kept("//example.org/a.png"), is_kept("data:text/html,x")
    (True, False, False)
    """
    bare = IGNORED.sub("", address).replace("\\", "/")
    return bool(DATA.match(bare)) or not (SCHEME.match(bare) or bare.startswith("//"))
