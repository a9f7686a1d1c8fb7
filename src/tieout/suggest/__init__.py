"""Finds numbers without a tie, proposes ties and records; takes over what other tools compute into prose."""

from tieout.suggest.found import Found
from tieout.suggest.imports import Import, imports
from tieout.suggest.plan import plan_suggestions
from tieout.suggest.search import suggest
from tieout.suggest.suggestion import Suggestion

__all__ = ["Found", "Import", "Suggestion", "imports", "plan_suggestions", "suggest"]
