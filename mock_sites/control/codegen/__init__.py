"""Writes a test in Python that does again what people did in a world while it was recorded."""
