"""Baselines: written, and changed by what was decided on the findings of a review."""
