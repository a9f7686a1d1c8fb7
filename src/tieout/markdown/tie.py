"""What a text binds to the ledger, and what it takes out of it: one tie, one waiver, each with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tie:
    """One displayed number or name, bound to a ledger entry.

    Parameters
    ----------
    start, end
        The whole link in the Markdown.
    text_start, text_end
        What stands between its brackets.
    shown
        That text as a reader sees it, without escapes and emphasis; empty where the entry fills it.
    id, column
        What it is bound to.
    attribute
        Whether it stands where no link can: in alternative text or an attribute.
    note
        Label of the footnote in whose text it stands.
    maths
        Whether dollar signs around it make the engine read it as maths, and not as a tie.
    """

    start: int
    end: int
    text_start: int
    text_end: int
    shown: str
    id: str
    column: str | None
    attribute: bool = False
    note: str | None = None
    maths: bool = False

    @property
    def key(self) -> str:
        """``ID`` or ``ID:column``."""
        return f"{self.id}:{self.column}" if self.column else self.id


@dataclass(frozen=True)
class Waiver:
    """A stretch of text whose numbers its author answers for: ``[2030]{.waived reason="..."}``."""

    start: int
    end: int
    text: str
    reason: str
