"""Cypher as readers type it: its tokens, the gate that lets only reading pass, and ready queries."""
