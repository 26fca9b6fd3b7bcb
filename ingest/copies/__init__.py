"""Which articles tell the same in the same words, in one language or two."""
