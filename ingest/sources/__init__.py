"""What can be polled and how often: feeds, sitemaps, index pages."""
