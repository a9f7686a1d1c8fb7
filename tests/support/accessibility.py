"""What axe-core says of a page, in its light and in its dark scheme."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# The dark scheme changes colours and nothing else, to which `test_accessibility` holds it.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ALL_BUT_COLOURS = {rule: {"enabled": False} for rule in OF_COLOURS}
# What stands in elements of the same names, classes, colours and sizes as something before has its contrast.
AGAIN = "data-again"
MARK = """again => {
    const seen = new Set(), paths = new Map([[document.documentElement, ""]]);
    const look = each => {
        const style = getComputedStyle(each);
        return [each.tagName, each.getAttribute("class"), style.color, style.fill, style.backgroundColor,
            style.backgroundImage, style.fontSize, style.fontWeight, style.opacity, style.display,
            style.visibility, style.position, style.textDecoration, style.borderBottom].join("|");
    };
    for (const each of document.body.querySelectorAll("*")) {
        const path = (paths.get(each.parentElement) ?? "") + ">" + look(each);
        paths.set(each, path);
        each.toggleAttribute(again, seen.has(path));
        seen.add(path);
    }
    for (const each of document.body.querySelectorAll(`:not([${again}])`))
        for (let above = each.parentElement; above; above = above.parentElement) above.removeAttribute(again);
    document.querySelectorAll(`[${again}] [${again}]`).forEach(each => each.removeAttribute(again));
}"""
RUN = "([about, options]) => axe.run(about, options).then(said => said.violations)"


def violations(page: Page, within: str = "html") -> list[str]:
    """What axe-core finds in the light scheme, and of colours in the dark one, a line each.

    Best practices count too. The page is in the light scheme afterwards.

    Parameters
    ----------
    within
        A selector of the elements that are asked about: what opened since the rest of the page was.
    """
    page.evaluate(AXE_SCRIPT)
    page.emulate_media(color_scheme="light")
    found = _found(page, {"include": [within]}, {"rules": ALL_BUT_COLOURS})
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(MARK, AGAIN)
        about = {"include": [within], "exclude": [f"[{AGAIN}]"]}
        found += _found(page, about, {"runOnly": OF_COLOURS})
    page.emulate_media(color_scheme="light")
    return found


def _found(page: Page, about: Any, options: dict[str, Any]) -> list[str]:
    found = page.evaluate(RUN, [about, {"resultTypes": ["violations"], **options}])
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]}" for rule in found for node in rule["nodes"]
    ]
