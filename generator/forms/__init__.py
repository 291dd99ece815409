"""Forms that people fill in: what they ask, and what a browser has to know to check the answers as the loader does."""
