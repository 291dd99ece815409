"""How long the directory takes to check and build: `make bench`."""
