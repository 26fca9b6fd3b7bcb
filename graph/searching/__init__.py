"""The search language: what a typed text asks for."""
