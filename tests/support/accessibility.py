"""What axe-core says of a page, in its light and in its dark scheme."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# The dark scheme changes colours and nothing else, to which `test_accessibility` holds it.
OF_COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page: Page) -> list[str]:
    """What axe-core finds in the light scheme, and of colours in the dark one, a line each.

    Best practices count too. The page is in the light scheme afterwards.
    """
    page.emulate_media(color_scheme="light")
    found = _found(page, {"resultTypes": ["violations"]})
    page.emulate_media(color_scheme="dark")
    found += _found(page, {"resultTypes": ["violations"], "runOnly": OF_COLOURS})
    page.emulate_media(color_scheme="light")
    return found


def _found(page: Page, options: dict[str, Any]) -> list[str]:
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]}" for rule in found for node in rule["nodes"]
    ]
