"""What the words around a tied number say of it, weighed against the ledger, stored tables and code."""
