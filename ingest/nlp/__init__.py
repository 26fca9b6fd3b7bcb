"""Text to mentions and claims. One place loads spaCy; languages lie side by side, lexicons are data."""
