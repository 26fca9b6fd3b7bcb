"""What people judged, as far as it counts: who is who, which readings stand, what takes the place of what."""
