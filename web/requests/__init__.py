"""Who asks, what for, and whether they may."""
