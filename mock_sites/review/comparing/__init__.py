"""Two recordings compared: their steps aligned, and what changed in each step by what it is about."""
