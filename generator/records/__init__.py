"""From a project's folders to its records and problems: found, read, checked one by one, and kept for next time."""
