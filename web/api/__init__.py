"""The HTTP API: its addresses, what they answer, and their description."""
