"""What is known about the field's claims and how to ask. Imports nothing of ours outside `graph`."""
