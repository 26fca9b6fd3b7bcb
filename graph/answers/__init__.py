"""The questions that pages, API and command line ask, answered as `graph.views`."""
