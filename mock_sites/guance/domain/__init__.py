"""Guance's rules in plain Python, without Flask or HTML."""
