"""The places a graph can live in, each behind the `GraphStore` protocol."""
