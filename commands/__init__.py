"""What there is to type: a module a noun, each with its COMMANDS; claimgraph.py lists the modules."""
