"""Guance's documentation site."""
