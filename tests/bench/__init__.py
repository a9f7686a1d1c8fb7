"""How long commands take, side by side in one run: `make bench`."""
