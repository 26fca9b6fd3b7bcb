"""From a text to mentions and claims: what the network reads, and the parts around it; a folder for each language."""
