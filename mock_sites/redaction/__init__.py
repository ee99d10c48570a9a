"""Secrets in recordings and in Playwright traces of any program: found, and replaced."""
