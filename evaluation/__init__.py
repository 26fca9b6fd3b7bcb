"""Stories read into a store and what became of them beside what they expect: what `evaluate-stories` reports.

    Story → store → Outcome → Scores

It stands on `ingest` and `graph`; nothing but the command stands on it.
"""
