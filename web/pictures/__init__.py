"""Pictures drawn on the server: from views to marks, a sentence that says what they show, and the same as a table."""
