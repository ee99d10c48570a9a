"""Guance's rules as plain Python: no Flask, no HTML."""
