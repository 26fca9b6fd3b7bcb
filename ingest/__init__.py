"""The world in, records out: feeds, articles, claims. Imports `graph.records`, `graph.ids` and `graph.errors` only."""

import os

# Before onnxruntime is loaded, whoever loads it: else it tells its makers what runs where.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
