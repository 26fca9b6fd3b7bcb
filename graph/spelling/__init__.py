"""How words are written and sound, in whichever script."""
