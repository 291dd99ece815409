"""What the machine gives a build: processes, memory, folders for a moment, and a lock on a folder."""
