"""Text that readers see, where it stands in the sources, and the ties in it."""

from tieout.prose.inline import Inline, inlines
from tieout.prose.passages import Edit, Passage, Sources
from tieout.prose.ties import BASE, STOPS, Untied, surroundings, untied, whole_expressions, without_short
from tieout.prose.uses import FINDINGS, LEDGER, Use, keys, page_with, uses

__all__ = [
    "BASE", "FINDINGS", "LEDGER", "STOPS", "Edit", "Inline", "Passage", "Sources", "Untied", "Use",
    "inlines", "keys", "page_with", "surroundings", "untied", "uses", "whole_expressions", "without_short",
]  # fmt: skip
