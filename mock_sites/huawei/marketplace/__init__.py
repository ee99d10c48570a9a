"""Product pages and subscribing."""
