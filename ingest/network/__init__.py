"""One request in, one response out: whom we may ask, how often, and how much of an answer is taken."""
