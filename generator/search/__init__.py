"""How people find a program: facets to filter by, and the words that text search needs beside a page's own."""
