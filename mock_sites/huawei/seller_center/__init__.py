"""The Seller Center: what was sent to sellers and what they answered, single calls by hand, cases, settings."""
