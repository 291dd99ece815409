"""The review desk: a page on this computer only, on which staff take every step that the commands take."""
