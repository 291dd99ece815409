"""What changed between two states of a directory, in words."""
