"""The ledger: every fact and every recorded quantity by id, where each is shown, and its published forms."""

from tieout.ledger.entries import PERIOD, YEAR, Cell, Entry, differs
from tieout.ledger.ledger import Ledger

__all__ = ["PERIOD", "YEAR", "Cell", "Entry", "Ledger", "differs"]
