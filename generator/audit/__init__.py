"""The last look at a built site, by another reader than its writer, at all of it and at each page."""
