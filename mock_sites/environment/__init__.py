"""Checks whether this machine has what a run needs (browsers, packages, ...), and installs what is missing."""
