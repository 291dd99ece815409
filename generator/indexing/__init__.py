"""What search reads: an index of each language by Pagefind, another program, in pieces that a phone can load."""
