"""What a page says: its text, its title, its authors, its days."""
