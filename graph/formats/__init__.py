"""One module for each format that a graph is exported in."""
