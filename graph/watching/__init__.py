"""What is watched, and what is new about it."""
