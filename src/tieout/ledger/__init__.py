"""The ledger: every fact and every recorded quantity by id, where each is shown, and its published forms."""

from tieout.ledger.entries import PERIOD, YEAR, Cell, Entry, differs
from tieout.ledger.families import Families
from tieout.ledger.ledger import Ledger
from tieout.ledger.required import Required

__all__ = ["PERIOD", "YEAR", "Cell", "Entry", "Families", "Ledger", "Required", "differs"]
