"""The words of a language: the interface's and the records', how they are kept, and how dates and lists are written."""
