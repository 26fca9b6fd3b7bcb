"""How the reader learns: annotated documents in, weights out. Nothing here is needed to read."""
