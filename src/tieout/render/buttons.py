"""The buttons of code, which no text of a chapter may have: notes on its lines, and a copy of it."""

from __future__ import annotations

import re

# The filter `annotations` puts a private character in a number's place; its block names the cell.
BLOCK = re.compile(r' data-annotated="([^"]*)"(.*?</pre>)', re.DOTALL)
FIRST = 0xE000
COPY = chr(0xE7FE)
SIGN = re.compile(f"[{chr(FIRST + 1)}-{chr(FIRST + 255)}]")


def with_buttons(page: str, copy: str) -> str:
    """Return a page with a button for each note on a line of code, and for each code that can be copied.

    Parameters
    ----------
    page
        The page, with signs where buttons should be.
    copy
        What the button for copies is called.
    """

    def block(found: re.Match[str]) -> str:
        cell, code = found[1], found[2]

        def button(sign: re.Match[str]) -> str:
            number = ord(sign[0]) - FIRST
            return (
                f'<button type="button" class="code-annotation-anchor" data-target-cell="{cell}" '
                f'data-target-annotation="{number}">{number}</button>'
            )

        return SIGN.sub(button, code)

    button = (
        f'<button type="button" class="code-copy-button" title="{copy}" aria-label="{copy}" hidden></button>'
    )
    return BLOCK.sub(block, page).replace(COPY, button)
