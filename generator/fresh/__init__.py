"""Keeping records true: whom to ask, what to write to them, and what is recorded."""
