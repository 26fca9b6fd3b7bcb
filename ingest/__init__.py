"""The world in, records out: feeds, articles, claims. Imports `graph.records`, `graph.ids` and `graph.errors` only."""
