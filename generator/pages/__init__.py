"""Projections of the directory into pages: one module for each kind of page."""
