"""A private folder beside the public tree: files that only staff may read, and a chained record of every change."""
