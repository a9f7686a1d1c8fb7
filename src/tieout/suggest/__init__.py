"""Finds numbers without a tie, proposes ties and records; takes over what other tools compute into prose."""

from tieout.suggest.imports import Import, imports
from tieout.suggest.listing import following, listing
from tieout.suggest.search import plan_suggestions, suggest, tally
from tieout.suggest.suggestion import Suggestion

__all__ = ["Import", "Suggestion", "following", "imports", "listing", "plan_suggestions", "suggest", "tally"]
