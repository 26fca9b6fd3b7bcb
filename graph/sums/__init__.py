"""Sums that a reader could check: what sentences say in percent, times, parts and other currencies, worked out from
the numbers that stand beside."""
