"""The checks, one a file: each returns a report of problems with counts."""
