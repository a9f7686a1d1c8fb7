"""Raw cells of notebooks: each is written in Markdown, or in a format for which alone it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FORMS = {"": "markdown", "text/markdown": "markdown", "text/html": "html", "text/typst": "typst"}


def raw_form(metadata: Mapping[str, Any] | None) -> str | None:
    """Return what a raw cell is written in, by its metadata; None for a format that is not made.

    Examples
    --------
    >>> raw_form({}), raw_form({"raw_mimetype": "text/html"}), raw_form({"format": "text/latex"})
    ('markdown', 'html', None)
    """
    return FORMS.get(raw_type(metadata))


def raw_type(metadata: Mapping[str, Any] | None) -> str:
    """Return the MIME type that a raw cell names; nothing where it names none."""
    given = metadata or {}
    return str(given.get("raw_mimetype") or given.get("format") or "")
