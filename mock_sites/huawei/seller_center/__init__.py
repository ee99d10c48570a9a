"""The Seller Center: calls to sellers and their answers, single calls by hand, saved cases, settings."""
