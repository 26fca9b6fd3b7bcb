"""Judgements as people make them: what may be said of a claim or a name, and what follows for it."""
