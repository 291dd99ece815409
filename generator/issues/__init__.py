"""Proposals that people send as issues: the forms, their strict reading, and what becomes of them."""
