"""The pages and the HTTP API: a Flask application over `graph.answers.queries`."""
