"""Fast tests of the rules, without a browser."""
