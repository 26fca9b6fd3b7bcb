"""Stories: sets of articles that say what should come of them, as `claimgraph evaluate-stories` takes them.

    folder → Story → articles, and claims where they are annotated

What a story expects is for who scores; nothing that reads its articles is told it.
"""
