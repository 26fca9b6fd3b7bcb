"""What becomes of a matter: its origins, replies, status, and what it cannot stand beside."""
