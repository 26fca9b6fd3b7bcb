"""What is shown, as text: for a terminal, as Markdown, as mail."""
