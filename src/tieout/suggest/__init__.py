"""Finds numbers without a tie, proposes ties and records; takes over what other tools compute into prose."""

from tieout.suggest.imports import Import, imports
from tieout.suggest.listing import following, listing, tally
from tieout.suggest.plan import plan_suggestions
from tieout.suggest.search import suggest
from tieout.suggest.suggestion import Suggestion

__all__ = ["Import", "Suggestion", "following", "imports", "listing", "plan_suggestions", "suggest", "tally"]
