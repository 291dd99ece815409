"""What MkDocs makes of a site: the frame of each kind of page, hand-written pages and the theme's files."""
