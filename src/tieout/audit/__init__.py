"""The audit of what was built: every page and the PDF, against the sources and the ledger."""
