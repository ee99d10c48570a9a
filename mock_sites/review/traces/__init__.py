"""Playwright traces of other programs, read as recordings."""
