"""How things are said in the languages of the pages: words, names, numbers, days, claims."""
