"""Agents at the door: what they may ask, what they are given, and the server that they speak with."""
