"""How well texts are read, beside annotated ones."""
