"""What Quarto derives from metadata, for `{{< meta license.text >}}`: licence, copyright, authors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

CREATIVE = re.compile(r"CC (BY(?:-NC)?(?:-(?:SA|ND))?)(?: (\d\.\d))?")
ZERO = "https://creativecommons.org/publicdomain/zero/1.0/"


def derived(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return metadata with what follows from it under the names that Quarto gives it.

    Examples
    --------
    >>> derived({"license": "CC BY"})["license"]["text"]
    'CC BY 4.0'
    >>> derived({"copyright": {"holder": "The Firm", "year": 2024}})["copyright"]["statement"]
    'Copyright The Firm, 2024'
    """
    result = dict(metadata)
    if isinstance(metadata.get("license"), str):
        result["license"] = _license(metadata["license"])
    given = metadata.get("copyright")
    if isinstance(given, str):
        result["copyright"] = {"statement": given}
    elif isinstance(given, Mapping) and "statement" not in given:
        parts = [str(given[key]) for key in ("holder", "year") if given.get(key) is not None]
        result["copyright"] = {**given, "statement": f"Copyright {', '.join(parts)}"}
    if "author" in metadata and "by-author" not in metadata:
        authors = metadata["author"] if isinstance(metadata["author"], list) else [metadata["author"]]
        result["by-author"] = [_author(author) for author in authors]
    return result


def _license(text: str) -> dict[str, str]:
    if text.strip() == "CC0":
        return {"type": "creative-commons", "text": "CC0 1.0", "url": ZERO}
    found = CREATIVE.fullmatch(text.strip())
    if not found:
        return {"text": text}
    kind, version = found[1], found[2] or "4.0"
    url = f"https://creativecommons.org/licenses/{kind.lower()}/{version}/"
    return {"type": "creative-commons", "text": f"CC {kind} {version}", "url": url}


def _author(author: Any) -> dict[str, Any]:
    own = dict(author) if isinstance(author, Mapping) else {"name": author}
    name = own.get("name")
    if not isinstance(name, Mapping):
        own["name"] = {"literal": str(name)}
    return own
