"""The partnership directory: YAML records in, a checked and finished web site out."""

__version__ = "0.1.0"
