"""Work for translators: what is missing or old, in files that their tools read, and back from them."""
